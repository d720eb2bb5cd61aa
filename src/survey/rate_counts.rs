//! Columns named as numerator or denominator (`Number Tested`) that belong to the only rate next to them.

use std::collections::{BTreeMap, BTreeSet};

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::MeasureColumn;
use super::parsed_name::ParsedName;
use crate::catalog::Stat;
use crate::wording::survey_columns as wording;

/// Group, grade and subject, and the end of the school year.
type RateKey = ([String; 3], Option<i32>);
/// The same, and the words of a name without those for a percent or a number.
type NameKey = (RateKey, BTreeSet<String>);

impl ColumnClassifier<'_> {
    /// Reads counts of people with such names as parts of the only rate for the same group, grade, subject
    /// and year.
    pub(super) fn classify_rate_counts(&mut self) {
        // This step adds only counts, so the set of rates does not change.
        let rates = self.only_rates();
        let percents = self.percents_by_name();
        let numbers = &self.vocabulary.catalog.synonyms.left_over.number;
        for index in self.open_columns() {
            let name = self.parsed_name(index);
            let key = name_key(&name, numbers);
            if let Some(Some(rate)) = key.and_then(|key| percents.get(&key)) {
                if self.column(index).cells.are_counts() {
                    self.set_rate_count(index, rate, Stat::Numerator);
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

    /// The percents of people by what their names count (`Chronically Absent %`); `None` if there are several of the same name.
    fn percents_by_name(&self) -> BTreeMap<NameKey, Option<MeasureColumn>> {
        let percents = &self.vocabulary.catalog.synonyms.around.percents;
        let mut rates = BTreeMap::new();
        for column in &self.columns {
            let rate = column.measure().filter(|rate| rate.stat == Stat::Value && self.is_percent(rate));
            if let (Some(rate), Some(key)) = (rate, name_key(&column.parsed, percents)) {
                let known = rates.entry(key);
                known.and_modify(|rate| *rate = None).or_insert_with(|| Some(rate.clone()));
            }
        }
        rates
    }

    /// Whether a name means the numerator or denominator of some rate.
    pub(super) fn named_stat(&self, name: &ParsedName) -> Option<Stat> {
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

    pub(super) fn set_rate_count(&mut self, index: ColumnIndex, rate: &MeasureColumn, stat: Stat) {
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

/// What a name counts, if it has a word of the list, and others.
fn name_key(name: &ParsedName, list: &[String]) -> Option<NameKey> {
    let others: BTreeSet<String> = name.words.iter().filter(|word| !list.contains(word)).cloned().collect();
    let is_named = name.has_any(list) && !others.is_empty();
    is_named.then(|| ((name.breakdown(), name.year_end()), others))
}
