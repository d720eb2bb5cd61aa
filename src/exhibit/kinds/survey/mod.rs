//! What people say in surveys: who answered, by subject, by question, what changed, and how groups differ.

mod changes;
mod constructs;
mod differences;
mod items;
mod response;
mod share_table;
mod views;

use std::collections::BTreeSet;

use super::context::ExhibitContext;
use crate::catalog::SurveyView;
use crate::exhibit::model::Exhibit;
use crate::finding::Findings;
use crate::wording::perception as words;
use views::SurveyContext;

/// The exhibit of a view.
///
/// # Errors
/// Why there is nothing to show.
pub(super) fn exhibit(
    context: &ExhibitContext<'_>,
    findings: &Findings,
    said: &mut BTreeSet<String>,
) -> Result<Exhibit, String> {
    let survey = SurveyContext { context, perception: &context.comparisons.perception };
    if survey.perception.latest.is_empty() {
        return Err(words::NO_SURVEY.to_owned());
    }
    let draft = match context.spec.survey.unwrap_or(SurveyView::Response) {
        SurveyView::Response => response::draft(survey),
        SurveyView::Constructs => constructs::draft(survey),
        SurveyView::Items => items::draft(survey),
        SurveyView::Changes => changes::draft(survey),
        SurveyView::Differences => differences::draft(survey),
    }?;
    Ok(survey.finish(draft, findings, said))
}
