//! Compares the chosen district with its own past, its peers and the state, and its student groups with each
//! other.
//!
//! Runs in parallel, one task per series. Each folder answers one question: `peers` which districts it is
//! compared with, `trend` where a series is going, `change` how it differs from earlier years, `level` where it stands, `gap` how student groups differ,
//! `projection` what comes next. Each keeps its results in a separate file. `series.rs` asks all of these
//! questions about one series. The statistical methods are in the crate `statistics`.

mod breaks;
mod called;
mod change;
mod comparison;
mod comparisons;
mod families;
mod gap;
mod grades;
mod level;
mod peers;
mod perception;
mod projection;
mod school_spread;
mod schools;
mod series;
mod shape;
mod significance;
mod similar_schools;
mod state;
mod state_coverage;
mod threshold;
mod trend;
mod values;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

pub use self::breaks::SeriesBreaks;
use self::called::called;
pub use self::change::result::{Change, Changes, PlaceChange, Recovery};
pub use self::comparison::{Comparison, Point, TestResult, Tests};
pub use self::comparisons::Comparisons;
use self::families::adjust;
pub use self::gap::result::{GroupGap, RiskRatio, SMALL_GROUP};
pub use self::level::result::{Expected, Standing};
pub use self::peers::every_district::{DistrictPeers, all_district_peers};
pub use self::peers::group::{Peer, PeerGroup, PeerVariable};
pub use self::peers::likeness::{GroupLikeness, Likeness, LikenessGrade, StabilityCheck};
pub use self::peers::outcomes::{OUTDATED_AGE, Outcome, outcomes};
pub use self::peers::settings::{ByHand, PeerSettings};
pub use self::peers::stability::group_likeness;
pub use self::peers::{DistrictMatch, all_peer_groups, match_districts, peer_group};
pub use self::perception::{
    PerceptionChange, PerceptionComparison, PerceptionDifference, PerceptionGap, PerceptionSubject,
};
pub use self::projection::result::{ErrorSource, ProjectedYear, Projection, ProjectionRecord};
pub use self::school_spread::result::SchoolSpread;
use self::school_spread::school_spread;
use self::schools::compare_schools;
pub use self::schools::{SchoolComparison, SchoolStanding, school_standing};
use self::series::{SeriesBuffers, SeriesComparer};
pub use self::similar_schools::{SimilarMedian, SimilarSchools};
pub use self::state::StateValues;
pub use self::trend::every_district::trends;
pub use self::trend::result::{Direction, RealTrend, Trend};
pub use statistics::level_shift::{LevelShift, ShiftKind};
pub use statistics::normal::Z95;
pub use statistics::shape::SeriesShape;
pub use statistics::turn::TurningPoint;
pub use statistics::wilson::wilson;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::Released;
pub use crate::disclosure::{ConstructFigures, ItemFigures, RespondentGroup};
use crate::domain::SchoolYear;

/// Chooses the peers of `district`, whose code is one of `released.terms()`, and compares all its series.
#[must_use]
pub fn compare(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    district: u32,
) -> Warned<Comparisons> {
    let groups = all_peer_groups(released, catalog, settings);
    let state = StateValues::new(released, catalog, &groups);
    let base_year = catalog.findings.base_year();
    compare_with(released, catalog, settings, &state, base_year, district, &groups[district as usize])
}

/// Compares all series of `district`, given its chosen `peers`, the sorted values of the state, and the year that changes are
/// counted from.
#[must_use]
pub fn compare_with(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    state: &StateValues,
    base_year: Option<SchoolYear>,
    district: u32,
    peers: &Warned<PeerGroup>,
) -> Warned<Comparisons> {
    let mut matched = match_districts(released, catalog, settings, &[(district, &peers.value)]);
    let chosen = ChosenDistrict { district, peers, matched: matched.pop().unwrap_or_default() };
    StateComparer { released, catalog, settings, state, base_year }.compare(chosen)
}

/// What the districts of a state are compared with.
#[derive(Debug, Clone, Copy)]
pub struct StateComparer<'a> {
    /// The data.
    pub released: &'a Released,
    /// What measures mean.
    pub catalog: &'a Catalog,
    /// How peers are chosen.
    pub settings: &'a PeerSettings,
    /// The sorted values of the state.
    pub state: &'a StateValues,
    /// The year that changes are counted from.
    pub base_year: Option<SchoolYear>,
}

/// A district to compare.
#[derive(Debug)]
pub struct ChosenDistrict<'a> {
    /// Its code.
    pub district: u32,
    /// Its peers.
    pub peers: &'a Warned<PeerGroup>,
    /// How it is matched.
    pub matched: DistrictMatch,
}

impl StateComparer<'_> {
    /// Compares all series of a district.
    #[must_use]
    pub fn compare(&self, chosen: ChosenDistrict<'_>) -> Warned<Comparisons> {
        let Self { released, catalog, settings, state, base_year } = *self;
        let ChosenDistrict { district, peers, matched: DistrictMatch { alike, candidates } } = chosen;
        let mut diagnostics = peers.diagnostics.clone();
        let peers = PeerGroup { alike, ..peers.value.clone() };
        let around =
            settings.around().map(|settings| peer_group(released, catalog, &settings, district).value);
        let around = around.filter(|group| !group.within.is_empty());
        let mut schools = Vec::new();
        let mut all = match released.view() {
            Ok(view) => {
                schools = compare_schools(released, view, catalog, district);
                compare_all_series(&SeriesComparer {
                    released,
                    view,
                    catalog,
                    breaks: SeriesBreaks::new(released, view, catalog),
                    state,
                    base_year,
                    peers: &peers,
                    around: around.as_ref(),
                    candidates,
                    district,
                })
            }
            Err(e) => {
                diagnostics.push(Diagnostic::not_computed("comparisons", &e.to_string(), 1));
                Vec::new()
            }
        };
        if !schools.is_empty() {
            add_spreads(&mut all, &schools, catalog);
        }
        let value = Comparisons {
            district: called(&released.terms().districts[district as usize]),
            outcomes: outcomes(released, catalog, &peers, district),
            peers,
            around,
            base_year,
            newest: state.newest(),
            state_n: released.terms().districts.len(),
            all_districts: state_coverage::all_districts(&released.terms().districts, catalog),
            schools,
            all,
            perception: PerceptionComparison::default(),
        };
        Warned { value, diagnostics }
    }
}

/// Adds to each series how far apart the district's schools are in it.
fn add_spreads(all: &mut [Comparison], schools: &[SchoolComparison], catalog: &Catalog) {
    for comparison in all {
        if let Some(measure) = catalog.measures.get(&comparison.key.measure) {
            comparison.schools = school_spread(comparison, schools, measure, catalog);
        }
    }
}

/// The comparisons of all series that the district has, sorted by key, adjusted for multiple tests.
fn compare_all_series(comparer: &SeriesComparer<'_>) -> Vec<Comparison> {
    let runs = comparer.released.runs().par_iter().enumerate();
    let compared = runs.map_init(SeriesBuffers::default, |buffers, (position, run)| {
        comparer.compare(position, run, buffers)
    });
    let compared: Vec<Option<Comparison>> = compared.collect();
    let mut all: Vec<Comparison> = compared.into_iter().flatten().collect();
    adjust(&mut all);
    remove_past_projections(&mut all);
    all
}

/// Removes projections that start from an old year when other series continue: their first years are already
/// past.
fn remove_past_projections(all: &mut [Comparison]) {
    let Some(latest) = all.iter().filter_map(|c| Some(c.latest()?.year.end())).max() else { return };
    for comparison in all {
        comparison.projection.take_if(|projection| projection.from.end() + 1 < latest);
    }
}
