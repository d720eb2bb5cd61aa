//! Levels of achievement in columns next to each other that together cover everyone: those that count as proficient are added up.

use std::collections::BTreeMap;

use super::achievement_levels::{FEWEST_LEVELS, GREATEST_FRACTION, MOST_LEVELS};
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::level_name::LevelName;
use super::numeric_fit::NumericFit;
use super::own_measure::values_seen;
use super::tokens::has_phrase;
use crate::catalog::{LevelWords, Measure, Role, Stat};
use crate::domain::ALL;
use crate::wording::survey_levels as wording;

/// The confidence that levels with such names are levels.
const SCORE: f64 = 0.9;
/// The factor from fractions to percents.
const PERCENTS: f64 = 100.0;
/// How far the sum of levels may be from a number that is their sum, for each of them: percents are rounded.
const ROUNDING: f64 = 0.51;

/// Columns of levels about the same students, grade, subject and year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct LevelFamily {
    breakdown: [String; 3],
    year: Option<i32>,
    /// The text above the names.
    heading: Option<String>,
    is_rate: bool,
}

/// A level in a column.
#[derive(Debug, Clone, Copy)]
struct LevelColumn {
    index: ColumnIndex,
    name: LevelName,
}

/// Levels that together cover everyone.
struct LevelRun {
    family: LevelFamily,
    levels: Vec<LevelColumn>,
    /// The column with everybody, for numbers of people; `None` if the levels are percents.
    total: Option<ColumnIndex>,
    /// Whether the levels may just as well be percents that add up to about 100 in each row.
    is_unclear: bool,
}

impl ColumnClassifier<'_> {
    /// Adds up the levels that count as proficient, or asks which do. No level is a measure of its own.
    pub(super) fn add_up_levels(&mut self) {
        let levels = &self.vocabulary.catalog.synonyms.levels;
        let Some(together) = levels.together.as_ref().and_then(|id| self.vocabulary.catalog.measures.get(id))
        else {
            return;
        };
        let mut runs = Vec::new();
        for (family, columns) in self.level_families() {
            runs.extend(self.level_runs(&family, &columns));
        }
        for run in &runs {
            let is_only = runs.iter().filter(|other| other.is_about_same(run)).count() == 1;
            self.settle_run(run, is_only, together);
        }
    }

    /// The columns with names of levels, by what they are about.
    fn level_families(&self) -> BTreeMap<LevelFamily, Vec<LevelColumn>> {
        let mut families: BTreeMap<LevelFamily, Vec<LevelColumn>> = BTreeMap::new();
        for index in self.indexes() {
            let column = self.column(index);
            // Of cells with several numbers, none can be added up.
            let is_none = column.is_label() || column.split.is_some();
            if is_none || column.cells.least.is_none_or(|least| least < 0.0) {
                continue;
            }
            let heading = column.name.rsplit_once(" › ");
            let last = heading.map_or(column.name.as_str(), |(_, last)| last);
            let Some(name) = self.level_name(column, last, heading.is_some()) else { continue };
            let family = LevelFamily {
                breakdown: column.parsed.breakdown(),
                year: column.parsed.year_end(),
                heading: heading.map(|(heading, _)| heading.to_owned()),
                is_rate: self.vocabulary.says_rate(last),
            };
            families.entry(family).or_default().push(LevelColumn { index, name });
        }
        families
    }

    /// The level that the lowest text of a column's header names.
    fn level_name(&self, column: &Column, last: &str, has_heading: bool) -> Option<LevelName> {
        let synonyms = &self.vocabulary.catalog.synonyms;
        let levels = &synonyms.levels;
        let lists = [&levels.below, &levels.reached, &levels.numbered];
        // Parsing a name is slow, and few columns are levels.
        if !lists.into_iter().any(|list| column.parsed.has_any(list)) {
            return None;
        }
        if last.contains('+') || has_phrase(last, &levels.cumulative) {
            return None;
        }
        if !has_heading {
            return LevelName::of(&column.parsed, levels, &synonyms.left_over);
        }
        LevelName::of(&self.vocabulary.parse_name(last), levels, &synonyms.left_over)
    }

    /// The longest runs of columns that together cover everyone.
    fn level_runs(&self, family: &LevelFamily, columns: &[LevelColumn]) -> Vec<LevelRun> {
        let mut runs = Vec::new();
        let mut start = 0;
        while start + FEWEST_LEVELS <= columns.len() {
            let longest = MOST_LEVELS.min(columns.len() - start);
            let run = (FEWEST_LEVELS..=longest)
                .rev()
                .find_map(|length| self.run_of(family, &columns[start..start + length]));
            start += run.as_ref().map_or(1, |run| run.levels.len());
            runs.extend(run);
        }
        runs
    }

    /// These columns, if together they cover everyone.
    fn run_of(&self, family: &LevelFamily, levels: &[LevelColumn]) -> Option<LevelRun> {
        let indexes: Vec<ColumnIndex> = levels.iter().map(|level| level.index).collect();
        let levels = levels.to_vec();
        let family_of = family.clone();
        let add_up = self.rows_adding_up(&indexes).is_some();
        if add_up && family.is_rate {
            return Some(LevelRun { family: family_of, levels, total: None, is_unclear: false });
        }
        let total = self.total_of(&indexes);
        if !add_up || self.are_numbers_of_people(&indexes) {
            return Some(LevelRun { family: family_of, levels, total: Some(total?), is_unclear: false });
        }
        // Numbers of about 100 people add up like percents, but to a total that changes from row to row.
        let total = total.filter(|total| self.changes(*total));
        let is_clear = total.is_none_or(|total| self.is_named_after_people(total));
        Some(LevelRun { family: family_of, levels, total, is_unclear: !is_clear })
    }

    fn settle_run(&mut self, run: &LevelRun, is_only: bool, together: &Measure) {
        let family = &run.family;
        let reached = run.reached(self.vocabulary.catalog.synonyms.levels.usual_number);
        // Incidents have levels too.
        if run.total.is_some() && !reached.is_sure && !self.is_said_of_test(family) {
            return;
        }
        let names: Vec<String> =
            run.levels.iter().map(|level| self.column(level.index).name.clone()).collect();
        if let Some(total) = run.total.filter(|_| run.is_unclear) {
            return self.ask_for_unit(run, total, &names, together);
        }
        let has_unique_names = run.levels.iter().all(|level| self.column(level.index).occurrence.is_none());
        let is_known = self.has_rate_beside(run, family, together);
        if let [only] = reached.columns[..]
            && reached.is_sure
            && is_only
            && !is_known
            && self.column(only).measure().is_some()
        {
            // The highest level is the share at or above it.
            return self.close_levels(run, &[only], &wording::one_of_levels(&names));
        }
        // Two with the same subject may be of the fall and the spring.
        let may_add =
            is_only && !is_known && has_unique_names && family.year.is_none() && !reached.columns.is_empty();
        if may_add && reached.is_sure {
            self.close_levels(run, &reached.columns, &wording::one_of_levels(&names));
            return self.add_levels(run, &reached.columns, together);
        }
        self.close_levels(run, &[], &wording::one_of_levels(&names));
        if !is_known {
            self.ask_for_levels(run, &reached.columns, &names, together, may_add);
        }
    }

    /// Whether a subject, or the text around the table, says that levels are those of a test.
    fn is_said_of_test(&self, family: &LevelFamily) -> bool {
        let [_, _, subject] = &family.breakdown;
        let about = &self.vocabulary.catalog.synonyms.tests.about;
        let mut texts = self.context.iter().chain(&family.heading);
        subject != ALL
            || self.has_role(Role::Subject)
            || texts
                .any(|text| has_phrase(text, about) || self.vocabulary.title_terms(text).subject.is_some())
    }

    /// Whether another column has the share of students at or above a level for the same students. One whose numbers are the sum
    /// of the highest levels is read as that, whatever its name adds.
    fn has_rate_beside(&mut self, run: &LevelRun, family: &LevelFamily, together: &Measure) -> bool {
        let levels = &self.vocabulary.catalog.synonyms.levels;
        let outside: Vec<ColumnIndex> = self
            .indexes()
            .filter(|index| run.levels.iter().all(|level| level.index != *index))
            .filter(|index| {
                let name = &self.column(*index).parsed;
                name.breakdown() == family.breakdown && name.year_end() == family.year
            })
            .collect();
        if outside.iter().any(|index| is_at_or_above(self.column(*index), levels)) {
            return true;
        }
        if run.total.is_some() {
            return false;
        }
        let named = outside.into_iter().find(|index| {
            let column = self.column(*index);
            column.is_open()
                && column.parsed.has_any(&levels.reached)
                && run.sums_of_highest().iter().any(|parts| self.are_sum_of(*index, parts, ROUNDING))
        });
        let Some(index) = named else { return false };
        let measure = self.level_measure_column(index, together, Stat::Value);
        self.doubtful.remove(&index);
        self.set_measure(index, measure, wording::sum_of_highest_levels(&together.label));
        true
    }

    fn level_measure_column(&self, index: ColumnIndex, together: &Measure, stat: Stat) -> MeasureColumn {
        let cells = &self.column(index).cells;
        let is_fraction = stat == Stat::Value && cells.most.is_some_and(|most| most <= GREATEST_FRACTION);
        let fit = NumericFit { times: is_fraction.then_some(PERCENTS), ..NumericFit::default() };
        MeasureColumn::new(&self.parsed_name(index), together, stat, SCORE, fit)
    }

    /// Leaves the levels unread, except those at `kept`.
    fn close_levels(&mut self, run: &LevelRun, kept: &[ColumnIndex], why: &str) {
        for level in run.levels.iter().filter(|level| !kept.contains(&level.index)) {
            self.close(level.index, None, why.to_owned());
        }
    }

    /// Reads the sum of these levels.
    fn add_levels(&mut self, run: &LevelRun, reached: &[ColumnIndex], together: &Measure) {
        let names: Vec<String> = reached.iter().map(|index| self.column(*index).name.clone()).collect();
        let stat = if run.total.is_some() { Stat::Numerator } else { Stat::Value };
        let Some((first, others)) = reached.split_first() else { return };
        let times = self.times_of_levels(run);
        let mut measure = MeasureColumn { times, ..self.level_measure_column(*first, together, stat) };
        let why = wording::levels_added_up(&together.label, &names);
        for index in others {
            self.doubtful.insert(*index);
            self.closed.insert(*index);
            let column = self.column_mut(*index);
            column.meaning = ColumnMeaning::AddedTo(names[0].clone());
            column.why = wording::ADDED_LEVEL.to_owned();
        }
        if let Some(total) = run.total {
            measure.weight = self.set_total(total, &measure);
        }
        self.closed.insert(*first);
        self.doubtful.remove(first);
        self.set_measure(*first, measure, why);
        if names.len() > 1 {
            self.column_mut(*first).sum = names;
        }
    }

    /// Reads the column with everybody as the rate's denominator. Returns its name if it has a measure of its own.
    fn set_total(&mut self, total: ColumnIndex, measure: &MeasureColumn) -> Option<String> {
        let column = self.column(total);
        // What is just called a total is that of the students who were tested, and no enrollment.
        let harmless = &self.vocabulary.catalog.synonyms.left_over.harmless;
        let has_own = column.measure().is_some() && !column.parsed.has_only(harmless);
        if has_own && column.occurrence.is_none() {
            return Some(column.name.clone());
        }
        self.closed.insert(total);
        self.set_measure(total, measure.part(Stat::Denominator), wording::TOTAL_OF_LEVELS.to_owned());
        None
    }

    /// The factor for percents of levels: all of them have one scale.
    fn times_of_levels(&self, run: &LevelRun) -> Option<f64> {
        let greatest = run.levels.iter().filter_map(|level| self.column(level.index).cells.most);
        let are_fractions = run.total.is_none() && greatest.fold(0.0, f64::max) <= GREATEST_FRACTION;
        are_fractions.then_some(PERCENTS)
    }

    /// Asks whether levels are percents or numbers of people.
    fn ask_for_unit(&mut self, run: &LevelRun, total: ColumnIndex, names: &[String], together: &Measure) {
        let why = wording::percents_or_people(names, &self.column(total).name);
        self.notes.push(why.clone());
        self.close_levels(run, &[], &why);
        self.close(total, Some(together.id.clone()), why);
    }

    /// Asks which levels count as proficient, with a proposal.
    fn ask_for_levels(
        &mut self,
        run: &LevelRun,
        proposed: &[ColumnIndex],
        names: &[String],
        together: &Measure,
        may_add: bool,
    ) {
        let seen: Vec<String> =
            run.levels.iter().map(|level| first_value(self.column(level.index))).collect();
        self.notes.push(wording::which_levels(names, &seen));
        let index = proposed.first().map_or(run.levels[0].index, |first| *first);
        let sum: Vec<String> = proposed.iter().map(|index| self.column(*index).name.clone()).collect();
        let column = self.column_mut(index);
        column.leave_unread(Some(together.id.clone()), wording::which_levels(names, &seen));
        if may_add && sum.len() > 1 {
            column.sum = sum;
        }
    }
}

/// The levels of a run that count as proficient.
struct ReachedLevels {
    columns: Vec<ColumnIndex>,
    /// Whether the names of all levels say which do.
    is_sure: bool,
}

impl LevelRun {
    /// Whether another run is about the same students, grade, subject and year, below whatever heading.
    fn is_about_same(&self, other: &Self) -> bool {
        let (one, two) = (&self.family, &other.family);
        one.breakdown == two.breakdown && one.year == two.year && one.is_rate == two.is_rate
    }

    /// The levels that count as proficient, by their names, else from the number `usual` up.
    fn reached(&self, usual: u32) -> ReachedLevels {
        let names: Vec<LevelName> = self.levels.iter().map(|level| level.name).collect();
        let is_reached: Vec<bool> = names.iter().map(|name| *name == LevelName::Reached).collect();
        let are_in_order = is_reached.is_sorted() || is_reached.iter().rev().is_sorted();
        let has_both = is_reached.contains(&true) && is_reached.contains(&false);
        let has_words = names.iter().all(|name| !matches!(name, LevelName::Numbered(_)));
        let columns =
            self.levels.iter().filter(|level| level.name.counts_from(usual)).map(|level| level.index);
        ReachedLevels { columns: columns.collect(), is_sure: has_words && has_both && are_in_order }
    }

    /// The highest level, the two highest, and so on, from either end.
    fn sums_of_highest(&self) -> Vec<Vec<ColumnIndex>> {
        let indexes: Vec<ColumnIndex> = self.levels.iter().map(|level| level.index).collect();
        let mut sums = Vec::new();
        for length in 1..indexes.len() {
            sums.push(indexes[..length].to_vec());
            sums.push(indexes[indexes.len() - length..].to_vec());
        }
        sums
    }
}

/// Whether a column has the share of students at or above a level.
fn is_at_or_above(column: &Column, levels: &LevelWords) -> bool {
    column.measure().is_some_and(|measure| {
        measure.stat == Stat::Value
            && measure.measure.as_ref().is_some_and(|id| levels.at_or_above.contains(id))
    })
}

/// The first of a column's values, as it is shown in a question.
fn first_value(column: &Column) -> String {
    let seen = values_seen(&column.cells);
    seen.split(", ").next().unwrap_or_default().to_owned()
}
