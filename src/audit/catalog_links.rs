//! What the catalog says about the people of measures, as anyone who reads it understands it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Derivation, Measure, SameStudents, StudentSet};
use crate::domain::{Grade, Interned, Unit};

/// Which counts of people a measure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MeasureKind {
    /// One: the measure itself.
    Count,
    /// Three: its n, its numerator and the numerator's complement.
    Rate,
    /// One: its n.
    Mean,
    /// None that needs protection.
    Unprotected,
}

/// The role of people in a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum PeopleRole {
    /// Those that a count counts.
    Count,
    /// Those that a rate or mean is based on.
    N,
    /// Those in the base that a rate counts.
    Numerator,
    /// Those in the base that a rate does not count.
    Complement,
}

/// The people of a measure in a role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MeasurePeople {
    pub(super) role: PeopleRole,
    pub(super) measure: Interned,
}

impl MeasurePeople {
    pub(super) fn new(role: PeopleRole, measure: &str) -> Self {
        Self { role, measure: Interned::new(measure) }
    }

    fn of_students(students: &StudentSet) -> Self {
        let role = match students {
            StudentSet::N(_) => PeopleRole::N,
            StudentSet::Numerator(_) => PeopleRole::Numerator,
            StudentSet::Count(_) => PeopleRole::Count,
        };
        Self::new(role, students.measure())
    }

    /// The same role in several measures.
    fn all<'a>(role: PeopleRole, measures: impl IntoIterator<Item = &'a String>) -> Vec<Self> {
        measures.into_iter().map(|measure| Self::new(role, measure)).collect()
    }

    /// The people that a measure counts, followed by others.
    fn count_and(measure: &str, others: Vec<Self>) -> Vec<Self> {
        [Self::new(PeopleRole::Count, measure)].into_iter().chain(others).collect()
    }
}

/// People who are a subset of others.
#[derive(Debug, Clone)]
pub(super) struct PeopleSubset {
    pub(super) some: MeasurePeople,
    pub(super) of: MeasurePeople,
}

/// Which measures are about the same people, or about a subset of each other's, according to the catalog.
#[derive(Debug, Default)]
pub(super) struct CatalogLinks {
    /// The kind of each measure.
    kinds: BTreeMap<Interned, MeasureKind>,
    /// The measures that are quotients of others.
    pub(super) quotients: BTreeSet<Interned>,
    /// The measures that quotients are made of.
    pub(super) quotient_parts: BTreeSet<Interned>,
    /// The dimension of each student group.
    pub(super) dimensions: BTreeMap<Interned, Interned>,
    /// People who are the same because of what their measures mean.
    pub(super) same: Vec<Vec<MeasurePeople>>,
    /// People who are a subset of others because of what their measures mean.
    pub(super) subsets: Vec<PeopleSubset>,
    /// People who may be the same; an attacker checks that in the tables.
    pub(super) perhaps_same: Vec<Vec<MeasurePeople>>,
    /// The grade spans that a measure may be limited to, even if it is listed as all grades.
    pub(super) grade_limits: BTreeMap<Interned, Vec<Grade>>,
}

/// The kind of a measure. A quotient of other measures is about their people.
pub(super) fn kind_of(measure: &Measure) -> MeasureKind {
    if measure.smallest_group <= 1 || quotient_of(measure).is_some() {
        return MeasureKind::Unprotected;
    }
    let not_counted = measure.population.as_ref().is_some_and(|population| population.not_counted);
    match measure.unit {
        Unit::Count => MeasureKind::Count,
        Unit::Percent if !not_counted => MeasureKind::Rate,
        _ => MeasureKind::Mean,
    }
}

/// The derivation of a measure that is a quotient of others.
pub(super) fn quotient_of(measure: &Measure) -> Option<&Derivation> {
    measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty())
}

/// The derivation of a rate that is the sum of others.
pub(super) fn sum_of_rates(measure: &Measure) -> Option<&Derivation> {
    let derive = measure.derive.as_ref().filter(|derive| derive.is_plain_sum())?;
    (kind_of(measure) == MeasureKind::Rate).then_some(derive)
}

impl CatalogLinks {
    /// The links of a catalog.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let kinds = catalog.measures.iter().map(|(id, measure)| (Interned::new(id), kind_of(measure)));
        let mut dimensions = BTreeMap::new();
        for group in &catalog.groups.groups {
            dimensions.entry(Interned::new(&group.id)).or_insert_with(|| Interned::new(&group.dimension));
        }
        let mut links = Self { kinds: kinds.collect(), dimensions, ..Self::default() };
        links.add_populations(catalog);
        links.same.extend(catalog.disclosure.same.iter().map(same_people));
        for rule in &catalog.disclosure.some {
            let (some, of) = (MeasurePeople::of_students(&rule.these), MeasurePeople::of_students(&rule.of));
            links.subsets.push(PeopleSubset { some, of });
        }
        for whole in &catalog.disclosure.whole {
            links.same.push(MeasurePeople::all(PeopleRole::N, &whole.parts));
        }
        links.add_quotients(catalog);
        links.add_sums_of_rates(catalog);
        links.add_grade_limits(catalog);
        links
    }

    /// The kind of a measure.
    pub(super) fn kind(&self, measure: Interned) -> MeasureKind {
        self.kinds.get(&measure).copied().unwrap_or(MeasureKind::Unprotected)
    }

    fn add_quotients(&mut self, catalog: &Catalog) {
        for (id, measure) in &catalog.measures {
            if let Some(derivation) = quotient_of(measure) {
                self.quotients.insert(Interned::new(id));
                self.quotient_parts.extend(derivation.parts().map(|part| Interned::new(part)));
            }
        }
    }

    /// A rate that is the sum of others has the same n as they have.
    fn add_sums_of_rates(&mut self, catalog: &Catalog) {
        for (id, measure) in &catalog.measures {
            let parts = sum_of_rates(measure).into_iter().flat_map(|derive| &derive.numerator);
            let all = MeasurePeople::all(PeopleRole::N, [id].into_iter().chain(parts));
            if all.len() > 1 {
                self.same.push(all);
            }
        }
    }

    fn add_populations(&mut self, catalog: &Catalog) {
        let mut all_of: BTreeMap<&str, Vec<MeasurePeople>> = BTreeMap::new();
        let mut some_of: BTreeMap<&str, Vec<MeasurePeople>> = BTreeMap::new();
        for (id, measure) in &catalog.measures {
            let Some(population) = &measure.population else { continue };
            let is_count = kind_of(measure) == MeasureKind::Count;
            let own = MeasurePeople::new(if is_count { PeopleRole::Count } else { PeopleRole::N }, id);
            if !population.some && !is_count {
                all_of.entry(&population.measure).or_default().push(own);
                continue;
            }
            let linked = some_of.entry(&population.measure).or_default();
            linked.extend((!is_count).then(|| own.clone()));
            let of = MeasurePeople::new(PeopleRole::Count, &population.measure);
            self.subsets.push(PeopleSubset { some: own, of });
        }
        self.same.extend(all_of.into_iter().map(|(id, people)| MeasurePeople::count_and(id, people)));
        self.perhaps_same
            .extend(some_of.into_iter().map(|(id, people)| MeasurePeople::count_and(id, people)));
    }

    /// The grade limits of each measure, including those of measures about the same students.
    fn add_grade_limits(&mut self, catalog: &Catalog) {
        for limit in &catalog.disclosure.in_grades {
            let grades: Vec<Grade> = limit.grades.iter().filter_map(|grade| Grade::parse(grade)).collect();
            limit.measures.iter().for_each(|id| self.extend_grade_limits(id, &grades));
        }
        let own = self.grade_limits.clone();
        for same in &catalog.disclosure.same {
            let ids: BTreeSet<&String> = same.n.iter().chain(&same.numerator).collect();
            let grades: Vec<Grade> =
                ids.iter().filter_map(|id| own.get(&Interned::new(id))).flatten().cloned().collect();
            ids.into_iter().for_each(|id| self.extend_grade_limits(id, &grades));
        }
        self.grade_limits.values_mut().for_each(sort_and_deduplicate);
        self.grade_limits.retain(|_, grades| !grades.is_empty());
    }

    fn extend_grade_limits(&mut self, measure: &str, grades: &[Grade]) {
        self.grade_limits.entry(Interned::new(measure)).or_default().extend(grades.iter().cloned());
    }
}

fn same_people(same: &SameStudents) -> Vec<MeasurePeople> {
    let mut people = MeasurePeople::all(PeopleRole::Count, &same.count);
    people.extend(MeasurePeople::all(PeopleRole::N, &same.n));
    people.extend(MeasurePeople::all(PeopleRole::Numerator, &same.numerator));
    people
}

fn sort_and_deduplicate(grades: &mut Vec<Grade>) {
    grades.sort();
    grades.dedup();
}
