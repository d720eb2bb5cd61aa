//! Adds new files to a folder that users work in: all of them, or none.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::DiskError;
use super::folder::check_is_folder;
use super::listing::{hash_of, sha256};
use super::lock::Lock;
use super::system::{self, PathKind, path_kind};
use crate::wording::disk::action;

/// One file to add.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// Its path within the folder, with parts separated by `/`.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// A folder to which only this run may add new files. When dropped, it leaves all requested files or none.
#[derive(Debug)]
pub struct NewFiles {
    folder: PathBuf,
    /// The file that appears last. If it exists, all others do.
    last: &'static str,
    partial: PathBuf,
    /// Whether all files are in place.
    done: bool,
    /// What the lock file records.
    noted: Option<LockNote>,
    lock: Option<Lock>,
}

/// What the lock file records before the first file is put in place.
#[derive(Debug, Serialize, Deserialize)]
struct LockNote {
    // The first field, so that the beginning of a file identifies it as a lock file.
    program: String,
    /// The SHA-256 of each file, by name.
    files: BTreeMap<String, String>,
}

impl NewFiles {
    /// Reserves the names of new files in `folder`, which must exist, and removes what a killed run put
    /// there. `last` is the name of the file that appears once all others are in place.
    ///
    /// # Errors
    /// [`DiskError`], above all [`DiskError::Busy`].
    pub fn new(folder: &Path, last: &'static str) -> Result<Self, DiskError> {
        let folder = std::path::absolute(folder).map_err(DiskError::io(action::FIND, folder))?;
        let partial = folder.join(format!(".{last}.partial"));
        let lock_path = folder.join(format!(".{last}.lock"));
        let is_foreign = path_kind(&partial)? != PathKind::Nothing;
        if is_foreign && matches!(path_kind(&lock_path)?, PathKind::Nothing) {
            return Err(DiskError::InTheWay { path: partial });
        }
        let lock = Lock::take(&lock_path, &folder.join(last))?;
        let noted = serde_json::from_slice(&lock.noted()?).ok();
        // If the last file exists, either all files do or users have built on those that exist.
        let has_last = path_kind(&folder.join(last))? != PathKind::Nothing;
        let noted = if has_last { None } else { noted };
        let mut new = Self { folder, last, partial, done: false, noted, lock: Some(lock) };
        new.undo()?;
        new.noted = None;
        Ok(new)
    }

    /// Puts all `files` in place, and then the last one, with the content `last`.
    ///
    /// # Errors
    /// [`DiskError::Taken`] if a name is in use, [`DiskError::NotAFolder`] if a folder is a link or a file,
    /// or [`DiskError::Io`].
    pub fn put(mut self, files: &[NewFile<'_>], last: &[u8]) -> Result<(), DiskError> {
        let last = NewFile { name: self.last, bytes: last };
        let files: Vec<&NewFile<'_>> = files.iter().chain([&last]).collect();
        for file in &files {
            self.check_free(file.name)?;
        }
        system::create_folder(&self.partial).map_err(DiskError::io(action::CREATE_FOLDER, &self.partial))?;
        let mut noted = LockNote { program: "retreat".to_owned(), files: BTreeMap::new() };
        for (number, file) in files.iter().enumerate() {
            let path = self.partial.join(number.to_string());
            write_flushed(&path, file.bytes).map_err(DiskError::io(action::WRITE, &path))?;
            let hash = sha256(file.bytes).map_err(DiskError::io(action::READ, &path))?;
            noted.files.insert(file.name.to_owned(), hash);
        }
        let json =
            serde_json::to_vec(&noted).map_err(|e| DiskError::io(action::WRITE, &self.partial)(e.into()))?;
        if let Some(lock) = &self.lock {
            lock.note(&json)?;
        }
        self.noted = Some(noted);
        for (number, file) in files.iter().enumerate() {
            self.place(&self.partial.join(number.to_string()), file.name)?;
        }
        self.done = true;
        Ok(())
    }

    fn place(&self, from: &Path, name: &str) -> Result<(), DiskError> {
        let to = self.folder.join(name);
        let parent = to.parent().unwrap_or(&self.folder);
        system::create_folders(parent).map_err(DiskError::io(action::CREATE_FOLDER, parent))?;
        check_is_folder(parent)?;
        system::move_new(from, &to).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => DiskError::Taken { path: to.clone(), is_link: false },
            _ => DiskError::io(action::WRITE, &to)(e),
        })?;
        system::flush_folder(parent).map_err(DiskError::io(action::WRITE_TO, parent))
    }

    /// Makes sure that nothing has the name, and that no folder in its path is a link.
    ///
    /// # Errors
    /// [`DiskError::Taken`] or [`DiskError::NotAFolder`].
    pub fn check_free(&self, name: &str) -> Result<(), DiskError> {
        for above in above(name) {
            check_is_folder(&self.folder.join(above))?;
        }
        let path = self.folder.join(name);
        match path_kind(&path)? {
            PathKind::Nothing => Ok(()),
            PathKind::Link => Err(DiskError::Taken { path, is_link: true }),
            PathKind::File | PathKind::Folder => Err(DiskError::Taken { path, is_link: false }),
        }
    }

    /// Removes the files put in place, the last one first, and the one being written.
    fn undo(&self) -> Result<(), DiskError> {
        if let Some(noted) = &self.noted {
            let (last, others): (Vec<_>, Vec<_>) =
                noted.files.iter().partition(|(name, _)| *name == self.last);
            for (name, hash) in last.into_iter().chain(others) {
                self.take_away(name, hash)?;
            }
        }
        match path_kind(&self.partial)? {
            PathKind::Nothing => Ok(()),
            PathKind::File | PathKind::Link => Err(DiskError::InTheWay { path: self.partial.clone() }),
            PathKind::Folder => system::remove_tree(&self.partial)
                .map_err(DiskError::io(action::REMOVE_LEFTOVERS, &self.partial)),
        }
    }

    /// Removes a file put in place if it is unchanged.
    fn take_away(&self, name: &str, hash: &String) -> Result<(), DiskError> {
        let path = self.folder.join(name);
        let is_inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        // A lock file may come with someone else's project, so it is not trusted.
        if !is_inside || above(name).any(|above| check_is_folder(&self.folder.join(above)).is_err()) {
            return Ok(());
        }
        if hash_of(&path).map_err(DiskError::io(action::READ, &path))?.as_ref() == Some(hash) {
            system::remove_file(&path).map_err(DiskError::io(action::REMOVE, &path))?;
        }
        for above in above(name) {
            // It fails for a folder with other files, as intended.
            let _ = system::remove_folder(&self.folder.join(above));
        }
        Ok(())
    }
}

impl Drop for NewFiles {
    fn drop(&mut self) {
        let is_clean =
            if self.done { system::remove_tree(&self.partial).is_ok() } else { self.undo().is_ok() };
        // What cannot be removed now is removed by the next run, which recognizes it by the lock file.
        if let Some(lock) = self.lock.take().filter(|_| is_clean) {
            lock.release();
        }
    }
}

fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = system::create_new(path)?;
    system::write(&file, bytes)?;
    system::flush(&file)
}

/// The folders that contain a file with this name, innermost first.
fn above(name: &str) -> impl Iterator<Item = &Path> {
    Path::new(name).ancestors().skip(1).filter(|path| !path.as_os_str().is_empty())
}
