//! The readiness report as one self-contained page.

use minijinja::{Error, Value, context};

use crate::assets::AssetFolder;
use crate::diagnostic::{Diagnostic, SheetRead, SourceRead};
use crate::pack::templates::html_environment;
use crate::readiness::{CoverageState, DomainCoverage, MeasureCoverage, Readiness, Request};
use crate::wording::readiness as wording;

/// How a coverage state is shown: a sign and a word.
pub(super) const fn sign(state: CoverageState) -> (&'static str, &'static str) {
    match state {
        CoverageState::Reported => ("●", wording::REPORTED),
        CoverageState::Masked => ("*", wording::MASKED),
        CoverageState::Withheld => ("w", wording::WITHHELD),
        CoverageState::Missing => ("–", wording::BLANK),
        CoverageState::NotThere => ("", wording::NO_DATA),
    }
}

/// The page as HTML.
pub(super) fn page(readiness: &Readiness) -> Result<String, Error> {
    let mut templates = html_environment()?;
    let page = AssetFolder::Templates.text("readiness/page.html.jinja");
    templates.add_template_owned("page", page.into_owned())?;
    let style = AssetFolder::Templates.text("readiness/style.css");
    let view = context! {
        style => Value::from_safe_string(style.into_owned()),
        text => Value::from_pairs(wording::PAGE_TEXTS),
        page_title => wording::page_title(&readiness.district_name),
        heading => wording::heading(&readiness.district_name),
        title => readiness.title.as_str(),
        id => readiness.district_id.as_str(),
        summary => readiness.summary.as_str(),
        domains => readiness.coverage.iter().map(domain_view).collect::<Vec<_>>(),
        problems => readiness.problems.iter().map(problem_view).collect::<Vec<_>>(),
        requests => readiness.requests.iter().map(request_view).collect::<Vec<_>>(),
        published => readiness.published.iter().map(|file| file.line.clone()).collect::<Vec<_>>(),
        sources => readiness.sources.iter().flat_map(sheet_views).collect::<Vec<_>>(),
    };
    templates.get_template("page")?.render(view)
}

fn domain_view(domain: &DomainCoverage) -> Value {
    context! {
        label => domain.label.as_str(),
        years => domain.years.iter().map(|year| wording::school_year(*year)).collect::<Vec<_>>(),
        rows => domain.measures.iter().map(measure_view).collect::<Vec<_>>(),
        without => wording::without_data(&domain.without),
    }
}

fn measure_view(measure: &MeasureCoverage) -> Value {
    context! {
        label => measure.label.as_str(),
        cells => measure.states.iter().map(|state| state_view(*state)).collect::<Vec<_>>(),
        groups => measure.groups,
        others => measure.other_districts,
    }
}

fn state_view(state: CoverageState) -> Value {
    let (sign, word) = sign(state);
    context! { sign, word, id => state_id(state) }
}

/// The class of a state's cells in the page's style sheet.
const fn state_id(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Reported => "reported",
        CoverageState::Masked => "masked",
        CoverageState::Withheld => "withheld",
        CoverageState::Missing => "missing",
        CoverageState::NotThere => "not-there",
    }
}

fn problem_view(problem: &Diagnostic) -> Value {
    context! {
        severity => wording::severity(problem.severity),
        place => problem.place.to_string(),
        found => problem.found.as_str(),
        done => problem.done.as_str(),
        hint => problem.hint.as_str(),
        more => wording::more_like_it(problem.count - 1),
    }
}

fn request_view(request: &Request) -> Value {
    context! {
        domain_label => request.domain_label.as_str(),
        measure => request.measure.as_str(),
        definition => request.definition.as_str(),
        missing => request.missing.as_str(),
        charts => request.charts.join("; "),
        not_drawn => wording::not_drawn_without_it(request.not_drawn),
    }
}

/// A row for each sheet of a source.
fn sheet_views(source: &SourceRead) -> Vec<Value> {
    source.sheets.iter().map(|sheet| sheet_view(source, sheet)).collect()
}

fn sheet_view(source: &SourceRead, sheet: &SheetRead) -> Value {
    context! {
        path => source.path.as_str(),
        sheet => sheet.sheet.as_deref(),
        layout => source.layout.as_str(),
        unread => sheet.unread.as_deref().map(wording::sheet_not_read),
        reported => sheet.cells_reported,
        masked => sheet.cells_masked,
        missing => sheet.cells_missing,
        not_numbers => sheet.cells_not_numbers,
        left_out => wording::left_out(&left_out_texts(sheet)),
    }
}

/// The rows and columns of a sheet that were left out.
pub(super) fn left_out_texts(sheet: &SheetRead) -> Vec<String> {
    let rows = sheet.rows_left_out.iter();
    let mut texts: Vec<String> = rows.map(|rows| wording::rows_left_out(rows.rows, &rows.why)).collect();
    if !sheet.columns_unread.is_empty() {
        texts.push(wording::columns_not_read(&sheet.columns_unread));
    }
    texts
}
