//! Forms and ballots as people fill them in: "no" to an objection, reasons after an answer, lists of dots, and exports made twice.

use retreat::room::{ConsensusRow, MergedBallots};

use crate::room::merged;
use crate::room_decided::{form, ids};
use crate::room_lost::Paper;

fn row<'m>(merged: &'m MergedBallots, item: &str) -> &'m ConsensusRow {
    merged.consensus.rows.iter().find(|row| row.item == item).unwrap()
}

fn added(merged: &MergedBallots) -> Vec<&str> {
    let added = merged.consensus.rows.iter().filter(|row| row.evidence_id.is_empty());
    added.map(|row| row.statement.as_str()).collect()
}

#[test]
fn no_to_a_question_about_an_objection_is_no_objection() {
    let head = ["Timestamp", "Table", "Should we keep it? [W3]", "Any objection to W3?"];
    let form = form(
        "ballots/form.csv",
        &head,
        &[
            &["t1", "1", "No", "No"],
            &["t2", "1", "Yes", "no objections."],
            &["t3", "2", "Yes", "None"],
            &["t4", "2", "Yes", "Not at all"],
            &["t5", "2", "Yes", "We have no objection"],
            &["t6", "2", "Yes", "No, it's fine"],
        ],
    );
    let mut paper = Paper::blank(4);
    let at = paper.row_of("W3");
    paper.write(at, 4, "no");
    paper.write(at, 8, "no");
    let merged = merged(&[form, paper.source()]);
    assert!(row(&merged, "W3").objections.is_empty(), "{:?}", row(&merged, "W3").objections);
    let comments = ["Table 2: No, it's fine", "Table 2: We have no objection"];
    assert_eq!(row(&merged, "W3").comments, comments);
    assert_eq!(row(&merged, "W3").dropped, 1, "below Keep, no is an answer");
    assert!(!ids(&merged).contains(&"ballot-cell-elsewhere"), "{:?}", merged.problems);
}

#[test]
fn what_is_said_of_nobody_is_an_objection() {
    let mut paper = Paper::blank(1);
    for (item, text) in [("W3", "Nobody agrees"), ("S1", "None of this is right"), ("W6", "No good")] {
        let at = paper.row_of(item);
        paper.write(at, 8, text);
    }
    let merged = merged(&[paper.source()]);
    assert_eq!(row(&merged, "W3").objections, ["Table 1: Nobody agrees"]);
    assert_eq!(row(&merged, "S1").objections, ["Table 1: None of this is right"]);
    assert_eq!(row(&merged, "W6").objections, ["Table 1: No good"]);
}

#[test]
fn a_note_at_a_cell_is_named_as_one() {
    let mut paper = Paper::blank(1);
    let row_of_w3 = paper.row_of("W3");
    paper.write(row_of_w3, 4, "yes");
    let mut ballot = paper.source();
    let text = "We doubt grade 3".to_owned();
    ballot.sheets[0].notes.push(sheets::CellNote { row: row_of_w3, column: 9, text });
    let merged = merged(&[ballot]);
    let named = merged.problems.iter().find(|one| one.id == "ballot-cell-elsewhere").unwrap();
    assert!(named.found.contains("a note or comment attached to a cell"), "{named:?}");
    assert_eq!(row(&merged, "W3").comments, ["Table 1: We doubt grade 3"]);
}

#[test]
fn an_answer_that_another_contradicts_is_a_question() {
    let mut paper = Paper::blank(1);
    for (item, text) in [("S1", "keep as weakness"), ("W3", "No - keep as is")] {
        let at = paper.row_of(item);
        paper.write(at, 4, text);
    }
    let merged = merged(&[paper.source()]);
    let asked = merged.problems.iter().find(|problem| problem.id == "ballot-cell-elsewhere");
    assert_eq!(asked.map(|problem| problem.count), Some(2), "{:?}", merged.problems);
    assert_eq!((row(&merged, "S1").kept, row(&merged, "W3").dropped), (0, 0));
}

#[test]
fn a_yes_or_no_where_words_belong_is_no_wording() {
    let mut paper = Paper::blank(1);
    let [w3, s1] = ["W3", "S1"].map(|item| paper.row_of(item));
    paper.write(w3, 6, "no change");
    paper.write(s1, 6, "yes");
    let merged = merged(&[paper.source()]);
    assert!(row(&merged, "W3").rewordings.is_empty() && row(&merged, "S1").rewordings.is_empty());
    assert_eq!(row(&merged, "S1").comments, ["Table 1: yes"]);
}

#[test]
fn a_reason_after_yes_or_no_is_kept_with_the_answer() {
    let mut paper = Paper::blank(1);
    for (item, text) in [("S2", "yes - but only juniors"), ("W6", "no because pay is fair")] {
        let at = paper.row_of(item);
        paper.write(at, 4, text);
    }
    let head = ["Timestamp", "Table", "Should we keep it? [S2]", "Should we keep it? [W6]"];
    let answer: &[&str] = &["t1", "2", "Yes, keep it, it matters", "No - pay is set by the state"];
    let merged = merged(&[paper.source(), form("ballots/form.csv", &head, &[answer])]);
    assert_eq!((row(&merged, "S2").kept, row(&merged, "W6").dropped), (2, 2));
    assert_eq!(row(&merged, "S2").comments, ["Table 1: but only juniors", "Table 2: keep it, it matters"]);
    assert_eq!(
        row(&merged, "W6").comments,
        ["Table 1: because pay is fair", "Table 2: pay is set by the state"]
    );
}

#[test]
fn nothing_to_add_is_no_item() {
    let head = ["Timestamp", "Table", "Should we keep it? [W3]", "Is anything missing?"];
    let nothing =
        ["None.", "Nope", "Nothing to add", "No", "n/a", "Nothing else from our table", "no, nothing"];
    let mut answers: Vec<Vec<&str>> = nothing.iter().map(|text| vec!["t", "1", "Yes", *text]).collect();
    answers.push(vec!["t9", "1", "Yes", "No buses after five"]);
    let answers: Vec<&[&str]> = answers.iter().map(Vec::as_slice).collect();
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    assert_eq!(added(&merged), ["No buses after five"]);
    assert!(merged.log.iter().any(|entry| entry.note == "Nothing else from our table"));
}

#[test]
fn dots_in_a_list_are_counted_for_each_item() {
    let head =
        ["Timestamp", "Table", "Give your 5 dots: which items matter most?", "Should we keep it? [W3]"];
    for list in ["W3, W3, W3, S1, S1", "W3 (3), S1 (2)", "3x W3, 2x S1", "W3: 3; S1: 2", "w3 x3 and s1 x2"] {
        let answer: &[&str] = &["t1", "1", list, "Yes"];
        let merged = merged(&[form("ballots/form.csv", &head, &[answer])]);
        assert_eq!((row(&merged, "W3").dots, row(&merged, "S1").dots), (3, 2), "{list}");
        let votes = merged.log.iter().filter(|entry| entry.action.id() == "vote").count();
        assert_eq!(votes, 2, "{list}: one line for each item");
    }
}

#[test]
fn the_column_table_is_the_table_and_other_questions_are_read() {
    let head = [
        "Timestamp",
        "Which group do you belong to?",
        "Table",
        "Should we keep it? [W3]",
        "What should our table discuss next?",
    ];
    let answers: [&[&str]; 2] =
        [&["t1", "Parent", "6", "Yes", "The budget"], &["t2", "Teacher", "6", "No", "The buses"]];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    let tables: Vec<String> = merged.consensus.tables.iter().map(ToString::to_string).collect();
    assert_eq!(tables, ["6"]);
    let notes: Vec<&str> = merged.log.iter().map(|entry| entry.note.as_str()).collect();
    assert!(notes.contains(&"The budget") && notes.contains(&"The buses"), "{notes:?}");
    let named = merged.problems.iter().find(|problem| problem.id == "form-table-question").unwrap();
    assert_eq!(named.place.cell.as_deref(), Some("C1"));
    assert!(named.done.contains("Which group do you belong to?"), "{named:?}");
}

#[test]
fn a_question_whose_answers_are_tables_is_the_table() {
    let head = ["Timestamp", "At which table do you sit?", "Should we keep it? [W3]"];
    let answers: [&[&str]; 2] = [&["t1", "Table 2", "Yes"], &["t2", "3", "Yes"]];
    let tables = |head: &[&str]| {
        let merged = merged(&[form("ballots/form.csv", head, &answers)]);
        merged.consensus.tables.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(tables(&head), ["2", "3"]);
    assert_eq!(tables(&["Timestamp", "Group", "Should we keep it? [W3]"]), ["2", "3"]);
    let named: [&[&str]; 2] = [&["t1", "Blue", "Yes"], &["t2", "The Reds", "Yes"]];
    let merged_names = merged(&[form("ballots/form.csv", &["Timestamp", "Which table?", head[2]], &named)]);
    assert_eq!(merged_names.consensus.tables.len(), 2, "tables may have names");
    let asked = ["Timestamp", "How many people are at your table?", "Should we keep it? [W3]"];
    assert_eq!(tables(&asked), ["no table"]);
}

#[test]
fn a_title_above_a_form_is_no_answer() {
    let head = ["Data retreat: answers", "", "", ""];
    let answers: [&[&str]; 2] =
        [&["Timestamp", "Your table", "Should we keep it? [W3]", "Dots [W3]"], &["t1", "1", "Yes", "2"]];
    let merged = merged(&[form("ballots/title.csv", &head, &answers)]);
    assert_eq!((row(&merged, "W3").kept, row(&merged, "W3").dots), (1, 2));
    let tables: Vec<String> = merged.consensus.tables.iter().map(ToString::to_string).collect();
    assert_eq!(tables, ["1"]);
    assert!(ids(&merged).contains(&"form-title"));
}

#[test]
fn an_export_that_a_newer_one_repeats_is_not_empty() {
    let head = ["Timestamp", "Table", "Should we keep it? [W3]"];
    let answers: [&[&str]; 2] = [&["1/15/2026 9:30:00", "1", "Yes"], &["1/15/2026 9:31:00", "2", "No"]];
    let files =
        [form("ballots/resp (1).csv", &head, &answers), form("ballots/resp.csv", &head, &answers[..1])];
    let merged = merged(&files);
    let found = ids(&merged);
    assert!(found.contains(&"form-row-again") && !found.contains(&"ballot-empty"), "{found:?}");
}

#[test]
fn one_form_exported_in_two_formats_counts_once() {
    let head = ["Timestamp", "Table", "Should we keep it? [W3]", "Dots [W3]", "Objection to W3"];
    let longer =
        ["Timestamp", "Table", "Should we keep it? [W3]", "Comment on S1", "Dots [W3]", "Objection to W3"];
    let answers: [&[&str]; 2] = [
        &["1/15/2026 9:30:00", "1", "Yes", "2", "Too old"],
        &["1/15/2026 9:31:00", "1", "Yes", "2", "Too old"],
    ];
    let workbook: [&[&str]; 2] = [
        &["2026-01-15 09:30:00", "1", "Yes", "2", "Too old "],
        &["2026-01-15 09:31:00", "1.0", "yes", "2.0", "Too old"],
    ];
    let later: [&[&str]; 3] = [
        &["2026-01-15 09:30:00", "1", "Yes", "Added later", "2", "Too old"],
        &["1/15/2026 9:31", "1", "Yes", "", "2", "Too old"],
        &["1/15/2026 9:32:00", "1", "Yes", "", "1", ""],
    ];
    let files = [
        form("ballots/a.csv", &head, &answers),
        form("ballots/a.xlsx", &head, &workbook),
        form("ballots/b.csv", &longer, &later),
    ];
    let merged = merged(&files);
    let w3 = row(&merged, "W3");
    assert_eq!((w3.dots, w3.people), (5, Some(3)), "two people with the same answers, and a third");
    assert_eq!(w3.objections, ["Table 1: Too old", "Table 1: Too old"]);
    assert_eq!(row(&merged, "S1").comments, ["Table 1: Added later"], "what only one export has is read");
    let again: Vec<_> = merged.problems.iter().filter(|problem| problem.id == "form-row-again").collect();
    assert_eq!(again.iter().map(|problem| problem.count).sum::<u64>(), 4, "{again:?}");
    assert!(again.iter().all(|problem| problem.found.contains("ballots/a.csv")), "{again:?}");
}
