//! The cells in the user's files behind a row of the frame.

use super::origins::CellRef;

/// The cells behind one row. Usually there is only one, which needs no list.
#[derive(Clone)]
pub(super) enum CellsBehind {
    One(CellRef),
    Many(Vec<CellRef>),
}

impl IntoIterator for CellsBehind {
    type Item = CellRef;
    type IntoIter = std::iter::Chain<std::option::IntoIter<CellRef>, std::vec::IntoIter<CellRef>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self {
            Self::One(cell) => (Some(cell), Vec::new()),
            Self::Many(cells) => (None, cells),
        };
        one.into_iter().chain(many)
    }
}
