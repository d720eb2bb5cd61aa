//! Why a pack could not be written, and what to do about it.

use crate::disk::DiskError;
use crate::pack_tables::DistrictYear;

/// Why a pack could not be written. The old pack, if there was one, is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The folder of the pack cannot be written to.
    #[error("{0}{other}", other = or_elsewhere(.0))]
    Out(#[from] DiskError),
    /// The folder of the readiness report cannot be written to.
    #[error(transparent)]
    Readiness(DiskError),
    /// Withheld values could be worked out from the files.
    #[error(
        "the pack was not written, because a withheld value could be worked out from it: {what}; a reader could tell \
         it within {within} people, fewer than the policy's {least}\n  hint: with public values of the same table; leave out \
         the source or column that it comes from, or, if its publisher has made it public, say `public = true` in its layout"
    )]
    Exposed {
        /// The first value, and how many more there are.
        what: String,
        /// The width of its feasibility interval.
        within: String,
        /// The protection level that the policy asks for.
        least: u32,
        /// The districts, by their ids as shown, and the years of all of these values.
        years: Vec<DistrictYear>,
    },
    /// A table of the pack cannot be read back for the audit.
    #[error(
        "the pack was not written, because its table {file} cannot be read back to be audited: {message}"
    )]
    Unaudited {
        /// The table.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// The id of a domain or an exhibit cannot be a file name.
    #[error("`{name}` cannot be a file of the pack: ids are made of letters, digits, `-`, `_` and `.`")]
    Name {
        /// The file's name inside the pack.
        name: String,
    },
    /// Two files have the same name.
    #[error("two files of the pack would be called `{name}`; give the exhibits different ids")]
    Twice {
        /// The name.
        name: String,
    },
    /// One of the files could not be written.
    #[error("cannot write {name}: {source}")]
    File {
        /// The file's name inside the pack.
        name: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What else the user can do about a folder that cannot be used: choose another place for it.
const fn or_elsewhere(error: &DiskError) -> &'static str {
    match error {
        DiskError::Io { .. } | DiskError::NoName { .. } | DiskError::Taken { .. } => "",
        _ => ", or choose another folder with --out",
    }
}
