//! Limits that hold whatever a file is made of: on all of it together, not only on each part; and only files
//! of the project are opened or written to. The functions that make the files are in `hostile.rs`.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output};

use crate::hostile::{
    GOOD, MEGABYTE, SHEET, archive, file_survives, file_survives_with, packed, project, survives, workbook_of,
};

#[test]
fn an_endless_token_of_a_workbook_is_not_kept_in_memory() {
    let signs = vec![b'>'; MEGABYTE];
    for (name, before) in [
        ("comment.xlsx", "<worksheet><sheetData><!-- "),
        ("attribute.xlsx", "<worksheet><sheetData><row r=\"1\" x=\""),
        ("section.xlsx", "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t><![CDATA["),
        ("doctype.xlsx", "<!DOCTYPE l [<!ENTITY a \""),
    ] {
        let sheet = packed(before, &signs, 1_500);
        // The part does not have to be named a sheet, or XML.
        let bytes = workbook_of(1, "data/any.thing", sheet, None);
        file_survives(name, &bytes, "a text or tag of more than a megabyte");
    }
    let runs = format!("<r><t>{}</t></r>", "a".repeat(1000)).repeat(100);
    let cell = packed("<worksheet><sheetData><row><c t=\"inlineStr\"><is>", runs.as_bytes(), 15_000);
    let bytes = workbook_of(1, "worksheets/sheet1.xml", cell, None);
    file_survives("runs.xlsx", &bytes, "a cell of more than a megabyte of text");
}

#[test]
fn content_that_is_read_repeatedly_counts_each_time() {
    let remarks = format!("<!--{}-->", "x".repeat(100_000)).repeat(100);
    let sheet = format!("{SHEET}{remarks}</sheetData></worksheet>");
    let part = || packed(&sheet, &[], 0);
    let bytes = workbook_of(2_000, "worksheets/sheet1.xml", part(), None);
    file_survives("shared.xlsx", &bytes, "more than 2048 MB when unpacked");
    let bytes = workbook_of(20_000, "worksheets/sheet1.xml", part(), None);
    file_survives("sheets.xlsx", &bytes, "more than 10000 sheets");
    let member = || packed(GOOD, &[b'x'; MEGABYTE], 1_000);
    let bytes = archive(&[("a.csv", member()), ("b.csv", member())]);
    file_survives("members.zip", &bytes, "unpack to more than 4 GB");
}

#[test]
fn tables_by_the_million_are_refused() {
    file_survives("tables.html", &b"<table></table>".repeat(1_000_000), "more than 10000 sheets or tables");
    let attributes: String = (0..3_000_000).map(|i| format!("a{i:x} ")).collect();
    let page = format!("<table><tr><td {attributes}>1</td></tr></table>");
    file_survives("attributes.html", page.as_bytes(), "a tag with more than 100 attributes");
    let open = "<office:document-content><office:spreadsheet>";
    let tables = packed(open, &b"<table:table/>".repeat(10_000), 600);
    file_survives("tables.ods", &archive(&[("content.xml", tables)]), "more than 10000 sheets or tables");
}

/// A text table with this many rows.
fn rows(count: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    let rows: String = (0..count).map(row).collect();
    format!("ID,District,Year,Students\n{rows}").into_bytes()
}

#[test]
fn problems_in_millions_of_rows_do_not_fill_the_memory() {
    let named = rows(60_000, |i| format!("{i},District {i},2023,{i}\n"));
    file_survives("districts.csv", &named, "it names more than 50,000 districts");
    let of_one = rows(2_000_000, |i| format!("3,Cedar,2023,{i}\n"));
    file_survives_with("twice.csv", &of_one, "(and 1999998 more like it", 3);
    let of_nobody = rows(2_000_000, |i| format!(",,2023,{i}\n"));
    file_survives("nobody.csv", &of_nobody, "");
    let texts = rows(2_000_000, |i| format!("3,Cedar,2023,text {i}\n"));
    file_survives_with("texts.csv", &texts, "more like it", 3);
}

#[test]
fn the_districts_of_a_whole_country_are_read_and_compared() {
    let country =
        rows(1_000_000, |i| format!("{},District {0},{},{}\n", 100 + i / 50, 1974 + i % 50, 500 + i % 400));
    file_survives_with("country.csv", &country, "", 1_000_002);
}

#[test]
fn only_regular_files_are_opened() {
    for source in ["pipe.csv", "pipe.zip"] {
        let made = project(source);
        let pipe = made.path().join(source);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        survives(&made, "it is not a file", 2);
    }
    let circles = project("data/*/*/*/*/*/*.csv");
    fs::create_dir(circles.path().join("data")).unwrap();
    fs::write(circles.path().join("data/more.csv"), GOOD.replace("2023", "2024")).unwrap();
    for i in 0..30 {
        symlink(".", circles.path().join(format!("data/again{i}"))).unwrap();
    }
    survives(&circles, "", 4);
}

/// Runs the program and returns its messages and its exit code.
fn said(command: &str, made: &crate::project::Made) -> (String, Option<i32>) {
    let program = Command::new(env!("CARGO_BIN_EXE_retreat")).arg(command).arg(made.path()).output();
    let Output { status, stderr, .. } = program.unwrap();
    (String::from_utf8_lossy(&stderr).into_owned(), status.code())
}

#[test]
fn nothing_outside_the_project_is_a_layout_or_written_to() {
    let outside = tempfile::tempdir().unwrap();
    let made = project("good.csv");
    fs::copy(made.path().join("layout.toml"), outside.path().join("layout.toml")).unwrap();
    symlink(outside.path(), made.path().join("linked")).unwrap();
    symlink(outside.path(), made.path().join("readiness")).unwrap();
    symlink(outside.path(), made.path().join("out")).unwrap();
    for command in ["check", "build"] {
        let (text, code) = said(command, &made);
        assert!(code == Some(2) && text.contains("is a link, not a folder"), "{command}: {text}");
    }
    let absolute = outside.path().join("layout.toml").display().to_string();
    let file = made.path().join("retreat.toml");
    let good = fs::read_to_string(&file).unwrap();
    for layout in ["../layout.toml", "linked/layout.toml", &absolute] {
        let source = format!("{good}\n[[source]]\npath = \"good.csv\"\nlayout = {layout:?}\n");
        fs::write(&file, source).unwrap();
        let (text, code) = said("check", &made);
        assert!(
            code == Some(2) && text.contains("the layout file is outside the project's folder"),
            "{layout}: {text}"
        );
    }
    let names: Vec<_> = fs::read_dir(outside.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["layout.toml"]);
}
