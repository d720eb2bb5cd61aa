//! Observations: one published value a row, whatever table it was published in.
//!
//! One reader serves every layout. Files are read in parallel; what they say is gathered in the order of the
//! project's sources, so that the number of threads changes nothing.

mod cells;
mod crosswalk;
mod directory;
mod district;
mod fit;
mod frame;
mod gather;
mod header;
mod judge;
mod kept;
mod keyed;
mod layout_reader;
mod left_out;
mod number;
mod origins;
mod plan;
mod read;
mod reading;
mod roll_up;
mod row_sieve;
mod rows;
mod schools;
mod share;
mod spans;
mod state_rows;
mod succession;
mod year;

pub use crosswalk::Crosswalk;
pub use fit::{Fit, Fitting};
pub(crate) use frame::Filling;
pub use frame::{Frame, FrameView, KeyRun, Observed, Row};
pub use gather::{Gathered, Observations, gather};
pub use header::{Header, alike, folded, joined, tables_with, with_row_labels};
pub use judge::Revision;
pub use layout_reader::{LayoutReader, read_file};
pub use number::{Number, NumberReader};
pub use origins::{CellRef, Origins};
pub use reading::FileReading;
pub use row_sieve::RowSieve;
pub use rows::{BYTES, PRIVATE_VALUES, VALUES};
pub(crate) use spans::Spans;
