//! An exhibit, complete and independent of any output format.

use super::figure::Figure;
use super::table::Table;
use crate::domain::{MeasureKey, SchoolYear};

/// One exhibit, complete and independent of any output format: everything that a writer needs.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// Stable id, also used as the file name.
    pub id: String,
    /// Short code that people write on sticky notes (`L3`): a letter for the domain, and a number. The same in every format,
    /// and in every pack of the same catalog.
    pub code: String,
    /// Whether it belongs to the exhibits of the day. The others are the appendix. Exhibits of old data never do.
    pub core: bool,
    /// Domain id.
    pub domain: String,
    /// What it is about, as a neutral question (`How many students do we have?`). No other exhibit of the pack has the same.
    pub topic: String,
    /// What is drawn: the measure, in neutral words (`Students enrolled`).
    pub title: String,
    /// What the chart says, in at most 14 words. Empty if there is nothing to say.
    pub finding: String,
    /// The values behind the finding, their years, and what they are compared with, in at most 20 words.
    pub sub_line: String,
    /// Which direction is better (`higher is better`); empty where neither is, or where the measures differ.
    pub direction: &'static str,
    /// What changes the meaning of the numbers, and stands on the chart (`Includes buildings paid from bonds`). May be empty.
    pub caveat: String,
    /// The badge of data that are two or more years older than the pack's year (`Data of 2015-16`); empty otherwise.
    pub age: String,
    /// What is measured, and who is counted, in sentences; a measure that is not the only one is named first.
    pub definition: String,
    /// The chart.
    pub figure: Figure,
    /// The numbers behind the chart, as a table for spreadsheets.
    pub table: Table,
    /// What the reader must know: years, peers, what is masked, breaks. May be empty.
    pub note: String,
    /// The data that the numbers are based on; the note describes it in words.
    pub basis: Basis,
    /// Who published the numbers, of which years, and how many peers are shown
    /// (`Source: Texas Education Agency, TAPR, 2013-14 to 2023-24 · 10 peer districts`).
    pub source: String,
    /// The files that the numbers come from.
    pub files: String,
    /// The chart in words, for readers who cannot see it.
    pub alt: String,
    /// Where to look first, as a question about what is drawn. May be empty.
    pub notice: String,
    /// A question for the room to discuss.
    pub wonder: String,
    /// The series that it shows, in order.
    pub series: Vec<MeasureKey>,
    /// Words under which people look for it, beside those that it shows: other names of its groups, subjects, and grades, and of its
    /// domain.
    pub search: Vec<String>,
    /// Ids of the findings that are based on the same series.
    pub findings: Vec<String>,
}

impl Exhibit {
    /// What the chart says; its title if it says nothing.
    #[must_use]
    pub fn heading(&self) -> &str {
        if self.finding.is_empty() { &self.title } else { &self.finding }
    }
}

/// The data that an exhibit's numbers are based on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Basis {
    /// First and last school year of the values shown; `None` where there is no value.
    pub window: Option<(SchoolYear, SchoolYear)>,
    /// The smallest and the largest n of the latest values; `None` where no n is known.
    pub people: Option<(f64, f64)>,
    /// If peers are shown: the fewest and the most peers that have a value in the latest year of a series.
    pub peers: Option<(usize, usize)>,
    /// How many values of its series, from the first year shown on, are masked by their publisher.
    pub masked: usize,
    /// How many of those values are withheld here.
    pub withheld: usize,
    /// How they are computed, as a sentence.
    pub method: &'static str,
}
