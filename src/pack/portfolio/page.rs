//! `portfolio.html`: a row for each district, with a link to its pack.

use minijinja::{Error, Value, context};

use super::manifest::Portfolio;
use super::row::{PackOutcome, PortfolioRow};
use crate::assets::AssetFolder;
use crate::domain::{Quadrant, SchoolYear};
use crate::pack::templates::html_environment;
use crate::wording::portfolio as wording;

/// The page as HTML.
pub(super) fn page(portfolio: &Portfolio) -> Result<String, Error> {
    let mut templates = html_environment()?;
    let page = AssetFolder::Templates.text("portfolio/page.html.jinja");
    templates.add_template_owned("page", page.into_owned())?;
    let style = AssetFolder::Templates.text("portfolio/style.css");
    let rows = &portfolio.districts;
    let view = context! {
        style => Value::from_safe_string(style.into_owned()),
        text => Value::from_pairs(wording::PAGE_TEXTS),
        title => portfolio.title.as_str(),
        summary => summary(portfolio),
        has_states => rows.iter().any(|row| row.summary.state.is_some()),
        quadrants => Quadrant::ALL.map(Quadrant::heading),
        districts => rows.iter().map(district_view).collect::<Vec<_>>(),
        breaks => rows.iter().filter(|row| !row.summary.breaks.is_empty()).map(breaks_view).collect::<Vec<_>>(),
        problems => rows.iter().filter(|row| has_problems(row)).map(problems_view).collect::<Vec<_>>(),
    };
    templates.get_template("page")?.render(view)
}

/// How many packs there are, in one sentence.
pub(super) fn summary(portfolio: &Portfolio) -> String {
    let [complete, partly, not_built] =
        [PackOutcome::Complete, PackOutcome::WithoutSomeData, PackOutcome::NotBuilt]
            .map(|outcome| portfolio.count(outcome));
    wording::summary(&wording::OutcomeCounts { complete, partly, not_built })
}

/// The latest year of a district as people write it; empty without one.
pub(super) fn latest_year(row: &PortfolioRow) -> String {
    row.summary.latest_year.map(SchoolYear::text_of).unwrap_or_default()
}

/// Whether a district has no pack, or its pack has problems of its own.
pub(super) fn has_problems(row: &PortfolioRow) -> bool {
    row.not_built.is_some() || !row.problems.is_empty()
}

/// What people read of a district's problems.
pub(super) fn problem_texts(row: &PortfolioRow) -> Vec<String> {
    let not_built = row.not_built.iter().map(|why| wording::not_built(why));
    not_built
        .chain(row.problems.iter().map(|problem| wording::problem(&problem.found, &problem.done)))
        .collect()
}

fn district_view(row: &PortfolioRow) -> Value {
    let summary = &row.summary;
    context! {
        id => row.id.as_str(),
        name => row.name.as_str(),
        link => row.link(),
        state => summary.state.as_deref().unwrap_or_default(),
        outcome => wording::outcome(row.outcome.exit_code()),
        is_built => row.not_built.is_none(),
        year => latest_year(row),
        charts => summary.charts,
        charts_wanted => summary.charts_wanted,
        without => summary.without.join(", "),
        candidates => Quadrant::ALL.map(|quadrant| row.in_quadrant(quadrant)),
        breaks => summary.breaks.len(),
        published => wording::number(summary.published),
        masked => wording::number(summary.masked),
        withheld => wording::number(summary.withheld),
    }
}

fn breaks_view(row: &PortfolioRow) -> Value {
    let breaks = row.summary.breaks.iter();
    let texts = breaks.map(|found| {
        wording::series_break(&found.measure, &SchoolYear::text_of(found.school_year), &found.why)
    });
    context! { name => row.name.as_str(), id => row.id.as_str(), texts => texts.collect::<Vec<_>>() }
}

fn problems_view(row: &PortfolioRow) -> Value {
    context! { name => row.name.as_str(), id => row.id.as_str(), texts => problem_texts(row) }
}
