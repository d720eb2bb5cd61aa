//! Writing to the disk so that a kill or a power cut at any moment leaves the old state or the new one.
//!
//! Two ways in, one protocol. [`Reserved`] replaces a whole folder of ours; [`NewFiles`] puts new files beside those of
//! people. Both work under a lock file, `.NAME.lock`, which is the first thing to appear and the last to go:
//!
//! 1. Take the lock. If the file was there and nobody holds it, an earlier run was killed: what it left is put right.
//! 2. Write everything into `.NAME.partial` beside the wanted place, and flush it to the disk.
//! 3. Move it into place by renaming. An old folder moves aside to `.NAME.old` first.
//! 4. Remove what is left of the old state, then the lock file.
//!
//! Whose leftovers are they? `.NAME.partial` is ours if the lock file stands beside it, because it only ever exists
//! while the lock file does. Of `.NAME.old`, as of any folder that people could reach, we remove only the files that
//! its own list names with the hash that they have; everything else is somebody's work and moves to `NAME-kept`, with a
//! note that says why. Files that [`NewFiles`] has already placed are known by the hashes that it wrote into the lock
//! file before it placed the first of them.
//!
//! Nothing here follows a link: a link where a folder or file of ours should be is refused, dangling or not.

mod error;
mod folder;
mod listing;
mod lock;
mod new_files;
mod system;

#[cfg(test)]
mod tests;

pub use error::DiskError;
pub use folder::{Reserved, check_is_folder};
pub use listing::{FolderKind, KeptFiles, Listed, OtherFiles, is_kept, sha256};
pub use new_files::{NewFile, NewFiles};

use std::io;
use std::path::Path;

/// Writes a file that can be lost without harm: it appears whole under `path`, in place of an earlier one.
///
/// `temporary`, in the same file system, must not exist; a kill leaves it behind. Nothing is flushed to the disk, so
/// after a power cut the content may be damaged.
///
/// # Errors
/// What the file system says; `temporary` is then removed, if possible.
pub fn replace_file(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    write_then(temporary, bytes, || system::rename(temporary, path))
}

/// As [`replace_file`], but never in place of anything.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where something is at `path`, or what the file system says.
pub fn add_file(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    write_then(temporary, bytes, || system::move_new(temporary, path))
}

/// Writes a temporary file and then moves it by `put`; removes it if either fails.
fn write_then(temporary: &Path, bytes: &[u8], put: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let file = system::create_new(temporary)?;
    let done = system::write(&file, bytes).and_then(|()| put());
    if done.is_err() {
        let _ = system::remove_file(temporary);
    }
    done
}

/// Makes a folder and those above it.
///
/// # Errors
/// What the file system says.
pub fn create_folders(path: &Path) -> io::Result<()> {
    system::create_folders(path)
}

/// Removes a file, or a link itself.
///
/// # Errors
/// What the file system says.
pub fn remove_file(path: &Path) -> io::Result<()> {
    system::remove_file(path)
}
