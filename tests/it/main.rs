//! The integration tests, in one binary.

mod architecture;
mod bad_input;
mod catalog;
mod charts;
mod illinois;
mod program;
mod project;
mod sample;
mod texas;
