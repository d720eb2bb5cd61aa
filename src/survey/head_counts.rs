//! Columns named only by a student group or grade in a table that counts students: they are counts or shares.

use std::collections::BTreeMap;

use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, MeasureColumn};
use super::matching::{MeasureMatch, matches};
use super::numeric_fit::fit_numbers;
use super::parsed_name::ParsedName;
use crate::catalog::{Catalog, Measure, Stat};
use crate::domain::{ALL, Unit};
use crate::wording::survey_columns as wording;

/// The confidence that groups next to a total count are counts too.
const SCORE: f64 = 0.85;
/// Groups that add up to this share of the total are counts; some students may be in no group or in two.
const SHARE_OF_TOTAL: std::ops::RangeInclusive<f64> = 0.8..=1.05;
/// Numbers up to this may be percents.
const MOST_PERCENT: f64 = 100.0;

/// A measure in a table that counts people.
pub(super) struct HeadCount<'a> {
    pub(super) measure: &'a Measure,
    /// The measure that is the percent of the total.
    pub(super) share: Option<&'a Measure>,
    /// The column with the total.
    pub(super) total: Option<HeadTotal>,
    /// Whether the title names the measure.
    pub(super) is_in_title: bool,
}

/// The column with the total.
pub(super) struct HeadTotal {
    letters: String,
    /// The sum of its numbers.
    sum: f64,
}

/// A column named by a student group or grade.
struct GroupColumn<'a> {
    index: ColumnIndex,
    /// Whether its numbers may be percents of all students.
    may_be_share: bool,
    name: ParsedName,
    matches: Vec<MeasureMatch<'a>>,
}

impl GroupColumn<'_> {
    fn names_measure(&self, measure: &Measure) -> bool {
        self.matches.iter().any(|found| found.measure.id == measure.id && found.is_sure())
    }
}

impl<'a> ColumnClassifier<'a> {
    /// Reads columns named only by a group or grade as counts or shares of the total, unless the title is
    /// about something else.
    pub(super) fn classify_head_counts(&mut self) {
        for measure in counts_of_heads(self.vocabulary.catalog) {
            let heads = self.head_count(measure);
            if self.may_count(&heads) {
                self.classify_group_shares(&heads);
                self.classify_groups_of(&heads);
            }
        }
    }

    pub(super) fn head_count(&self, measure: &'a Measure) -> HeadCount<'a> {
        HeadCount {
            measure,
            share: share_of_heads(self.vocabulary.catalog, measure),
            total: self.columns.iter().find_map(|column| head_total(column, measure)),
            is_in_title: self.title_measure().is_some_and(|titled| titled.measure.id == measure.id),
        }
    }

    /// Whether the title names no measure, or this one, or its share.
    pub(super) fn may_count(&self, heads: &HeadCount<'_>) -> bool {
        if self.narrowed_title().is_some() {
            return false;
        }
        let titled = self.title_measure().map(|titled| &titled.measure.id);
        titled.is_none_or(|id| heads.is_in_title || heads.share.is_some_and(|share| share.id == *id))
    }

    fn classify_groups_of(&mut self, heads: &HeadCount<'_>) {
        let possible_shares = self.possible_shares();
        for index in self.open_columns() {
            let name = self.parsed_name(index);
            if !name.has_group_or_grade() {
                continue;
            }
            let may_be_share = possible_shares.contains(&index);
            let group = GroupColumn {
                index,
                may_be_share,
                matches: matches(self.vocabulary, &self.column(index).name),
                name,
            };
            if self.vocabulary.has_percent_word(&group.name.words) {
                self.classify_share(&group, heads);
            } else if group.name.words.is_empty() || group.names_measure(heads.measure) {
                self.classify_count(&group, heads);
            }
        }
    }

    fn classify_share(&mut self, group: &GroupColumn<'_>, heads: &HeadCount<'_>) {
        let Some(share) = heads.share.filter(|share| group.names_measure(share)) else { return };
        match fit_numbers(&self.column(group.index).cells, share, None) {
            Ok(fit) => {
                let why = wording::share_of_group(&share.label, &fit.why);
                let measure = MeasureColumn::new(&group.name, share, Stat::Value, SCORE, fit);
                self.set_measure(group.index, measure, why);
            }
            Err(why) => {
                let why = wording::unsure_share_of_group(
                    &share.label,
                    group.name.group.as_deref().unwrap_or(ALL),
                    &why,
                );
                self.doubtful.insert(group.index);
                self.column_mut(group.index).leave_unread(Some(share.id.clone()), why);
            }
        }
    }

    fn classify_count(&mut self, group: &GroupColumn<'_>, heads: &HeadCount<'_>) {
        let column = self.column(group.index);
        let Some(because) = heads.evidence(column) else { return };
        // Whole percents look like counts, but add up to much less than the total.
        let are_small = column.cells.most.is_some_and(|most| most <= MOST_PERCENT);
        if group.name.words.is_empty() && are_small && !self.groups_add_up_to(heads.total.as_ref()) {
            let (why, nearest) =
                (wording::count_or_share(&heads.measure.label), Some(heads.measure.id.clone()));
            if group.may_be_share {
                self.question(group.index, nearest, why);
            } else {
                self.column_mut(group.index).leave_unread(nearest, why);
            }
            return;
        }
        if let Ok(fit) = fit_numbers(&column.cells, heads.measure, None) {
            let why = wording::count_of_group(&heads.measure.label, &because, &fit.why);
            let measure = MeasureColumn::new(&group.name, heads.measure, Stat::Value, SCORE, fit);
            self.set_measure(group.index, measure, why);
        }
    }

    /// Whether the groups of one dimension add up to about the total, so they are counts.
    fn groups_add_up_to(&self, total: Option<&HeadTotal>) -> bool {
        let Some(total) = total else { return false };
        let groups = &self.vocabulary.catalog.groups;
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for column in &self.columns {
            if let Some(group) = column.parsed.group.as_ref().and_then(|id| groups.group(id)) {
                *sums.entry(&group.dimension).or_default() += sum(column);
            }
        }
        sums.values().any(|sum| SHARE_OF_TOTAL.contains(&(sum / total.sum)))
    }
}

impl HeadCount<'_> {
    /// Why the whole numbers of a column are counts; `None` if nothing indicates it.
    fn evidence(&self, column: &Column) -> Option<String> {
        if column.cells.kind != ColumnType::WholeNumber {
            return None;
        }
        match &self.total {
            Some(total) if sum(column) <= total.sum => Some(wording::not_above_total(&total.letters)),
            _ => self.is_in_title.then(|| wording::TITLE_SAYS_SO.to_owned()),
        }
    }
}

fn head_total(column: &Column, measure: &Measure) -> Option<HeadTotal> {
    let held = column.measure()?;
    let is_total = held.measure.as_ref() == Some(&measure.id) && held.group == ALL && held.grade == ALL;
    is_total.then(|| HeadTotal { letters: column.letters.clone(), sum: sum(column) })
}

fn sum(column: &Column) -> f64 {
    column.cells.numbers.iter().sum()
}

/// The measures that count people, for which a group's name alone is a sufficient column name.
pub(super) fn counts_of_heads(catalog: &Catalog) -> impl Iterator<Item = &Measure> {
    let counts = catalog.measures.values().filter(|measure| measure.unit == Unit::Count);
    counts.filter(move |measure| is_named_with_groups(catalog, measure))
}

/// Whether the catalog has names that mean a measure only in combination with a group.
fn is_named_with_groups(catalog: &Catalog, measure: &Measure) -> bool {
    catalog.synonyms.measures.get(&measure.id).is_some_and(|names| !names.with_group.is_empty())
}

/// The measure that is a group's percent of the total.
pub(super) fn share_of_heads<'a>(catalog: &'a Catalog, heads: &Measure) -> Option<&'a Measure> {
    let mut shares = catalog.measures.values().filter(|measure| is_share_of(measure, heads));
    shares.find(|measure| is_named_with_groups(catalog, measure))
}

/// Whether a measure is computed only from `heads`, of a group and of all students.
fn is_share_of(measure: &Measure, heads: &Measure) -> bool {
    measure.derive.as_ref().is_some_and(|derivation| {
        derivation.numerator[..] == [heads.id.as_str()] && derivation.denominator[..] == [heads.id.as_str()]
    })
}
