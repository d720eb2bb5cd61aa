//! Charts in columns, as on a placemat or a poster.

use super::sheet::Size;
use super::shown::Shown;

/// Charts in columns of equal width, and those for which there was no room.
pub(super) struct Board<'a> {
    pub(super) columns: Vec<Vec<Shown<'a>>>,
    pub(super) left_over: Vec<Shown<'a>>,
}

/// A place for charts.
#[derive(Debug, Clone, Copy)]
pub(super) struct BoardSpace {
    /// How many columns.
    pub(super) columns: usize,
    /// The size of a column, in inches.
    pub(super) column: Size,
    /// The most charts.
    pub(super) most: usize,
}

/// Puts each chart into the column with the most room, in order; a chart that is too tall for all of them only if there would be none.
/// `around` says how many inches are above and below a chart.
pub(super) fn arrange<'a>(
    shown: &[Shown<'a>],
    space: BoardSpace,
    around: impl Fn(&Shown<'a>) -> f64,
) -> Board<'a> {
    let mut board = Board { columns: vec![Vec::new(); space.columns], left_over: Vec::new() };
    let mut used = vec![0.0; space.columns];
    let mut placed = 0;
    for chart in shown {
        let height = space.column.width * chart.narrow_ratio() + around(chart);
        let column = emptiest(&used);
        if placed < space.most && used[column] + height <= space.column.height {
            board.columns[column].push(*chart);
            used[column] += height;
            placed += 1;
        } else {
            board.left_over.push(*chart);
        }
    }
    if placed == 0 && !board.left_over.is_empty() {
        board.columns[0].push(board.left_over.remove(0));
    }
    board.columns.retain(|column| !column.is_empty());
    board
}

/// The first of the columns that are filled least.
fn emptiest(used: &[f64]) -> usize {
    let mut least = 0;
    for (index, height) in used.iter().enumerate() {
        if *height < used[least] {
            least = index;
        }
    }
    least
}
