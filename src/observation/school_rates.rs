//! Weighs the rates of schools by counts of the same schools in any file of the project.
//!
//! A rate's weight is the count that its measure is a rate of: the denominator by which it is derived, or the population that
//! it is about, if that is all of them. A count of the rate's own row comes first, then one of the school of the same name or
//! id in the same district and year. A district's rate is only computed if every one of its schools has a weight.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::combine;
use super::directory::DistrictCodes;
use super::reading::FileReading;
use super::rows::{FileRow, SheetIndex};
use super::school_values::SchoolValue;
use super::sum_parts::SumCell;
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::Diagnostic;
use crate::domain::{ALL, MeasureKey, SchoolYear, Status};

/// Adds the districts' rates that can be weighed to the rows of their files, and reports the others, unless a file publishes
/// the district's own value.
pub(super) fn weigh(
    readings: &mut [FileReading],
    codes: &DistrictCodes,
    catalog: &Catalog,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if readings.iter().all(|reading| reading.school_values.rates.is_empty()) {
        return;
    }
    let weigher = Weigher::new(readings, codes, catalog);
    let mut all: Vec<Vec<DistrictRate>> = Vec::with_capacity(readings.len());
    for file in 0..readings.len() {
        all.push(weigher.district_rates(file, diagnostics));
    }
    for (reading, rates) in readings.iter_mut().zip(all) {
        for DistrictRate { row, parts } in rates {
            let cells = parts.iter().map(|part| SumCell { row: part.row, column: part.column });
            let sum = reading.sums.push(cells, parts.iter().filter_map(|part| part.school));
            reading.rows.push(FileRow { sum, ..row });
        }
    }
}

/// The measure that counts whom a rate is about, by which the rates of schools are weighted; `None` if none counts exactly
/// them.
fn weight_key(measure: &Measure, rate: &MeasureKey) -> Option<MeasureKey> {
    if let Some(derivation) = &measure.derive
        && let [denominator] = derivation.denominator.as_slice()
    {
        let whole = MeasureKey::whole(denominator);
        let same = MeasureKey { measure: denominator.clone(), ..rate.clone() };
        return Some(if derivation.denominator_is_whole { whole } else { same });
    }
    let population = measure.population.as_ref().filter(|population| !population.some)?;
    Some(MeasureKey { measure: population.measure.clone(), subject: ALL.to_owned(), ..rate.clone() })
}

/// The measures by which rates of schools may be weighted.
pub(super) fn weight_measures(catalog: &Catalog) -> BTreeSet<&str> {
    let key = MeasureKey::whole(ALL);
    let weights = catalog.measures.values().filter_map(|measure| weight_key(measure, &key));
    weights.filter_map(|weight| Some(catalog.measures.get(&weight.measure)?.id.as_str())).collect()
}

/// A row of a file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct RowOfFile<'a> {
    file: usize,
    sheet: SheetIndex,
    row: u32,
    key: &'a MeasureKey,
}

/// A school of a district in a year.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SchoolPlace<'a> {
    district: u32,
    year: SchoolYear,
    /// Its id or name.
    school: &'a str,
    key: &'a MeasureKey,
}

/// A value of a district.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct DistrictPlace<'a> {
    key: &'a MeasureKey,
    district: u32,
    year: SchoolYear,
}

/// A district's rate, and the rates of schools that it is the average of.
struct DistrictRate {
    row: FileRow,
    parts: Vec<SchoolValue>,
}

/// Weighs the rates of all files.
struct Weigher<'a> {
    readings: &'a [FileReading],
    codes: &'a DistrictCodes,
    catalog: &'a Catalog,
    of_rows: BTreeMap<RowOfFile<'a>, f64>,
    /// `None` where files disagree.
    of_schools: BTreeMap<SchoolPlace<'a>, Option<f64>>,
    /// What files publish for districts, of the measures whose rates are weighed.
    published: BTreeSet<DistrictPlace<'a>>,
}

impl<'a> Weigher<'a> {
    fn new(readings: &'a [FileReading], codes: &'a DistrictCodes, catalog: &'a Catalog) -> Self {
        let (of_rows, of_schools) = (BTreeMap::new(), BTreeMap::new());
        let mut weigher = Self { readings, codes, catalog, of_rows, of_schools, published: BTreeSet::new() };
        let mut rates: BTreeSet<&MeasureKey> = BTreeSet::new();
        for reading in readings {
            rates.extend(reading.school_values.rates.iter().map(|rate| reading.key(rate.key)));
        }
        for (file, reading) in readings.iter().enumerate() {
            for count in &reading.school_values.counts {
                weigher.add_count(file, count);
            }
            weigher.add_published(file, &rates);
        }
        weigher
    }

    fn add_count(&mut self, file: usize, count: &SchoolValue) {
        let reading = &self.readings[file];
        let SchoolValue { sheet, row, year, value, .. } = *count;
        let key = reading.key(count.key);
        self.of_rows.insert(RowOfFile { file, sheet, row, key }, value);
        let Some(district) = self.codes[file][count.district.0 as usize] else { return };
        for school in names(reading, count) {
            let known = self.of_schools.entry(SchoolPlace { district, year, school, key });
            let known = known.or_insert(Some(value));
            if known.is_some_and(|known| known != value) {
                *known = None;
            }
        }
    }

    /// Adds the values that a file publishes for whole districts.
    fn add_published(&mut self, file: usize, rates: &BTreeSet<&MeasureKey>) {
        let reading = &self.readings[file];
        let is_rate: Vec<bool> = reading.keys.iter().map(|key| rates.contains(key)).collect();
        if !is_rate.contains(&true) {
            return;
        }
        let rows = reading.rows.from(0).filter(|row| is_rate[row.key.0 as usize]);
        for row in rows.filter(|row| !reading.is_sum_of_rows(row) && row.status != Status::Missing) {
            if let Some(district) = self.codes[file][row.district.0 as usize] {
                self.published.insert(DistrictPlace { key: reading.key(row.key), district, year: row.year });
            }
        }
    }

    /// The rates of a file's districts; reports those that cannot be weighed.
    fn district_rates(&self, file: usize, diagnostics: &mut Vec<Diagnostic>) -> Vec<DistrictRate> {
        let reading = &self.readings[file];
        let mut found = Vec::new();
        let mut refused: BTreeMap<&MeasureKey, Vec<&SchoolValue>> = BTreeMap::new();
        for parts in reading.school_values.rates.chunk_by(SchoolValue::is_same_sum) {
            let key = reading.key(parts[0].key);
            if let Some(row) = self.weighted(file, parts) {
                found.push(DistrictRate { row, parts: parts.to_vec() });
            } else if !self.is_published(file, &parts[0]) {
                refused.entry(key).or_default().push(&parts[0]);
            }
        }
        for (key, first) in refused {
            let place = reading.place(&first[0].weighted(0.0));
            diagnostics.push(Diagnostic::rate_without_weight(place, &key.measure, first.len() as u64));
        }
        found
    }

    /// The average of the rates of a district's schools; `None` if one has no weight.
    fn weighted(&self, file: usize, parts: &[SchoolValue]) -> Option<FileRow> {
        let reading = &self.readings[file];
        let rate = reading.key(parts[0].key);
        let weight = weight_key(self.catalog.measures.get(&rate.measure)?, rate)?;
        let weighted = parts.iter().map(|part| Some(part.weighted(self.weight(file, part, &weight)?)));
        let weighted: Vec<FileRow> = weighted.collect::<Option<_>>()?;
        combine(&weighted, false, reading.public)
    }

    /// The count by which a school's rate is weighted.
    fn weight(&self, file: usize, part: &SchoolValue, key: &MeasureKey) -> Option<f64> {
        let own = RowOfFile { file, sheet: part.sheet, row: part.row, key };
        if let Some(count) = self.of_rows.get(&own) {
            return Some(*count);
        }
        let district = self.codes[file][part.district.0 as usize]?;
        let mut found = names(&self.readings[file], part).filter_map(|school| {
            self.of_schools.get(&SchoolPlace { district, year: part.year, school, key }).copied()
        });
        found.next().flatten()
    }

    fn is_published(&self, file: usize, rate: &SchoolValue) -> bool {
        let key = self.readings[file].key(rate.key);
        let district = self.codes[file][rate.district.0 as usize];
        // A district that no file knows by its id has no value anyway.
        district
            .is_none_or(|district| self.published.contains(&DistrictPlace { key, district, year: rate.year }))
    }
}

/// The names of a value's school: its id and name if the table has both.
fn names<'a>(reading: &'a FileReading, value: &SchoolValue) -> impl Iterator<Item = &'a str> + use<'a> {
    let school = value.school.and_then(|school| reading.schools.get(school.0 as usize));
    school.into_iter().flat_map(|school| &school.names).map(String::as_str)
}
