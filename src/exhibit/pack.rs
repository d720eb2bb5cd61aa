//! Everything that the writers read, and nothing else, independent of any output format.

use polars::prelude::DataFrame;

use super::day::Day;
use super::facts::SeriesFacts;
use super::model::Exhibit;
use super::peer_candidates::PeerCandidate;
use super::school_page::SchoolPage;
use crate::catalog::{PerceptionSpec, RoomSpec};
use crate::compare::PeerGroup;
use crate::domain::{District, SchoolYear};
use crate::finding::Findings;
use crate::plan::{OnePages, PlanMenu, PlanSpec};
use crate::room::{Consensus, FinalSwot, Seat};

/// The pack of one district.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Title of the retreat.
    pub title: String,
    /// The district.
    pub district: District,
    /// Latest school year of any of its values; `None` if it has none.
    pub year: Option<SchoolYear>,
    /// Exhibits by domain, in the order of the retreat; domains without exhibits are left out.
    pub sections: Vec<Section>,
    /// The names of the domains that are left out, because nothing in them can be shown.
    pub without_exhibits: Vec<String>,
    /// The day of the retreat.
    pub day: Day,
    /// The menu of indicators for the plan; `None` if it is not asked for.
    pub menu: Option<PlanMenu>,
    /// The pages for the orientation and the vision retreat.
    pub pages: OnePages,
    /// The pages of schools; none unless they are asked for.
    pub school_pages: Vec<SchoolPage>,
    /// How plans are made.
    pub plan: PlanSpec,
    /// How ballots are made.
    pub room: RoomSpec,
    /// What the poll form is made of; `None` if there is a survey.
    pub poll: Option<PerceptionSpec>,
    /// SWOT candidates.
    pub findings: Findings,
    /// Who sits where, if the project has a list of people.
    pub seats: Vec<Seat>,
    /// What the tables agreed on, once they have met.
    pub consensus: Option<Consensus>,
    /// What the team decided after feedback, once it has begun to decide.
    pub final_swot: Option<FinalSwot>,
    /// What those who are asked for feedback on it are told.
    pub feedback_ask: FeedbackAsk,
    /// The peer group.
    pub peers: PeerGroup,
    /// The peers and the next nearest districts, nearest first; empty if there are no peers.
    pub candidates: Vec<PeerCandidate>,
    /// What is known of each series, in the order of the domains.
    pub facts: Vec<SeriesFacts>,
    /// How many series of the district were compared.
    pub series: usize,
    /// The tables of `data/`.
    pub tables: Vec<DataTable>,
}

/// What those who are asked for feedback on the consensus are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedbackAsk {
    /// By when they should answer, in words.
    pub until: Option<String>,
    /// Where the form is, in words.
    pub link: Option<String>,
}

impl Pack {
    /// All exhibits, in order.
    pub fn exhibits(&self) -> impl Iterator<Item = &Exhibit> {
        self.sections.iter().flat_map(|section| &section.exhibits)
    }
}

/// The exhibits of one domain.
#[derive(Debug, Clone)]
pub struct Section {
    /// Domain id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// The question for the room to discuss.
    pub question: String,
    /// The exhibits, in order.
    pub exhibits: Vec<Exhibit>,
}

/// One table of `data/`: columns of text, whole numbers or floating-point numbers; absent values are null.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// File name without its extension (`trends`).
    pub name: &'static str,
    /// The rows, sorted.
    pub frame: DataFrame,
    /// Whether it is also written as parquet.
    pub parquet: bool,
}

impl DataTable {
    /// A table that is written as CSV and not as parquet.
    pub(super) const fn csv_only(name: &'static str, frame: DataFrame) -> Self {
        Self { name, frame, parquet: false }
    }
}
