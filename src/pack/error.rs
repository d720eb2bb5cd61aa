//! Why a pack could not be written, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why a pack could not be written. The old pack, if there was one, is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// `out` holds files, but no pack.
    #[error(
        "{} holds files but no pack made by retreat, so it is left alone; choose another folder with --out, \
         or empty this one",
        out.display()
    )]
    Foreign {
        /// The folder.
        out: PathBuf,
    },
    /// `out` holds a pack, and beside it somebody's work.
    #[error(
        "{} holds files that were added or changed since retreat wrote it ({files}), and a new pack would \
         overwrite them; move them elsewhere, or choose another folder with --out",
        out.display()
    )]
    Edited {
        /// The folder.
        out: PathBuf,
        /// The first of the files, and how many more.
        files: String,
    },
    /// What is withheld could be worked out from the files.
    #[error(
        "the pack was not written, because a withheld value could be worked out from it: {what}; a reader could tell \
         it within {within} people, fewer than the policy's {least}\n  hint: with public values of the same table; leave out \
         the source or column that it comes from, or, if its publisher has made it public, say `public = true` in its layout"
    )]
    Exposed {
        /// The value, and how many more there are.
        what: String,
        /// How near it can be told.
        within: String,
        /// How near it may be told.
        least: u32,
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
    /// There is a file, or a link, where a folder should be.
    #[error("{} is {what}, not a folder; remove it, or choose another folder for the pack with --out", path.display())]
    NotAFolder {
        /// Where.
        path: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// The path has no last part that could be a folder's name.
    #[error("{} does not name a folder; give --out a folder with a name, such as `out`", out.display())]
    NoName {
        /// The path.
        out: PathBuf,
    },
    /// A folder with the name of our temporary one is not ours.
    #[error(
        "{} is in the way: retreat writes there before it replaces a pack, but did not make it; move it",
        path.display()
    )]
    InTheWay {
        /// The folder.
        path: PathBuf,
    },
    /// Another build is writing there.
    #[error("another build is writing {} at this moment; wait for it, or choose another --out", out.display())]
    Busy {
        /// The folder.
        out: PathBuf,
    },
    /// A domain's or an exhibit's id cannot be a file's name.
    #[error("`{name}` cannot be a file of the pack: ids are made of letters, digits, `-`, `_` and `.`")]
    Name {
        /// The file's name inside the pack.
        name: String,
    },
    /// Two files have one name.
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
    /// The folder could not be made, looked at or moved.
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

impl PackError {
    /// To be used with `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}
