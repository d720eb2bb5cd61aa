//! The integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test says by failing what is wrong")]

mod architecture;
mod bad_input;
mod bounds;
mod cases;
mod catalog;
mod catalog_faults;
mod charts;
mod density;
mod evidence;
mod growth;
mod hostile;
mod illinois;
mod inference;
mod inspect_layout;
mod kills;
mod layout_docs;
mod links;
mod meaning;
mod memory;
mod names;
mod nces;
mod nested;
mod null;
mod own_district;
mod peers;
mod plausibility;
mod policy;
mod policy_ways;
mod privacy;
mod program;
mod project;
mod proposed;
mod readiness;
mod releases;
mod rings;
mod round_trip;
mod sample;
mod sources;
mod states;
mod survey;
mod template;
mod texas;
mod wording;
mod workbooks;
