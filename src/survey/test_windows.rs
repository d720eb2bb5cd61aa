//! The times of a school year in which a test is given (fall, winter, spring; BOY, MOY, EOY): each has a measure of its own, since
//! their values are not those of the year.

use std::collections::BTreeSet;

use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::line_item::{LineItem, LineMeaning};
use super::own_measure::OwnMeasure;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::catalog::{Role, Stat};
use crate::domain::Unit;
use crate::wording::own_measures as wording;
use crate::wording::survey_columns::ROW_VALUE;

/// Fewer different times tell nothing apart.
const FEWEST_WINDOWS: usize = 2;

impl Vocabulary<'_> {
    /// Whether a text names a time of the school year and nothing else: `Fall`, `Beginning of Year (BOY)`.
    pub(super) fn is_window(&self, text: &str) -> bool {
        let own = &self.catalog.synonyms.own;
        let tokens = tokenize(text);
        tokens.iter().any(|token| own.windows.contains(token))
            && tokens.iter().all(|token| own.windows.contains(token) || own.beside_windows.contains(token))
    }

    /// The time of the school year that a text names, with or without the year, and nothing else.
    pub(super) fn window_in(&self, text: &str) -> Option<String> {
        let Some(mention) = self.find_year(text) else {
            return self.is_window(text).then(|| folded_window(text));
        };
        let rest = format!("{} {}", &text[..mention.phrase_start], &text[mention.span.end..]);
        if self.is_window(&rest) {
            return Some(folded_window(&rest));
        }
        // `Fall 2023` is a school year in itself.
        let season: String = mention.text.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect();
        let is_alone = tokenize(&rest).is_empty() && self.is_window(&season);
        is_alone.then(|| folded_window(&season))
    }

    /// The different times of the school year that texts name.
    pub(super) fn windows_in<'t>(&self, texts: impl Iterator<Item = &'t String>) -> BTreeSet<String> {
        texts.filter_map(|text| self.window_in(text)).collect()
    }
}

/// A time of the year as it is shown, without signs around it.
fn folded_window(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '›').collect();
    let joined = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    joined.trim_matches(|c: char| matches!(c, ',' | '-' | '–' | ':' | '_' | ' ')).to_owned()
}

impl ColumnClassifier<'_> {
    /// Makes measures of their own of the values in a table with a column for the time of the school year.
    pub(super) fn split_windows(&mut self) {
        if self.has_role(Role::Measure) {
            return;
        }
        let (Some(window), Some(base)) = (self.window_column(), self.measure_over_windows()) else { return };
        let mut items = Vec::new();
        for text in self.column(window).cells.texts.keys() {
            let own = base.narrowed(text);
            let why = own.why.clone();
            items.push(LineItem { text: text.clone(), meaning: LineMeaning::Own(Box::new(own)), why });
        }
        let column = self.column_mut(window);
        column.meaning = ColumnMeaning::Role(Role::Measure);
        wording::WINDOWS.clone_into(&mut column.why);
        column.items = items;
        for index in self.indexes() {
            if let Some(measure) = self.column(index).measure().cloned() {
                let value = MeasureColumn { measure: None, own: None, ..measure };
                self.set_measure(index, value, ROW_VALUE.to_owned());
            }
        }
    }

    /// The only column without a meaning whose texts are times of the school year.
    fn window_column(&self) -> Option<ColumnIndex> {
        let mut columns = self.indexes().filter(|index| {
            let column = self.column(*index);
            let texts = &column.cells.texts;
            column.is_unread()
                && column.cells.kind == ColumnType::Text
                && texts.keys().all(|text| self.vocabulary.find_year(text).is_none())
                && texts.keys().all(|text| self.vocabulary.is_window(text))
                && self.vocabulary.windows_in(texts.keys()).len() >= FEWEST_WINDOWS
        });
        columns.next().filter(|_| columns.next().is_none())
    }

    /// The measure of all columns of values, if it is one, and each column has its values of another year.
    fn measure_over_windows(&self) -> Option<OwnMeasure> {
        let columns: Vec<&Column> = self.columns.iter().filter(|column| column.measure().is_some()).collect();
        let first = columns.first()?.measure()?;
        let mut years = BTreeSet::new();
        for measure in columns.iter().filter_map(|column| column.measure()) {
            let is_same = measure.measure == first.measure
                && measure.stat == Stat::Value
                && measure.breakdown() == first.breakdown()
                && measure.is_share() == first.is_share();
            if !is_same || !years.insert(measure.year) {
                return None;
            }
        }
        if let Some(own) = &first.own {
            return Some((**own).clone());
        }
        let known = self.measure_of(first)?;
        let is_result = matches!(known.unit, Unit::Percent | Unit::Points);
        is_result.then(|| OwnMeasure::like(known, first.is_share(), &columns[0].cells))
    }
}
