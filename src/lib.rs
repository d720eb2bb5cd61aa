//! `retreat` reads a school district's spreadsheets and makes the chart pack for its data retreat.
//!
//! The stages, each of which uses only those before it: `sheets (a crate) → observation → measure →
//! disclosure → compare → finding → exhibit → chart, pack`. `run` is the whole pipeline on one screen;
//! `ARCHITECTURE.md` says why.

pub mod assets;
pub mod audit;
pub mod catalog;
pub mod chart;
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod disclosure;
pub mod disk;
pub mod domain;
pub mod exhibit;
pub mod finding;
mod form_export;
pub mod measure;
pub mod observation;
pub mod pack;
pub mod pack_tables;
pub mod perception;
pub mod plan;
pub mod plausibility;
pub mod project;
pub mod readiness;
pub mod room;
pub mod run;
pub mod survey;
pub mod template;
pub mod wording;
