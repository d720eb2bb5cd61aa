//! The connected components of a system, reduced: known counts are substituted, equal counts are merged, and
//! constraints that cannot bind are dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::disjoint_sets::DisjointSets;
use super::system::{AttackerSystem, SystemConstraint, SystemConstraintIndex, UnknownCount};
use statistics::linear_program::Interval;

/// By how much the possible sums of a constraint must exceed its bounds for the constraint to bind.
const BINDING: f64 = 1e-7;

/// The index of a count in its component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MemberIndex(pub(super) usize);

/// The index of a component in its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ComponentIndex(pub(super) usize);

/// The index of the first of a set of equal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Root(usize);

/// A constraint of a component.
#[derive(Debug)]
pub(super) struct ComponentConstraint {
    pub(super) terms: Vec<(MemberIndex, f64)>,
    pub(super) bounds: Interval,
}

/// Counts that are connected by constraints.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// The bounds of each count.
    pub(super) bounds: Vec<Interval>,
    pub(super) constraints: Vec<ComponentConstraint>,
    /// The corresponding constraints of the system, and those that make counts equal.
    pub(super) system_constraints: Vec<SystemConstraintIndex>,
}

/// Where a count is.
#[derive(Debug, Clone, Copy)]
pub(super) enum CountLocation {
    /// In no component, because it is known.
    Known,
    /// In a component.
    Member(ComponentIndex, MemberIndex),
}

/// A system, divided into its components.
#[derive(Debug)]
pub(super) struct Components {
    pub(super) components: Vec<Component>,
    locations: Vec<CountLocation>,
}

impl Components {
    /// Divides a system whose counts are within `bounds` into components.
    pub(super) fn of(system: &AttackerSystem, bounds: &[Interval]) -> Self {
        let mut division = Division::new(system, bounds);
        let binding = division.binding_constraints(system, bounds);
        let mut components = Self { components: Vec::new(), locations: Vec::with_capacity(system.len()) };
        let members = division.add_members(&mut components, system.len());
        for (index, constraint) in system.constraints() {
            let root = division.equated_root(constraint);
            if let Some(ComponentMember { component, .. }) = root.and_then(|root| members.get(&root)) {
                components.components[component.0].system_constraints.push(index);
            }
        }
        for constraint in binding {
            components.add_constraint(constraint, &members);
        }
        components
    }

    /// Where a count is.
    pub(super) fn location(&self, UnknownCount(at): UnknownCount) -> CountLocation {
        self.locations[at]
    }

    pub(super) fn component(&self, ComponentIndex(at): ComponentIndex) -> &Component {
        &self.components[at]
    }

    fn add_constraint(&mut self, constraint: BindingConstraint, members: &BTreeMap<Root, ComponentMember>) {
        let BindingConstraint { terms, bounds, index } = constraint;
        let first = terms.first().and_then(|(root, _)| members.get(root));
        let Some(ComponentMember { component, .. }) = first.copied() else { return };
        let terms = terms.iter().map(|(root, weight)| (members[root].index, *weight)).collect();
        let component = &mut self.components[component.0];
        component.system_constraints.push(index);
        component.constraints.push(ComponentConstraint { terms, bounds });
    }

    /// Adds a count to a component, creating the component if it is the next one.
    fn add_member(&mut self, component: ComponentIndex, bounds: Interval) -> ComponentMember {
        if component.0 == self.components.len() {
            self.components.push(Component::default());
        }
        let members = &mut self.components[component.0].bounds;
        members.push(bounds);
        ComponentMember { component, index: MemberIndex(members.len() - 1) }
    }
}

/// A count's component, and its index in it.
#[derive(Debug, Clone, Copy)]
struct ComponentMember {
    component: ComponentIndex,
    index: MemberIndex,
}

/// A constraint that can bind, on counts that are not known.
struct BindingConstraint {
    terms: Vec<(Root, f64)>,
    bounds: Interval,
    /// Its index in the system.
    index: SystemConstraintIndex,
}

/// The exact bits of a constraint, to find identical ones.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct ExactConstraint {
    terms: Vec<(Root, u64)>,
    bounds: [u64; 2],
}

impl ExactConstraint {
    fn of(terms: &BTreeMap<Root, f64>, bounds: Interval) -> Self {
        let terms = terms.iter().map(|(root, weight)| (*root, weight.to_bits())).collect();
        Self { terms, bounds: [bounds.low.to_bits(), bounds.high.to_bits()] }
    }
}

/// Which counts of a system are equal, and which are connected.
struct Division {
    equal: DisjointSets,
    connected: DisjointSets,
    /// The bounds of each set of equal counts.
    joint_bounds: BTreeMap<Root, Interval>,
}

impl Division {
    fn new(system: &AttackerSystem, bounds: &[Interval]) -> Self {
        let mut equal = DisjointSets::new(system.len());
        for (_, constraint) in system.constraints() {
            if let Some((one, other)) = equated_counts(constraint) {
                equal.join(one.0, other.0);
            }
        }
        let mut joint_bounds: BTreeMap<Root, Interval> = BTreeMap::new();
        for (at, own) in bounds.iter().enumerate() {
            let joint = joint_bounds.entry(Root(equal.find(at))).or_insert(*own);
            let low = joint.low.max(own.low);
            *joint = Interval { low, high: joint.high.min(own.high).max(low) };
        }
        Self { equal, connected: DisjointSets::new(system.len()), joint_bounds }
    }

    fn root(&mut self, UnknownCount(at): UnknownCount) -> Root {
        Root(self.equal.find(at))
    }

    /// The first of the equal counts, for a constraint that makes two counts equal.
    fn equated_root(&mut self, constraint: &SystemConstraint) -> Option<Root> {
        let [(one, _), (other, _)] = constraint.terms[..] else { return None };
        let (one, other) = (self.root(one), self.root(other));
        (constraint.bounds == Interval::exactly(0.0) && one == other).then_some(one)
    }

    /// The constraints that can bind, without duplicates. Connects the counts of each.
    fn binding_constraints(
        &mut self,
        system: &AttackerSystem,
        bounds: &[Interval],
    ) -> Vec<BindingConstraint> {
        let mut binding = Vec::new();
        let mut seen: BTreeSet<ExactConstraint> = BTreeSet::new();
        for (index, constraint) in system.constraints().filter(|(_, constraint)| can_bind(constraint, bounds))
        {
            let (terms, constant) = self.open_terms(constraint);
            let bounds = constraint.bounds.minus(constant);
            if !terms.is_empty() && seen.insert(ExactConstraint::of(&terms, bounds)) {
                self.connect(&terms);
                binding.push(BindingConstraint { terms: terms.into_iter().collect(), bounds, index });
            }
        }
        binding
    }

    fn connect(&mut self, terms: &BTreeMap<Root, f64>) {
        let mut roots = terms.keys();
        if let Some(first) = roots.next() {
            roots.for_each(|root| self.connected.join(first.0, root.0));
        }
    }

    /// The terms of a constraint that are not known, and the sum of the known ones.
    fn open_terms(&mut self, constraint: &SystemConstraint) -> (BTreeMap<Root, f64>, f64) {
        let mut terms: BTreeMap<Root, f64> = BTreeMap::new();
        let mut constant = 0.0;
        for (count, weight) in &constraint.terms {
            let root = self.root(*count);
            match self.joint_bounds[&root].exact_value() {
                Some(known) => constant += weight * known,
                None => *terms.entry(root).or_default() += weight,
            }
        }
        terms.retain(|_, weight| *weight != 0.0);
        (terms, constant)
    }

    /// Adds the counts that are not known to their components.
    fn add_members(&mut self, components: &mut Components, len: usize) -> BTreeMap<Root, ComponentMember> {
        let mut numbers: BTreeMap<usize, ComponentIndex> = BTreeMap::new();
        let mut members: BTreeMap<Root, ComponentMember> = BTreeMap::new();
        for at in 0..len {
            let root = Root(self.equal.find(at));
            let bounds = self.joint_bounds[&root];
            if bounds.is_exact() {
                components.locations.push(CountLocation::Known);
                continue;
            }
            let connected = self.connected.find(root.0);
            let member = *members.entry(root).or_insert_with(|| {
                let next = ComponentIndex(numbers.len());
                components.add_member(*numbers.entry(connected).or_insert(next), bounds)
            });
            components.locations.push(CountLocation::Member(member.component, member.index));
        }
        members
    }
}

/// The two counts that a constraint makes equal.
fn equated_counts(constraint: &SystemConstraint) -> Option<(UnknownCount, UnknownCount)> {
    let [(one, a), (other, b)] = constraint.terms[..] else { return None };
    (a == -b && constraint.bounds == Interval::exactly(0.0)).then_some((one, other))
}

/// Whether a constraint on several counts excludes anything that their bounds allow.
fn can_bind(constraint: &SystemConstraint, bounds: &[Interval]) -> bool {
    let (range, Interval { low, high }) = (constraint.range(bounds), constraint.bounds);
    let always_holds = range.low >= low - BINDING && range.high <= high + BINDING;
    constraint.terms.len() >= 2 && !always_holds
}
