//! Why something could not be written, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be written. Everything is left as it was before.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The folder holds files, but no list that marks them as ours.
    #[error("{} holds files that retreat did not write, so it is left alone; empty it", folder.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder is ours, but someone has worked in it.
    #[error(
        "{} holds files that were added or changed since retreat wrote it ({files}), and they would be overwritten; \
         move them elsewhere",
        folder.display()
    )]
    Edited {
        /// The folder.
        folder: PathBuf,
        /// The first few file names, and how many more there are.
        files: String,
    },
    /// There is a file or a link where a folder should be.
    #[error("{} is {what}, not a folder; move it", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
        /// What is there instead.
        what: &'static str,
    },
    /// A file that would be written already exists.
    #[error(
        "{}{what} is there already, and is not overwritten\n  hint: move it away, or see what would be written with --dry-run",
        path.display()
    )]
    Taken {
        /// The path.
        path: PathBuf,
        /// Empty, or an apposition saying that it is a link.
        what: &'static str,
    },
    /// The last part of the path cannot be a folder's name.
    #[error("{} does not name a folder; name one, such as `out`", folder.display())]
    NoName {
        /// The path.
        folder: PathBuf,
    },
    /// Something has the name of one of our temporary files but is not ours.
    #[error(
        "{} is in the way: retreat uses this name while it writes, but did not make what is there; move it",
        path.display()
    )]
    InTheWay {
        /// The path.
        path: PathBuf,
    },
    /// Another run is writing there.
    #[error("another run of retreat is writing {} at this moment; wait for it", path.display())]
    Busy {
        /// What both runs want to write.
        path: PathBuf,
    },
    /// A file or folder could not be created, inspected, moved or removed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was attempted.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

impl DiskError {
    /// For use with `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}
