//! The counts of people that a reader must not be told, and how near is too near.

use super::measures::{Figure, Speaks};
use super::reader::{Reader, Shown, mask, shown_count};
use super::system::Unknown;
use crate::domain::MeasureKey;
use crate::pack_tables::PackCell;
use statistics::linear_program::Interval;

/// Which people of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Those whom a count counts.
    Count,
    /// Those on whom a rate or a mean rests.
    N,
    /// Those whom a rate counts.
    Counted,
    /// Those on whom a rate rests and whom it does not count.
    Rest,
    /// Those whom listed parts leave of a total.
    OthersCount,
    /// Those whom listed parts leave of those on whom a total rests.
    OthersN,
    /// Those whom listed parts leave of those whom a total counts.
    OthersCounted,
    /// Those whom listed parts leave of those whom a total does not count.
    OthersRest,
}

impl What {
    /// What parts leave of a total of such figures.
    pub(super) const fn others(figure: Figure) -> Self {
        match figure {
            Figure::Count => Self::OthersCount,
            Figure::N => Self::OthersN,
            Figure::Numerator => Self::OthersCounted,
            Figure::Rest => Self::OthersRest,
        }
    }
}

/// A count of people to be protected where it may be less than the smallest group.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) key: MeasureKey,
    pub(super) what: What,
    pub(super) unknown: Unknown,
    /// Those of whom it is some.
    pub(super) of: Option<Unknown>,
    /// Counts of people from 1 to one less are protected.
    pub(super) smallest: f64,
    /// How wide the range is that the mask of a value leaves; infinite where it has none.
    pub(super) masked: f64,
    /// Whether it tells of everybody in a group that it is nobody: of all or none a rate is not shown.
    pub(super) is_end: bool,
}

/// What a reader can tell of a secret.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Told {
    /// Between what it is.
    pub(super) range: Interval,
    /// Between what those are of whom it is some.
    pub(super) of: Option<Interval>,
}

impl Secret {
    /// How wide the range has to be, as far as that is possible. `public` is what public values alone leave.
    pub(super) fn least(&self, told: &Told, public: f64) -> f64 {
        let of = told.of.map_or(f64::INFINITY, |of| of.high);
        self.smallest.min(self.masked).min(of).min(public)
    }

    /// Whether it is told within less than the policy allows.
    pub(super) fn is_exposed(&self, told: &Told, public: f64) -> bool {
        let Interval { low, high } = told.range;
        if high < 1.0 {
            // There is no rate of nobody: those on whom a withheld one rests are all, or none, of those counted.
            return self.is_end && public >= 1.0;
        }
        // That there is somebody is no secret: a row says as much. Of 1 to s nobody can tell whether they are fewer than s.
        let low = if low <= 1.0 { 0.0 } else { low };
        low < self.smallest && high - low < self.least(told, public)
    }
}

impl Reader<'_> {
    /// Lists what must not be told: of each withheld cell, and of each that its private source masks.
    pub(super) fn look_for_secrets(&mut self, shown: Shown<'_>) {
        for (key, cell) in shown.cells {
            let is_secret = cell.is_withheld() || cell.is_masked() && !(shown.is_public)(key);
            if is_secret {
                self.keep_cell(key, cell);
            }
        }
    }

    fn keep_cell(&mut self, key: &MeasureKey, cell: &PackCell) {
        let is_outcome = cell.is_withheld()
            && self.measure(&key.measure).is_some_and(|measure| measure.better.sign() != 0.0);
        let width = |mask: Interval| mask.high - mask.low;
        match self.speaks(&key.measure) {
            Speaks::Count => {
                let masked = shown_count(cell).map_or(f64::INFINITY, width);
                let unknown = self.unknown(Figure::Count, key);
                self.keep(key, What::Count, Kept { unknown, of: None, masked, is_end: false });
            }
            Speaks::Mean => {
                let unknown = self.unknown(Figure::N, key);
                self.keep(key, What::N, Kept { unknown, of: None, masked: f64::INFINITY, is_end: false });
            }
            Speaks::Rate => {
                let n = self.unknown(Figure::N, key);
                self.keep(key, What::N, Kept { unknown: n, of: None, masked: f64::INFINITY, is_end: false });
                let masked = mask(cell).map_or(f64::INFINITY, |mask| self.masked_numbers(n, mask));
                for (figure, what) in [(Figure::Numerator, What::Counted), (Figure::Rest, What::Rest)] {
                    let unknown = self.unknown(figure, key);
                    self.keep(key, what, Kept { unknown, of: Some(n), masked, is_end: is_outcome });
                }
            }
            Speaks::Nobody => {}
        }
    }

    /// How many numerators a mask leaves, of the most that may be shown to be those on whom the rate rests.
    fn masked_numbers(&self, n: Unknown, mask: Interval) -> f64 {
        let n = self.system.shown(n).high;
        let numbers = |percent: f64| percent.clamp(0.0, 100.0) / 100.0 * n;
        if n.is_finite() { numbers(mask.high).floor() - numbers(mask.low).ceil() } else { f64::INFINITY }
    }

    /// Lists those whom parts leave of a whole.
    pub(super) fn keep_others(&mut self, key: &MeasureKey, what: What, (left, whole): (Unknown, Unknown)) {
        self.keep(key, what, Kept { unknown: left, of: Some(whole), masked: f64::INFINITY, is_end: false });
    }

    fn keep(&mut self, key: &MeasureKey, what: What, kept: Kept) {
        let own = self.measure(&key.measure).map_or(0, |measure| measure.smallest_group);
        self.secrets.push(Secret {
            key: key.clone(),
            what,
            unknown: kept.unknown,
            of: kept.of,
            smallest: f64::from(own.max(self.knowledge.smallest_group)),
            masked: kept.masked,
            is_end: kept.is_end,
        });
    }
}

struct Kept {
    unknown: Unknown,
    of: Option<Unknown>,
    masked: f64,
    is_end: bool,
}
