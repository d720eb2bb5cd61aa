//! Surveys: raw answers become counts.
//!
//! The answers of a file are read column by column ([`columns`]); what a column holds follows from its heading and from its answers
//! ([`roles`], [`scales`]). Then every answer is counted once ([`counting`]). Nothing that a person wrote leaves this stage: open answers
//! are only counted. What of the counts may be shown is decided in `disclosure`.

mod columns;
mod counting;
mod counts;
mod doubts;
mod heading_scale;
mod item_evidence;
mod item_texts;
mod items;
mod numbers;
mod opposed;
mod parts;
mod reading;
mod recognized;
mod roles;
mod row_checks;
mod scales;
mod translations;
mod waves;

pub use counts::{GroupCounts, PartCounts, ShareSum, SurveyConstruct, SurveyCounts, SurveyItem};
pub use reading::{SURVEY_LAYOUT, SurveyFile, SurveysRead, read_surveys};
pub use recognized::{RecognizedSurvey, recognize};
