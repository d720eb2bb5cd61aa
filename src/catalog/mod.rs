//! What the program knows, as data: measures, student groups, layouts, rules, exhibits, peers, prices.
//!
//! All of it is TOML under `catalog/` and `charts/`, embedded in the program; a project's own `catalog/`
//! folder is read after it and may add to it or replace entries by id. Everything is checked when loaded.

mod check;
mod disclosure;
mod disclosure_merge;
mod exhibit;
mod groups;
mod ids;
mod layout;
mod load;
mod markers;
mod measure;
mod methods;
mod pattern;
mod peers;
mod protection;
mod readiness;
mod rule;
mod synonyms;
mod toml_text;

pub(crate) use check::check_match_variable;
pub use disclosure::{Cap, DisclosureSpec, InGrades, SameStudents, SomeStudents, StudentSet, Whole};
pub use exhibit::{ExhibitSpec, FigureKind, Split};
pub use groups::{Domain, Group, Groups, Subject};
pub(crate) use ids::{check_known, did_you_mean};
pub use layout::{
    ColumnSpec, DistrictSpec, HeaderRows, HeaderSpec, IgnoreSpec, Layout, LayoutAttribute, LayoutBreak,
    Level, PartSpec, RollUp, RowFilter, SheetSpec, Stat, YearFrom, YearSpec,
};
pub use load::CatalogError;
pub use markers::{Bounds, CompiledMarkers, Markers, MaskedRange};
pub use measure::{Derivation, Measure, Population, ProjectionMethod, Scored};
pub use methods::Method;
pub use pattern::pattern;
pub use peers::{Deviation, GradeSpan, LeaveOut, LikenessSpec, MatchVariable, PeersSpec, VariableScale};
pub use readiness::{JumpSpec, ReadinessSpec, ShiftSpec, SumSpec, TotalsSpec};
pub use rule::{Clause, Condition, Operator, Rule, RuleFact, Threshold};
pub use synonyms::{Editions, FindPatterns, LeftOver, MeasureNames, Role, RowTypes, StatNames, Synonyms};
pub use toml_text::{from_toml, read_toml};

use std::collections::BTreeMap;

/// Everything the program knows.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Domains, in the order of the retreat.
    pub domains: Vec<Domain>,
    /// Measures by id.
    pub measures: BTreeMap<String, Measure>,
    /// Student groups and subjects, with their spellings.
    pub groups: Groups,
    /// What marks a masked, missing or inapplicable value.
    pub markers: Markers,
    /// What people call their columns.
    pub synonyms: Synonyms,
    /// Layouts by id.
    pub layouts: BTreeMap<String, Layout>,
    /// Rules, in file order within each quadrant.
    pub rules: Vec<Rule>,
    /// Exhibits in the order in which the pack shows them.
    pub exhibits: Vec<ExhibitSpec>,
    /// What a readiness check takes for an error in the data.
    pub readiness: ReadinessSpec,
    /// How peers are chosen where a project does not say.
    pub peers: PeersSpec,
    /// Which rates near 0 and 100 percent are withheld, and which measures are about the same students.
    pub disclosure: DisclosureSpec,
    /// How numbers are computed, in words.
    pub methods: Vec<Method>,
    /// Which entries are from a project's own catalog.
    pub own: OwnEntries,
    /// Consumer prices (CPI-U, 1982-84 = 100): mean of July to June, by the school year's end.
    pub prices: BTreeMap<i32, f64>,
}

/// The entries of a project's own catalog, whether new or replacing the program's, each with its file.
#[derive(Debug, Clone, Default)]
pub struct OwnEntries {
    /// Measures by id.
    pub measures: BTreeMap<String, String>,
    /// Layouts by id.
    pub layouts: BTreeMap<String, String>,
}
