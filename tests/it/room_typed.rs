//! What people type into the files of the folder `swot` counts, or its cell is named: beside, below, on another sheet, after an answer.

use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::{Note, Workbook};
use sheets::{Input, read};

use crate::project::root;
use crate::room::{project, text};

/// Merges, and returns all messages.
fn merged(project: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
    let output = command.args(["merge", ".", "-v"]).current_dir(project).output().unwrap();
    assert!(output.status.code() < Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Cells of a workbook as a person changes them: sheet, row, column, text. An empty text empties the cell.
struct Change<'a> {
    sheet: &'a str,
    row: u32,
    column: u16,
    text: &'a str,
}

/// Saves a workbook of the room again, with changes, and with a note at the first cell if there is one.
fn save(path: &Path, changes: &[Change<'_>], note: Option<&str>) {
    let file = read(&Input::File(path.to_owned()), "x").value;
    let mut book = Workbook::new();
    let mut names: Vec<String> = file.sheets.iter().filter_map(|sheet| sheet.place.sheet.clone()).collect();
    for change in changes {
        if !names.iter().any(|name| name == change.sheet) {
            names.push(change.sheet.to_owned());
        }
    }
    for name in &names {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let old = file.sheets.iter().find(|sheet| sheet.place.sheet.as_ref() == Some(name));
        for row in old.into_iter().flat_map(sheets::Sheet::rows) {
            for (column, cell) in row.cells() {
                sheet.write(row.number, column as u16, cell.to_text()).unwrap();
            }
        }
        for change in changes.iter().filter(|change| change.sheet == name) {
            sheet.write(change.row, change.column, change.text).unwrap();
        }
        if let Some(note) = note {
            sheet.insert_note(0, 0, &Note::new(note)).unwrap();
        }
    }
    book.save(path).unwrap();
}

/// The row of an item on a sheet, from 0.
fn row_of(path: &Path, sheet: &str, item: &str, column: u32) -> u32 {
    let file = read(&Input::File(path.to_owned()), "x").value;
    let sheet = file.sheets.iter().find(|one| one.place.sheet.as_deref() == Some(sheet)).unwrap();
    let found = sheet.rows().find(|row| row.cell(column).to_text() == item);
    found.unwrap_or_else(|| panic!("{item} is not there")).number
}

/// Whether a message with this id names a cell.
fn names(told: &str, id: &str, cell: &str) -> bool {
    told.lines().any(|line| line.contains(id) && line.contains(cell))
}

#[test]
fn what_is_typed_elsewhere_in_the_consensus_is_named() {
    let project = project();
    let project = project.path();
    merged(project);
    let path = project.join("swot/consensus.xlsx");
    let w3 = row_of(&path, "Consensus", "W3", 0);
    let change = |sheet, row, column, text| Change { sheet, row, column, text };
    save(
        &path,
        &[
            change("Consensus", w3, 10, "An objection raised in the plenary"),
            change("Consensus", w3, 24, "beside the table"),
            change("Consensus", 80, 2, "below the table"),
            change("Parking lot", 0, 0, "for another day"),
        ],
        None,
    );
    let told = merged(project);
    assert!(names(&told, "room-cell-typed", &format!("› Consensus › K{}", w3 + 1)), "{told}");
    assert!(told.contains(&format!("Y{}", w3 + 1)), "{told}");
    assert!(names(&told, "consensus-cell-unused", "C81"), "{told}");
    assert!(names(&told, "room-cell-typed", "› Parking lot › A1"), "{told}");
    let typed = told.matches("room-cell-typed").count();
    assert_eq!(typed, 2, "one message a sheet, and nothing that the program wrote: {told}");
}

#[test]
fn saving_a_file_as_excel_does_changes_nothing() {
    let project = project();
    let project = project.path();
    let own = "Table,Own item\n1,Enrollment of “our” schools fell by \u{2212}14.9% – Wałęsa’s too\n";
    std::fs::write(project.join("ballots/more.csv"), own).unwrap();
    merged(project);
    let ours = text(project, "consensus.csv");
    assert!(ours.contains("\u{2212}14.9%"));
    // Excel saves a text table in the encoding of the system, which has no minus sign.
    let saved: Vec<u8> = ours
        .replace("O1,threat,", "O1,opportunity,")
        .trim_start_matches('\u{feff}')
        .chars()
        .map(|letter| match letter {
            '’' => 0x92,
            letter if letter.is_ascii() => letter as u8,
            _ => b'?',
        })
        .collect();
    std::fs::write(project.join("swot/consensus.csv"), saved).unwrap();
    let told = merged(project);
    let log = text(project, "log.csv");
    let by_a_person =
        log.lines().filter(|line| line.contains("changed in the consensus by a person")).count();
    assert_eq!(by_a_person, 1, "only O1 was moved: {log}");
    assert!(!told.contains("room-cell-typed"), "{told}");
}

#[test]
fn deleted_rows_and_statements_are_named_and_kept() {
    let project = project();
    let project = project.path();
    merged(project);
    let ours = text(project, "consensus.csv");
    let s1 = ours.lines().find(|line| line.starts_with("S1,")).unwrap();
    let own = ours.lines().find(|line| line.starts_with("A6-1,")).unwrap();
    let words = own.split(',').nth(2).unwrap();
    let emptied = own.replacen(words, "", 1);
    std::fs::write(
        project.join("swot/consensus.csv"),
        ours.replace(&format!("{s1}\r\n"), "").replace(&format!("{s1}\n"), "").replace(own, &emptied),
    )
    .unwrap();
    let told = merged(project);
    assert!(
        names(&told, "room-rows-deleted", "swot/consensus.csv") && told.contains("the row for S1 is gone"),
        "{told}"
    );
    assert!(told.contains("room-statement-deleted"), "{told}");
    let new = text(project, "consensus-new.csv");
    assert!(new.contains(s1) && new.contains(own), "{new}");
}

#[test]
fn a_reason_beside_a_pair_is_in_the_log() {
    let project = project();
    let project = project.path();
    merged(project);
    let path = project.join("swot/duplicates.xlsx");
    let pair = row_of(&path, "Possible duplicates", "A1-1", 1);
    let change = |column, text| Change { sheet: "Possible duplicates", row: pair, column, text };
    save(&path, &[change(0, "yes, the same buildings"), change(11, "ask the board")], None);
    let told = merged(project);
    assert!(names(&told, "room-cell-typed", &format!("L{}", pair + 1)), "{told}");
    let log = text(project, "log.csv");
    assert!(log.contains("the items say the same thing: the same buildings"), "{log}");
    save(&path, &[change(0, "no because one is about heating")], None);
    merged(project);
    let log = text(project, "log.csv");
    assert!(log.contains("do not say the same thing: because one is about heating"), "{log}");
    for unclear in ["perhaps", "keep", "keep both", "No - keep"] {
        save(&path, &[change(0, unclear)], None);
        let told = merged(project);
        assert!(names(&told, "pair-answer-unclear", &format!("A{}", pair + 1)), "{unclear}: {told}");
    }
}

#[test]
fn the_final_swot_keeps_reasons_and_names_the_rest() {
    let project = project();
    let project = project.path();
    std::fs::create_dir(project.join("feedback")).unwrap();
    let answer = "Timestamp,I am a …,W3: Attendance\n2025/11/10 9:00:00 AM,Parent,Agree\n";
    std::fs::write(project.join("feedback/form.csv"), answer).unwrap();
    merged(project);
    let path = project.join("swot/final.xlsx");
    let [w3, s1] = ["W3", "S1"].map(|item| row_of(&path, "Final SWOT", item, 0));
    let change = |row, column, text| Change { sheet: "Final SWOT", row, column, text };
    let last = s1.max(w3) + 40;
    save(
        &path,
        &[
            change(w3, 3, "yes, but name the grades"),
            change(w3, 4, "clearer"),
            change(s1, 10, "said by the board"),
            change(last, 2, "Families want later buses"),
            change(last, 4, "from the comments"),
        ],
        None,
    );
    let told = merged(project);
    let new = text(project, "final.csv");
    let found = new.lines().find(|line| line.starts_with("W3,")).unwrap();
    assert!(found.contains(",kept,but name the grades; clearer,"), "{found}");
    assert!(!told.contains("final-cell-unused"), "{told}");
    assert!(names(&told, "room-cell-typed", &format!("K{}", s1 + 1)), "{told}");
    assert!(told.contains("final-item-without-quadrant") && told.contains("N-1"), "{told}");
    let log = text(project, "log.csv");
    assert!(log.contains("final,,N-1,comment,,,from the comments,"), "{log}");
    let document = crate::room::parts(&project.join("swot/final.docx"), "document.xml");
    assert!(document.contains("added after feedback, without data"), "{document}");
}

#[test]
fn notes_at_cells_are_read_or_named() {
    let project = project();
    let project = project.path();
    let ballot = project.join("ballots/table 1.xlsx");
    save(&ballot, &[], Some("A note at a cell"));
    merged(project);
    assert!(text(project, "log.csv").contains("A note at a cell"), "{}", text(project, "log.csv"));
    save(&project.join("swot/consensus.xlsx"), &[], Some("A note at a cell"));
    let told = merged(project);
    assert!(names(&told, "cell-note", "› Consensus › A1"), "{told}");
}

#[test]
fn notes_of_a_ballot_in_the_old_format_are_read() {
    let file = read(&Input::File(root().join("tests/room/notes.xls")), "ballots/notes.xls").value;
    let log = crate::room::merged(&[file]).log;
    let comments: Vec<_> = log.iter().filter(|entry| entry.action.id() == "comment").collect();
    assert!(
        comments.iter().any(|entry| entry.item == "W2" && entry.note.contains("Only grade 3 – “not” all")),
        "{log:#?}"
    );
    let long = comments.iter().find(|entry| entry.note.starts_with("A long note. A long")).unwrap();
    assert_eq!((long.item.as_str(), long.note.matches("A long note.").count()), ("S1", 900));
}
