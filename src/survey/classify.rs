//! Deciding what each column of a table means.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_profile::CellProfile;
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::line_numbers::TableCells;
use super::parsed_name::ParsedName;
use super::role;
use super::row_evidence::RowRule;
use super::vocabulary::Vocabulary;
use crate::catalog::{Measure, Role};
use crate::domain::Unit;
use crate::wording::survey_columns as wording;
use crate::wording::survey_rows::{sample_size_read, sample_size_unread};
use crate::wording::survey_subjects::CODES_OF_STUDENTS;

/// The position of a column among those of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnIndex(pub(super) usize);

/// Decides what the columns of a table mean. Its steps are methods, each in the file for its subject.
pub(super) struct ColumnClassifier<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    /// The text around the table: its titles, the sheet's name, the file's name.
    pub(super) context: &'a [String],
    /// How many of them are titles.
    pub(super) titles: usize,
    /// The notes below the table.
    pub(super) below: &'a [String],
    pub(super) columns: Vec<Column>,
    /// The cells of the table.
    pub(super) cells: Option<TableCells<'a>>,
    /// Columns that are named like a measure which their numbers do not fit, or like several.
    pub(super) doubtful: BTreeSet<ColumnIndex>,
    /// Columns of which it is known that they are not what they seem, so that no later step reads them.
    pub(super) closed: BTreeSet<ColumnIndex>,
    /// The cells of columns of which only one of several numbers in each cell is looked at.
    pub(super) whole_cells: BTreeMap<ColumnIndex, CellProfile>,
    /// What users must know of columns that are not read.
    pub(super) notes: Vec<String>,
    /// The rows to keep or to leave out, as columns say.
    pub(super) rules: Vec<RowRule>,
}

/// The columns of a table, which rows they say to read, and what users must know of what is not read.
pub(super) struct ClassifiedColumns {
    pub(super) columns: Vec<Column>,
    pub(super) notes: Vec<String>,
    pub(super) rules: Vec<RowRule>,
}

impl<'a> ColumnClassifier<'a> {
    /// The columns, each with its meaning and the reason.
    pub(super) fn classify(mut self) -> ClassifiedColumns {
        role::assign(self.vocabulary, &mut self.columns);
        self.close_codes();
        self.tell_row_values_apart();
        self.classify_level_rows();
        self.classify_shares_and_total();
        self.classify_line_items();
        self.find_graded_subjects();
        self.tell_numbers_apart();
        for index in self.open_columns() {
            self.classify_by_name(index);
        }
        self.reject_titled_ranks();
        if self.has_role(Role::Measure) {
            self.classify_row_values();
            self.question_schools();
        } else {
            self.question_schools();
            self.classify_head_counts();
            self.classify_by_title();
            self.classify_carried_years();
        }
        self.settle_subject_names();
        self.settle_other_meanings();
        self.settle_level_sums();
        self.settle_levels();
        self.settle_tests();
        self.classify_by_own_title();
        self.classify_own_percents();
        self.classify_rate_counts();
        self.classify_rate_parts();
        self.question_bare_counts();
        self.question_counts_of_others();
        self.question_narrowed();
        self.question_short_names();
        self.compare_percents();
        self.add_up_fractions();
        self.compare_money_with_enrollment();
        self.settle_amounts_per_head();
        self.compare_sums_with_parts();
        self.classify_own_columns();
        self.weight_own_results();
        self.reject_repeated_content();
        self.question_codes();
        self.split_windows();
        self.settle_own();
        self.question_remarks();
        self.note_sample_size();
        self.restore_unread_cells();
        self.note_split();
        self.explain_texts();
        self.note_odd_years();
        for column in &mut self.columns {
            explain_unread(column);
        }
        ClassifiedColumns { columns: self.columns, notes: self.notes, rules: self.rules }
    }

    /// Leaves columns unread whose numbers are codes of student groups or tests: no later step takes them for values.
    fn close_codes(&mut self) {
        for index in self.open_columns() {
            let column = self.column(index);
            let is_of_students = self.vocabulary.coded_part(&column.name).is_some()
                || self.vocabulary.group_of_name(&column.name).is_some();
            if is_of_students && self.vocabulary.holds_codes(&column.name) && column.cells.are_counts() {
                self.close(index, None, CODES_OF_STUDENTS.to_owned());
            }
        }
    }

    /// Says for which values the number of people in the name of a column is read.
    fn note_sample_size(&mut self) {
        let mut read = self.columns.iter().filter(|column| {
            let year = column.measure().and_then(|measure| measure.year_mention.as_ref());
            year.is_some_and(|year| year.people.is_some())
        });
        if let Some(column) = read.next() {
            let is_of_one = [Role::DistrictId, Role::DistrictName, Role::SchoolId, Role::SchoolName]
                .into_iter()
                .all(|role| !self.has_role(role));
            let say = if is_of_one { sample_size_read } else { sample_size_unread };
            self.notes.push(say(&column.name));
        }
    }

    /// Leaves a column unread for good.
    pub(super) fn close(&mut self, index: ColumnIndex, nearest: Option<String>, why: String) {
        self.closed.insert(index);
        self.doubtful.insert(index);
        self.column_mut(index).leave_unread(nearest, why);
    }

    /// The same, with a word to the user.
    pub(super) fn question(&mut self, index: ColumnIndex, nearest: Option<String>, why: String) {
        self.notes.push(wording::column_left_out(&self.column(index).name, &why));
        self.close(index, nearest, why);
    }

    pub(super) fn has_role(&self, role: Role) -> bool {
        self.columns.iter().any(|column| column.meaning == ColumnMeaning::Role(role))
    }

    /// All columns, by their positions.
    pub(super) fn indexes(&self) -> impl Iterator<Item = ColumnIndex> + use<> {
        (0..self.columns.len()).map(ColumnIndex)
    }

    /// The numeric columns that have no meaning yet.
    pub(super) fn open_columns(&self) -> Vec<ColumnIndex> {
        self.indexes().filter(|index| self.column(*index).is_open() && !self.closed.contains(index)).collect()
    }

    pub(super) fn column(&self, index: ColumnIndex) -> &Column {
        &self.columns[index.0]
    }

    pub(super) fn column_mut(&mut self, index: ColumnIndex) -> &mut Column {
        &mut self.columns[index.0]
    }

    /// The name of a column, parsed.
    pub(super) fn parsed_name(&self, index: ColumnIndex) -> ParsedName {
        self.column(index).parsed.clone()
    }

    pub(super) fn set_measure(&mut self, index: ColumnIndex, measure: MeasureColumn, why: String) {
        let column = self.column_mut(index);
        column.meaning = ColumnMeaning::Measure(Box::new(measure));
        column.why = why;
    }

    /// The columns that contain a measure.
    pub(super) fn measures(&self) -> impl Iterator<Item = &MeasureColumn> {
        self.columns.iter().filter_map(Column::measure)
    }

    /// The measure of a column; `None` if its rows name it.
    pub(super) fn measure_of(&self, column: &MeasureColumn) -> Option<&'a Measure> {
        self.vocabulary.catalog.measures.get(column.measure.as_ref()?)
    }

    pub(super) fn is_percent(&self, column: &MeasureColumn) -> bool {
        let own = column.own.as_ref().map(|own| own.unit);
        own.or_else(|| self.measure_of(column).map(|measure| measure.unit)) == Some(Unit::Percent)
    }
}

/// Gives a reason for not reading a column if no step did.
fn explain_unread(column: &mut Column) {
    if !column.why.is_empty() {
        return;
    }
    column.why = if column.cells.filled == 0 {
        wording::EMPTY.to_owned()
    } else {
        wording::no_measure(column.cells.kind.label())
    };
}
