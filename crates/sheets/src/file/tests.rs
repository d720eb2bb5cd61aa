//! Tests for whole files, made by hand.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read_sheets;
use crate::content::Content;
use crate::error::ReadError;
use crate::{Cell, Sheet};

/// A zip archive with these files.
fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_bytes(bytes: Vec<u8>, file: &str) -> Result<Vec<Sheet>, ReadError> {
    read_sheets(&Content::of_bytes(bytes), file, None).map(|read| read.sheets)
}

/// The only sheet of an .xlsx workbook with this sheet, shared texts and formats.
fn xlsx(sheet: &str, texts: &str, formats: &str) -> Sheet {
    let files = [
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>",
        ),
        ("xl/s.xml", &format!("<worksheet>{sheet}</worksheet>")),
        ("xl/sharedStrings.xml", &format!("<sst>{texts}</sst>")),
        ("xl/styles.xml", &format!("<styleSheet>{formats}</styleSheet>")),
    ];
    read_bytes(zipped(&files), "t.xlsx").unwrap().swap_remove(0)
}

/// The only sheet of an .ods workbook with these styles and this table.
fn ods(styles: &str, table: &str) -> Sheet {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <table:table table:name=\"S\">{table}</table:table></office:document-content>"
    );
    read_bytes(zipped(&[("content.xml", &content)]), "t.ods").unwrap().swap_remove(0)
}

/// The texts of row `number`.
fn row_texts(sheet: &Sheet, number: u32) -> Vec<String> {
    sheet.row(number).unwrap().cells().map(|(_, cell)| cell.to_text()).collect()
}

#[test]
fn raised_runs_of_a_workbook_are_marks() {
    let raised = "<rPr><vertAlign val=\"superscript\"/></rPr>";
    let texts = format!(
        "<si><t>Enrollment</t></si><si><r><t>784</t></r><r>{raised}<t>2</t></r></si>\
         <si><r>{raised}<t>784</t></r></si><si><r><t>5</t></r><r>{raised}<t>th</t></r><r><t xml:space=\"preserve\"> Grade</t></r></si>\
         <si><r><t>Total</t></r><r>{raised}<t>1</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> (all)</t></r></si>"
    );
    let cell = |index| format!("<c t=\"s\"><v>{index}</v></c>");
    let cells: String = (0..5).map(cell).collect();
    let inline = format!("<c t=\"inlineStr\"><is><r><t>83.7</t></r><r>{raised}<t>a</t></r></is></c>");
    let plain = "<c t=\"inlineStr\"><is><t>71</t></is></c>";
    let sheet = xlsx(&format!("<sheetData><row>{cells}{inline}{plain}</row></sheetData>"), &texts, "");
    let expected = ["Enrollment", "784²", "784", "5th Grade", "Total¹ (all)", "83.7ᵃ", "71"];
    assert_eq!(row_texts(&sheet, 0), expected);
}

#[test]
fn hidden_rows_and_columns_of_a_workbook_are_known() {
    let sheet = xlsx(
        "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\" width=\"0\"/>\
         <col min=\"6\" max=\"6\" width=\"9.1\"/></cols><sheetData><row r=\"1\"><c><v>1</v></c></row>\
         <row r=\"4\" hidden=\"true\"><c><v>1</v></c></row><row r=\"5\" ht=\"12\"/></sheetData>",
        "",
        "",
    );
    let columns: Vec<u32> = (0..8).filter(|column| sheet.is_hidden_column(*column)).collect();
    let rows: Vec<u32> = (0..8).filter(|row| sheet.is_hidden_row(*row)).collect();
    assert_eq!((columns, rows), (vec![1, 2, 4], vec![3]));
    let shown = xlsx("<sheetData><row><c><v>1</v></c></row></sheetData>", "", "");
    assert!(!shown.has_hidden_rows() && !shown.is_hidden_column(0));
}

#[test]
fn a_number_is_read_as_its_format_shows_it() {
    let formats = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0&quot;%&quot;\"/>\
        <numFmt numFmtId=\"165\" formatCode=\"#,##0,\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
        <xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"10\"/></cellXfs>";
    let cells =
        "<c><v>0.6</v></c><c s=\"1\"><v>0.6</v></c><c s=\"2\"><v>1234567</v></c><c s=\"3\"><v>0.453</v></c>";
    let sheet = xlsx(&format!("<sheetData><row>{cells}</row></sheetData>"), "", formats);
    let row = sheet.row(0).unwrap();
    let read: Vec<Cell<'_>> = row.cells().map(|(_, cell)| cell).collect();
    let expected = [Cell::Number(0.6), Cell::Percent(0.6), Cell::Number(1_234_567.0), Cell::Percent(45.3)];
    assert_eq!(read, expected);
    let factors: Vec<f64> = (0..5).map(|column| row.shown_factor(column)).collect();
    assert_eq!(factors, [1.0, 1.0, 1000.0, 1.0, 1.0]);
}

#[test]
fn a_cell_of_an_ods_is_read_once() {
    let text = |stated: &str, content: &str| {
        format!("<table:table-cell office:value-type=\"string\" {stated}>{content}</table:table-cell>")
    };
    let cells = [
        text("office:string-value=\"001902\"", "<text:p>001902</text:p>"),
        text("office:string-value=\"Elm West\"", "<text:p>Elm</text:p><text:p>West</text:p>"),
        text("office:string-value=\"*\"", ""),
        text("", "<text:p>a<text:s text:c=\"2\"/><text:span>b</text:span></text:p>"),
        text("", "<office:annotation><text:p>a note</text:p></office:annotation><text:p>800</text:p>"),
        text("", "<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame><text:p>7</text:p>"),
        text("", "<text:p>784<text:span text:style-name=\"T1\">2</text:span></text:p>"),
        text("", "<text:p><text:span text:style-name=\"T1\">784</text:span></text:p>"),
        "<table:table-cell office:value-type=\"float\" office:value=\"0.6\"><text:p>0.6%</text:p></table:table-cell>"
            .to_owned(),
        "<table:table-cell office:value-type=\"float\" office:value=\"800\"><text:p>800</text:p></table:table-cell>"
            .to_owned(),
        "<table:table-cell office:value-type=\"float\" office:value=\"107\"><text:p>00107</text:p></table:table-cell>"
            .to_owned(),
    ];
    let style = "<style:style style:name=\"T1\" style:family=\"text\">\
        <style:text-properties style:text-position=\"super 58%\"/></style:style>";
    let sheet = ods(style, &format!("<table:table-row>{}</table:table-row>", cells.concat()));
    let expected = ["001902", "Elm West", "*", "a  b", "800", "7", "784²", "784", "0.6%", "800", "00107"];
    assert_eq!(row_texts(&sheet, 0), expected);
}

#[test]
fn hidden_rows_and_columns_of_an_ods_are_known() {
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
    let sheet = ods(
        "",
        &format!(
            "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column \
             table:visibility=\"collapse\"/><table:table-row>{cell}</table:table-row><table:table-row \
             table:visibility=\"filter\" table:number-rows-repeated=\"2\">{cell}</table:table-row>"
        ),
    );
    let columns: Vec<u32> = (0..5).filter(|column| sheet.is_hidden_column(*column)).collect();
    let rows: Vec<u32> = (0..5).filter(|row| sheet.is_hidden_row(*row)).collect();
    assert_eq!((columns, rows), (vec![2], vec![1, 2]));
}

#[test]
fn a_spreadsheet_in_one_xml_file_is_read() {
    let flat = "<?xml version=\"1.0\"?>\n<office:document \
        office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><table:table table:name=\"S\">\
        <table:table-row><table:table-cell office:value-type=\"string\"><text:p>800</text:p></table:table-cell>\
        </table:table-row></table:table></office:document>";
    let sheets = read_bytes(flat.into(), "t.fods").unwrap();
    assert_eq!(row_texts(&sheets[0], 0), ["800"]);
    let refused = read_bytes(flat.replace("spreadsheet", "text").into(), "t.fodt").unwrap_err();
    assert!(refused.reason.contains("OpenDocument"));
}

#[test]
fn an_archive_that_is_no_workbook_is_called_by_its_name() {
    for (files, reason) in [
        (vec![("word/document.xml", "")], "it is a Word document"),
        (vec![("ppt/presentation.xml", "")], "it is a PowerPoint presentation"),
        (vec![("Index/Document.iwa", "")], "it is an Apple Numbers or Pages document"),
        (vec![("inner.zip", "")], "it is a zip archive that contains other files: inner.zip"),
        (
            vec![("2023/a.csv", ""), ("2024/a.csv", ""), ("x.bin", "")],
            "it is a zip archive that contains other files: 2023/a.csv, 2024/a.csv",
        ),
        (vec![("x.bin", "")], "it is a zip archive without a workbook"),
    ] {
        assert_eq!(read_bytes(zipped(&files), "t.xlsx").unwrap_err().reason, reason);
    }
}

/// The notes of a sheet, as `row column text`.
fn notes(sheet: &Sheet) -> Vec<String> {
    sheet.notes.iter().map(|note| format!("{} {} {}", note.row, note.column, note.text)).collect()
}

#[test]
fn notes_and_threaded_comments_of_a_workbook_are_read() {
    let sheet = "<worksheet><sheetData><row><c t=\"str\"><v>x</v></c></row></sheetData></worksheet>";
    let rels = "<Relationships><Relationship Id=\"r1\" Type=\"x/comments\" Target=\"c.xml\"/>\
                <Relationship Id=\"r2\" Type=\"x/threadedComment\" Target=\"t.xml\"/></Relationships>";
    let comments = "<comments><authors><author>Ann</author></authors><commentList>\
                    <comment ref=\"B3\" authorId=\"0\"><text><r><t xml:space=\"preserve\">Pay is </t></r><r><t>fair &amp; known</t></r></text></comment>\
                    <comment ref=\"C4\" authorId=\"0\"><text><t>[Threaded comment]\n\nYour version of Excel allows you. Learn more: \
                    https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    We doubt: grade 3</t></text></comment>\
                    <comment ref=\"A1\" authorId=\"0\"><text><t>Your version of Excel</t></text></comment></commentList></comments>";
    let threaded = "<ThreadedComments><threadedComment ref=\"A1\" id=\"1\"><text>Only juniors</text></threadedComment>\
                    <threadedComment ref=\"A1\" id=\"2\"><text>I agree</text></threadedComment></ThreadedComments>";
    let files = [
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>",
        ),
        ("xl/s.xml", sheet),
        ("xl/_rels/s.xml.rels", rels),
        ("xl/c.xml", comments),
        ("xl/t.xml", threaded),
    ];
    let sheet = read_bytes(zipped(&files), "t.xlsx").unwrap().swap_remove(0);
    assert_eq!(
        notes(&sheet),
        ["0 0 Only juniors", "0 0 I agree", "2 1 Pay is fair & known", "3 2 We doubt: grade 3"]
    );
    assert_eq!(row_texts(&sheet, 0), ["x"]);
}

#[test]
fn notes_of_an_open_document_are_read() {
    let note = "<office:annotation><dc:creator>Ann</dc:creator><dc:date>2026-01-15</dc:date><text:p>Only</text:p>\
                <text:p>juniors</text:p></office:annotation>";
    let sheet = ods(
        "",
        &format!(
            "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>{note}<text:p>b</text:p>\
             </table:table-cell></table:table-row>"
        ),
    );
    assert_eq!(row_texts(&sheet, 0).len(), 2);
    assert_eq!(notes(&sheet), ["0 1 Only\njuniors"]);
}
