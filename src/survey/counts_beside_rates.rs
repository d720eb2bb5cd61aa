//! Counts named only as students, next to a rate: they are the people of the rate, not all students.

use super::by_name::matched_measure;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, MeasureColumn};
use super::rate_parts::are_parts_of;
use super::tokens::has_phrase;
use crate::catalog::Stat;
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

impl ColumnClassifier<'_> {
    /// Leaves a bare count unread if it is the denominator of the rate next to it, or may be: of one whose measure is not
    /// known, row by row, or of the only measure in the table.
    pub(super) fn question_bare_counts(&mut self) {
        let bare: Vec<ColumnIndex> = self.indexes().filter(|index| self.is_bare_count(*index)).collect();
        for index in bare {
            let nearest = self.column(index).measure().and_then(|measure| measure.measure.clone());
            if let Some(rate) = self.unknown_rate_of(index) {
                let why = wording::counts_people_of_rate(&self.column(rate).letters);
                self.column_mut(index).leave_unread(nearest, why);
            } else if let Some(rate) = self.only_rate_beside(index) {
                let why = wording::may_count_people_of_rate(&self.column(rate).letters);
                self.column_mut(index).leave_unread(nearest, why);
            }
        }
    }

    /// Asks about a bare count if the text around the table says which people it may count, unless it names a student group.
    pub(super) fn question_counts_of_others(&mut self) {
        for other in self.vocabulary.catalog.synonyms.beside.iter().filter(|other| other.bare) {
            let is_said = self.context.iter().any(|text| {
                has_phrase(text, &other.around)
                    && !has_phrase(text, &other.unless)
                    && self.vocabulary.title_terms(text).group.is_none()
            });
            if !is_said {
                continue;
            }
            for index in self.indexes() {
                let named = self.column(index).measure().and_then(|measure| measure.measure.clone());
                let is_other = named.as_ref().is_some_and(|id| other.measures.contains(id));
                if is_other && self.is_bare_count(index) {
                    self.question(index, named, other.why.clone());
                }
            }
        }
    }

    /// Whether a column counts all students by a name that does not say which students it means.
    fn is_bare_count(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        let Some(measure) = column.measure() else { return false };
        let is_count = measure.stat == Stat::Value
            && self.measure_of(measure).is_some_and(|known| known.unit == Unit::Count);
        is_count
            && matched_measure(self.vocabulary, &column.name)
                .is_some_and(|found| found.is_bare_count(self.vocabulary))
    }

    /// An unread column of percents that is the quotient of an unread count and this one.
    fn unknown_rate_of(&self, denominator: ColumnIndex) -> Option<ColumnIndex> {
        let open = self.open_columns();
        let rates = open.iter().filter(|index| self.may_be_rate(self.column(**index)));
        let mut rates = rates.filter(|rate| {
            open.iter().filter(|numerator| numerator != rate).any(|numerator| {
                let parts = [self.column(*numerator), self.column(denominator)];
                are_parts_of(&self.column(**rate).cells, parts.map(|column| &column.cells))
            })
        });
        rates.next().copied()
    }

    fn may_be_rate(&self, column: &Column) -> bool {
        self.vocabulary.says_rate(&column.name) || !column.cells.are_counts()
    }

    /// The rate next to a count, if it is the only other measure and the table's title does not name what is counted.
    fn only_rate_beside(&self, count: ColumnIndex) -> Option<ColumnIndex> {
        let counted = self.column(count).measure()?.measure.clone();
        if self.title_measure().is_some_and(|titled| Some(&titled.measure.id) == counted.as_ref()) {
            return None;
        }
        let mut others = self.indexes().filter(|index| {
            self.column(*index)
                .measure()
                .is_some_and(|other| other.stat == Stat::Value && other.measure != counted)
        });
        let (Some(only), None) = (others.next(), others.next()) else { return None };
        let is_next = only.0.abs_diff(count.0) == 1;
        let is_rate = self
            .column(only)
            .measure()
            .is_some_and(|rate| self.is_percent(rate) && !self.is_share_of(rate, &counted));
        (is_next && is_rate).then_some(only)
    }

    /// Whether a rate is a group's share of those who are counted, so that the count is its whole.
    fn is_share_of(&self, rate: &MeasureColumn, counted: &Option<String>) -> bool {
        let derivation = self.measure_of(rate).and_then(|measure| measure.derive.as_ref());
        derivation
            .is_some_and(|derivation| derivation.denominator.iter().any(|id| Some(id) == counted.as_ref()))
    }
}
