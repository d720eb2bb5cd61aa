//! What is suppressed of schools, and an attacker who tries all whole numbers.

use proptest::prelude::*;

use super::super::model::{ModelCell, ProtectionPolicy};
use super::complementary::protect;
use super::tests::{count, shown};
use crate::catalog::Catalog;
use crate::domain::Grade;

#[test]
fn of_two_schools_one_does_not_reveal_the_other() {
    let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
    let of = |school, value| ModelCell { school, ..count(&catalog, "all", &all, value) };
    let cells = [of("", 200.0), of("ash", 193.0), of("birch", 7.0)];
    assert_eq!(shown(&cells, &catalog), [Some(200.0), None, None]);
    // With three schools, the next smallest goes with the smallest.
    let cells = [of("", 300.0), of("ash", 193.0), of("birch", 7.0), of("cedar", 100.0)];
    assert_eq!(shown(&cells, &catalog), [Some(300.0), Some(193.0), None, None]);
}

#[test]
fn a_group_of_a_school_is_not_revealed_by_the_other_schools() {
    let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
    let of = |school, group, value| ModelCell { school, ..count(&catalog, group, &all, value) };
    let cells = [
        of("", "all", 300.0),
        of("", "white", 230.0),
        of("", "black", 70.0),
        of("ash", "all", 150.0),
        of("ash", "white", 146.0),
        of("ash", "black", 4.0),
        of("birch", "all", 150.0),
        of("birch", "white", 84.0),
        of("birch", "black", 66.0),
    ];
    let hidden: Vec<bool> = shown(&cells, &catalog).iter().map(Option::is_none).collect();
    assert_eq!(hidden, [false, false, false, false, true, true, false, true, true]);
}

/// The smallest group of the tables that are tried number by number.
const SMALL: f64 = 3.0;

/// Two schools, two groups and two grades, innermost last.
#[derive(Debug, Clone, Copy)]
struct SchoolTable {
    inner: [u32; 8],
}

/// A place in the table: the school, the group and the grade by their indexes; 2 is all of them.
type PlaceIndexes = [usize; 3];

/// Whether an inner cell is part of a place.
fn is_in(place: PlaceIndexes, i: usize) -> bool {
    place.iter().zip([i / 4, i / 2 % 2, i % 2]).all(|(wanted, own)| *wanted == 2 || *wanted == own)
}

fn is_small(cell: &ModelCell<'_>) -> bool {
    cell.value.is_some_and(|value| value > 0.0 && value < SMALL)
}

impl SchoolTable {
    /// The places that are published: everything but one group within one grade of one school.
    fn places() -> Vec<PlaceIndexes> {
        let all = (0..27).map(|i| [i / 9, i / 3 % 3, i % 3]);
        all.filter(|place| place.contains(&2)).collect()
    }

    fn at(&self, place: PlaceIndexes) -> u32 {
        (0..8).filter(|i| is_in(place, *i)).map(|i| self.inner[i]).sum()
    }

    /// Whether nobody who tries all numbers finds a small count within the smallest group.
    fn attacked(&self) -> Result<(), String> {
        let catalog = Catalog::embedded().unwrap();
        let grades = ["03", "04", "all"].map(|id| Grade::parse(id).unwrap());
        let (schools, groups) = (["ash", "birch", ""], ["white", "black", "all"]);
        let places = Self::places();
        let mut cells = Vec::new();
        for [school, group, grade] in &places {
            let value = f64::from(self.at([*school, *group, *grade]));
            let cell = count(&catalog, groups[*group], &grades[*grade], value);
            cells.push(ModelCell { school: schools[*school], ..cell });
        }
        let primary: Vec<bool> = cells.iter().map(is_small).collect();
        let mut hidden = primary.clone();
        let policy = ProtectionPolicy { catalog: &catalog, protection_level: SMALL };
        protect(&cells, &primary, policy).cells.into_iter().for_each(|cell| hidden[cell.0] = true);
        let sensitive: Vec<PlaceIndexes> =
            places.iter().zip(&primary).filter(|(_, is)| **is).map(|(place, _)| *place).collect();
        let shown = places.into_iter().zip(hidden).filter(|(_, is)| !is).map(|(place, _)| place).collect();
        let widest = vec![(u32::MAX, 0); sensitive.len()];
        let mut trial = NumberTrial { table: *self, guess: Self { inner: [0; 8] }, shown, sensitive, widest };
        trial.try_all(0);
        match trial.narrow().next() {
            Some((place, (low, high))) => Err(format!("{place:?}: {low}..{high}")),
            None => Ok(()),
        }
    }
}

/// Somebody who tries all numbers.
struct NumberTrial {
    table: SchoolTable,
    guess: SchoolTable,
    /// The places that are published.
    shown: Vec<PlaceIndexes>,
    /// The places of small counts.
    sensitive: Vec<PlaceIndexes>,
    /// The least and the most that each small count can be.
    widest: Vec<(u32, u32)>,
}

impl NumberTrial {
    /// Tries all numbers from the cell `at` on, up to twice the smallest group above the largest true one, until all small
    /// counts are protected.
    fn try_all(&mut self, at: usize) {
        if at == self.guess.inner.len() {
            if self.shown.iter().all(|place| self.guess.at(*place) == self.table.at(*place)) {
                for (found, place) in self.widest.iter_mut().zip(&self.sensitive) {
                    let n = self.guess.at(*place);
                    *found = (found.0.min(n), found.1.max(n));
                }
            }
            return;
        }
        for n in 0..=self.table.inner[at].max(3) + 6 {
            self.guess.inner[at] = n;
            // What comes after only adds to it.
            let is_too_much = self.shown.iter().any(|place| self.guess.at(*place) > self.table.at(*place));
            if is_too_much || self.narrow().next().is_none() {
                break;
            }
            self.try_all(at + 1);
        }
        self.guess.inner[at] = 0;
    }

    /// The small counts that are not known to be protected, with the least and the most that they can be.
    fn narrow(&self) -> impl Iterator<Item = (PlaceIndexes, (u32, u32))> {
        let found = self.sensitive.iter().copied().zip(self.widest.iter().copied());
        found.filter(|(_, (low, high))| f64::from(high.saturating_sub(*low)) < SMALL)
    }
}

#[test]
fn what_nobody_publishes_is_not_negative() {
    // Without that, the groups of a school could be from 0 to 3 people here; with it, to 2.
    assert_eq!(SchoolTable { inner: [1, 2, 0, 1, 0, 1, 0, 0] }.attacked(), Ok(()));
    assert_eq!(SchoolTable { inner: [1, 1, 1, 0, 0, 0, 2, 3] }.attacked(), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Two schools by group and by grade, and their district by both: an attacker who tries all whole numbers.
    #[test]
    fn no_school_can_be_recovered_by_trying_all_numbers(
        inner in proptest::array::uniform8(prop_oneof![3 => 0u32..3, 2 => 0u32..5])
    ) {
        prop_assert_eq!(SchoolTable { inner }.attacked(), Ok(()));
    }
}
