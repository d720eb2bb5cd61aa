//! Writes to the disk so that a kill or a power failure at any moment leaves either the old state or the new
//! one.
//!
//! There are two entry points with one protocol. [`Reserved`] replaces a whole folder of ours; [`NewFiles`]
//! adds new files next to the user's own. Both work under a lock file, `.NAME.lock`, which is created first
//! and removed last:
//!
//! 1. Take the lock. If the file was there and nobody holds it, an earlier run was killed, and
//!    what it left is repaired.
//! 2. Write everything into `.NAME.partial` next to the target, and flush it to the disk.
//! 3. Move it into place by renaming. An old folder moves aside to `.NAME.old` first.
//! 4. Remove what is left of the old state, then the lock file.
//!
//! Which leftovers are ours? `.NAME.partial` is ours if the lock file is next to it, because it exists only
//! while the lock file does. From `.NAME.old`, as from any folder that users can access, we remove only files
//! that its own list names with their current hash; everything else is someone's work and moves to
//! `NAME-kept`, with a note that explains why. Files that [`NewFiles`] has already placed are recognized by
//! their hashes, which it writes into the lock file before it places the first of them.
//!
//! Nothing here follows a link: a link in place of a folder or file of ours is refused, dangling or not.

mod error;
mod folder;
mod listing;
mod lock;
mod new_files;
mod system;
mod temporary;
mod waiting_lock;

#[cfg(test)]
mod tests;

pub use error::DiskError;
pub use folder::{Reserved, check_is_folder};
pub use listing::{
    FolderKind, KeptFiles, Listed, OtherFiles, is_as_written, is_complete, is_kept, is_unchanged, sha256,
};
pub use new_files::{NewFile, NewFiles};
pub use temporary::Temporary;
pub use waiting_lock::WaitingLock;

use std::io;
use std::path::Path;

/// Writes a file that can be lost without harm. It appears completely at `path`, replacing any earlier one.
///
/// `temporary` must be in the same file system and must not exist; a kill leaves it behind. Nothing is
/// flushed to the disk, so the content may be damaged after a power failure.
///
/// # Errors
/// Any file system error; `temporary` is then removed if possible.
pub fn replace_file(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    write_then(temporary, bytes, || system::rename(temporary, path))
}

/// Like [`replace_file`], but never replaces anything.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if there is something at `path`, or any other file system error.
pub fn add_file(path: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    write_then(temporary, bytes, || system::move_new(temporary, path))
}

/// Writes a temporary file and then moves it with `put`; removes it if either fails.
fn write_then(temporary: &Path, bytes: &[u8], put: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let file = system::create_new(temporary)?;
    let done = system::write(&file, bytes).and_then(|()| put());
    if done.is_err() {
        let _ = system::remove_file(temporary);
    }
    done
}

/// Creates a folder and its parents.
///
/// # Errors
/// Any file system error.
pub fn create_folders(path: &Path) -> io::Result<()> {
    system::create_folders(path)
}

/// Removes a file, or a link rather than its target.
///
/// # Errors
/// Any file system error.
pub fn remove_file(path: &Path) -> io::Result<()> {
    system::remove_file(path)
}
