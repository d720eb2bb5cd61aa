//! The pages for the other days of the plan, and the poster of the menu of indicators.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::input::Paper;
use super::sheet::Size;
use crate::domain::ALL;
use crate::exhibit::Pack;
use crate::plan::{FeasibleRange, MenuRow, OnePage, PageFact, PageLine, PlanSpec};
use crate::wording::plan as wording;

/// The most indicators on the poster: what can be read across a room.
const MOST: usize = 11;
/// Of one area, the most of them.
const MOST_OF_AREA: usize = 3;

/// What the template of a page receives.
pub(super) fn view(page: &OnePage) -> Value {
    context! {
        page => context! {
            heading => &page.heading,
            lead => &page.lead,
            note => &page.note,
            facts => page.facts.iter().map(fact).collect::<Value>(),
            lists => page.lists.iter().map(|list| context! {
                heading => &list.heading,
                items => list.items.iter().map(line).collect::<Value>(),
            }).collect::<Value>(),
        },
    }
}

fn fact(fact: &PageFact) -> Value {
    context! { label => &fact.label, value => &fact.value, year => &fact.year }
}

fn line(line: &PageLine) -> Value {
    context! { name => &line.name, text => &line.text }
}

/// What the poster's template receives.
pub(super) fn poster(paper: &Paper<'_>) -> Value {
    let size = Size::placemat(paper.size);
    let spec = &paper.pack.plan;
    context! {
        width => size.width,
        height => size.height,
        rows => on_poster(paper.pack).into_iter().map(|row| poster_row(row, spec)).collect::<Value>(),
    }
}

/// The indicators on the poster: those of the whole district that have a range. Without any, there is no poster.
pub(super) fn on_poster(pack: &Pack) -> Vec<&MenuRow> {
    let rows = pack.menu.iter().flat_map(|menu| &menu.rows);
    let whole = rows.filter(|row| row.key.group == ALL && row.key.grade.is_all() && row.longest().is_some());
    let mut of_area: BTreeMap<&str, usize> = BTreeMap::new();
    let mut chosen: Vec<&MenuRow> = Vec::new();
    for row in whole {
        let count = of_area.entry(&row.goal_area).or_default();
        *count += 1;
        if *count <= MOST_OF_AREA && chosen.len() < MOST {
            chosen.push(row);
        }
    }
    chosen
}

fn poster_row(row: &MenuRow, spec: &PlanSpec) -> Value {
    let [typical, ambitious, exceptional] =
        [spec.typical, spec.ambitious, spec.exceptional].map(|share| reached(row, share));
    context! {
        indicator => &row.indicator,
        area => &row.goal_area,
        better => crate::wording::workbook::better(row.better),
        baseline => row.unit.format(row.baseline.value),
        year => row.baseline.year.to_string(),
        noise => row.noise.map(|noise| row.unit.format_stated_change(noise)),
        typical,
        ambitious,
        exceptional,
        similar => row.longest().map(similar),
    }
}

/// What this share of similar districts reached.
fn reached(row: &MenuRow, share: f64) -> Option<String> {
    row.longest().map(|range| row.unit.format(range.reached_by(share)))
}

fn similar(range: &FeasibleRange) -> String {
    wording::similar(range.count(), range.span, &range.first.to_string(), &range.last.to_string())
}
