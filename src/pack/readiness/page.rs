//! The readiness report as one page that needs nothing else.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, Value, context};

use crate::diagnostic::{Severity, SheetRead, SourceRead};
use crate::readiness::{CoverageState, Readiness, Request};

const PAGE: &str = include_str!("page.html.jinja");
const STYLE: &str = include_str!("style.css");

/// How a state of the grid is shown: a sign, and the word for it.
pub(super) const fn sign(state: CoverageState) -> (&'static str, &'static str) {
    match state {
        CoverageState::Reported => ("●", "reported"),
        CoverageState::Masked => ("*", "masked"),
        CoverageState::Withheld => ("w", "withheld"),
        CoverageState::Missing => ("–", "blank"),
        CoverageState::NotThere => ("", "not there"),
    }
}

/// The word for a problem's weight.
pub(super) const fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "left out",
        Severity::Warning => "to check",
        Severity::Note => "to know",
    }
}

pub(super) fn page(readiness: &Readiness) -> Result<String, Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_template("page", PAGE)?;
    let domains: Vec<Value> = readiness
        .coverage
        .iter()
        .map(|domain| {
            let rows: Vec<Value> = domain
                .measures
                .iter()
                .map(|m| {
                    let cells: Vec<Value> = m
                        .states
                        .iter()
                        .map(|s| context! { sign => sign(*s).0, word => sign(*s).1, id => sign(*s).1.replace(' ', "-") })
                        .collect();
                    context! { label => m.label.as_str(), cells, groups => m.groups, others => m.other_districts }
                })
                .collect();
            let years: Vec<String> = domain.years.iter().map(|y| format!("{}-{:02}", y - 1, y % 100)).collect();
            context! { label => domain.label.as_str(), years, rows, without => domain.without.join(", ") }
        })
        .collect();
    let problems: Vec<Value> = readiness
        .problems
        .iter()
        .map(|p| {
            context! {
                weight => weight(p.severity), place => p.place.to_string(), found => p.found.as_str(), done => p.done.as_str(),
                hint => p.hint.as_str(), more => p.count - 1,
            }
        })
        .collect();
    let view = context! {
        style => Value::from_safe_string(STYLE.to_owned()),
        title => readiness.title.as_str(), name => readiness.district_name.as_str(), id => readiness.district_id.as_str(),
        summary => readiness.summary.as_str(), domains, problems, requests => requests(readiness), sources => sources(readiness),
    };
    templates.get_template("page")?.render(view)
}

fn requests(readiness: &Readiness) -> Vec<Value> {
    let one = |r: &Request| {
        context! {
            domain_label => r.domain_label.as_str(), measure => r.measure.as_str(), definition => r.definition.as_str(), missing => r.missing.as_str(),
            charts => r.charts.join("; "), not_drawn => r.not_drawn,
        }
    };
    readiness.requests.iter().map(one).collect()
}

/// A row for each sheet.
fn sources(readiness: &Readiness) -> Vec<Value> {
    let sheets = readiness.sources.iter().flat_map(|s| s.sheets.iter().map(move |sheet| (s, sheet)));
    let one = |(source, sheet): (&SourceRead, &SheetRead)| {
        let left: Vec<String> =
            sheet.rows_left_out.iter().map(|l| format!("{} rows: {}.", l.rows, l.why)).collect();
        context! {
            path => source.path.as_str(), sheet => sheet.sheet.as_deref(), layout => source.layout.as_str(), unread => sheet.unread.as_deref(),
            reported => sheet.cells_reported, masked => sheet.cells_masked, missing => sheet.cells_missing,
            not_numbers => sheet.cells_not_numbers, left => left.join(" "),
            columns_unread => sheet.columns_unread.join(", "),
        }
    };
    sheets.map(one).collect()
}
