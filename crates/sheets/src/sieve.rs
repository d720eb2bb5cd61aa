//! Rows of a large text table that nobody needs are not held: a file of the whole country has them by the million.

use super::Sheet;
use super::place::Place;

/// From how many bytes on a text table is sieved; a smaller one is held whole.
pub(super) const LARGE: u64 = 64 << 20;
/// The first rows are held in any case: the header is among them.
const HEAD: usize = 1000;
/// Where they have more text than this, all rows are held.
const HEAD_BYTES: usize = 32 << 20;

/// Says which rows of a large text table need not be held.
pub trait Sieve {
    /// Learns of the first rows, which are held in any case, and whether any of the others can be left out.
    fn learn(&mut self, head: &Sheet) -> bool;

    /// For which of its reasons (from 0) a row is left out; `None` where it is held. `field` gives the text of a column, from
    /// 0, trimmed; empty where the row has none.
    fn leaves_out(&mut self, field: &dyn Fn(u32) -> String) -> Option<usize>;

    /// The reasons, in plain words.
    fn reasons(&self) -> Vec<String>;
}

/// A sieve at work on one table.
pub(super) struct Sieving<'s> {
    sieve: &'s mut dyn Sieve,
    /// Whether it leaves rows out, once that is known.
    leaves_out: Option<bool>,
    /// How many rows were left out for each reason.
    left_out: Vec<u64>,
}

/// The fields of rows: their bytes one after the other, where each ends, and for each row its number and first field.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    pub(super) text: &'t [u8],
    pub(super) ends: &'t [u32],
    pub(super) rows: &'t [(u32, u32)],
}

impl<'s> Sieving<'s> {
    pub(super) fn new(sieve: &'s mut dyn Sieve) -> Self {
        Self { sieve, leaves_out: None, left_out: Vec::new() }
    }

    /// Whether the row under way, whose fields `field` gives, is left out; `held` are the rows before it.
    pub(super) fn leaves_out(&mut self, held: Fields<'_>, field: &dyn Fn(u32) -> String) -> bool {
        if held.rows.len() < HEAD {
            return false;
        }
        // It learns from a copy, which must not be as large as a table may be.
        let sieve = &mut self.sieve;
        let learn = || held.text.len() <= HEAD_BYTES && sieve.learn(&held.sheet());
        if !*self.leaves_out.get_or_insert_with(learn) {
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

impl Fields<'_> {
    /// As a sheet; whatever is no UTF-8 is replaced.
    fn sheet(self) -> Sheet {
        let (mut text, mut ends, mut start) = (String::new(), Vec::with_capacity(self.ends.len()), 0);
        for end in self.ends {
            text.push_str(&String::from_utf8_lossy(&self.text[start..*end as usize]));
            ends.push(text.len() as u32);
            start = *end as usize;
        }
        Sheet::of_fields(Place::default(), text, ends, self.rows.to_vec())
    }
}
