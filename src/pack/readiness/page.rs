//! The readiness report as one self-contained page.

use minijinja::{Error, Value, context};

use crate::assets::AssetFolder;
use crate::diagnostic::{Diagnostic, Severity, SheetRead, SourceRead};
use crate::pack::templates::html_environment;
use crate::readiness::{CoverageState, DomainCoverage, MeasureCoverage, Readiness, Request};

/// How a coverage state is shown: a sign and a word.
pub(super) const fn sign(state: CoverageState) -> (&'static str, &'static str) {
    match state {
        CoverageState::Reported => ("●", "reported"),
        CoverageState::Masked => ("*", "masked"),
        CoverageState::Withheld => ("w", "withheld"),
        CoverageState::Missing => ("–", "blank"),
        CoverageState::NotThere => ("", "not there"),
    }
}

/// The word for a problem's severity.
pub(super) const fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "left out",
        Severity::Warning => "to check",
        Severity::Note => "to know",
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
        title => readiness.title.as_str(),
        name => readiness.district_name.as_str(),
        id => readiness.district_id.as_str(),
        summary => readiness.summary.as_str(),
        domains => readiness.coverage.iter().map(domain_view).collect::<Vec<_>>(),
        problems => readiness.problems.iter().map(problem_view).collect::<Vec<_>>(),
        requests => readiness.requests.iter().map(request_view).collect::<Vec<_>>(),
        sources => readiness.sources.iter().flat_map(sheet_views).collect::<Vec<_>>(),
    };
    templates.get_template("page")?.render(view)
}

fn domain_view(domain: &DomainCoverage) -> Value {
    context! {
        label => domain.label.as_str(),
        years => domain.years.iter().map(|year| year_label(*year)).collect::<Vec<_>>(),
        rows => domain.measures.iter().map(measure_view).collect::<Vec<_>>(),
        without => domain.without.join(", "),
    }
}

/// A school year, given by its end: `2023-24`.
pub(super) fn year_label(end: i32) -> String {
    format!("{}-{:02}", end - 1, end % 100)
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
    context! { sign, word, id => word.replace(' ', "-") }
}

fn problem_view(problem: &Diagnostic) -> Value {
    context! {
        weight => weight(problem.severity),
        place => problem.place.to_string(),
        found => problem.found.as_str(),
        done => problem.done.as_str(),
        hint => problem.hint.as_str(),
        more => problem.count - 1,
    }
}

fn request_view(request: &Request) -> Value {
    context! {
        domain_label => request.domain_label.as_str(),
        measure => request.measure.as_str(),
        definition => request.definition.as_str(),
        missing => request.missing.as_str(),
        charts => request.charts.join("; "),
        not_drawn => request.not_drawn,
    }
}

/// A row for each sheet of a source.
fn sheet_views(source: &SourceRead) -> Vec<Value> {
    source.sheets.iter().map(|sheet| sheet_view(source, sheet)).collect()
}

fn sheet_view(source: &SourceRead, sheet: &SheetRead) -> Value {
    let left_out: Vec<String> =
        sheet.rows_left_out.iter().map(|rows| format!("{} rows: {}.", rows.rows, rows.why)).collect();
    context! {
        path => source.path.as_str(),
        sheet => sheet.sheet.as_deref(),
        layout => source.layout.as_str(),
        unread => sheet.unread.as_deref(),
        reported => sheet.cells_reported,
        masked => sheet.cells_masked,
        missing => sheet.cells_missing,
        not_numbers => sheet.cells_not_numbers,
        left => left_out.join(" "),
        columns_unread => sheet.columns_unread.join(", "),
    }
}
