//! Exhibits: one chart each with headline, table, note, source and alt text, in no format.

mod build;
mod data;
mod figure;
mod pack;

pub use build::exhibits;
pub use data::tables;
pub use figure::{
    Band, BarRow, Bars, DotRow, Dots, Figure, Heat, HeatCell, HeatRow, Line, LineRole, LineSeries, Slope,
    SlopeRow, StackPart, Stacked,
};
pub use pack::{DataTable, Pack, Section};

use crate::domain::SchoolYear;

/// One exhibit, complete and in no format: all that a writer needs.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// Stable id, the file's name.
    pub id: String,
    /// Domain id.
    pub domain: String,
    /// What is shown, neutrally.
    pub title: String,
    /// What the chart says: one sentence with the number.
    pub headline: String,
    /// The chart.
    pub figure: Figure,
    /// The numbers behind the chart, as a table that a spreadsheet can take.
    pub table: Table,
    /// What the reader must know: years, peers, what is masked, breaks. May be empty.
    pub note: String,
    /// What the numbers rest on; the note says it in words.
    pub basis: Basis,
    /// Where the numbers come from: publishers and files.
    pub source: String,
    /// The chart in words, for those who do not see it.
    pub alt: String,
    /// What the room may ask.
    pub question: String,
    /// Ids of the findings that rest on the same series.
    pub findings: Vec<String>,
}

/// What the numbers of an exhibit rest on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Basis {
    /// First and last school year that a value shown is of; `None` where there is none.
    pub window: Option<(SchoolYear, SchoolYear)>,
    /// The fewest and the most people that the latest values rest on; `None` where that is not known.
    pub people: Option<(f64, f64)>,
    /// Where peers are shown: the fewest and the most that have a value in the latest year of a series.
    pub peers: Option<(usize, usize)>,
    /// How many values of its series, from the first year shown on, are masked by their publisher.
    pub masked: usize,
    /// How many of them are withheld here.
    pub withheld: usize,
    /// How they are made: a sentence.
    pub method: &'static str,
}

/// A table with a header. All rows have as many cells as there are columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    /// Words.
    Text(String),
    /// A number with the unit to show it in.
    Number(f64, crate::domain::Unit),
    /// No value, and why (`withheld (fewer than 10)`, `not published`).
    Absent(String),
}

impl TableCell {
    /// As people read it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Absent(text) => text.clone(),
            Self::Number(value, unit) => unit.format(*value),
        }
    }
}
