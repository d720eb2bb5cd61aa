//! Numeric columns that no known measure explains: a district's own indicators.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{ColumnMeaning, MeasureColumn};
use super::indicator_numbers::Surroundings;
use super::own_measure::{OwnMeasure, own_measure, values_seen};
use super::own_words::has_any;
use crate::catalog::Role;
use crate::domain::{ALL, Unit};
use crate::wording::own_measures as wording;

/// Values in fewer years show nothing over time.
const FEWEST_YEARS: usize = 2;

/// An unread column that is one of the district's own indicators.
struct OwnColumn {
    index: ColumnIndex,
    measure: OwnMeasure,
}

/// What the columns of a table that may be indicators have in common.
pub(super) struct OwnTable {
    /// What the title says of their numbers.
    pub(super) around: Surroundings,
    /// The open columns whose names fit no measure.
    candidates: Vec<ColumnIndex>,
    /// How many columns are the district's own indicators, or may be.
    columns: usize,
    /// How many districts the table names.
    districts: usize,
    /// How many school years the names of columns have.
    years: usize,
    /// How many columns of numbers have only numbers as large as amounts of money.
    large: usize,
    /// How many of those are money by their names or formats.
    large_money: usize,
}

impl ColumnClassifier<'_> {
    /// Reads the percents among the district's own indicators. Counts beside them may be the people behind them.
    pub(super) fn classify_own_percents(&mut self) {
        let mut found = self.own_columns();
        found.retain(|own| own.measure.unit == Unit::Percent);
        self.read_own(found);
    }

    /// Reads the district's own indicators that are still open, and says what is unclear about the others.
    pub(super) fn classify_own_columns(&mut self) {
        let found = self.own_columns();
        self.read_own(found);
        let table = self.own_table();
        for index in table.candidates.iter().copied() {
            let column = self.column(index);
            if let Err(why) = self.own_column(index, &table) {
                let nearest = match &column.meaning {
                    ColumnMeaning::Unread(nearest) => nearest.clone(),
                    _ => None,
                };
                self.column_mut(index).leave_unread(nearest, why);
            }
        }
    }

    fn read_own(&mut self, found: Vec<OwnColumn>) {
        for OwnColumn { index, measure } in found {
            let name = self.parsed_name(index);
            let why = measure.why.clone();
            let times = if measure.is_share { Some(100.0) } else { self.own_times(index, measure.unit) };
            self.set_measure(index, MeasureColumn { times, ..MeasureColumn::of_own(&name, measure) }, why);
        }
    }

    /// The open columns that are indicators; none in a table of too many districts or columns.
    fn own_columns(&self) -> Vec<OwnColumn> {
        let mut found = Vec::new();
        let table = self.own_table();
        for index in table.candidates.iter().copied() {
            if let Ok(measure) = self.own_column(index, &table) {
                found.push(OwnColumn { index, measure });
            }
        }
        found
    }

    pub(super) fn own_table(&self) -> OwnTable {
        let candidates = self.own_candidates();
        let read = self.measures().filter(|column| column.own.is_some()).count();
        let large: Vec<ColumnIndex> = self.indexes().filter(|index| self.is_large(*index)).collect();
        let large_money = large.iter().filter(|index| self.is_money(**index)).count();
        OwnTable {
            around: self.surroundings(),
            columns: read + candidates.len(),
            districts: self.districts(),
            years: self.years_in_names(),
            large: large.len(),
            large_money,
            candidates,
        }
    }

    /// The open columns whose names fit no measure.
    fn own_candidates(&self) -> Vec<ColumnIndex> {
        if self.has_role(Role::Measure) {
            return Vec::new();
        }
        let mut open = self.open_columns();
        open.retain(|index| {
            let column = self.column(*index);
            !self.doubtful.contains(index)
                && column.occurrence.is_none()
                && column.cells.kind.is_number()
                && !self.vocabulary.is_unread_name(&column.name)
                && !self.vocabulary.names_role(&column.name)
        });
        open
    }

    /// The indicator in a column.
    ///
    /// # Errors
    /// Why it is not read.
    fn own_column(&self, index: ColumnIndex, table: &OwnTable) -> Result<OwnMeasure, String> {
        let column = self.column(index);
        let is_money = self.vocabulary.money_factor(&column.name).is_some();
        let around = Surroundings { times: self.own_times(index, Unit::Dollars), is_money, ..table.around };
        let measure = own_measure(self.vocabulary, &column.name, &column.cells, around)?;
        let may_be_money = self.may_be_money(&column.name) || self.is_among_amounts(index, table);
        if measure.unit == Unit::Count && may_be_money {
            return Err(wording::unit_unclear(&values_seen(&column.cells)));
        }
        self.check_own(index, table)?;
        Ok(measure)
    }

    /// Checks that a table may hold an indicator of the district in a column.
    ///
    /// # Errors
    /// Why the table's columns are not read as indicators of the district.
    pub(super) fn check_own(&self, index: ColumnIndex, table: &OwnTable) -> Result<(), String> {
        let limits = &self.vocabulary.catalog.synonyms.own;
        if !self.has_years(index, table) {
            return Err(wording::no_years(&values_seen(&self.column(index).cells)));
        }
        if table.districts > limits.most_districts {
            return Err(wording::many_districts(table.districts));
        }
        if table.columns > limits.most_columns {
            return Err(wording::too_many(table.columns));
        }
        Ok(())
    }

    /// Whether the title names money and a column's name does not say that it counts people or things.
    fn may_be_money(&self, name: &str) -> bool {
        let words = self.vocabulary.words(name);
        self.title_measure().is_some_and(|titled| titled.measure.unit.is_money())
            && !has_any(&words, &self.vocabulary.own.heads)
    }

    /// Whether all other columns with numbers as large as these are money, and the name of the column does not say that it counts
    /// people or things: benefits beside salaries.
    fn is_among_amounts(&self, index: ColumnIndex, table: &OwnTable) -> bool {
        let own = &self.vocabulary.own;
        let words = self.vocabulary.words(&self.column(index).name);
        table.large_money > 0
            && table.large == table.large_money + 1
            && self.is_large(index)
            && !self.is_money(index)
            && !has_any(&words, &own.heads)
            && !words.iter().any(|word| self.vocabulary.catalog.synonyms.left_over.number.contains(word))
    }

    /// Whether a column has only numbers that are as large as amounts of money.
    fn is_large(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        let least_dollars = self.vocabulary.catalog.synonyms.own.least_dollars;
        column.role().is_none()
            && column.cells.kind.is_number()
            && column.cells.least.is_some_and(|least| least >= least_dollars)
    }

    /// Whether a column has amounts of money, as its name, its format, or its measure says.
    fn is_money(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        let known = column.measure().and_then(|measure| self.measure_of(measure));
        column.cells.kind == ColumnType::Dollars
            || known.is_some_and(|known| known.unit.is_money())
            || has_any(&self.vocabulary.words(&column.name), &self.vocabulary.own.dollars)
    }

    /// The factor for the amounts of a column, as its name or else the title states.
    fn own_times(&self, index: ColumnIndex, unit: Unit) -> Option<f64> {
        let column = self.column(index);
        let named = self.vocabulary.money_factor(&column.name);
        let is_amount = matches!(unit, Unit::Dollars | Unit::Count) && !column.cells.are_shown_scaled();
        named.filter(|_| is_amount).or_else(|| self.stated_times(&column.name, unit))
    }

    /// What the title says of the numbers of an indicator.
    pub(super) fn surroundings(&self) -> Surroundings {
        Surroundings {
            times: self.title_times_of(Unit::Dollars),
            is_percent: self.context.iter().any(|title| self.vocabulary.titles_percents(title)),
            has_percents: self.has_percents(),
            has_fractions: self.measures().any(MeasureColumn::is_share),
            ..Surroundings::default()
        }
    }

    /// How many districts the table names.
    fn districts(&self) -> usize {
        let mut districts = 0;
        for column in &self.columns {
            if matches!(column.meaning, ColumnMeaning::Role(Role::DistrictId | Role::DistrictName)) {
                districts = districts.max(column.cells.different());
            }
        }
        districts
    }

    /// Whether the values of a column are of several years, or of one that is named around the table.
    fn has_years(&self, index: ColumnIndex, table: &OwnTable) -> bool {
        let mut years =
            self.columns.iter().filter(|column| column.meaning == ColumnMeaning::Role(Role::SchoolYear));
        match years.next() {
            Some(year) => year.cells.different() >= FEWEST_YEARS,
            None if self.column(index).parsed.year.is_some() => table.years >= FEWEST_YEARS,
            None => self.context.iter().any(|text| self.vocabulary.year_of_title(text).is_some()),
        }
    }

    /// How many school years the names of columns have.
    fn years_in_names(&self) -> usize {
        let mut years = BTreeSet::new();
        for index in self.open_columns() {
            years.extend(self.column(index).parsed.year.as_ref().map(|mention| mention.year));
        }
        years.len()
    }

    /// Gives each indicator whose name says no domain that of most other columns, and records whether it has values of
    /// student groups.
    pub(super) fn settle_own(&mut self) {
        let Some(usual) = self.usual_domain() else { return };
        let by_group = self.has_role(Role::Group) || self.measures().any(|column| column.group != ALL);
        for column in &mut self.columns {
            if let ColumnMeaning::Measure(measure) = &mut column.meaning
                && let Some(own) = &mut measure.own
            {
                own.settle(&usual, by_group);
            }
            for item in &mut column.items {
                item.settle(&usual, by_group);
            }
        }
    }

    /// The domain of all other measures in the table, if they agree; else of most that the catalog has; else what the title
    /// says; else the last one.
    fn usual_domain(&self) -> Option<String> {
        let (mut known, mut own): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for column in &self.columns {
            if let Some(measure) = column.measure() {
                let domains = if measure.own.is_some() { &mut own } else { &mut known };
                domains.extend(self.domain_of(measure));
            }
            for item in &column.items {
                let domains = if item.own().is_some() { &mut own } else { &mut known };
                domains.extend(item.domain(self.vocabulary));
            }
        }
        own.extend(&known);
        let agreed =
            own.first().copied().filter(|first| own.len() > 1 && own.iter().all(|domain| domain == first));
        let words = &self.vocabulary.own;
        let titled = self.context.iter().find_map(|text| words.domain(&self.vocabulary.words(text)));
        let domain = agreed.or_else(|| most_frequent(&known)).or(titled).or_else(|| words.last_domain());
        domain.map(str::to_owned)
    }

    fn domain_of<'m>(&'m self, column: &'m MeasureColumn) -> Option<&'m str> {
        match &column.own {
            Some(own) => own.domain.as_deref(),
            None => self.measure_of(column).map(|measure| measure.domain.as_str()),
        }
    }
}

/// The text that occurs most often; of several, the first in the alphabet.
fn most_frequent<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text)
}
