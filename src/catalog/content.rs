//! All entries of the catalog together.

use std::collections::BTreeMap;

use super::breaks::{BoundBreak, StateBreak};
use super::day::DaySpec;
use super::disclosure::DisclosureSpec;
use super::district_names::DistrictNames;
use super::exhibit::{EachOwnSpec, ExhibitSpec};
use super::findings::FindingsSpec;
use super::groups::{Domain, Groups};
use super::layout::Layout;
use super::markers::Markers;
use super::measure::Measure;
use super::methods::{Explanation, Method};
use super::peers::PeersSpec;
use super::perception::PerceptionSpec;
use super::plan::PlanSpec;
use super::readiness::ReadinessSpec;
use super::room::RoomSpec;
use super::rule::Rule;
use super::schools::SchoolSpec;
use super::sources::PublicSource;
use super::states::States;
use super::synonyms::Synonyms;

/// Everything the program knows.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Domains, in the order of the retreat.
    pub domains: Vec<Domain>,
    /// Measures, sorted by id.
    pub measures: BTreeMap<String, Measure>,
    /// Student groups and subjects, with their spellings.
    pub groups: Groups,
    /// What marks a masked, missing or inapplicable value.
    pub markers: Markers,
    /// Common column names.
    pub synonyms: Synonyms,
    /// How the names of districts are shown.
    pub district_names: DistrictNames,
    /// Types of schools, and when schools are compared.
    pub schools: SchoolSpec,
    /// Layouts, sorted by id.
    pub layouts: BTreeMap<String, Layout>,
    /// Rules, in file order within each quadrant.
    pub rules: Vec<Rule>,
    /// Exhibits, in the order in which the pack shows them.
    pub exhibits: Vec<ExhibitSpec>,
    /// The exhibits of each measure of a project that no exhibit names.
    pub each_own: Vec<EachOwnSpec>,
    /// The day of the retreat, part by part.
    pub day: DaySpec,
    /// How ballots and forms are read and counted.
    pub room: RoomSpec,
    /// How surveys are read, and what is said about them.
    pub perception: PerceptionSpec,
    /// What the plan's menu offers, and how a plan is read and checked.
    pub plan: PlanSpec,
    /// What the readiness check treats as an error in the data.
    pub readiness: ReadinessSpec,
    /// How peers are chosen unless a project says otherwise.
    pub peers: PeersSpec,
    /// Which rates near 0 and 100 percent are withheld, and which measures are about the same students.
    pub disclosure: DisclosureSpec,
    /// Years in which a state changed a test or a definition, in the order of the files.
    pub state_breaks: Vec<StateBreak>,
    /// The breaks of the layouts that the project's sources name; empty outside of a project.
    pub layout_breaks: Vec<BoundBreak>,
    /// The states, and which one the project is in.
    pub states: States,
    /// Public files to compare with, in the order of the files.
    pub sources: Vec<PublicSource>,
    /// How numbers are computed, in words.
    pub methods: Vec<Method>,
    /// What the people in the room must know about the numbers, in plain words.
    pub explanations: Vec<Explanation>,
    /// Settings for proposed SWOT items: the base year, limits, and stories.
    pub findings: FindingsSpec,
    /// Which entries are from a project's own catalog.
    pub own: OwnEntries,
    /// Consumer prices (CPI-U, 1982-84 = 100): average of July to June, by the school year's end.
    pub prices: BTreeMap<i32, f64>,
}

/// The entries of a project's own catalog by id, both new and replacing the program's.
#[derive(Debug, Clone, Default)]
pub struct OwnEntries {
    /// Measures.
    pub measures: BTreeMap<String, OwnEntry>,
    /// Rules.
    pub rules: BTreeMap<String, OwnEntry>,
    /// Layouts.
    pub layouts: BTreeMap<String, OwnEntry>,
    /// Exhibits.
    pub exhibits: BTreeMap<String, OwnEntry>,
}

/// Where an entry of a project's own catalog is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEntry {
    /// Its file, relative to the project.
    pub file: String,
    /// Its first line.
    pub line: Option<u32>,
}
