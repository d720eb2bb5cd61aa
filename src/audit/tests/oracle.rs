//! Compares the intervals with an oracle that tries all whole numbers, in tables small enough for that.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::pack;
use crate::audit::attacker::{Attacker, GeneralKnowledge, VisibleCells};
use crate::audit::catalog_links::{CatalogLinks, MeasureKind, PeopleRole};
use crate::audit::components::{Components, CountLocation};
use crate::audit::contradictions::drop_contradicted;
use crate::audit::feasibility::{IntervalRequest, feasibility_intervals};
use crate::audit::rounding::ObservedRounding;
use crate::catalog::Catalog;
use crate::pack_tables::{CellKey, PackTables};
use statistics::linear_program::Interval;

const GROUPS: [&str; 3] = ["white", "black", "asian"];
const GRADES: [&str; 2] = ["03", "04"];
const SCHOOLS: [&str; 2] = ["ash", "birch"];

/// The interval of one count, as narrow as the audit can make it.
fn range(tables: &PackTables, role: PeopleRole, key: &CellKey) -> Interval {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().unwrap());
    let catalog = &*CATALOG;
    let links = CatalogLinks::of(catalog);
    let rounding = ObservedRounding::of(tables.years().values(), |id| links.kind(id) == MeasureKind::Rate);
    let knowledge = GeneralKnowledge { catalog, links, rounding, smallest_group: 0 };
    let cells = tables.years().values().next().unwrap();
    let (all, none) = (|_: &CellKey| true, |_: &CellKey| false);
    let attacker = Attacker::of(
        &knowledge,
        VisibleCells { cells, other_pack: None, ignored: None, is_public: &none, is_visible: &all },
    );
    let count = attacker.find(role, key).unwrap();
    let mut system = attacker.system;
    let consistent = drop_contradicted(&mut system);
    let components = Components::of(&system, &consistent.bounds);
    match components.location(count) {
        CountLocation::Known => consistent.bounds[count.0],
        CountLocation::Member(component, member) => {
            let request = IntervalRequest { member, enough_width: 1e4, enough_low: f64::INFINITY };
            feasibility_intervals(components.component(component), &[request]).unwrap()[0]
        }
    }
}

/// A table of counts by group, and by grade or school, with its totals, and which of its cells are withheld.
#[derive(Debug, Clone)]
struct Counts {
    /// Whether its columns are schools.
    of_schools: bool,
    inner: [[u32; 2]; 3],
    withheld: [bool; 11],
}

impl Counts {
    /// The cells in order, with the value of each in a state.
    fn cells(&self, inner: &[[u32; 2]; 3]) -> Vec<(String, u32)> {
        let mut cells = Vec::new();
        for (group, row) in GROUPS.iter().zip(inner) {
            cells.extend(row.iter().enumerate().map(|(column, n)| (self.place(group, column), *n)));
            cells.push((format!("enrollment/{group}"), row.iter().sum()));
        }
        for column in 0..2 {
            cells.push((self.place("all", column), inner.iter().map(|row| row[column]).sum()));
        }
        cells
    }

    fn place(&self, group: &str, column: usize) -> String {
        match self.of_schools {
            true => format!("enrollment@{}/{group}", SCHOOLS[column]),
            false => format!("enrollment/{group}/{}", GRADES[column]),
        }
    }

    fn total(&self) -> u32 {
        self.inner.iter().flatten().sum()
    }

    fn tables(&self) -> PackTables {
        let shown = |((place, n), withheld): ((String, u32), &bool)| match withheld {
            true => format!("{place} = withheld"),
            false => format!("{place} = {n}"),
        };
        let mut cells: Vec<String> =
            self.cells(&self.inner).into_iter().zip(&self.withheld).map(shown).collect();
        cells.push(format!("enrollment = {}", self.total()));
        pack(&cells.iter().map(String::as_str).collect::<Vec<&str>>())
    }

    /// The minimum and maximum of each cell over all states that show the same.
    fn oracle(&self) -> Vec<Interval> {
        let truth = self.cells(&self.inner);
        let mut found: Vec<Interval> =
            vec![Interval { low: f64::INFINITY, high: f64::NEG_INFINITY }; truth.len()];
        let mut state = [[0; 2]; 3];
        self.try_all(&mut state, 0, self.total(), &truth, &mut found);
        found
    }

    fn try_all(
        &self,
        state: &mut [[u32; 2]; 3],
        at: usize,
        left: u32,
        truth: &[(String, u32)],
        found: &mut [Interval],
    ) {
        if at == 5 {
            state[2][1] = left;
            let cells = self.cells(state);
            let shows_the_same =
                cells.iter().zip(truth).zip(&self.withheld).all(|((a, b), withheld)| *withheld || a.1 == b.1);
            if shows_the_same {
                for (range, (_, n)) in found.iter_mut().zip(&cells) {
                    *range =
                        Interval { low: range.low.min(f64::from(*n)), high: range.high.max(f64::from(*n)) };
                }
            }
            return;
        }
        for n in 0..=left {
            state[at / 2][at % 2] = n;
            self.try_all(state, at + 1, left - n, truth, found);
        }
    }
}

fn counts() -> impl Strategy<Value = Counts> {
    let inner = proptest::array::uniform3(proptest::array::uniform2(0_u32..4));
    (any::<bool>(), inner, proptest::array::uniform11(any::<bool>()))
        .prop_map(|(of_schools, inner, withheld)| Counts { of_schools, inner, withheld })
}

/// A rate of two groups and of all students: n and numerator, and how each cell is shown (0 with n, 1 without
/// n, 2 withheld).
#[derive(Debug, Clone)]
struct Rates {
    groups: [(u32, u32); 2],
    shown: [u8; 3],
}

impl Rates {
    fn rows(&self) -> [(u32, u32); 3] {
        let [one, other] = self.groups;
        [one, other, (one.0 + other.0, one.1 + other.1)]
    }

    fn percent((n, number): (u32, u32)) -> String {
        format!("{:.1}", 100.0 * f64::from(number) / f64::from(n))
    }

    fn tables(&self) -> PackTables {
        let places = ["/white", "/asian", ""];
        let cell = |((place, row), shown): ((&str, (u32, u32)), u8)| match shown {
            0 => format!("proficiency-rate{place} = {} of {}", Self::percent(row), row.0),
            1 => format!("proficiency-rate{place} = {}", Self::percent(row)),
            _ => format!("proficiency-rate{place} = withheld"),
        };
        let mut cells: Vec<String> = places.into_iter().zip(self.rows()).zip(self.shown).map(cell).collect();
        // These show how many decimals rates are rounded to.
        cells.extend((4..8).map(|grade| format!("retention-rate/all/0{grade} = 33.3 of 30")));
        pack(&cells.iter().map(String::as_str).collect::<Vec<&str>>())
    }

    fn shows_the_same(&self, other: &Self) -> bool {
        self.rows().into_iter().zip(other.rows()).zip(self.shown).all(|((a, b), shown)| match shown {
            0 => a.0 == b.0 && Self::percent(a) == Self::percent(b),
            1 => Self::percent(a) == Self::percent(b),
            _ => true,
        })
    }
}

fn rates() -> impl Strategy<Value = Rates> {
    let group = (1_u32..12).prop_flat_map(|n| (Just(n), 0..=n));
    (proptest::array::uniform2(group), proptest::array::uniform3(0_u8..3))
        .prop_map(|(groups, shown)| Rates { groups, shown })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn intervals_are_as_narrow_as_whole_numbers_allow(counts in counts()) {
        let tables = counts.tables();
        let cells = counts.cells(&counts.inner);
        for (((place, _), oracle), withheld) in cells.iter().zip(counts.oracle()).zip(counts.withheld) {
            let (key, _) = super::cell(&format!("{place} = withheld"));
            if withheld {
                prop_assert_eq!(range(&tables, PeopleRole::Count, &key), oracle, "{}", place);
            }
        }
    }

    #[test]
    fn no_solution_of_a_rate_is_outside_its_interval(truth in rates()) {
        let tables = truth.tables();
        let places = ["/white", "/asian", ""];
        let keys = places.map(|place| super::cell(&format!("proficiency-rate{place} = withheld")).0);
        let told: Vec<[Interval; 2]> = keys
            .iter()
            .map(|key| [PeopleRole::N, PeopleRole::Numerator].map(|figure| range(&tables, figure, key)))
            .collect();
        for one in 1..14_u32 {
            for other in 1..14_u32 {
                for (a, b) in (0..=one).flat_map(|a| (0..=other).map(move |b| (a, b))) {
                    let state = Rates { groups: [(one, a), (other, b)], shown: truth.shown };
                    if !truth.shows_the_same(&state) {
                        continue;
                    }
                    for ((n, number), [of, counted]) in state.rows().into_iter().zip(&told) {
                        prop_assert!(of.low <= f64::from(n) && f64::from(n) <= of.high, "{n} not in {of:?}");
                        prop_assert!(counted.low <= f64::from(number) && f64::from(number) <= counted.high);
                    }
                }
            }
        }
    }
}
