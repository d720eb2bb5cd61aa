//! The values of a long table, which has a column that names the measure of each row.

use std::collections::BTreeSet;

use super::cell_profile::CellProfile;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::matching::{sure_match, sure_measure};
use super::role::is_categorical;
use crate::catalog::{Role, Stat};
use crate::domain::Unit;
use crate::wording::survey_columns as wording;
use crate::wording::survey_tables::{MORE_THAN_YEAR, NOT_A_YEAR};

/// A column of names of measures has at least this many.
const FEWEST_MEASURES: usize = 2;

impl ColumnClassifier<'_> {
    /// Reads the values of a table with a measure column: the columns named by a year, the one named as the
    /// value, or the only numeric one.
    pub(super) fn classify_row_values(&mut self) {
        for column in &mut self.columns {
            unread_own_measure(column);
        }
        let values = self.value_columns();
        let times = self.title_times_of(Unit::Dollars).filter(|_| self.has_amounts());
        if times.is_some() {
            self.leave_other_lines_unread();
        }
        for index in &values {
            let name = self.parsed_name(*index);
            let why = wording::ROW_VALUE.to_owned();
            self.set_measure(*index, MeasureColumn::of_row_values(&name, times), why);
        }
        if let [value] = values[..]
            && self.are_all_percents()
        {
            self.classify_row_counts(value);
        }
    }

    /// Whether all lines that are read are percents.
    pub(super) fn are_all_percents(&self) -> bool {
        let items = self.columns.iter().flat_map(|column| &column.items);
        let mut units = items.filter_map(|item| item.unit(self.vocabulary)).peekable();
        units.peek().is_some() && units.all(|unit| unit == Unit::Percent)
    }

    /// Reads the columns named as numerators and denominators as those of the rate in their row, if there is one of each.
    fn classify_row_counts(&mut self, value: ColumnIndex) {
        let Some(rate) = self.column(value).measure().cloned() else { return };
        for stat in [Stat::Numerator, Stat::Denominator] {
            let mut named = self.open_columns();
            named.retain(|index| self.named_stat(&self.parsed_name(*index)) == Some(stat));
            if let [count] = named[..]
                && self.column(count).cells.are_counts()
            {
                self.set_rate_count(count, &rate, stat);
            }
        }
    }

    /// Whether any line is an amount of money.
    fn has_amounts(&self) -> bool {
        let mut items = self.columns.iter().flat_map(|column| &column.items);
        items.any(|item| item.unit(self.vocabulary) == Some(Unit::Dollars))
    }

    /// Leaves the lines unread to which a factor for amounts of money does not apply.
    fn leave_other_lines_unread(&mut self) {
        let mut without = Vec::new();
        for item in self.columns.iter().flat_map(|column| &column.items) {
            let is_without = match item.unit(self.vocabulary) {
                None => false,
                Some(Unit::Dollars) => self.is_without_factor(&item.text),
                Some(_) => true,
            };
            if is_without {
                without.push(item.text.clone());
            }
        }
        for item in self.columns.iter_mut().flat_map(|column| &mut column.items) {
            if without.contains(&item.text) {
                item.leave_unread(wording::ROW_NOT_MONEY);
            }
        }
    }

    pub(super) fn value_columns(&self) -> Vec<ColumnIndex> {
        // Next to the district's value there may be an irrelevant one, such as the state's.
        let mut open = self.open_columns();
        open.retain(|index| {
            let name = &self.column(*index).name;
            let is_other = self.vocabulary.is_unread_name(name) || self.vocabulary.names_rank(name);
            !is_other && !self.is_below_rank(*index)
        });
        let years: Vec<ColumnIndex> =
            open.iter().copied().filter(|index| self.is_named_by_year_only(*index)).collect();
        if !years.is_empty() {
            return years;
        }
        let mut called: Vec<ColumnIndex> =
            open.iter().copied().filter(|index| self.is_called_value(*index)).collect();
        // Next to another value, a number of people is a part of it.
        let numbers = &self.vocabulary.catalog.synonyms.left_over.number;
        called.sort_by_key(|index| self.column(*index).parsed.has_any(numbers));
        if let Some(value) = called.first() {
            return vec![*value];
        }
        match open[..] {
            [_] => open,
            [] => Vec::new(),
            _ => match self.district_among_places(&open) {
                Some(district) => vec![district],
                None => self.value_beside_counts(open),
            },
        }
    }

    /// The only one of these columns that is not named as a numerator or denominator, if its name says nothing about its measure.
    fn value_beside_counts(&self, mut open: Vec<ColumnIndex>) -> Vec<ColumnIndex> {
        open.retain(|index| self.named_stat(&self.parsed_name(*index)).is_none());
        match open[..] {
            [value] if self.is_of_any_measure(value) => open,
            _ => Vec::new(),
        }
    }

    /// Whether a column's name says nothing about the measure of its numbers.
    fn is_of_any_measure(&self, index: ColumnIndex) -> bool {
        let name = &self.column(index).name;
        let words = self.vocabulary.words(name);
        self.is_called_value(index)
            || sure_match(self.vocabulary, name).is_none() && !self.vocabulary.own.is_indicator(&words)
    }

    /// The only column most of whose texts are names of measures, next to the `value` of any measure.
    pub(super) fn column_of_measures(
        &self,
        texts: &[ColumnIndex],
        value: ColumnIndex,
    ) -> Option<ColumnIndex> {
        if !self.is_of_any_measure(value) {
            return None;
        }
        let is_percent = self.vocabulary.titles_percents(&self.column(value).name);
        let mut found = texts.to_vec();
        found.retain(|index| self.names_measures(&self.column(*index).cells, is_percent));
        if let [only] = found[..] { Some(only) } else { None }
    }

    /// Whether at least half of the texts of a column, and two, name a measure, of a percent if its values are percents.
    fn names_measures(&self, cells: &CellProfile, is_percent: bool) -> bool {
        if !is_categorical(cells) {
            return false;
        }
        let mut known = BTreeSet::new();
        for text in cells.texts.keys() {
            let measure = sure_measure(self.vocabulary, text);
            known.extend(
                measure.filter(|measure| !is_percent || measure.unit == Unit::Percent).map(|m| &m.id),
            );
        }
        known.len() >= FEWEST_MEASURES && known.len() * 2 >= cells.texts.len()
    }

    /// Whether a column's name says only that it holds values.
    pub(super) fn is_called_value(&self, index: ColumnIndex) -> bool {
        self.vocabulary.is_role_name(Role::Value, &self.column(index).name)
    }

    /// Whether a column's name consists of a year and insignificant words (`2023-24 Actual`).
    pub(super) fn is_named_by_year_only(&self, index: ColumnIndex) -> bool {
        let silent = &self.vocabulary.catalog.synonyms.left_over.silent;
        let name = self.parsed_name(index);
        name.year.is_some() && !name.has_group_or_grade() && name.has_only(silent)
    }
}

impl ColumnClassifier<'_> {
    /// Says of each column next to those of school years that its name is not just a school year: `2024-25 (proj.)`.
    pub(super) fn note_odd_years(&mut self) {
        let mut years = self.indexes().filter(|index| self.is_named_by_year_only(*index));
        if !years.any(|index| self.column(index).measure().is_some()) {
            return;
        }
        for index in self.open_columns() {
            let column = self.column(index);
            if !matches!(column.meaning, ColumnMeaning::Unread(None)) || self.is_named_by_year_only(index) {
                continue;
            }
            let is_number = column.name.contains(|c: char| c.is_ascii_digit())
                && !column.name.contains(char::is_alphabetic);
            let why = match (&column.parsed.year, is_number) {
                (Some(_), _) => MORE_THAN_YEAR,
                (None, true) => NOT_A_YEAR,
                (None, false) => continue,
            };
            self.question(index, None, why.to_owned());
        }
    }
}

/// A column with a measure of its own next to a measure column is not understood.
fn unread_own_measure(column: &mut Column) {
    if let Some(own) = column.measure() {
        column.meaning = ColumnMeaning::Unread(own.measure.clone());
    }
}
