//! A folder that appears completely or not at all, and can replace an older one of ours.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::DiskError;
use super::listing::{self, FolderKind, KeptFiles, OtherFiles};
use super::lock::Lock;
use super::system::{self, PathKind, path_kind};
use crate::wording::disk::action;

/// A folder that only this run may replace. If dropped before [`Reserved::commit`], everything is left as it
/// was.
#[derive(Debug)]
pub struct Reserved {
    names: SwapPaths,
    kind: FolderKind,
    kept: Vec<KeptFiles>,
    /// The parent folders that had to be created, innermost last.
    made: Vec<PathBuf>,
    /// Whether this run has created the partial folder and it still exists.
    has_partial: bool,
    lock: Option<Lock>,
}

/// The paths involved in a swap, all absolute.
#[derive(Debug)]
struct SwapPaths {
    folder: PathBuf,
    partial: PathBuf,
    old: PathBuf,
    lock: PathBuf,
}

impl SwapPaths {
    fn of(folder: &Path) -> Result<Self, DiskError> {
        let path = std::path::absolute(folder).map_err(DiskError::io(action::FIND, folder))?;
        let Some(name) = path.file_name() else {
            return Err(DiskError::NoName { folder: folder.to_owned() });
        };
        let name = name.to_string_lossy();
        Ok(Self {
            partial: path.with_file_name(format!(".{name}.partial")),
            old: path.with_file_name(format!(".{name}.old")),
            lock: path.with_file_name(format!(".{name}.lock")),
            folder: path.clone(),
        })
    }
}

impl Reserved {
    /// Reserves `folder` for this run, repairs what a killed run left there, and makes sure that it may be
    /// replaced: it is absent, empty, or one of ours in which nobody has worked.
    ///
    /// # Errors
    /// [`DiskError`], above all [`DiskError::Foreign`], [`DiskError::Edited`] and [`DiskError::Busy`].
    pub fn new(folder: &Path, kind: FolderKind) -> Result<Self, DiskError> {
        let names = SwapPaths::of(folder)?;
        check_is_folder(&names.folder)?;
        let made = make_parents(&names.folder)?;
        let mut kept = Vec::new();
        // Checked before the lock file is, because an active run removes its lock file last.
        let is_foreign = matches!(path_kind(&names.partial)?, PathKind::Folder);
        if is_foreign && matches!(path_kind(&names.lock)?, PathKind::Nothing) {
            let nothing_moves = FolderKind { others: OtherFiles::Refused, ..kind };
            kept.extend(listing::remove_or_keep(&names.partial, &names.folder, nothing_moves)?);
        }
        let lock = Lock::take(&names.lock, &names.folder)?;
        let mut reserved = Self { names, kind, kept, made, has_partial: false, lock: Some(lock) };
        reserved.recover()?;
        check_is_folder(&reserved.names.folder)?;
        if reserved.names.folder.is_dir() {
            listing::check(&reserved.names.folder, kind).map_err(|e| as_named(e, folder))?;
        }
        let partial = &reserved.names.partial;
        system::create_folder(partial).map_err(DiskError::io(action::CREATE_FOLDER, partial))?;
        reserved.has_partial = true;
        Ok(reserved)
    }

    /// The folder to be replaced, as an absolute path.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.names.folder
    }

    /// The folder being filled.
    #[must_use]
    pub fn partial(&self) -> &Path {
        &self.names.partial
    }

    /// Writes one file of the new folder, given its name in that folder; `write` receives the empty file.
    ///
    /// # Errors
    /// Those of `write`, and [`DiskError::Io`].
    pub fn put<T, E: From<DiskError>>(
        &self,
        name: &str,
        write: impl FnOnce(&File) -> Result<T, E>,
    ) -> Result<T, E> {
        let path = self.names.partial.join(name);
        if let Some(parent) = path.parent() {
            system::create_folders(parent).map_err(DiskError::io(action::CREATE_FOLDER, parent))?;
        }
        let file = system::create_new(&path).map_err(DiskError::io(action::CREATE_FILE, &path))?;
        let value = write(&file)?;
        system::flush(&file).map_err(DiskError::io(action::WRITE, &path))?;
        Ok(value)
    }

    /// Removes a file of the new folder again.
    ///
    /// # Errors
    /// [`DiskError::Io`].
    pub fn discard(&self, name: &str) -> Result<(), DiskError> {
        let path = self.names.partial.join(name);
        system::remove_file(&path).map_err(DiskError::io(action::REMOVE, &path))
    }

    /// Moves the new folder into the place of the old one. Returns the users' files that were found in what
    /// was removed.
    ///
    /// # Errors
    /// [`DiskError`]; the old folder is then back in its place.
    pub fn commit(mut self) -> Result<Vec<KeptFiles>, DiskError> {
        let SwapPaths { folder, partial, old, .. } = &self.names;
        flush_folders(partial)?;
        check_is_folder(folder)?;
        let is_old = matches!(path_kind(folder)?, PathKind::Folder);
        if is_old {
            system::rename(folder, old).map_err(DiskError::io(action::MOVE_ASIDE, folder))?;
        }
        if let Err(error) = system::rename(partial, folder) {
            if is_old {
                system::rename(old, folder).map_err(DiskError::io(action::PUT_BACK, folder))?;
            }
            return Err(DiskError::io(action::PUT_IN_PLACE, folder)(error));
        }
        self.has_partial = false;
        if let Some(parent) = folder.parent() {
            // The new folder is in place; a failure here would only show after a power failure.
            let _ = system::flush_folder(parent);
        }
        let mut kept = std::mem::take(&mut self.kept);
        if is_old {
            // What cannot be removed now is removed by the next run.
            kept.extend(listing::remove_or_keep(old, folder, self.kind).ok().flatten());
        }
        Ok(kept)
    }

    /// Whether the run before this one was killed.
    fn was_killed(&self) -> bool {
        self.lock.as_ref().is_some_and(|lock| lock.is_stale)
    }

    /// Repairs what a killed run left.
    fn recover(&mut self) -> Result<(), DiskError> {
        let SwapPaths { folder, partial, old, .. } = &self.names;
        let partial_is = path_kind(partial)?;
        match path_kind(old)? {
            PathKind::Nothing => {}
            PathKind::File | PathKind::Link => return Err(in_the_way(old)),
            PathKind::Folder => {
                // Was it killed between the two moves, or while removing the old folder, and has someone
                // removed the new one since?
                let between = partial_is == PathKind::Folder || listing::is_complete(old, self.kind);
                if path_kind(folder)? == PathKind::Nothing && between {
                    system::rename(old, folder).map_err(DiskError::io(action::PUT_BACK, folder))?;
                } else {
                    self.kept.extend(listing::remove_or_keep(old, folder, self.kind)?);
                }
            }
        }
        match partial_is {
            PathKind::Nothing => Ok(()),
            PathKind::File | PathKind::Link => Err(in_the_way(partial)),
            // It appeared just now, and this run did not create it.
            PathKind::Folder if !self.was_killed() => Err(in_the_way(partial)),
            PathKind::Folder => {
                system::remove_tree(partial).map_err(DiskError::io(action::REMOVE_LEFTOVERS, partial))
            }
        }
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        let SwapPaths { folder, partial, .. } = &self.names;
        // What cannot be removed now is removed by the next run, which recognizes it by the lock file.
        let is_clean = if self.has_partial {
            system::remove_tree(partial).is_ok()
        } else {
            !self.was_killed() || path_kind(partial).is_ok_and(|there| there == PathKind::Nothing)
        };
        if let Some(lock) = self.lock.take().filter(|_| is_clean) {
            lock.release();
        }
        if path_kind(folder).is_ok_and(|there| there == PathKind::Nothing) {
            for made in self.made.iter().rev() {
                // If someone is using it by now, it stays.
                let _ = system::remove_folder(made);
            }
        }
    }
}

fn in_the_way(path: &Path) -> DiskError {
    DiskError::InTheWay { path: path.to_owned() }
}

/// Makes sure that `folder` is an actual folder, or absent.
///
/// # Errors
/// [`DiskError::NotAFolder`] for a file or a link, dangling or not, or [`DiskError::Io`].
pub fn check_is_folder(folder: &Path) -> Result<(), DiskError> {
    match path_kind(folder)? {
        PathKind::Folder | PathKind::Nothing => Ok(()),
        PathKind::File => Err(DiskError::NotAFolder { path: folder.to_owned(), is_link: false }),
        PathKind::Link => Err(DiskError::NotAFolder { path: folder.to_owned(), is_link: true }),
    }
}

/// Creates the parent folders of `folder`, and returns those that did not exist.
fn make_parents(folder: &Path) -> Result<Vec<PathBuf>, DiskError> {
    let Some(parent) = folder.parent() else { return Ok(Vec::new()) };
    let mut missing: Vec<PathBuf> =
        parent.ancestors().take_while(|above| !above.exists()).map(Path::to_owned).collect();
    missing.reverse();
    system::create_folders(parent).map_err(DiskError::io(action::CREATE_FOLDER, parent))?;
    Ok(missing)
}

/// Flushes the names of the files in a folder and its subfolders.
fn flush_folders(folder: &Path) -> Result<(), DiskError> {
    for subfolder in subfolders(folder).map_err(DiskError::io(action::WRITE, folder))? {
        flush_folders(&subfolder)?;
    }
    system::flush_folder(folder).map_err(DiskError::io(action::WRITE, folder))
}

/// The subfolders of a folder; links are not followed.
fn subfolders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut subfolders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            subfolders.push(entry.path());
        }
    }
    Ok(subfolders)
}

/// The error, with the folder as the user named it.
fn as_named(error: DiskError, named: &Path) -> DiskError {
    match error {
        DiskError::Foreign { .. } => DiskError::Foreign { folder: named.to_owned() },
        DiskError::Edited { files, .. } => DiskError::Edited { folder: named.to_owned(), files },
        other => other,
    }
}
