//! Lines over the years: one series with its peers and the state, or the parts of a split.

use super::change::Changes;
use super::parts::{Part, Parts};
use super::{Made, Maker, words};
use crate::catalog::Split;
use crate::compare::{Comparison, Standing};
use crate::exhibit::{Band, Figure, Line, LineRole, LineSeries, Table, TableCell};
use crate::finding;

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let first = parts.first();
    if maker.spec.projection {
        return carried_forward(maker, first);
    }
    let single = maker.spec.split == Split::None;
    let shown: &[Part<'a>] = if single { &parts.all[..1] } else { &parts.all };
    let years =
        if single { window(first.comparison, maker.spec.years) } else { parts.years(maker.spec.years) };
    if years.len() < 2 {
        return Err("only one year has a value".to_owned());
    }
    let figure = if single { with_peers(maker, first, &years) } else { of_parts(shown, &years) };
    let headline = if single {
        finding::headline(first.comparison, first.measure, maker.catalog)
    } else {
        let all: Vec<&Part<'a>> = shown.iter().collect();
        let changes = Changes::of(&all, &years, parts.latest).ok_or("nothing can be compared")?;
        changes.said(&maker.spec.title)
    };
    let mut notes = Vec::new();
    if figure.band.is_some() {
        notes.extend(words::peers(maker));
        notes.push("Band: the middle half of them.".to_owned());
    }
    let (from, to) = (words::year(years[0]), words::year(years[years.len() - 1]));
    let alt = format!("Line chart of {}, {from} to {to}. {headline}", maker.spec.title);
    Ok(Made {
        table: table(&figure, first),
        figure: Figure::Line(figure),
        headline,
        rests_on: shown.iter().map(|p| p.comparison).collect(),
        shown: (years[0], years[years.len() - 1]),
        notes,
        alt,
    })
}

/// The district's own line, carried forward with its band.
fn carried_forward<'a>(maker: &Maker<'a>, part: &Part<'a>) -> Result<Made<'a>, String> {
    let comparison = part.comparison;
    let projection = comparison
        .projection
        .as_ref()
        .ok_or("it has no projection: too few or too old years, or none better than \"as now\"")?;
    let known = window(comparison, maker.spec.years);
    let years: Vec<i32> =
        known.iter().copied().chain(projection.years.iter().map(|y| y.year.end())).collect();
    let from = projection.from.end();
    let ahead = |year: i32| projection.years.iter().find(|y| y.year.end() == year);
    let start = part.value(from);
    let projected = |year: i32| if year == from { start } else { ahead(year).map(|y| y.value) };
    let doubt = |year: i32| match ahead(year) {
        Some(y) => Some((y.low, y.high)),
        None => start.filter(|_| year == from).map(|value| (value, value)),
    };
    let line = |label: &str, role, value: &dyn Fn(i32) -> Option<f64>| LineSeries {
        label: label.to_owned(),
        role,
        values: years.iter().map(|y| value(*y)).collect(),
    };
    let figure = Line {
        unit: part.measure.unit,
        series: vec![
            line(&maker.comparisons.district.name, LineRole::District, &|year| part.value(year)),
            line("projected", LineRole::Projected, &projected),
        ],
        band: Some(Band {
            label: "Band of the projection".to_owned(),
            values: years.iter().map(|y| doubt(*y)).collect(),
        }),
        breaks: breaks(part, &years),
        years,
    };
    let headline =
        finding::projected(comparison, part.measure, maker.catalog).ok_or("there is nothing to project")?;
    Ok(Made {
        table: projected_table(&figure, part),
        alt: format!("Line chart of {}. {headline}", maker.spec.title),
        figure: Figure::Line(figure),
        headline,
        rests_on: vec![comparison],
        shown: (known.first().copied().unwrap_or(from), from),
        notes: vec![finding::projection_note(projection, part.measure)],
    })
}

fn projected_table(line: &Line, part: &Part<'_>) -> Table {
    let columns = ["School year", "Value", "Projected", "Band, from", "Band, to"].map(str::to_owned).to_vec();
    let (known, projected) = (&line.series[0].values, &line.series[1].values);
    let number = |value: Option<f64>| match value {
        Some(value) => TableCell::Number(value, line.unit),
        None => TableCell::Text(String::new()),
    };
    let rows = line.years.iter().enumerate().map(|(i, year)| {
        let is_known = part.comparison.latest().is_some_and(|p| p.year.end() >= *year);
        let own = match known[i] {
            None if is_known => TableCell::Absent(words::absence(part.comparison, *year)),
            value => number(value),
        };
        let band = line.band.as_ref().and_then(|b| b.values[i]).filter(|_| !is_known);
        let ahead = projected[i].filter(|_| !is_known);
        vec![
            TableCell::Text(words::year(*year)),
            own,
            number(ahead),
            number(band.map(|b| b.0)),
            number(band.map(|b| b.1)),
        ]
    });
    Table { columns, rows: rows.collect() }
}

/// The years of a series: at most `most`, up to its latest.
fn window(comparison: &Comparison, most: usize) -> Vec<i32> {
    let latest = comparison.latest().map_or(0, |p| p.year.end());
    let first = comparison.reported().next().map_or(latest, |(y, _)| y.end());
    (first.max(latest + 1 - most as i32)..=latest).collect()
}

fn with_peers(maker: &Maker<'_>, part: &Part<'_>, years: &[i32]) -> Line {
    let standings = &part.comparison.standings;
    let at = |year: i32| standings.iter().find(|s| s.year.end() == year);
    let each = |value: fn(&Standing) -> Option<f64>| -> Vec<Option<f64>> {
        years.iter().map(|y| at(*y).and_then(value)).collect()
    };
    let series =
        |label: &str, role, values: Vec<Option<f64>>| LineSeries { label: label.to_owned(), role, values };
    let own = years.iter().map(|y| part.value(*y)).collect();
    let mut all = vec![series(&maker.comparisons.district.name, LineRole::District, own)];
    let peers = each(|s| s.peer_median);
    if peers.iter().any(Option::is_some) {
        all.push(series("Peer median", LineRole::PeerMedian, peers));
    }
    let state = each(|s| s.state_median);
    if state.iter().any(Option::is_some) && !is_of_size(part) {
        all.push(series("State median", LineRole::State, state));
    }
    let quartiles: Vec<Option<(f64, f64)>> =
        years.iter().map(|y| at(*y).and_then(|s| Some((s.peer_p25?, s.peer_p75?)))).collect();
    let band = quartiles
        .iter()
        .any(Option::is_some)
        .then(|| Band { label: "Middle half of peers".to_owned(), values: quartiles });
    Line { unit: part.measure.unit, years: years.to_vec(), series: all, band, breaks: breaks(part, years) }
}

/// Whether the measure tells a district's size: the state's median then says nothing about it.
fn is_of_size(part: &Part<'_>) -> bool {
    part.measure.change_is_percent
}

fn of_parts(parts: &[Part<'_>], years: &[i32]) -> Line {
    let series = parts.iter().map(|part| LineSeries {
        label: part.label.clone(),
        role: if part.whole { LineRole::District } else { LineRole::Part },
        values: years.iter().map(|y| part.value(*y)).collect(),
    });
    Line {
        unit: parts[0].measure.unit,
        years: years.to_vec(),
        series: series.collect(),
        band: None,
        breaks: breaks(&parts[0], years),
    }
}

fn breaks(part: &Part<'_>, years: &[i32]) -> Vec<(i32, String)> {
    let inside = |year: i32| years.first().is_some_and(|f| *f < year) && years.contains(&year);
    part.comparison.breaks.iter().filter(|b| inside(b.year)).map(|b| (b.year, b.why.clone())).collect()
}

fn table(line: &Line, part: &Part<'_>) -> Table {
    let mut columns = vec!["School year".to_owned()];
    columns.extend(line.series.iter().map(|s| s.label.clone()));
    let quartiles = line.band.as_ref();
    if quartiles.is_some() {
        columns.extend(["Peers, lower quartile".to_owned(), "Peers, upper quartile".to_owned()]);
    }
    let number = |value: Option<f64>, year: i32| match value {
        Some(value) => TableCell::Number(value, line.unit),
        None => TableCell::Absent(words::absence(part.comparison, year)),
    };
    let rows = line.years.iter().enumerate().map(|(i, year)| {
        let mut row = vec![TableCell::Text(words::year(*year))];
        row.extend(line.series.iter().map(|s| number(s.values[i], *year)));
        if let Some(band) = quartiles {
            let (low, high) = band.values[i].map_or((None, None), |(l, h)| (Some(l), Some(h)));
            row.extend([number(low, *year), number(high, *year)]);
        }
        row
    });
    Table { columns, rows: rows.collect() }
}
