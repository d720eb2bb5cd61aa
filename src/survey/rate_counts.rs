//! Columns named as numerator or denominator (`Number Tested`) that belong to the only rate next to them.

use std::collections::{BTreeMap, BTreeSet};

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, MeasureColumn};
use super::parsed_name::ParsedName;
use crate::catalog::Stat;
use crate::wording::survey_columns as wording;

/// Group, grade and subject, and the end of the school year.
type RateKey = ([String; 3], Option<i32>);

impl ColumnClassifier<'_> {
    /// Reads counts of people with such names as parts of the only rate for the same group, grade, subject
    /// and year.
    pub(super) fn classify_rate_counts(&mut self) {
        // This step adds only counts, so the set of rates does not change.
        let rates = self.only_rates();
        for index in self.open_columns() {
            let name = self.parsed_name(index);
            if let Some(rate) = self.percent_of_same_name(&name) {
                if self.column(index).cells.are_counts() {
                    self.set_rate_count(index, &rate, Stat::Numerator);
                }
                continue;
            }
            let Some(stat) = self.named_stat(&name) else { continue };
            let key = (name.breakdown(), name.year_end());
            if let Some(Some(rate)) = rates.get(&key)
                && self.column(index).cells.are_counts()
            {
                self.set_rate_count(index, rate, stat);
            }
        }
    }

    /// The rates by group, grade, subject and year; `None` if there are several for the same combination.
    fn only_rates(&self) -> BTreeMap<RateKey, Option<MeasureColumn>> {
        let mut rates = BTreeMap::new();
        for column in self.measures() {
            if column.stat == Stat::Value && self.is_percent(column) {
                let rate = rates.entry((column.breakdown(), column.year));
                rate.and_modify(|rate| *rate = None).or_insert_with(|| Some(column.clone()));
            }
        }
        rates
    }

    /// The only percent of which a name gives the number: `Chronically Absent %` for `Chronically Absent #`.
    fn percent_of_same_name(&self, name: &ParsedName) -> Option<MeasureColumn> {
        let left_over = &self.vocabulary.catalog.synonyms.left_over;
        let percents = &self.vocabulary.catalog.synonyms.around.percents;
        let counted = words_except(name, &left_over.number)?;
        let columns = self.columns.iter().filter(|column| {
            let parsed = &column.parsed;
            parsed.breakdown() == name.breakdown()
                && parsed.year_end() == name.year_end()
                && words_except(parsed, percents).is_some_and(|words| words == counted)
        });
        let rates = columns.filter_map(Column::measure);
        let mut rates = rates.filter(|rate| rate.stat == Stat::Value && self.is_percent(rate));
        let rate = rates.next()?;
        rates.next().is_none().then(|| rate.clone())
    }

    /// Whether a name means the numerator or denominator of some rate.
    fn named_stat(&self, name: &ParsedName) -> Option<Stat> {
        let names = &self.vocabulary.catalog.synonyms.stats;
        let words = name.words.join(" ");
        if words.is_empty() {
            None
        } else if self.vocabulary.any_has_words(&names.denominator, &words) {
            Some(Stat::Denominator)
        } else if self.vocabulary.any_has_words(&names.numerator, &words) {
            Some(Stat::Numerator)
        } else {
            None
        }
    }

    fn set_rate_count(&mut self, index: ColumnIndex, rate: &MeasureColumn, stat: Stat) {
        let label = self.measure_of(rate).map_or(wording::UNNAMED_RATE, |measure| &measure.label);
        let why = match stat {
            Stat::Denominator => wording::rate_denominator(label),
            _ => wording::rate_numerator(label),
        };
        // The year may be elsewhere in its name than in that of the rate.
        let year_mention = self.column(index).parsed.year.clone();
        self.set_measure(index, MeasureColumn { year_mention, ..rate.part(stat) }, why);
    }
}

/// The words of a name besides those of a list; `None` if it has none of the list, or no others.
fn words_except<'n>(name: &'n ParsedName, list: &[String]) -> Option<BTreeSet<&'n String>> {
    let others: BTreeSet<&String> = name.words.iter().filter(|word| !list.contains(word)).collect();
    (name.has_any(list) && !others.is_empty()).then_some(others)
}
