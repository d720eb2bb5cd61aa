//! Which cells of small tables may be suppressed and which must be.

use proptest::prelude::*;

use super::super::model::{ModelCell, ProtectionPolicy};
use super::complementary::{disclosed_cells, protect};
use crate::catalog::{Bounds, Catalog};
use crate::domain::Grade;

const LEAST: f64 = 10.0;
const GROUPS: [&str; 4] = ["white", "hispanic", "black", "asian"];
const GRADES: [&str; 5] = ["KG", "01", "02", "03", "04"];
const SCHOOLS: [&str; 5] = ["ash", "birch", "cedar", "dune", "elm"];

pub(super) fn count<'a>(catalog: &'a Catalog, group: &'a str, grade: &'a Grade, value: f64) -> ModelCell<'a> {
    ModelCell {
        measure: &catalog.measures["enrollment"],
        school: "",
        group,
        grade,
        subject: "all",
        value: Some(value),
        numerator: None,
        n: None,
        bounds: Bounds::default(),
        is_computed: false,
        is_masked: false,
        is_public: false,
    }
}

/// The rate of `absent` students among `n`.
fn rate<'a>(
    catalog: &'a Catalog,
    group: &'a str,
    grade: &'a Grade,
    (n, absent): (f64, f64),
) -> ModelCell<'a> {
    ModelCell {
        measure: &catalog.measures["chronic-absenteeism-rate"],
        value: Some(100.0 * absent / n),
        numerator: Some(absent),
        n: Some(n),
        ..count(catalog, group, grade, 0.0)
    }
}

#[test]
fn a_rate_computed_from_its_own_numbers_is_protected_like_a_published_one() {
    let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
    for is_computed in [false, true] {
        let of = |group, n, absent| ModelCell { is_computed, ..rate(&catalog, group, &all, (n, absent)) };
        let cells = [
            of("all", 450.0, 134.0),
            of("white", 200.0, 90.0),
            of("black", 100.0, 4.0),
            of("hispanic", 150.0, 40.0),
        ];
        let primary = [false, false, true, false];
        assert_eq!(withheld(&cells, &primary, &catalog), [false, false, true, true], "{is_computed}");
    }
}

fn policy(catalog: &Catalog) -> ProtectionPolicy<'_> {
    ProtectionPolicy { catalog, protection_level: LEAST }
}

fn few(count: f64) -> bool {
    count > 0.0 && count < LEAST
}

/// Which cells are suppressed in the end, given those in `primary`.
fn withheld(cells: &[ModelCell<'_>], primary: &[bool], catalog: &Catalog) -> Vec<bool> {
    let mut hidden = primary.to_vec();
    protect(cells, primary, policy(catalog)).cells.into_iter().for_each(|cell| hidden[cell.0] = true);
    hidden
}

/// The published values, in order; `None` if suppressed.
pub(super) fn shown(cells: &[ModelCell<'_>], catalog: &Catalog) -> Vec<Option<f64>> {
    let primary: Vec<bool> = cells.iter().map(|cell| cell.value.is_some_and(few)).collect();
    let hidden = withheld(cells, &primary, catalog);
    cells.iter().zip(hidden).map(|(cell, hidden)| cell.value.filter(|_| !hidden)).collect()
}

#[test]
fn a_single_small_cell_takes_the_next_smallest_with_it() {
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
    // The parts add up to 202 of 200: with 120 and 75 shown, a reader concludes that the 7 is 5; with 120
    // alone, that the other two are 80.
    let cells = [of("all", 200.0), of("white", 120.0), of("hispanic", 75.0), of("asian", 7.0)];
    assert_eq!(shown(&cells, &catalog), [Some(200.0), Some(120.0), None, None]);
}

#[test]
fn what_is_public_is_not_withheld() {
    let (catalog, all) = (Catalog::embedded().unwrap(), Grade::all());
    let public = |group, value| ModelCell { is_public: true, ..count(&catalog, group, &all, value) };
    let cells = [public("all", 94.0), public("white", 90.0), count(&catalog, "asian", &all, 4.0)];
    assert_eq!(shown(&cells, &catalog), [Some(94.0), Some(90.0), None]);
}

#[test]
fn two_small_cells_in_two_grades_need_a_rectangle_and_no_more() {
    let catalog = Catalog::embedded().unwrap();
    let grades = ["KG", "01", "02", "all"].map(|id| Grade::parse(id).unwrap());
    // The columns are KG, 01, 02 and all grades.
    let table = [
        ("black", [4.0, 40.0, 50.0, 94.0]),
        ("white", [60.0, 30.0, 50.0, 140.0]),
        ("all", [64.0, 70.0, 100.0, 234.0]),
    ];
    let cells: Vec<ModelCell<'_>> = table
        .iter()
        .flat_map(|(group, row)| {
            grades.iter().zip(row).map(|(grade, value)| count(&catalog, group, grade, *value))
        })
        .collect();
    let hidden: Vec<bool> = shown(&cells, &catalog).iter().map(Option::is_none).collect();
    // Both groups of kindergarten and of one other grade: the smaller one, whose total is 70 rather than 100.
    assert_eq!(hidden, [[true, true, false, false], [true, true, false, false], [false; 4]].concat());
}

/// Groups by grades with both margins, and which of its cells are suppressed.
struct TableNetwork {
    /// Rows are groups, with all students last; columns are grades, with all grades last.
    counts: Vec<Vec<i64>>,
    /// The cells that a reader does not know.
    open: Vec<Vec<bool>>,
    /// By how much each cell can be larger.
    more: Vec<Vec<i64>>,
}

impl TableNetwork {
    fn new(inner: &[Vec<u32>]) -> Self {
        let mut counts: Vec<Vec<i64>> = inner
            .iter()
            .map(|row| row.iter().copied().chain([row.iter().sum()]).map(i64::from).collect())
            .collect();
        counts.push((0..counts[0].len()).map(|grade| counts.iter().map(|row| row[grade]).sum()).collect());
        let open = counts.iter().map(|row| vec![false; row.len()]).collect();
        let more = counts.iter().map(|row| vec![1_000_000; row.len()]).collect();
        Self { counts, open, more }
    }

    /// The width of the interval in which a reader knows an open cell to be.
    ///
    /// A table with margins is a network: its rows and columns are nodes, and its cells are arcs. The sums
    /// hold if as much flows out of each node as into it. A cell can grow by as much as can flow back from
    /// its end to its start through other open cells, each of which can grow, and shrink down to zero. (Cox
    /// 1995, "Network models for complementary cell suppression", JASA 90.)
    fn width(&self, cell: (usize, usize)) -> i64 {
        let (from, to, _) = self.arc(cell);
        let more = self.flow(cell, to, from).min(self.more[cell.0][cell.1]);
        more + self.flow(cell, from, to).min(self.counts[cell.0][cell.1])
    }

    /// The start and end of a cell's arc; arcs of margins run the other way.
    fn arc(&self, (row, column): (usize, usize)) -> (usize, usize, i64) {
        let (rows, columns) = (self.counts.len(), self.counts[0].len());
        let is_turned = (row == rows - 1) != (column == columns - 1);
        let (a, b) = (row, rows + column);
        let count = self.counts[row][column];
        if is_turned { (b, a, count) } else { (a, b, count) }
    }

    /// The maximum flow between two nodes through the open cells without one of them, up to 1,000.
    fn flow(&self, without: (usize, usize), start: usize, end: usize) -> i64 {
        let nodes = self.counts.len() + self.counts[0].len();
        let mut room = vec![vec![0i64; nodes]; nodes];
        for row in 0..self.counts.len() {
            for column in (0..self.counts[0].len())
                .filter(|column| self.open[row][*column] && (row, *column) != without)
            {
                let (from, to, count) = self.arc((row, column));
                room[from][to] = self.more[row][column];
                room[to][from] = count;
            }
        }
        let mut flow = 0;
        while flow < 1_000 {
            let mut before = vec![None; nodes];
            let mut next = vec![start];
            while let Some(node) = next.pop() {
                for other in (0..nodes).filter(|other| room[node][*other] > 0) {
                    if other != start && before[other].is_none() {
                        before[other] = Some(node);
                        next.push(other);
                    }
                }
            }
            if before[end].is_none() {
                break;
            }
            let mut path = vec![end];
            while let Some(node) = before[path[path.len() - 1]] {
                path.push(node);
            }
            let most = path.windows(2).map(|step| room[step[1]][step[0]]).min().unwrap_or(0);
            for step in path.windows(2) {
                room[step[1]][step[0]] -= most;
                room[step[0]][step[1]] += most;
            }
            flow += most;
        }
        flow
    }
}

#[test]
fn the_network_of_a_table_gives_the_interval_of_open_cells() {
    // A single open cell can be computed. In an open rectangle of four, the 4 can go down to 0, or up to 16
    // with the 12 next to it.
    let mut table = TableNetwork::new(&[vec![4, 12], vec![30, 10]]);
    table.open[0][0] = true;
    assert_eq!(table.width((0, 0)), 0);
    for (group, grade) in [(0, 1), (1, 0), (1, 1)] {
        table.open[group][grade] = true;
    }
    assert_eq!(table.width((0, 0)), 16);
}

/// Whether suppressed cells in a table of students and of their absence rates stay protected: given
/// everything that is published, including the n of rates, no reader can work out any of them within the
/// protection level. `inner` holds (students, absent students) by group and by grade or school.
fn stays_withheld(inner: &[Vec<(u32, u32)>], columns_are: Columns) -> Result<(), String> {
    let catalog = Catalog::embedded().unwrap();
    let of = |which: fn(&(u32, u32)) -> u32| {
        TableNetwork::new(&inner.iter().map(|row| row.iter().map(which).collect()).collect::<Vec<Vec<u32>>>())
    };
    let (mut all, mut absent) = (of(|(all, _)| *all), of(|(_, absent)| *absent));
    let (rows, columns) = (all.counts.len(), all.counts[0].len());
    let names: Vec<&str> = GROUPS[..rows - 1].iter().copied().chain(["all"]).collect();
    let (grades, schools) = columns_are.names(columns);
    let places: Vec<(usize, usize)> = (0..rows).flat_map(|row| (0..columns).map(move |c| (row, c))).collect();
    let (mut cells, mut primary) = (Vec::new(), Vec::new());
    for (row, column) in &places {
        let number = all.counts[*row][*column] as f64;
        let cell = count(&catalog, names[*row], &grades[*column], number);
        cells.push(ModelCell { school: schools[*column], ..cell });
        primary.push(few(number));
    }
    let rated: Vec<(usize, usize)> = places.iter().copied().filter(|at| all.counts[at.0][at.1] > 0).collect();
    for (row, column) in &rated {
        let (n, numerator) = (all.counts[*row][*column] as f64, absent.counts[*row][*column] as f64);
        let cell = rate(&catalog, names[*row], &grades[*column], (n, numerator));
        cells.push(ModelCell { school: schools[*column], ..cell });
        primary.push(few(n) || few(numerator) || few(n - numerator));
    }
    let hidden = withheld(&cells, &primary, &catalog);
    let exposed = disclosed_cells(&cells, &hidden, policy(&catalog));
    if !exposed.is_empty() {
        return Err(format!("the audit finds {exposed:?}"));
    }
    // The reader is assumed to know that the n of the rate is the enrollment.
    let rate_of = |at: &(usize, usize)| rated.iter().position(|rated| rated == at).map(|i| places.len() + i);
    for (cell, at) in places.iter().enumerate() {
        let rate = rate_of(at).filter(|rate| !hidden[*rate]);
        all.open[at.0][at.1] = hidden[cell] && rate.is_none();
        // A cell without students has no absent students.
        absent.open[at.0][at.1] = rate.is_none() && rate_of(at).is_some();
        // And no more can be absent than are enrolled, if that is known.
        if !all.open[at.0][at.1] {
            absent.more[at.0][at.1] = all.counts[at.0][at.1] - absent.counts[at.0][at.1];
        }
    }
    for (cell, at) in places.iter().enumerate() {
        let (n, is_open) = (all.counts[at.0][at.1], all.open[at.0][at.1]);
        // A count of nobody needs no protection.
        if hidden[cell] && n > 0 && !is_open {
            return Err(format!("{at:?} is told by a rate"));
        }
        if hidden[cell] && n > 0 && all.width(*at) < LEAST as i64 {
            return Err(format!("{at:?} within {}", all.width(*at)));
        }
        let least = if is_open { LEAST as i64 } else { n.min(LEAST as i64) };
        if rate_of(at).is_some_and(|rate| hidden[rate]) && absent.width(*at) < least {
            return Err(format!("{at:?} absent within {}", absent.width(*at)));
        }
    }
    Ok(())
}

/// What the columns of a table of groups are; the last is all of them.
#[derive(Debug, Clone, Copy)]
enum Columns {
    Grades,
    Schools,
}

impl Columns {
    /// The grade and the school of each column.
    fn names(self, columns: usize) -> (Vec<Grade>, Vec<&'static str>) {
        match self {
            Self::Grades => {
                let ids = GRADES[..columns - 1].iter().chain(&["all"]);
                (ids.map(|id| Grade::parse(id).unwrap()).collect(), vec![""; columns])
            }
            Self::Schools => {
                let schools = SCHOOLS[..columns - 1].iter().copied().chain([""]);
                (vec![Grade::all(); columns], schools.collect())
            }
        }
    }
}

#[test]
fn a_rate_of_a_group_without_students_discloses_nothing() {
    // The middle grade is empty: the suppressed 10 of 43 and 10 of 13 are all that the rate of all grades
    // leaves.
    assert_eq!(stays_withheld(&[vec![(23, 10), (43, 10), (0, 0), (13, 10)]], Columns::Grades), Ok(()));
    // The first grade has nobody of one group, whose count in the second grade is suppressed: the 10 of 63
    // are all of that group.
    let table = [vec![(0, 0), (63, 10)], vec![(1, 0), (29, 10)]];
    assert_eq!(stays_withheld(&table, Columns::Grades), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Tables of all sizes and contents.
    #[test]
    fn nothing_withheld_can_be_recovered(
        inner in (1usize..5, 1usize..6).prop_flat_map(|(groups, grades)| {
            let count = prop_oneof![3 => 0u32..15, 2 => 10u32..80, 1 => 80u32..500];
            let absent = (count, 0u32..=100).prop_map(|(all, share)| (all, all * share / 100));
            prop::collection::vec(prop::collection::vec(absent, grades), groups)
        }),
        columns_are in prop_oneof![Just(Columns::Grades), Just(Columns::Schools)]
    ) {
        prop_assert_eq!(stays_withheld(&inner, columns_are), Ok(()));
    }
}
