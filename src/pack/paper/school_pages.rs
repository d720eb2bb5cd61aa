//! The pages of schools.

use minijinja::{Value, context};

use super::exhibit_view::{described, table};
use super::input::Paper;
use crate::exhibit::SchoolPage;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let pages = paper.pack.school_pages.iter().enumerate();
    context! {
        pages => pages.map(|(place, page)| page_view(page, chart_of(paper, place))).collect::<Value>(),
    }
}

fn chart_of<'a>(paper: &'a Paper<'_>, place: usize) -> Option<&'a str> {
    paper.school_charts.get(place)?.as_deref()
}

fn page_view(page: &SchoolPage, drawn: Option<&str>) -> Value {
    let chart = drawn.zip(page.chart.as_ref());
    context! {
        name => &page.name,
        description => &page.description,
        table => table(&page.table),
        chart => chart.map(|(svg, chart)| described(svg, &chart.alt)),
        notes => &page.notes,
        source => &page.source,
    }
}
