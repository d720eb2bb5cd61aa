//! Every sentence that users can meet, so that one editor can revise all of them. The texts about measures,
//! groups, and rules are in the catalog.
//!
//! A function takes what a sentence mentions and returns the sentence; the stages decide what is said about which
//! district. `tests/it/wording.rs` looks for sentences elsewhere, and for long ones here.

pub(crate) mod accessibility;
pub(crate) mod alt;
pub(crate) mod catalog;
pub(crate) mod catalog_list;
pub(crate) mod caveat;
pub(crate) mod cells_read;
pub(crate) mod chart;
pub(crate) mod chart_note;
pub(crate) mod check;
pub(crate) mod computing;
pub(crate) mod deck;
pub(crate) mod deck_template;
pub(crate) mod disk;
pub(crate) mod evidence;
pub(crate) mod exhibit;
pub(crate) mod fact;
pub(crate) mod feedback;
pub(crate) mod feedback_deck;
pub(crate) mod final_swot;
pub(crate) mod finding;
pub(crate) mod finding_parts;
pub(crate) mod help;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod kit;
pub(crate) mod layout_drafts;
pub(crate) mod layout_keys;
pub(crate) mod likeness;
pub(crate) mod listing;
pub(crate) mod method;
pub(crate) mod one_page;
pub(crate) mod own_measures;
pub(crate) mod pack;
pub(crate) mod pack_tables;
pub(crate) mod page;
pub(crate) mod page_counts;
pub(crate) mod paper;
pub(crate) mod peer_choice;
pub(crate) mod peers_report;
pub(crate) mod perception;
pub(crate) mod plan;
pub(crate) mod plan_pages;
pub(crate) mod portfolio;
mod problems;
pub(crate) mod project;
pub(crate) mod projection;
pub(crate) mod protection;
pub(crate) mod published;
pub(crate) mod readiness;
pub(crate) mod reading;
pub(crate) mod refresh;
pub(crate) mod room;
pub(crate) mod run;
pub(crate) mod schools;
pub(crate) mod settings;
pub(crate) mod shards;
pub(crate) mod standing;
pub(crate) mod statement;
pub(crate) mod subject;
pub(crate) mod survey_columns;
pub(crate) mod survey_levels;
pub(crate) mod survey_percents;
pub(crate) mod survey_rows;
pub(crate) mod survey_subjects;
pub(crate) mod survey_tables;
pub(crate) mod swot_list;
pub(crate) mod template;
pub(crate) mod why_not;
pub(crate) mod workbook;

pub use problems::{RevisedTexts, SumTexts};
pub use settings::Explained;
