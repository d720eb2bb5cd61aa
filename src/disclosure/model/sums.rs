//! Sums: student groups to all students, grades to grade spans and all grades, subjects to all subjects, test
//! levels to everyone tested, schools to their district, parts to measures that are sums; and nested levels, where each counts some of
//! the people of the level before it.
//!
//! The remainder that listed parts leave of their total (students of no listed group) is also a count of
//! people: no cell states it, but anyone can compute it. With only one part, it is the number of all others
//! (103 of 105 students disclose two); if grades have gaps between them, it is the people in the gaps.
//! Otherwise attackers assume that the parts are complete.

use std::collections::BTreeMap;

use super::cell::{ModelCell, cells_by_place};
use super::count_model::CountModel;
use super::grade_sums::{grade_sums, overlap_constraints};
use super::group_sums::{CellSum, PopulatedGroups, cells_about_people, group_sums, subject_sums};
use super::measure_sums::RelatedMeasures;
use super::policy::ProtectionPolicy;
use super::school_sums::school_sums;
use super::sum_builder::SumBuilder;
use super::system::CellIndex;

/// Adds all sums of a district's year to its model.
pub(super) fn add_sums<'a>(model: &mut CountModel, cells: &[ModelCell<'a>], policy: ProtectionPolicy<'a>) {
    let sums_within = sums_within_measures(model, cells, policy);
    let overlaps = overlap_constraints(cells, &model.cells);
    let mut sums = SumBuilder::new(model, cells, policy.protection_level);
    sums_within.iter().for_each(|sum| sums.add_people(sum));
    let related = RelatedMeasures { cells, by_place: cells_by_place(cells), catalog: policy.catalog };
    related.add_sums(&mut sums);
    model.system.constraints.extend(overlaps);
}

/// The sums of groups, of grades, of subjects and of schools.
fn sums_within_measures<'a>(
    model: &CountModel,
    cells: &[ModelCell<'a>],
    policy: ProtectionPolicy<'a>,
) -> Vec<CellSum> {
    let mut tables: BTreeMap<(&str, &str, &str), Vec<CellIndex>> = BTreeMap::new();
    for (index, cell) in cells_about_people(cells, &model.cells) {
        tables.entry((&cell.measure.id, cell.school, cell.subject)).or_default().push(index);
    }
    let populated = PopulatedGroups::of(cells, policy.catalog);
    let mut sums = Vec::new();
    for table in tables.values() {
        sums.extend(group_sums(cells, table, policy.catalog, &populated));
        sums.extend(grade_sums(cells, table));
    }
    sums.extend(subject_sums(cells, &model.cells));
    sums.extend(school_sums(cells, &model.cells));
    sums
}
