//! Lines over the years: one series with its peers and the state, or the parts of a split.

use super::change::PartChanges;
use super::context::ExhibitContext;
use super::dollars::ConstantDollars;
use super::draft::{ExhibitDraft, YearSpan};
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of};
use crate::catalog::{Split, Target};
use crate::compare::Standing;
use crate::domain::SchoolYear;
use crate::exhibit::figure::{Band, Figure, Line, LineRole, LineSeries};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding::{DrawnValue, ShownSeries};
use crate::wording::alt::ChartInWords;
use crate::wording::chart_note::PEER_BAND;
use crate::wording::exhibit as words;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    if context.spec.split == Split::None {
        return draft_with_peers(context, set.first());
    }
    let years = set.years(context.spec.years);
    let span = span_of(&years)?;
    let shown: Vec<&ExhibitSeries<'a>> = set.all.iter().collect();
    let changes = PartChanges::new(&shown, &years, set.latest).ok_or(words::NOTHING_COMPARABLE)?;
    let sub_line = changes.sub_line();
    let line = lines_of_parts(&shown, &years);
    Ok(ExhibitDraft {
        table: table(&line, set.first()),
        figure: Figure::Line(line),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.line(),
        findings: changes.findings(context, set),
        sub_line,
        series: comparisons_of(&shown),
        years: span,
        notes: Vec::new(),
    })
}

/// One series with its peers and the state.
fn draft_with_peers<'a>(
    context: &ExhibitContext<'a>,
    series: &ExhibitSeries<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let years = years_of(series, context.spec.years);
    let span = span_of(&years)?;
    let dollars = ConstantDollars::new(context, series.measure.unit, &years);
    let has_peers = context.are_peers_alike();
    let drawn = DrawnSeries { series, years: &years, dollars: dollars.as_ref(), has_peers };
    let line = drawn.line(context);
    let values = drawn.values();
    let shown = drawn.shown(context, &values);
    let sub_line = shown.sub_line();
    Ok(ExhibitDraft {
        table: table(&line, series),
        notes: drawn.notes(context, &line),
        alt: in_words(&context.spec.title, &line, &sub_line),
        figure: Figure::Line(with_earlier_ends(line)),
        findings: shown.findings(),
        sub_line,
        series: vec![series.comparison],
        years: span,
    })
}

/// The lines; the label of a median that ends before ours has its year, so that nobody reads it as one of the latest.
fn with_earlier_ends(mut line: Line) -> Line {
    let own = line.series.iter().find(|series| series.role == LineRole::District);
    let Some(latest) = own.and_then(|own| last_index(&own.values)) else { return line };
    for series in &mut line.series {
        let is_median = matches!(series.role, LineRole::PeerMedian | LineRole::State);
        let end = last_index(&series.values).filter(|end| is_median && *end < latest);
        if let Some(year) = end.and_then(|end| SchoolYear::ending(line.years[end]).ok()) {
            series.label = words::measure_in(&series.label, year);
        }
    }
    line
}

fn last_index(values: &[Option<f64>]) -> Option<usize> {
    values.iter().rposition(Option::is_some)
}

/// The chart in words, with where our drawn line begins if that is earlier than what can be compared.
fn in_words(title: &str, line: &Line, sub_line: &str) -> String {
    let words = ChartInWords { title, values: sub_line };
    let own = line.series.iter().find(|series| series.role == LineRole::District);
    let mut values = own.into_iter().flat_map(|own| line.years.iter().zip(&own.values));
    let first =
        values.find_map(|(year, value)| Some((SchoolYear::ending(*year).ok()?.to_string(), (*value)?)));
    match first {
        Some((year, value)) if !sub_line.contains(&year) => words.line_from(&year, &line.unit.format(value)),
        _ => words.line(),
    }
}

/// The years of a series: at most `most`, up to and including its latest.
pub(super) fn years_of(series: &ExhibitSeries<'_>, most: usize) -> Vec<i32> {
    let latest = series.latest_year().unwrap_or_default();
    let first = series.first_year().unwrap_or(latest);
    (first.max(latest + 1 - most as i32)..=latest).collect()
}

fn span_of(years: &[i32]) -> Result<YearSpan, String> {
    match years {
        [first, .., last] => Ok(YearSpan { first: *first, last: *last }),
        _ => Err(words::ONE_YEAR.to_owned()),
    }
}

/// Who the peers are, if they are shown, and what their band is.
fn peer_notes(context: &ExhibitContext<'_>, line: &Line) -> Vec<String> {
    let has_peers = line.series.iter().any(|series| series.role == LineRole::PeerMedian);
    let peers = context.peers_note().filter(|_| has_peers || line.band.is_some());
    peers.into_iter().chain(line.band.as_ref().map(|_| PEER_BAND.to_owned())).collect()
}

/// One series as it is drawn.
struct DrawnSeries<'s, 'a> {
    series: &'s ExhibitSeries<'a>,
    years: &'s [i32],
    /// For money whose prices are known: amounts are in dollars of the latest year.
    dollars: Option<&'s ConstantDollars<'a>>,
    /// Whether the peers are like the district. Otherwise it is compared with its own past and the state alone.
    has_peers: bool,
}

impl<'a> DrawnSeries<'_, 'a> {
    fn line(&self, context: &ExhibitContext<'_>) -> Line {
        let (district, target) = (context.district(), context.target(self.series.comparison));
        let own = self.series.values(self.years);
        let label = match self.dollars {
            Some(dollars) => words::in_dollars_of(&district, dollars.of),
            None => district,
        };
        let mut lines =
            vec![LineSeries { label, role: LineRole::District, values: self.converted(own.clone()) }];
        if self.has_peers {
            let peers = self.standing_values(|standing| standing.peer_median);
            lines.extend(line_with_values(words::PEER_MEDIAN, LineRole::PeerMedian, peers));
        }
        if !is_of_size(self.series) {
            let state = self.standing_values(|standing| standing.state_median);
            let label = words::median_of_all(context.comparisons.all_districts);
            lines.extend(line_with_values(label, LineRole::State, state));
        }
        if self.dollars.is_some() {
            lines.extend(line_with_values(words::AS_PUBLISHED, LineRole::Published, own));
        }
        lines.extend(target.map(|target| target_line(target, self.years.len())));
        Line {
            unit: self.series.measure.unit,
            years: self.years.to_vec(),
            series: lines,
            band: self.peer_band(),
            least_span: least_span(self.series),
            breaks: breaks(self.series, self.years),
        }
    }

    /// A value of a year, in the dollars of the chart.
    fn convert(&self, year: i32, value: f64) -> f64 {
        self.dollars.map_or(value, |dollars| dollars.convert(year, value))
    }

    /// Values, one for each of the years.
    fn converted(&self, values: Vec<Option<f64>>) -> Vec<Option<f64>> {
        let by_year = self.years.iter().zip(values);
        by_year.map(|(year, value)| Some(self.convert(*year, value?))).collect()
    }

    /// A number from the district's standing, for each of the years.
    fn standing_values(&self, value: fn(&Standing) -> Option<f64>) -> Vec<Option<f64>> {
        let standings = self.years.iter().map(|year| self.series.standing(*year));
        self.converted(standings.map(|standing| standing.and_then(value)).collect())
    }

    /// The middle half of the peers; `None` if too few years in a row have enough of them to draw a band.
    fn peer_band(&self) -> Option<Band> {
        let low = self.standing_values(|standing| standing.peer_p25);
        let high = self.standing_values(|standing| standing.peer_p75);
        let values: Vec<Option<(f64, f64)>> =
            low.into_iter().zip(high).map(|(low, high)| low.zip(high)).collect();
        let is_drawn = values.windows(2).any(|pair| pair.iter().all(Option::is_some));
        (is_drawn && self.has_peers).then(|| Band { label: words::PEER_BAND.to_owned(), values })
    }

    /// The district's values.
    fn values(&self) -> Vec<DrawnValue> {
        let mut drawn = self.series.drawn(self.years);
        for value in &mut drawn {
            value.value = self.convert(value.year.end(), value.value);
        }
        drawn
    }

    /// What can be said of it.
    fn shown<'v>(&self, context: &ExhibitContext<'v>, values: &'v [DrawnValue]) -> ShownSeries<'v>
    where
        'a: 'v,
    {
        ShownSeries {
            comparison: self.series.comparison,
            measure: self.series.measure,
            catalog: context.catalog,
            values,
            is_after_inflation: self.dollars.is_some(),
            has_peers: context.are_peers_alike(),
            has_state: !is_of_size(self.series),
            all_districts: context.comparisons.all_districts,
            is_named: context.spec.is_panel,
        }
    }

    /// In which dollars it is, and who the peers are.
    fn notes(&self, context: &ExhibitContext<'_>, line: &Line) -> Vec<String> {
        let dollars = self.dollars.map(|dollars| words::constant_dollars(dollars.of));
        dollars.into_iter().chain(peer_notes(context, line)).collect()
    }
}

/// How many meaningful changes the axis spans at least.
const LEAST_CHANGES: f64 = 6.0;

/// The least span of the axis of a series.
pub(super) fn least_span(series: &ExhibitSeries<'_>) -> f64 {
    let latest = series.comparison.latest().and_then(|point| point.value);
    LEAST_CHANGES * series.measure.matters_from(latest.unwrap_or_default())
}

/// The target as a line across all years.
fn target_line(target: &Target, years: usize) -> LineSeries {
    let by = target.year.and_then(|year| SchoolYear::ending(year).ok());
    LineSeries { label: words::target(by), role: LineRole::Target, values: vec![Some(target.value); years] }
}

/// A line; `None` where it has no value.
fn line_with_values(label: &str, role: LineRole, values: Vec<Option<f64>>) -> Option<LineSeries> {
    let has_value = values.iter().any(Option::is_some);
    has_value.then(|| LineSeries { label: label.to_owned(), role, values })
}

/// Whether the measure is a district's size, in which case the state's median says nothing about the
/// district.
fn is_of_size(series: &ExhibitSeries<'_>) -> bool {
    series.measure.change_is_percent
}

fn lines_of_parts(shown: &[&ExhibitSeries<'_>], years: &[i32]) -> Line {
    Line {
        unit: shown[0].measure.unit,
        years: years.to_vec(),
        series: shown.iter().map(|part| line_of_part(part, years)).collect(),
        band: None,
        least_span: least_span(shown[0]),
        breaks: breaks(shown[0], years),
    }
}

fn line_of_part(part: &ExhibitSeries<'_>, years: &[i32]) -> LineSeries {
    LineSeries {
        label: part.label.clone(),
        role: if part.is_whole { LineRole::District } else { LineRole::Part },
        values: part.values(years),
    }
}

/// The breaks of a series among the years shown, with their reasons.
pub(super) fn breaks(series: &ExhibitSeries<'_>, years: &[i32]) -> Vec<(i32, String)> {
    let Some(first) = years.first() else { return Vec::new() };
    let breaks = series.comparison.breaks.iter();
    let inside = breaks.filter(|b| *first < b.year && years.contains(&b.year));
    inside.map(|b| (b.year, b.why.clone())).collect()
}

fn table(line: &Line, series: &ExhibitSeries<'_>) -> Table {
    let mut columns = vec![words::SCHOOL_YEAR.to_owned()];
    columns.extend(line.series.iter().map(|shown| shown.label.clone()));
    if line.band.is_some() {
        columns.extend([words::LOWER_QUARTILE.to_owned(), words::UPPER_QUARTILE.to_owned()]);
    }
    let rows = line.years.iter().enumerate().map(|(index, year)| table_row(line, series, index, *year));
    Table { columns, rows: rows.collect() }
}

/// The row of the year at `index`.
fn table_row(line: &Line, series: &ExhibitSeries<'_>, index: usize, year: i32) -> Vec<ExhibitCell> {
    let mut row = vec![ExhibitCell::Text(SchoolYear::text_of(year))];
    row.extend(line.series.iter().map(|shown| series.cell_of(shown.values[index], year)));
    if let Some(band) = &line.band {
        let (low, high) = band.values[index].unzip();
        row.extend([series.cell_of(low, year), series.cell_of(high, year)]);
    }
    row
}
