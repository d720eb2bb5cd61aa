//! Roll-up: combines several rows of a district (usually its schools) into one.
//!
//! A part without a number leaves a gap in the sum. For schools this is usually a grade or group that a
//! school does not have: the other parts are added up, and the number of sums with a gap is reported. If the
//! rows of one district are not schools (for example, a group's girls and boys), all of them are needed;
//! otherwise the sum is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::closed_schools::ClosedSchools;
use super::combine::combine;
use super::reading::FileReading;
use super::ready_layout::ReadyLayout;
use super::rows::{FileDistrictIndex, FileRow, FileRows, KeyIndex};
use super::school_rates::weight_measures;
use super::school_values::SchoolValue;
use super::schools::{SchoolIndex, Schools};
use super::sum_parts::SumCell;
use crate::catalog::{Catalog, Level, Measure};
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{ALL, SchoolScope, SchoolYear, Status};

/// Combines the rows of `reading` from `first` on that have the same key, district and year.
pub(super) fn roll_up(reading: &mut FileReading, first: usize, schools: &Schools, ready: &ReadyLayout<'_>) {
    let catalog = ready.catalog;
    let parts = reading.rows.split_off(first);
    let closed = ClosedSchools::of(&parts, &reading.keys, schools, &catalog.schools.students);
    for note in closed.notes(&parts, reading, &ready.schools) {
        reading.diagnostics.push(note);
    }
    let mut order = order_by_group(&parts);
    order.retain(|index| !closed.has(&parts.get(*index as usize)));
    let mut roll_up = RollUpRun {
        reading,
        schools,
        level: ready.layout.level,
        kept: &ready.schools,
        catalog,
        weights: weight_measures(catalog),
        with_holes: RowsByKey::default(),
    };
    for group in order.chunk_by(|a, b| group_key(&parts, *a) == group_key(&parts, *b)) {
        let group: Vec<FileRow> = group.iter().map(|index| parts.get(*index as usize)).collect();
        roll_up.add_group(&group);
    }
    roll_up.report();
}

/// The indexes of the rows, grouped, and within each group in the order of the sheet.
fn order_by_group(rows: &FileRows) -> Vec<u32> {
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|index| (group_key(rows, *index), rows.packed(*index as usize).row));
    order
}

/// What the rows of one sum share.
fn group_key(rows: &FileRows, index: u32) -> (KeyIndex, FileDistrictIndex, SchoolYear) {
    let row = rows.packed(index as usize);
    (row.key, row.district, row.year)
}

/// How many sums of a key have a problem, and the first row that shows it.
type RowsByKey = BTreeMap<KeyIndex, ProblemRows>;

struct ProblemRows {
    count: u64,
    first: FileRow,
}

/// The roll-up of one sheet's rows.
struct RollUpRun<'a> {
    reading: &'a mut FileReading,
    schools: &'a Schools,
    level: Level,
    /// Of which districts the single schools are kept.
    kept: &'a SchoolScope,
    catalog: &'a Catalog,
    /// The measures by which rates may be weighted.
    weights: BTreeSet<&'a str>,
    /// Sums in which a school has no number.
    with_holes: RowsByKey,
}

/// The row that counts of those about the whole district: of counts, the greatest, since others are about a part of it; otherwise
/// the first with a value.
fn published_row(own: &[FileRow], is_additive: bool) -> Option<&FileRow> {
    let mut found = own.iter().find(|row| row.status != Status::Missing).or(own.first())?;
    for row in own.iter().filter(|_| is_additive) {
        if row.numbers.value().zip(found.numbers.value()).is_some_and(|(value, most)| value > most) {
            found = row;
        }
    }
    Some(found)
}

impl RollUpRun<'_> {
    /// Adds the sum of the rows in one nonempty group.
    fn add_group(&mut self, parts: &[FileRow]) {
        self.keep_schools(parts);
        if parts.iter().any(|part| self.is_of_district(part)) {
            return self.add_with_district(parts);
        }
        self.add_schools(parts);
    }

    /// Adds the rows of a district of which some are about all of it. One of these with a value counts, unless it is a count and
    /// smaller than that of a school: then it is about what no school has, and is added to them.
    fn add_with_district(&mut self, parts: &[FileRow]) {
        let (own, schools): (Vec<FileRow>, Vec<FileRow>) =
            parts.iter().partition(|part| self.is_of_district(part));
        let measure = self.catalog.measures.get(&self.reading.key(parts[0].key).measure);
        let is_additive = measure.is_none_or(Measure::adds_up);
        let Some(published) = published_row(&own, is_additive) else { return };
        let greatest = schools.iter().filter_map(|row| row.numbers.value()).fold(0.0, f64::max);
        let is_part = is_additive && published.numbers.value().is_some_and(|value| value < greatest);
        if published.status == Status::Missing && !schools.is_empty() {
            self.add_schools(&schools);
        } else if is_part {
            let measure = self.reading.key(published.key).measure.clone();
            let place = self.reading.place(published);
            let problem = Diagnostic::district_smaller_than_school(place, &measure).like(measure);
            self.reading.diagnostics.push(problem);
            self.add_schools(parts);
        } else {
            self.reading.rows.push(*published);
            if !is_additive {
                self.keep_other_values(&own, published);
            }
        }
    }

    /// Keeps the rows about a whole district with another rate, which cannot both be right: that is reported.
    fn keep_other_values(&mut self, own: &[FileRow], published: &FileRow) {
        let Some(value) = published.numbers.value() else { return };
        for row in own {
            if row.status == Status::Reported && row.numbers.value().is_some_and(|other| other != value) {
                self.reading.rows.push(*row);
            }
        }
    }

    /// Adds the sum of the rows of schools.
    fn add_schools(&mut self, parts: &[FileRow]) {
        let first = parts[0];
        let measure = self.catalog.measures.get(&self.reading.key(first.key).measure);
        let is_additive = measure.is_none_or(Measure::adds_up);
        if measure.is_some_and(|measure| self.weights.contains(measure.id.as_str())) {
            self.keep_counts(parts);
        }
        let Some(mut whole) = combine(parts, is_additive, self.reading.public) else {
            self.keep_rates(parts);
            return;
        };
        let hole = parts.iter().find(|part| part.status == Status::Missing);
        if let Some(hole) = hole.filter(|_| whole.status == Status::Reported) {
            match self.level {
                Level::School => count(&mut self.with_holes, hole.key, *hole),
                Level::District => whole = *hole,
            }
        }
        let cells: Vec<SumCell> =
            parts.iter().flat_map(|part| self.reading.sums.cells_behind(part)).collect();
        let schools = parts.iter().filter_map(|part| self.schools.of_cell(part.row, u32::from(part.column)));
        let sum = self.reading.sums.push(cells.into_iter(), schools);
        self.reading.rows.push(FileRow { sum, ..whole });
    }

    /// Keeps the rows of single schools, if those of their district are wanted.
    fn keep_schools(&mut self, parts: &[FileRow]) {
        let district = self.reading.district(parts[0].district).id.as_ref();
        let is_own = self.kept.keeps(district);
        if self.level != Level::School || !is_own && !self.is_of_state(parts[0].key) {
            return;
        }
        let mut of_schools: BTreeMap<SchoolIndex, Vec<FileRow>> = BTreeMap::new();
        for part in parts.iter().filter(|part| part.status != Status::Missing) {
            if let Some(school) = self.schools.of_cell(part.row, u32::from(part.column)) {
                of_schools.entry(school).or_default().push(*part);
            }
        }
        for (school, rows) in of_schools {
            // Several rows of a school of another district would have to be understood first.
            if is_own || rows.len() == 1 {
                self.keep_school(school, &rows);
            }
        }
    }

    /// Whether the numbers of a series are kept of the schools of all districts: what is public about all students, and how many
    /// students are of the groups by which similar schools are found.
    fn is_of_state(&self, key: KeyIndex) -> bool {
        let key = self.reading.key(key);
        let spec = &self.catalog.schools;
        let is_of_group = key.measure == spec.students && spec.similar.groups.contains(&key.group);
        let is_whole = key.group == ALL || is_of_group;
        self.kept.has_state() && self.reading.public && key.grade.is_all() && is_whole
    }

    /// Keeps the value of one school, which several rows may give together.
    fn keep_school(&mut self, school: SchoolIndex, rows: &[FileRow]) {
        let first = rows[0];
        if rows.len() == 1 {
            return self.reading.school_rows.push(first, school);
        }
        let measure = self.catalog.measures.get(&self.reading.key(first.key).measure);
        let Some(whole) = combine(rows, measure.is_none_or(Measure::adds_up), self.reading.public) else {
            let problem = Diagnostic::school_rows_repeat(
                self.reading.place(&rows[1]),
                &self.reading.key(first.key).measure,
            );
            return self.reading.diagnostics.push(problem);
        };
        let cells: Vec<SumCell> = rows.iter().flat_map(|part| self.reading.sums.cells_behind(part)).collect();
        let sum = self.reading.sums.push(cells.into_iter(), std::iter::once(school));
        self.reading.school_rows.push(FileRow { sum, ..whole }, school);
    }

    /// Keeps the counts of schools, by which rates may be weighted.
    fn keep_counts(&mut self, parts: &[FileRow]) {
        for part in parts {
            if let Some(value) = self.school_value(part) {
                self.reading.school_values.push_count(value);
            }
        }
    }

    /// Keeps the rates of schools until all files are read. Of the rows of a district that are not schools, all are needed.
    fn keep_rates(&mut self, parts: &[FileRow]) {
        let has_hole = parts.iter().any(|part| part.status == Status::Missing);
        if !(has_hole && self.level == Level::District) {
            let rates: Vec<SchoolValue> = parts.iter().filter_map(|part| self.school_value(part)).collect();
            self.reading.school_values.rates.extend(rates);
        }
    }

    fn school_value(&self, part: &FileRow) -> Option<SchoolValue> {
        SchoolValue::of(part, self.schools.of_cell(part.row, u32::from(part.column)))
    }

    /// Whether a row is about the whole district and says something of it.
    fn is_of_district(&self, part: &FileRow) -> bool {
        part.status != Status::Missing && self.schools.is_of_district(part.row, u32::from(part.column))
    }

    fn report(self) {
        report_each(self.reading, self.with_holes, Diagnostic::sum_with_holes);
    }
}

fn count(rows: &mut RowsByKey, key: KeyIndex, row: FileRow) {
    rows.entry(key).or_insert(ProblemRows { count: 0, first: row }).count += 1;
}

fn report_each(reading: &mut FileReading, rows: RowsByKey, problem: fn(Place, &str, u64) -> Diagnostic) {
    for (key, ProblemRows { count, first }) in rows {
        let diagnostic = problem(reading.place(&first), &reading.key(key).measure, count);
        reading.diagnostics.push(diagnostic);
    }
}
