//! A bar for each part, with the peers' median marked, in the latest year.

use std::collections::BTreeSet;

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan, above};
use super::series::{ExhibitSeries, ExhibitSeriesSet, SeriesValue, comparisons_of, values_in};
use crate::catalog::{BesideSpec, FigureKind, Split};
use crate::domain::{ALL, Grade, MeasureKey, SchoolYear, Unit};
use crate::exhibit::figure::{BarLayout, BarRow, Bars, Figure};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding;
use crate::wording::alt::{ChartInWords, lowest_to_highest};
use crate::wording::exhibit as words;
use crate::wording::finding::{FindingSubject, SeriesFact};
use crate::wording::finding_parts::{self, PartValue};

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let (year, unit) = (set.latest, set.first().measure.unit);
    let shown: Vec<&ExhibitSeries<'a>> =
        set.all.iter().filter(|series| series.measure.unit == unit && !is_total(series)).collect();
    let shown = without_sums(&shown, year);
    let values = values_in(&shown, year);
    if values.len() < 2 {
        return Err(words::TOO_FEW_PARTS_IN_LATEST_YEAR.to_owned());
    }
    let figure = figure(context, &shown, unit, year);
    let title = &context.spec.title;
    let parts = PartsInYear::new(context, &shown, year);
    let sub_line = parts.sub_line(&shown, &figure);
    let table = table(&figure, title, year, !context.comparisons.peers.peers.is_empty());
    let figure = with_short_grades(figure, &shown);
    let peers = context.peers_note().filter(|_| figure.mark.is_some() && context.spec.beside.is_none());
    let has_short = figure.rows.iter().zip(&table.rows).any(|(bar, row)| row[0].text() != bar.label);
    Ok(ExhibitDraft {
        table,
        alt: parts.in_words(&sub_line),
        findings: above(&sub_line, parts.findings(set.are_outcomes_of_groups(context))),
        sub_line,
        series: comparisons_of(&shown),
        years: YearSpan::single(year),
        notes: peers.into_iter().chain(has_short.then(|| words::SHORT_GRADES.to_owned())).collect(),
        figure: Figure::Bars(figure),
    })
}

/// More columns than this have short names.
const MOST_LONG_NAMES: usize = 8;

/// Many columns, with the grades that are words as `K`: their names would be cut or broken.
fn with_short_grades(mut figure: Bars, shown: &[&ExhibitSeries<'_>]) -> Bars {
    if figure.layout == BarLayout::Columns && figure.rows.len() > MOST_LONG_NAMES {
        for (row, series) in figure.rows.iter_mut().zip(shown) {
            if let Some(short) = words::short_grade(series.comparison.key.grade.id()) {
                row.label = row.label.replacen(&series.label, short, 1);
            }
        }
    }
    figure
}

/// The series without those that add up others: their bars would count the same people twice.
fn without_sums<'s, 'a>(all: &[&'s ExhibitSeries<'a>], year: i32) -> Vec<&'s ExhibitSeries<'a>> {
    let drawn: BTreeSet<&str> =
        all.iter().filter(|one| one.value(year).is_some()).map(|one| one.measure.id.as_str()).collect();
    all.iter().filter(|series| !is_sum_of(series, &drawn)).copied().collect()
}

/// Whether a series adds up only measures that are drawn.
fn is_sum_of(series: &ExhibitSeries<'_>, drawn: &BTreeSet<&str>) -> bool {
    let sum = series.measure.derive.as_ref().filter(|derivation| derivation.is_plain_sum());
    sum.is_some_and(|sum| sum.numerator.iter().all(|part| drawn.contains(part.as_str())))
}

/// Whether a series is the total of the other counts, which would dwarf them.
fn is_total(series: &ExhibitSeries<'_>) -> bool {
    series.is_whole && series.measure.change_is_percent
}

fn figure(context: &ExhibitContext<'_>, shown: &[&ExhibitSeries<'_>], unit: Unit, year: i32) -> Bars {
    let rows: Vec<BarRow> = shown.iter().map(|series| bar(context, series, year)).collect();
    let is_marked = rows.iter().any(|row| row.mark.is_some());
    let (own, mark) = match &context.spec.beside {
        Some(beside) => (beside.own.clone(), beside.label.as_str()),
        None => (context.district(), words::PEER_MEDIAN),
    };
    let layout = match context.spec.kind {
        FigureKind::Pairs if is_marked => BarLayout::Pairs,
        FigureKind::Columns => BarLayout::Columns,
        _ => BarLayout::Rows,
    };
    Bars { unit, rows, own, mark: is_marked.then(|| mark.to_owned()), layout }
}

fn bar(context: &ExhibitContext<'_>, series: &ExhibitSeries<'_>, year: i32) -> BarRow {
    let value = series.value(year);
    let mark = match &context.spec.beside {
        Some(beside) => value_beside(context, series, beside, year),
        None if !context.are_peers_alike() => None,
        None => series.standing(year).and_then(|standing| standing.peer_median),
    };
    let absent = value.is_none().then(|| series.absence(year));
    // A count says itself how many people it is about.
    let is_of_few = value.is_some() && series.measure.unit != Unit::Count && !series.is_of_many(year);
    let label = match is_of_few {
        true => words::about_few(&series.label, series.limits.fewest_in_findings),
        false => series.label.clone(),
    };
    BarRow { label, value, absent, mark, is_of_few }
}

/// The value of the other measure, for the same group and year.
fn value_beside(
    context: &ExhibitContext<'_>,
    series: &ExhibitSeries<'_>,
    beside: &BesideSpec,
    year: i32,
) -> Option<f64> {
    let key = MeasureKey { measure: beside.measure.clone(), ..series.comparison.key.clone() };
    let mut reported = context.comparisons.get(&key)?.reported();
    reported.find(|(reported, _)| reported.end() == year).map(|(_, value)| value)
}

/// Without peers, and without other values for comparison, there is no column for them.
fn table(figure: &Bars, title: &str, year: i32, has_peers: bool) -> Table {
    let mut table = Table {
        columns: columns(figure, title, year),
        rows: figure.rows.iter().map(|row| table_row(row, figure.unit)).collect(),
    };
    if figure.mark.is_none() && !has_peers {
        table.columns.pop();
        for row in &mut table.rows {
            row.pop();
        }
    }
    table
}

/// The headings; where no peers have values, their column says so in each cell.
fn columns(figure: &Bars, title: &str, year: i32) -> Vec<String> {
    let mark = figure.mark.clone().unwrap_or_else(|| words::PEER_MEDIAN.to_owned());
    vec![title.to_owned(), SchoolYear::text_of(year), mark]
}

fn table_row(row: &BarRow, unit: Unit) -> Vec<ExhibitCell> {
    let reason = row.absent.as_deref().unwrap_or(words::NOT_AVAILABLE);
    vec![
        ExhibitCell::Text(row.label.clone()),
        ExhibitCell::number_or_absent(row.value, unit, || reason.to_owned()),
        ExhibitCell::number_or_absent(row.mark, unit, || words::TOO_FEW_PEERS.to_owned()),
    ]
}

/// The values of the parts, by size.
struct PartsInYear<'c, 's, 'a> {
    context: &'c ExhibitContext<'a>,
    /// Without the whole, and without those about too few people.
    values: Vec<SeriesValue<'s, 'a>>,
    /// Whether every part shown has a value.
    have_values: bool,
    /// Whether all of them are about enough people.
    are_all_of_many: bool,
    year: i32,
}

impl<'c, 's, 'a> PartsInYear<'c, 's, 'a> {
    fn new(context: &'c ExhibitContext<'a>, shown: &[&'s ExhibitSeries<'a>], year: i32) -> Self {
        let parts: Vec<&'s ExhibitSeries<'a>> =
            shown.iter().copied().filter(|series| !series.is_whole).collect();
        let mut values = values_in(&parts, year);
        let (have_values, known) = (values.len() == parts.len(), values.len());
        values.retain(|value| value.series.is_of_many(year) && value.series.measure.is_credible(value.value));
        values.sort_by(|a, b| a.value.total_cmp(&b.value).then_with(|| a.series.label.cmp(&b.series.label)));
        Self { context, have_values, are_all_of_many: values.len() == known, values, year }
    }

    /// What the chart says: how student groups differ, without their names; for other parts, which differ from the peers, and
    /// their range.
    fn findings(&self, are_outcomes_of_groups: bool) -> Vec<String> {
        if self.context.spec.beside.is_some() {
            return Vec::new();
        }
        if are_outcomes_of_groups {
            return self.spread_of_groups().into_iter().collect();
        }
        let range = if self.context.spec.split == Split::None { None } else { self.range() };
        self.apart_from_peers().into_iter().chain(range).collect()
    }

    /// The lowest and the highest value.
    fn ends(&self) -> Option<[SeriesValue<'s, 'a>; 2]> {
        let [low, .., high] = self.values.as_slice() else { return None };
        Some([*low, *high])
    }

    fn spread_of_groups(&self) -> Option<String> {
        let [low, high] = self.ends()?;
        let subject = self.whole_subject(&low, MeasureKey { group: ALL.to_owned(), ..low.key() });
        if low.series.measure.is_about(high.value, low.value) {
            return finding_parts::alike_groups(&subject);
        }
        let difference = subject.unit.shown_difference(high.value, low.value);
        finding_parts::spread_of_groups(&subject, difference, self.are_all_of_many)
    }

    /// From the lowest to the highest, or the highest alone if others are about too few people; `None` if one has no value.
    fn range(&self) -> Option<String> {
        let [low, high] = self.ends()?;
        if !self.have_values || low.series.measure.is_about(high.value, low.value) {
            return None;
        }
        let key = match self.context.spec.split {
            Split::Subject => MeasureKey { subject: ALL.to_owned(), ..low.key() },
            _ => MeasureKey { grade: Grade::all(), ..low.key() },
        };
        let [low_part, high_part] = [&low, &high].map(part_value);
        let subject = self.whole_subject(&low, key);
        if self.are_all_of_many {
            return finding_parts::range_of_parts(&subject, low_part, high_part);
        }
        finding_parts::highest_part(&subject, high_part)
    }

    /// What a finding calls all parts together.
    fn whole_subject(&self, part: &SeriesValue<'s, 'a>, key: MeasureKey) -> FindingSubject {
        finding::finding_subject(&key, part.series.measure, self.context.catalog, false)
    }

    /// The parts that clearly differ from the peers, by how many meaningful changes. Counts say nothing, because districts
    /// differ in size.
    fn apart_from_peers(&self) -> Vec<String> {
        if !self.context.are_peers_alike() {
            return Vec::new();
        }
        let apart = self.values.iter().filter_map(|value| PartApart::new(value, self.year));
        let mut apart: Vec<PartApart<'_, '_>> = apart.collect();
        apart.sort_by(|a, b| b.changes.total_cmp(&a.changes));
        let said = apart.iter().map(|part| self.say_apart(part));
        said.flatten().collect()
    }

    /// How a part differs from the peers. Of several measures, each is named.
    fn say_apart(&self, part: &PartApart<'_, '_>) -> Option<String> {
        let subject = part.series.finding_subject(self.context);
        let fact = SeriesFact::Apart(part.difference);
        if self.context.spec.split == Split::None { subject.say_named(fact) } else { subject.say(fact) }
    }

    /// The value of all parts together, if it is shown.
    fn sub_line(&self, shown: &[&ExhibitSeries<'_>], figure: &Bars) -> String {
        let Ok(year) = SchoolYear::ending(self.year) else { return String::new() };
        let whole = shown.iter().find(|series| series.is_whole);
        let whole = whole.and_then(|whole| {
            Some((whole.label.as_str(), whole.measure.unit.format(whole.value(self.year)?)))
        });
        let shows_peers = figure.mark.is_some() && self.context.spec.beside.is_none();
        finding_parts::parts_in_year(whole, year, shows_peers && self.context.are_peers_alike())
    }

    fn in_words(&self, values: &str) -> String {
        let title = &self.context.spec.title;
        let Some(ends) = self.ends() else { return ChartInWords { title, values }.bars() };
        let [low, high] = ends.map(|end| words::labeled(&end.series.label, &end.text()));
        ChartInWords { title, values: &lowest_to_highest(&low, &high, values) }.bars()
    }
}

fn part_value<'s>(value: &SeriesValue<'s, '_>) -> PartValue<'s> {
    PartValue { label: &value.series.label, value: value.value }
}

/// A part that clearly differs from the peers.
struct PartApart<'s, 'a> {
    series: &'s ExhibitSeries<'a>,
    difference: f64,
    /// The difference in meaningful changes.
    changes: f64,
}

impl<'s, 'a> PartApart<'s, 'a> {
    fn new(value: &SeriesValue<'s, 'a>, year: i32) -> Option<Self> {
        let measure = value.series.measure;
        let standing = value.series.standing(year).filter(|standing| standing.peer_clear)?;
        let median = standing.peer_median.filter(|median| !measure.is_about(value.value, *median))?;
        let difference = measure.unit.shown_difference(value.value, median);
        let changes = difference.abs() / measure.matters_from(median);
        (!measure.adds_up()).then_some(Self { series: value.series, difference, changes })
    }
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::domain::Unit;
    use crate::exhibit::{BarLayout, BarRow, Bars};

    #[test]
    fn without_peers_no_column_says_that_they_are_missing() {
        let row = BarRow {
            label: "Grade 3".to_owned(),
            value: Some(57.0),
            absent: None,
            mark: None,
            is_of_few: false,
        };
        let figure = Bars {
            unit: Unit::Count,
            rows: vec![row],
            own: "Our district".to_owned(),
            mark: None,
            layout: BarLayout::Columns,
        };
        for (has_peers, columns) in [(true, 3), (false, 2)] {
            let table = table(&figure, "Students by grade", 2025, has_peers);
            assert_eq!((table.columns.len(), table.rows[0].len()), (columns, columns));
        }
    }
}
