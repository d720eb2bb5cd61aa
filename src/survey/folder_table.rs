//! A table among those of a folder.

use super::sheet::TableSurvey;

/// The position of a table among those of its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TableIndex(pub(super) usize);

/// A table, and the file that it is in.
pub(super) struct FolderTable<'a> {
    pub(super) index: TableIndex,
    pub(super) file: &'a str,
    pub(super) sheet: Option<&'a str>,
    pub(super) table: &'a TableSurvey,
}
