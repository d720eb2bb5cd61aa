//! Reads a file with its layout, sheet by sheet.

use super::number::NumberReader;
use super::progress::FileProgress;
use super::reading::FileReading;
use super::ready_layout::ReadyLayout;
use super::sheet_reader::SheetReader;
use sheets::SourceFile;

/// What the layout reads from `file`.
pub(super) fn read(file: &SourceFile, ready: &ReadyLayout<'_>, numbers: &NumberReader) -> FileReading {
    let mut progress = FileProgress::new(file, ready.layout);
    for sheet in &file.sheets {
        let report = SheetReader::new(file, sheet, ready, numbers, &mut progress).read();
        progress.reading.report.sheets.push(report);
    }
    progress.finish()
}
