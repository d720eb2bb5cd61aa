//! The plan after the retreat: the menu of indicators with what is feasible, the goals that people wrote, and how they stand.
//!
//! The menu is made from what may be shown. What people type stays theirs: a goal that cannot be checked is kept, with a problem
//! that names its cell.

mod changes;
mod check;
mod deadline;
mod goal;
mod heading;
mod memory;
mod menu;
mod noise;
mod numbered_goal;
mod one_page;
mod process;
mod range;
mod reading;
mod required_table;
mod scorecard;
mod state;
mod target;
mod target_changes;
mod two_row_heading;
mod words;

pub use crate::catalog::{PlanColumn, PlanSpec};

pub use changes::{ChangeKind, PlanChange, TargetTexts};
pub use check::{AskedGain, CheckedGoal, DidAsMuch, GainVerdict, NoVerdict};
pub use deadline::Deadline;
pub use goal::{PlanCell, TypedGoal};
pub use memory::{MEMORY_FORMAT, MEMORY_SHEET, MemoryRow, PlanMemory, RememberedSeries, RememberedValue};
pub use menu::{MenuInput, MenuRow, MenuValue, PeerName, PlanMenu, menu};
pub use numbered_goal::{NumberedGoal, asked_about_goals, numbered_goals};
pub use one_page::{OnePage, OnePageInput, OnePages, PageFact, PageLine, PageList, one_pages};
pub use process::{LocalTexts, ProcessPoint, ProcessSeries};
pub use range::{FeasibleRange, RangeFinder, RangeStart};
pub use required_table::{RequiredRow, RequiredTable, required_table};
pub use scorecard::{GoalStatus, ScoreRow, ScoreYear};
pub use state::{PlanGoal, PlanInput, PlanState, read_plan};
pub use target::TargetFault;
