//! Leaves out rows of a large text table that nobody needs: a national file has them by the million.

use super::cell_store::RowStart;
use super::fields::FieldTable;
use super::place::Place;
use super::sheet::Sheet;

/// A text table of at least this many bytes is sieved; a smaller one is held whole.
pub(super) const LARGE: u64 = 64 << 20;
/// The first rows are held in any case: the header is among them.
const HEAD_ROWS: usize = 1000;
/// If the first rows have more bytes of text than this, all rows are held.
const HEAD_BYTES: usize = 32 << 20;

/// Decides which rows of a large text table need not be held.
pub trait Sieve {
    /// Learns from the first rows, which are held in any case; returns whether any of the others can be left out.
    fn learn(&mut self, head: &Sheet) -> bool;

    /// For which of its [reasons](Self::reasons) (from 0) a row is left out; `None` if it is held. `field` gives the text
    /// of a column (from 0), trimmed; empty where the row has none.
    fn leaves_out(&mut self, field: &dyn Fn(u32) -> String) -> Option<usize>;

    /// The reasons, in plain words.
    fn reasons(&self) -> Vec<String>;
}

/// A sieve that is applied to one table.
pub(super) struct AppliedSieve<'s> {
    sieve: &'s mut dyn Sieve,
    /// Whether it can leave rows out, once it has learned that.
    is_active: Option<bool>,
    /// How many rows were left out for each reason.
    left_out: Vec<u64>,
}

/// The rows that are held so far.
#[derive(Clone, Copy)]
pub(super) struct HeldRows<'t> {
    /// The bytes of their fields, one after the other.
    pub(super) text: &'t [u8],
    /// Where each field ends in `text`.
    pub(super) ends: &'t [u32],
    pub(super) rows: &'t [RowStart],
}

impl<'s> AppliedSieve<'s> {
    pub(super) fn new(sieve: &'s mut dyn Sieve) -> Self {
        Self { sieve, is_active: None, left_out: Vec::new() }
    }

    /// Whether the current row, whose fields `field` gives, is left out; `held` are the rows before it.
    pub(super) fn leaves_out(&mut self, held: HeldRows<'_>, field: &dyn Fn(u32) -> String) -> bool {
        if held.rows.len() < HEAD_ROWS {
            return false;
        }
        let sieve = &mut self.sieve;
        // It learns from a copy, which must not be as large as a table may be.
        let is_active = self
            .is_active
            .get_or_insert_with(|| held.text.len() <= HEAD_BYTES && sieve.learn(&held.to_sheet()));
        if !*is_active {
            return false;
        }
        let Some(reason) = self.sieve.leaves_out(field) else { return false };
        if self.left_out.len() <= reason {
            self.left_out.resize(reason + 1, 0);
        }
        self.left_out[reason] += 1;
        true
    }

    /// How many rows were left out, and why.
    pub(super) fn finish(self) -> Vec<(String, u64)> {
        self.sieve.reasons().into_iter().zip(self.left_out).filter(|(_, rows)| *rows > 0).collect()
    }
}

impl HeldRows<'_> {
    /// A copy of the rows as a sheet; whatever is not UTF-8 is replaced.
    fn to_sheet(self) -> Sheet {
        let (mut text, mut ends, mut start) = (String::new(), Vec::with_capacity(self.ends.len()), 0);
        for end in self.ends {
            text.push_str(&String::from_utf8_lossy(&self.text[start..*end as usize]));
            ends.push(text.len() as u32);
            start = *end as usize;
        }
        Sheet::from_fields(Place::default(), FieldTable { text, ends, rows: self.rows.to_vec() })
    }
}
