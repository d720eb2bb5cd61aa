//! Why a pack could not be written, and what to do about it.

use std::error::Error;
use std::io;

use crate::disk::DiskError;
use crate::pack_tables::DistrictYear;
use crate::wording::disk::OR_ELSEWHERE;
use crate::wording::pack as wording;

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
    #[error("{}", wording::pack_discloses(what, within, *least))]
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
    #[error("{}", wording::pack_not_audited(file, message))]
    Unaudited {
        /// The table.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// The id of a domain or an exhibit cannot be a file name.
    #[error("{}", wording::bad_file_name(name))]
    Name {
        /// The file's name inside the pack.
        name: String,
    },
    /// Two files have the same name.
    #[error("{}", wording::same_file_name(name))]
    Twice {
        /// The name.
        name: String,
    },
    /// One of the files could not be written.
    #[error("{}", wording::file_not_written(name, source))]
    File {
        /// The file's name inside the pack.
        name: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl PackError {
    /// Whether the disk could not be written to, or another run is writing there, so that it may succeed later.
    #[must_use]
    pub fn is_of_disk(&self) -> bool {
        match self {
            Self::Out(error) | Self::Readiness(error) => {
                matches!(error, DiskError::Io { .. } | DiskError::Busy { .. })
            }
            Self::File { source, .. } => is_of_system(&**source),
            _ => false,
        }
    }
}

/// Whether an error, or what caused it, is one of the system: a full disk, for example.
pub(super) fn is_of_system(error: &(dyn Error + 'static)) -> bool {
    let mut at = Some(error);
    while let Some(error) = at {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.raw_os_error().is_some()) {
            return true;
        }
        at = error.source();
    }
    false
}

/// What else the user can do about a folder that cannot be used: choose another place for it.
const fn or_elsewhere(error: &DiskError) -> &'static str {
    match error {
        DiskError::Io { .. } | DiskError::NoName { .. } | DiskError::Taken { .. } => "",
        _ => OR_ELSEWHERE,
    }
}
