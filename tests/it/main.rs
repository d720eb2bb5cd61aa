//! The integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test says by failing what is wrong")]

mod architecture;
mod bad_input;
mod catalog;
mod charts;
mod illinois;
mod program;
mod project;
mod sample;
mod survey;
mod texas;
