//! Word documents of the room that people edited: what they changed counts, or is named.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::room::{parts, project, text};

const DOCUMENT: &str = "word/document.xml";

/// Saves a document again with its text changed.
fn edit(path: &Path, change: impl Fn(String) -> String) {
    let mut archive = ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut saved = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        saved.start_file(&name, SimpleFileOptions::default()).unwrap();
        let content = if name == DOCUMENT { change(content) } else { content };
        saved.write_all(content.as_bytes()).unwrap();
    }
    std::fs::write(path, saved.finish().unwrap().into_inner()).unwrap();
}

/// The row of a table that begins with an item.
fn row_of(document: &str, item: &str) -> String {
    let at = document.find(&format!(">{item}</w:t>")).unwrap();
    let start = document[..at].rfind("<w:tr>").unwrap();
    let end = at + document[at..].find("</w:tr>").unwrap() + "</w:tr>".len();
    document[start..end].to_owned()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn told(project: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
    let output = command.args(["merge", ".", "--verbose"]).current_dir(project).output().unwrap();
    assert!(output.status.code() < Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn words_and_quadrants_changed_in_the_document_count() {
    let project = project();
    told(project.path());
    let path = project.path().join("swot/consensus.docx");
    edit(&path, |document| {
        // Word splits a text into runs, and marks what was deleted.
        let reworded = "Our music</w:t></w:r><w:del><w:r><w:delText> program</w:delText></w:r></w:del>\
                        <w:r><w:t> and arts program";
        let document = document.replace("Our music program", reworded);
        let moved = row_of(&document, "A4-1");
        let weakness = row_of(&document, "W5");
        document.replace(&moved, "").replace(&weakness, &format!("{weakness}{moved}"))
    });
    let saved = std::fs::read(&path).unwrap();
    let said = told(project.path());
    assert!(!said.contains("room-document") && !said.contains("room-rows-deleted"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), saved, "it stays as the person left it");
    let consensus = text(project.path(), "consensus.csv");
    assert!(consensus.contains("A6-1,strength,Our music and arts program,"), "{consensus}");
    assert!(consensus.contains("A4-1,weakness,Buses are late every day,"), "{consensus}");
    let beside = parts(&project.path().join("swot/consensus-new.docx"), DOCUMENT);
    assert!(beside.contains("Our music and arts program"), "{beside}");
    let log = text(project.path(), "log.csv");
    assert!(log.contains("A6-1,reword,Our music program,Our music and arts program"), "{log}");
    // Read again, the same comes of it.
    told(project.path());
    assert_eq!(text(project.path(), "consensus.csv"), consensus);
}

#[test]
fn what_cannot_be_read_from_a_document_is_named() {
    let project = project();
    told(project.path());
    let before = text(project.path(), "consensus.csv");
    let path = project.path().join("swot/consensus.docx");
    edit(&path, |document| {
        let gone = row_of(&document, "A1-1");
        let objected = document.replace("One bad year.", "Two bad years.").replace(&gone, "");
        let emptied = objected.replace("Old buildings need repairs", "");
        let own =
            row_of(&emptied, "A3-1").replace("A3-1", "").replace("Share a bus route", "Rent out the gym");
        let added = emptied.replace(&row_of(&emptied, "O1"), &format!("{}{own}", row_of(&emptied, "O1")));
        added.replace(
            "<w:sectPr",
            &format!("{}<w:sectPr", paragraph("We should meet again in May, all of us")),
        )
    });
    let said = told(project.path());
    for wanted in [
        "[room-document-typed] swot/consensus.docx › Weaknesses (not working well) › W6",
        "[room-document-typed] swot/consensus.docx › Threats (potential impacts)",
        "[room-document-typed] swot/consensus.docx › “We should meet again in May, …”",
        "[room-statement-deleted] swot/consensus.docx › Weaknesses (not working well) › A2-1",
        "the row for A1-1 is gone",
    ] {
        assert!(said.contains(wanted), "{wanted} is not in {said}");
    }
    assert_eq!(text(project.path(), "consensus.csv"), before, "nothing of it counts");
}

#[test]
fn without_a_heading_no_item_changes_its_quadrant() {
    let project = project();
    told(project.path());
    let path = project.path().join("swot/consensus.docx");
    edit(&path, |document| {
        document
            .replace("Weaknesses (not working well)", "Challenges")
            .replace("Our music program", "Our arts program")
    });
    let said = told(project.path());
    assert!(said.contains("a heading is gone or changed: Weaknesses (not working well)"), "{said}");
    let consensus = text(project.path(), "consensus.csv");
    assert!(consensus.contains("A6-1,strength,Our arts program,"), "{consensus}");
    assert!(consensus.contains("A2-1,weakness,Old buildings need repairs,"), "{consensus}");
}

#[test]
fn a_document_that_cannot_be_read_is_kept_and_named() {
    let project = project();
    told(project.path());
    let path = project.path().join("swot/consensus.docx");
    std::fs::write(&path, "not a document").unwrap();
    let said = told(project.path());
    assert!(said.contains("room-document-unread"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "not a document");
}

#[test]
fn a_changed_document_of_the_final_swot_is_named_with_what_to_do() {
    let project = project();
    told(project.path());
    std::fs::create_dir(project.path().join("feedback")).unwrap();
    let answers = "I am a …,A6-1: Our music program\n".to_owned() + &"Parent,Agree\n".repeat(12);
    std::fs::write(project.path().join("feedback/form.csv"), answers).unwrap();
    told(project.path());
    let path = project.path().join("swot/final.docx");
    edit(&path, |document| document.replace("Our music program", "Our arts program"));
    let said = told(project.path());
    assert!(
        said.contains("[final-document-changed] swot/final.docx › Strengths (working well) › A6-1"),
        "{said}"
    );
    assert!(said.contains("make the change in swot/final.xlsx"), "{said}");
}

#[test]
fn an_older_copy_of_the_document_is_no_decision() {
    let project = project();
    told(project.path());
    let swot = project.path().join("swot");
    std::fs::copy(swot.join("consensus.docx"), swot.join("consensus of Monday.docx")).unwrap();
    std::fs::remove_file(project.path().join("ballots/table 5.xlsx")).unwrap();
    told(project.path());
    let before = text(project.path(), "consensus.csv");
    let said = told(project.path());
    assert!(!said.contains("room-document"), "{said}");
    assert_eq!(text(project.path(), "consensus.csv"), before);
}
