//! People who are the same in several measures, and people who are a subset of others.

use std::collections::{BTreeMap, BTreeSet};

use super::attacker::Attacker;
use super::catalog_links::{MeasurePeople, PeopleRole, PeopleSubset, sum_of_rates};
use super::grade_intervals::contains_grades;
use super::protected::PeopleOfCell;
use super::sum_evidence::{CountSum, ENOUGH_PLACES, KeySum};
use super::system::{Trust, UnknownCount};
use crate::catalog::Whole;
use crate::domain::{ALL, Grade, Interned};
use crate::pack_tables::CellKey;
use statistics::linear_program::Interval;

/// How many people the figures for the same students in two tables may differ by (two counting days). If they
/// differ by more, they are not assumed to be the same.
const MOST_DIFFERENCE: f64 = 2.0;
/// Figures below this may be equal by chance.
const LEAST_TELLING: f64 = 10.0;

/// The counts of two measures for the same group, grade and subject.
struct CountPair {
    /// The cell of the first; both are of the same school.
    key: CellKey,
    one: UnknownCount,
    other: UnknownCount,
}

/// The pairs of each school, those of the district itself first.
fn by_school(pairs: &[CountPair]) -> Vec<Vec<&CountPair>> {
    let mut schools: BTreeMap<Interned, Vec<&CountPair>> = BTreeMap::new();
    for pair in pairs {
        schools.entry(pair.key.school).or_default().push(pair);
    }
    schools.into_values().collect()
}

impl Attacker<'_> {
    /// Adds everything that links the counts of several measures or subjects.
    pub(super) fn add_links(&mut self) {
        let knowledge = self.knowledge;
        knowledge.links.same.iter().for_each(|same| self.link_same(same));
        knowledge.links.subsets.iter().for_each(|subset| self.link_subset(subset));
        knowledge.links.perhaps_same.iter().for_each(|perhaps| self.link_perhaps_same(perhaps));
        self.link_subjects();
        knowledge.catalog.disclosure.whole.iter().for_each(|whole| self.link_whole(whole));
        self.link_sums_of_rates();
    }

    fn is_listed(&self, people: &MeasurePeople) -> bool {
        self.rows.contains_key(&people.measure) && self.roles_of(people.measure).contains(&people.role)
    }

    fn listed<'p>(&self, people: &'p [MeasurePeople]) -> Vec<&'p MeasurePeople> {
        people.iter().filter(|people| self.is_listed(people)).collect()
    }

    fn keys(&self, measure: Interned) -> Vec<CellKey> {
        self.rows.get(&measure).into_iter().flatten().cloned().collect()
    }

    fn has_row(&self, key: &CellKey) -> bool {
        self.rows.get(&key.measure).is_some_and(|rows| rows.contains(key))
    }

    fn has_rows(&self, keys: &[CellKey]) -> bool {
        keys.iter().all(|key| self.has_row(key))
    }

    /// The cell of another measure for the same group and grade, or for `grade` if the cell is of all grades.
    /// For a count, which has no subjects, the cell of all subjects.
    fn counterpart(&self, key: &CellKey, people: &MeasurePeople, grade: Option<&Grade>) -> Option<CellKey> {
        if grade.is_some() && !key.grade.is_all() {
            return None;
        }
        let grade = grade.unwrap_or(&key.grade).clone();
        let own = CellKey { measure: people.measure, grade, ..key.clone() };
        if self.has_row(&own) {
            return Some(own);
        }
        let all_subjects = CellKey { subject: Interned::new(ALL), ..own };
        (people.role == PeopleRole::Count && self.has_row(&all_subjects)).then_some(all_subjects)
    }

    /// The pairs of two measures' counts.
    fn pairs(&mut self, one: &MeasurePeople, other: &MeasurePeople, grade: Option<&Grade>) -> Vec<CountPair> {
        let mut pairs = Vec::new();
        for key in self.keys(one.measure) {
            if let Some(counterpart) = self.counterpart(&key, other, grade) {
                let (one, other) = (self.count(one.role, &key), self.count(other.role, &counterpart));
                pairs.push(CountPair { key, one, other });
            }
        }
        pairs
    }

    /// Equates the counts of measures about the same people if their figures are nearly the same.
    fn link_same(&mut self, same: &[MeasurePeople]) {
        let listed = self.listed(same);
        for (i, first) in listed.iter().enumerate() {
            for other in &listed[i + 1..] {
                let pairs = self.pairs(other, first, None);
                for of_school in by_school(&pairs) {
                    let difference = of_school.iter().map(|pair| self.difference(pair)).fold(0.0, f64::max);
                    if difference <= MOST_DIFFERENCE {
                        of_school.iter().for_each(|pair| self.equate(pair, difference));
                    }
                }
            }
        }
    }

    /// The least number of people by which the published figures of a pair differ.
    fn difference(&self, pair: &CountPair) -> f64 {
        let (one, other) = (self.system.stated(pair.one), self.system.stated(pair.other));
        (one.low - other.high).max(other.low - one.high).max(0.0)
    }

    /// Adds that two counts differ by no more than a number of people.
    fn equate(&mut self, pair: &CountPair, difference: f64) {
        if pair.one != pair.other {
            let terms = vec![(pair.one, 1.0), (pair.other, -1.0)];
            self.system.add_constraint(terms, Interval::symmetric(difference), Trust::Assumed);
        }
    }

    fn link_subset(&mut self, subset: &PeopleSubset) {
        if !self.is_listed(&subset.some) || !self.is_listed(&subset.of) {
            return;
        }
        let pairs = self.pairs(&subset.some, &subset.of, None);
        for of_school in by_school(&pairs) {
            if self.add_subsets(&of_school) && subset.some.role == PeopleRole::Count {
                self.add_remainders(&of_school, PeopleOfCell::RemainderOfCount);
            }
        }
        if subset.of.role == PeopleRole::Count {
            self.link_grade_limits(subset);
        }
    }

    /// Adds that some people are part of others, unless anything published contradicts it; returns whether it
    /// was added.
    fn add_subsets(&mut self, pairs: &[&CountPair]) -> bool {
        let is_possible = pairs.iter().all(|pair| self.may_be_subset(pair.one, pair.other));
        if is_possible {
            pairs.iter().for_each(|pair| self.add_subset(pair.one, pair.other));
        }
        is_possible
    }

    fn add_remainders(&mut self, pairs: &[&CountPair], people: PeopleOfCell) {
        for pair in pairs {
            let sum = CountSum { total: pair.other, parts: vec![pair.one] };
            self.add_remainder(&sum, &pair.key, people);
        }
    }

    /// A rate limited to some grades covers people enrolled in these, if the population's table has only one
    /// span that fits, or one that contains the others; and all of them, if the tables confirm it.
    fn link_grade_limits(&mut self, subset: &PeopleSubset) {
        let limits = self.listed_grade_limits(subset);
        for limit in &limits {
            let pairs = self.pairs(&subset.some, &subset.of, Some(limit));
            if limits.iter().all(|other| contains_grades(limit, other)) {
                for of_school in by_school(&pairs) {
                    self.add_subsets(&of_school);
                }
            }
            self.equate_if_borne_out(&pairs);
        }
    }

    /// The grade spans that a measure may be limited to and that its population's table has.
    fn listed_grade_limits(&self, subset: &PeopleSubset) -> Vec<Grade> {
        let rows = self.rows.get(&subset.of.measure);
        let listed: BTreeSet<&Grade> = rows.into_iter().flatten().map(|key| &key.grade).collect();
        let limits = self.knowledge.links.grade_limits.get(&subset.some.measure);
        limits.into_iter().flatten().filter(|limit| listed.contains(limit)).cloned().collect()
    }

    fn link_perhaps_same(&mut self, perhaps: &[MeasurePeople]) {
        let listed = self.listed(perhaps);
        for (i, first) in listed.iter().enumerate() {
            for other in &listed[i + 1..] {
                let pairs = self.pairs(other, first, None);
                self.equate_if_borne_out(&pairs);
            }
        }
    }

    /// Equates the counts of two measures if they are the same wherever both are published: in each school in which
    /// they are, once enough places of any school confirm it.
    fn equate_if_borne_out(&mut self, pairs: &[CountPair]) {
        let mut equal_figures: BTreeSet<u64> = BTreeSet::new();
        let mut equal = Vec::new();
        for of_school in by_school(pairs).into_iter().filter(|pairs| self.may_be_same(pairs)) {
            equal_figures.extend(of_school.iter().filter_map(|pair| self.equal_figure(pair)));
            equal.extend(of_school);
        }
        if equal_figures.len() >= ENOUGH_PLACES {
            equal.into_iter().for_each(|pair| self.equate(pair, 0.0));
        }
    }

    /// Whether nothing published contradicts that the counts of all pairs are the same.
    fn may_be_same(&self, pairs: &[&CountPair]) -> bool {
        let mut pairs = pairs.iter().filter(|pair| pair.one != pair.other);
        pairs.all(|pair| self.difference(pair) <= 0.0)
    }

    /// The figure that both counts of a pair have, if both are published and it is large enough to tell.
    fn equal_figure(&self, pair: &CountPair) -> Option<u64> {
        let (one, other) = (self.system.stated(pair.one), self.system.stated(pair.other));
        let is_telling = one.is_exact() && other.is_exact() && one.low >= LEAST_TELLING;
        (pair.one != pair.other && is_telling).then(|| one.low.to_bits())
    }

    /// The same students take the tests in two subjects, if the tables confirm it.
    fn link_subjects(&mut self) {
        for measure in self.rows.keys().copied().collect::<Vec<Interned>>() {
            if self.roles_of(measure).contains(&PeopleRole::N) {
                self.link_subjects_of(&self.keys(measure));
            }
        }
    }

    fn link_subjects_of(&mut self, keys: &[CellKey]) {
        let subjects: BTreeSet<Interned> = keys.iter().map(|key| key.subject).collect();
        let subjects: Vec<Interned> = subjects.into_iter().collect();
        for (i, first) in subjects.iter().enumerate() {
            for other in &subjects[i + 1..] {
                let pairs = self.subject_pairs(keys, *first, *other);
                self.equate_if_borne_out(&pairs);
            }
        }
    }

    fn subject_pairs(&mut self, keys: &[CellKey], first: Interned, other: Interned) -> Vec<CountPair> {
        let mut pairs = Vec::new();
        for key in keys.iter().filter(|key| key.subject == first) {
            let counterpart = CellKey { subject: other, ..key.clone() };
            if self.has_row(&counterpart) {
                let one = self.count(PeopleRole::N, key);
                let other = self.count(PeopleRole::N, &counterpart);
                pairs.push(CountPair { key: key.clone(), one, other });
            }
        }
        pairs
    }

    /// The levels of a test add up to everyone tested; with nested levels, each counts some of the people of
    /// the one before.
    fn link_whole(&mut self, whole: &Whole) {
        if whole.nested {
            let parts = whole.parts.iter().map(|id| Interned::new(id));
            let listed: Vec<Interned> = parts.filter(|id| self.rows.contains_key(id)).collect();
            listed.windows(2).for_each(|pair| self.link_nested(&pair[1], &pair[0]));
        } else if let Some(first) = whole.parts.first() {
            self.keys(Interned::new(first)).iter().for_each(|key| self.add_levels(whole, key));
        }
    }

    /// Adds that the levels of a test add up to the n of the first, if all are listed.
    fn add_levels(&mut self, whole: &Whole, first: &CellKey) {
        let levels = KeySum::of_measures(first.clone(), &whole.parts);
        if self.has_rows(&levels.parts) {
            let total = self.count(PeopleRole::N, first);
            let parts = levels.parts.iter().map(|key| self.count(PeopleRole::Numerator, key)).collect();
            self.add_sum(&CountSum { total, parts });
        }
    }

    fn link_nested(&mut self, inner: &str, outer: &str) {
        let inner = MeasurePeople::new(PeopleRole::Numerator, inner);
        let outer = MeasurePeople::new(PeopleRole::Numerator, outer);
        let pairs = self.pairs(&inner, &outer, None);
        for of_school in by_school(&pairs) {
            if self.add_subsets(&of_school) {
                self.add_remainders(&of_school, PeopleOfCell::RemainderOfNumerator);
            }
        }
    }

    /// A rate that is the sum of other rates counts the people that they count.
    fn link_sums_of_rates(&mut self) {
        for (id, measure) in &self.knowledge.catalog.measures {
            let Some(derivation) = sum_of_rates(measure) else { continue };
            let mut sums: BTreeMap<Interned, Vec<CountSum>> = BTreeMap::new();
            for total in self.keys(Interned::new(id)) {
                let school = total.school;
                let sum = KeySum::of_measures(total, &derivation.numerator);
                if self.has_rows(&sum.parts) {
                    let sum = self.count_sum(PeopleRole::Numerator, &sum);
                    sums.entry(school).or_default().push(sum);
                }
            }
            sums.values().for_each(|of_school| self.add_sums_unless_contradicted(of_school));
        }
    }

    fn add_sums_unless_contradicted(&mut self, sums: &[CountSum]) {
        if sums.iter().all(|sum| self.may_add_up(sum)) {
            sums.iter().for_each(|sum| self.add_sum(sum));
        }
    }
}
