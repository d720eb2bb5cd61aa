//! Percents published as shares of 1: decided for each measure of an entry of the layout by all its values, and said.

use std::collections::{BTreeMap, BTreeSet};

use super::header::Header;
use super::plan::{Part, Plan, ReadyLayout, Slot};
use super::reading::FileReading;
use super::rows::{FileRow, Numbers};
use crate::catalog::{Bounds, Catalog, Measure, Stat};
use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::domain::{MeasureKey, Unit};

/// With fewer numbers than this little can be told from their size.
const FEWEST: u32 = 3;
/// Where one in so many is greater than a share can be, the others are shares all the same.
const ONE_STRAY_IN: u32 = 5;
/// A share greater than this is none, though some rates go a little beyond the whole.
const MOST: f64 = 1.5;

/// How a row's value, or what its mark says of it, was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As a plain number.
    Plain,
    /// With a percent sign or format, or so that nothing is said of it.
    AsShown,
}

/// Keeps how the rows of a table were written whose scale the layout leaves open.
#[derive(Debug)]
pub(super) struct Scales {
    /// For each slot: its entry of the layout, where its scale is open.
    open: Vec<Option<usize>>,
    /// For each row of the table: its slot, and one that is not there where its value's scale is not open. Empty where no
    /// slot is open.
    rows: Vec<u32>,
    /// The entries whose rows name their measure.
    long: BTreeSet<usize>,
}

/// The numbers of one measure of an entry.
#[derive(Debug, Clone, Copy, Default)]
struct Class {
    numbers: u32,
    /// How many are greater than 1.
    beyond: u32,
    /// The greatest that is not.
    most: f64,
    /// Whether one of those is no whole number, so that they are no list of noughts and ones.
    fraction: bool,
    /// Whether one has more than two decimals, as percents seldom have.
    fine: bool,
    /// The first of its columns.
    column: u32,
}

/// What a class of numbers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Percents,
    Shares,
    InDoubt,
}

impl Scales {
    /// Nothing met yet. Open are the slots that may hold percents and whose scale the layout does not say.
    pub(super) fn new(plan: &Plan, ready: &ReadyLayout<'_>) -> Self {
        let is_open = |slot: &Slot| {
            let percent = match &slot.key.measure {
                Part::Fixed(id) => ready.catalog.measures.get(id).is_some_and(|m| m.unit == Unit::Percent),
                Part::Column(_) => true,
            };
            percent && slot.columns[Stat::Value as usize].is_some_and(|value| value.times.is_none())
        };
        let open = plan.slots.iter().map(|slot| is_open(slot).then_some(slot.entry)).collect();
        let long = plan.slots.iter().filter(|slot| matches!(slot.key.measure, Part::Column(_)));
        Self { open, rows: Vec::new(), long: long.map(|slot| slot.entry).collect() }
    }

    /// Learns of the next row, of slot `slot`.
    pub(super) fn meet(&mut self, slot: usize, written: Written) {
        if self.open.iter().any(Option::is_some) {
            self.rows.push(if written == Written::Plain { slot as u32 } else { u32::MAX });
        }
    }

    /// Multiplies the shares among the rows of `reading` from `first` on, the rows of the table, by 100; says so, and
    /// what stays in doubt.
    pub(super) fn settle(
        &self,
        reading: &mut FileReading,
        first: usize,
        (place, header): (&Place, &Header),
        catalog: &Catalog,
    ) {
        let is_percent = |key: &MeasureKey| {
            catalog.measures.get(&key.measure).is_some_and(|measure| measure.unit == Unit::Percent)
        };
        let percents: Vec<bool> = reading.keys.iter().map(is_percent).collect();
        let mut of_keys: BTreeMap<(usize, u32), Class> = BTreeMap::new();
        for (entry, row) in self.open_rows(reading.rows.from(first)) {
            if let Some(value) = row.numbers.value().filter(|_| percents[row.key as usize]) {
                of_keys.entry((entry, row.key)).or_default().take(value.abs(), u32::from(row.column));
            }
        }
        let mut classes: BTreeMap<(usize, &str), Class> = BTreeMap::new();
        for ((entry, key), class) in of_keys {
            let measure = reading.keys[key as usize].measure.as_str();
            classes.entry((entry, measure)).or_default().join(class);
        }
        let mut shares: Vec<(usize, String)> = Vec::new();
        let mut problems = Problems::new();
        for ((entry, measure), class) in classes {
            let Some(known) = catalog.measures.get(measure) else { continue };
            let name = header.names.get(&class.column).map_or("", String::as_str);
            let name = if self.long.contains(&entry) {
                format!("{name} ({})", known.label)
            } else {
                name.to_owned()
            };
            let at = place.at(header.row, class.column);
            match class.scale(known) {
                Scale::Percents => {}
                Scale::InDoubt => problems.push(Diagnostic::percents_or_shares(at, &name, class.most)),
                Scale::Shares => {
                    problems.push(Diagnostic::read_as_shares(at, &name, class.most));
                    shares.push((entry, measure.to_owned()));
                }
            }
        }
        self.multiply(reading, first, &shares, &mut problems);
        reading.diagnostics.extend(problems);
    }

    /// The entry of a slot whose scale is open.
    fn entry(&self, slot: u32) -> Option<usize> {
        *self.open.get(slot as usize)?
    }

    /// The rows whose scale is open, with their entries.
    fn open_rows<'a>(
        &'a self,
        rows: impl Iterator<Item = FileRow> + 'a,
    ) -> impl Iterator<Item = (usize, FileRow)> + 'a {
        self.rows.iter().zip(rows).filter_map(|(slot, row)| Some((self.entry(*slot)?, row)))
    }

    fn multiply(
        &self,
        reading: &mut FileReading,
        first: usize,
        shares: &[(usize, String)],
        problems: &mut Problems,
    ) {
        if shares.is_empty() {
            return;
        }
        let percent = |share: f64| (share * 1e12).round() / 1e10;
        for (i, slot) in self.rows.iter().enumerate() {
            let Some(entry) = self.entry(*slot) else { continue };
            let mut row = reading.rows.get(first + i);
            let measure = &reading.keys[row.key as usize].measure;
            if !shares.iter().any(|(e, m)| *e == entry && m == measure) {
                continue;
            }
            let [value, numerator, denominator] = row.numbers.get();
            if let Some(stray) = value.filter(|value| value.abs() > MOST) {
                let at = reading.sheets[row.sheet as usize].at(row.row, u32::from(row.column));
                problems.push(Diagnostic::percent_among_shares(at, stray));
                continue;
            }
            row.numbers = Numbers::new([value.map(percent), numerator, denominator]);
            // A mark beside shares may speak of percents all the same.
            let scaled = |bound: f64| if bound > MOST { bound } else { percent(bound) };
            row.bounds = row
                .bounds
                .map(|Bounds { low, high }| Bounds { low: low.map(scaled), high: high.map(scaled) });
            reading.rows.set(first + i, &row);
        }
    }
}

impl Class {
    fn take(&mut self, size: f64, column: u32) {
        let small = size <= 1.0;
        self.join(Self {
            numbers: 1,
            beyond: u32::from(!small),
            most: if small { size } else { 0.0 },
            fraction: small && size.fract() != 0.0,
            fine: small && ((size * 100.0).round() / 100.0 - size).abs() > 1e-9,
            column,
        });
    }

    fn join(&mut self, other: Self) {
        *self = Self {
            numbers: self.numbers + other.numbers,
            beyond: self.beyond + other.beyond,
            most: self.most.max(other.most),
            fraction: self.fraction || other.fraction,
            fine: self.fine || other.fine,
            column: if self.numbers == 0 { other.column } else { self.column },
        };
    }

    fn scale(&self, measure: &Measure) -> Scale {
        let strays = self.beyond * ONE_STRAY_IN > self.numbers;
        if strays || self.most == 0.0 {
            return Scale::Percents;
        }
        // No percent of the measure is as small as a share.
        let surely = measure.plausible.is_some_and(|[low, _]| low > 1.0);
        match () {
            () if surely => Scale::Shares,
            () if measure.usual.is_some() && self.beyond > 0 => Scale::Percents,
            () if measure.usual.is_some() || !self.fraction => Scale::InDoubt,
            () if self.numbers < FEWEST && !self.fine => Scale::InDoubt,
            () => Scale::Shares,
        }
    }
}
