//! Percents published as fractions of 1. This is decided for each measure of a layout entry from all its
//! values, and reported.

use std::collections::{BTreeMap, BTreeSet};

use super::header::Header;
use super::plan::Plan;
use super::reading::FileReading;
use super::ready_layout::ReadyLayout;
use super::rows::{FileRow, KeyIndex, PackedNumbers};
use super::scale_profile::{PercentScale, ScaleProfile};
use super::slot::{EntryIndex, KeyPartSource, Slot};
use super::year_scales::YearsApart;
use crate::catalog::{Bounds, Catalog, GREATEST_SHARE, Measure, Stat};
use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::domain::{SchoolYear, Unit};

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

/// Numbers whose scale is decided together: those of one measure that are read by one layout entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ScaleGroup {
    entry: EntryIndex,
    measure: String,
}

/// Statistics on the numbers of a group, also by school year.
#[derive(Debug, Default)]
struct GroupProfile {
    whole: ScaleProfile,
    by_year: BTreeMap<SchoolYear, ScaleProfile>,
}

/// The school years in which numbers are fractions.
#[derive(Debug)]
enum SharesIn {
    All,
    Years(BTreeSet<SchoolYear>),
}

impl SharesIn {
    fn has(&self, year: SchoolYear) -> bool {
        match self {
            Self::All => true,
            Self::Years(years) => years.contains(&year),
        }
    }
}

impl PercentScales {
    /// No rows yet. A slot is undecided if it may contain percents whose scale the layout does not state.
    pub(super) fn new(plan: &Plan, ready: &ReadyLayout<'_>) -> Self {
        let slots = plan.slots.iter();
        let long = slots.clone().filter(|slot| !matches!(slot.key.measure, KeyPartSource::Fixed(_)));
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
        let mut shares: BTreeMap<ScaleGroup, SharesIn> = BTreeMap::new();
        let profiles = self.profiles(reading, first, catalog);
        let are_shares = are_all_shares(&profiles, catalog);
        for (group, GroupProfile { whole, by_year }) in profiles {
            let Some(measure) = catalog.measures.get(&group.measure) else { continue };
            let name = self.column_name(group.entry, header.name(whole.column), measure);
            let cell = place.at(header.row, whole.column);
            let mut scale = whole.scale(measure);
            if are_shares && whole.are_few_fractions(measure) {
                scale = PercentScale::Shares;
            }
            if scale == PercentScale::Shares {
                problems.push(Diagnostic::read_as_shares(cell, &name, whole.greatest));
                shares.insert(group, SharesIn::All);
                continue;
            }
            let years = YearsApart::new(&by_year);
            if years.is_empty() {
                if scale == PercentScale::Doubtful {
                    problems.push(Diagnostic::percents_or_shares(cell, &name, whole.greatest));
                }
                continue;
            }
            let (rows, small) = (self.rows_of(&group, reading, first), years.small_years_text());
            match years.scale(rows, measure) {
                PercentScale::Percents => {}
                PercentScale::Doubtful => {
                    problems.push(Diagnostic::years_on_two_scales(cell, &name, &small, years.greatest()));
                }
                PercentScale::Shares => {
                    problems.push(Diagnostic::years_as_shares(cell, &name, &small, years.greatest()));
                    shares.insert(group, SharesIn::Years(years.into_small()));
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
    ) -> BTreeMap<ScaleGroup, GroupProfile> {
        let is_percent: Vec<bool> =
            reading.keys.iter().map(|key| is_percent(&key.measure, catalog)).collect();
        let mut by_key: BTreeMap<(EntryIndex, KeyIndex, SchoolYear), ScaleProfile> = BTreeMap::new();
        for (entry, row) in self.undecided_rows(reading.rows.from(first)) {
            if let Some(value) = row.numbers.value().filter(|_| is_percent[row.key.0 as usize]) {
                let profile = by_key.entry((entry, row.key, row.year)).or_default();
                profile.add(value.abs(), u32::from(row.column));
            }
        }
        let mut profiles: BTreeMap<ScaleGroup, GroupProfile> = BTreeMap::new();
        for ((entry, key, year), profile) in by_key {
            let measure = reading.key(key).measure.clone();
            let group = profiles.entry(ScaleGroup { entry, measure }).or_default();
            group.whole.join(profile);
            group.by_year.entry(year).or_default().join(profile);
        }
        profiles
    }

    /// The rows of a group whose scale is undecided.
    fn rows_of<'a>(
        &'a self,
        group: &'a ScaleGroup,
        reading: &'a FileReading,
        first: usize,
    ) -> impl Iterator<Item = FileRow> + 'a {
        let rows = self.undecided_rows(reading.rows.from(first));
        let own = rows
            .filter(|(entry, row)| *entry == group.entry && reading.key(row.key).measure == group.measure);
        own.map(|(_, row)| row)
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
        shares: &BTreeMap<ScaleGroup, SharesIn>,
        problems: &mut Problems,
    ) {
        for (i, slot) in self.rows.iter().enumerate() {
            let Some(entry) = self.entry(*slot) else { continue };
            let mut row = reading.rows.get(first + i);
            let measure = reading.key(row.key).measure.as_str();
            let mut groups = shares.iter();
            let own = groups.find(|(group, _)| group.entry == entry && group.measure == measure);
            if own.is_none_or(|(_, years)| !years.has(row.year)) {
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

/// Whether some of the groups of a table are fractions, and none has a number above 1: a table has one convention.
fn are_all_shares(profiles: &BTreeMap<ScaleGroup, GroupProfile>, catalog: &Catalog) -> bool {
    let mut groups = profiles.iter();
    profiles.values().all(|profile| profile.whole.above_one == 0)
        && groups.any(|(group, profile)| {
            let measure = catalog.measures.get(&group.measure);
            measure.is_some_and(|measure| profile.whole.scale(measure) == PercentScale::Shares)
        })
}

fn is_undecided(slot: &Slot, catalog: &Catalog) -> bool {
    let may_be_percent = match &slot.key.measure {
        KeyPartSource::Fixed(id) => is_percent(id, catalog),
        KeyPartSource::Column(_) | KeyPartSource::Columns(_) | KeyPartSource::Heading(_) => true,
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
