//! Observations: one published value per row, no matter what kind of table it is from.
//!
//! One reader handles every layout. A file is read ([`LayoutReader`]) sheet by sheet: `header` finds the
//! tables, `column_names` names their columns, `plan` decides what each column contains, and `table_reader`
//! reads row by row. It uses `row_exclusion` to leave out totals and notes, `year` and `district` to find the
//! year and district of a row, and `observe` to read its values. Then `roll_up` combines the rows of schools, and
//! keeps those of the districts whose schools are wanted.
//!
//! Files are read in parallel. Their readings are combined ([`gather()`]) in the order of the project's
//! sources, so the number of threads does not affect the result: `directory`, `school_directory` and `crosswalk`
//! find the districts and schools, `revision` decides between several values for the same thing, and `school_sums` and `past_join`
//! combine values of several schools and districts.

mod cell_read;
mod cells_behind;
mod closed_schools;
mod column_match;
mod column_names;
mod combine;
mod crosswalk;
mod decimal_mark;
mod directory;
mod district;
mod encoding;
mod exact_number;
mod file_cells;
mod fit;
mod frame;
mod frame_builder;
mod frame_coding;
mod frame_row;
mod frame_view;
mod gather;
mod header;
mod hidden_rows;
mod incoming;
mod layout_reader;
mod merged_cells;
mod number;
mod number_cell;
mod number_coding;
mod numbers_together;
mod observe;
mod origins;
mod past_join;
mod percent_scale;
mod plan;
mod progress;
mod read;
mod reading;
mod ready_layout;
mod revision;
mod roll_up;
mod row_coding;
mod row_exclusion;
mod row_sieve;
mod rows;
mod scale_profile;
mod school_directory;
mod school_names;
mod school_rates;
mod school_rows;
mod school_sums;
mod school_total;
mod school_values;
mod schools;
mod sealed;
mod series_rows;
mod sheet_reader;
mod size_limit;
mod slot;
mod slot_numbers;
mod split_numbers;
mod state_row;
mod succession;
mod sum_parts;
mod table_context;
mod table_reader;
mod table_row;
mod text_match;
mod typed_year;
mod unnamed_columns;
mod width_coding;
mod written_number;
mod year;
mod year_scales;

pub use cell_read::CellRead;
pub use column_names::{ROW_LABELS, joined, with_row_labels};
pub use crosswalk::{Crosswalk, Crosswalks};
pub use decimal_mark::{DecimalMark, DecimalMarks};
pub use fit::{Fit, Fitting};
pub use frame::Frame;
pub(crate) use frame_builder::FrameBuilder;
pub use frame_row::{FrameRow, KeyRun, Observed};
pub use frame_view::FrameView;
pub use gather::{GatherSubject, Gathered, Observations, gather};
pub use header::{Header, tables_with};
pub use layout_reader::{LayoutReader, read_file};
pub(crate) use merged_cells::MergedCells;
pub use number::{Number, NumberReader};
pub use numbers_together::NumbersTogether;
pub use origins::{CellRef, MarkedCell, Origins};
pub use reading::FileReading;
pub use revision::{Revision, TracedValue};
pub use row_sieve::RowSieve;
pub use rows::{BYTES, PRIVATE_VALUES, VALUES};
pub(crate) use sealed::{Sealed, Sign, seal, unseal};
pub use text_match::{alike, folded};
pub use typed_year::typed_year;
pub(crate) use year_scales::HUNDREDFOLD;
