//! No command takes more than 1 GiB for the files made here, alone or together. Anything beyond the limits
//! costs only the file that exceeds them. The memory limit is set on the program from outside.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Output};

use polars::prelude::{Column, DataFrame, NamedFrom, Series};
use polars_io::parquet::write::ParquetWriter;

use crate::hostile::{GOOD, LAYOUT, measuring, packed, print_measured, project, workbook_of};
use crate::project::Made;

/// Runs the program with a memory limit of 1 GiB.
fn run(command: &str, made: &Made, codes: &[i32]) -> String {
    let program = env!("CARGO_BIN_EXE_retreat");
    let script = "ulimit -d 1048576; exec $3 \"$0\" \"$1\" \"$2\" -v";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, program, command]).arg(made.path()).arg(measuring(made.path()));
    let output = shell.output();
    print_measured(made.path());
    let Output { status, stdout, stderr } = output.unwrap();
    // `check` prints what it found to standard output.
    let text = String::from_utf8_lossy(&[stderr, stdout].concat()).into_owned();
    assert!(
        status.code().is_some_and(|code| codes.contains(&code)),
        "{command}: {status}: {}",
        beginning(&text)
    );
    text
}

fn beginning(text: &str) -> String {
    text.chars().take(3_000).collect()
}

/// Both commands that read everything stay within the limit, and report `said`.
fn keeps_within(made: &Made, said: &[&str]) {
    for command in ["check", "build"] {
        keeps_within_by(command, made, said);
    }
}

fn keeps_within_by(command: &str, made: &Made, said: &[&str]) {
    let text = run(command, made, &[0, 1]);
    for said in said {
        assert!(text.contains(said), "{command}: {said:?} is not said:\n{}", beginning(&text));
    }
}

/// A text table with this many values, for this many years in each district, from district 100 on.
fn table(values: usize, years: usize) -> String {
    let mut text = "ID,District,Year,Students\n".to_owned();
    for i in 0..values {
        let district = 100 + i / years;
        let _ = writeln!(text, "{district},District {district},{},{}", 2024 - i % years, i % 977);
    }
    text
}

fn made_of(files: &[(&str, Vec<u8>)]) -> Made {
    let (first, others) = files.split_first().unwrap();
    let mut made = project(first.0);
    for (name, _) in others {
        made = made.source(name, "layout.toml");
    }
    made.open("1");
    for (name, content) in files {
        fs::write(made.path().join(name), content).unwrap();
    }
    made
}

#[test]
fn a_text_of_200_megabytes_in_a_small_parquet_file_loses_only_that_file() {
    let made = project("text.parquet");
    let column = |name: &str, value: &str| Column::from(Series::new(name.into(), [value]));
    let long = "a".repeat(200_000_000);
    let columns = [("ID", "3"), ("District", &long), ("Year", "2023"), ("Students", "5")];
    let columns = columns.into_iter().map(|(name, value)| column(name, value)).collect();
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    let path = made.path().join("text.parquet");
    ParquetWriter::new(fs::File::create(&path).unwrap()).finish(&mut frame).unwrap();
    assert!(fs::metadata(path).unwrap().len() < 1 << 20);
    keeps_within(&made, &["text.parquet", "more bytes than can be read", "Read 2 values"]);
}

#[test]
fn names_of_a_megabyte_lose_only_their_cells() {
    let name = "a".repeat(1 << 20);
    let rows: String = (10..307).map(|i| format!("{i},{name}{i},2023,5\n")).collect();
    let made = made_of(&[("names.csv", format!("ID,District,Year,Students\n{rows}").into_bytes())]);
    let said =
        ["names.csv › B2: the cell has more than 32,767 characters", "(and 296 more like it, in B3, B4"];
    keeps_within(&made, &[said[0], said[1], "Read 299 values for 299 districts"]);
}

#[test]
fn names_as_long_as_a_cell_may_be_do_not_fill_the_memory() {
    let name = "a ".repeat(16_000);
    let rows: String = (10..10_010).map(|i| format!("{i},{name}{i},2023,5\n")).collect();
    let made = made_of(&[("names.csv", format!("ID,District,Year,Students\n{rows}").into_bytes())]);
    keeps_within(
        &made,
        &[
            "names.csv: with this sheet, the file's values and names take up more than",
            "Read 2 values for 2 districts",
        ],
    );
    // Ids may be just as long, and the names of several files count together.
    let rows: String = (10..10_010).map(|i| format!("{name}{i},District,2023,5\n")).collect();
    let ids = format!("ID,District,Year,Students\n{rows}").into_bytes();
    let part = |from: usize| {
        let rows: String = (from..from + 600).map(|i| format!("{i},{name}{i},2023,5\n")).collect();
        format!("ID,District,Year,Students\n{rows}").into_bytes()
    };
    let parts: Vec<(String, Vec<u8>)> = (1..6).map(|n| (format!("{n}.csv"), part(n * 1_000))).collect();
    let mut files = vec![("ids.csv", ids)];
    files.extend(parts.iter().map(|(name, part)| (name.as_str(), part.clone())));
    let made = made_of(&files);
    let said = [
        "ids.csv: with this sheet",
        "3.csv: it has 600 values, and the sources before it have 1,202.",
        "Read 1,202",
    ];
    keeps_within(&made, &said);
}

#[test]
fn many_layouts_and_many_uses_of_a_file_are_counted_each() {
    let table = table(1_000_000, 50).into_bytes();
    let made = project("table.csv").layout("other.toml", &LAYOUT.replace("Any", "Other"));
    let made = (1..40).fold(made, |made, _| made.source("table.csv", "layout.toml"));
    let made = (0..3).fold(made, |made, _| made.source("table.csv", "other.toml"));
    fs::write(made.path().join("table.csv"), table).unwrap();
    made.open("1");
    keeps_within(&made, &["table.csv: it has 43,000,000 values, and the sources before it have 2."]);
}

/// Students by group, with the total that shares are computed from, for this many districts over 25 years
/// each.
fn groups(districts: usize) -> String {
    let mut text = "ID,District,Year,All,White,Black,Hispanic,Asian,American Indian,Pacific Islander,Multiracial,Female,Male\n"
        .to_owned();
    for i in 0..25 * districts {
        let district = 100 + i / 25;
        let _ = write!(text, "{district},District {district},{},8000", 2024 - i % 25);
        (0..9).for_each(|k| _ = write!(text, ",{}", 20 + (i * 7 + k) % 977));
        text.push('\n');
    }
    text
}

/// A project with a layout that reads what [`groups`] makes.
fn made_of_groups(is_public: bool) -> Made {
    let columns: String = [
        "White",
        "Black",
        "Hispanic",
        "Asian",
        "American Indian",
        "Pacific Islander",
        "Multiracial",
        "Female",
        "Male",
    ]
    .iter()
    .zip([
        "white",
        "black",
        "hispanic",
        "asian",
        "american-indian",
        "pacific-islander",
        "two-or-more",
        "female",
        "male",
    ])
    .map(|(name, id)| {
        format!("[[column]]\nname = [\"{name}\"]\nmeasure = \"enrollment\"\ngroup = \"{id}\"\n")
    })
    .collect();
    let layout =
        LAYOUT.replace("\"Students\"", "\"All\"").replace("public = true", &format!("public = {is_public}"));
    Made::new().layout("groups.toml", &format!("{layout}\n{columns}"))
}

/// A project that reads the groups of students in this many districts.
fn made_with(districts: usize, is_public: bool) -> Made {
    let made = made_of_groups(is_public).write("groups.csv", groups(districts).as_bytes(), "groups.toml");
    made.open("100");
    made
}

#[test]
fn a_project_holds_five_million_values_and_no_more() {
    let most = made_with(20_000, true);
    // Another test measures what a check takes with as many values.
    keeps_within_by(
        "build",
        &most,
        &["Read 5,000,000 values for 20,000 districts", "more than 8,000,000 published and computed values"],
    );
    let said = run("check", &made_with(20_001, true), &[0, 1]);
    assert!(
        said.contains("with this sheet, the file has more than 5,000,000 values"),
        "{}",
        beginning(&said)
    );
}

#[test]
fn a_project_holds_a_million_values_that_are_not_public_and_no_more() {
    let said = run("check", &made_with(4_000, false), &[0, 1]);
    assert!(said.contains("Read 1,000,000 values for 4,000 districts"), "{}", beginning(&said));
    let said = run("check", &made_with(4_001, false), &[0, 1, 2]);
    assert!(
        said.contains("the file has more than 1,000,000 values that are not public"),
        "{}",
        beginning(&said)
    );
}

#[test]
fn the_total_of_all_files_is_limited_in_the_order_of_the_sources() {
    let part = groups(6_000).into_bytes();
    let made =
        made_of_groups(true).layout("layout.toml", LAYOUT).write("good.csv", GOOD.as_bytes(), "layout.toml");
    let made = ["a.csv", "b.csv", "c.csv", "d.csv"]
        .into_iter()
        .fold(made, |made, name| made.write(name, &part, "groups.toml"));
    // Three values more than there is room for.
    let made = made.write("e.csv", table(500_001, 50).as_bytes(), "layout.toml").write(
        "small.csv",
        b"ID,District,Year,Students\n5,Elm,2023,7\n",
        "layout.toml",
    );
    made.open("100");
    let lost = |name: &str, values: &str| {
        format!(
            "{name}: it has {values} values, and the sources before it have 4,500,002. With their names and notes"
        )
    };
    // A file that comes after those left out is read if there is room for it.
    let said = [lost("d.csv", "1,500,000"), lost("e.csv", "500,001"), "Read 1,500,003 values".to_owned()];
    // Another test measures what a build takes with as many values.
    keeps_within_by("check", &made, &said.each_ref().map(String::as_str));
}

#[test]
fn a_text_that_all_cells_share_is_counted_in_each_of_them() {
    let text = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(30_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(16_000);
    let sheet =
        packed(&format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>"), b"", 0);
    let book = workbook_of(1, "worksheets/sheet1.xml", sheet, Some(packed(&text, b"", 0)));
    let made = made_of(&[("shared.xlsx", book)]);
    keeps_within(&made, &["shared.xlsx: one of its rows has more than 16 MB of text", "Read 2 values"]);
    // As many of them as a folder may contain, several read at a time.
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(12_000);
    let sheet = packed(&format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"), b"", 0);
    let book = workbook_of(1, "worksheets/sheet1.xml", sheet, Some(packed(&text, b"", 0)));
    let files: Vec<(String, Vec<u8>)> = (0..16).map(|i| (format!("{i}.xlsx"), book.clone())).collect();
    let made = made_of(&files.iter().map(|(name, book)| (name.as_str(), book.clone())).collect::<Vec<_>>());
    keeps_within(&made, &["Read 2 values for 2 districts from 17 files"]);
}
