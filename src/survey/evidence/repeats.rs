//! Whether each row is about something else. If not, a column that tells them apart has not been understood.

use std::collections::{BTreeMap, BTreeSet};

use super::{EvidenceSearch, JoinedColumn, RowRule};
use crate::catalog::Role;
use crate::survey::cell_profile::ColumnType;
use crate::survey::column::{Column, ColumnMeaning};
use crate::survey::compiled_patterns::any_match;
use crate::survey::line_item::LineMeaning;
use crate::wording::survey_headings::headings_between;
use crate::wording::survey_rows as rows_wording;
use crate::wording::survey_tables as wording;
use regex::Regex;

/// If more than this share of the rows are about the same as another row, a column that tells them apart has not
/// been understood.
const MOST_REPEATED: f64 = 0.02;
/// A column of names has at least this many texts for each row of one school year.
const LEAST_NAMES: f64 = 0.5;
/// With fewer texts than this, a column does not look like one of districts.
const FEWEST_NAMES: usize = 8;
/// How many texts are shown as examples, and how many columns as possible keys.
const SHOWN: usize = 3;

/// Rows that are about the same, by the texts that say what.
pub(super) type RowsAboutSame<'t> = BTreeMap<Vec<&'t str>, Vec<usize>>;

/// How many rows are about the same as an earlier one.
pub(super) struct Repeats {
    rows: u32,
    repeated: u32,
    /// The first such row and the one that it repeats, in the sheet, from 1.
    first: Option<[u32; 2]>,
}

impl Repeats {
    pub(super) fn are_many(&self) -> bool {
        self.rows > 1 && f64::from(self.repeated) > MOST_REPEATED * f64::from(self.rows)
    }
}

impl EvidenceSearch<'_> {
    /// Sets the problem if rows repeat each other, or name districts in a column that is not known as theirs.
    pub(super) fn check_repeats(&mut self) {
        if self.found.problem.is_some() {
            return;
        }
        let all = self.rows_read();
        let unknown = self.unknown_districts(&all);
        let rows = self.with_lines_read(all);
        let repeats = self.repeats(&rows, &[]);
        if repeats.are_many() && (unknown.is_some() || !self.join_without_names(&rows)) {
            self.found.problem = Some(self.repeated_rows(&rows, &repeats));
        }
        // Of rows about one whole district, only one could count.
        let own = self.with_lines_read(self.district_rows_read());
        let own_repeats = self.repeats(&own, &[]);
        if self.found.problem.is_none() && own_repeats.are_many() {
            self.found.problem = Some(self.repeated_rows(&own, &own_repeats));
        }
        if unknown.is_some() {
            self.found.problem_with_districts = std::mem::replace(&mut self.found.problem, unknown);
            self.found.are_districts_unknown = true;
        }
    }

    /// The problem that rows repeat each other.
    fn repeated_rows(&self, rows: &[usize], repeats: &Repeats) -> String {
        if let Some(shared) = self.shared_name(rows) {
            return shared;
        }
        let mut possible = self.possible_keys(rows);
        let headings: BTreeSet<&str> = self.survey.headings.iter().map(String::as_str).collect();
        if !headings.is_empty() {
            possible.insert(0, headings_between(&headings));
        }
        let possible: Vec<&str> = possible.iter().map(String::as_str).collect();
        wording::repeated_rows(repeats.repeated, repeats.rows, repeats.first, &possible)
    }

    /// The question about districts of the same name, if only names identify them, and a column such as that of their county
    /// tells them apart.
    fn shared_name(&self, rows: &[usize]) -> Option<String> {
        let name =
            self.column_of(Role::DistrictName).filter(|_| self.column_of(Role::DistrictId).is_none())?;
        let usual = &self.vocabulary.catalog.synonyms.id_parts.names;
        let other = self.survey.columns.iter().find(|column| {
            matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_))
                && self.vocabulary.is_one_of(&column.name, usual)
                && !self.repeats(rows, &[column.column]).are_many()
        })?;
        let mut places: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in rows {
            places
                .entry(self.texts.text(name, *row))
                .or_default()
                .insert(self.texts.text(other.column, *row));
        }
        let (shared, places) = places.into_iter().find(|(_, places)| places.len() > 1)?;
        let places: Vec<&str> = places.into_iter().take(SHOWN).collect();
        Some(rows_wording::shared_name(shared, &other.name, &places))
    }

    /// The rows about whole districts among those of schools.
    fn district_rows_read(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.texts.len()).collect();
        rows.retain(|row| {
            (self.totals.contains(row) || self.names_whole_district(*row))
                && self.has_type_of_districts(*row)
                && !self.names_total_of_districts(*row)
        });
        self.filtered(rows)
    }

    /// Whether the school of a row is a word for the whole district, among other schools.
    fn names_whole_district(&self, row: usize) -> bool {
        let markers = self.numbers.markers();
        self.names_schools
            && self
                .texts_with([Role::SchoolId, Role::SchoolName], row)
                .into_iter()
                .any(|text| markers.is_whole_district(text))
    }

    /// The rows that are read: no totals, and none that a rule leaves out.
    pub(super) fn rows_read(&self) -> Vec<usize> {
        self.filtered(self.plain_rows())
    }

    /// Of these rows, those of lines that are read.
    pub(super) fn with_lines_read(&self, mut rows: Vec<usize>) -> Vec<usize> {
        let Some(column) = self.survey.role(Role::Measure) else { return rows };
        let unread = column.items.iter().filter(|item| item.meaning == LineMeaning::Unread);
        let unread: BTreeSet<&str> = unread.map(|item| item.text.as_str()).collect();
        rows.retain(|row| !unread.contains(self.texts.text(column.column, *row)));
        rows
    }

    /// Of these rows, those that no rule leaves out.
    fn filtered(&self, mut rows: Vec<usize>) -> Vec<usize> {
        for rule in &self.found.filters {
            if let Ok(pattern) = Regex::new(&rule.pattern) {
                rows.retain(|row| self.passes(rule, &pattern, *row));
            }
        }
        rows
    }

    fn passes(&self, rule: &RowRule, pattern: &Regex, row: usize) -> bool {
        pattern.is_match(self.text_in(&rule.column, row)) == rule.keeps
    }

    /// How many of the rows are about the same as another, by their keys and by `more` columns.
    pub(super) fn repeats(&self, rows: &[usize], more: &[u32]) -> Repeats {
        let mut columns = self.key_columns();
        columns.extend(more);
        let mut seen: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
        let mut repeats = Repeats { rows: rows.len() as u32, repeated: 0, first: None };
        // The rows that are shown first: a hidden one that repeats one of them is left out when the table is read.
        let (hidden, shown): (Vec<usize>, Vec<usize>) =
            rows.iter().partition(|row| self.texts.is_hidden(**row));
        for row in shown.into_iter().chain(hidden) {
            let mut key: Vec<&str> = columns.iter().map(|column| self.texts.text(*column, row)).collect();
            // If all of these columns are blank, nothing shows what the row is about.
            if !key.is_empty() && key.iter().all(|text| text.is_empty()) {
                continue;
            }
            key.push(self.texts.heading(row));
            if self.texts.is_hidden(row) && seen.contains_key(&key) {
                continue;
            }
            let number = self.texts.number(row) + 1;
            if let Some(earlier) = seen.insert(key, number) {
                repeats.repeated += 1;
                repeats.first.get_or_insert([earlier, number]);
            }
        }
        repeats
    }

    /// The columns that say what a row is about.
    fn key_columns(&self) -> Vec<u32> {
        let keys = self.survey.columns.iter().filter(|column| is_key(column));
        let joined = self.found.joined_ids.iter();
        let joined = joined.filter_map(|part| self.survey.columns.iter().find(|c| c.name == part.name));
        keys.chain(joined).map(|column| column.column).collect()
    }

    /// The rows by what they are about.
    pub(super) fn by_key(&self, rows: &[usize]) -> RowsAboutSame<'_> {
        let columns = self.key_columns();
        let mut keyed = RowsAboutSame::new();
        for row in rows {
            let mut key: Vec<&str> = columns.iter().map(|column| self.texts.text(*column, *row)).collect();
            key.push(self.texts.heading(*row));
            keyed.entry(key).or_default().push(*row);
        }
        keyed
    }

    /// Joins the id with a column that usually completes one, if that tells the rows apart. Returns whether it did.
    fn join_without_names(&mut self, rows: &[usize]) -> bool {
        let Some(id) = self.column_of(Role::DistrictId).filter(|_| self.found.joined_ids.is_empty()) else {
            return false;
        };
        let usual = &self.vocabulary.catalog.synonyms.id_parts.names;
        let possible = self.survey.columns.iter().filter(|column| {
            matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_))
                && self.vocabulary.is_one_of(&column.name, usual)
        });
        let mut possible: Vec<&Column> = possible.collect();
        possible.sort_by_key(|column| self.likeness_to_id_part(column, id));
        let Some(other) =
            possible.into_iter().find(|column| !self.repeats(rows, &[column.column]).are_many())
        else {
            return false;
        };
        let mut columns = [id, other.column];
        columns.sort_unstable();
        let joined =
            columns.map(|column| JoinedColumn { name: self.name_of(column), width: self.width_of(column) });
        self.found.reasons.push(rows_wording::joined_without_names(&self.name_of(id), &other.name));
        self.found.joined_ids = joined.to_vec();
        true
    }

    /// The columns that may tell the rows apart; those that do come first.
    fn possible_keys(&self, rows: &[usize]) -> Vec<String> {
        let mut possible: Vec<&Column> = self.survey.columns.iter().collect();
        possible.retain(|column| {
            matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_))
                && (2..200).contains(&column.cells.different_texts)
        });
        possible.sort_by_cached_key(|column| self.repeats(rows, &[column.column]).are_many());
        possible.into_iter().map(|column| column.name.clone()).take(SHOWN).collect()
    }

    /// If no column names a district, but one has as many names as a school year has rows: a table of many districts
    /// or schools must not be read as one district's.
    fn unknown_districts(&mut self, rows: &[usize]) -> Option<String> {
        if self.survey.district().is_some() {
            return None;
        }
        let years = self.texts_of(Role::SchoolYear, rows).len().max(1);
        let fewest = (LEAST_NAMES * rows.len() as f64 / years as f64).max(FEWEST_NAMES as f64);
        let mut columns = self.survey.columns.iter().filter(|column| self.may_name_districts(column));
        let column = columns.find(|column| column.cells.different_texts as f64 >= fewest)?;
        self.found.may_be_schools_of_one = self.may_be_schools_of_one(column);
        let examples: Vec<&str> = column.cells.texts.keys().map(String::as_str).take(SHOWN).collect();
        Some(rows_wording::districts_unknown(&column.name, column.cells.different_texts, &examples))
    }

    /// Whether a column is one of schools, and at most one of its texts is a district's name.
    fn may_be_schools_of_one(&self, column: &Column) -> bool {
        let own = &self.vocabulary.patterns.own_districts;
        let districts = column.cells.texts.keys().filter(|text| any_match(own, text)).count();
        matches!(column.meaning, ColumnMeaning::Role(Role::SchoolName | Role::SchoolId)) && districts < 2
    }

    /// Whether a column without a role holds texts or codes, or a school's name or id.
    fn may_name_districts(&self, column: &Column) -> bool {
        let is_possible = matches!(
            column.meaning,
            ColumnMeaning::Unread(_) | ColumnMeaning::Role(Role::SchoolName | Role::SchoolId)
        );
        let are_codes = match column.cells.kind {
            ColumnType::Text | ColumnType::Code => true,
            ColumnType::WholeNumber => self.vocabulary.is_called_id(&column.name),
            _ => false,
        };
        let units = &self.vocabulary.catalog.synonyms.around.unit_columns;
        is_possible && are_codes && !self.vocabulary.is_one_of(&column.name, units)
    }

    fn texts_of(&self, role: Role, rows: &[usize]) -> BTreeSet<&str> {
        let Some(column) = self.column_of(role) else { return BTreeSet::new() };
        rows.iter().map(|row| self.texts.text(column, *row)).collect()
    }
}

fn is_key(column: &Column) -> bool {
    matches!(column.meaning, ColumnMeaning::Role(role) if role != Role::Value)
}
