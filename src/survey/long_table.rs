//! The values of a long table, which has a column that names the measure of each row.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::line_items::{LineItem, LineMeaning};
use crate::catalog::Role;
use crate::wording::survey_columns as wording;

impl ColumnClassifier<'_> {
    /// Reads the values of a table with a measure column: the columns named by a year, the one named as the
    /// value, or the only numeric one.
    pub(super) fn classify_row_values(&mut self) {
        for column in &mut self.columns {
            unread_own_measure(column);
        }
        let values = self.value_columns();
        match self.times_of_rows() {
            Ok(times) => {
                for index in values {
                    let name = self.parsed_name(index);
                    let why = wording::ROW_VALUE.to_owned();
                    self.set_measure(index, MeasureColumn::of_row_values(&name, times), why);
                }
            }
            Err(why) => {
                for index in values {
                    self.column_mut(index).why.clone_from(&why);
                }
            }
        }
    }

    pub(super) fn value_columns(&self) -> Vec<ColumnIndex> {
        // Next to the district's value there may be an irrelevant one, such as the state's.
        let mut open = self.open_columns();
        open.retain(|index| !self.vocabulary.is_unread_name(&self.column(*index).name));
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

    fn is_called_value(&self, index: ColumnIndex) -> bool {
        self.vocabulary.is_role_name(Role::Value, &self.column(index).name)
    }

    /// Whether a column's name consists of a year and insignificant words (`2023-24 Actual`).
    pub(super) fn is_named_by_year_only(&self, index: ColumnIndex) -> bool {
        let silent = &self.vocabulary.catalog.synonyms.left_over.silent;
        let name = self.parsed_name(index);
        name.year.is_some() && !name.has_group_or_grade() && name.has_only(silent)
    }

    /// The factor for the values of a table with a measure column, as its title states.
    ///
    /// # Errors
    /// Why there is no single factor for all of them.
    fn times_of_rows(&self) -> Result<Option<f64>, String> {
        let mut times: Vec<Option<f64>> = Vec::new();
        for column in &self.columns {
            if column.meaning == ColumnMeaning::Role(Role::Measure) {
                for item in &column.items {
                    times.extend(self.times_of_line(item));
                }
            }
        }
        times.sort_by_key(Option::is_some);
        times.dedup();
        match times[..] {
            [] => Ok(None),
            [one] => Ok(one),
            _ => Err(wording::SOME_ROWS_NOT_MONEY.to_owned()),
        }
    }

    /// The factor for the values of a line, as the title states; `None` if the line is not read.
    fn times_of_line(&self, item: &LineItem) -> Option<Option<f64>> {
        match &item.meaning {
            LineMeaning::Known(id) => {
                self.vocabulary.catalog.measures.get(id).map(|measure| self.title_times(measure))
            }
            LineMeaning::Own(own) => Some(self.title_times_of(own.unit)),
            LineMeaning::Unread => None,
        }
    }
}

/// A column with a measure of its own next to a measure column is not understood.
fn unread_own_measure(column: &mut Column) {
    if let Some(own) = column.measure() {
        column.meaning = ColumnMeaning::Unread(own.measure.clone());
    }
}
