//! A page about one school, independent of any output format.

use super::figure::Figure;
use super::table::Table;

/// A page about one school of the district.
#[derive(Debug, Clone)]
pub struct SchoolPage {
    /// Its name.
    pub name: String,
    /// What type of school it is, its grades, and how many students it has room for, as far as they are known.
    pub description: String,
    /// Its numbers, next to those of the district and of the other schools of its type.
    pub table: Table,
    /// Some of them over the years; `None` if no number has two years.
    pub chart: Option<SchoolChart>,
    /// What the reader must know.
    pub notes: Vec<String>,
    /// Who published the numbers; empty if that is not known.
    pub source: String,
}

/// Small charts side by side.
#[derive(Debug, Clone)]
pub struct SchoolChart {
    /// The charts.
    pub figure: Figure,
    /// The charts in words.
    pub alt: String,
}
