//! Districts' years that disclose nothing, remembered between the packs of a run: a district's year is in the packs of all
//! districts whose peer it is.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::attacker::GeneralKnowledge;
use super::year::YearAudit;
use crate::domain::Interned;
use crate::pack_tables::{PackCell, PackCells, ValueOrigin};

/// The years, by a hash of everything that an audit of one looks at.
#[derive(Debug, Default)]
pub struct SafeYears(Mutex<BTreeSet<YearHash>>);

/// A hash of the cells of a year, of which of them are public, and of how they are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct YearHash([u8; 32]);

impl SafeYears {
    pub(super) fn has(&self, year: &YearHash) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(year)
    }

    pub(super) fn add(&self, year: YearHash) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(year);
    }
}

impl YearHash {
    /// The hash of a district's year.
    pub(super) fn of(year: &YearAudit<'_>, cells: &PackCells) -> Self {
        let mut hash = CellHash(Sha256::new());
        hash.text(&year.at.district);
        hash.number(f64::from(year.at.year));
        for (key, cell) in cells {
            [key.measure, key.school, key.group, key.grade.interned(), key.subject]
                .into_iter()
                .for_each(|text| hash.interned(text));
            hash.cell(cell, year.knowledge);
            hash.number(year.knowledge.rounding.step(key.measure, cell));
            hash.byte(u8::from((year.is_public)(year.at, key)));
        }
        Self(hash.0.finalize().into())
    }
}

/// The hash of cells.
struct CellHash(Sha256);

impl CellHash {
    fn byte(&mut self, byte: u8) {
        self.0.update([byte]);
    }

    fn number(&mut self, number: f64) {
        self.0.update(number.to_bits().to_le_bytes());
    }

    /// A text with its length, so that different lists of texts do not have the same hash.
    fn text(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
    }

    /// A text by its place in memory, which is the same for equal texts as long as the program runs.
    fn interned(&mut self, text: Interned) {
        self.0.update((text.as_str().as_ptr() as usize).to_le_bytes());
    }

    fn optional(&mut self, number: Option<f64>) {
        self.byte(u8::from(number.is_some()));
        number.into_iter().for_each(|number| self.number(number));
    }

    fn cell(&mut self, cell: &PackCell, knowledge: &GeneralKnowledge<'_>) {
        let PackCell { value, numerator, n, masked_from, masked_to, status, origin, source } = cell;
        self.optional(value.map(|value| value.number));
        self.optional(value.map(|value| value.decimals as f64));
        [numerator, n, masked_from, masked_to].into_iter().for_each(|number| self.optional(*number));
        self.text(status.map_or("", |status| status.id()));
        self.byte(match origin {
            ValueOrigin::Published => 0,
            ValueOrigin::RolledUp => 1,
            ValueOrigin::Computed => 2,
        });
        self.interned(*source);
        self.number(f64::from(knowledge.smallest_group));
    }
}
