//! A row of a ballot, and which item it is about.

use std::collections::BTreeMap;

use super::added::own_place;
use super::board::{BoardItem, ItemBoard};
use super::draft::Draft;
use super::headings::Headings;
use crate::catalog::BallotColumn;
use crate::domain::ItemNumber;
use crate::form_export::Typed;

/// The cells of a row, by what their columns hold.
#[derive(Debug, Clone, Default)]
pub(super) struct BallotRow {
    pub(super) cells: BTreeMap<BallotColumn, Typed>,
    /// Cells in columns without a heading.
    pub(super) others: Vec<Typed>,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowItem<'b> {
    /// An item of the board; `is_mixed` if number, text, and key of the row do not belong together.
    Proposed { item: &'b BoardItem, is_mixed: bool },
    /// An item of the table, with the place that is printed on the row.
    Own(Option<u32>),
    /// A number that no item has.
    Unknown(String),
    /// No item.
    Nothing,
}

/// Whether a text has the form of an item's number: a letter and digits (`W3`, `Z99`).
fn looks_like_number(text: &str) -> bool {
    let digits = text.trim().strip_prefix(|letter: char| letter.is_ascii_alphabetic());
    digits.is_some_and(|digits| !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit()))
}

impl BallotRow {
    pub(super) fn new(cells: Vec<Typed>, headings: &Headings) -> Self {
        let mut row = Self::default();
        for cell in cells {
            match headings.of(cell.column) {
                Some(column) => drop(row.cells.insert(column, cell)),
                None => row.others.push(cell),
            }
        }
        row
    }

    /// The text in a column; empty if there is none.
    pub(super) fn text(&self, column: BallotColumn) -> &str {
        self.cells.get(&column).map_or("", |cell| cell.text.as_str())
    }

    /// The cells that say where the item belongs.
    pub(super) fn quadrant_cells(&self) -> Vec<&Typed> {
        let columns = [BallotColumn::Quadrant, BallotColumn::MoveTo];
        columns.into_iter().filter_map(|column| self.cells.get(&column)).collect()
    }

    /// The row without one of its cells.
    pub(super) fn without(&self, gone: &Typed) -> Self {
        let mut row = self.clone();
        row.cells.retain(|_, cell| cell != gone);
        row
    }

    /// What the row is about. Two of number, text, and key outvote the third.
    pub(super) fn item<'b>(&self, board: &'b ItemBoard, draft: Option<&Draft>) -> RowItem<'b> {
        let [by_key, by_statement, by_number] = self.candidates(board, draft);
        let all = [by_statement, by_number, by_key];
        let agreed = by_statement.filter(|item| [by_number, by_key].contains(&Some(*item)));
        let agreed = agreed.or_else(|| by_number.filter(|item| by_key == Some(*item)));
        if let Some(item) = agreed.or_else(|| all.into_iter().flatten().next()) {
            let is_mixed = all.into_iter().flatten().any(|other| other.id != item.id);
            return RowItem::Proposed { item, is_mixed };
        }
        self.own_item()
    }

    /// The items that the key, the text, and the number of the row name.
    fn candidates<'b>(&self, board: &'b ItemBoard, draft: Option<&Draft>) -> [Option<&'b BoardItem>; 3] {
        let number = ItemNumber::parse(self.text(BallotColumn::Item));
        [
            board.of_id(self.text(BallotColumn::Key)),
            board
                .of_statement(self.text(BallotColumn::Statement), draft)
                .filter(|_| !self.text(BallotColumn::Statement).is_empty()),
            number.and_then(|number| board.of_number(number, draft)),
        ]
    }

    fn own_item<'b>(&self) -> RowItem<'b> {
        let number = self.text(BallotColumn::Item);
        let has_statement = !self.text(BallotColumn::Statement).is_empty();
        if let Some(place) = own_place(number) {
            RowItem::Own(Some(place))
        } else if looks_like_number(number) && !has_statement {
            RowItem::Unknown(number.to_uppercase())
        } else if has_statement || !number.is_empty() || !self.text(BallotColumn::Reworded).is_empty() {
            RowItem::Own(None)
        } else {
            RowItem::Nothing
        }
    }

    /// The text of an own item: that of its column, or what is written where others write their words, or the number.
    pub(super) fn own_statement(&self) -> Option<&Typed> {
        let columns = [BallotColumn::Statement, BallotColumn::Reworded, BallotColumn::Item];
        let typed = columns.into_iter().filter_map(|column| self.cells.get(&column));
        typed.into_iter().find(|cell| !cell.is_covered && own_place(&cell.text).is_none())
    }
}
