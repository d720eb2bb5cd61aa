//! Rows of a text table that have fewer or more cells than the others: they may be cut off, or have cells without a name.

/// How many different widths are distinguished; a table with more has no usual width.
const MOST_WIDTHS: usize = 64;
/// With fewer rows, no width is usual.
const FEWEST_ROWS: u64 = 4;
/// A width is usual if at least this share of the rows, from its first row on, have it.
const LEAST_USUAL: f64 = 0.75;
/// A narrower table is not checked.
const LEAST_WIDTH: usize = 4;
/// A row with at most this share of the usual cells is cut off, and does not merely lack its last blank cells.
const MOST_LEFT: f64 = 0.75;

/// Rows of a text table that do not have as many cells as the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnevenRows {
    /// How many cells the others have.
    pub usual: usize,
    /// How many rows there are.
    pub count: u64,
    /// The row of the first one, from 1.
    pub first: u32,
    /// How many cells it has.
    pub cells: usize,
}

/// How many rows of a text table have a certain number of cells.
#[derive(Debug, Clone, Copy)]
struct RowWidth {
    /// All cells.
    cells: usize,
    /// Up to the last one with text.
    filled: usize,
    count: u64,
    /// The first such row, from 1.
    first: u32,
    last: u32,
}

/// How many cells the rows of a text table have.
#[derive(Debug, Default)]
pub(super) struct RowWidths {
    /// In the order of their first rows.
    widths: Vec<RowWidth>,
    /// The position of the width that most rows had so far.
    most: usize,
    are_too_many: bool,
}

impl RowWidths {
    /// Counts a row, given the ends of its fields, and its number from 0.
    pub(super) fn add(&mut self, ends: &[usize], number: u32) {
        let row = number.saturating_add(1);
        // In rows as wide as most, it does not matter which cells are blank, and nearly all rows are that wide.
        if let Some(width) = self.widths.get_mut(self.most).filter(|width| width.cells == ends.len()) {
            width.count += 1;
            width.last = row;
            return;
        }
        self.add_other(ends, row);
    }

    /// Counts a row that is not as wide as most.
    fn add_other(&mut self, ends: &[usize], row: u32) {
        let blank = ends.windows(2).rev().take_while(|pair| pair[0] == pair[1]).count();
        let (cells, filled) = (ends.len(), ends.len() - blank);
        let is_same = |width: &RowWidth| width.cells == cells && width.filled == filled;
        let position = match self.widths.iter().position(is_same) {
            Some(position) => position,
            None if self.widths.len() < MOST_WIDTHS => {
                self.widths.push(RowWidth { cells, filled, count: 0, first: row, last: row });
                self.widths.len() - 1
            }
            None => {
                self.are_too_many = true;
                return;
            }
        };
        let width = &mut self.widths[position];
        width.count += 1;
        width.last = row;
        if self.widths[position].count > self.widths[self.most].count {
            self.most = position;
        }
    }

    /// The rows that are cut off, and those that have more cells than the others. `is_ended` says whether the last row ends
    /// with a line ending.
    pub(super) fn uneven(&self, is_ended: bool) -> Vec<UnevenRows> {
        let Some(usual) = self.usual() else { return Vec::new() };
        let last = self.widths.iter().map(|width| width.last).max().unwrap_or(0);
        let after = self.first_of(usual);
        let below = || self.widths.iter().filter(move |width| width.last > after && width.filled > 1);
        let cut = |width: &&RowWidth| {
            let is_half = width.cells as f64 <= MOST_LEFT * usual as f64;
            let is_last = !is_ended && width.last == last && width.count == 1;
            width.cells < usual && (is_half || is_last)
        };
        let short = total(below().filter(cut), usual);
        let long = total(below().filter(|width| width.filled > usual), usual);
        short.into_iter().chain(long).collect()
    }

    /// The number of cells that nearly all rows have.
    fn usual(&self) -> Option<usize> {
        let cells = self.widths.iter().max_by_key(|width| self.count_of(width.cells))?.cells;
        let after = self.first_of(cells);
        let rows: u64 = self.widths.iter().filter(|width| width.last >= after).map(|width| width.count).sum();
        let count = self.count_of(cells);
        let is_usual = count >= FEWEST_ROWS && count as f64 >= LEAST_USUAL * rows as f64;
        (is_usual && cells >= LEAST_WIDTH && !self.are_too_many).then_some(cells)
    }

    fn count_of(&self, cells: usize) -> u64 {
        self.widths.iter().filter(|width| width.cells == cells).map(|width| width.count).sum()
    }

    fn first_of(&self, cells: usize) -> u32 {
        let rows = self.widths.iter().filter(|width| width.cells == cells);
        rows.map(|width| width.first).min().unwrap_or(0)
    }
}

/// The rows of several widths together; `None` if there are none.
fn total<'w>(widths: impl Iterator<Item = &'w RowWidth>, usual: usize) -> Option<UnevenRows> {
    let mut found: Option<UnevenRows> = None;
    for RowWidth { cells, count, first, .. } in widths.copied() {
        let uneven = found.get_or_insert(UnevenRows { usual, count: 0, first, cells });
        uneven.count += count;
        if first < uneven.first {
            (uneven.first, uneven.cells) = (first, cells);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{RowWidths, UnevenRows};

    fn uneven(lines: &[&str], is_ended: bool) -> Vec<UnevenRows> {
        let mut widths = RowWidths::default();
        for (number, line) in lines.iter().enumerate() {
            let mut ends = Vec::new();
            for field in line.split(',') {
                ends.push(ends.last().copied().unwrap_or(0) + field.len());
            }
            widths.add(&ends, number as u32);
        }
        widths.uneven(is_ended)
    }

    const ROWS: [&str; 6] =
        ["Title", "id,name,a,b,c,d", "1,x,1,2,3,4", "2,y,1,2,3,4", "3,z,1,2,3,4", "4,v,1,2,3,4"];

    #[test]
    fn a_row_that_is_cut_off_is_found() {
        let rows = [&ROWS[..], &["5,w,1"]].concat();
        let found = uneven(&rows, true);
        assert_eq!(found, [UnevenRows { usual: 6, count: 1, first: 7, cells: 3 }]);
        // The end of the file.
        let rows = [&ROWS[..], &["5,w,1,2,3"]].concat();
        assert_eq!(uneven(&rows, false).len(), 1);
        assert!(uneven(&rows, true).is_empty());
    }

    #[test]
    fn cells_beyond_the_others_are_found() {
        let rows = [&ROWS[..], &["5,w,1,2,3,4,9"]].concat();
        assert_eq!(uneven(&rows, true), [UnevenRows { usual: 6, count: 1, first: 7, cells: 7 }]);
        assert!(uneven(&[&ROWS[..], &["5,w,1,2,3,4,"]].concat(), true).is_empty());
    }

    #[test]
    fn titles_notes_and_uneven_tables_are_nothing_to_report() {
        assert!(
            uneven(&[&ROWS[..], &["Source: a survey", "Printed by, the office"]].concat(), true).len() <= 1
        );
        assert!(uneven(&[&ROWS[..], &["Source: a survey"]].concat(), true).is_empty());
        let dropped = ["id,a,b,c,d", "1,1,2,3", "2,1,2", "3,1,2,3,4", "4,1", "5,1,2,3", "6,1,2"];
        assert!(uneven(&dropped, true).is_empty());
    }
}
