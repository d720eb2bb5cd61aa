//! Looking at spreadsheets that no layout is named for: what tables there are, what their columns hold, which known
//! layout fits, and a layout for the rest.
//!
//! Nothing is guessed in silence: each column is matched with a reason in words, or left unread with one.

mod codes_text;
mod column;
mod context;
mod decide;
mod evidence;
mod index;
mod layout_text;
mod long;
mod look;
mod matching;
mod parts;
mod plan;
mod role;
mod sheet;
mod table;
mod words;
mod year;

pub use column::{Cells, Kind, Mask};
pub use decide::{Column, MeasureColumn, Reading};
pub use look::look;
pub use plan::{Planned, PlannedSource, plan};
pub use sheet::{FileSurvey, KnownLayout, SheetSurvey, Surveyor, TableSurvey, YearPlace, survey};
