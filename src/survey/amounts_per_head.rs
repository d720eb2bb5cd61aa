//! "Expenditures per Pupil by Function" around a table: its columns of dollars are amounts per student, although their names are
//! those of totals.

use std::collections::BTreeMap;

use super::cell_profile::CellProfile;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{ColumnMeaning, MeasureColumn};
use super::line_item::{LineItem, LineMeaning};
use super::matching::sure_measure;
use super::money_per_student::{by_row, measure_for_each};
use super::numeric_fit::fit_numbers;
use super::own_columns::OwnTable;
use super::own_measure::{OwnMeasure, own_measure};
use super::own_words::has_any;
use crate::catalog::{Measure, Stat};
use crate::domain::Unit;
use crate::wording::survey_money as wording;

/// The confidence that a column below such a title is the measure per student.
const SCORE: f64 = 0.9;
/// In this share of the rows, parts must add up to the total.
const LEAST_ADDING_UP: f64 = 0.9;
/// How far a sum of rounded dollars may be from the total.
const ROUNDING: f64 = 2.0;

impl<'a> ColumnClassifier<'a> {
    /// Reads columns below such a title per student if their numbers are small enough, and asks about other columns.
    pub(super) fn settle_amounts_per_head(&mut self) {
        let Some(title) = self.title_per_head() else { return };
        for index in self.indexes() {
            self.settle_total_per_head(index, title);
        }
        let noun = self.money_word(title);
        let open = self.possible_amounts();
        // A table with more columns is no list of what is spent per student.
        if open.len() > self.vocabulary.catalog.synonyms.own.most_columns {
            return;
        }
        let table = self.own_table();
        let may_be_own = open.first().is_some_and(|first| self.check_own(*first, &table).is_ok());
        let are_parts = may_be_own && self.add_up_to_total(&open);
        for index in open {
            let name = wording::per_student(&self.column(index).name, &noun);
            if let Some(measure) = self.known_per_head(&name) {
                self.read_per_head(index, measure, title);
            } else if !are_parts || !self.read_own_per_head(index, &name, &table) {
                self.question(index, None, wording::which_amount(title));
            }
        }
    }

    /// The text around the table that says that amounts of money are per student, and nothing else of their size.
    fn title_per_head(&self) -> Option<&'a str> {
        let synonyms = &self.vocabulary.catalog.synonyms;
        let per = &synonyms.left_over.per;
        let student = self.vocabulary.words(wording::STUDENT);
        self.context.iter().map(String::as_str).find(|text| {
            let words = self.vocabulary.words(text);
            let is_other = self.vocabulary.money_factor(text).is_some()
                || words.iter().any(|word| synonyms.around.exceptions.contains(word));
            !is_other
                && words.iter().any(|word| per.contains(word))
                && words.iter().any(|word| student.contains(word))
                && has_any(&words, &self.vocabulary.own.dollars)
        })
    }

    /// The first word for money in a title.
    fn money_word(&self, title: &str) -> String {
        let words = self.vocabulary.words(title).into_iter();
        words.clone().find(|word| self.vocabulary.own.dollars.contains(word)).unwrap_or_default()
    }

    /// Whether all numbers of a column are too small for a district's totals.
    fn is_small(&self, index: ColumnIndex) -> bool {
        self.are_small(&self.column(index).cells)
    }

    fn are_small(&self, cells: &CellProfile) -> bool {
        let least_total = self.vocabulary.catalog.synonyms.amounts.least_total;
        cells.most.is_some_and(|most| most < least_total)
    }

    /// Reads a column with the name of a total per student, or asks about it if no measure is that.
    fn settle_total_per_head(&mut self, index: ColumnIndex, title: &str) {
        let held = self.column(index).measure().filter(|held| held.times.is_none());
        let Some(held) = held.cloned() else { return };
        let total = self.measure_of(&held).filter(|measure| measure.unit == Unit::Dollars);
        let Some(total) = total.filter(|_| self.is_small(index)) else { return };
        match measure_for_each(self.vocabulary.catalog, &total.id) {
            Some(per_student) => {
                let id = Some(per_student.id.clone());
                let column = self.column_mut(index);
                column.why = wording::titled_per_student(&per_student.label, title);
                column.meaning =
                    ColumnMeaning::Measure(Box::new(MeasureColumn { measure: id, times: None, ..held }));
            }
            None => self.question(index, Some(total.id.clone()), wording::which_amount(title)),
        }
    }

    /// The open columns that may hold such amounts.
    fn possible_amounts(&self) -> Vec<ColumnIndex> {
        let own = &self.vocabulary.own;
        let mut open = self.open_columns();
        open.retain(|index| {
            let column = self.column(*index);
            let words = self.vocabulary.words(&column.name);
            self.is_small(*index)
                && column.cells.kind.is_number()
                && column.cells.least.is_some_and(|least| least >= 0.0)
                && !self.vocabulary.is_unread_name(&column.name)
                && !self.vocabulary.is_called_id(&column.name)
                && !self.vocabulary.names_role(&column.name)
                && !self.vocabulary.has_percent_word(&words)
                && !has_any(&words, &own.heads)
                && !has_any(&words, &own.ratio)
        });
        open
    }

    /// Whether these columns, with those that are read per student, add up to one of the latter in nearly all rows.
    fn add_up_to_total(&self, open: &[ColumnIndex]) -> bool {
        let per_student: Vec<ColumnIndex> = self
            .indexes()
            .filter(|index| self.column(*index).measure().is_some_and(|held| self.is_per_student(held)))
            .collect();
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for (row, number) in per_student.iter().chain(open).flat_map(|index| by_row(self.column(*index))) {
            *sums.entry(row).or_default() += number;
        }
        per_student.iter().any(|total| {
            let totals = by_row(self.column(*total));
            // The total itself is among the numbers that are added up.
            let near = totals.iter().filter(|(row, total)| {
                sums.get(row).is_some_and(|sum| (sum - 2.0 * *total).abs() <= ROUNDING)
            });
            !totals.is_empty() && near.count() as f64 >= LEAST_ADDING_UP * totals.len() as f64
        })
    }

    fn is_per_student(&self, held: &MeasureColumn) -> bool {
        self.measure_of(held).is_some_and(|measure| measure.unit == Unit::DollarsPerStudent)
    }

    /// The measure per student with this name, unless another column has it.
    fn known_per_head(&self, name: &str) -> Option<&'a Measure> {
        let measure = sure_measure(self.vocabulary, name)?;
        let is_taken = self.measures().any(|held| held.measure.as_ref() == Some(&measure.id));
        (measure.unit == Unit::DollarsPerStudent && !is_taken).then_some(measure)
    }

    fn read_per_head(&mut self, index: ColumnIndex, measure: &Measure, title: &str) {
        match fit_numbers(&self.column(index).cells, measure, None) {
            Ok(fit) => {
                let name = self.parsed_name(index);
                let why = wording::titled_per_student(&measure.label, title);
                self.doubtful.remove(&index);
                self.set_measure(index, MeasureColumn::new(&name, measure, Stat::Value, SCORE, fit), why);
            }
            Err(why) => self.question(index, Some(measure.id.clone()), why),
        }
    }

    /// Reads a part of the total as an indicator of the district. Returns whether it is one.
    fn read_own_per_head(&mut self, index: ColumnIndex, name: &str, table: &OwnTable) -> bool {
        let Ok(own) = own_measure(self.vocabulary, name, &self.column(index).cells, table.around) else {
            return false;
        };
        if !own.unit.is_money() {
            return false;
        }
        let (why, parsed) = (own.why.clone(), self.parsed_name(index));
        self.doubtful.remove(&index);
        self.set_measure(index, MeasureColumn::of_own(&parsed, own), why);
        true
    }

    /// The same for lines, each with its numbers.
    pub(super) fn read_lines_per_head(&self, items: &mut [LineItem], numbers: &[&CellProfile]) {
        let Some(title) = self.title_per_head() else { return };
        let noun = self.money_word(title);
        for (item, cells) in items.iter_mut().zip(numbers) {
            let name = wording::per_student(&item.text, &noun);
            let total = match &item.meaning {
                LineMeaning::Known(id) => self.vocabulary.catalog.measures.get(id),
                LineMeaning::Own(own) if self.may_be_amounts(own) => None,
                LineMeaning::Own(_) | LineMeaning::Unread => continue,
            };
            if !self.are_small(cells) || total.is_some_and(|total| total.unit != Unit::Dollars) {
                continue;
            }
            let each = total.and_then(|total| measure_for_each(self.vocabulary.catalog, &total.id));
            let named = sure_measure(self.vocabulary, &name);
            let measure = each.or_else(|| named.filter(|named| named.unit == Unit::DollarsPerStudent));
            match measure.map(|measure| (measure, fit_numbers(cells, measure, None))) {
                Some((measure, Ok(_))) => {
                    item.meaning = LineMeaning::Known(measure.id.clone());
                    item.why = wording::titled_per_student(&measure.label, title);
                }
                _ => self.read_own_line_per_head(item, cells, &name, title),
            }
        }
    }

    /// Whether the numbers of an indicator may be amounts of money: its name says neither that they are percents nor that people or
    /// things are counted.
    fn may_be_amounts(&self, own: &OwnMeasure) -> bool {
        let words = self.vocabulary.words(&own.label);
        matches!(own.unit, Unit::Dollars | Unit::Count)
            && !self.vocabulary.has_percent_word(&words)
            && !has_any(&words, &self.vocabulary.own.heads)
    }

    /// Reads a line as an indicator of the district with a name that says that its amounts are per student.
    fn read_own_line_per_head(&self, item: &mut LineItem, cells: &CellProfile, name: &str, title: &str) {
        match own_measure(self.vocabulary, name, cells, self.surroundings()) {
            Ok(own) if own.unit.is_money() => {
                item.why.clone_from(&own.why);
                item.meaning = LineMeaning::Own(Box::new(own));
            }
            _ => item.leave_unread(&wording::which_amount(title)),
        }
    }
}
