//! Whole packs, written to a temporary folder.

use std::fs;
use std::path::Path;

use super::{Formats, PackError, PaperChoice, Report, WrittenFile, fixture, reserve, write};
use crate::disk::DiskError;
use crate::domain::Format;
use crate::exhibit::{Pack, choose_core};

fn build(pack: &Pack, out: &Path) -> Result<Vec<WrittenFile>, PackError> {
    let drawings = fixture::drawings(pack);
    let report = fixture::report(pack);
    let (out, pictures) = (reserve(out)?, fixture::pictures(pack, &drawings));
    Ok(write(pack, &pictures, &report, out, &Formats::all(), &PaperChoice::default(), |_| Ok(()))?.files)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn everything_that_is_promised_is_written_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deep/out");
    let written = build(&fixture::pack("Ash 4"), &out).unwrap();
    let promised = [
        "accessibility.json",
        "charts",
        "data",
        "index.html",
        "kit",
        "print",
        "report.json",
        "retreat-data.xlsx",
        "retreat-deck.pptx",
        "swot",
    ];
    assert_eq!(names(&out), promised);
    assert_eq!(names(&out.join("data")), ["measures.csv", "observations.csv", "observations.parquet"]);
    assert_eq!(names(&out.join("swot")), ["ballot.xlsx", "candidates.csv", "candidates.json"]);
    assert_eq!(
        names(&out.join("kit")),
        ["agenda.docx", "materials.docx", "orientation.docx", "vision-brief.docx"]
    );
    assert_eq!(
        names(&out.join("charts/finance")),
        [
            "deficit.png",
            "deficit.svg",
            "fund-balance.png",
            "fund-balance.svg",
            "spending-per-student.png",
            "spending-per-student.svg"
        ]
    );
    assert_eq!(names(&folder.path().join("deep")), ["out"]);
    assert!(written.is_sorted());
    for file in &written {
        assert_eq!(fs::metadata(out.join(&file.name)).unwrap().len(), file.bytes, "{}", file.name);
    }
    let text = fs::read_to_string(out.join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["program"], "retreat");
    assert_eq!(report["files"].as_array().unwrap().len(), written.len() - 1);
    assert_eq!(report["counts"]["findings"]["strength"], 4);
    assert_eq!(report["diagnostics"]["errors"], 1);
    assert!(!text.contains(folder.path().to_str().unwrap()));
}

#[test]
fn only_the_chosen_formats_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let pack = fixture::pack("Ash 4");
    let drawings = fixture::drawings(&pack);
    let formats: Formats = [Format::Svg].into_iter().collect();
    let report: Report = fixture::report(&pack);
    let (pictures, paper) = (fixture::pictures(&pack, &drawings), PaperChoice::default());
    write(&pack, &pictures, &report, reserve(&out).unwrap(), &formats, &paper, |_| Ok(())).unwrap();
    assert_eq!(names(&out), ["accessibility.json", "charts", "data", "kit", "report.json", "swot"]);
    assert_eq!(names(&out.join("charts/students")).len(), 3);
    // Beside another format, `data` adds nothing.
    for (chosen, expected) in [
        ([Format::Data, Format::Data], &["data", "report.json", "swot"][..]),
        (
            [Format::Data, Format::Svg],
            &["accessibility.json", "charts", "data", "kit", "report.json", "swot"],
        ),
    ] {
        let formats: Formats = chosen.into_iter().collect();
        write(&pack, &pictures, &report, reserve(&out).unwrap(), &formats, &paper, |_| Ok(())).unwrap();
        assert_eq!(names(&out), expected);
    }
}

#[test]
fn the_same_pack_gives_the_same_bytes_and_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let first = build(&fixture::pack("Ash 4"), &out).unwrap();
    assert_eq!(build(&fixture::pack("Ash 4"), &out).unwrap(), first);
    let mut smaller = fixture::pack("Ash 4");
    smaller.sections.truncate(1);
    build(&smaller, &out).unwrap();
    assert_eq!(names(&out.join("charts")), ["enrollment"]);
    assert_eq!(names(folder.path()), ["out"]);
}

#[test]
fn a_foreign_folder_or_file_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    build(&fixture::pack("Ash 4"), &out).unwrap();

    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    for report in [None, Some("{}"), Some("not json"), Some(r#"{"program":"other"}"#)] {
        fs::write(foreign.join("budget.xlsx"), "mine").unwrap();
        if let Some(text) = report {
            fs::write(foreign.join("report.json"), text).unwrap();
        }
        let error = build(&fixture::pack("Ash 4"), &foreign).unwrap_err();
        assert!(matches!(error, PackError::Out(DiskError::Foreign { .. })), "{error}");
        assert!(error.to_string().contains("--out"));
        assert_eq!(fs::read_to_string(foreign.join("budget.xlsx")).unwrap(), "mine");
    }
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert!(matches!(
        build(&fixture::pack("Ash 4"), &file),
        Err(PackError::Out(DiskError::NotAFolder { .. }))
    ));
    assert!(matches!(reserve(Path::new("/")), Err(PackError::Out(DiskError::NoName { .. }))));
    assert_eq!(names(folder.path()), ["file", "foreign", "out"]);
}

#[test]
fn edits_in_a_pack_are_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let pack = fixture::pack("Ash 4");
    build(&pack, &out).unwrap();
    fs::write(out.join(".DS_Store"), "litter").unwrap();
    drop(reserve(&out).unwrap());
    fs::write(out.join("swot/candidates.csv"), "sorted by table 3").unwrap();
    fs::write(out.join("notes.docx"), "mine").unwrap();
    let error = build(&pack, &out).unwrap_err();
    assert!(error.to_string().contains("(notes.docx, swot/candidates.csv)"), "{error}");
    assert_eq!(fs::read_to_string(out.join("notes.docx")).unwrap(), "mine");
    fs::remove_file(out.join("notes.docx")).unwrap();
    fs::remove_file(out.join("swot/candidates.csv")).unwrap();
    build(&pack, &out).unwrap();
    // The report lists which files are ours, including the report itself.
    let report = fs::read_to_string(out.join("report.json")).unwrap();
    fs::write(out.join("report.json"), report.replace("Ash 4", "Ash IV")).unwrap();
    let error = build(&pack, &out).unwrap_err();
    assert!(error.to_string().contains("(report.json)"), "{error}");
    // A report from an earlier version has no hash of itself.
    let line = report.lines().find(|line| line.contains("report_sha256")).unwrap();
    fs::write(out.join("report.json"), report.replace(&format!(",\n{line}"), "")).unwrap();
    build(&pack, &out).unwrap();
}

#[test]
fn a_failed_build_leaves_the_old_pack_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    build(&fixture::pack("Ash 4"), &out).unwrap();
    let before = fs::read(out.join("report.json")).unwrap();

    let mut twice = fixture::pack("Ash 4");
    twice.sections[0].exhibits[0].id = twice.sections[0].exhibits[1].id.clone();
    assert!(matches!(build(&twice, &out), Err(PackError::Twice { .. })));
    let mut no_table = fixture::pack("Ash 4");
    let column = no_table.tables[0].frame.column("value").unwrap().clone();
    let list = column.as_materialized_series().implode().unwrap();
    no_table.tables[0].frame =
        polars::prelude::DataFrame::new(1, vec![polars::prelude::IntoColumn::into_column(list)]).unwrap();
    assert!(matches!(build(&no_table, &out), Err(PackError::File { .. })));

    assert_eq!(fs::read(out.join("report.json")).unwrap(), before);
    drop(reserve(&out).unwrap());
    assert_eq!(names(folder.path()), ["out"]);
}

#[test]
fn an_id_that_would_lead_out_of_the_pack_is_the_name_of_a_file_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut pack = fixture::pack("Ash 4");
    pack.sections[0].exhibits[0].id = "../../x".to_owned();
    build(&pack, &out).unwrap();
    assert_eq!(names(folder.path()), ["out"]);
    let domain = &pack.sections[0].exhibits[0].domain;
    let charts = names(&out.join("charts").join(domain));
    assert!(charts.iter().any(|name| name.starts_with("_.._x-") && name.ends_with(".svg")), "{charts:?}");
}

fn page(name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    build(&fixture::pack(name), &out).unwrap();
    fs::read_to_string(out.join("index.html")).unwrap()
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = page("Ash 4").replace("xmlns='http://www.w3.org/2000/svg'", "");
    for outside in ["http:", "https:", "src=\"", "@import", "<link", "<base", "<iframe", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    for (i, _) in page.match_indices("url(") {
        assert!(page[i..].starts_with("url(data:font/woff2;base64,"));
    }
    for (i, _) in page.match_indices("href=\"") {
        assert!(page[i + 6..].starts_with('#'));
    }
}

#[test]
fn the_page_escapes_text_from_data() {
    let hostile = "<script>alert('x')</script>\" onload=\"y {{ 1 + 1 }} </style>";
    let page = page(hostile);
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains("\" onload="));
    assert!(
        page.contains(
            "&lt;script&gt;alert(&#x27;x&#x27;)&lt;&#x2f;script&gt;&quot; onload=&quot;y {{ 1 + 1 }}"
        )
    );
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn every_link_of_the_page_leads_somewhere_and_every_id_is_there_once() {
    let page = page("Ash 4");
    let after = |mark: &str| -> Vec<String> {
        let ends = |at: usize| page[at..].split('"').next().unwrap_or("").to_owned();
        page.match_indices(mark).map(|(i, m)| ends(i + m.len())).collect()
    };
    let mut ids = after(" id=\"");
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for target in after("href=\"#").into_iter().chain(after("aria-labelledby=\"")) {
        assert!(ids.contains(&target), "{target}");
    }
    for id in ["exhibit-attendance", "finding-threat-by-peers.enrollment-total", "finance", "peers", "data"] {
        assert!(ids.iter().any(|i| i == id), "{id}");
    }
}

#[test]
fn a_pack_with_nothing_in_it_is_still_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut pack = fixture::pack("Ash 4");
    pack.sections.clear();
    pack.findings.all.clear();
    pack.peers = crate::compare::PeerGroup::default();
    pack.year = None;
    build(&pack, &out).unwrap();
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("No values were found for this district"));
    assert!(page.contains("No peer group could be chosen"));
    assert!(page.contains("No rule in the catalog found a candidate"));
}

#[test]
fn a_format_that_cannot_be_made_leaves_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let out = super::reserve(&folder.path().join("out")).unwrap();
    let fails = |name: &str| super::OutFile::new(name, |_| Err("the template is broken".into()));
    let files = [fails("retreat-deck.pptx"), super::OutFile::bytes("index.html", b"<html>")];
    let written = super::write_all(&files, &out).unwrap();
    assert_eq!(written.value.len(), 1);
    assert_eq!(written.diagnostics[0].id, "format-failed");
    assert!(written.diagnostics[0].found.contains("the template is broken"));
    assert!(!out.partial().join("retreat-deck.pptx").exists());
    // Without its tables there is no pack.
    assert!(super::write_all(&[fails("data/measures.csv")], &out).is_err());
}

/// A pack of which no exhibit is core: a project of its own measures.
fn without_core() -> Pack {
    let mut pack = fixture::pack("Ash 4");
    for exhibit in pack.sections.iter_mut().flat_map(|section| &mut section.exhibits) {
        exhibit.core = false;
    }
    pack
}

fn core(pack: &Pack) -> usize {
    pack.exhibits().filter(|exhibit| exhibit.core).count()
}

#[test]
fn of_400_exhibits_a_room_sees_those_that_say_something() {
    let mut pack = without_core();
    let mut pattern = pack.sections[0].exhibits[0].clone();
    pattern.finding = String::new();
    let mut many = vec![pattern.clone(); 200];
    pattern.finding = "We have 40 fewer students".to_owned();
    many.extend(vec![pattern; 200]);
    pack.sections.truncate(2);
    pack.sections[0].exhibits = many.clone();
    pack.sections[1].exhibits = many;
    choose_core(&mut pack.sections, 30);
    assert_eq!(core(&pack), 30);
    assert!(pack.exhibits().all(|exhibit| !exhibit.core || !exhibit.finding.is_empty()));
    let first = pack.sections[1].exhibits.iter().position(|exhibit| exhibit.core);
    assert_eq!(first, Some(200), "in their order");
}

#[test]
fn a_few_exhibits_and_those_that_the_catalog_chose_stay_as_they_are() {
    let mut few = without_core();
    choose_core(&mut few.sections, 30);
    assert_eq!(core(&few), 0);
    let mut chosen = without_core();
    chosen.sections[0].exhibits[0].core = true;
    choose_core(&mut chosen.sections, 1);
    assert_eq!(core(&chosen), 1);
    choose_core(&mut [], 30);
}
