//! `retreat merge-shards`: from the shards of all districts to one portfolio.

use super::arguments::MergeShardsArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use crate::diagnostic::Diagnostic;
use crate::pack::{PackOutcome, Portfolio, PortfolioRow};
use crate::run::{self, MergedShards};
use crate::wording::run::file_written;
use crate::wording::shards as wording;

/// Merges the shards of a project, and reports the districts without a pack.
pub(super) fn merge_shards(arguments: &MergeShardsArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let out = arguments.out.clone().unwrap_or_else(|| arguments.project.join("out"));
    let merged = run::merge_shards(&arguments.project, &out)?;
    reporter.progress(&wording::merged(merged.portfolio.districts.len(), merged.shards, &out.display()))?;
    report_portfolio(&merged, reporter)?;
    let Portfolio { diagnostics, districts, .. } = merged.portfolio;
    let mut problems = diagnostics.all;
    problems.extend(districts.iter().flat_map(problems_of));
    reporter.problems(problems)
}

/// Reports where the portfolio is, and what was moved out of its way.
pub(super) fn report_portfolio(merged: &MergedShards, reporter: Reporter) -> Result<(), CliError> {
    reporter.progress(&file_written(&merged.written.page.display()))?;
    reporter.problems(run::files_kept(&merged.written.kept))?;
    Ok(())
}

/// The problems of a district alone; if it has no pack, why.
fn problems_of(row: &PortfolioRow) -> Vec<Diagnostic> {
    let mut problems = row.problems.clone();
    if let Some(why) = row.not_built.as_deref().filter(|_| row.outcome == PackOutcome::NotBuilt) {
        problems.push(super::districts::not_built(&row.name, &row.id, why));
    }
    problems
}
