//! The sheet of process behavior charts: each series of people's own with its limits, and a chart.

use rust_xlsxwriter::{Chart, ChartType, Worksheet, XlsxError};

use crate::domain::Unit;
use crate::pack::workbook::{BookCell, NumberLook, Styles, TableColumn, TableSheet};
use crate::plan::{ProcessPoint, ProcessSeries};
use crate::wording::plan as wording;

/// The columns of the labels, and of value, center, and limits.
const LABELS: u16 = 1;
const LINES: [u16; 4] = [2, 3, 4, 5];
/// Where the charts stand, and how many rows each takes.
const CHARTS: u16 = 8;
const CHART_ROWS: u32 = 18;

/// The sheet; `None` without a series.
pub(super) fn process_sheet(
    all: &[ProcessSeries],
    styles: &Styles,
    footer: &str,
) -> Result<Option<Worksheet>, XlsxError> {
    if all.is_empty() {
        return Ok(None);
    }
    let columns = [
        (wording::H_SERIES, 28.0),
        (wording::H_PERIOD, 18.0),
        (wording::H_VALUE, 11.0),
        (wording::H_CENTER, 11.0),
        (wording::H_LOW, 11.0),
        (wording::H_HIGH, 11.0),
        (wording::H_SIGNAL, 22.0),
    ];
    let table = TableSheet {
        name: wording::PROCESS,
        intro: wording::PROCESS_INTRO.map(str::to_owned).to_vec(),
        columns: columns.map(|(heading, width)| TableColumn::new(heading, width)).to_vec(),
        rows: all.iter().flat_map(|series| series.points.iter().map(|point| cells(series, point))).collect(),
        frozen: 1,
        is_filtered: false,
    };
    let mut sheet = table.write(styles, footer)?;
    let (mut first, mut top) = (table.first(), table.header());
    for series in all {
        let last = first + series.points.len() as u32 - 1;
        sheet.insert_chart(top, CHARTS, &chart(series, table.header(), first, last))?;
        first = last + 1;
        top += CHART_ROWS;
    }
    Ok(Some(sheet))
}

fn cells(series: &ProcessSeries, point: &ProcessPoint) -> Vec<BookCell> {
    let limits = point.limits;
    let signal = match limits {
        None => wording::TOO_SHORT_FOR_LIMITS,
        Some(limits) if limits.is_signal(point.value) => wording::SIGNAL,
        Some(_) if series.is_provisional => wording::PROVISIONAL,
        Some(_) => "",
    };
    vec![
        BookCell::text(&series.name),
        BookCell::text(&point.label),
        plain(Some(point.value)),
        plain(limits.map(|limits| limits.center)),
        plain(limits.map(|limits| limits.low)),
        plain(limits.map(|limits| limits.high)),
        BookCell::text(signal),
    ]
}

fn plain(value: Option<f64>) -> BookCell {
    value.map_or(BookCell::Blank, |value| BookCell::Number(value, NumberLook::Value(Unit::Ratio, value)))
}

/// The chart of the rows from `first` to `last`.
fn chart(series: &ProcessSeries, header: u32, first: u32, last: u32) -> Chart {
    // Schools have no order, so no line connects them.
    let kind = if series.is_of_shares { ChartType::Column } else { ChartType::Line };
    let mut chart = Chart::new(kind);
    let lines = if series.is_of_shares { &LINES[..1] } else { &LINES[..] };
    for column in lines {
        chart
            .add_series()
            .set_name((wording::PROCESS, header, *column))
            .set_categories((wording::PROCESS, first, LABELS, last, LABELS))
            .set_values((wording::PROCESS, first, *column, last, *column));
    }
    chart.title().set_name(&series.name);
    chart.set_alt_text(wording::process_alt(&series.name, series.points.len()));
    chart
}
