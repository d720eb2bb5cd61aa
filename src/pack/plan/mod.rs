//! The plan: the workbook of the pack that people fill in, and in the project, what came of it.

mod checked_book;
mod export;
mod feedback_files;
mod goal_pages;
mod menu_book;
mod plan_files;
mod plan_folder;
mod plan_output;
mod process_sheet;
mod state_table;

pub use menu_book::FILE as PLAN;
pub use plan_folder::{PlanFolder, PlanWritten};
pub use plan_output::PlanOutput;

pub(super) use menu_book::out_file;
