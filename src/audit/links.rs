//! The same students in several measures, and students who are some of others.

use std::collections::BTreeSet;

use super::measures::{Figure, Of, Subset, sum_of_rates};
use super::reader::Reader;
use super::secrets::What;
use super::system::{Trust, Unknown};
use super::totals::holds;
use crate::domain::{ALL, Grade, MeasureKey};
use statistics::linear_program::Interval;

/// In so many places a rule that the catalog does not state has to be seen before a reader believes it.
pub(super) const ENOUGH: usize = 2;
/// Figures of the same students in two tables may differ by so many (two days of counting); where they differ by more they are
/// not taken for the same.
const SLIP: f64 = 2.0;
/// A figure that fewer share may be the same by chance.
const TELLING: f64 = 10.0;

/// The same place in two measures.
struct Pair {
    key: MeasureKey,
    one: Unknown,
    other: Unknown,
}

impl Reader<'_> {
    /// Adds what links measures.
    pub(super) fn link(&mut self) {
        let knowledge = self.knowledge;
        for same in &knowledge.links.same {
            self.link_same(same);
        }
        for some in &knowledge.links.some {
            self.link_some(some);
        }
        for perhaps in &knowledge.links.perhaps_same {
            self.link_perhaps(perhaps);
        }
        self.link_subjects();
        self.link_wholes();
        self.link_sums_of_rates();
    }

    fn is_listed(&self, of: &Of) -> bool {
        self.rows.contains_key(&of.measure) && self.figures_of(&of.measure).contains(&of.figure)
    }

    fn keys(&self, measure: &str) -> BTreeSet<MeasureKey> {
        self.rows.get(measure).cloned().unwrap_or_default()
    }

    /// Where another measure speaks of the same group and grade; a count that is of no subject, of all subjects.
    fn counterpart(&self, key: &MeasureKey, of: &Of, grade: Option<&Grade>) -> Option<MeasureKey> {
        let grade = match grade {
            Some(grade) if key.grade.is_all() => grade.clone(),
            Some(_) => return None,
            None => key.grade.clone(),
        };
        let own = MeasureKey { measure: of.measure.clone(), grade, ..key.clone() };
        let rows = self.rows.get(&of.measure)?;
        if rows.contains(&own) {
            return Some(own);
        }
        let all = MeasureKey { subject: ALL.to_owned(), ..own };
        (of.figure == Figure::Count && rows.contains(&all)).then_some(all)
    }

    fn pairs(&mut self, one: &Of, other: &Of, grade: Option<&Grade>) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for key in self.keys(&one.measure) {
            if let Some(at) = self.counterpart(&key, other, grade) {
                let (one, other) = (self.unknown(one.figure, &key), self.unknown(other.figure, &at));
                pairs.push(Pair { key, one, other });
            }
        }
        pairs
    }

    /// Each of the measures of the same students with the first that the tables have.
    fn link_same(&mut self, same: &[Of]) {
        let listed: Vec<&Of> = same.iter().filter(|of| self.is_listed(of)).collect();
        for (i, first) in listed.iter().enumerate() {
            for other in &listed[i + 1..] {
                let pairs = self.pairs(other, first, None);
                let apart = pairs.iter().map(|pair| self.apart(pair)).fold(0.0, f64::max);
                if apart <= SLIP {
                    pairs.iter().for_each(|pair| self.equate(pair, apart));
                }
            }
        }
    }

    /// By how many the shown figures of a place differ.
    fn apart(&self, pair: &Pair) -> f64 {
        let (one, other) = (self.system.shown(pair.one), self.system.shown(pair.other));
        (one.low - other.high).max(other.low - one.high).max(0.0)
    }

    fn equate(&mut self, pair: &Pair, within: f64) {
        if pair.one != pair.other {
            let terms = vec![(pair.one, 1.0), (pair.other, -1.0)];
            self.system.constrain(terms, Interval { low: -within, high: within }, Trust::Assumed);
        }
    }

    fn link_some(&mut self, some: &Subset) {
        if !self.is_listed(&some.these) || !self.is_listed(&some.of) {
            return;
        }
        let pairs = self.pairs(&some.these, &some.of, None);
        if self.subset(&pairs) && some.these.figure == Figure::Count {
            for pair in &pairs {
                self.leave(&[pair.one], pair.other, (&pair.key, What::OthersCount));
            }
        }
        if some.of.figure == Figure::Count {
            self.link_in_grades(some);
        }
    }

    /// A rate of some grades is of those enrolled in them, where the population's table has one span that it may be of, or one
    /// that holds the others; and of all of those, where the tables bear that out.
    fn link_in_grades(&mut self, some: &Subset) {
        let knowledge = self.knowledge;
        let spans = knowledge.links.in_grades.get(&some.these.measure).into_iter().flatten();
        let listed: BTreeSet<&Grade> =
            self.rows.get(&some.of.measure).into_iter().flatten().map(|key| &key.grade).collect();
        let spans: Vec<Grade> = spans.filter(|span| listed.contains(span)).cloned().collect();
        for span in &spans {
            let pairs = self.pairs(&some.these, &some.of, Some(span));
            if spans.iter().all(|other| holds(span, other)) {
                _ = self.subset(&pairs);
            }
            self.equate_if_borne_out(&pairs);
        }
    }

    /// Adds that some are part of others unless what is shown says otherwise anywhere; whether it does not.
    fn subset(&mut self, pairs: &[Pair]) -> bool {
        let holds = |pair: &Pair| self.system.shown(pair.one).low <= self.system.shown(pair.other).high;
        let all = pairs.iter().all(holds);
        if all {
            pairs.iter().for_each(|pair| self.some_of(pair.one, pair.other, Trust::Assumed));
        }
        all
    }

    fn link_perhaps(&mut self, perhaps: &[Of]) {
        let listed: Vec<&Of> = perhaps.iter().filter(|of| self.is_listed(of)).collect();
        for (i, first) in listed.iter().enumerate() {
            for other in &listed[i + 1..] {
                let pairs = self.pairs(other, first, None);
                self.equate_if_borne_out(&pairs);
            }
        }
    }

    /// Two measures' figures are of the same students where they are the same wherever both are shown.
    fn equate_if_borne_out(&mut self, pairs: &[Pair]) {
        let mut alike: BTreeSet<u64> = BTreeSet::new();
        for pair in pairs.iter().filter(|pair| pair.one != pair.other) {
            let (one, other) = (self.system.shown(pair.one), self.system.shown(pair.other));
            if one.low > other.high || other.low > one.high {
                return;
            }
            if one.low == one.high && other.low == other.high && one.low >= TELLING {
                alike.insert(one.low.to_bits());
            }
        }
        if alike.len() >= ENOUGH {
            pairs.iter().for_each(|pair| self.equate(pair, 0.0));
        }
    }

    /// The same students sit the tests of two subjects, where the tables bear that out.
    fn link_subjects(&mut self) {
        for measure in self.rows.keys().cloned().collect::<Vec<String>>() {
            if !self.figures_of(&measure).contains(&Figure::N) {
                continue;
            }
            let keys = self.keys(&measure);
            let subjects: BTreeSet<&String> = keys.iter().map(|key| &key.subject).collect();
            let subjects: Vec<&String> = subjects.into_iter().collect();
            for (i, first) in subjects.iter().enumerate() {
                for other in &subjects[i + 1..] {
                    let pairs = self.subject_pairs(&keys, first, other);
                    self.equate_if_borne_out(&pairs);
                }
            }
        }
    }

    fn subject_pairs(&mut self, keys: &BTreeSet<MeasureKey>, first: &str, other: &str) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for key in keys.iter().filter(|key| key.subject == first) {
            let at = MeasureKey { subject: other.to_owned(), ..key.clone() };
            if keys.contains(&at) {
                let (one, other) = (self.unknown(Figure::N, key), self.unknown(Figure::N, &at));
                pairs.push(Pair { key: key.clone(), one, other });
            }
        }
        pairs
    }

    /// The levels of a test are everybody tested; at a level and above are some of those at the one before and above.
    fn link_wholes(&mut self) {
        let knowledge = self.knowledge;
        for whole in &knowledge.catalog.disclosure.whole {
            let Some((first, others)) = whole.parts.split_first() else { continue };
            if whole.nested {
                let listed: Vec<&String> =
                    whole.parts.iter().filter(|id| self.rows.contains_key(*id)).collect();
                for pair in listed.windows(2) {
                    self.nest(pair[1], pair[0]);
                }
                continue;
            }
            for key in self.keys(first) {
                let at = |id: &String| MeasureKey { measure: id.clone(), ..key.clone() };
                let keys: Vec<MeasureKey> = [first].into_iter().chain(others).map(at).collect();
                let is_listed =
                    |key: &MeasureKey| self.rows.get(&key.measure).is_some_and(|r| r.contains(key));
                if !keys.iter().all(is_listed) {
                    continue;
                }
                let n = self.unknown(Figure::N, &key);
                let parts = keys.iter().map(|key| (self.unknown(Figure::Numerator, key), 1.0));
                let terms = parts.collect::<Vec<_>>().into_iter().chain([(n, -1.0)]).collect();
                self.system.constrain(terms, Interval::exactly(0.0), Trust::Assumed);
            }
        }
    }

    fn nest(&mut self, inner: &str, outer: &str) {
        let of = |measure: &str| Of { figure: Figure::Numerator, measure: measure.to_owned() };
        let pairs = self.pairs(&of(inner), &of(outer), None);
        if self.subset(&pairs) {
            for pair in &pairs {
                self.leave(&[pair.one], pair.other, (&pair.key, What::OthersCounted));
            }
        }
    }

    /// A rate that is the sum of others counts whom they count.
    fn link_sums_of_rates(&mut self) {
        let knowledge = self.knowledge;
        for (id, derive) in
            knowledge.catalog.measures.iter().filter_map(|(id, m)| Some((id, sum_of_rates(m)?)))
        {
            let mut sums = Vec::new();
            for key in self.keys(id) {
                let at = |id: &String| MeasureKey { measure: id.clone(), ..key.clone() };
                let parts: Vec<MeasureKey> = derive.numerator.iter().map(at).collect();
                let is_listed =
                    |key: &MeasureKey| self.rows.get(&key.measure).is_some_and(|r| r.contains(key));
                if parts.iter().all(is_listed) {
                    let parts: Vec<Unknown> =
                        parts.iter().map(|part| self.unknown(Figure::Numerator, part)).collect();
                    sums.push((self.unknown(Figure::Numerator, &key), parts));
                }
            }
            self.add_up_unless_contradicted(&sums);
        }
    }

    fn add_up_unless_contradicted(&mut self, sums: &[(Unknown, Vec<Unknown>)]) {
        if sums.iter().all(|(whole, parts)| self.may_add_up(parts, *whole)) {
            sums.iter().for_each(|(whole, parts)| self.add_up(parts, *whole));
        }
    }
}
