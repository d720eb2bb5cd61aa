//! The documents to print: what is in them, what must not be, and what happens without a browser.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use regex::Regex;
use retreat::exhibit::Exhibit;
use retreat::project::Project;
use retreat::run::{Built, Session};

use crate::names::LAYOUT as NAMES_LAYOUT;
use crate::privacy::LAYOUT as PRIVATE_LAYOUT;
use crate::project::{Made, root};

/// What people see before they have talked about it.
const NOTICING: [&str; 7] =
    ["pre-read", "participant-book", "placemats", "posters", "posters-tiled", "stations", "worksheets"];
const REVEALING: [&str; 2] = ["facilitator-guide", "data-appendix"];
/// What is for other days of the plan, without charts.
const OF_OTHER_DAYS: [&str; 3] = ["orientation", "vision-brief", MENU_POSTER];
/// There is none if no indicator has a range.
const MENU_POSTER: &str = "menu-poster";
/// What only the guide and the appendix may say.
const METHOD_WORDS: [&str; 7] =
    ["Theil", "Mann-Kendall", "mid-rank", "Newcombe", "p-value", "adjusted p", "confidence interval"];
/// Tags without an end.
const VOID: [&str; 3] = ["meta", "br", "img"];

fn documents() -> impl Iterator<Item = &'static str> {
    NOTICING.into_iter().chain(REVEALING).chain(OF_OTHER_DAYS)
}

/// Documents by name, without their fonts.
type Print = BTreeMap<String, String>;

fn read_print(out: &Path) -> Print {
    let font = Regex::new(r"base64,[A-Za-z0-9+/=]+").unwrap();
    let read = |name: &str| {
        let text = std::fs::read_to_string(out.join(format!("print/{name}.html"))).unwrap();
        font.replace_all(&text, "base64,").into_owned()
    };
    let menu = out.join("print/menu-poster.html");
    let written = documents().filter(|name| *name != MENU_POSTER || menu.is_file());
    written.map(|name| (name.to_owned(), read(name))).collect()
}

/// The sample's documents, and the exhibits of its day.
struct Sample {
    print: Print,
    core: Vec<Exhibit>,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = Session::read(&project).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let formats = [retreat::domain::Format::Print].into_iter().collect();
    session.build("104018", &out, &formats).unwrap();
    let district = session.district("104018").unwrap();
    let core = district.exhibits().value.iter().filter(|exhibit| exhibit.core).cloned().collect();
    Sample { print: read_print(&out), core }
});

/// Builds a small project in its folder `out`.
fn build(made: &Made, formats: &[retreat::domain::Format]) -> Built {
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    session.build("1", &made.path().join("out"), &formats.iter().copied().collect()).unwrap()
}

fn print_of(made: &Made) -> Print {
    build(made, &[retreat::domain::Format::Print]);
    read_print(&made.path().join("out"))
}

/// A table with many districts, the first of which has this name.
pub(crate) fn districts_called(name: &str) -> Made {
    let mut csv = String::from("ID,District,Year,Students\n");
    for id in 1..=30 {
        let name = if id == 1 { name.replace('"', "\"\"") } else { format!("District {id}") };
        for year in 2016..=2024 {
            csv.push_str(&format!("{id},\"{name}\",{year},{}\n", 900 + 17 * id + 13 * (year - 2016)));
        }
    }
    Made::new().layout("layout.toml", NAMES_LAYOUT).write("data.csv", csv.as_bytes(), "layout.toml")
}

/// A text as templates write it.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

/// The tags that are closed in the wrong place, or never.
pub(crate) fn unbalanced(html: &str) -> Vec<String> {
    let style = Regex::new(r"(?s)<style>.*?</style>").unwrap();
    let html = style.replace_all(html, "");
    let tag = Regex::new(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>").unwrap();
    let mut open: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for found in tag.captures_iter(&html) {
        let name = found[2].to_lowercase();
        if VOID.contains(&name.as_str()) || found[3].ends_with('/') {
            continue;
        }
        if found[1].is_empty() {
            open.push(name);
        } else if open.pop() != Some(name) {
            faults.push(found[0].to_owned());
        }
    }
    faults.extend(open);
    faults
}

fn all_values(html: &str, attribute: &str) -> Vec<String> {
    let pattern = Regex::new(&format!("\\s{attribute}=\"([^\"]*)\"")).unwrap();
    pattern.captures_iter(html).map(|found| found[1].to_owned()).collect()
}

#[test]
fn nothing_that_people_notice_with_says_the_finding() {
    for name in NOTICING {
        let html = &SAMPLE.print[name];
        for exhibit in SAMPLE.core.iter().filter(|exhibit| !exhibit.finding.is_empty()) {
            assert!(!html.contains(&escaped(&exhibit.finding)), "{name} says {:?}", exhibit.finding);
        }
        for word in METHOD_WORDS {
            assert!(!html.contains(word), "{name} says {word}");
        }
    }
    let guide = &SAMPLE.print["facilitator-guide"];
    for exhibit in &SAMPLE.core {
        assert!(guide.contains(&escaped(&exhibit.finding)), "{:?} is not in the guide", exhibit.finding);
    }
}

#[test]
fn every_exhibit_of_the_day_has_its_code_on_each_paper() {
    assert!(SAMPLE.core.len() > 15);
    for name in ["pre-read", "placemats", "posters", "participant-book", "facilitator-guide", "data-appendix"]
    {
        // Exhibits about the peers have no poster: the peers stand on a card.
        let shown = SAMPLE.core.iter().filter(|exhibit| name != "posters" || !exhibit.code.starts_with('R'));
        for exhibit in shown {
            let code = Regex::new(&format!(r"\b{}\b", exhibit.code)).unwrap();
            assert!(code.is_match(&SAMPLE.print[name]), "{name} has no {}", exhibit.code);
        }
    }
}

#[test]
fn the_letter_of_the_pre_read_names_the_other_charts_in_one_line() {
    let others = Regex::new(r"Also at the retreat: ([^<]*)\.</p>").unwrap();
    let others = &others.captures(&SAMPLE.print["pre-read"]).unwrap()[1];
    let code = Regex::new(r"^[A-Z]\d+$").unwrap();
    assert!(others.split(", ").all(|other| code.is_match(other)), "{others}");
}

#[test]
fn a_document_is_one_file_that_asks_for_nothing() {
    for (name, html) in &SAMPLE.print {
        for address in all_values(html, "href").into_iter().chain(all_values(html, "src")) {
            assert!(address.starts_with('#'), "{name}: {address}");
        }
        for sign in ["<script", "<link", "@import", "url(http"] {
            assert!(!html.contains(sign), "{name} has {sign}");
        }
        assert!(html.matches("url(").count() == html.matches("url(data:").count(), "{name}");
    }
}

#[test]
fn a_document_can_be_read_aloud() {
    let heading = Regex::new(r"<h([1-6])[ >]").unwrap();
    for (name, html) in &SAMPLE.print {
        assert_eq!(unbalanced(html), Vec::<String>::new(), "{name}");
        assert!(
            html.contains("<html lang=\"en\">") && html.contains("<main>") && html.contains("<title>"),
            "{name}"
        );
        assert_eq!(html.matches("<table").count(), html.matches("<caption").count(), "{name}: captions");
        assert_eq!(html.matches("<th ").count(), html.matches("<th scope=").count(), "{name}: scopes");
        assert_eq!(
            html.matches("role=\"img\" aria-label=\"").count(),
            html.matches("role=\"img\"").count(),
            "{name}"
        );
        let levels: Vec<u8> = heading.captures_iter(html).map(|found| found[1].parse().unwrap()).collect();
        assert_eq!(levels.first(), Some(&1), "{name}");
        let skipped = levels.windows(2).position(|two| two[1] > two[0] + 1);
        assert_eq!(skipped, None, "{name} skips a level after heading {skipped:?}");
        let mut ids = all_values(html, "id");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name} repeats an id");
    }
}

#[test]
fn names_are_text_however_long_and_whatever_is_in_them() {
    let name = format!("</style><b>A & \"B\" 'C'</b> {}", "Ḷong ".repeat(20));
    for (document, html) in print_of(&districts_called(name.trim())) {
        assert_eq!(unbalanced(&html), Vec::<String>::new(), "{document}");
        assert!(!html.contains("<b>A &"), "{document}");
        assert_eq!(html.matches("</style>").count(), 1, "{document}");
    }
}

#[test]
fn a_pack_without_a_single_number_has_its_papers() {
    let rows =
        (2016..=2024).map(|year| format!("1,Small District,{year},chronic-absence-rate,all,all,50,4\n"));
    let csv = format!("ID,District,Year,Measure,Group,Grade,Value,N\n{}", rows.collect::<String>());
    let made = Made::new().layout("own.toml", PRIVATE_LAYOUT).write("own.csv", csv.as_bytes(), "own.toml");
    for (document, html) in print_of(&made) {
        assert_eq!(unbalanced(&html), Vec::<String>::new(), "{document}");
        assert!(html.contains("Small District"), "{document}");
    }
}

#[test]
fn nothing_is_said_of_districts_like_ours_where_there_are_none() {
    assert!(SAMPLE.print.contains_key(MENU_POSTER));
    let mut csv = String::from("ID,District,Year,Students\n");
    for year in 2016..=2024 {
        csv.push_str(&format!("1,Lone District,{year},{}\n", 900 + 13 * (year - 2016)));
    }
    let made =
        Made::new().layout("layout.toml", NAMES_LAYOUT).write("data.csv", csv.as_bytes(), "layout.toml");
    let print = print_of(&made);
    for name in ["pre-read", "participant-book", "placemats", "worksheets", "facilitator-guide"] {
        let text = print[name].to_lowercase();
        for words in
            ["like ours will be", "the shaded band</b>", "compared with?", "fair comparison", "dashed line"]
        {
            assert!(!text.contains(words), "{name}: {words}");
        }
    }
    assert!(print["pre-read"].contains("thick solid line"));
    assert!(!print.contains_key(MENU_POSTER));
}

#[test]
fn a_district_without_a_name_is_not_called_by_a_number_alone() {
    let rows = (2016..=2024).map(|year| format!("1,,{year},{}\n", 900 + 13 * (year - 2016)));
    let csv = format!("ID,District,Year,Students\n{}", rows.collect::<String>());
    let made =
        Made::new().layout("layout.toml", NAMES_LAYOUT).write("data.csv", csv.as_bytes(), "layout.toml");
    let pre_read = &print_of(&made)["pre-read"];
    assert!(pre_read.contains("<h1>District 1</h1>") && pre_read.contains("Our district"), "{pre_read}");
}

#[test]
fn the_paper_is_the_projects() {
    let made = districts_called("Ash").also("[pack]\npaper = \"a4\"\n");
    assert!(print_of(&made)["pre-read"].contains("size: 8.27in 11.69in"));
    let error = districts_called("Ash").also("[pack]\npaper = \"legal\"\n").try_open("1").unwrap_err();
    assert!(error.to_string().contains("\"legal\"") && error.to_string().contains("\"a4\""), "{error}");
}

/// A project with its own template for the pre-read.
fn with_template(text: &str) -> Made {
    let made = districts_called("Ash").also("[templates]\nfolder = \"own\"\n");
    std::fs::create_dir_all(made.path().join("own/print")).unwrap();
    std::fs::write(made.path().join("own/print/pre-read.html.jinja"), text).unwrap();
    made
}

#[test]
fn a_projects_own_template_takes_the_place_of_ours() {
    let made = with_template("Our own letter for {{ district }}");
    std::fs::write(made.path().join("own/print/preread.html.jinja"), "misnamed").unwrap();
    let built = build(&made, &[retreat::domain::Format::Print]);
    let unknown = built.diagnostics.iter().find(|problem| problem.id == "template-unknown").unwrap();
    assert_eq!(unknown.place.to_string(), "own/print/preread.html.jinja");
    let print = read_print(&made.path().join("out"));
    assert_eq!(print["pre-read"], "Our own letter for Ash");
    assert!(print["worksheets"].contains("Exit ticket"));
}

#[test]
fn the_page_takes_templates_too() {
    let made = districts_called("Ash").also("[templates]\nfolder = \"own\"\n");
    std::fs::create_dir_all(made.path().join("own/page")).unwrap();
    let page = || std::fs::read_to_string(made.path().join("out/index.html")).unwrap();
    std::fs::write(made.path().join("own/page/page.html.jinja"), "{{ district }}: our own page").unwrap();
    build(&made, &[retreat::domain::Format::Html]);
    assert_eq!(page(), "Ash: our own page");
    std::fs::write(made.path().join("own/page/page.html.jinja"), "\n{{ none.at.all }}").unwrap();
    let built = build(&made, &[retreat::domain::Format::Html]);
    let problem = built.diagnostics.iter().find(|problem| problem.id == "template-faulty").unwrap();
    assert!(problem.found.contains("line 2"), "{}", problem.found);
    assert!(page().contains("<main"));
}

#[test]
fn a_template_that_fails_is_a_problem_with_its_line() {
    for faulty in ["<p>\n{% if %}", "<p>\n{{ district.no.such }}"] {
        let made = with_template(faulty);
        let built = build(&made, &[retreat::domain::Format::Print]);
        let problem = built.diagnostics.iter().find(|problem| problem.id == "template-faulty").unwrap();
        assert_eq!(problem.place.to_string(), "own/print/pre-read.html.jinja");
        assert!(problem.found.contains("line 2"), "{}", problem.found);
        assert!(read_print(&made.path().join("out"))["pre-read"].contains("How to read our charts"));
    }
    let made = districts_called("Ash").also("[templates]\nfolder = \"nowhere\"\n");
    let built = build(&made, &[retreat::domain::Format::Print]);
    assert!(built.diagnostics.iter().any(|problem| problem.id == "templates-missing"));
}

/// Builds PDF files where the only programs are those in `programs`.
fn pdf_with(made: &Made, programs: &Path) -> Output {
    made.open("1");
    Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args(["build", "--format", "pdf"])
        .current_dir(made.path())
        .env("PATH", programs)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_everything_else_is_there() {
    let made = districts_called("Ash");
    let nothing = tempfile::tempdir().unwrap();
    let output = pdf_with(&made, nothing.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no Chrome, Chromium, or Edge"), "{said}");
    assert!(said.contains("in any browser and print it"), "{said}");
    assert!(made.path().join("out/print/pre-read.html").is_file());
    assert!(!made.path().join("out/print/pre-read.pdf").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn where_one_browser_is_broken_another_makes_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let works = r#"for a in "$@"; do case $a in --print-to-pdf=*) echo %PDF-1.7 > "${a#*=}";; esac; done"#;
    let programs = tempfile::tempdir().unwrap();
    for (name, script) in [("google-chrome", "exit 3"), ("chromium", works)] {
        let program = programs.path().join(name);
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let made = districts_called("Ash");
    let output = pdf_with(&made, programs.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("pdf-missing"), "{said}");
    for document in ["pre-read", "posters"] {
        assert!(made.path().join(format!("out/print/{document}.pdf")).is_file(), "{document}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_makes_the_pdf_files_or_each_that_is_missing_is_a_problem() {
    use std::os::unix::fs::PermissionsExt;
    let script = r#"#!/bin/sh
for a in "$@"; do case $a in --print-to-pdf=*) pdf="${a#*=}";; file:*posters.html) exit 3;; esac; done
echo %PDF-1.7 > "$pdf"
"#;
    let programs = tempfile::tempdir().unwrap();
    let program = programs.path().join("chromium");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let made = districts_called("Ash");
    let output = pdf_with(&made, programs.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("print/posters.html") && said.contains("exited without making this file"),
        "{said}"
    );
    assert!(!made.path().join("out/print/posters.pdf").exists());
    let report = std::fs::read_to_string(made.path().join("out/report.json")).unwrap();
    assert!(report.contains("\"print/pre-read.pdf\"") && !report.contains("\"print/posters.pdf\""));
}
