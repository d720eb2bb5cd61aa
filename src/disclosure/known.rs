//! What is known of a district's counts of people when some of its cells are withheld.
//!
//! What the shown cells tell, outright or together, is known. Of the rest the sums, and what of it is at most what, leave a range
//! ([`bounds`](super::bounds)). A count that must be protected is exposed where its range is narrower than the policy's s.
//! Tables need not quite add up: parts may come to a little more than their total (see `TOLERANCE`). Parts that come to more
//! than that overlap and add up to nothing; nor do numbers behind rates that are rounded by s and more.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{Bounds, Relation, Span};
use super::left::{ANY, leaves_nobody, left_of, most_left};
use super::pattern::Secret;
use super::people::{About, Cell, System};
use super::sums::Line;
use super::tie::Tie;

/// By which share of their total parts may be more than it and still be taken for its parts; by s in any case.
const TOLERANCE: f64 = 0.05;

/// Who looks at what is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reader<'t> {
    /// Somebody who knows no more than what the files show, and takes listed parts to be all there are.
    OfFiles,
    /// Somebody who knows besides which totals have more parts than are listed: the counts as they are.
    WhoKnows(&'t [Option<f64>]),
}

/// A count that must be protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// One that a cell is about.
    Cell(usize, usize),
    /// What the parts of a line leave of its total.
    Left(usize),
}

/// What is known.
pub(super) struct Known<'s, 'a> {
    /// Of what.
    pub(super) system: &'s System,
    /// Of what, cell by cell.
    pub(super) cells: &'s [Cell<'a>],
    hidden: &'s [bool],
    reader: Reader<'s>,
    /// The policy's s.
    pub(super) least: f64,
    /// The counts that are told.
    pub(super) told: Vec<Option<f64>>,
    /// Within how many people masks tell counts, wherever these stand.
    masked: BTreeMap<usize, f64>,
    bounds: Bounds,
}

/// The counts that are told if the cells of `hidden` are not.
pub(super) fn told(system: &System, hidden: &[bool]) -> Vec<Option<f64>> {
    let mut told: Vec<Option<f64>> = vec![None; system.len()];
    // A measure that counts people comes before the n of others.
    for counts in [true, false] {
        for (cell, all) in system.told.iter().enumerate().filter(|(cell, _)| !hidden[*cell]) {
            if system.about[cell].base.is_none() == counts {
                all.iter().for_each(|(at, value)| _ = told[*at].get_or_insert(*value));
            }
        }
    }
    loop {
        let mut any = false;
        for Tie { relation: tie, .. } in system.ties.iter().filter(|tie| !hidden[tie.cell]) {
            if tie.terms.iter().filter(|(at, _)| told[*at].is_none()).count() != 1 {
                continue;
            }
            let tie = tie.of_unknown(&told);
            if let [(at, weight)] = tie.terms.as_slice() {
                told[*at] = Some((tie.from / weight).round().max(0.0));
                any = true;
            }
        }
        if !any {
            break;
        }
    }
    for about in &system.about {
        let (Some(number), Some(rest), Some(base)) = (about.number, about.rest, about.base) else { continue };
        if let (Some(number), Some(base)) = (told[number], told[base]) {
            told[rest].get_or_insert((base - number).max(0.0));
        }
    }
    told
}

/// The cells that are totals of a little less than their parts, with what these come to, of all that is `told`.
pub(super) fn uneven(system: &System, told: &[Option<f64>], least: f64) -> Vec<(usize, f64)> {
    let uneven = |line: &&Line| {
        let left = left_of(system, line, told).unwrap_or(0.0);
        line.is_private && left < -ANY && -left <= tolerance(told[line.total].unwrap_or(0.0), least)
    };
    let counts = |total: usize| {
        system.about.iter().position(|about| about.base.is_none() && about.number == Some(total))
    };
    let parts = |line: &Line| line.parts.iter().filter_map(|part| told[*part]).sum();
    let lines = system.lines.iter().filter(uneven);
    lines.filter_map(|line| Some((counts(line.total)?, parts(line)))).collect()
}

/// By how much parts may be more than their total.
pub(super) fn tolerance(total: f64, least: f64) -> f64 {
    least.max(TOLERANCE * total)
}

impl<'s, 'a> Known<'s, 'a> {
    pub(super) fn new(
        system: &'s System,
        cells: &'s [Cell<'a>],
        hidden: &'s [bool],
        reader: Reader<'s>,
        least: f64,
    ) -> Self {
        let told = told(system, hidden);
        let bounds = Bounds::new(0, Vec::new());
        let mask = |(cell, about): (&Cell<'a>, &About)| {
            let width = cell.bounds.high? - cell.bounds.low.unwrap_or(0.0);
            about.number.filter(|_| cell.masked && about.base.is_none()).map(|at| (at, width))
        };
        let masked = cells.iter().zip(&system.about).filter_map(mask).collect();
        let mut known = Self { system, cells, hidden, reader, least, told, masked, bounds };
        known.bounds = Bounds::new(system.len(), known.relations());
        known
    }

    /// All that is known of counts that are not told.
    fn relations(&self) -> Vec<Relation> {
        let lines = self.system.lines.iter().filter_map(|line| self.sum(line));
        let ties = self.system.ties.iter().filter(|tie| !self.hidden[tie.cell]).flat_map(Tie::rounded);
        let told = |at: &usize| self.told[*at].is_some();
        // Only where it bounds one count: else it would tie every rate to every count. That those of whom some are meant are
        // few is no secret of theirs, but how many of them are meant tells of all.
        let most = self.system.at_most.iter().filter(|(low, high)| told(low) != told(high));
        let most = most.chain(self.system.at_least.iter().filter(|(low, high)| told(low) && !told(high)));
        let most = most.map(|(low, high)| Relation::new([(*high, 1.0), (*low, -1.0)], 0.0, f64::INFINITY));
        let left = self.system.lines.iter().filter_map(|line| {
            let most = self.most_left(line)?;
            Some(Relation::new([(line.left, 1.0)], 0.0, most))
        });
        let overlaps = self.system.overlaps.iter().cloned();
        let all = lines.chain(ties).chain(overlaps).chain(most).chain(left).chain(self.masks());
        all.map(|relation| relation.of_unknown(&self.told))
            .filter(|relation| !relation.terms.is_empty())
            .collect()
    }

    /// What masks say, to readers of the files.
    fn masks(&self) -> Vec<Relation> {
        if matches!(self.reader, Reader::WhoKnows(_)) {
            return Vec::new();
        }
        let masked = self
            .cells
            .iter()
            .zip(&self.system.about)
            .filter(|(cell, about)| cell.masked && about.base.is_none());
        let mask = |(cell, about): (&Cell<'_>, &About)| {
            let (low, high) = (cell.bounds.low.unwrap_or(0.0), cell.bounds.high.unwrap_or(f64::INFINITY));
            let says = low > 0.0 || high.is_finite();
            about.number.filter(|_| says).map(|at| Relation::new([(at, 1.0)], low, high))
        };
        masked.filter_map(mask).collect()
    }

    /// What a line says; nothing where all of it is told or it does not add up.
    fn sum(&self, line: &Line) -> Option<Relation> {
        let total = self.told[line.total];
        let parts: f64 = line.parts.iter().filter_map(|part| self.told[*part]).sum();
        let members = || line.parts.iter().chain([&line.total]);
        let overlaps = total.is_some_and(|total| parts > total + self.tolerance(total));
        if overlaps || members().all(|at| self.told[*at].is_some()) || self.is_too_rough(line) {
            return None;
        }
        let left = match self.reader {
            Reader::WhoKnows(truth) => self.left_of(line, truth),
            Reader::OfFiles => None,
        };
        if left.is_some_and(|left| left < -self.tolerance(total.unwrap_or(0.0))) {
            return None;
        }
        let has_more = left.is_some_and(|left| left > ANY);
        let is_full = line.is_full || leaves_nobody(self.system, line, self.truth());
        let left = (has_more || !is_full).then_some(line.left);
        Some(Relation::sum(line.parts.iter().copied().chain(left), line.total))
    }

    fn is_too_rough(&self, line: &Line) -> bool {
        let told = line.parts.iter().chain([&line.total]).filter(|at| self.told[**at].is_some());
        told.map(|at| self.system.rounding[*at]).sum::<f64>() >= self.least
    }

    fn left_of(&self, line: &Line, counts: &[Option<f64>]) -> Option<f64> {
        left_of(self.system, line, counts)
    }

    /// The counts as far as the reader knows of them what parts leave.
    fn truth(&self) -> &[Option<f64>] {
        match self.reader {
            Reader::WhoKnows(truth) => truth,
            Reader::OfFiles => &self.told,
        }
    }

    fn most_left(&self, line: &Line) -> Option<f64> {
        most_left(self.system, line, &self.told, self.truth())
    }

    fn tolerance(&self, total: f64) -> f64 {
        tolerance(total, self.least)
    }

    /// The counts that must be protected.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut targets = Vec::new();
        for (cell, about) in self.system.about.iter().enumerate() {
            let of = &self.cells[cell];
            // What was computed of withheld values is about the same counts as these.
            let is_theirs = of.computed && matches!(self.reader, Reader::WhoKnows(_));
            if is_theirs || !self.hidden[cell] && (!of.masked || of.public) {
                continue;
            }
            // Of whom a withheld value is may be told elsewhere, and whom a share counts.
            let is_open = |at: &usize| self.told[*at].is_none();
            let is_share = about.base.is_some() && about.rest.is_none();
            let number = about.number.filter(|at| !is_share || is_open(at));
            let all = number.into_iter().chain(about.rest).chain(about.base.filter(is_open));
            targets.extend(all.map(|at| Target::Cell(cell, at)));
        }
        for (i, line) in self.system.lines.iter().enumerate().filter(|(_, line)| line.is_private) {
            let left = self.left_of(line, self.truth()).filter(|_| !self.is_too_rough(line));
            if left.is_some_and(|left| left > ANY && left < self.least) {
                targets.push(Target::Left(i));
            }
        }
        targets
    }

    /// The counts that are withheld or masked for their own sake, not for others': those of few people, else the smaller part of
    /// a rate. The rest of a rate moves with the number behind it. Those that are `lost` are left out.
    pub(super) fn secrets(
        &self,
        truth: &[Option<f64>],
        primary: &[bool],
        lost: &BTreeSet<Target>,
    ) -> Vec<Secret> {
        let targets = self.targets().into_iter().filter(|target| !lost.contains(target));
        let (targets, secrets): (Vec<Target>, Vec<Secret>) =
            targets.filter_map(|target| Some((target, self.secret(target, truth, primary)?))).unzip();
        self.explore(&targets);
        secrets
    }

    /// A target as a secret, if it is one for its own sake.
    fn secret(&self, target: Target, truth: &[Option<f64>], primary: &[bool]) -> Option<Secret> {
        let least = self.least_of(target);
        let (cell, at) = match target {
            Target::Left(line) => return Some(Secret { at: self.system.lines[line].left, least }),
            Target::Cell(cell, at) => (cell, at),
        };
        let about = &self.system.about[cell];
        let counts = about.number.into_iter().chain(about.rest).filter_map(|at| truth[at]);
        let smallest = counts.fold(f64::INFINITY, f64::min);
        let is_part = about.base.is_some_and(|base| base != at);
        let is_own = |count: f64| count < self.least || is_part && count <= smallest;
        (primary[cell] && truth[at].is_some_and(is_own) && !self.is_nobody(target, f64::INFINITY)).then(
            || {
                let at = about.number.filter(|_| about.rest == Some(at)).unwrap_or(at);
                Secret { at, least }
            },
        )
    }

    /// Takes states for possible that were found when less was withheld.
    pub(super) fn with_seen(self, seen: Option<Vec<Option<Span>>>) -> Self {
        match seen {
            Some(seen) => Self { bounds: self.bounds.with_seen(seen), ..self },
            None => self,
        }
    }

    /// The states that were found.
    pub(super) fn into_seen(self) -> Vec<Option<Span>> {
        self.bounds.into_seen()
    }

    /// Which of the groups of counts that hang together a target is in.
    pub(super) fn cluster(&self, target: Target) -> Option<usize> {
        let at = match target {
            Target::Cell(_, at) => at,
            Target::Left(line) => self.system.lines[line].left,
        };
        self.bounds.cluster(at)
    }

    /// Whether a count that is not told can be told within less than the policy allows.
    pub(super) fn is_narrow(&self, at: usize) -> bool {
        self.most_of_narrow(at).is_some()
    }

    /// The most that a count can be that can be told so.
    pub(super) fn most_of_narrow(&self, at: usize) -> Option<f64> {
        self.bounds.narrow_span(at, self.least).map(|(_, most)| most)
    }

    /// What a target can be, if it is within less than `least`.
    fn narrow_span(&self, target: Target, least: f64) -> Option<Span> {
        let (at, told) = match target {
            Target::Cell(_, at) => (at, self.told[at]),
            Target::Left(line) => {
                let line = &self.system.lines[line];
                (line.left, self.left_of(line, &self.told))
            }
        };
        let told = told.or(self.told[at]).map(|count| (count, count));
        told.filter(|_| least > 0.0).or_else(|| self.bounds.narrow_span(at, least))
    }

    /// Looks for states that show how far targets are from being told, for many of them at once.
    pub(super) fn explore(&self, targets: &[Target]) {
        let open = |target: &Target| match target {
            Target::Cell(_, at) if self.told[*at].is_some() => None,
            Target::Cell(_, at) => Some((*at, self.least_of(*target))),
            Target::Left(line) => Some((self.system.lines[*line].left, self.least_of(*target))),
        };
        let mut open: Vec<(usize, f64)> = targets.iter().filter_map(open).collect();
        open.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        open.dedup_by_key(|(at, _)| *at);
        self.bounds.explore(&open);
    }

    /// Between what a count was in the states that were found.
    pub(super) fn seen(&self, at: usize) -> Option<Span> {
        self.bounds.seen(at)
    }

    /// What a target can be, if it can be told within less than the policy allows.
    pub(super) fn exposure(&self, target: Target) -> Option<Span> {
        let (low, high) = self.narrow_span(target, self.least_of(target))?;
        // What is no small group's is withheld to protect others, and theirs are solved for by themselves.
        let is_others =
            self.reader == Reader::OfFiles && matches!(target, Target::Cell(..)) && low >= self.least - 1e-6;
        (!is_others && !self.is_nobody(target, high)).then_some((low, high))
    }

    /// Whether a target is a count of nobody, who need no protection: a group that a rate's table leaves out.
    fn is_nobody(&self, target: Target, high: f64) -> bool {
        let Target::Cell(cell, at) = target else { return false };
        let count = match self.reader {
            Reader::WhoKnows(truth) => truth[at],
            Reader::OfFiles => Some(high),
        };
        self.system.about[cell].base.is_none() && count.is_some_and(|count| count < ANY)
    }

    /// Within how many people a target may be told: fewer than s where no more can be meant, by a mask or by how many there are.
    fn least_of(&self, target: Target) -> f64 {
        let (cell, at) = match target {
            Target::Cell(cell, at) => (cell, at),
            Target::Left(line) => {
                let most = self.most_left(&self.system.lines[line]);
                return most.map_or(self.least, |most| most.min(self.least));
            }
        };
        let base = self.system.about[cell].base.filter(|base| *base != at).and_then(|base| self.told[base]);
        self.masked.get(&at).copied().into_iter().chain(base).fold(self.least, f64::min)
    }
}
