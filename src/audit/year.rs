//! The audit of one district's year: which counts an attacker can work out.

use super::attacker::{Attacker, GeneralKnowledge, VisibleCells};
use super::components::{Component, ComponentIndex, Components, CountLocation};
use super::contradictions::{drop_contradicted, drop_least};
use super::feasibility::{Infeasible, IntervalRequest, feasibility_intervals};
use super::protected::{CountKnowledge, PeopleOfCell, ProtectedCount};
use super::system::{AttackerSystem, UnknownCount};
use crate::pack_tables::{CellKey, DistrictYear, PackCells};
use statistics::linear_program::Interval;

/// A count of people that an attacker can work out more closely than the policy allows.
#[derive(Debug, Clone, PartialEq)]
pub struct DisclosedCount {
    /// The district and year.
    pub at: DistrictYear,
    /// The cell.
    pub key: CellKey,
    /// Which people of the cell.
    pub people: PeopleOfCell,
    /// The least that they can be.
    pub low: f64,
    /// The most that they can be.
    pub high: f64,
    /// How far apart these bounds would have to be, in people.
    pub required_width: f64,
    /// Whether an attacker needs an earlier pack to work it out.
    pub needs_earlier_pack: bool,
}

/// Whether a cell is public: a value, mask or blank exactly as its publisher released it.
pub type IsPublic<'a> = dyn Fn(&DistrictYear, &CellKey) -> bool + Sync + 'a;

/// One district's year.
pub(super) struct YearAudit<'a> {
    pub(super) at: &'a DistrictYear,
    pub(super) knowledge: &'a GeneralKnowledge<'a>,
    pub(super) is_public: &'a IsPublic<'a>,
}

/// A protected count with what an attacker can work out about it.
#[derive(Debug, Clone)]
struct AttackedCount {
    protected: ProtectedCount,
    known: CountKnowledge,
}

/// The result of an attack.
struct Attack {
    /// The counts that may be disclosed.
    found: Vec<AttackedCount>,
    /// Whether anything that the other pack published had to be dropped, which means that it was revised.
    is_revised: bool,
}

impl YearAudit<'_> {
    /// The counts disclosed by the cells of a pack together with those of another pack.
    pub(super) fn disclosed_counts(
        &self,
        cells: &PackCells,
        other: Option<&PackCells>,
    ) -> Vec<DisclosedCount> {
        let is_public = |key: &CellKey| (self.is_public)(self.at, key);
        if cells.keys().all(is_public) {
            return Vec::new();
        }
        let visible = VisibleCells {
            cells,
            other_pack: other,
            ignored: None,
            is_public: &is_public,
            is_visible: &|_| true,
        };
        let found = self.attack_with_revisions(visible);
        let public_widths = self.public_widths(visible, &found);
        let mut disclosed: Vec<DisclosedCount> = found
            .into_iter()
            .zip(public_widths)
            .filter_map(|(attacked, width)| self.disclosed_count(attacked, width, other.is_some()))
            .collect();
        disclosed.sort_by(|a, b| (&a.key, a.people).cmp(&(&b.key, b.people)));
        disclosed.dedup_by(|a, b| (&a.key, a.people) == (&b.key, b.people));
        disclosed
    }

    /// A count that is disclosed even though public cells alone leave its interval `public_width` wide.
    fn disclosed_count(
        &self,
        attacked: AttackedCount,
        public_width: f64,
        needs_earlier_pack: bool,
    ) -> Option<DisclosedCount> {
        let AttackedCount { protected, known } = attacked;
        protected.is_disclosed(&known, public_width).then(|| DisclosedCount {
            at: self.at.clone(),
            required_width: protected.required_width(&known, public_width),
            key: protected.key,
            people: protected.people,
            low: known.interval.low,
            high: known.interval.high,
            needs_earlier_pack,
        })
    }

    /// Attacks a pack. If the other pack was revised, also attacks it again for each value that this pack
    /// suppresses and the other does not, ignoring that value: it may be the one that was revised.
    fn attack_with_revisions(&self, visible: VisibleCells<'_>) -> Vec<AttackedCount> {
        let Attack { mut found, is_revised } = self.attack(visible);
        if let Some(other) = visible.other_pack.filter(|_| is_revised) {
            for (key, _) in visible.cells.iter().filter(|(_, cell)| cell.is_withheld()) {
                if other.get(key).is_some_and(|cell| !cell.is_withheld()) {
                    found.extend(self.attack(VisibleCells { ignored: Some(key), ..visible }).found);
                }
            }
        }
        found
    }

    /// The counts that may be disclosed, regardless of what is public; only those of the ignored cell, if
    /// there is one.
    fn attack(&self, visible: VisibleCells<'_>) -> Attack {
        let mut attacker = Attacker::of(self.knowledge, visible);
        let mut protected = std::mem::take(&mut attacker.protected);
        protected.retain(|protected| visible.ignored.is_none_or(|ignored| protected.key == *ignored));
        let worked_out = work_out(attacker.system, &protected);
        let counts = protected.into_iter().zip(worked_out.known);
        let counts = counts.map(|(protected, known)| AttackedCount { protected, known });
        let found = counts.filter(|count| count.protected.may_be_disclosed(&count.known)).collect();
        Attack { found, is_revised: worked_out.is_revised }
    }

    /// The width of each count's interval for an attacker who has only public cells and the masks of private
    /// sources.
    fn public_widths(&self, visible: VisibleCells<'_>, found: &[AttackedCount]) -> Vec<f64> {
        let has_visible = visible.cells.keys().any(|key| visible.is_public_or_masked(key));
        if found.is_empty() || !has_visible {
            return vec![f64::INFINITY; found.len()];
        }
        let is_visible = |key: &CellKey| visible.is_public_or_masked(key);
        let public = VisibleCells { other_pack: None, is_visible: &is_visible, ..visible };
        widths_for(Attacker::of(self.knowledge, public), found)
    }
}

/// The width of an attacker's interval for each count; infinite if the attacker has no such count.
fn widths_for(attacker: Attacker<'_>, found: &[AttackedCount]) -> Vec<f64> {
    let same: Vec<Option<ProtectedCount>> =
        found.iter().map(|count| same_people(&attacker.protected, &count.protected)).collect();
    let listed: Vec<ProtectedCount> = same.iter().flatten().cloned().collect();
    let mut known = work_out(attacker.system, &listed).known.into_iter();
    let mut width_of = |protected: &ProtectedCount| Some(public_width(protected, &known.next()?));
    let widths = same.iter().map(|same| same.as_ref().and_then(&mut width_of));
    widths.map(|width| width.unwrap_or(f64::INFINITY)).collect()
}

/// The count in a list that is about the same people.
fn same_people(all: &[ProtectedCount], wanted: &ProtectedCount) -> Option<ProtectedCount> {
    all.iter().find(|protected| protected.is_same_people(wanted)).cloned()
}

/// The width of an interval. An interval that reaches high enough to be either wide enough or entirely above
/// the sensitive range counts as infinite, since the search does not determine which of the two it is.
fn public_width(protected: &ProtectedCount, known: &CountKnowledge) -> f64 {
    let most = protected.smallest_group + protected.required_width(known, f64::INFINITY);
    if known.interval.high >= most { f64::INFINITY } else { known.interval.width() }
}

/// What an attacker can work out.
struct WorkedOut {
    /// What is known of each count.
    known: Vec<CountKnowledge>,
    /// Whether anything that another pack published had to be dropped.
    is_revised: bool,
}

/// Works out the feasibility intervals of counts, dropping constraints that contradict each other.
fn work_out(mut system: AttackerSystem, protected: &[ProtectedCount]) -> WorkedOut {
    let mut is_revised = false;
    loop {
        let consistent = drop_contradicted(&mut system);
        is_revised |= consistent.is_revised;
        let components = Components::of(&system, &consistent.bounds);
        match intervals(&components, &consistent.bounds, protected) {
            Ok(known) => return WorkedOut { known, is_revised },
            Err(infeasible) => {
                let constraints = &components.component(infeasible).system_constraints;
                is_revised |= drop_least(&mut system, constraints, &consistent.bounds);
            }
        }
    }
}

/// The intervals of counts, or else a component that no counts satisfy.
fn intervals(
    components: &Components,
    bounds: &[Interval],
    protected: &[ProtectedCount],
) -> Result<Vec<CountKnowledge>, ComponentIndex> {
    let mut known: Vec<CountKnowledge> =
        protected.iter().map(|protected| known_by_bounds(protected, bounds)).collect();
    let open = open_intervals(components, protected, &known);
    for (i, open) in open.iter().enumerate().filter(|(_, open)| !open.is_empty()) {
        let index = ComponentIndex(i);
        let component: &Component = components.component(index);
        let requests: Vec<IntervalRequest> = open.iter().map(|open| open.request).collect();
        let found = feasibility_intervals(component, &requests).map_err(|Infeasible| index)?;
        for (open, interval) in open.iter().zip(found) {
            known[open.position].interval = interval;
        }
    }
    Ok(known)
}

/// What interval arithmetic alone shows about a count.
fn known_by_bounds(protected: &ProtectedCount, bounds: &[Interval]) -> CountKnowledge {
    let bounds_of = |UnknownCount(count): UnknownCount| bounds[count];
    let base = protected.protection.base.map(bounds_of);
    CountKnowledge { interval: bounds_of(protected.protection.count), base }
}

/// A request for the interval of one of the protected counts.
#[derive(Debug, Clone)]
struct OpenInterval {
    /// The index among the protected counts.
    position: usize,
    request: IntervalRequest,
}

/// The requests to each component, for the intervals of counts that interval arithmetic does not settle.
fn open_intervals(
    components: &Components,
    protected: &[ProtectedCount],
    known: &[CountKnowledge],
) -> Vec<Vec<OpenInterval>> {
    let mut open: Vec<Vec<OpenInterval>> = vec![Vec::new(); components.components.len()];
    for (position, (protected, known)) in protected.iter().zip(known).enumerate() {
        let location = components.location(protected.protection.count);
        let is_open = known.interval.low < protected.smallest_group && !protected.may_be_disclosed(known);
        if let (CountLocation::Member(component, member), true) = (location, is_open) {
            let enough_width = protected.required_width(known, f64::INFINITY);
            let request = IntervalRequest { member, enough_width, enough_low: protected.smallest_group };
            open[component.0].push(OpenInterval { position, request });
        }
    }
    open
}
