//! Complementary suppression: what else must be withheld so that a withheld count cannot be worked out (methods 10.3).
//!
//! As long as some withheld count could be told within less than s (see [`known`](super::known)), something that tells it is
//! withheld too: a value that gives it away by itself (a share of a known total), else, of what adds up with it, the smallest
//! count that is still shown: of the parts first, of the total last. A count is withheld wherever it stands: with it go
//! all values that tell it. Values that are public stay as they are, and nothing more goes for what they alone tell: who wants
//! to work it out can do so without us. In the end the same is asked again from what the files will show, as the audit does.
//!
//! Small tables: with one part beside the withheld one, that is the one that goes. Degenerate: where everything that tells a count
//! is withheld or public there is nothing left to withhold, and it stays exposed.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Span;
use super::known::{Known, Reader, Target, told, uneven};
use super::left::ANY;
use super::pattern::{Reach, withhold};
use super::people::{Cell, Place, System, places};
use super::sums::Line;
use super::tie::Tie;
use crate::catalog::{Catalog, Derivation};
use crate::domain::{ALL, Unit};

/// What came of protecting a district's year.
#[derive(Debug, Default)]
pub(super) struct Protected {
    /// The cells that must be withheld beside those that were.
    pub(super) also: Vec<usize>,
    /// The cells that are totals of a little less than their parts, with what these come to.
    pub(super) uneven: Vec<(usize, f64)>,
}

/// Withholds more than `hidden`, until nothing withheld is told within less than `least`.
/// `primary` are those that are withheld for their own sake.
pub(super) fn protect(
    cells: &[Cell<'_>],
    hidden: &[bool],
    primary: &[bool],
    catalog: &Catalog,
    least: f64,
) -> Protected {
    let system = System::new(cells, catalog);
    if !has_secrets(&system, cells, hidden) {
        return Protected::default();
    }
    let (mut hidden, before) = (hidden.to_vec(), hidden);
    let all = told(&system, &vec![false; cells.len()]);
    let reader = Reader::WhoKnows(&all);
    let lost = lost(&system, cells, reader, least);
    let mut primary = primary.to_vec();
    for cell in few_by_sums(&Known::new(&system, cells, before, reader, least)) {
        (hidden[cell], primary[cell]) = (true, true);
    }
    let mut seen = None;
    for reach in [Reach::Parts, Reach::All] {
        let so_far = hidden.clone();
        let known = Known::new(&system, cells, &so_far, reader, least).with_seen(seen);
        let secrets = known.secrets(&all, &primary, &lost);
        withhold(&known, &mut hidden, &all, secrets, reach);
        seen = Some(known.into_seen());
    }
    let places = places(cells);
    loop {
        settle(&system, cells, &mut hidden, (reader, least), &mut seen);
        let more = if hidden.contains(&true) {
            let shown: Vec<Cell<'_>> =
                cells.iter().zip(&hidden).map(|(cell, hidden)| cell.shown(*hidden)).collect();
            settle(&System::new(&shown, catalog), &shown, &mut hidden, (Reader::OfFiles, least), &mut None)
        } else {
            // With nothing withheld, the files show what there is.
            settle(&system, cells, &mut hidden, (Reader::OfFiles, least), &mut None)
        };
        let passed_on = pass_on(cells, &places, &mut hidden);
        if !go_with_counts(cells, &places, &mut hidden) && !passed_on && !more {
            break;
        }
    }
    let also = (0..cells.len()).filter(|cell| hidden[*cell] && !before[*cell]).collect();
    Protected { also, uneven: uneven(&system, &all, least) }
}

/// Withholds what was computed from withheld cells; says whether it did.
fn pass_on(cells: &[Cell<'_>], places: &BTreeMap<Place<'_>, usize>, hidden: &mut [bool]) -> bool {
    let mut any = false;
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.computed && !cell.public) {
        let at = |id: &String| places.get(&(id.as_str(), cell.group, cell.grade.id(), cell.subject)).copied();
        let mut parts = cell.measure.derive.iter().flat_map(Derivation::parts).filter_map(at);
        if !hidden[i] && parts.any(|part| hidden[part]) {
            hidden[i] = true;
            any = true;
        }
    }
    any
}

/// The rates without n that rest on few, or count few or all but few, by what the sums say of their people: of 100 tested, 60 and
/// 33 of two groups leave seven.
fn few_by_sums(known: &Known<'_, '_>) -> Vec<usize> {
    let few = |count: f64| count > ANY && count < known.least;
    let is_few = |cell: usize| {
        let (of, about) = (&known.cells[cell], &known.system.about[cell]);
        let bare = of.value.filter(|_| of.n.is_none() && !of.public && about.rest.is_some());
        let n = about.base.filter(|at| known.told[*at].is_none()).and_then(|at| known.most_of_narrow(at));
        bare.zip(n).is_some_and(|(value, n)| {
            let number = (value * n / 100.0).round();
            few(n) || few(number) || few(n - number)
        })
    };
    (0..known.cells.len()).filter(|cell| is_few(*cell)).collect()
}

/// Withholds the rates without n of people whose count is withheld, of whom its decimals may tell that (52.2 % of up to 30 are 12 of
/// 23); says whether it did.
fn go_with_counts(cells: &[Cell<'_>], places: &BTreeMap<Place<'_>, usize>, hidden: &mut [bool]) -> bool {
    let goes = |(i, cell): (usize, &Cell<'_>)| {
        let is_bare = cell.n.is_none() && cell.value.is_some() && !cell.public && !hidden[i];
        let population = cell.measure.population.as_ref().filter(|of| is_bare && !of.not_counted)?;
        let is_rate = cell.measure.unit == Unit::Percent && cell.measure.smallest_group > 1;
        let count = places.get(&(population.measure.as_str(), cell.group, cell.grade.id(), ALL))?;
        (is_rate && hidden[*count]).then_some(i)
    };
    let go: Vec<usize> = cells.iter().enumerate().filter_map(goes).collect();
    go.iter().for_each(|cell| hidden[*cell] = true);
    !go.is_empty()
}

/// Whether there is anything to protect.
fn has_secrets(system: &System, cells: &[Cell<'_>], hidden: &[bool]) -> bool {
    let is_secret = |(cell, hidden): (&Cell<'_>, &bool)| *hidden || cell.masked && !cell.public;
    cells.iter().zip(hidden).any(is_secret) || system.lines.iter().any(|line| line.is_private)
}

/// The cells as they are where nothing is shown but what is public, and which of them are withheld then.
pub(super) fn public_alone<'a>(cells: &[Cell<'a>]) -> (Vec<Cell<'a>>, Vec<bool>) {
    cells.iter().map(|cell| (cell.shown(!cell.public), !cell.public)).unzip()
}

/// The targets that what is public tells outright, so that withholding more for them is of no use.
fn lost(system: &System, cells: &[Cell<'_>], reader: Reader<'_>, least: f64) -> BTreeSet<Target> {
    if !cells.iter().any(|cell| cell.public) {
        return BTreeSet::new();
    }
    let hidden: Vec<bool> = cells.iter().map(|cell| !cell.public).collect();
    let known = Known::new(system, cells, &hidden, reader, least);
    let targets = known.targets();
    known.explore(&targets);
    let is_told = |target: &Target| known.exposure(*target).is_some_and(|(low, high)| high - low < ANY);
    targets.into_iter().filter(is_told).collect()
}

/// The withheld counts that readers of the files can tell, each with a cell that it stands in and what it can be.
pub(super) fn exposed(
    cells: &[Cell<'_>],
    hidden: &[bool],
    catalog: &Catalog,
    least: f64,
) -> Vec<(usize, (f64, f64))> {
    let system = System::new(cells, catalog);
    if !has_secrets(&system, cells, hidden) {
        return Vec::new();
    }
    let known = Known::new(&system, cells, hidden, Reader::OfFiles, least);
    let targets = known.targets();
    known.explore(&targets);
    let spans = targets.into_iter().filter_map(|target| Some((target, known.exposure(target)?)));
    let cell_of = |target: Target| match target {
        Target::Cell(cell, _) => Some(cell),
        Target::Left(line) => {
            let total = system.lines[line].total;
            let is_about =
                |about: &super::people::About| [about.number, about.rest, about.base].contains(&Some(total));
            system.about.iter().position(is_about)
        }
    };
    let mut found: Vec<(usize, (f64, f64))> =
        spans.filter_map(|(target, span)| Some((cell_of(target)?, span))).collect();
    found.sort_by_key(|(cell, _)| *cell);
    found.dedup_by_key(|(cell, _)| *cell);
    found
}

/// Withholds more until nothing that must be protected is exposed to a reader, as far as it can be; says whether it did. `seen`
/// are the states that are found, and those that were when less was withheld.
fn settle(
    system: &System,
    cells: &[Cell<'_>],
    hidden: &mut [bool],
    (reader, least): (Reader<'_>, f64),
    seen: &mut Option<Vec<Option<Span>>>,
) -> bool {
    let mut any = false;
    // What is safe stays so: withholding more tells nobody more; and so does what is lost.
    let mut settled = lost(system, cells, reader, least);
    loop {
        let also: BTreeSet<usize> = {
            let known = Known::new(system, cells, hidden, reader, least).with_seen(seen.take());
            let open: Vec<Target> =
                known.targets().into_iter().filter(|target| !settled.contains(target)).collect();
            known.explore(&open);
            let telling = Telling { system, cells, hidden, known: &known, reader };
            let mut also = BTreeSet::new();
            // One at a time of those that hang together: what goes for one may be enough for the others.
            let mut touched = BTreeSet::new();
            for target in open {
                let cluster = known.cluster(target);
                if cluster.is_some_and(|cluster| touched.contains(&cluster)) {
                    continue;
                }
                match known.exposure(target).and_then(|_| next(&telling, target)) {
                    Some(cells) => {
                        also.extend(cells);
                        touched.extend(cluster);
                    }
                    None => _ = settled.insert(target),
                }
            }
            *seen = Some(known.into_seen());
            also
        };
        if also.is_empty() {
            return any;
        }
        also.into_iter().for_each(|cell| hidden[cell] = true);
        any = true;
    }
}

/// What to withhold for a target; `None` where nothing is left that may be.
///
/// First of the lines that it stands in; where all of these are withheld, of those that tell of what narrows it there, and so on.
fn next(telling: &Telling<'_, '_>, target: Target) -> Option<Vec<usize>> {
    let Telling { system, cells, hidden, known, .. } = *telling;
    let first = match target {
        Target::Cell(_, at) => at,
        Target::Left(line) => system.lines[line].left,
    };
    if known.told[first].is_some() {
        return telling.all_of(first);
    }
    let mut reached: BTreeSet<usize> = BTreeSet::from([first]);
    loop {
        let touches = |at: &usize| reached.contains(at);
        let is_near = |tie: &&Tie| !hidden[tie.cell] && tie.relation.terms.iter().any(|(at, _)| touches(at));
        let ties = system.ties.iter().filter(is_near);
        if let Some(tie) = ties.clone().find(|tie| !cells[tie.cell].public) {
            return Some(vec![tie.cell]);
        }
        let lines: Vec<&Line> = system
            .lines
            .iter()
            .filter(|line| line.parts.iter().chain([&line.total, &line.left]).any(touches))
            .collect();
        let parts = lines.iter().flat_map(|line| line.parts.iter().copied());
        if let Some(found) = telling.smallest(parts) {
            return Some(found);
        }
        let members = lines.iter().flat_map(|line| line.parts.iter().copied().chain([line.total]));
        let tied = ties.flat_map(|tie| tie.relation.terms.iter().map(|(at, _)| *at));
        let unknown: BTreeSet<usize> =
            members.chain(tied).filter(|at| known.told[*at].is_none() && !reached.contains(at)).collect();
        let narrow: BTreeSet<usize> = unknown.iter().copied().filter(|at| known.is_narrow(*at)).collect();
        if unknown.is_empty() {
            return telling.smallest(lines.iter().map(|line| line.total));
        }
        reached.extend(if narrow.is_empty() { unknown } else { narrow });
    }
}

/// Which cells tell a count.
#[derive(Clone, Copy)]
struct Telling<'t, 'a> {
    system: &'t System,
    cells: &'t [Cell<'a>],
    hidden: &'t [bool],
    known: &'t Known<'t, 'a>,
    reader: Reader<'t>,
}

impl Telling<'_, '_> {
    /// All cells that tell a count; `None` where none does, or one that is public. To readers of the files, counts of two
    /// measures that are but alike are not the same.
    fn all_of(&self, at: usize) -> Option<Vec<usize>> {
        // The rest of a rate is told with the number behind it.
        let of_rest = self.system.about.iter().find(|about| about.rest == Some(at));
        let at = of_rest.and_then(|about| about.number).unwrap_or(at);
        let tied = self.system.tied_by[at]
            .iter()
            .filter(|tie| self.system.tells(**tie, at, self.hidden, &self.known.told))
            .map(|tie| self.system.ties[*tie].cell);
        let all = self.system.told_by[at].iter().copied().chain(tied);
        let all: BTreeSet<usize> = all.filter(|cell| !self.hidden[*cell]).collect();
        let (public, private): (Vec<usize>, Vec<usize>) =
            all.into_iter().partition(|cell| self.cells[*cell].public);
        let is_alike = self.system.alike[at] && self.reader == Reader::OfFiles;
        (!private.is_empty() && (public.is_empty() || is_alike)).then_some(private)
    }

    /// The cells that tell the smallest of some counts that may still be withheld; those above 0 first.
    fn smallest(&self, counts: impl Iterator<Item = usize>) -> Option<Vec<usize>> {
        let free = counts.filter_map(|at| Some((at, self.known.told[at]?, self.all_of(at)?)));
        let smallest = free.min_by(|a, b| {
            let size = |of: &(usize, f64, _)| self.known.told[self.system.size[of.0]].unwrap_or(of.1);
            let by_size = (size(a) <= 0.0).cmp(&(size(b) <= 0.0)).then(size(a).total_cmp(&size(b)));
            by_size.then(a.1.total_cmp(&b.1)).then(a.0.cmp(&b.0))
        });
        smallest.map(|(_, _, cells)| cells)
    }
}
