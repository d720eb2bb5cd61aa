//! Reads any bytes as a file. It is read, with every cell, or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sheets::Input;

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("retreat-fuzz-{}", std::process::id()));
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let file = sheets::read(&Input::File(path), "fuzz").value;
    for sheet in &file.sheets {
        let mut last = None;
        for row in sheet.rows() {
            assert!(last.is_none_or(|number| number < row.number), "rows go up");
            last = Some(row.number);
            for (column, cell) in row.cells() {
                assert_eq!(row.cell(column), cell, "a cell is found again by its column");
                let _ = cell.to_text();
            }
        }
    }
});
