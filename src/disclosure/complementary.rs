//! Complementary suppression: what else must be withheld so that a withheld value cannot be worked out (methods 10.3).
//!
//! As long as some withheld amount could be told within less than s (see [`bounds`](super::bounds)), the smallest amount of one
//! of its lines that is still shown is withheld too: of the parts first, of the total last. Values that are public stay
//! as they are: who wants to work out others from them can do so without us.
//!
//! Small tables: with one part beside the withheld one, that is the one that goes. Degenerate: where everything in its lines is
//! withheld or public there is nothing left to withhold, and the amount counts as exposed.

use super::bounds::{Equation, Line, Span, cross, narrowed, solved};

/// A table of one district, year, measure and subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// Amounts that add up along the lines: counts; or, of rates, numerators, and beside them denominators.
    pub(super) systems: Vec<Vec<f64>>,
    /// What is withheld.
    pub(super) hidden: Vec<bool>,
    /// What is public, or no value of anybody's (what the parts leave of a total), and so can't be withheld.
    pub(super) fixed: Vec<bool>,
    /// What must be protected, if it is withheld.
    pub(super) is_sensitive: Vec<bool>,
    pub(super) lines: Vec<Line>,
}

/// What came of protecting a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Protected {
    /// Positions that are withheld beside those that were.
    pub(super) also: Vec<usize>,
    /// Positions that can be worked out nevertheless.
    pub(super) exposed: Vec<usize>,
}

/// Withholds more until nothing that is withheld can be told within less than `least`.
pub(super) fn protect(table: &mut Table, least: f64) -> Protected {
    let mut protected = Protected::default();
    while let Some(cell) = exposed(table, least).into_iter().find(|c| !protected.exposed.contains(c)) {
        match next(table, cell) {
            Some(other) => {
                table.hidden[other] = true;
                protected.also.push(other);
            }
            None => protected.exposed.push(cell),
        }
    }
    protected
}

/// The withheld amounts that can be told within less than `least`, in any of the systems.
pub(super) fn exposed(table: &Table, least: f64) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    if !table.hidden.iter().zip(&table.is_sensitive).any(|(hidden, sensitive)| *hidden && *sensitive) {
        return found;
    }
    for amounts in &table.systems {
        // By the true amounts: rounding must not leave the equations without a solution.
        let equations: Vec<Equation> =
            table.lines.iter().map(|line| line.true_equation(amounts, &table.hidden)).collect();
        let spans = narrowed(amounts.len(), &equations);
        let crossing = cross(amounts.len(), &equations);
        let wide = |span: Span| span.1 - span.0 >= least - 1e-6;
        let secret = |cell: usize| table.hidden[cell] && table.is_sensitive[cell];
        for cell in (0..amounts.len()).filter(|cell| secret(*cell)) {
            let exact = || solved(cell, amounts.len(), &equations).unwrap_or(spans[cell]);
            if !wide(spans[cell]) || crossing && !wide(exact()) {
                found.push(cell);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What to withhold beside a cell: of its lines the smallest part above 0, then any 0, then the smallest total; where all of
/// these are withheld, the same of the lines that cross them, and so on.
fn next(table: &Table, cell: usize) -> Option<usize> {
    let mut reached = vec![cell];
    loop {
        let touches = |line: &&Line| line.members().any(|m| reached.contains(&m));
        let lines: Vec<&Line> = table.lines.iter().filter(touches).collect();
        let parts = lines.iter().flat_map(|line| line.parts.iter().copied()).collect();
        let totals = lines.iter().map(|line| line.total).collect();
        let found = smallest(table, parts).or_else(|| smallest(table, totals));
        let mut all: Vec<usize> = lines.iter().flat_map(|line| line.members()).collect();
        all.sort_unstable();
        all.dedup();
        if found.is_some() || all.len() <= reached.len() {
            return found;
        }
        reached = all;
    }
}

/// The smallest of the amounts that may still be withheld; those above 0 first.
fn smallest(table: &Table, cells: Vec<usize>) -> Option<usize> {
    let amounts = table.systems.last()?;
    let free = |m: &usize| !table.hidden[*m] && !table.fixed[*m];
    cells.into_iter().filter(free).min_by(|a, b| {
        let is_none = |m: usize| amounts[m] <= 0.0;
        let by_amount = amounts[*a].total_cmp(&amounts[*b]);
        is_none(*a).cmp(&is_none(*b)).then(by_amount).then(a.cmp(b))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Table, exposed, protect};
    use crate::disclosure::bounds::{Line, solved};

    const LEAST: f64 = 10.0;

    /// Groups by grades with both margins: cells row by row, the rows' totals, the columns' totals, the total of all.
    fn table(cells: &[Vec<u32>]) -> Table {
        let (rows, columns) = (cells.len(), cells[0].len());
        let mut amounts: Vec<f64> = cells.iter().flatten().map(|n| f64::from(*n)).collect();
        let of_row = |r: usize| (0..columns).map(|c| r * columns + c).collect::<Vec<_>>();
        let of_column = |c: usize| (0..rows).map(|r| r * columns + c).collect::<Vec<_>>();
        let mut lines: Vec<Line> =
            (0..rows).map(|r| Line { total: rows * columns + r, parts: of_row(r) }).collect();
        lines.extend((0..columns).map(|c| Line { total: rows * columns + rows + c, parts: of_column(c) }));
        let all = rows * columns + rows + columns;
        lines.push(Line { total: all, parts: (rows * columns..rows * columns + rows).collect() });
        lines.push(Line { total: all, parts: (rows * columns + rows..all).collect() });
        for line in &lines {
            let sum = line.parts.iter().map(|p| amounts[*p]).sum();
            if line.total == amounts.len() {
                amounts.push(sum);
            }
        }
        let hidden: Vec<bool> = amounts.iter().map(|n| *n > 0.0 && *n < LEAST).collect();
        let size = amounts.len();
        Table {
            systems: vec![amounts],
            hidden,
            fixed: vec![false; size],
            is_sensitive: vec![true; size],
            lines,
        }
    }

    #[test]
    fn the_next_smallest_joins_a_single_small_one() {
        // 4 is withheld; by its row 30 could tell it, by its column 50: the smaller goes, and then what its column tells.
        let mut table = table(&[vec![4, 30, 60], vec![50, 40, 70]]);
        let protected = protect(&mut table, LEAST);
        assert!(protected.also.contains(&1), "{protected:?}");
        assert_eq!((exposed(&table, LEAST), protected.exposed.len()), (vec![], 0));
    }

    #[test]
    fn what_is_public_is_not_withheld() {
        let mut table = table(&[vec![4, 30]]);
        table.fixed = vec![true; table.fixed.len()];
        assert_eq!(protect(&mut table, LEAST).exposed, [0, 3]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Tables of all sizes and fillings: what is withheld in the end cannot be told within the policy's width by
        /// solving for it, whatever else is shown.
        #[test]
        fn nothing_withheld_can_be_recovered(
            cells in (1usize..5, 1usize..6).prop_flat_map(|(rows, columns)| {
                let count = prop_oneof![3 => 0u32..15, 2 => 10u32..80, 1 => 80u32..500];
                prop::collection::vec(prop::collection::vec(count, columns), rows)
            })
        ) {
            let mut table = table(&cells);
            let before = table.hidden.clone();
            let protected = protect(&mut table, LEAST);
            prop_assert!(before.iter().zip(&table.hidden).all(|(was, is)| !was || *is));
            prop_assert_eq!(&protected.exposed, &Vec::<usize>::new());
            // As a reader would: from what is still shown.
            let amounts = &table.systems[0];
            let equations: Vec<_> =
                table.lines.iter().map(|line| line.shown_equation(amounts, &table.hidden)).collect();
            for cell in (0..table.hidden.len()).filter(|cell| table.hidden[*cell]) {
                if let Some((low, high)) = solved(cell, amounts.len(), &equations) {
                    prop_assert!(high - low >= LEAST - 1e-6, "{cell}: {low} to {high} of {:?}", cells);
                }
            }
        }
    }
}
