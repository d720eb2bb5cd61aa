//! Why something could not be written, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be written. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The folder holds files, but does not list them as ours.
    #[error("{} holds files that retreat did not write, so it is left alone; empty it", folder.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder is ours, and somebody has worked in it.
    #[error(
        "{} holds files that were added or changed since retreat wrote it ({files}), and they would be overwritten; \
         move them elsewhere",
        folder.display()
    )]
    Edited {
        /// The folder.
        folder: PathBuf,
        /// The first of the files, and how many more.
        files: String,
    },
    /// There is a file, or a link, where a folder should be.
    #[error("{} is {what}, not a folder; move it", path.display())]
    NotAFolder {
        /// Where.
        path: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// A file that would be written is there already.
    #[error(
        "{}{what} is there already, and is not overwritten\n  hint: move it away, or see what would be written with --dry-run",
        path.display()
    )]
    Taken {
        /// Where.
        path: PathBuf,
        /// Empty, or that it is a link, as an apposition.
        what: &'static str,
    },
    /// The path has no last part that could be a folder's name.
    #[error("{} does not name a folder; name one, such as `out`", folder.display())]
    NoName {
        /// The path.
        folder: PathBuf,
    },
    /// Something with the name of one of our temporary files is not ours.
    #[error(
        "{} is in the way: retreat uses this name while it writes, but did not make what is there; move it",
        path.display()
    )]
    InTheWay {
        /// Where.
        path: PathBuf,
    },
    /// Another run is writing there.
    #[error("another run of retreat is writing {} at this moment; wait for it", path.display())]
    Busy {
        /// What both want to write.
        path: PathBuf,
    },
    /// A file or folder could not be made, looked at, moved or removed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

impl DiskError {
    /// To be used with `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}
