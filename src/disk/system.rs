//! Every call that changes the disk, and no other logic. This is the one place where tests can kill the
//! program at each step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::DiskError;
use crate::wording::disk::action;

/// What is at a path; links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathKind {
    Nothing,
    Folder,
    File,
    Link,
}

pub(super) fn path_kind(path: &Path) -> Result<PathKind, DiskError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_symlink() => Ok(PathKind::Link),
        Ok(meta) if meta.is_dir() => Ok(PathKind::Folder),
        Ok(_) => Ok(PathKind::File),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(PathKind::Nothing),
        Err(e) => Err(DiskError::io(action::LOOK_AT, path)(e)),
    }
}

/// Runs before each change. In tests, it returns whether the program is still to be treated as alive.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "it fails in tests")]
const fn alive() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use super::tests::alive;

pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    alive()?;
    fs::create_dir(path)
}

pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    alive()?;
    fs::create_dir_all(path)
}

/// Creates a file; fails if anything is there, even a dangling link.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    alive()?;
    File::create_new(path)
}

pub(super) fn write(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    alive()?;
    file.write_all(bytes)
}

/// Removes what a killed run may have written of a file.
pub(super) fn truncate(file: &File) -> io::Result<()> {
    alive()?;
    file.set_len(0)
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    alive()?;
    fs::rename(from, to)
}

/// Moves a file to a path where nothing exists. A kill in between leaves it under both names; then the move
/// can be repeated.
pub(super) fn move_new(from: &Path, to: &Path) -> io::Result<()> {
    alive()?;
    match fs::hard_link(from, to) {
        Ok(()) => remove_file(from),
        // A killed run had got this far.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            if same_file::is_same_file(from, to).unwrap_or(false) { remove_file(from) } else { Err(e) }
        }
        // Some file systems, such as those of USB drives, do not support a second name for a file.
        Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => rename(from, to),
    }
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    alive()?;
    fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    alive()?;
    fs::remove_dir(path)
}

/// Removes a folder of ours with everything in it; links in it are removed, not followed.
pub(super) fn remove_tree(path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { remove_tree(&entry.path())? } else { remove_file(&entry.path())? }
    }
    remove_folder(path)
}

/// Waits until a file's content is on the disk.
pub(super) fn flush(file: &File) -> io::Result<()> {
    alive()?;
    // Tests kill the program, but do not cut the power.
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// Waits until the names in a folder are on the disk. Windows has no such call and orders them by itself.
pub(super) fn flush_folder(path: &Path) -> io::Result<()> {
    alive()?;
    if cfg!(unix) && !cfg!(test) { File::open(path)?.sync_all() } else { Ok(()) }
}
