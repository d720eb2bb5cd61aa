//! Columns named only by a student group, grade or year, in a table whose title names the measure.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::MeasureColumn;
use super::district_values::is_called_district;
use super::head_counts::share_of_heads;
use super::numeric_fit::{fit_numbers, fit_unlabeled_numbers};
use super::parsed_name::ParsedName;
use super::tokens::tokenize;
use crate::catalog::{LeftOver, Measure, Role, Stat};
use crate::domain::{ALL, Unit};
use crate::wording::survey_columns as wording;

/// The confidence in a match by the table's title.
const SCORE: f64 = 0.85;

/// The measure that a table is about, and the text that names it.
#[derive(Clone, Copy)]
pub(super) struct TitleMeasure<'a> {
    pub(super) measure: &'a Measure,
    title: &'a str,
}

impl<'a> TitleMeasure<'a> {
    /// The measure that another text than a title names.
    pub(super) const fn new(measure: &'a Measure, title: &'a str) -> Self {
        Self { measure, title }
    }
}

/// Two columns of values: a count, and a percent.
#[derive(Clone, Copy)]
struct CountAndPercent {
    count: ColumnIndex,
    percent: ColumnIndex,
}

impl<'a> ColumnClassifier<'a> {
    /// The measure that the table is about, according to its titles, sheet name or file name. `None` if its numbers may be
    /// ranks, or the title says more than the measure's name.
    pub(super) fn title_measure(&self) -> Option<TitleMeasure<'a>> {
        if self.is_titled_rank() {
            return None;
        }
        let naming = self.naming_title().filter(|naming| !self.is_narrowed(naming))?;
        Some(TitleMeasure { measure: naming.measure, title: naming.title })
    }

    /// Whether the text around the table says that its numbers are ranks.
    fn is_titled_rank(&self) -> bool {
        self.context.iter().any(|title| self.vocabulary.titles_rank(title))
    }

    /// Whether the title says that the number in a column is a rank, and its name does not say that it is a rate.
    pub(super) fn is_below_rank(&self, index: ColumnIndex) -> bool {
        self.is_titled_rank() && !self.vocabulary.says_rate(&self.column(index).name)
    }

    /// Below a title that says ranks: leaves columns unread whose own names do not say that they are anything else.
    pub(super) fn reject_titled_ranks(&mut self) {
        if !self.is_titled_rank() {
            return;
        }
        let left_over = &self.vocabulary.catalog.synonyms.left_over;
        for index in self.indexes() {
            let name = self.parsed_name(index);
            let column = self.column(index);
            let is_rate = column.measure().is_some_and(|measure| self.is_percent(measure));
            let is_bare = column.is_open()
                && (names_no_measure(&name, self.vocabulary.means_all(&column.name), left_over)
                    || self.is_called_value(index));
            if is_bare || is_rate && !self.vocabulary.says_rate(&column.name) {
                self.doubtful.insert(index);
                self.column_mut(index).leave_unread(None, wording::RANK.to_owned());
            }
        }
    }

    /// Reads columns named only by a group, grade or year as the measure in the title.
    pub(super) fn classify_by_title(&mut self) {
        let Some(titled) = self.title_measure() else { return };
        self.reopen_shares_of_all(titled);
        for index in self.open_columns() {
            let name = self.parsed_name(index);
            let means_all = self.vocabulary.means_all(&self.column(index).name);
            let is_bare = names_no_measure(&name, means_all, &self.vocabulary.catalog.synonyms.left_over);
            if is_bare || self.holds_districts_values(index) && !self.is_share_of_heads(titled.measure) {
                self.classify_as_titled(index, &name, titled);
            }
        }
        let has_title_measure =
            self.measures().any(|column| column.measure.as_ref() == Some(&titled.measure.id));
        if has_title_measure {
            return;
        }
        if let Some(index) = self.only_value_column() {
            let name = self.parsed_name(index);
            self.classify_as_titled(index, &name, titled);
        } else if let Some(pair) = self.count_and_percent() {
            self.classify_pair(pair, titled);
        } else if let Some(index) = self.only_percent().filter(|_| titled.measure.unit == Unit::Percent) {
            let name = self.parsed_name(index);
            self.classify_as_titled(index, &name, titled);
        }
    }

    /// Below a title that names a rate, `All Students %` is that rate and not the share of all students in the enrollment.
    fn reopen_shares_of_all(&mut self, titled: TitleMeasure<'_>) {
        let shares = self.shares_of_heads();
        if titled.measure.unit != Unit::Percent || self.is_share_of_heads(titled.measure) {
            return;
        }
        for index in self.indexes() {
            let column = self.column(index);
            let is_share = column.measure().is_some_and(|measure| {
                measure.stat == Stat::Value
                    && measure.group == ALL
                    && measure.measure.as_deref().is_some_and(|id| shares.contains(&id))
            });
            if is_share && self.is_percent_of_all(&column.name) {
                let name = self.parsed_name(index);
                self.classify_as_titled(index, &name, titled);
            }
        }
    }

    /// The ids of the measures that are the share of a group in a count.
    fn shares_of_heads(&self) -> Vec<&'a str> {
        let heads = self.vocabulary.catalog.measures.values().filter(|measure| measure.unit == Unit::Count);
        heads
            .filter_map(|measure| share_of_heads(self.vocabulary.catalog, measure))
            .map(|share| share.id.as_str())
            .collect()
    }

    fn is_share_of_heads(&self, measure: &Measure) -> bool {
        self.shares_of_heads().contains(&measure.id.as_str())
    }

    /// Whether a column called "District" has numbers that are not ids.
    pub(super) fn holds_districts_values(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        is_called_district(self.vocabulary, column)
            && column.cells.kind.is_number()
            && !self.vocabulary.is_called_id(&column.name)
            && [Role::DistrictId, Role::DistrictName, Role::SchoolId, Role::SchoolName]
                .into_iter()
                .all(|role| !self.has_role(role))
    }

    /// Whether a name means everybody, or just students, apart from the word for a percent.
    fn is_percent_of_all(&self, name: &str) -> bool {
        let left_over = &self.vocabulary.catalog.synonyms.left_over;
        let mut words = tokenize(name);
        words.retain(|word| !left_over.percent.contains(word));
        let says_nothing =
            self.vocabulary.canonical_words(&words).iter().all(|word| left_over.harmless.contains(word));
        says_nothing || self.vocabulary.means_all(&words.join(" "))
    }

    /// The only open column whose name says that it is a percent, if it says nothing else (`PROGRAM_PERCENT`).
    fn only_percent(&self) -> Option<ColumnIndex> {
        let harmless = &self.vocabulary.catalog.synonyms.left_over.harmless;
        let mut percents = self.open_columns();
        percents.retain(|index| self.vocabulary.has_percent_word(&self.parsed_name(*index).words));
        match percents[..] {
            [only] if self.parsed_name(only).has_only(harmless) => Some(only),
            _ => None,
        }
    }

    /// The two open columns that are called values, if one of them is called a percent.
    fn count_and_percent(&self) -> Option<CountAndPercent> {
        let mut open = self.open_columns();
        open.retain(|index| self.is_called_value(*index));
        let [one, other] = open[..] else { return None };
        let [is_one, is_other] =
            [one, other].map(|index| self.vocabulary.has_percent_word(&self.parsed_name(index).words));
        match (is_one, is_other) {
            (false, true) => Some(CountAndPercent { count: one, percent: other }),
            (true, false) => Some(CountAndPercent { count: other, percent: one }),
            _ => None,
        }
    }

    /// Reads a count and a percent as the measure in the title and its share of the whole; of a rate, only the percent.
    fn classify_pair(&mut self, pair: CountAndPercent, titled: TitleMeasure<'_>) {
        let share = match titled.measure.unit {
            Unit::Percent => Some(titled.measure),
            _ => share_of_heads(self.vocabulary.catalog, titled.measure),
        };
        if let Some(share) = share {
            let name = self.parsed_name(pair.percent);
            self.classify_as_titled(pair.percent, &name, TitleMeasure { measure: share, ..titled });
        }
        if titled.measure.unit == Unit::Count {
            let name = self.parsed_name(pair.count);
            self.classify_as_titled(pair.count, &name, titled);
        }
    }

    /// The only open column, if it is called a value without saying of what.
    fn only_value_column(&self) -> Option<ColumnIndex> {
        match self.open_columns()[..] {
            [only] if self.is_called_value(only) => Some(only),
            _ => None,
        }
    }

    /// Reads a column as the measure that a text around it names, if its numbers fit.
    pub(super) fn classify_as_titled(
        &mut self,
        index: ColumnIndex,
        name: &ParsedName,
        titled: TitleMeasure<'_>,
    ) {
        let TitleMeasure { measure, title } = titled;
        let column = self.column(index);
        let says_rate = self.vocabulary.says_rate(title) || self.vocabulary.says_rate(&column.name);
        let fit_measure = if says_rate { fit_numbers } else { fit_unlabeled_numbers };
        match fit_measure(&column.cells, measure, None) {
            Ok(fit) => {
                if !names_other_unit(name, measure, &self.vocabulary.catalog.synonyms.left_over) {
                    let why = wording::measure_by_title(&measure.label, title, &fit.why);
                    self.set_measure(index, MeasureColumn::new(name, measure, Stat::Value, SCORE, fit), why);
                }
            }
            Err(why) => {
                let why = wording::misfit_of_title(&measure.label, title, &why);
                self.doubtful.insert(index);
                self.column_mut(index).leave_unread(Some(measure.id.clone()), why);
            }
        }
    }
}

/// Whether a name has a group, grade, subject or year, and no words for a measure.
pub(super) fn names_no_measure(name: &ParsedName, means_all: bool, words: &LeftOver) -> bool {
    let is_harmless = name.has_only(&words.harmless);
    let has_breakdown = name.has_group_or_grade() || name.subject.is_some() || means_all;
    // Only a year, possibly with a percent sign; "2023-24 Students" may be a count.
    let is_year = name.year.is_some() && (name.words.is_empty() || name.has_any(&words.percent));
    is_harmless && (has_breakdown || is_year)
}

/// Whether a word says that the number is a percent although the measure is not, or the other way around.
fn names_other_unit(name: &ParsedName, measure: &Measure, words: &LeftOver) -> bool {
    let is_percent = measure.unit == Unit::Percent;
    let contradicting = if is_percent { &words.number } else { &words.percent };
    name.has_any(contradicting)
}
