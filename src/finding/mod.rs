//! Findings: SWOT candidates, each a sentence with its evidence.
//!
//! Every rule of the catalog is applied to every comparison. What is said is decided here; `wording` says it.

mod brief;
mod candidate;
mod caveats;
mod choices;
mod clauses;
mod conditions;
mod confidence;
mod coverage;
mod evidence;
mod evidence_line;
mod explain;
mod facts;
mod failure;
#[cfg(test)]
mod for_tests;
mod lines;
mod merge;
mod noticing;
mod participation;
mod peers;
mod perception;
mod projection;
mod propose;
mod ranking;
mod rule_check;
mod series;
mod shape_finding;
mod short_subject;
mod size;
mod statement;
mod story_quadrant;
mod streaks;
mod subject;
mod survey_outcome;
#[cfg(test)]
mod tests;
mod trends;
mod why_not;

pub use candidate::{Confidence, Evidence, Finding, Findings};
pub use choices::ProjectChoices;
pub use conditions::requirements;
pub use coverage::{measures_covered, rules_covering};
pub use explain::{CandidateExplanation, explain};
pub use failure::ConditionFailure;
pub(crate) use participation::participation_on_chart;
pub use peers::{BetterOutcome, BetterPeer, better_peers, likeness};
pub use projection::projection_note;
pub(crate) use projection::{projected, projected_value};
pub use propose::{ended, propose};
pub use series::Bar;
pub(crate) use series::{CountedPeople, counted_people};
pub(crate) use shape_finding::{DrawnValue, ShownSeries, are_at_least};
pub(crate) use short_subject::finding_subject;
pub use subject::subject;
pub use survey_outcome::{SurveyOutcome, survey_outcomes};
pub use why_not::{RuleOutcome, SeriesFate, SeriesOutcome, rule_outcome};
