//! What an attacker can work out from a finished pack about its suppressed values (methods 10.4).
//!
//! The audit knows only what anyone with the pack's tables, the catalog and a pencil knows, and shares
//! nothing with `disclosure`, which chose what to suppress. For each district's year it collects what the
//! cells state ([`attacker`]), what adds up ([`group_sums`], [`grade_sums`], [`subject_sums`], [`school_sums`]) and which
//! people occur in several measures ([`links`]). It narrows every count by interval arithmetic
//! ([`narrowing`]), splits the rest into connected components ([`components`]), and solves linear programs
//! ([`feasibility`]) for the counts that are still open. A count of people that may be from 1 to one less
//! than the smallest group is disclosed if its feasibility interval is narrower than the smallest group,
//! unless public cells alone make it as narrow.
//!
//! The attacker does not believe a rule that published cells contradict: groups that do not add up where all
//! are published, or two measures whose figures differ by more than two. If rules contradict each other only
//! in combination, [`contradictions`] drops as little as possible, starting with what an earlier pack
//! published, since it may have been revised. Rules that the catalog does not state (that subjects add up,
//! that a rate covers everyone enrolled) are believed if the tables confirm them in two places and contradict
//! them in none. A share prescribed by law is not used as knowledge either.

mod attacker;
mod catalog_links;
mod cell_intervals;
mod components;
mod contradictions;
mod disjoint_sets;
mod feasibility;
mod grade_intervals;
mod grade_sums;
mod group_sums;
mod links;
mod narrowing;
mod protected;
mod quotients;
mod rounding;
mod safe_years;
mod school_sums;
mod silent_cells;
mod solutions;
mod subject_sums;
mod sum_evidence;
mod surveys;
mod system;
#[cfg(test)]
mod tests;
mod year;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::pack_tables::{CellKey, DistrictYear, PackCell, PackCells, PackTables};
use attacker::GeneralKnowledge;
use catalog_links::{CatalogLinks, MeasureKind};
use cell_intervals::addition_of;
pub use protected::PeopleOfCell;
use rounding::ObservedRounding;
pub use safe_years::SafeYears;
use safe_years::YearHash;
pub use surveys::disclosed_answers;
use year::YearAudit;
pub use year::{DisclosedCount, IsPublic};

/// What is audited.
#[derive(Clone, Copy)]
pub struct Audit<'a> {
    /// The tables of the pack.
    pub pack: &'a PackTables,
    /// The tables of an earlier pack of the same project, which readers may also have; empty if there is
    /// none.
    pub earlier: &'a PackTables,
    /// What measures mean.
    pub catalog: &'a Catalog,
    /// The project's own smallest group, if it has one.
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
    /// The disclosed counts, ordered by district, year and cell: those that the pack alone discloses, and
    /// those suppressed in either pack that it and the earlier pack disclose together.
    #[must_use]
    pub fn disclosed_counts(&self) -> Vec<DisclosedCount> {
        self.disclosed_counts_besides(&SafeYears::default())
    }

    /// The same, given districts' years that are known to disclose nothing; those found here are added to them. The other audits
    /// that share them must have the same catalog and smallest group.
    #[must_use]
    pub fn disclosed_counts_besides(&self, safe: &SafeYears) -> Vec<DisclosedCount> {
        let knowledge = self.general_knowledge();
        let mut years: Vec<&DistrictYear> =
            self.pack.years().keys().chain(self.earlier.years().keys()).collect();
        years.sort();
        years.dedup();
        let audits = years.into_par_iter();
        let audits = audits.map(|at| YearAudit { at, knowledge: &knowledge, is_public: self.is_public });
        audits.flat_map_iter(|year| self.disclosed_in(&year, safe)).collect()
    }

    fn general_knowledge(&self) -> GeneralKnowledge<'_> {
        let years = self.pack.years().values().chain(self.earlier.years().values());
        let links = CatalogLinks::of(self.catalog);
        let rounding = ObservedRounding::of(years, |id| links.kind(id) == MeasureKind::Rate);
        let smallest_group = self.smallest_group.unwrap_or(0);
        GeneralKnowledge { catalog: self.catalog, links, rounding, smallest_group }
    }

    fn disclosed_in(&self, year: &YearAudit<'_>, safe: &SafeYears) -> Vec<DisclosedCount> {
        let Some(new) = self.pack.years().get(year.at) else { return Vec::new() };
        let mut disclosed = disclosed_alone(year, new, safe);
        if let Some(earlier) = self.earlier.years().get(year.at) {
            let together = disclosed_together(year, new, earlier);
            let by_pack: Vec<(CellKey, PeopleOfCell)> =
                disclosed.iter().map(|count| (count.key.clone(), count.people)).collect();
            let is_new = |count: &DisclosedCount| !by_pack.contains(&(count.key.clone(), count.people));
            disclosed.extend(together.into_iter().filter(is_new));
        }
        disclosed
    }
}

/// The counts that the pack alone discloses.
fn disclosed_alone(year: &YearAudit<'_>, cells: &PackCells, safe: &SafeYears) -> Vec<DisclosedCount> {
    if year.is_silent(cells) {
        return Vec::new();
    }
    let hash = YearHash::of(year, cells);
    if safe.has(&hash) {
        return Vec::new();
    }
    let disclosed = year.disclosed_counts(cells, None);
    if disclosed.is_empty() {
        safe.add(hash);
    }
    disclosed
}

/// The counts in either pack that both packs together disclose, where the other pack adds anything.
fn disclosed_together(year: &YearAudit<'_>, new: &PackCells, earlier: &PackCells) -> Vec<DisclosedCount> {
    let mut disclosed = Vec::new();
    for (own, other) in [(new, earlier), (earlier, new)] {
        if other.iter().any(|(key, cell)| adds_to(own.get(key), cell)) {
            disclosed.extend(year.disclosed_counts(own, Some(other)));
        }
    }
    disclosed
}

/// Whether the cell of another pack states anything that a pack's own cell neither states nor revises.
fn adds_to(own: Option<&PackCell>, other: &PackCell) -> bool {
    let Some(addition) = addition_of(own, other) else { return false };
    let (mask, own_mask) = (mask_of(&addition), own.map_or((None, None), mask_of));
    states_number(&addition) || mask != own_mask && mask != (None, None)
}

const fn states_number(cell: &PackCell) -> bool {
    cell.value.is_some() || cell.n.is_some() || cell.numerator.is_some()
}

fn mask_of(cell: &PackCell) -> (Option<f64>, Option<f64>) {
    (cell.masked_from, cell.masked_to)
}
