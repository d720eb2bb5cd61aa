//! Series of people's own, such as months of attendance or one year of all schools, with the limits within which they usually vary.

use statistics::newcombe::Proportion;
use statistics::process_chart::{FIRM, ProcessLimits, i_chart, p_chart};

use sheets::{Sheet, SourceFile};

use super::menu::PlanMenu;
use crate::catalog::PlanSpec;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::Unit;
use crate::form_export::{plain, typed_cells};
use crate::wording::plan as wording;

/// A series with its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessSeries {
    /// Its name.
    pub name: String,
    /// Its points, in the order of the rows.
    pub points: Vec<ProcessPoint>,
    /// Whether it is of shares of people, each with its own limits, and not of values over time.
    pub is_of_shares: bool,
    /// Whether its limits may still change, because it has few points.
    pub is_provisional: bool,
}

/// A point of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessPoint {
    /// The month, quarter, or school.
    pub label: String,
    /// The value as it was typed; a share is in percent.
    pub value: f64,
    /// The limits, in the same unit; `None` if the series is too short for any.
    pub limits: Option<ProcessLimits>,
}

/// The texts of a row of the sheet: series, period or school, value, and n.
pub type LocalTexts = [String; 4];

/// A row of the sheet.
struct LocalRow {
    series: String,
    label: String,
    value: f64,
    /// Whether the value was typed with a percent sign.
    has_percent: bool,
    n: Option<f64>,
}

/// The columns of the sheet.
struct LocalColumns {
    row: u32,
    series: u32,
    label: u32,
    value: u32,
    n: Option<u32>,
}

/// The series in a file of a plan, in the order of their first rows.
pub(super) fn process_series(
    file: &SourceFile,
    percents: &PercentNames,
    problems: &mut Vec<Diagnostic>,
) -> Vec<ProcessSeries> {
    let Some(LocalSheet { sheet, columns }) = LocalSheet::of(file) else { return Vec::new() };
    let mut series: Vec<Vec<LocalRow>> = Vec::new();
    for row in sheet.rows_between(columns.row + 1..u32::MAX) {
        let Some(row) = columns.row(sheet, row.number, problems) else { continue };
        match series.iter_mut().find(|known| plain(&known[0].series) == plain(&row.series)) {
            Some(known) => known.push(row),
            None => series.push(vec![row]),
        }
    }
    series.into_iter().map(|rows| with_limits(rows, percents)).collect()
}

/// What was typed below the headings of the sheet, row by row, even if no series can use it.
pub(super) fn local_texts(file: &SourceFile) -> Vec<LocalTexts> {
    let Some(LocalSheet { sheet, columns }) = LocalSheet::of(file) else { return Vec::new() };
    let below = sheet.rows_between(columns.row + 1..u32::MAX);
    let texts = below.map(|row| columns.texts(sheet, row.number));
    texts.filter(|texts| texts.iter().any(|text| !text.is_empty())).collect()
}

/// The sheet in a file.
struct LocalSheet<'a> {
    sheet: &'a Sheet,
    columns: LocalColumns,
}

impl<'a> LocalSheet<'a> {
    /// `None` if the file has none.
    fn of(file: &'a SourceFile) -> Option<Self> {
        let mut sheets = file.sheets.iter();
        let sheet = sheets.find(|sheet| sheet.place.sheet.as_deref() == Some(wording::LOCAL))?;
        Some(Self { sheet, columns: LocalColumns::find(sheet)? })
    }
}

impl LocalColumns {
    fn texts(&self, sheet: &Sheet, number: u32) -> LocalTexts {
        let columns = [Some(self.series), Some(self.label), Some(self.value), self.n];
        columns.map(|column| column.map(|column| text(sheet, number, column)).unwrap_or_default())
    }

    fn find(sheet: &Sheet) -> Option<Self> {
        sheet.rows().find_map(|row| {
            let cells = typed_cells(sheet, row.number);
            let column = |heading: &str| {
                let found = cells.iter().find(|cell| plain(&cell.text) == plain(heading));
                found.map(|cell| cell.column)
            };
            Some(Self {
                row: row.number,
                series: column(wording::H_SERIES)?,
                label: column(wording::H_PERIOD)?,
                value: column(wording::H_VALUE)?,
                n: column(wording::H_N),
            })
        })
    }

    /// A row; `None` if it has no value, or one that is not a number, which is a problem.
    fn row(&self, sheet: &Sheet, number: u32, problems: &mut Vec<Diagnostic>) -> Option<LocalRow> {
        let value = text(sheet, number, self.value);
        let series = text(sheet, number, self.series);
        if value.is_empty() && series.is_empty() {
            return None;
        }
        let place: Place = sheet.place.at(number, self.value);
        let has_percent = value.trim_end().ends_with('%');
        let Some(value) = parsed(&value) else {
            problems.push(Diagnostic::local_value_unusable(place, &value));
            return None;
        };
        let n = self.n.and_then(|column| parsed(&text(sheet, number, column)));
        Some(LocalRow { series, label: text(sheet, number, self.label), value, has_percent, n })
    }
}

fn text(sheet: &Sheet, row: u32, column: u32) -> String {
    sheet.row(row).map(|row| row.cell(column).to_text()).unwrap_or_default()
}

/// A number, perhaps with a percent sign.
fn parsed(text: &str) -> Option<f64> {
    let number: f64 = text.trim().trim_end_matches('%').replace(',', "").parse().ok()?;
    number.is_finite().then_some(number)
}

/// A series with its limits: a P chart if each value has the number of people that it is a share of, or else an I chart.
fn with_limits(rows: Vec<LocalRow>, percents: &PercentNames) -> ProcessSeries {
    let is_percent = is_percent(&rows, percents);
    let shares: Option<Vec<Proportion>> =
        rows.iter().map(|row| Some(Proportion { p: row.value / 100.0, n: row.n? })).collect();
    let of_shares = shares.as_deref().and_then(p_chart);
    let is_of_shares = of_shares.is_some();
    let values: Vec<f64> = rows.iter().map(|row| row.value).collect();
    let limits: Vec<Option<ProcessLimits>> = match of_shares {
        Some(all) => all.into_iter().map(|limits| Some(in_percent(limits))).collect(),
        None => vec![
            i_chart(&values).map(|limits| if is_percent { within_percent(limits) } else { limits });
            rows.len()
        ],
    };
    let is_provisional = !is_of_shares && rows.len() < FIRM;
    let name = rows.first().map(|row| row.series.clone()).unwrap_or_default();
    let points = rows.into_iter().zip(limits);
    let points =
        points.map(|(row, limits)| ProcessPoint { label: row.label, value: row.value, limits }).collect();
    ProcessSeries { name, points, is_of_shares, is_provisional }
}

/// The names of what is in percent.
pub(super) struct PercentNames {
    /// The indicators of the menu.
    indicators: Vec<String>,
    /// Words in the names of other series.
    words: Vec<String>,
}

impl PercentNames {
    pub(super) fn new(menu: &PlanMenu, spec: &PlanSpec) -> Self {
        let indicators = menu.rows.iter().filter(|row| row.unit == Unit::Percent);
        Self {
            indicators: indicators.map(|row| plain(&row.indicator)).collect(),
            words: spec.targets.percent.clone(),
        }
    }

    /// Whether the series of a name is in percent: it has a sign or a word for it, or begins with the name of an indicator in percent.
    fn has(&self, name: &str) -> bool {
        let words = plain(name);
        let mut indicators = self.indicators.iter();
        name.contains('%')
            || words.split(' ').any(|word| self.words.iter().any(|known| known == word))
            || indicators.any(|known| begins_with(&words, known))
    }
}

/// Whether a text begins with these whole words.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a series is of percents, which cannot be below 0 or above 100.
fn is_percent(rows: &[LocalRow], percents: &PercentNames) -> bool {
    let is_possible = rows.iter().all(|row| (0.0..=100.0).contains(&row.value));
    let is_named = rows.first().is_some_and(|row| percents.has(&row.series));
    is_possible && (is_named || rows.iter().any(|row| row.has_percent))
}

/// Limits that a percent can reach.
fn within_percent(limits: ProcessLimits) -> ProcessLimits {
    ProcessLimits { low: limits.low.max(0.0), high: limits.high.min(100.0), ..limits }
}

fn in_percent(limits: ProcessLimits) -> ProcessLimits {
    ProcessLimits { center: 100.0 * limits.center, low: 100.0 * limits.low, high: 100.0 * limits.high }
}
