//! Nothing that somebody typed is lost: whatever people do to a ballot, each text is in the log, or its cell is named.

use std::collections::BTreeMap;

use proptest::prelude::*;
use retreat::diagnostic::Place;
use retreat::room::{MergedBallots, draft_of};
use sheets::{Cell, Merged, SheetBuilder, SourceFile};

use crate::room::{blank_ballot, merged};

/// The cells of a ballot by row and column.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    file: String,
    sheet: String,
    cells: BTreeMap<(u32, u32), String>,
    has_key: bool,
    /// Cells that are one with those below, by their first row, last row, and column.
    merged: Vec<[u32; 3]>,
}

/// The row of the headings of a blank ballot, from 0.
const HEADINGS: u32 = 7;

impl Paper {
    pub(crate) fn blank(table: u32) -> Self {
        let ballot = blank_ballot();
        let name = format!("Table {table}");
        let sheet = ballot.sheets.iter().find(|sheet| sheet.place.sheet.as_deref() == Some(&name)).unwrap();
        let cells = sheet
            .rows()
            .flat_map(|row| row.cells().map(move |(column, cell)| ((row.number, column), cell.to_text())));
        let cells = cells.collect();
        Self { file: format!("ballots/{table}.xlsx"), sheet: name, cells, has_key: true, merged: Vec::new() }
    }

    pub(crate) fn write(&mut self, row: u32, column: u32, text: &str) {
        self.cells.insert((row, column), text.to_owned());
    }

    /// Writes a text into a cell that is merged with those below, down to the row `last`.
    pub(crate) fn write_over(&mut self, rows: [u32; 2], column: u32, text: &str) {
        self.write(rows[0], column, text);
        self.merged.push([rows[0], rows[1], column]);
    }

    /// Gives the sheet another name.
    pub(crate) fn rename(&mut self, sheet: &str) {
        sheet.clone_into(&mut self.sheet);
    }

    /// Saves the ballot in another file.
    pub(crate) fn save_as(&mut self, file: &str) {
        file.clone_into(&mut self.file);
    }

    /// The row of an item, by its number.
    pub(crate) fn row_of(&self, item: &str) -> u32 {
        self.cells.iter().find(|((_, column), text)| *column == 0 && *text == item).unwrap().0.0
    }

    fn delete_column(&mut self, gone: u32) {
        let kept = self.cells.iter().filter(|((_, column), _)| *column != gone);
        self.cells = kept
            .map(|((row, column), text)| ((*row, *column - u32::from(*column > gone)), text.clone()))
            .collect();
    }

    fn delete_row(&mut self, gone: u32) {
        let kept = self.cells.iter().filter(|((row, _), _)| *row != gone);
        self.cells = kept
            .map(|((row, column), text)| ((*row - u32::from(*row > gone), *column), text.clone()))
            .collect();
    }

    /// Turns the order of the rows below the headings around.
    fn turn(&mut self) {
        let last = self.cells.keys().map(|(row, _)| *row).max().unwrap();
        let turned = |row: u32| if row > HEADINGS { last - (row - HEADINGS - 1) } else { row };
        self.cells =
            self.cells.iter().map(|((row, column), text)| ((turned(*row), *column), text.clone())).collect();
    }

    pub(crate) fn source(&self) -> SourceFile {
        let mut sheet = SheetBuilder::new(Place::sheet(self.file.as_str(), Some(&self.sheet)), false);
        for ((row, column), text) in &self.cells {
            sheet.push_cell(*row, *column, Cell::Text(text));
        }
        sheet.merge(self.merged.iter().map(|[first_row, last_row, column]| Merged {
            first_row: *first_row,
            first_column: *column,
            last_row: *last_row,
            last_column: *column,
        }));
        let mut sheets = vec![sheet.finish()];
        if self.has_key {
            sheets.extend(blank_ballot().sheets.last().cloned());
        }
        SourceFile::of_sheets(&self.file, sheets)
    }
}

/// Whether a text is in the log, or its cell is named.
fn is_kept(merged: &MergedBallots, token: &str, cell: &str) -> bool {
    let in_log = merged.log.iter().any(|entry| {
        [&entry.table, &entry.item, &entry.from, &entry.to, &entry.note]
            .into_iter()
            .any(|text| text.to_lowercase().contains(token))
    });
    let is_named = merged.problems.iter().any(|problem| {
        problem.place.cell.as_deref() == Some(cell) || problem.also.iter().any(|also| also == cell)
    });
    in_log || is_named
}

/// What people type: a word of its own in each text, so that it can be found again.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{}"),
        Just("yes, {}"),
        Just("no {}"),
        Just("Strength {}"),
        Just("W2 {}"),
        Just("=1+{}"),
        Just("{} dots"),
        Just("move to {}"),
        Just("-{}"),
        Just("Table {}"),
        Just("A1-2 {}"),
        Just("<script>{}"),
        Just("Note {}"),
    ]
    .prop_map(str::to_owned)
}

/// What people do to a whole sheet.
#[derive(Debug, Clone)]
enum Handling {
    Nothing,
    DeleteColumn(u32),
    DeleteHeadings,
    Turn,
    Rename,
    LoseKey,
}

fn handling() -> impl Strategy<Value = Handling> {
    prop_oneof![
        Just(Handling::Nothing),
        (0_u32..12).prop_map(Handling::DeleteColumn),
        Just(Handling::DeleteHeadings),
        Just(Handling::Turn),
        Just(Handling::Rename),
        Just(Handling::LoseKey),
    ]
}

fn handle(paper: &mut Paper, handling: &Handling) {
    match handling {
        Handling::Nothing => {}
        Handling::DeleteColumn(column) => paper.delete_column(*column),
        Handling::DeleteHeadings => paper.delete_row(HEADINGS),
        Handling::Turn => paper.turn(),
        Handling::Rename => "Our sheet".clone_into(&mut paper.sheet),
        Handling::LoseKey => paper.has_key = false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_vanishes_wherever_it_is_typed(
        texts in prop::collection::vec((0_u32..45, 0_u32..14, typed()), 1..25),
        first in handling(),
        second in handling(),
    ) {
        let mut paper = Paper::blank(1);
        for (number, (row, column, text)) in texts.iter().enumerate() {
            paper.write(*row, *column, &text.replace("{}", &format!("zq{number}x")));
        }
        handle(&mut paper, &first);
        handle(&mut paper, &second);
        let merged = merged(&[paper.source()]);
        // A ballot on which nobody wrote more than its table is named as a whole.
        let is_empty = merged.problems.iter().any(|problem| problem.id == "ballot-empty");
        for number in 0..texts.len() {
            let token = format!("zq{number}x");
            for ((row, column), _) in paper.cells.iter().filter(|(_, text)| text.contains(&token)) {
                let cell = sheets::cell_name(*row, *column);
                let is_label = is_empty && cell == "C5";
                prop_assert!(
                    is_label || is_kept(&merged, &token, &cell),
                    "{token} in {cell} of {paper:#?}: {:#?}",
                    merged.log
                );
            }
        }
    }

    #[test]
    fn no_vote_vanishes(dots in prop::collection::vec(0_u32..9, 16), keeps in prop::collection::vec(prop::option::of(any::<bool>()), 16), turn: bool) {
        let mut paper = Paper::blank(3);
        let items = draft_of(blank_ballot()).unwrap().items;
        for ((item, dots), keep) in items.iter().zip(&dots).zip(&keeps) {
            let row = paper.row_of(&item.number.to_string());
            paper.write(row, 7, &dots.to_string());
            if let Some(keep) = keep {
                paper.write(row, 4, if *keep { "yes" } else { "no" });
            }
        }
        if turn {
            paper.turn();
        }
        let merged = merged(&[paper.source()]);
        for ((item, dots), keep) in items.iter().zip(&dots).zip(&keeps) {
            let number = item.number.to_string();
            let of_item: Vec<_> = merged.log.iter().filter(|entry| entry.item == number).collect();
            let votes: Vec<_> = of_item.iter().filter(|entry| entry.action.id() == "vote").map(|entry| entry.to.clone()).collect();
            prop_assert_eq!(votes, [dots.to_string()]);
            let said = of_item.iter().find(|entry| ["keep", "drop"].contains(&entry.action.id())).map(|entry| entry.action.id() == "keep");
            prop_assert_eq!(said, *keep);
            let row = merged.consensus.rows.iter().find(|row| row.item == number).unwrap();
            prop_assert_eq!((row.dots, row.kept, row.dropped), (*dots, usize::from(*keep == Some(true)), usize::from(*keep == Some(false))));
        }
    }

    #[test]
    fn no_answer_of_a_form_vanishes(texts in prop::collection::vec((1_u32..9, 0_u32..9, typed()), 1..20)) {
        let head = ["Your table", "Keep it? [S1]", "Dots [W2]", "Objection to W3", "Which items matter most?", "Anything else?", "Objections", "Which items should move?", "Which items should we reword?"];
        let mut sheet = SheetBuilder::new(Place::sheet("ballots/form.csv", None), false);
        for (column, text) in (0..).zip(head) {
            sheet.push_cell(0, column, Cell::Text(text));
        }
        let mut cells = BTreeMap::new();
        for (number, (row, column, text)) in texts.iter().enumerate() {
            cells.insert((*row, *column), (format!("zq{number}x"), text.replace("{}", &format!("zq{number}x"))));
        }
        for ((row, column), (_, text)) in &cells {
            sheet.push_cell(*row, *column, Cell::Text(text));
        }
        let merged = merged(&[SourceFile::of_sheets("ballots/form.csv", vec![sheet.finish()])]);
        for ((row, column), (token, text)) in &cells {
            // A table alone is not an answer.
            let is_alone = *column == 0 && cells.keys().all(|(other, of)| other != row || *of == 0);
            prop_assert!(is_alone || is_kept(&merged, token, &sheets::cell_name(*row, *column)), "{text} in {row}, {column}: {:#?}", merged.log);
        }
    }
}

/// What is named, by id.
fn named(merged: &MergedBallots) -> Vec<&str> {
    merged.problems.iter().map(|problem| &*problem.id).collect()
}

#[test]
fn a_ballot_of_another_district_is_not_counted() {
    let mut paper = Paper::blank(1);
    paper.write(paper.row_of("S1"), 4, "yes");
    let mut file = paper.source();
    let mut key = SheetBuilder::new(Place::sheet("ballots/1.xlsx", Some("key")), true);
    for (row, (name, value)) in
        (0..).zip([("retreat-ballot", "1"), ("district", "999"), ("title", "Elsewhere"), ("build", "x")])
    {
        key.push_cell(row, 0, Cell::Text(name));
        key.push_cell(row, 1, Cell::Text(value));
    }
    file.sheets[1] = key.finish();
    let merged = merged(&[file]);
    assert!(named(&merged).contains(&"ballot-of-other-project"), "{:?}", merged.problems);
    assert!(merged.log.is_empty() && merged.consensus.tables.is_empty());
}

#[test]
fn a_ballot_of_an_older_build_counts_for_the_items_that_it_shows() {
    let mut paper = Paper::blank(1);
    let row = paper.row_of("W2");
    paper.write(row, 4, "yes");
    // In the older build, the same candidate had another number and another text.
    paper.write(row, 0, "W1");
    paper.write(row, 2, "Reading was 26% in grade 3.");
    let id = paper.cells[&(row, 10)].clone();
    paper.cells.retain(|(other, _), _| *other <= HEADINGS || *other == row);
    let mut file = paper.source();
    let mut key = SheetBuilder::new(Place::sheet("ballots/1.xlsx", Some("key")), true);
    for (row, (name, value)) in (0..).zip([
        ("retreat-ballot", "1"),
        ("district", "104018"),
        ("title", "Data Retreat 2025"),
        ("build", "x"),
    ]) {
        key.push_cell(row, 0, Cell::Text(name));
        key.push_cell(row, 1, Cell::Text(value));
    }
    for (row, (number, id, text)) in
        (4..).zip([("W1", id.as_str(), "Reading was 26% in grade 3."), ("W2", "gone.measure", "It is gone.")])
    {
        for (column, text) in (0..).zip([number, id, text]) {
            key.push_cell(row, column, Cell::Text(text));
        }
    }
    file.sheets[1] = key.finish();
    let merged = merged(&[file]);
    assert!(named(&merged).contains(&"ballot-of-older-build"), "{:?}", merged.problems);
    let kept = merged.consensus.rows.iter().find(|row| row.kept == 1).unwrap();
    assert_eq!(
        (kept.item.as_str(), kept.evidence_id.as_str()),
        ("W1", id.as_str()),
        "the number on people's paper"
    );
    assert_eq!(kept.statement, "Reading was 26% in grade 3.");
    assert!(kept.says_now.as_deref().is_some_and(|now| now.contains("24.8%")), "{kept:?}");
    let gone = merged.consensus.rows.iter().find(|row| row.evidence_id == "gone.measure").unwrap();
    assert_eq!(gone.is_supported, Some(false));
}

#[test]
fn two_ballots_of_one_table_count_as_one_table() {
    let [mut one, mut another] = [Paper::blank(1), Paper::blank(1)];
    "ballots/1 again.xlsx".clone_into(&mut another.file);
    for (paper, keep, dots) in [(&mut one, "yes", "3"), (&mut another, "no", "5")] {
        let (first, second) = (paper.row_of("S1"), paper.row_of("S2"));
        paper.write(first, 4, keep);
        paper.write(second, 4, "yes");
        paper.write(second, 7, dots);
    }
    let merged = merged(&[one.source(), another.source()]);
    assert!(named(&merged).contains(&"two-ballots") && named(&merged).contains(&"table-contradicts-itself"));
    let row = |item: &str| merged.consensus.rows.iter().find(|row| row.item == item).unwrap();
    assert_eq!((row("S1").kept, row("S1").dropped), (0, 0));
    assert_eq!((row("S2").kept, row("S2").dots), (1, 5));
    assert_eq!(merged.log.iter().filter(|entry| entry.item == "S1").count(), 2, "both are in the log");
}

#[test]
fn votes_beyond_the_dots_and_numbers_that_do_not_exist_are_named() {
    let mut paper = Paper::blank(1);
    paper.write(paper.row_of("S1"), 7, "400");
    paper.write(50, 0, "W17");
    paper.write(50, 4, "yes");
    let merged = merged(&[paper.source()]);
    for wanted in ["dots-beyond", "dots-on-one-item", "item-unknown"] {
        assert!(named(&merged).contains(&wanted), "{wanted}: {:?}", merged.problems);
    }
    assert!(merged.log.iter().any(|entry| entry.item == "W17" && entry.action.id() == "keep"));
}

#[test]
fn an_empty_ballot_is_no_table() {
    let merged = merged(&[blank_ballot().clone()]);
    assert_eq!(named(&merged), ["ballot-empty"]);
    assert!(merged.consensus.tables.is_empty());
}

#[test]
fn three_thousand_added_items_are_all_there() {
    let mut paper = Paper::blank(2);
    for number in 0..3_000 {
        paper.write(100 + number, 1, "Threat");
        paper.write(100 + number, 2, &format!("Item {number} of a table that has a lot to say"));
    }
    let merged = merged(&[paper.source()]);
    assert!(named(&merged).contains(&"many-items-added"));
    let added = merged.consensus.rows.iter().filter(|row| row.evidence_id.is_empty()).count();
    assert_eq!(added, 3_000);
    assert!(merged.consensus.similar.len() < 3_000);
}
