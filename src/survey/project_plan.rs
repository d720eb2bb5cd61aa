//! The plan for a folder: sources with their layouts, and tables that are not read.

use crate::catalog::{Catalog, Layout};

/// The plan for a folder.
#[derive(Debug, Clone)]
pub struct ProjectPlan {
    /// The sources, in the order of the project file.
    pub sources: Vec<PlannedSource>,
    /// Tables that are not read, and sheets in which no table was found.
    pub unread: Vec<UnreadTable>,
    /// The text of the file with the project's own measures ([`OWN_MEASURES_FILE`](super::OWN_MEASURES_FILE)); `None` if it
    /// needs none.
    pub measures: Option<String>,
    /// The catalog with these measures.
    pub catalog: Catalog,
}

/// A table that is not read, or a sheet in which no table was found.
#[derive(Debug, Clone)]
pub struct UnreadTable {
    /// File and sheet, for display.
    pub name: String,
    /// Why it is not read.
    pub why: String,
}

/// One `[[source]]`.
#[derive(Debug, Clone)]
pub struct PlannedSource {
    /// Path or pattern.
    pub path: String,
    /// Files and sheets, for display.
    pub description: String,
    /// A layout in the catalog, by id, or a file in the project.
    pub layout: String,
    /// The proposed layout; `None` if the layout is in the catalog.
    pub proposed: Option<ProposedLayout>,
    /// How many columns it reads and does not read.
    pub columns: ColumnCounts,
    /// Why it cannot be read as it is; `None` if it can.
    pub problem: Option<String>,
    /// What users must know of rows and columns that are not read, each once.
    pub notes: Vec<String>,
    /// Which other file it is a newer edition of, in words; `None` if there is none.
    pub edition: Option<String>,
    /// Whether a single year in it is the year in which a school year begins.
    pub year_begins: bool,
    /// Whether nothing says which district it is about, so that it is taken to be the project's.
    pub is_unsaid: bool,
}

/// A proposed layout and its text.
#[derive(Debug, Clone)]
pub struct ProposedLayout {
    /// The layout.
    pub layout: Layout,
    /// Its TOML.
    pub text: String,
}

/// How many columns are read and how many are not.
#[derive(Debug, Clone, Copy, Default)]
pub struct ColumnCounts {
    /// Columns read as values.
    pub read: u64,
    /// Columns that are not read.
    pub unread: u64,
}
