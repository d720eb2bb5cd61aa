//! Surveys spreadsheets without a named layout: which tables they have, what their columns contain, which
//! layouts in the catalog fit, and a proposed layout for the rest.
//!
//! Nothing is guessed silently: each column is either matched or left unread, with a reason in words.
//!
//! The steps, each in a file of its own:
//!
//! 1. `surveyor`: for each sheet, the layouts that fit, its tables (`table`), and what the cells of each
//!    column contain (`cell_profile`); the notes below a table (`notes_below`).
//! 2. `classify`: what each column means. Columns that say what a row is about (`role`, `category_pair`, `district_values`); lines and their units (`line_items`, `line_unit`, `shares_and_total`); several numbers in a cell (`split_cells`); measures by their
//!    own names (`by_name`, with `matching`, `vocabulary`, `rank_name` and `numeric_fit`); values of long tables
//!    (`long_table`); columns named only by a group (`head_counts`, `group_shares`, `title`, `narrowed_title`); numerators and denominators
//!    (`rate_counts`, `rate_parts`, `counts_beside_rates`); tests, their times of the year and their levels (`test_tables`, `test_windows`, `achievement_levels`, `level_name`, `level_rows`, `level_runs`, `level_totals`, `level_sums`); what other columns
//!    and titles say of a name (`other_meanings`) or a scale (`percents_together`, `money_per_student`, `amounts_per_head`, `sums_of_parts`); columns that repeat others (`repeated_content`); codes (`number_codes`), and groups that are subjects (`subject_names`).
//! 3. `id_column`: ids by their rows. `group_columns`, `category_answers`: several columns that give the student group. `whole_table`: a group, grade or subject that all rows are about (`title_terms`, `table_subject`). `headed_rows`: what headings between the rows say (`block_headings`, `headed_part`). `narrowed_table`: a part of each district that they are about, also as a code (`code_column`). `year`: where the school year is found. `evidence`: whom the rows are about. `problem`: what prevents a table from being read.
//! 4. `folder`: what tables of a folder say of each other (`folder_table`, `folder_scales`, `folder_heads`, `folder_schools`), whom each is about (`folder_owners`, `table_owner`, `tables_alike`), which part of it their names say (`named_parts`, `folder_funds`), and results that several files have (`folder_repeats`).
//! 5. `plan`: tables that look alike (`cluster`) share a proposed layout (`fixed_district`, `folder_ids`, `edition_order`, `layout_draft`, `layout_columns`, `layout_codes`, `layout_parts`,
//!    `layout_line_parts`).

mod achievement_levels;
mod amounts_per_head;
mod block_headings;
mod by_name;
mod carried_years;
mod category_answers;
mod category_pair;
mod cell_profile;
mod cell_profiler;
mod classify;
mod cluster;
mod code_column;
mod column;
mod compiled_patterns;
mod counts_beside_rates;
mod district_name;
mod district_values;
mod edition_names;
mod edition_order;
mod evidence;
mod fixed_district;
mod folder;
mod folder_funds;
mod folder_heads;
mod folder_id_systems;
mod folder_ids;
mod folder_owners;
mod folder_repeats;
mod folder_scales;
mod folder_schools;
mod folder_table;
mod graded_subject;
mod graded_subjects;
mod group_columns;
mod group_shares;
mod head_counts;
mod headed_part;
mod headed_rows;
mod id_column;
mod indicator_numbers;
mod layout_codes;
mod layout_columns;
mod layout_draft;
mod layout_line_parts;
mod layout_parts;
mod level_name;
mod level_rows;
mod level_runs;
mod level_sums;
mod level_totals;
mod line_item;
mod line_items;
mod line_numbers;
mod line_unit;
mod long_table;
mod look;
mod matching;
mod money_per_student;
mod name_pattern;
mod named_parts;
mod narrowed_table;
mod narrowed_title;
mod notes_below;
mod number_codes;
mod numeric_columns;
mod numeric_fit;
mod other_meanings;
mod own_columns;
mod own_file;
mod own_measure;
mod own_output;
mod own_title;
mod own_words;
mod parsed_name;
mod percents_together;
mod plan;
mod problem;
mod project_plan;
mod rank_name;
mod rate_counts;
mod rate_parts;
mod remarked_names;
mod repeated_content;
mod report_filters;
mod role;
mod row_evidence;
mod school_columns;
mod shares_and_total;
mod sheet;
mod spelling;
mod split_cells;
mod stated_times;
mod subject_names;
mod sums_of_parts;
mod surveyor;
mod table;
mod table_owner;
mod table_region;
mod table_subject;
mod tables_alike;
mod test_tables;
mod test_windows;
mod title;
mod title_terms;
mod tokens;
mod toml_text;
mod vocabulary;
mod whole_table;
mod year;
mod year_mention;
mod year_pattern;

pub use cell_profile::{CellProfile, ColumnType, Mask};
pub use column::{Column, ColumnMeaning, MeasureColumn};
pub use district_name::{NamedDistrict, named_district};
pub use line_item::{LineItem, LineMeaning};
pub use look::{first_rows, look, survey_source};
pub use own_file::OWN_MEASURES_FILE;
pub use own_measure::OwnMeasure;
pub use own_output::is_own_output;
pub use plan::plan;
pub use project_plan::{ColumnCounts, PlannedSource, ProjectPlan, ProposedLayout, UnreadTable};
pub use row_evidence::{JoinedColumn, RowEvidence, RowRule};
pub use sheet::{FileSurvey, LayoutMatch, SheetSurvey, TableSurvey, YearPlace};
pub use surveyor::{Surveyor, survey};
pub use table_subject::TableSubject;
