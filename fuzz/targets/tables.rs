//! Puts any grid of cells, with any merged regions, through header finder, layouts, roll-up and survey.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use retreat::catalog::{Catalog, Layout};
use retreat::diagnostic::Place;
use retreat::observation::{FileReading, read_file};
use sheets::{Cell, Merged, SheetBuilder, SourceFile};

/// Words that layouts look for, so that something is found in the grid.
const WORDS: [&str; 32] = [
    "ID", "District", "Year", "Students", "Attendance", "Group", "Total", "State Total", "2023-24", "2022-23", "2024",
    "*", "<10", "≥95%", "6|88", "12.3*", "45 (a)", "1,426", "(1,234)", "45.3%", "0.5", "Female", "Asian", "Grade 3", "001",
    "002", "Ash", "Birch ISD", "Note: see below", "1O4", "10/2/2023", "RCDTS",
];

const LAYOUT: &str = r#"
id = "fuzz"
label = "fuzz"
authority = "fuzz"
level = "school"
roll-up = "sum"

[header]
depth = 2

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[part]]
part = "group"
column = ["Group"]

[[column]]
matching = '(?:^|› )Students$'
measure = "enrollment"

[[column]]
matching = '(?:^|› )Attendance$'
measure = "attendance-rate"
weight = ["Students"]

[[column]]
matching = '(?:^|› )Total$'
measure = "dropout-rate"
split = ["numerator", "denominator"]
"#;

static KNOWN: LazyLock<(Catalog, Vec<Layout>)> = LazyLock::new(|| {
    let catalog = Catalog::embedded().expect("the embedded catalog holds together");
    let mut layouts = vec![catalog.read_layout("fuzz.toml", LAYOUT).expect("the layout above holds together")];
    layouts.extend(catalog.layouts.values().cloned());
    (catalog, layouts)
});

fuzz_target!(|bytes: &[u8]| {
    let (catalog, layouts) = &*KNOWN;
    let Some((which, rest)) = bytes.split_first() else { return };
    let layout = &layouts[*which as usize % layouts.len()];
    let mut builder = SheetBuilder::new(Place::sheet("fuzz 2024.xlsx", Some("2023-24")), false);
    for cell in rest.chunks_exact(3) {
        let (row, column) = (u32::from(cell[0] >> 3), u32::from(cell[0] & 7) + 8 * u32::from(cell[1] >> 7));
        match cell[1] & 7 {
            0 => builder.push_cell(row, column, Cell::Number(f64::from(cell[2]))),
            1 => builder.push_cell(row, column, Cell::Percent(f64::from(cell[2]) / 2.0)),
            2 => builder.push_cell(row, column, Cell::Date("2023-10-02")),
            3 => builder.merge([Merged {
                first_row: row,
                first_column: column,
                last_row: row + u32::from(cell[2] >> 6),
                last_column: column + u32::from(cell[2] & 7),
            }]),
            _ => builder.push_cell(row, column, Cell::Text(WORDS[cell[2] as usize % WORDS.len()])),
        }
    }
    let sheets = vec![builder.finish()];
    let file = SourceFile::of_sheets("fuzz 2024.xlsx", sheets);
    let reading = read_file(&file, layout, catalog).expect("a checked layout has no bad pattern");
    let again = FileReading::from_bytes(&reading.to_bytes()).expect("what is kept is recalled");
    assert_eq!(format!("{reading:?}"), format!("{again:?}"));
});
