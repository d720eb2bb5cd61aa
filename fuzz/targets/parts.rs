//! Reads any bytes as one part of a workbook whose other parts and archive are valid, so that the code that
//! reads the part is reached. It is read, with every cell, or refused.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use sheets::Input;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<Types><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="2024" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STRINGS: &str = r#"<sst><si><t>ID</t></si><si><r><t>Stu</t></r><r><t>dents</t></r></si></sst>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2" s="2"><v>0.5</v></c><c t="inlineStr"><is><t>a</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;
/// The parts of a workbook, each with its valid content.
const PARTS: [(&str, &str); 7] = [
    ("[Content_Types].xml", TYPES),
    ("_rels/.rels", ROOT),
    ("xl/workbook.xml", WORKBOOK),
    ("xl/_rels/workbook.xml.rels", RELATIONS),
    ("xl/sharedStrings.xml", STRINGS),
    ("xl/styles.xml", STYLES),
    ("xl/worksheets/sheet1.xml", SHEET),
];

fn packed<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(name, stored)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let Some((which, content)) = bytes.split_first() else { return };
    let which = *which as usize % (PARTS.len() + 1);
    let sound = PARTS
        .iter()
        .enumerate()
        .map(|(i, (name, sound))| (*name, if i == which { content } else { sound.as_bytes() }));
    // After the parts of a workbook comes that of an OpenDocument spreadsheet.
    let file = match which < PARTS.len() {
        true => packed(sound),
        false => packed(
            [
                ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
                ("content.xml", content),
            ]
            .into_iter(),
        ),
    };
    let path = std::env::temp_dir().join(format!("retreat-fuzz-parts-{}", std::process::id()));
    if file.ok().is_none_or(|file| std::fs::write(&path, file).is_err()) {
        return;
    }
    let file = sheets::read(&Input::File(path), "fuzz.xlsx").value;
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
