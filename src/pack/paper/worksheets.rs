//! The worksheets: what people write on.

use minijinja::{Value, context};

use super::group::DayGroup;
use super::heading::heading;
use super::input::Paper;
use crate::domain::SchoolYear;
use crate::exhibit::{Exhibit, Figure, Line, LineRole, Pack};
use crate::finding::Finding;

/// How many charts of a part of the day are predicted.
const PREDICTED: usize = 2;
/// The most years on an axis; of more, every second, third, … is named.
const NAMED_YEARS: usize = 11;
/// Items on a page of the ballot of a table.
const BALLOT_ITEMS: usize = 6;

/// What the template receives. `cards` are the candidates.
pub(super) fn view(paper: &Paper<'_>, cards: &Value) -> Value {
    context! {
        predictions => paper.groups.iter().filter_map(predictions).collect::<Value>(),
        cards,
        ballots => ballots(paper.pack),
        own_rows => paper.pack.room.own_rows,
    }
}

/// The items that are shown, as many on a page of a table's ballot as there is room for.
fn ballots(pack: &Pack) -> Value {
    let shown: Vec<&Finding> = pack.findings.all.iter().filter(|finding| finding.is_shown).collect();
    shown
        .chunks(BALLOT_ITEMS)
        .map(|page| page.iter().map(|finding| ballot_item(finding)).collect::<Value>())
        .collect()
}

fn ballot_item(finding: &Finding) -> Value {
    context! { number => finding.number.to_string(), statement => &finding.statement }
}

/// The empty axes of a part of the day; `None` if it has no line chart.
fn predictions(group: &DayGroup<'_>) -> Option<Value> {
    let lines = group.exhibits.iter().filter_map(|shown| axes(shown.exhibit));
    let charts: Vec<Value> = lines.take(PREDICTED).collect();
    (!charts.is_empty()).then(|| context! { topic => heading(group), charts })
}

/// The axes of a line chart, with the value that the line begins with.
fn axes(exhibit: &Exhibit) -> Option<Value> {
    let Figure::Line(line) = &exhibit.figure else { return None };
    let (start, value) = first_value(line)?;
    let last = line.years.iter().rposition(|year| has_value(line, *year))?;
    let years: Vec<String> = line.years[start..=last].iter().copied().map(SchoolYear::text_of).collect();
    let step = years.len().div_ceil(NAMED_YEARS).max(1);
    Some(context! {
        code => &exhibit.code,
        topic => &exhibit.topic,
        title => &exhibit.title,
        direction => exhibit.direction,
        has_peers => line.has(LineRole::PeerMedian),
        from => years.first(),
        to => years.last(),
        start => line.unit.format(value),
        years,
        step,
    })
}

/// The index of the first year in which the district has a value, and the value.
fn first_value(line: &Line) -> Option<(usize, f64)> {
    let own = line.series.iter().find(|series| series.role == LineRole::District)?;
    own.values.iter().enumerate().find_map(|(index, value)| Some((index, (*value)?)))
}

/// Whether the district has a value in this year.
fn has_value(line: &Line, year: i32) -> bool {
    let index = line.years.iter().position(|shown| *shown == year);
    let own = line.series.iter().find(|series| series.role == LineRole::District);
    index.is_some_and(|index| own.is_some_and(|own| matches!(own.values.get(index), Some(Some(_)))))
}
