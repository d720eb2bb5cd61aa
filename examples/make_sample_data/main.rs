//! Makes the sample's five workbooks, with ten years of data about sixty districts that do not exist and about the schools
//! of two of them, and the surveys of one.
//!
//! `cargo run --example make_sample_data` writes them into `sample_data/`, or into a folder that you name. Every
//! run writes the same bytes. What is planted is in `plan.rs` and, for readers, in `sample_data/README.md`.

mod assessment;
mod book;
mod enrollment;
mod finance;
mod money;
mod plan;
mod random;
mod results;
mod roster;
mod schools;
mod staff;
mod staffing;
mod students;
mod survey;
mod survey_plan;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let named = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data"));
    std::fs::create_dir_all(&folder)?;
    enrollment::write(&folder)?;
    assessment::write(&folder)?;
    finance::write(&folder)?;
    staffing::write(&folder)?;
    schools::write(&folder)?;
    survey::write(&folder)?;
    Ok(())
}
