//! Complementary suppression: what else must be withheld so that a withheld count cannot be worked out (methods 10.3).
//!
//! As long as some withheld count could be told within less than s (see [`known`](super::known)), something that tells it is
//! withheld too: a value that gives it away by itself (a share of a known total), else, of what adds up with it, the smallest
//! count that is still shown: of the parts first, of the total last. A count is withheld wherever it stands: with it go
//! all values that tell it. Values that are public stay as they are: who wants to work out others from them can do so
//! without us. In the end the same is asked again from what the files will show, as the audit does.
//!
//! Small tables: with one part beside the withheld one, that is the one that goes. Degenerate: where everything that tells a count
//! is withheld or public there is nothing left to withhold, and it stays exposed.

use std::collections::BTreeSet;

use super::known::{Known, Reader, Target, told, uneven};
use super::people::{Cell, System};
use super::sums::Line;
use crate::catalog::Catalog;

/// What came of protecting a district's year.
#[derive(Debug, Default)]
pub(super) struct Protected {
    /// The cells that must be withheld beside those that were.
    pub(super) also: Vec<usize>,
    /// The cells that are totals of a little less than their parts, with what these come to.
    pub(super) uneven: Vec<(usize, f64)>,
}

/// Withholds more than `hidden`, until nothing withheld is told within less than `least`.
pub(super) fn protect(cells: &[Cell<'_>], hidden: &[bool], catalog: &Catalog, least: f64) -> Protected {
    let system = System::new(cells, catalog);
    if !has_secrets(&system, cells, hidden) {
        return Protected::default();
    }
    let (mut hidden, before) = (hidden.to_vec(), hidden);
    let all = told(&system, &vec![false; cells.len()]);
    loop {
        settle(&system, cells, &mut hidden, Reader::WhoKnows(&all), least);
        if !hidden.contains(&true) {
            // With nothing withheld, the files show what there is.
            if settle(&system, cells, &mut hidden, Reader::OfFiles, least) {
                continue;
            }
            break;
        }
        let shown: Vec<Cell<'_>> =
            cells.iter().zip(&hidden).map(|(cell, hidden)| cell.shown(*hidden)).collect();
        let system = System::new(&shown, catalog);
        if !settle(&system, &shown, &mut hidden, Reader::OfFiles, least) {
            break;
        }
    }
    let also = (0..cells.len()).filter(|cell| hidden[*cell] && !before[*cell]).collect();
    Protected { also, uneven: uneven(&system, &all, least) }
}

/// Whether there is anything to protect.
fn has_secrets(system: &System, cells: &[Cell<'_>], hidden: &[bool]) -> bool {
    let is_secret = |(cell, hidden): (&Cell<'_>, &bool)| *hidden || cell.masked && !cell.public;
    cells.iter().zip(hidden).any(is_secret) || system.lines.iter().any(|line| line.is_private)
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
    let targets = known.targets().into_iter().filter(|target| known.is_exposed(*target));
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
        targets.filter_map(|target| Some((cell_of(target)?, known.span(target)))).collect();
    found.sort_by_key(|(cell, _)| *cell);
    found.dedup_by_key(|(cell, _)| *cell);
    found
}

/// Withholds more until nothing that must be protected is exposed to a reader, as far as it can be; says whether it did.
fn settle(system: &System, cells: &[Cell<'_>], hidden: &mut [bool], reader: Reader<'_>, least: f64) -> bool {
    let mut any = false;
    // What is safe stays so: withholding more tells nobody more.
    let mut settled: BTreeSet<Target> = BTreeSet::new();
    loop {
        let also = {
            let known = Known::new(system, cells, hidden, reader, least);
            let mut also = None;
            for target in known.targets() {
                if !settled.contains(&target) {
                    if known.is_exposed(target) {
                        also = next(&Telling { system, cells, hidden, known: &known, reader }, target);
                    }
                    if also.is_some() {
                        break;
                    }
                    settled.insert(target);
                }
            }
            also
        };
        let Some(also) = also else { return any };
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
        let ties = system
            .ties
            .iter()
            .filter(|(cell, tie)| !hidden[*cell] && tie.terms.iter().any(|(at, _)| touches(at)));
        if let Some((cell, _)) = ties.clone().find(|(cell, _)| !cells[*cell].public) {
            return Some(vec![*cell]);
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
        let tied = ties.flat_map(|(_, tie)| tie.terms.iter().map(|(at, _)| *at));
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
        let outright =
            self.system.told.iter().enumerate().filter(|(_, told)| told.iter().any(|(of, _)| *of == at));
        let tied = self.system.ties.iter().filter(|(_, tie)| {
            let others = || tie.terms.iter().filter(|(of, _)| *of != at);
            others().count() < tie.terms.len() && others().all(|(of, _)| self.known.told[*of].is_some())
        });
        let all = outright.map(|(cell, _)| cell).chain(tied.map(|(cell, _)| *cell));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{exposed, protect};
    use crate::catalog::{Bounds, Catalog};
    use crate::disclosure::bounds::{Bounds as Ranges, Relation};
    use crate::disclosure::people::Cell;
    use crate::domain::Grade;

    const LEAST: f64 = 10.0;
    const GROUPS: [&str; 4] = ["white", "hispanic", "black", "asian"];
    const GRADES: [&str; 5] = ["KG", "01", "02", "03", "04"];

    fn grade(id: &str) -> Grade {
        Grade::parse(id).unwrap()
    }

    fn count<'a>(catalog: &'a Catalog, group: &'a str, grade: &'a Grade, value: f64) -> Cell<'a> {
        Cell {
            measure: &catalog.measures["enrollment"],
            group,
            grade,
            subject: "all",
            value: Some(value),
            numerator: None,
            n: None,
            bounds: Bounds::default(),
            computed: false,
            masked: false,
            public: false,
        }
    }

    fn few(cell: &Cell<'_>) -> bool {
        cell.value.is_some_and(|value| value > 0.0 && value < LEAST)
    }

    /// The values that are still shown, in order.
    fn shown(cells: &[Cell<'_>], catalog: &Catalog) -> Vec<Option<f64>> {
        let mut hidden: Vec<bool> = cells.iter().map(few).collect();
        protect(cells, &hidden, catalog, LEAST).also.into_iter().for_each(|cell| hidden[cell] = true);
        cells.iter().zip(hidden).map(|(cell, hidden)| cell.value.filter(|_| !hidden)).collect()
    }

    #[test]
    fn the_next_smallest_joins_a_single_small_one() {
        let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
        let of = |group, value| count(&catalog, group, &all, value);
        let cells = [of("all", 94.0), of("white", 60.0), of("black", 30.0), of("asian", 4.0)];
        assert_eq!(shown(&cells, &catalog), [Some(94.0), Some(60.0), None, None]);
    }

    #[test]
    fn students_of_no_listed_group_are_protected_too() {
        let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
        let of = |group, value| count(&catalog, group, &all, value);
        let cells = [of("all", 200.0), of("female", 100.0), of("male", 97.0)];
        assert_eq!(shown(&cells, &catalog), [Some(200.0), Some(100.0), None]);
    }

    #[test]
    fn parts_of_slightly_more_than_their_total_withhold_more() {
        let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
        let of = |group, value| count(&catalog, group, &all, value);
        // 202 of 200: with 120 and 75 shown a reader takes the 7 for 5; and with 120 alone, the two for 80.
        let cells = [of("all", 200.0), of("white", 120.0), of("hispanic", 75.0), of("asian", 7.0)];
        assert_eq!(shown(&cells, &catalog), [Some(200.0), Some(120.0), None, None]);
    }

    #[test]
    fn what_is_public_is_not_withheld() {
        let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
        let public = |group, value| Cell { public: true, ..count(&catalog, group, &all, value) };
        let cells = [public("all", 94.0), public("white", 90.0), count(&catalog, "asian", &all, 4.0)];
        assert_eq!(shown(&cells, &catalog), [Some(94.0), Some(90.0), None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Tables of all sizes and fillings: what is withheld in the end cannot be told within the policy's width by
        /// solving for it, whatever else is shown, the n of rates included.
        #[test]
        fn nothing_withheld_can_be_recovered(
            counts in (1usize..5, 1usize..6).prop_flat_map(|(groups, grades)| {
                let count = prop_oneof![3 => 0u32..15, 2 => 10u32..80, 1 => 80u32..500];
                prop::collection::vec(prop::collection::vec(count, grades), groups)
            })
        ) {
            let catalog = Catalog::embedded().unwrap();
            let (groups, width) = (counts.len(), counts[0].len());
            let mut grades: Vec<Grade> = GRADES[..width].iter().map(|id| grade(id)).collect();
            grades.push(Grade::all());
            // Groups by grades with both margins: the last row is all students, the last column all grades.
            let mut table: Vec<Vec<f64>> = counts
                .iter()
                .map(|row| row.iter().copied().chain([row.iter().sum()]).map(f64::from).collect())
                .collect();
            table.push((0..=width).map(|grade| table.iter().map(|row| row[grade]).sum()).collect());
            let names: Vec<&str> = GROUPS[..groups].iter().copied().chain(["all"]).collect();
            let at = |cell: usize| (cell / (width + 1), cell % (width + 1));
            let enrollment = (0..(groups + 1) * (width + 1)).map(|cell| {
                let (row, column) = at(cell);
                count(&catalog, names[row], &grades[column], table[row][column])
            });
            let mut cells: Vec<Cell<'_>> = enrollment.collect();
            let plain = cells.len();
            // A rate of the same students, of which half were absent.
            let rates: Vec<Cell<'_>> = cells.iter().filter(|cell| cell.value > Some(0.0)).map(|cell| {
                let measure = &catalog.measures["chronic-absenteeism-rate"];
                Cell { measure, n: cell.value, value: Some(50.0), ..cell.clone() }
            }).collect();
            cells.extend(rates);
            let before: Vec<bool> =
                cells.iter().map(|cell| few(cell) || cell.n.is_some_and(|n| n < 2.0 * LEAST)).collect();
            let mut hidden = before.clone();
            protect(&cells, &before, &catalog, LEAST).also.into_iter().for_each(|cell| hidden[cell] = true);
            let shown: Vec<Cell<'_>> = cells.iter().zip(&hidden).map(|(cell, hidden)| cell.shown(*hidden)).collect();
            prop_assert_eq!(exposed(&shown, &hidden, &catalog, LEAST), vec![]);
            // As a reader would, who knows that the n of the rate is the enrollment: with sums written out by hand.
            let n_of = |cell: usize| shown[plain..].iter().find_map(|rate| {
                let same = rate.group == cells[cell].group && rate.grade == cells[cell].grade;
                rate.n.filter(|_| same)
            });
            let known: Vec<Option<f64>> = (0..plain).map(|cell| shown[cell].value.or_else(|| n_of(cell))).collect();
            let by_row = (0..=groups).map(|row| {
                let first = row * (width + 1);
                Relation::sum(first..first + width, first + width)
            });
            let by_column = (0..=width).map(|column| {
                Relation::sum((0..groups).map(|row| row * (width + 1) + column), groups * (width + 1) + column)
            });
            let sums: Vec<Relation> = by_row.chain(by_column).map(|sum| sum.of_unknown(&known)).collect();
            let ranges = Ranges::new(plain, sums.into_iter().filter(|sum| !sum.terms.is_empty()).collect());
            // Nobody needs no protection.
            for cell in (0..plain).filter(|cell| hidden[*cell] && cells[*cell].value > Some(0.0)) {
                prop_assert!(known[cell].is_none(), "{cell} is told by a rate: {counts:?}");
                let (low, high) = ranges.span(cell, 0.0);
                prop_assert!(high - low >= LEAST - 1e-6, "{cell}: {low} to {high} of {counts:?}");
            }
        }
    }
}
