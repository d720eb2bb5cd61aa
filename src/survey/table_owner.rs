//! Whom a table without a column of districts is about.

/// Whom a table without a column of districts is about, as the text around it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TableOwner {
    /// Nothing says it, so it is taken to be the project's district.
    #[default]
    Unsaid,
    /// The district with this id in other tables.
    Known(String),
    /// A district with this name, which no other table has.
    Named(String),
}
