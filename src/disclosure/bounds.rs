//! What can be worked out of withheld amounts, from those that are shown and from how they add up.
//!
//! Every withheld amount is taken to be anything from 0 up. First each relation narrows the range of its members by the ranges
//! of the others, until nothing changes. Where relations cross in withheld amounts (groups and grades of one table) that
//! finds too wide a range; there the least and the most are the solutions of two linear programs (simplex: `microlp`) under
//! all relations at once. (Methods 10.4.)
//!
//! Degenerate: an amount in no relation has no upper end. Where relations contradict each other, as tables that do not quite add
//! up do, a reader takes that to be so which makes the least of it: the relations give way by as little as they must in all (a
//! linear program too), and the ranges are those under that.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use microlp::OptimizationDirection::{self, Maximize, Minimize};

use super::program::{Program, least_slack};

/// What is known of some amounts, by their positions: `from` ≤ Σ weight · amount ≤ `to`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Relation {
    /// Positions with their weights; no position twice, no weight 0.
    pub(super) terms: Vec<(usize, f64)>,
    /// The least that it comes to.
    pub(super) from: f64,
    /// The most that it comes to.
    pub(super) to: f64,
}

impl Relation {
    /// Parts that come to their total.
    pub(super) fn sum(parts: impl IntoIterator<Item = usize>, total: usize) -> Self {
        let terms = parts.into_iter().map(|part| (part, 1.0)).chain([(total, -1.0)]);
        Self::new(terms, 0.0, 0.0)
    }

    /// A relation between terms, of which some may be of one amount.
    pub(super) fn new(terms: impl IntoIterator<Item = (usize, f64)>, from: f64, to: f64) -> Self {
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        terms.into_iter().for_each(|(at, weight)| *weights.entry(at).or_default() += weight);
        Self { terms: weights.into_iter().filter(|(_, weight)| *weight != 0.0).collect(), from, to }
    }

    /// What it says of the amounts that are not known.
    pub(super) fn of_unknown(&self, known: &[Option<f64>]) -> Self {
        let side: f64 = self.terms.iter().filter_map(|(at, weight)| Some(known[*at]? * weight)).sum();
        let terms = self.terms.iter().copied().filter(|(at, _)| known[*at].is_none()).collect();
        Self { terms, from: self.from - side, to: self.to - side }
    }
}

/// The least and the most that an amount can be.
pub(super) type Span = (f64, f64);

/// Passes after which narrowing stops; a table needs a few.
const PASSES: usize = 64;
/// Fewer amounts than so many are solved for one by one.
const FEW: usize = 4;
/// Nor is more looked for once where a program settles less than this part of them.
const GAIN: usize = 16;
/// Amounts that differ by less are taken to be equal.
pub(super) const NEAR: f64 = 1e-6;

/// What can be worked out of amounts under some relations.
pub(super) struct Bounds {
    spans: Vec<Span>,
    /// Between what each amount was in the states that programs have found.
    seen: RefCell<Vec<Option<Span>>>,
    /// Relations that share amounts, directly or by others.
    clusters: Vec<Cluster>,
    cluster_of: Vec<Option<usize>>,
}

struct Cluster {
    relations: Vec<Relation>,
    /// Whether narrowing one relation at a time is not enough.
    crosses: bool,
    /// By how much the relations must give way in all so as not to contradict each other; above 0 only where they do.
    slack: Cell<f64>,
}

impl Cluster {
    /// What is found where the relations give way by as little as they must.
    fn under_slack<T>(&self, find: impl Fn(f64) -> Option<T>) -> Option<T> {
        find(self.slack.get()).or_else(|| {
            if self.slack.get() > 0.0 {
                return None;
            }
            self.slack.set(least_slack(&self.relations)?);
            find(self.slack.get())
        })
    }
}

impl Bounds {
    /// What relations say of `count` amounts.
    pub(super) fn new(count: usize, relations: Vec<Relation>) -> Self {
        let spans = narrowed(count, &relations);
        let mut cluster_of: Vec<Option<usize>> = vec![None; count];
        let mut clusters: Vec<Cluster> = Vec::new();
        for (members, relations) in connected(count, relations) {
            members.iter().for_each(|at| cluster_of[*at] = Some(clusters.len()));
            let crosses = cross(&members, &relations);
            let contradicts = members.iter().any(|at| spans[*at].1 < spans[*at].0 - NEAR);
            let slack = if contradicts { least_slack(&relations).unwrap_or(0.0) } else { 0.0 };
            clusters.push(Cluster { relations, crosses, slack: Cell::new(slack) });
        }
        Self { spans, seen: RefCell::new(vec![None; count]), clusters, cluster_of }
    }

    /// Looks for states in which amounts are `least` and more apart, for as many of them as can be at once: a program that makes
    /// all of them as much as is wanted of each, as long as it finds more. What is not found is solved for one by one.
    pub(super) fn explore(&self, amounts: &[(usize, f64)]) {
        let mut by_cluster: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, least) in amounts {
            if let Some(cluster) = self.cluster_of[*at].filter(|i| self.clusters[*i].crosses) {
                by_cluster.entry(cluster).or_default().push((*at, *least));
            }
        }
        for (cluster, mut open) in by_cluster {
            let cluster = &self.clusters[cluster];
            open.retain(|(at, least)| cluster.slack.get() > 0.0 || is_wide(self.spans[*at], *least));
            // Down and up by turns, until neither settles much; the first state says but where to go from.
            let mut idle = 0;
            for direction in [Minimize, Maximize].into_iter().cycle() {
                if open.len() < FEW || idle == 2 {
                    break;
                }
                let before = open.len();
                let apart = |slack: f64| {
                    let seen = self.seen.borrow();
                    Program::apart(direction, &cluster.relations, slack, &open, &seen).solve()
                };
                let Some((_, state)) = cluster.under_slack(apart) else { break };
                self.see(state);
                open.retain(|(at, least)| !self.seen(*at).is_some_and(|seen| is_wide(seen, *least)));
                idle = if (before - open.len()) * GAIN < before { idle + 1 } else { 0 };
            }
        }
    }

    /// Between what each amount was in the states that were found.
    pub(super) fn into_seen(self) -> Vec<Option<Span>> {
        self.seen.into_inner()
    }

    /// Takes states for possible that were found under these relations and more.
    pub(super) fn with_seen(self, seen: Vec<Option<Span>>) -> Self {
        Self { seen: RefCell::new(seen), ..self }
    }

    /// Which of the groups of relations that share amounts an amount is in.
    pub(super) fn cluster(&self, at: usize) -> Option<usize> {
        self.cluster_of[at]
    }

    /// Between what an amount was in the states that were found.
    pub(super) fn seen(&self, at: usize) -> Option<Span> {
        self.seen.borrow()[at]
    }

    /// Notes a state that the relations allow.
    fn see(&self, values: Vec<(usize, f64)>) {
        let mut seen = self.seen.borrow_mut();
        for (at, value) in values {
            let (low, high) = seen[at].unwrap_or((value, value));
            seen[at] = Some((low.min(value), high.max(value)));
        }
    }

    /// What one amount can be, if that is within less than `least`. Where narrowing finds so little, that is not solved for any
    /// better.
    pub(super) fn narrow_span(&self, at: usize, least: f64) -> Option<Span> {
        let quick = self.spans[at];
        let cluster = self.cluster_of[at].map(|i| &self.clusters[i]);
        let unclear =
            |cluster: &&Cluster| cluster.slack.get() > 0.0 || cluster.crosses && is_wide(quick, least);
        let found = cluster.filter(unclear).map_or(Some(quick), |cluster| self.solved(at, cluster, least));
        let span = found.unwrap_or((quick.0.min(quick.1), quick.0.max(quick.1)));
        Some(span).filter(|span| !is_wide(*span, least))
    }

    /// What an amount can be under all relations of its cluster at once, or, where that is `least` and more, any part of it
    /// that is so wide.
    fn solved(&self, at: usize, cluster: &Cluster, least: f64) -> Option<Span> {
        let solve = |slack: f64| {
            let seen = || self.seen.borrow()[at].filter(|seen| is_wide(*seen, least));
            if let Some(seen) = seen() {
                return Some(seen);
            }
            let high = self.end(Maximize, at, &cluster.relations, slack)?;
            if let Some(seen) = seen() {
                return Some(seen);
            }
            Some((self.end(Minimize, at, &cluster.relations, slack)?, high))
        };
        cluster.under_slack(solve)
    }

    /// The least or the most that an amount can be under relations that give way by `slack` in all; `None` where they contradict
    /// each other nevertheless.
    fn end(
        &self,
        direction: OptimizationDirection,
        at: usize,
        relations: &[Relation],
        slack: f64,
    ) -> Option<f64> {
        let (end, values) = Program::end(direction, at, relations, slack)?.solve()?;
        // Every solution is a state that the relations allow: often those for others show enough.
        self.see(values);
        Some(end)
    }
}

/// Whether a span is of `least` and more.
fn is_wide(span: Span, least: f64) -> bool {
    span.1 - span.0 >= least - NEAR
}

/// The relations that share amounts, with these.
fn connected(count: usize, relations: Vec<Relation>) -> Vec<(Vec<usize>, Vec<Relation>)> {
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    for relation in &relations {
        for pair in relation.terms.windows(2) {
            let (a, b) = (find(&mut root, pair[0].0), find(&mut root, pair[1].0));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut clusters: BTreeMap<usize, (Vec<usize>, Vec<Relation>)> = BTreeMap::new();
    for relation in relations {
        let Some((first, _)) = relation.terms.first().copied() else { continue };
        let cluster = clusters.entry(find(&mut root, first)).or_default();
        cluster.0.extend(relation.terms.iter().map(|(at, _)| *at));
        cluster.1.push(relation);
    }
    let mut clusters: Vec<_> = clusters.into_values().collect();
    for (members, _) in &mut clusters {
        members.sort_unstable();
        members.dedup();
    }
    clusters
}

/// What each of `count` amounts can be, relation by relation; of those in none nothing is known.
fn narrowed(count: usize, relations: &[Relation]) -> Vec<Span> {
    let mut spans: Vec<Span> = vec![(0.0, f64::INFINITY); count];
    for _ in 0..PASSES {
        let mut changed = false;
        relations.iter().for_each(|relation| changed |= narrow(&mut spans, relation));
        if !changed {
            break;
        }
    }
    spans
}

fn narrow(spans: &mut [Span], relation: &Relation) -> bool {
    let range = |(at, weight): (usize, f64), spans: &[Span]| {
        let (a, b) = (weight * spans[at].0, weight * spans[at].1);
        if weight > 0.0 { (a, b) } else { (b, a) }
    };
    // What all come to, and how many of them have no end.
    let mut least = Ends::default();
    let mut most = Ends::default();
    for term in &relation.terms {
        let (low, high) = range(*term, spans);
        least.add(low, 1);
        most.add(high, 1);
    }
    let mut changed = false;
    for (at, weight) in &relation.terms {
        // weight · x = what all come to − the others.
        let (low, high) = range((*at, *weight), spans);
        let others =
            (least.without(low).unwrap_or(f64::NEG_INFINITY), most.without(high).unwrap_or(f64::INFINITY));
        let (low, high) = ((relation.from - others.1) / weight, (relation.to - others.0) / weight);
        let (low, high) = if *weight > 0.0 { (low, high) } else { (high, low) };
        let span = spans[*at];
        // What contradicts itself stays as it is: going on would only wear the others down.
        if span.1 < span.0 {
            continue;
        }
        let narrower = (span.0.max(low), span.1.min(high));
        if narrower.0 > span.0 + 1e-9 || narrower.1 < span.1 - 1e-9 {
            let (before, after) = (range((*at, *weight), spans), {
                spans[*at] = narrower;
                range((*at, *weight), spans)
            });
            least.add(before.0, -1);
            most.add(before.1, -1);
            least.add(after.0, 1);
            most.add(after.1, 1);
            changed = true;
        }
    }
    changed
}

/// Ends of ranges, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    /// Those that there are.
    sum: f64,
    /// How many there are not.
    open: i32,
}

impl Ends {
    fn add(&mut self, end: f64, times: i32) {
        if end.is_finite() {
            self.sum += end * f64::from(times);
        } else {
            self.open += times;
        }
    }

    /// What they come to without one of them; `None` where another is open.
    fn without(mut self, end: f64) -> Option<f64> {
        self.add(end, -1);
        (self.open == 0).then_some(self.sum)
    }
}

/// Whether relations share amounts, so that narrowing one by one is not enough.
fn cross(members: &[usize], relations: &[Relation]) -> bool {
    let shared = relations.iter().filter(|relation| relation.terms.len() > 1);
    let uses: Vec<usize> = shared.flat_map(|relation| relation.terms.iter().map(|(at, _)| *at)).collect();
    uses.len() > members.len() || {
        let mut uses = uses;
        uses.sort_unstable();
        uses.windows(2).any(|pair| pair[0] == pair[1])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Bounds, Relation};

    #[test]
    fn the_bounds_of_the_oracle() {
        let oracle: Value =
            serde_json::from_str(include_str!("../../tests/cases/oracle/oracle.json")).unwrap();
        let case = &oracle["disclosure"];
        let numbers =
            |v: &Value| v.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect::<Vec<_>>();
        let (rows, columns) = (numbers(&case["row_totals"]), numbers(&case["column_totals"]));
        // Cells row by row, then the totals of rows and columns.
        let mut known: Vec<Option<f64>> = vec![None; 6];
        known.extend(rows.iter().chain(&columns).map(|total| Some(*total)));
        let position = |at: &str| {
            let (row, column) = at.split_once(',').unwrap();
            row.parse::<usize>().unwrap() * 3 + column.parse::<usize>().unwrap()
        };
        for (at, amount) in case["known"].as_object().unwrap() {
            known[position(at)] = amount.as_f64();
        }
        let of_row = (0..2).map(|r| Relation::sum(3 * r..3 * r + 3, 6 + r));
        let of_column = (0..3).map(|c| Relation::sum([c, c + 3], 8 + c));
        let relations = of_row.chain(of_column).map(|sum| sum.of_unknown(&known)).collect();
        let bounds = Bounds::new(known.len(), relations);
        for (at, wanted) in case["bounds"].as_object().unwrap() {
            let found = bounds.narrow_span(position(at), f64::INFINITY).unwrap();
            for (found, wanted) in [found.0, found.1].iter().zip(&numbers(wanted)) {
                assert!((found - wanted).abs() < 1e-9, "{at}: {found} is not {wanted}");
            }
        }
    }

    /// A part and a total of 100 beside a part of 93.
    fn spans(known: [Option<f64>; 3]) -> [Option<(f64, f64)>; 2] {
        let bounds = Bounds::new(3, vec![Relation::sum([0, 1], 2).of_unknown(&known)]);
        [0, 2].map(|at| bounds.narrow_span(at, 1000.0))
    }

    #[test]
    fn one_withheld_part_is_no_secret_and_a_total_with_it_is() {
        assert_eq!(spans([None, Some(93.0), Some(100.0)])[0], Some((7.0, 7.0)));
        assert_eq!(spans([None, Some(93.0), None]), [None, None]);
    }

    #[test]
    fn a_table_that_does_not_add_up_tells_what_makes_the_least_of_it() {
        // Parts of 103 of a total of 100: the part between is taken to be none.
        let (low, high) = spans([None, Some(103.0), Some(100.0)])[0].unwrap();
        assert!(low == 0.0 && high < 1e-3, "{low} {high}");
        // A row says 4, a column 6: either is as likely as the other, and nothing outside.
        let sums = [Relation::new([(0, 1.0)], 4.0, 4.0), Relation::new([(0, 1.0)], 6.0, 6.0)];
        let (low, high) = Bounds::new(1, sums.to_vec()).narrow_span(0, 10.0).unwrap();
        assert!((low - 4.0).abs() < 1e-3 && (high - 6.0).abs() < 1e-3, "{low} {high}");
    }
}
