//! Exhibits: one chart each with finding, table, note, source and alt text, independent of any output
//! format.

mod age;
mod core_choice;
mod data;
mod day;
mod facts;
mod feedback;
mod figure;
mod kinds;
mod model;
mod pack;
mod peer_candidates;
mod publishers;
mod school_page;
mod table;

pub use crate::catalog::{AnswerScale, Construct, ConstructItem, PerceptionSpec};
pub use core_choice::choose_core;
pub use data::tables;
pub use day::{AgendaLine, Day, DayFormat, DayPart, DayPartKind};
pub use facts::{SeriesFacts, SeriesFirst, SeriesLatest, series_facts};
pub use feedback::feedback_section;
pub use figure::{
    Band, BarLayout, BarRow, Bars, DotRow, Dots, Figure, Heat, HeatCell, HeatRow, Line, LineRole, LineSeries,
    Panel, SlopeChart, SlopeRow, StackPart, Stacked,
};
pub use kinds::{exhibits, school_pages};
pub use model::{Basis, Exhibit};
pub use pack::{DataTable, FeedbackAsk, Pack, Section};
pub use peer_candidates::{CandidateValue, PeerCandidate, peer_candidates};
pub use publishers::Publishers;
pub use school_page::{SchoolChart, SchoolPage};
pub use table::{ExhibitCell, Table};
