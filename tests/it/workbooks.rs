//! Workbooks cell by cell, held against calamine, which reads the same format by other code.

use std::path::{Path, PathBuf};

use calamine::{Data, DataRef, Reader, Xlsx, open_workbook};
use retreat::source::{Cell, Input, Sheet, UNCALCULATED, read};

use crate::project::root;

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            workbooks(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "xlsx") {
            found.push(entry);
        }
    }
}

/// Whether `cell` is what calamine found in its place.
fn same(cell: Cell<'_>, other: &DataRef<'_>) -> bool {
    match (cell, other) {
        (Cell::Text(text), DataRef::String(other)) => text == other,
        (Cell::Text(text), DataRef::SharedString(other)) => text == *other,
        (Cell::Number(number), DataRef::Float(other)) => number.to_bits() == other.to_bits(),
        (Cell::Percent(percent), DataRef::Float(other)) => (percent - other * 100.0).abs() < 1e-9,
        (Cell::Bool(truth), DataRef::Bool(other)) => truth == *other,
        (Cell::Date(date), DataRef::DateTime(other)) => {
            other.as_datetime().unwrap().format("%Y-%m-%d").to_string() == date
        }
        (Cell::Date(date), DataRef::DateTimeIso(other)) => other.starts_with(date),
        (Cell::Error(error), DataRef::Error(other)) => error == other.to_string(),
        (Cell::Error(UNCALCULATED), DataRef::Empty) => true,
        _ => false,
    }
}

fn compare(sheet: &Sheet, workbook: &mut Xlsx<std::io::BufReader<std::fs::File>>, name: &str) -> usize {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let ours = sheet.merged().iter().map(|m| ((m.first_row, m.first_column), (m.last_row, m.last_column)));
    let mut theirs: Vec<_> = merged.iter().map(|m| (m.start, m.end)).collect();
    theirs.sort_unstable();
    assert_eq!(ours.collect::<Vec<_>>(), theirs, "{name}");
    let mut cells = 0;
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else {
        assert_eq!(sheet.cell_count(), 0, "{name}");
        return 0;
    };
    while let Some(cell) = reader.next_cell().unwrap() {
        let (row, column) = cell.get_position();
        let own = sheet.row(row).map_or(Cell::Empty, |row| row.cell(column));
        let blank = matches!(Data::from(cell.get_value().clone()), Data::Empty)
            || *cell.get_value() == DataRef::String(String::new());
        assert!(
            same(own, cell.get_value()) || (blank && own == Cell::Empty),
            "{name} {row} {column}: {own:?} {:?}",
            cell.get_value()
        );
        cells += usize::from(own != Cell::Empty);
    }
    assert_eq!(sheet.cell_count(), cells, "{name}");
    cells
}

#[test]
fn every_cell_is_read_as_calamine_reads_it() {
    let mut files = Vec::new();
    for folder in ["sample_data", "examples", "tests/cases", "tests/corpus/illinois", "tests/corpus/nces"] {
        workbooks(&root().join(folder), &mut files);
    }
    if let Some(data) = std::env::var_os("RETREAT_DATA") {
        workbooks(Path::new(&data), &mut files);
    }
    let mut cells = 0;
    for path in &files {
        // A workbook that the case says is damaged, or no .xlsx at all.
        let Ok(mut workbook) = open_workbook::<Xlsx<_>, _>(path) else { continue };
        let file = read(&Input::File(path.clone()), "file.xlsx").value;
        let names = workbook.sheet_names();
        assert_eq!(file.sheets.len(), names.len(), "{}", path.display());
        for (sheet, name) in file.sheets.iter().zip(names) {
            println!("{} {name}", path.display());
            cells += compare(sheet, &mut workbook, &name);
        }
    }
    assert!(cells > 50_000, "only {cells} cells of {} files", files.len());
}
