//! Percents published as fractions of 1. This is decided for each measure of a layout entry from all its
//! values, and reported.

use std::collections::{BTreeMap, BTreeSet};

use super::header::Header;
use super::plan::Plan;
use super::reading::FileReading;
use super::ready_layout::ReadyLayout;
use super::rows::{FileRow, KeyIndex, PackedNumbers};
use super::slot::{EntryIndex, KeyPartSource, Slot};
use crate::catalog::{Bounds, Catalog, Measure, Stat};
use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::domain::Unit;

/// With fewer numbers than this, their size says little about the scale.
const FEWEST: u32 = 3;
/// Numbers are fractions even if up to one in this many is larger than a fraction can be.
const ONE_STRAY_IN: u32 = 5;
/// The largest fraction; some rates are a little more than the whole.
const GREATEST_SHARE: f64 = 1.5;

/// How a row's value, or the bound in its marker, was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberNotation {
    /// As a plain number, which may be a percent or a fraction.
    Plain,
    /// With a percent sign or format, so it is read as shown.
    AsShown,
}

/// The percent scales of one table, for the columns whose scale the layout does not state.
#[derive(Debug)]
pub(super) struct PercentScales {
    /// For each slot, its layout entry if its scale is undecided.
    undecided: Vec<Option<EntryIndex>>,
    /// For each row of the table, the index of its slot; [`NO_SLOT`] if the scale of its value is known.
    /// Empty if no slot is undecided.
    rows: Vec<u32>,
    /// The entries whose rows name their measure.
    long: BTreeSet<EntryIndex>,
}

/// Used instead of a slot's index if a row's value is read as shown.
const NO_SLOT: u32 = u32::MAX;

/// The scale of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PercentScale {
    Percents,
    Shares,
    Doubtful,
}

/// Numbers whose scale is decided together: those of one measure that are read by one layout entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ScaleGroup {
    entry: EntryIndex,
    measure: String,
}

impl PercentScales {
    /// No rows yet. A slot is undecided if it may contain percents whose scale the layout does not state.
    pub(super) fn new(plan: &Plan, ready: &ReadyLayout<'_>) -> Self {
        let slots = plan.slots.iter();
        let long = slots.clone().filter(|slot| matches!(slot.key.measure, KeyPartSource::Column(_)));
        Self {
            undecided: slots.map(|slot| is_undecided(slot, ready.catalog).then_some(slot.entry)).collect(),
            rows: Vec::new(),
            long: long.map(|slot| slot.entry).collect(),
        }
    }

    /// Records how the value of the table's next row, which belongs to slot `slot`, was written.
    pub(super) fn record(&mut self, slot: usize, notation: NumberNotation) {
        if self.undecided.iter().any(Option::is_some) {
            self.rows.push(if notation == NumberNotation::Plain { slot as u32 } else { NO_SLOT });
        }
    }

    /// Multiplies by 100 the fractions among the rows of `reading` from `first` on, which are the table's
    /// rows. Reports these, as well as numbers whose scale remains unclear.
    pub(super) fn settle(
        &self,
        reading: &mut FileReading,
        first: usize,
        place: &Place,
        header: &Header,
        catalog: &Catalog,
    ) {
        let mut problems = Problems::new();
        let mut shares: BTreeSet<ScaleGroup> = BTreeSet::new();
        for (group, profile) in self.profiles(reading, first, catalog) {
            let Some(measure) = catalog.measures.get(&group.measure) else { continue };
            let name = self.column_name(group.entry, header.name(profile.column), measure);
            let cell = place.at(header.row, profile.column);
            match profile.scale(measure) {
                PercentScale::Percents => {}
                PercentScale::Doubtful => {
                    problems.push(Diagnostic::percents_or_shares(cell, &name, profile.greatest));
                }
                PercentScale::Shares => {
                    problems.push(Diagnostic::read_as_shares(cell, &name, profile.greatest));
                    shares.insert(group);
                }
            }
        }
        if !shares.is_empty() {
            self.multiply(reading, first, &shares, &mut problems);
        }
        reading.diagnostics.extend(problems);
    }

    /// Classifies the undecided numbers of each group.
    fn profiles(
        &self,
        reading: &FileReading,
        first: usize,
        catalog: &Catalog,
    ) -> BTreeMap<ScaleGroup, ScaleProfile> {
        let is_percent: Vec<bool> =
            reading.keys.iter().map(|key| is_percent(&key.measure, catalog)).collect();
        let mut by_key: BTreeMap<(EntryIndex, KeyIndex), ScaleProfile> = BTreeMap::new();
        for (entry, row) in self.undecided_rows(reading.rows.from(first)) {
            if let Some(value) = row.numbers.value().filter(|_| is_percent[row.key.0 as usize]) {
                by_key.entry((entry, row.key)).or_default().add(value.abs(), u32::from(row.column));
            }
        }
        let mut profiles: BTreeMap<ScaleGroup, ScaleProfile> = BTreeMap::new();
        for ((entry, key), profile) in by_key {
            let measure = reading.key(key).measure.clone();
            profiles.entry(ScaleGroup { entry, measure }).or_default().join(profile);
        }
        profiles
    }

    /// The name of a column in a message, with the measure if the rows name it.
    fn column_name(&self, entry: EntryIndex, name: &str, measure: &Measure) -> String {
        if self.long.contains(&entry) { format!("{name} ({})", measure.label) } else { name.to_owned() }
    }

    /// The layout entry of an undecided slot.
    fn entry(&self, slot: u32) -> Option<EntryIndex> {
        *self.undecided.get(slot as usize)?
    }

    /// The rows whose scale is undecided, with their entries.
    fn undecided_rows<'a>(
        &'a self,
        rows: impl Iterator<Item = FileRow> + 'a,
    ) -> impl Iterator<Item = (EntryIndex, FileRow)> + 'a {
        self.rows.iter().zip(rows).filter_map(|(slot, row)| Some((self.entry(*slot)?, row)))
    }

    /// Multiplies the values of the groups in `shares`.
    fn multiply(
        &self,
        reading: &mut FileReading,
        first: usize,
        shares: &BTreeSet<ScaleGroup>,
        problems: &mut Problems,
    ) {
        for (i, slot) in self.rows.iter().enumerate() {
            let Some(entry) = self.entry(*slot) else { continue };
            let mut row = reading.rows.get(first + i);
            let measure = reading.key(row.key).measure.as_str();
            if !shares.iter().any(|group| group.entry == entry && group.measure == measure) {
                continue;
            }
            if let Some(stray) = row.numbers.value().filter(|value| value.abs() > GREATEST_SHARE) {
                problems.push(Diagnostic::percent_among_shares(reading.place(&row), stray));
                continue;
            }
            let [value, numerator, denominator] = row.numbers.get();
            row.numbers = PackedNumbers::new([value.map(percent_of_share), numerator, denominator]);
            row.bounds = row.bounds.map(percent_bounds);
            reading.rows.set(first + i, &row);
        }
    }
}

fn is_undecided(slot: &Slot, catalog: &Catalog) -> bool {
    let may_be_percent = match &slot.key.measure {
        KeyPartSource::Fixed(id) => is_percent(id, catalog),
        KeyPartSource::Column(_) => true,
    };
    may_be_percent && slot.column(Stat::Value).is_some_and(|value| value.times.is_none())
}

fn is_percent(measure: &str, catalog: &Catalog) -> bool {
    catalog.measures.get(measure).is_some_and(|measure| measure.unit == Unit::Percent)
}

/// A fraction as a percent, without the rounding error of the multiplication.
fn percent_of_share(share: f64) -> f64 {
    (share * 1e12).round() / 1e10
}

fn percent_bounds(bounds: Bounds) -> Bounds {
    Bounds { low: bounds.low.map(percent_of_bound), high: bounds.high.map(percent_of_bound) }
}

/// A bound as a percent. A marker next to fractions may still give percents.
fn percent_of_bound(bound: f64) -> f64 {
    if bound > GREATEST_SHARE { bound } else { percent_of_share(bound) }
}

/// Statistics on a group of numbers, by absolute value.
#[derive(Debug, Clone, Copy, Default)]
struct ScaleProfile {
    /// How many numbers there are.
    numbers: u32,
    /// How many are greater than 1.
    above_one: u32,
    /// The largest number up to 1.
    greatest: f64,
    /// Whether a number up to 1 is not whole, so that they are not just zeros and ones.
    has_fraction: bool,
    /// Whether a number up to 1 has more than two decimals, which is rare for percents.
    has_third_decimal: bool,
    /// The first of the group's columns.
    column: u32,
}

impl ScaleProfile {
    fn add(&mut self, size: f64, column: u32) {
        let is_small = size <= 1.0;
        self.join(Self {
            numbers: 1,
            above_one: u32::from(!is_small),
            greatest: if is_small { size } else { 0.0 },
            has_fraction: is_small && size.fract() != 0.0,
            has_third_decimal: is_small && ((size * 100.0).round() / 100.0 - size).abs() > 1e-9,
            column,
        });
    }

    fn join(&mut self, other: Self) {
        *self = Self {
            numbers: self.numbers + other.numbers,
            above_one: self.above_one + other.above_one,
            greatest: self.greatest.max(other.greatest),
            has_fraction: self.has_fraction || other.has_fraction,
            has_third_decimal: self.has_third_decimal || other.has_third_decimal,
            column: if self.numbers == 0 { other.column } else { self.column },
        };
    }

    fn scale(&self, measure: &Measure) -> PercentScale {
        let has_strays = self.above_one * ONE_STRAY_IN > self.numbers;
        if has_strays || self.greatest == 0.0 {
            return PercentScale::Percents;
        }
        // No percent of this measure is as small as a fraction.
        if measure.plausible.is_some_and(|[low, _]| low > 1.0) {
            return PercentScale::Shares;
        }
        if measure.usual.is_some() && self.above_one > 0 {
            return PercentScale::Percents;
        }
        let is_doubtful =
            measure.usual.is_some() || !self.has_fraction || self.numbers < FEWEST && !self.has_third_decimal;
        if is_doubtful { PercentScale::Doubtful } else { PercentScale::Shares }
    }
}
