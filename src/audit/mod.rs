//! What a reader of a finished pack can tell of what it withholds (methods 10.4).
//!
//! The audit knows what anybody knows who has the pack's tables, the catalog and a pencil, and shares nothing with the room that
//! chose what to withhold. Of each district's year it sets up what the cells show ([`reader`]), what adds up ([`totals`]) and who
//! stands in several measures ([`links`]), narrows every count by interval arithmetic ([`system`]), and solves linear programs
//! ([`ranges`]) over what hangs together ([`parts`]) for the counts that are still open. A count of people that may be from 1 to
//! one less than the smallest group must be told no nearer than that, or than what is public of it anyhow.
//!
//! A rule that what is shown contradicts is no knowledge: groups that do not add up where all are shown, two measures whose
//! figures differ by more than two. Where only several rules together contradict each other, [`relax`] gives up the least; what
//! an earlier pack showed goes first, for it may have been revised. Rules that the catalog does not state (that subjects add up,
//! that a rate is of everybody enrolled) are believed where the tables bear them out in two places and contradict them in none.
//! A share that law prescribes is not knowledge either.

mod links;
mod measures;
mod parts;
mod ranges;
mod reader;
mod relax;
mod rounding;
mod secrets;
mod system;
#[cfg(test)]
mod tests;
mod totals;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::domain::MeasureKey;
use crate::pack_tables::{DistrictYear, PackCell, PackCells, PackTables};
use measures::{Links, Speaks, speaks};
use parts::{Parts, Place};
use ranges::{Asked, Infeasible};
use reader::{Knowledge, Reader, Shown, beyond};
use rounding::Rounding;
pub use secrets::What;
use secrets::{Secret, Told};
use statistics::linear_program::Interval;
use system::{System, Unknown};

/// A count of people that a reader can tell within less than the policy allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposed {
    /// Whose, and when.
    pub at: DistrictYear,
    /// The cell.
    pub key: MeasureKey,
    /// Which people of the cell.
    pub what: What,
    /// The least that they can be.
    pub low: f64,
    /// The most that they can be.
    pub high: f64,
    /// How far these would have to be apart.
    pub least: f64,
    /// Whether it takes an earlier pack to tell.
    pub by_earlier: bool,
}

/// Whether a cell stands as its publisher had made it public: a value, a mask or a blank.
pub type IsPublic<'a> = dyn Fn(&DistrictYear, &MeasureKey) -> bool + Sync + 'a;

/// What is audited.
#[derive(Clone, Copy)]
pub struct Audit<'a> {
    /// The tables of the pack.
    pub pack: &'a PackTables,
    /// Those of an earlier pack of the same project, which its readers may have, too; empty if there is none.
    pub earlier: &'a PackTables,
    /// What measures mean.
    pub catalog: &'a Catalog,
    /// The smallest group of the project, if it has one of its own.
    pub smallest_group: Option<u32>,
    /// Which cells are public.
    pub is_public: &'a IsPublic<'a>,
}

impl std::fmt::Debug for Audit<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Audit").field("smallest_group", &self.smallest_group).finish_non_exhaustive()
    }
}

impl Audit<'_> {
    /// What a reader can tell too nearly, in the order of districts, years and cells: from the pack alone, and from it and the
    /// earlier pack together, of what either of them withholds.
    #[must_use]
    pub fn exposed(&self) -> Vec<Exposed> {
        let earlier = self.earlier;
        let is_rounded = |id: &str| self.catalog.measures.get(id).is_some_and(|m| speaks(m) == Speaks::Rate);
        let years = || self.pack.years().values().chain(earlier.years().values());
        let knowledge = Knowledge {
            catalog: self.catalog,
            links: Links::of(self.catalog),
            rounding: Rounding::of(years(), is_rounded),
            smallest_group: self.smallest_group.unwrap_or(0),
        };
        let both = |at: &DistrictYear| (self.pack.years().get(at), earlier.years().get(at));
        let mut all: Vec<&DistrictYear> = self.pack.years().keys().chain(earlier.years().keys()).collect();
        all.sort();
        all.dedup();
        let found = all.into_par_iter().map(|at| {
            let (new, old) = both(at);
            let year = Year { at, knowledge: &knowledge, is_public: self.is_public };
            let mut found: Vec<Exposed> = new.into_iter().flat_map(|new| year.exposed(new, None)).collect();
            if let Some((new, old)) = new.zip(old) {
                let known: Vec<(MeasureKey, What)> = found.iter().map(|f| (f.key.clone(), f.what)).collect();
                let together = [(new, old), (old, new)]
                    .into_iter()
                    .filter(|(own, other)| adds(own, other))
                    .flat_map(|(own, other)| year.exposed(own, Some(other)));
                let more: Vec<Exposed> =
                    together.filter(|f| !known.contains(&(f.key.clone(), f.what))).collect();
                found.extend(more);
            }
            found
        });
        found.flatten_iter().collect()
    }
}

/// Whether another pack shows anything that a pack does not show, and does not revise.
fn adds(own: &PackCells, other: &PackCells) -> bool {
    let adds = |(key, cell): (&MeasureKey, &PackCell)| {
        let own = own.get(key);
        let mask = |cell: &PackCell| (cell.masked_from, cell.masked_to);
        beyond(own, cell).is_some_and(|more| {
            let says = more.value.is_some() || more.n.is_some() || more.numerator.is_some();
            says || mask(&more) != own.map_or((None, None), mask) && mask(&more) != (None, None)
        })
    };
    other.iter().any(adds)
}

/// One district's year.
struct Year<'a> {
    at: &'a DistrictYear,
    knowledge: &'a Knowledge<'a>,
    is_public: &'a IsPublic<'a>,
}

impl Year<'_> {
    /// What of the cells can be told too nearly, by them and those of another pack.
    fn exposed(&self, cells: &PackCells, other: Option<&PackCells>) -> Vec<Exposed> {
        let is_public = |key: &MeasureKey| (self.is_public)(self.at, key);
        if cells.keys().all(is_public) {
            return Vec::new();
        }
        let everything = |_: &MeasureKey| true;
        let shown = Shown { cells, other, but: None, is_public: &is_public, visible: &everything };
        let (mut found, is_revised) = self.found(shown);
        if let Some(other) = other.filter(|_| is_revised) {
            // One that the other pack shows may be the very one that was revised.
            for key in cells.keys().filter(|key| other.get(key).is_some_and(|cell| !cell.is_withheld())) {
                if cells[key].is_withheld() {
                    let (more, _) = self.found(Shown { but: Some(key), ..shown });
                    found.extend(more);
                }
            }
        }
        let public = self.public_widths(shown, &found);
        let judged =
            found.into_iter().zip(public).filter(|((secret, told), public)| secret.is_exposed(told, *public));
        let one = |((secret, told), public): ((Secret, Told), f64)| Exposed {
            at: self.at.clone(),
            least: secret.least(&told, public),
            key: secret.key,
            what: secret.what,
            low: told.range.low,
            high: told.range.high,
            by_earlier: other.is_some(),
        };
        let mut exposed: Vec<Exposed> = judged.map(one).collect();
        exposed.sort_by(|a, b| (&a.key, a.what).cmp(&(&b.key, b.what)));
        exposed.dedup_by(|a, b| (&a.key, a.what) == (&b.key, b.what));
        exposed
    }

    /// The secrets that are told too nearly whatever is public, and whether the other pack was revised.
    fn found(&self, shown: Shown<'_>) -> (Vec<(Secret, Told)>, bool) {
        let mut reader = Reader::of(self.knowledge, shown);
        let mut secrets = std::mem::take(&mut reader.secrets);
        // What is passed over of the other pack is asked about.
        secrets.retain(|secret| shown.but.is_none_or(|but| secret.key == *but));
        let (told, is_revised) = tell(reader.system, &secrets);
        let found =
            secrets.into_iter().zip(told).filter(|(secret, told)| secret.is_exposed(told, f64::INFINITY));
        (found.collect(), is_revised)
    }

    /// How wide the range of each secret is for those who have only what is public, and what private sources say beside their masks.
    fn public_widths(&self, shown: Shown<'_>, found: &[(Secret, Told)]) -> Vec<f64> {
        let is_masked = |key: &MeasureKey| shown.cells.get(key).is_some_and(PackCell::is_masked);
        let visible = |key: &MeasureKey| (shown.is_public)(key) || is_masked(key);
        if found.is_empty() || !shown.cells.keys().any(visible) {
            return vec![f64::INFINITY; found.len()];
        }
        let public = Shown { other: None, visible: &visible, ..shown };
        let mut reader = Reader::of(self.knowledge, public);
        let of = |secret: &Secret| {
            reader.secrets.iter().find(|s| (&s.key, s.what) == (&secret.key, secret.what)).cloned()
        };
        let there: Vec<Option<Secret>> = found.iter().map(|(secret, _)| of(secret)).collect();
        let asked: Vec<Secret> = there.iter().flatten().cloned().collect();
        let (told, _) = tell(std::mem::take(&mut reader.system), &asked);
        // One that can be so many is wide, or begins where there is no secret: which of them was not looked for.
        let width = |(secret, told): (&Secret, Told)| {
            let is_wide = told.range.high >= secret.smallest + secret.least(&told, f64::INFINITY);
            if is_wide { f64::INFINITY } else { told.range.high - told.range.low }
        };
        let mut widths = asked.iter().zip(told).map(width);
        there
            .iter()
            .map(|secret| secret.as_ref().and_then(|_| widths.next()).unwrap_or(f64::INFINITY))
            .collect()
    }
}

/// What can be told of secrets, and whether anything that another pack shows was given up for it.
fn tell(mut system: System, secrets: &[Secret]) -> (Vec<Told>, bool) {
    let mut is_revised = false;
    loop {
        let settled = relax::settle(&mut system);
        is_revised |= settled.is_revised;
        let parts = Parts::of(&system, &settled.bounds);
        match solve(&parts, &settled.bounds, secrets) {
            Ok(told) => return (told, is_revised),
            Err(part) => is_revised |= relax::give_way(&mut system, &parts.parts[part].from, &settled.bounds),
        }
    }
}

/// The ranges of secrets, or the number of a part that nothing fulfills.
fn solve(parts: &Parts, bounds: &[Interval], secrets: &[Secret]) -> Result<Vec<Told>, usize> {
    let of = |unknown: Unknown| bounds[unknown.0];
    let mut told: Vec<Told> =
        secrets.iter().map(|secret| Told { range: of(secret.unknown), of: secret.of.map(of) }).collect();
    let mut asked: Vec<Vec<(usize, Asked)>> = vec![Vec::new(); parts.parts.len()];
    for (i, (secret, told)) in secrets.iter().zip(&told).enumerate() {
        if let Place::In(part, member) = parts.place(secret.unknown)
            && told.range.low < secret.smallest
            && !secret.is_exposed(told, f64::INFINITY)
        {
            let least = secret.least(told, f64::INFINITY);
            asked[part].push((i, Asked { member, least, enough: secret.smallest }));
        }
    }
    for (number, asked) in asked.iter().enumerate().filter(|(_, asked)| !asked.is_empty()) {
        let part = &parts.parts[number];
        let only: Vec<Asked> = asked.iter().map(|(_, asked)| *asked).collect();
        let ranges = ranges::ranges(part, &only).map_err(|Infeasible| number)?;
        for ((secret, _), range) in asked.iter().zip(ranges) {
            told[*secret].range = range;
        }
    }
    Ok(told)
}
