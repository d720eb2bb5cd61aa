//! Leaves out unneeded rows of a large text table: national files have millions of them.

use super::cell_store::RowStart;
use super::fields::FieldTable;
use super::place::Place;
use super::sheet::Sheet;

/// A text table with at least this many bytes is sieved; a smaller one is kept whole.
pub(super) const LARGE: u64 = 64 << 20;
/// This many first rows are always kept, because they include the header.
const HEAD_ROWS: usize = 1000;
/// If the first rows have more bytes of text than this, all rows are kept.
const HEAD_BYTES: usize = 32 << 20;

/// Decides which rows of a large text table need not be kept.
pub trait Sieve {
    /// Learns from the first rows, which are always kept; returns whether any other row can be left out.
    fn learn(&mut self, head: &Sheet) -> bool;

    /// The index of the [reason](Self::reasons) (from 0) for leaving a row out; `None` if it is kept. `field`
    /// gives the trimmed text of a column (from 0); empty if the row lacks it.
    fn leaves_out(&mut self, field: &dyn Fn(u32) -> String) -> Option<usize>;

    /// The reasons, in plain words.
    fn reasons(&self) -> Vec<String>;
}

/// A sieve applied to one table.
pub(super) struct AppliedSieve<'s> {
    sieve: &'s mut dyn Sieve,
    /// Whether it can leave rows out; `None` before it has learned that.
    is_active: Option<bool>,
    /// How many rows were left out for each reason.
    left_out: Vec<u64>,
}

/// The rows kept so far.
#[derive(Clone, Copy)]
pub(super) struct HeldRows<'t> {
    /// The bytes of their fields, concatenated.
    pub(super) text: &'t [u8],
    /// Where each field ends in `text`.
    pub(super) ends: &'t [u32],
    pub(super) rows: &'t [RowStart],
}

impl<'s> AppliedSieve<'s> {
    pub(super) fn new(sieve: &'s mut dyn Sieve) -> Self {
        Self { sieve, is_active: None, left_out: Vec::new() }
    }

    /// Whether the current row, whose fields `field` gives, is left out; `held` are the previous rows.
    pub(super) fn leaves_out(&mut self, held: HeldRows<'_>, field: &dyn Fn(u32) -> String) -> bool {
        if held.rows.len() < HEAD_ROWS {
            return false;
        }
        let sieve = &mut self.sieve;
        // It learns from a copy, which must stay small even if the table is large.
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
    /// A copy of the rows as a sheet; invalid UTF-8 is replaced.
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
