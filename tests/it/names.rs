//! Names in the data are data: they lead out of no folder, control nothing, and affect only themselves.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use walkdir::WalkDir;

use crate::project::Made;

pub(crate) const LAYOUT: &str = r#"
id = "any"
label = "Any\u001b[31m \u202etable"
authority = "made\u0007 up"
public = true

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[column]]
name = ["Students"]
measure = "enrollment"
"#;

fn made(csv: &str) -> Made {
    let made = Made::new().layout("layout.toml", LAYOUT).write("data.csv", csv.as_bytes(), "layout.toml");
    made.open("1");
    made
}

fn run(made: &Made, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_retreat")).args(arguments).current_dir(made.path()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that `text` has no invisible characters.
fn assert_clean(text: &str, of: &str) {
    let unseen =
        regex::Regex::new(r"[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}--[\n\r\t]]")
            .unwrap();
    // The byte-order mark that Excel needs at the beginning of a CSV file.
    let text = text.trim_start_matches('\u{feff}');
    assert!(
        !unseen.is_match(text),
        "{of}: {:?}",
        unseen.find(text).map(|m| &text[m.start().saturating_sub(20)..m.end()])
    );
}

/// The number of texts that the program wrote; neither they nor their file names contain invisible
/// characters.
fn clean_texts(made: &Made) -> usize {
    let mut texts = 0;
    for entry in
        WalkDir::new(made.path().join("out")).into_iter().chain(WalkDir::new(made.path().join("readiness")))
    {
        let entry = entry.unwrap();
        assert_clean(&entry.file_name().to_string_lossy(), "a file's name");
        let is_text =
            entry.path().extension().is_some_and(|e| ["svg", "html", "csv", "json"].iter().any(|t| e == *t));
        if is_text {
            texts += 1;
            assert_clean(&fs::read_to_string(entry.path()).unwrap(), &entry.path().display().to_string());
        }
    }
    texts
}

/// The folders of packs below `folder`, relative to it.
fn packs(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let reports = entries.filter(|entry| entry.file_name() == "report.json");
    let relative =
        |path: &Path| path.parent().unwrap().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    reports.map(|entry| relative(entry.path())).collect()
}

#[test]
fn the_packs_of_all_districts_stay_in_their_folder_whatever_their_ids() {
    let long = "9".repeat(300);
    let ids = [
        "01",
        "../../ESCAPED",
        "/ABS/PATH",
        "..",
        ".",
        "CON",
        "nul.txt",
        "a\\b",
        "E\u{301}1",
        "\u{c9}1",
        &long,
    ];
    let rows: String =
        ids.iter().enumerate().map(|(i, id)| format!("{id},District {i},2023,{}\n", 100 + i)).collect();
    let made = made(&format!("ID,District,Year,Students\n{rows}"));
    let before: Vec<_> = fs::read_dir(made.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    let output = run(&made, &["build", ".", "--all-districts", "--format", "svg", "--out", "sub/all", "-v"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let packs = packs(made.path());
    assert_eq!(packs.len(), ids.len(), "{packs:?}\n{said}");
    for pack in &packs {
        let name = pack.strip_prefix("sub/all/").unwrap();
        assert!(
            name.len() <= 100 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)),
            "{name}"
        );
    }
    let folded: std::collections::BTreeSet<String> = packs.iter().map(|pack| pack.to_lowercase()).collect();
    assert_eq!(folded.len(), ids.len());
    assert!(packs.contains(&"sub/all/01".to_owned()), "{packs:?}");
    // If a folder is not named by its district's id, the message gives both.
    let escaped = packs.iter().find(|pack| pack.contains("ESCAPED")).unwrap();
    let told = said.lines().skip_while(|line| !line.contains("District 1 (../../ESCAPED)")).nth(1);
    assert!(told.is_some_and(|line| line.contains(escaped.strip_prefix("sub/all/").unwrap())), "{said}");
    assert_eq!(said.matches("folder-renamed").count(), ids.len() - 1, "{said}");
    let after = fs::read_dir(made.path()).unwrap().map(|e| e.unwrap().file_name());
    let new: Vec<_> =
        after.filter(|name| !before.contains(name) && name != "sub" && name != ".retreat").collect();
    assert!(new.is_empty(), "{new:?}");
}

#[test]
fn a_pack_that_cannot_be_built_does_not_stop_the_others() {
    let made = made("ID,District,Year,Students\n01,Ash,2023,120\n02,Birch,2023,340\n03,Cedar,2023,560\n");
    let theirs = made.path().join("out/02/notes.txt");
    fs::create_dir_all(theirs.parent().unwrap()).unwrap();
    fs::write(&theirs, "mine").unwrap();
    let build = ["build", ".", "--all-districts", "--format", "svg"];
    let output = run(&made, &build);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(packs(&made.path().join("out")), ["01", "03"], "{told}");
    assert!(told.contains("error[district-not-built]") && told.contains("Birch (02)"), "{told}");
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "mine");
    for id in ["01", "03"] {
        fs::write(made.path().join("out").join(id).join("notes.txt"), "mine").unwrap();
    }
    let output = run(&made, &build);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn invisible_characters_reach_no_output_and_make_no_separate_district() {
    let marks = [
        "\u{1}",
        "\u{1f}",
        "\u{7f}",
        "\u{9b}31m",
        "\u{1b}[31m",
        "\u{fffe}",
        "\u{ffff}",
        "\u{202e}",
        "\u{200b}",
        "\u{ad}",
        "\u{feff}",
    ];
    let mut csv = "\u{feff}I\u{200b}D,Dis\u{ad}trict,Year\u{2060},Stu\u{1b}dents\n".to_owned();
    for (i, mark) in marks.iter().enumerate() {
        for (year, id) in [
            (2022, format!("1{i:02}")),
            (2023, format!("1{}{i:02}", &mark[..mark.chars().next().unwrap().len_utf8()])),
        ] {
            csv.push_str(&format!("{id},Bir{mark}ch,{year},{}\n", 300 + i));
        }
    }
    csv.push_str("01,As\u{202e}h,2022,\u{200b}120\n0\u{ad}1,Ash\u{fffe},2023,121\u{1f}\n");
    let file = "da\u{1b}[32mta\u{202e}.csv";
    let made = Made::new().layout("layout.toml", LAYOUT).write(file, csv.as_bytes(), "layout.toml");
    let text = "[retreat]\ntitle = \"Re\\u001Btreat\\u202E \\uFFFF2024\"\ndistrict = \"\\u200B1\"\n[[source]]\npath = \"data*.csv\"\nlayout = \"layout.toml\"\n";
    let text = text.replace("data*.csv", "da[32mta.csv".replace('[', "[[]").as_str());
    fs::write(made.path().join("retreat.toml"), text).unwrap();
    for arguments in [
        ["build", ".", "-v"].as_slice(),
        &["check", ".", "-v"],
        &["swot", ".", "-v"],
        &["peers", ".", "-v"],
        &["peers", ".", "--json"],
        &["inspect", file],
        &["catalog", "layouts"],
        &["check", "no\u{1b}[31mwhere"],
        &["swot", ".", "--district", "9\u{1b}[31m9"],
    ] {
        let output = run(&made, arguments);
        let expected = if arguments.last().unwrap().contains("[31m") { 2 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {}", said(&output));
        assert_clean(&said(&output), &format!("{arguments:?}"));
        assert_clean(&String::from_utf8_lossy(&output.stdout), &format!("{arguments:?}"));
    }
    let told = said(&run(&made, &["check", "."]));
    assert!(
        told.contains(&format!("Read {} values for {} districts", 2 * marks.len() + 2, marks.len() + 1)),
        "{told}"
    );
    assert!(clean_texts(&made) > 8);
}

#[test]
fn ids_of_a_catalog_name_files_of_the_pack_and_nothing_else() {
    let made = made("ID,District,Year,Students\n01,Ash,2022,110\n01,Ash,2023,120\n02,Birch,2023,340\n");
    fs::create_dir_all(made.path().join("catalog/exhibits")).unwrap();
    let exhibit = |id: &str| {
        format!(
            "[[exhibit]]\nid = {id:?}\ndomain = \"enrollment\"\nkind = \"line\"\nmeasures = [\"enrollment\"]\ntitle = \"How many\"\nwonder = \"Why?\"\ntopic = {id:?}\n"
        )
    };
    let text = exhibit("../../x") + &exhibit("con") + &exhibit("A") + &exhibit("a");
    fs::write(made.path().join("catalog/exhibits/own.toml"), text).unwrap();
    let output = run(&made, &["build", ".", "--format", "svg"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let charts: Vec<String> = fs::read_dir(made.path().join("out/charts/enrollment"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for wanted in [
        r"^_\.\._x-[0-9a-f]{8}\.svg$",
        r"^_con-[0-9a-f]{8}\.svg$",
        r"^A-[0-9a-f]{8}\.svg$",
        r"^a-[0-9a-f]{8}\.svg$",
    ] {
        let wanted = regex::Regex::new(wanted).unwrap();
        assert!(charts.iter().any(|name| wanted.is_match(name)), "{wanted}: {charts:?}");
    }
}

#[test]
fn an_id_of_any_length_is_read() {
    let zeros = "0".repeat(70_000);
    let made = made(&format!("ID,District,Year,Students\n01,Ash,2023,120\n{zeros}2,Birch,2023,340\n"));
    let output = run(&made, &["swot", ".", "-v"]);
    let told = said(&output);
    assert!(matches!(output.status.code(), Some(0 | 1)) && !told.contains("panicked"), "{told}");
    let wide = LAYOUT.replace("[district]\n", "[district]\nid-width = 70000\n");
    fs::write(made.path().join("layout.toml"), wide).unwrap();
    let output = run(&made, &["swot", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("`id-width` is too large\n  hint: write 32 or less"), "{}", said(&output));
}
