//! The values of a long table, which has a column that names the measure of each row.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use crate::catalog::Role;
use crate::domain::Unit;
use crate::wording::survey_columns as wording;
use crate::wording::survey_tables::{MORE_THAN_YEAR, NOT_A_YEAR};

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
        for index in values {
            let name = self.parsed_name(index);
            let why = wording::ROW_VALUE.to_owned();
            self.set_measure(index, MeasureColumn::of_row_values(&name, times), why);
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
        if let Some(called_value) = open.iter().find(|index| self.is_called_value(**index)) {
            return vec![*called_value];
        }
        if open.len() == 1 { open } else { Vec::new() }
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
