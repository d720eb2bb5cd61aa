//! Workbooks compared cell by cell with calamine, which reads the same format with different code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use calamine::{Data, DataRef, Reader, SheetVisible, Xlsx, open_workbook};
use regex::Regex;
use retreat::domain::clean;
use sheets::{Cell, Input, Sheet, UNCALCULATED, read};

use crate::project::root;

/// All workbooks in a folder, without those that the program itself wrote into `out`.
fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            if entry.file_name().is_some_and(|name| name != "out") {
                workbooks(&entry, found);
            }
        } else if entry.extension().is_some_and(|ending| ending == "xlsx") {
            found.push(entry);
        }
    }
}

/// Whether `cell` is what calamine found in the same place.
fn same(cell: Cell<'_>, other: &DataRef<'_>) -> bool {
    match (cell, other) {
        // The same, except for line breaks and invisible characters.
        (Cell::Text(text), DataRef::String(other)) => text == clean(other),
        (Cell::Text(text), DataRef::SharedString(other)) => text == clean(other),
        (Cell::Number(number), DataRef::Float(other)) => number.to_bits() == other.to_bits(),
        (Cell::Percent(percent), DataRef::Float(other)) => (percent - other * 100.0).abs() < 1e-9,
        // A code, with the zeros that its number format shows.
        (Cell::Text(text), DataRef::Float(other)) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.len() > 1 && digits.parse() == Ok(*other)
        }
        (Cell::Bool(truth), DataRef::Bool(other)) => truth == *other,
        (Cell::Date(date), DataRef::DateTime(other)) => {
            other.as_f64() >= 1.0 && other.as_datetime().unwrap().format("%Y-%m-%d").to_string() == date
        }
        // A time of day, or a duration.
        (Cell::Text(text), DataRef::DateTime(other)) => {
            let minutes = (other.as_f64() * 1440.0).round();
            let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
            (other.as_f64() < 1.0 || other.is_duration())
                && text.starts_with(&format!("{hours:02}:{minutes:02}"))
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
            || matches!(cell.get_value(), DataRef::String(text) if text.is_empty())
            || matches!(cell.get_value(), DataRef::SharedString(""));
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

/// Whether the case is about a damaged sheet.
fn broken(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    folder.starts_with("format-xlsx-sheet-")
}

/// Compares which cells are percents with the formats in the file, found by text search instead of an XML
/// parser; returns how many there are.
fn compare_percents(sheets: &[Sheet], path: &Path) -> usize {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .ok()
            .map(|mut part| std::io::Read::read_to_string(&mut part, &mut text).map(|_| text))
    };
    let Some(Ok(styles)) = part("xl/styles.xml") else { return 0 };
    let attribute = |tag: &str, name: &str| {
        let found = Regex::new(&format!(r#"\s{name}="([^"]*)""#)).unwrap().captures(tag)?;
        Some(found[1].to_owned())
    };
    let tags = |text: &str, tag: &str| -> Vec<String> {
        let pattern = Regex::new(&format!(r"<(?:\w+:)?{tag}\s[^>]*>")).unwrap();
        pattern.find_iter(text).map(|found| found.as_str().to_owned()).collect()
    };
    let own: Vec<String> = tags(&styles, "numFmt")
        .iter()
        .filter(|tag| attribute(tag, "formatCode").is_some_and(|code| code.contains('%')))
        .filter_map(|tag| attribute(tag, "numFmtId"))
        .collect();
    let of_cells = styles.split("cellXfs").nth(1).unwrap_or_default();
    let is_percent = |id: &String| id == "9" || id == "10" || own.contains(id);
    let percent: Vec<bool> = tags(of_cells, "xf")
        .iter()
        .map(|tag| attribute(tag, "numFmtId").is_some_and(|id| is_percent(&id)))
        .collect();
    let mut found = 0;
    for (number, sheet) in sheets.iter().enumerate() {
        // The name that nearly every program gives its sheets' parts; others are not compared.
        let Some(Ok(xml)) = part(&format!("xl/worksheets/sheet{}.xml", number + 1)) else { continue };
        let shown: BTreeSet<String> = tags(&xml, "c")
            .iter()
            .filter(|tag| {
                let style = attribute(tag, "s").and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
                percent.get(style) == Some(&true)
            })
            .filter_map(|tag| attribute(tag, "r"))
            .collect();
        for row in sheet.rows() {
            for (column, cell) in row.cells() {
                let name = retreat::diagnostic::cell_name(row.number, column);
                match cell {
                    Cell::Percent(_) => {
                        assert!(shown.contains(&name), "{} {name}", path.display());
                        found += 1;
                    }
                    Cell::Number(_) => assert!(!shown.contains(&name), "{} {name}", path.display()),
                    _ => {}
                }
            }
        }
    }
    found
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
    let (mut cells, mut percents) = (0, 0);
    for path in &files {
        // A workbook that the case says is damaged, or not an .xlsx file at all.
        let Ok(mut workbook) = open_workbook::<Xlsx<_>, _>(path) else { continue };
        let file = read(&Input::File(path.clone()), "file.xlsx").value;
        let names = workbook.sheet_names();
        // A damaged sheet is left out, so none of its sheets can be compared.
        if broken(path) {
            continue;
        }
        let hidden = workbook.sheets_metadata().iter().map(|sheet| sheet.visible != SheetVisible::Visible);
        assert!(file.sheets.iter().map(|sheet| sheet.hidden).eq(hidden), "{}", path.display());
        percents += compare_percents(&file.sheets, path);
        assert_eq!(file.sheets.len(), names.len(), "{}", path.display());
        for (sheet, name) in file.sheets.iter().zip(names) {
            println!("{} {name}", path.display());
            cells += compare(sheet, &mut workbook, &name);
        }
    }
    assert!(percents > 20, "only {percents} cells are shown as percents");
    assert!(cells > 50_000, "only {cells} cells of {} files", files.len());
}
