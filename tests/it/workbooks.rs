//! Workbooks read by us and by calamine, cell by cell: two programs that know nothing of each other must agree.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use retreat::source::{self, Cell, Input, Sheet};

use crate::project::root;

/// Every honest workbook of the tests and the sample.
fn workbooks() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = ["tests/corpus", "tests/cases", "sample_data"]
        .iter()
        .flat_map(|folder| walk(&root().join(folder)))
        .filter(|path| path.extension().is_some_and(|e| e == "xlsx" || e == "xlsm"))
        .filter(|path| {
            !path.components().any(|part| part.as_os_str() == "hostile" || part.as_os_str() == "out")
        })
        .collect();
    all.sort();
    all
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// Whether our cell says what calamine's does.
fn same(ours: Cell<'_>, theirs: &Data) -> bool {
    match (ours, theirs) {
        (Cell::Number(own), Data::Float(other)) => own == *other,
        (Cell::Number(own), Data::Int(other)) => own == *other as f64,
        (Cell::Percent(own), Data::Float(other)) => (own - 100.0 * other).abs() < 1e-9 * own.abs().max(1.0),
        (Cell::Percent(own), Data::Int(other)) => (own - 100.0 * *other as f64).abs() < 1e-9,
        (Cell::Text(own), Data::String(other)) => own.replace("\r\n", "\n") == other.replace("\r\n", "\n"),
        (Cell::Date(own), Data::DateTime(other)) => {
            let (year, month, day, ..) = other.to_ymd_hms_milli();
            own.starts_with(&format!("{year:04}-{month:02}-{day:02}"))
        }
        (Cell::Bool(own), Data::Bool(other)) => own == *other,
        (Cell::Error(own), Data::Error(other)) => own == other.to_string(),
        (own, Data::Empty) => own.is_blank(),
        (own, Data::String(other)) => own.is_blank() && other.trim().is_empty(),
        _ => false,
    }
}

/// How many cells of a sheet are not blank, and the first that differs.
fn compare(sheet: &Sheet, theirs: &calamine::Range<Data>) -> (usize, Option<String>) {
    let (first_row, first_column) = theirs.start().unwrap_or_default();
    let mut differs = None;
    for (row, column, other) in theirs.used_cells() {
        let (row, column) = (row as u32 + first_row, column as u32 + first_column);
        let own = sheet.row(row).map_or(Cell::Empty, |row| row.cell(column));
        if !same(own, other) {
            differs =
                differs.or_else(|| Some(format!("{}: {own:?}, not {other:?}", sheet.place.at(row, column))));
        }
    }
    let count = sheet.rows().flat_map(|row| row.cells()).filter(|(_, cell)| !cell.is_blank()).count();
    (count, differs)
}

#[test]
fn every_cell_is_read_as_calamine_reads_it() {
    let mut cells = 0;
    for path in workbooks() {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let ours = source::read(&Input::File(path.clone()), &name).value;
        let mut theirs: Xlsx<_> = calamine::open_workbook(&path).unwrap();
        assert_eq!(ours.sheets.len(), theirs.sheet_names().len(), "{name}");
        for sheet in &ours.sheets {
            let range = theirs.worksheet_range(sheet.place.sheet.as_deref().unwrap()).unwrap();
            let (count, differs) = compare(sheet, &range);
            // Formulas without a stored value: calamine takes them for blank, we say what they are.
            let uncalculated = sheet
                .rows()
                .flat_map(|row| row.cells())
                .filter(|(_, cell)| matches!(cell, Cell::Error(text) if *text == source::UNCALCULATED))
                .count();
            let filled = |data: &Data| !matches!(data, Data::Empty) && !data.to_string().trim().is_empty();
            let wanted = range.used_cells().filter(|(.., data)| filled(data)).count();
            assert_eq!(differs, None, "{name}");
            assert_eq!(count - uncalculated, wanted, "{name} {:?}", sheet.place.sheet);
            cells += count;
        }
    }
    assert!(cells > 50_000, "{cells}");
}
