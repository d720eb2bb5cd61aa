//! What can be read in two ways on a ballot or a form is named with its cell and never guessed.

use retreat::diagnostic::Diagnostic;
use retreat::room::{ConsensusRow, LogAction, MergedBallots};

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

/// A form with one more question than whether to keep S1; each answer is of a table of its own.
fn asked(question: &str, answers: &[&str]) -> MergedBallots {
    let head = ["Timestamp", "Table", "Should we keep it? [S1]", question];
    let tables: Vec<String> = (1..=answers.len()).map(|table| table.to_string()).collect();
    let rows: Vec<Vec<&str>> =
        tables.iter().zip(answers).map(|(table, answer)| vec!["t", table.as_str(), "Yes", *answer]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    merged(&[form("ballots/form.csv", &head, &rows)])
}

#[test]
fn dots_in_a_list_are_those_of_the_item_beside_them_or_named() {
    let merged = asked(
        "Dots",
        &["S1, 2x W3", "S1 (2), 2x W3", "T3; 2 dots on W3", "W3 2 S1", "(1) W3, (2) S1", "2 dots"],
    );
    assert_eq!(["S1", "W3", "T3"].map(|item| row(&merged, item).dots), [3, 6, 1]);
    assert_eq!(cells(&merged, "form-list-unclear"), ["D5", "D6"], "{:?}", merged.problems);
    assert_eq!(cells(&merged, "ballot-cell-elsewhere"), ["D7"]);
    for text in ["W3 2 S1", "(1) W3, (2) S1", "2 dots"] {
        assert!(merged.log.iter().any(|entry| entry.note == text), "{text}");
    }
}

#[test]
fn what_a_list_names_beside_items_is_named() {
    for question in ["Dots", "Which items should we drop?"] {
        let merged = asked(
            question,
            &[
                "W1, W3, late buses",
                "Late buses; W3",
                "W1, W3 because of the buses",
                "W1, because pay is low",
                "W1 (clear, urgent), W3",
                "W1, it matters most",
                "W1 and W3, thanks",
                "W1 Reading gap, one year, W3 Absenteeism, highest in the state",
            ],
        );
        assert_eq!(cells(&merged, "ballot-cell-elsewhere"), ["D2", "D3"], "{question}");
    }
    let merged = asked("Dots", &["W1, two dots on W3", "2x W1, S1 (2)", "W1, 2 dots"]);
    assert_eq!(cells(&merged, "ballot-cell-elsewhere"), [""; 0]);
}

#[test]
fn a_list_that_became_one_new_item_is_named() {
    let head = ["Timestamp", "Table", "Should we keep it? [S1]", "Own item"];
    let texts = [
        "1. Late buses 2. Old roofs",
        "* Late buses * Old roofs",
        "(1) Late buses (2) Old roofs",
        "Pre-K - grade 3 - grade 5 readers",
        "1. Grade 2 readers",
        "- Late buses, well-known",
        "*Late* buses",
    ];
    let rows: Vec<[&str; 4]> = texts.iter().map(|text| ["t", "1", "Yes", *text]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
    let mut paper = Paper::blank(2);
    paper.write(40, 1, "Weakness");
    paper.write(40, 2, "1) The roof leaks 2) The buses are late");
    let merged = merged(&[form("ballots/form.csv", &head, &rows), paper.source()]);
    assert_eq!(cells(&merged, "own-item-of-list"), ["C41", "D2", "D3", "D4"]);
}

/// In the cells of a form, a line break is read as a space.
#[test]
fn lines_about_several_items_are_told_apart_by_colons_or_named() {
    let merged = asked(
        "Objections",
        &[
            "W1: who says so?\nS4: small numbers",
            "W1: one year only\nS4: one class",
            "S4\nW1 only one year",
            "S4 W1",
            "W1: not as low as S4: look again",
        ],
    );
    assert_eq!(
        row(&merged, "S4").objections,
        ["Table 1: small numbers", "Table 2: one class", "Table 4: S4 W1"]
    );
    assert_eq!(
        row(&merged, "W1").objections,
        ["Table 1: who says so?", "Table 2: one year only", "Table 4: S4 W1"]
    );
    assert_eq!(cells(&merged, "form-list-unclear"), ["D4", "D6"]);
    let merged =
        asked("Which items should move, and where to?", &["W1: Threat\nS4: Opportunity", "W1\nS4 Threat"]);
    let moved = merged.log.iter().filter(|entry| entry.action == LogAction::Move);
    let moved: Vec<[&str; 2]> = moved.map(|entry| [entry.item.as_str(), entry.to.as_str()]).collect();
    assert_eq!(moved, [["S4", "opportunity"], ["W1", "threat"]]);
    assert_eq!(cells(&merged, "form-list-unclear"), ["D3"]);
}

#[test]
fn objections_in_one_question_are_those_to_the_items() {
    for question in [
        "Objections",
        "Which items do you object to, and why?",
        "Which items do you disagree with?",
        "Any concerns?",
    ] {
        let merged = asked(
            question,
            &[
                "S4: small numbers",
                "W1 - who says so?; S4 (one class)",
                "S4, W1",
                "I don't think W1 is right",
                "S4 is older than W1",
                "None",
            ],
        );
        assert_eq!(
            row(&merged, "S4").objections,
            ["Table 1: small numbers", "Table 2: one class", "Table 3: S4, W1"],
            "{question}"
        );
        assert_eq!(
            row(&merged, "W1").objections,
            ["Table 2: who says so?", "Table 3: S4, W1", "Table 4: I don't think W1 is right"],
            "{question}"
        );
        assert_eq!(cells(&merged, "form-list-unclear"), ["D6"], "{question}");
        assert!(merged.log.iter().any(|entry| entry.note == "S4 is older than W1"));
    }
}

#[test]
fn an_objection_to_no_item_is_named() {
    let merged = asked("Objections", &["The numbers are old", "No objections", "W99: what is that?"]);
    assert_eq!(cells(&merged, "ballot-cell-elsewhere"), ["D2"]);
    assert_eq!(cells(&merged, "item-unknown"), ["D4"]);
    assert!(merged.log.iter().any(|entry| entry.note == "The numbers are old"));
}

/// The tables that move an item, each with where to.
fn moves(merged: &MergedBallots, item: &str) -> Vec<String> {
    let log = merged.log.iter().filter(|entry| entry.item == item && entry.action.id() == "move");
    log.map(|entry| format!("{} {}", entry.table, entry.to)).collect()
}

#[test]
fn moves_in_one_question_are_those_of_the_items() {
    for question in ["Which items should move, and where to?", "Items in the wrong quadrant"] {
        let merged = asked(
            question,
            &[
                "W3 to threats",
                "W3 -> T, S2 -> Opp.",
                "Threats: W3, W4",
                "Move W3 from weakness to threat",
                "W3",
                "W3 to T or O",
            ],
        );
        assert_eq!(
            moves(&merged, "W3"),
            ["1 threat", "2 threat", "3 threat", "4 threat"],
            "{question}: {:#?}",
            merged.log
        );
        assert_eq!(
            (moves(&merged, "W4"), moves(&merged, "S2")),
            (vec!["3 threat".to_owned()], vec!["2 opportunity".to_owned()])
        );
        assert_eq!(cells(&merged, "ballot-cell-elsewhere"), ["D6", "D7"], "{question}");
    }
}

#[test]
fn new_words_in_one_question_are_those_of_the_items() {
    for question in ["Which items would you reword, and how?", "Better words"] {
        let merged = asked(
            question,
            &["W3: One in 4 misses school", "S4; W1: Reading is hard for some", "S4, W1: say it better"],
        );
        assert_eq!(row(&merged, "W3").rewordings, ["Table 1: One in 4 misses school"], "{question}");
        assert_eq!(row(&merged, "W1").rewordings, ["Table 2: Reading is hard for some"]);
        assert!(row(&merged, "S4").rewordings.is_empty());
        assert_eq!(cells(&merged, "ballot-cell-elsewhere"), ["D3", "D4", "D4"]);
    }
}

#[test]
fn comments_in_one_question_go_to_the_items_that_they_name_first() {
    let merged = asked("Comments", &["W3: which grades?", "Thank you for W3 and the day"]);
    assert_eq!(row(&merged, "W3").comments, ["Table 1: which grades?"]);
    assert!(
        merged.log.iter().any(|entry| entry.item.is_empty() && entry.note == "Thank you for W3 and the day")
    );
}

#[test]
fn items_to_drop_are_dropped_and_all_but_one_is_a_question() {
    for question in ["Which items should we drop?", "Items to be removed"] {
        let merged = asked(question, &["S4, W1", "all but W3", "S4-S6"]);
        assert_eq!(
            [row(&merged, "S4").dropped, row(&merged, "W1").dropped, row(&merged, "W3").dropped],
            [1, 1, 0]
        );
        assert_eq!(cells(&merged, "form-list-unclear"), ["D3", "D4"], "{question}");
    }
}

#[test]
fn a_question_that_is_not_known_is_named_if_its_answers_name_items() {
    let merged = asked("What surprised you?", &["W3 did", "The weather"]);
    assert_eq!(cells(&merged, "form-question-with-items"), ["D1"]);
}

#[test]
fn a_question_for_the_quadrant_is_about_the_new_item() {
    for quadrant in ["Quadrant", "Quadrant of own item", "Which quadrant does it belong in?", "Where?"] {
        let head = ["Timestamp", "Table", "Own item", quadrant];
        let answers: [&[&str]; 4] = [
            &["t", "1", "The library", "Strength"],
            &["t", "2", "Threat: taxes", "T"],
            &["t", "3", "Weakness: the roof", "Threat"],
            &["t", "4", "", "Strength"],
        ];
        let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
        assert_eq!(
            ["A1-1", "A2-1", "A3-1"].map(|item| row(&merged, item).quadrant.map(|quadrant| quadrant.id())),
            [Some("strength"), Some("threat"), None],
            "{quadrant}"
        );
        assert_eq!(cells(&merged, "own-item-two-quadrants"), ["C4"], "{quadrant}");
        assert_eq!(cells(&merged, "ballot-cell-elsewhere"), ["D5"], "{quadrant}");
        assert!(of_kind(&merged, "own-item-without-quadrant").is_empty(), "{quadrant}");
    }
}

#[test]
fn each_question_for_a_quadrant_belongs_to_the_item_before_it() {
    let head = ["Table", "Own item 1", "Quadrant 1", "Own item 2", "Quadrant 2"];
    let answers: [&[&str]; 1] = [&["1", "The library", "Strength", "The roof", "Weakness"]];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    let listed: Vec<String> = merged
        .consensus
        .rows
        .iter()
        .filter(|row| row.item.starts_with('A'))
        .map(|row| format!("{:?} {}", row.quadrant.map(|quadrant| quadrant.id()), row.statement))
        .collect();
    assert_eq!(listed, ["Some(\"strength\") The library", "Some(\"weakness\") The roof"]);
}

#[test]
fn parts_that_each_name_their_quadrant_are_new_items() {
    let head = ["Timestamp", "Table", "Should we keep it? [S1]", "Own item"];
    let answers: [&[&str]; 2] = [
        &["t", "2", "Yes", "Weakness: the gym; Threat: taxes"],
        &["t", "3", "Yes", "The library is open late"],
    ];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    let mut added: Vec<String> = merged
        .consensus
        .rows
        .iter()
        .filter(|row| row.item.starts_with('A'))
        .map(|row| row.statement.clone())
        .collect();
    added.sort_unstable();
    assert_eq!(added, ["The library is open late", "Threat: taxes", "Weakness: the gym"]);
}

#[test]
fn two_quadrants_for_an_item_are_named() {
    let mut paper = Paper::blank(1);
    let [w1, s2] = ["W1", "S2"].map(|item| paper.row_of(item));
    paper.write(w1, 4, "Opportunity");
    paper.write(w1, 5, "Threat");
    paper.write(s2, 1, "Weakness");
    paper.write(s2, 5, "Threat");
    paper.write(40, 1, "Weakness");
    paper.write(40, 2, "The roof leaks");
    paper.write(40, 5, "Threat");
    let merged = merged(&[paper.source()]);
    for item in ["W1", "S2"] {
        assert_eq!(moves(&merged, item), ["1 threat"], "{item}");
    }
    let [keep, quadrant] = [(w1, 4), (s2, 1)].map(|(row, column)| sheets::cell_name(row, column));
    let named = cells(&merged, "ballot-cell-elsewhere");
    assert!(named.contains(&keep) && named.contains(&quadrant), "{named:?}");
    assert_eq!(cells(&merged, "own-item-two-quadrants"), ["C41"]);
}

#[test]
fn a_person_who_keeps_and_drops_an_item_is_named() {
    let head = ["Timestamp", "Table", "Should we keep it? [S1]", "Which items should we drop?"];
    let answers: [&[&str]; 2] = [&["t", "1", "Yes", "S1"], &["t", "1", "Yes", ""]];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    assert_eq!(of_kind(&merged, "person-contradicts-themselves").len(), 1, "{:?}", merged.problems);
    assert_eq!((row(&merged, "S1").kept, row(&merged, "S1").dropped), (1, 0), "the other person counts");
}

#[test]
fn a_number_below_another_question_is_named() {
    let merged = asked("Comment on W3", &["none"]);
    assert!(of_kind(&merged, "form-number-as-dots").is_empty());
    let merged = asked("[W3]", &["3"]);
    assert_eq!(row(&merged, "W3").dots, 3);
    assert_eq!(cells(&merged, "form-number-as-dots"), ["D2"]);
}

#[test]
fn a_table_with_a_ballot_and_a_form_is_named() {
    let mut paper = Paper::blank(1);
    paper.write(paper.row_of("S1"), 4, "no");
    let head = ["Timestamp", "Table", "Should we keep it? [S1]"];
    let answer: &[&str] = &["t", "1", "Yes"];
    let merged = merged(&[paper.source(), form("ballots/form.csv", &head, &[answer])]);
    let named = of_kind(&merged, "ballot-and-form");
    assert_eq!(named.len(), 1, "{:?}", merged.problems);
    assert_eq!(named[0].place.to_string(), "ballots/form.csv › C2");
    assert_eq!((row(&merged, "S1").kept, row(&merged, "S1").dropped), (0, 1));
}

#[test]
fn a_form_may_have_only_the_table_and_one_question_about_all_items() {
    for question in ["Which items matter most?", "Dots"] {
        let answers: [&[&str]; 1] = [&["1", "W3, W3, S1"]];
        let merged = merged(&[form("ballots/form.csv", &["Table", question], &answers)]);
        assert_eq!(
            (row(&merged, "W3").dots, row(&merged, "S1").dots),
            (2, 1),
            "{question}: {:?}",
            merged.problems
        );
    }
}

#[test]
fn dots_of_a_person_in_several_answers_are_added_up_and_named() {
    let head = ["Timestamp", "Table", "My first dot", "My second dot"];
    let answers: [&[&str]; 2] = [&["t1", "1", "W3", "W3"], &["t2", "1", "W3", "S1"]];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    assert_eq!((row(&merged, "W3").dots, row(&merged, "S1").dots), (3, 1));
    assert_eq!(cells(&merged, "dots-in-several-answers"), ["D2"]);
}
