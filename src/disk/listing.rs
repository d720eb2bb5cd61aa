//! Which files of a folder are ours: those named in its own list and unchanged. All other files are kept.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::DiskError;
use super::system::{self, PathKind, path_kind};
use crate::wording::disk::{NOTE, NOTE_NAME, action};
use crate::wording::listing::names_and_more;

/// The files named in a folder's list, with the SHA-256 of each as it was written; names are relative, with
/// parts separated by `/`. The list itself is included unless it was changed.
pub type Listed = BTreeMap<String, String>;

/// The kind of folder of ours.
#[derive(Debug, Clone, Copy)]
pub struct FolderKind {
    /// The file that lists the others.
    pub list: &'static str,
    /// Reads the list; `None` if it is not ours.
    pub read: fn(&[u8]) -> Option<Listed>,
    /// What to do with files that users add.
    pub others: OtherFiles,
}

/// What to do with files that users added to a folder of ours before it is replaced.
#[derive(Debug, Clone, Copy)]
pub enum OtherFiles {
    /// The folder is not replaced.
    Refused,
    /// They move into the new folder, unless they have one of these names, which we write ourselves.
    MoveAlong(&'static [&'static str]),
}

/// Users' files that were found in a folder about to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFiles {
    /// The folder where they are now.
    pub folder: PathBuf,
    /// Their names in that folder, sorted.
    pub files: Vec<String>,
}

/// SHA-256 of the content of `from`, in hexadecimal.
///
/// # Errors
/// If it cannot be read.
pub fn sha256(mut from: impl io::Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut from, &mut hash)?;
    Ok(format!("{:x}", hash.finalize()))
}

/// SHA-256 of the file at `path`; `None` for links, pipes, folders and anything absent.
pub(super) fn hash_of(path: &Path) -> io::Result<Option<String>> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|m| m.is_file());
    if is_file { File::open(path).and_then(sha256).map(Some) } else { Ok(None) }
}

/// The files named in the list of `folder`; `None` if the folder is not ours.
pub(super) fn listed(folder: &Path, kind: FolderKind) -> Option<Listed> {
    let list = folder.join(kind.list);
    let is_file = fs::symlink_metadata(&list).is_ok_and(|m| m.is_file());
    is_file.then(|| fs::read(&list).ok())?.and_then(|bytes| (kind.read)(&bytes))
}

/// The files below `folder`, sorted. A link counts as a file.
pub(super) fn files(folder: &Path) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), DiskError> {
    for entry in sorted_entries(folder).map_err(DiskError::io(action::LOOK_INTO, folder))? {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(DiskError::io(action::LOOK_INTO, folder))?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

fn sorted_entries(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    Ok(entries)
}

/// Whether the list names a file with its current hash.
fn is_ours(ours: &Listed, name: &str, hash: Option<String>) -> bool {
    hash.is_some_and(|hash| ours.get(name) == Some(&hash))
}

/// Files that file managers leave in any folder someone opens.
fn is_litter(folder: &Path, name: &str) -> bool {
    let last = name.rsplit('/').next();
    matches!(last, Some(".DS_Store" | "Thumbs.db" | "desktop.ini"))
        && matches!(path_kind(&folder.join(name)), Ok(PathKind::File))
}

/// Whether the folder may be replaced: nobody has worked in it.
pub(super) fn check(folder: &Path, kind: FolderKind) -> Result<(), DiskError> {
    let mut found = files(folder)?;
    found.retain(|name| !is_litter(folder, name));
    let ours = listed(folder, kind);
    if ours.is_none() && !found.is_empty() && matches!(kind.others, OtherFiles::Refused) {
        return Err(DiskError::Foreign { folder: folder.to_owned() });
    }
    let ours = ours.unwrap_or_default();
    let mut edited = Vec::new();
    for name in found {
        let path = folder.join(&name);
        let hash = hash_of(&path).map_err(DiskError::io(action::READ, &path))?;
        if !moves_along(kind, &ours, &name) && !is_ours(&ours, &name, hash) {
            edited.push(name);
        }
    }
    if edited.is_empty() {
        return Ok(());
    }
    Err(DiskError::Edited { folder: folder.to_owned(), files: first_names(&edited) })
}

/// Whether a file moves into the new folder: users added it under a name that we do not write.
fn moves_along(kind: FolderKind, ours: &Listed, name: &str) -> bool {
    match kind.others {
        OtherFiles::Refused => false,
        OtherFiles::MoveAlong(written) => !ours.contains_key(name) && !written.contains(&name),
    }
}

/// How many names are listed.
const LISTED: usize = 5;

/// The first names, and how many more there are.
fn first_names(names: &[String]) -> String {
    let listed = names.len().min(LISTED);
    names_and_more(&names[..listed], names.len() - listed)
}

/// Whether a folder of ours is as it was written: with all files that its list names, unchanged, and without any others.
#[must_use]
pub fn is_as_written(folder: &Path, kind: FolderKind) -> bool {
    is_complete(folder, kind) && check(folder, kind).is_ok()
}

/// Whether the folder's list names a file with its current hash.
#[must_use]
pub fn is_unchanged(folder: &Path, kind: FolderKind, name: &str) -> bool {
    let ours = listed(folder, kind).unwrap_or_default();
    is_ours(&ours, name, hash_of(&folder.join(name)).unwrap_or_default())
}

/// Whether all files named in the folder's list exist.
#[must_use]
pub fn is_complete(folder: &Path, kind: FolderKind) -> bool {
    listed(folder, kind).is_some_and(|ours| ours.keys().all(|name| folder.join(name).is_file()))
}

/// Removes our files from `folder`, the list last, and then the folder itself if nothing else is in it. Other
/// files move to `into` if they may; otherwise they stay in the folder, which moves next to `into`, and that
/// place is returned.
///
/// If killed at any step, it can be run again.
pub(super) fn remove_or_keep(
    folder: &Path,
    into: &Path,
    kind: FolderKind,
) -> Result<Option<KeptFiles>, DiskError> {
    let ours = listed(folder, kind).unwrap_or_default();
    let mut others = Vec::new();
    let mut own_list = None;
    for name in files(folder)? {
        let path = folder.join(&name);
        // A file that cannot be read is not known to be ours.
        let is_ours = is_ours(&ours, &name, hash_of(&path).unwrap_or_default());
        if is_ours && name == kind.list {
            own_list = Some(path);
        } else if is_ours || is_litter(folder, &name) || is_note(folder, &name) {
            remove_file(&path)?;
        } else if !move_along(folder, &name, into, kind)? {
            others.push(name);
        }
    }
    if others.is_empty() {
        if let Some(list) = own_list {
            remove_file(&list)?;
        }
        // If anything was added just now, the next run takes care of it.
        remove_folders(folder).map_err(DiskError::io(action::REMOVE, folder))?;
        return Ok(None);
    }
    let kept = keep(folder, into, others)?;
    if own_list.is_some() {
        let _ = system::remove_file(&kept.folder.join(kind.list));
    }
    Ok(Some(kept))
}

fn remove_file(path: &Path) -> Result<(), DiskError> {
    system::remove_file(path).map_err(DiskError::io(action::REMOVE, path))
}

/// Whether `folder` holds users' files that were found when a folder of ours was replaced.
#[must_use]
pub fn is_kept(folder: &Path) -> bool {
    matches!(path_kind(&folder.join(NOTE_NAME)), Ok(PathKind::File)) && is_note(folder, NOTE_NAME)
}

/// Whether it is the note placed with files that are kept, possibly cut short by a kill.
fn is_note(folder: &Path, name: &str) -> bool {
    name == NOTE_NAME && fs::read(folder.join(name)).is_ok_and(|bytes| NOTE.as_bytes().starts_with(&bytes))
}

/// Moves a user's file into the new folder if it may move and its place is free. Returns whether it did.
fn move_along(folder: &Path, name: &str, into: &Path, kind: FolderKind) -> Result<bool, DiskError> {
    if matches!(kind.others, OtherFiles::Refused) || name == kind.list {
        return Ok(false);
    }
    let target = into.join(name);
    let made = target.parent().map_or(Ok(()), system::create_folders);
    match made.and_then(|()| system::move_new(&folder.join(name), &target)) {
        Ok(()) => Ok(true),
        // This is temporary, and the next run moves the file.
        Err(e) if matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
            Err(DiskError::io(action::MOVE_FILE_INTO, into)(e))
        }
        Err(_) => Ok(false),
    }
}

/// Removes a folder and its subfolders, all of which must be empty.
fn remove_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_folders(&entry.path())?;
        }
    }
    system::remove_folder(folder)
}

/// Moves a folder with users' files to where they will find it.
fn keep(folder: &Path, into: &Path, files: Vec<String>) -> Result<KeptFiles, DiskError> {
    let note = folder.join(NOTE_NAME);
    match system::create_new(&note) {
        Ok(file) => system::write(&file, NOTE.as_bytes()).map_err(DiskError::io(action::WRITE, &note))?,
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
        Err(e) => return Err(DiskError::io(action::WRITE, &note)(e)),
    }
    let place = free_place_beside(into)?;
    system::rename(folder, &place).map_err(DiskError::io(action::MOVE, folder))?;
    Ok(KeptFiles { folder: place, files })
}

/// The first of `NAME-kept`, `NAME-kept-2` … that does not exist.
fn free_place_beside(folder: &Path) -> Result<PathBuf, DiskError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut place = folder.with_file_name(format!("{name}-kept"));
    let mut number = 2u64;
    while path_kind(&place)? != PathKind::Nothing {
        place = folder.with_file_name(format!("{name}-kept-{number}"));
        number += 1;
    }
    Ok(place)
}
