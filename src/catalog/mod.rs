//! What the program knows, as data: measures, student groups, layouts, rules, exhibits, peers, prices.
//!
//! All of it is TOML in `catalog/` and `charts/`, embedded in the program. A project's own `catalog/` folder
//! is read after it, and may add entries or replace them by id. Everything is checked when loaded.

mod check;
mod content;
mod disclosure;
mod disclosure_merge;
mod error;
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
mod peers_choice;
mod protection;
mod readiness;
mod rule;
mod synonyms;
mod toml_text;

pub(crate) use check::check_match_variable;
pub use content::{Catalog, OwnEntries};
pub use disclosure::{Cap, DisclosureSpec, InGrades, SameStudents, SomeStudents, StudentSet, Whole};
pub use error::CatalogError;
pub use exhibit::{ExhibitSpec, FigureKind, Split};
pub use groups::{Domain, Group, Groups, Subject};
pub(crate) use ids::{check_known, did_you_mean};
pub use layout::{
    ColumnSpec, DistrictSpec, HeaderRows, HeaderSpec, IdPart, IgnoreSpec, Layout, LayoutAttribute,
    LayoutBreak, Level, PartSpec, RollUp, RowFilter, SheetSpec, Stat, YearFrom, YearSpec,
};
pub use markers::{Bounds, CompiledMarkers, Markers, MaskedRange};
pub use measure::{Derivation, Measure, Population, ProjectionMethod, Scored};
pub use methods::Method;
pub use pattern::pattern;
pub use peers::{Deviation, GradeSpan, LeaveOut, LikenessSpec, MatchVariable, PeersSpec, VariableScale};
pub use peers_choice::PeersChoice;
pub use readiness::{JumpSpec, ReadinessSpec, ShiftSpec, SumSpec, TotalsSpec};
pub use rule::{Clause, Condition, Operator, Rule, RuleFact, Threshold};
pub use synonyms::{Editions, FindPatterns, LeftOver, MeasureNames, Role, RowTypes, StatNames, Synonyms};
pub use toml_text::{from_toml, read_toml};
