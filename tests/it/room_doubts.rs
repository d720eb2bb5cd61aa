//! What can be read in two ways on a ballot or a form is named with its cell and never guessed.

use retreat::diagnostic::Diagnostic;
use retreat::room::{ConsensusRow, MergedBallots};

use crate::room::merged;
use crate::room_decided::form;
use crate::room_lost::Paper;

fn row<'m>(merged: &'m MergedBallots, item: &str) -> &'m ConsensusRow {
    merged.consensus.rows.iter().find(|row| row.item == item).unwrap()
}

/// The problems of a kind, each with its place.
fn of_kind<'m>(merged: &'m MergedBallots, id: &str) -> Vec<&'m Diagnostic> {
    merged.problems.iter().filter(|problem| problem.id == id).collect()
}

/// The cells that problems of a kind name.
fn cells(merged: &MergedBallots, id: &str) -> Vec<String> {
    let mut cells: Vec<String> = of_kind(merged, id)
        .into_iter()
        .flat_map(|problem| problem.place.cell.iter().chain(&problem.also).cloned())
        .collect();
    cells.sort();
    cells
}

/// The rows of the table and of the people above the items, and the column beside them.
const TABLE: u32 = 4;
const PEOPLE: u32 = 5;
const VALUE: u32 = 2;

#[test]
fn tables_that_the_day_does_not_have_are_named() {
    let mut unnamed = Paper::blank(5);
    unnamed.write(TABLE, VALUE, "");
    unnamed.rename("Sheet1");
    unnamed.write(unnamed.row_of("S1"), 4, "yes");
    let head = ["Timestamp", "Table", "Should we keep it? [S1]"];
    let tables = ["6", "table six", "6.0", "6 and 7", "I forgot", "8"];
    let answers: Vec<Vec<&str>> = tables.iter().map(|table| vec!["t", *table, "Yes"]).collect();
    let answers: Vec<&[&str]> = answers.iter().map(Vec::as_slice).collect();
    let merged = merged(&[unnamed.source(), form("ballots/form.csv", &head, &answers)]);
    let mut named: Vec<String> =
        of_kind(&merged, "table-not-of-day").iter().map(|one| one.place.to_string()).collect();
    named.sort();
    assert_eq!(
        named,
        [
            "ballots/5.xlsx › Sheet1",
            "ballots/form.csv › C5",
            "ballots/form.csv › C6",
            "ballots/form.csv › C7",
        ],
        "{:?}",
        merged.problems
    );
    assert_eq!(merged.consensus.tables.len(), 5, "each still counts");
}

#[test]
fn tables_that_all_have_names_are_not_doubted() {
    let head = ["Timestamp", "Table", "Should we keep it? [S1]"];
    let answers: [&[&str]; 2] = [&["t1", "Blue", "Yes"], &["t2", "Red", "Yes"]];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    assert!(of_kind(&merged, "table-not-of-day").is_empty(), "{:?}", merged.problems);
}

#[test]
fn dots_beyond_are_named_where_they_stand() {
    let [mut first, mut second] = [Paper::blank(1), Paper::blank(1)];
    first.save_as("ballots/a.xlsx");
    second.save_as("ballots/b.xlsx");
    for (paper, dots) in [(&mut first, "3"), (&mut second, "60")] {
        paper.write(PEOPLE, VALUE, "8");
        let at = paper.row_of("S1");
        paper.write(at, 7, dots);
    }
    let merged = merged(&[first.source(), second.source()]);
    for id in ["dots-beyond", "dots-on-one-item"] {
        let named = of_kind(&merged, id);
        assert_eq!(named.len(), 1);
        assert_eq!(named[0].place.file, "ballots/b.xlsx", "{named:?}");
    }
}

#[test]
fn people_at_a_table_may_be_counted_in_words() {
    for text in ["7", "7 people", "about 7", "7.0", "seven of us", "We are 7", "7 in total", "~7"] {
        let mut paper = Paper::blank(1);
        paper.write(PEOPLE, VALUE, text);
        paper.write(paper.row_of("S1"), 7, "3");
        let merged = merged(&[paper.source()]);
        assert_eq!(row(&merged, "S1").people, Some(7), "{text}");
        assert!(merged.problems.iter().all(|problem| problem.place.cell.as_deref() != Some("C6")), "{text}");
    }
    for text in
        ["8 (two left early)", "7 or 8", "7-8", "6+1", "8+", "Table 3, 7", "many", "8?", "0", "Grade 8 team"]
    {
        let mut paper = Paper::blank(1);
        paper.write(PEOPLE, VALUE, text);
        paper.write(paper.row_of("S1"), 7, "3");
        let merged = merged(&[paper.source()]);
        assert_eq!(row(&merged, "S1").people, None, "{text}");
        assert_eq!(cells(&merged, "ballot-people-unclear"), ["C6"], "{text}");
        assert!(merged.log.iter().any(|entry| entry.note == text), "{text}");
    }
}

#[test]
fn dots_and_words_in_a_cell_beside_several_items_are_named() {
    let mut paper = Paper::blank(1);
    let [w1, w2] = ["W1", "W2"].map(|item| paper.row_of(item));
    paper.write(PEOPLE, VALUE, "8");
    paper.write_over([w1, w2], 7, "4");
    paper.write_over([w1, w2], 6, "Reading needs work");
    paper.write_over([w1, w2], 4, "yes");
    let merged = merged(&[paper.source()]);
    assert_eq!((row(&merged, "W1").dots, row(&merged, "W2").dots), (0, 0));
    assert_eq!((row(&merged, "W1").kept, row(&merged, "W2").kept), (1, 1), "one answer for both");
    let [dots, words] = [7, 6].map(|column| sheets::cell_name(w1, column));
    assert_eq!(cells(&merged, "ballot-cell-elsewhere"), [words, dots]);
    for text in ["4", "Reading needs work"] {
        assert_eq!(merged.log.iter().filter(|entry| entry.note == text).count(), 1, "{text}");
    }
}

#[test]
fn a_quadrant_is_known_in_the_words_of_people() {
    for text in ["Opp.", "opps", "Oportunity", "to opportunities", "→ O", "Should be an opportunity"] {
        let mut paper = Paper::blank(1);
        let at = paper.row_of("W3");
        paper.write(at, 5, text);
        let merged = merged(&[paper.source()]);
        let listed = row(&merged, "W3");
        assert_eq!(listed.quadrant.map(|quadrant| quadrant.id()), Some("opportunity"), "{text}");
        assert!(of_kind(&merged, "ballot-cell-elsewhere").is_empty(), "{text}");
    }
}

#[test]
fn an_answer_with_a_question_mark_is_a_question() {
    let mut paper = Paper::blank(1);
    for (item, column, text) in [
        ("S1", 4, "Yes?"),
        ("S2", 4, "no?"),
        ("W1", 4, "yes (?)"),
        ("W2", 5, "Threat?"),
        ("W3", 7, "3?"),
        ("W6", 4, "yes, drop it?"),
    ] {
        let at = paper.row_of(item);
        paper.write(at, column, text);
    }
    let merged = merged(&[paper.source()]);
    let listed: usize = merged.consensus.rows.iter().map(|row| row.kept + row.dropped + row.moved).sum();
    assert_eq!((listed, merged.consensus.rows.iter().map(|row| row.dots).sum::<u32>()), (0, 0));
    assert_eq!(cells(&merged, "ballot-cell-elsewhere").len(), 6, "{:?}", merged.problems);
    assert!(merged.log.iter().any(|entry| entry.note == "Yes?"));
}
