//! Surveys spreadsheets without a named layout: which tables they have, what their columns contain, which
//! layouts in the catalog fit, and a proposed layout for the rest.
//!
//! Nothing is guessed silently: each column is either matched or left unread, with a reason in words.
//!
//! The steps, each in a file of its own:
//!
//! 1. `surveyor`: for each sheet, the layouts that fit, its tables (`table`), and what the cells of each
//!    column contain (`cell_profile`).
//! 2. `classify`: what each column means. Columns that say what a row is about (`role`); measures by their
//!    own names (`by_name`, with `matching`, `vocabulary` and `numeric_fit`); values of long tables
//!    (`long_table`); columns named only by a group (`head_counts`, `title`); numerators and denominators
//!    (`rate_counts`, `rate_parts`); columns that repeat others (`repeated_content`).
//! 3. `year`: where the school year is found. `evidence`: whom the rows are about. `problem`: what prevents a table from being read.
//! 4. `plan`: tables that look alike (`cluster`) share a proposed layout (`layout_draft`, `layout_columns`, `layout_codes`).

mod by_name;
mod cell_profile;
mod classify;
mod cluster;
mod column;
mod district_name;
mod evidence;
mod head_counts;
mod layout_codes;
mod layout_columns;
mod layout_draft;
mod line_item;
mod line_items;
mod line_numbers;
mod long_table;
mod look;
mod matching;
mod name_pattern;
mod numeric_fit;
mod own_columns;
mod own_file;
mod own_measure;
mod own_title;
mod own_words;
mod parsed_name;
mod plan;
mod problem;
mod project_plan;
mod rate_counts;
mod rate_parts;
mod repeated_content;
mod role;
mod row_evidence;
mod sheet;
mod spelling;
mod surveyor;
mod table;
mod title;
mod tokens;
mod toml_text;
mod vocabulary;
mod year;
mod year_mention;
mod year_pattern;

pub use cell_profile::{CellProfile, ColumnType, Mask};
pub use column::{Column, ColumnMeaning, MeasureColumn};
pub use district_name::{NamedDistrict, named_district};
pub use line_item::{LineItem, LineMeaning};
pub use look::look;
pub use own_file::OWN_MEASURES_FILE;
pub use own_measure::OwnMeasure;
pub use plan::plan;
pub use project_plan::{ColumnCounts, PlannedSource, ProjectPlan, ProposedLayout, UnreadTable};
pub use row_evidence::{JoinedColumn, RowEvidence, RowRule};
pub use sheet::{FileSurvey, LayoutMatch, SheetSurvey, TableSurvey, YearPlace};
pub use surveyor::{Surveyor, survey};
