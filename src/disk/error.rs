//! Why something could not be written, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::wording::disk as wording;

/// Why something could not be written. Everything is left as it was before.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The folder holds files, but no list that marks them as ours.
    #[error("{}", wording::foreign_folder(folder))]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder is ours, but someone has worked in it.
    #[error("{}", wording::edited_folder(folder, files))]
    Edited {
        /// The folder.
        folder: PathBuf,
        /// The first few file names, and how many more there are.
        files: String,
    },
    /// There is a file or a link where a folder should be.
    #[error("{}", wording::not_a_folder(path, *is_link))]
    NotAFolder {
        /// The path.
        path: PathBuf,
        /// Whether it is a link, not a file.
        is_link: bool,
    },
    /// A file that would be written already exists.
    #[error("{}", wording::already_there(path, *is_link))]
    Taken {
        /// The path.
        path: PathBuf,
        /// Whether it is a link.
        is_link: bool,
    },
    /// The last part of the path cannot be a folder's name.
    #[error("{}", wording::no_folder_name(folder))]
    NoName {
        /// The path.
        folder: PathBuf,
    },
    /// Something has the name of one of our temporary files but is not ours.
    #[error("{}", wording::in_the_way(path))]
    InTheWay {
        /// The path.
        path: PathBuf,
    },
    /// Another run is writing there.
    #[error("{}", wording::busy(path))]
    Busy {
        /// What both runs want to write.
        path: PathBuf,
    },
    /// A file or folder could not be created, inspected, moved or removed.
    #[error("{}", wording::failed(action, path, source))]
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
