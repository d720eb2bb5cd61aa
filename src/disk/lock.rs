//! The lock file: shows who is writing at the moment, and whether an earlier run was killed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use super::DiskError;
use super::system::{self, PathKind, path_kind};
use crate::wording::disk::action;

/// How the content of a lock file begins, unless it is empty.
pub(super) const BEGINS: &[u8] = b"{\"program\":\"retreat\",";

/// A lock file held by this run. If dropped without [`Lock::release`], the file stays, as after a kill, and
/// shows that there is still something to repair.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    /// Whether the file already existed, which means that an earlier run was killed.
    pub(super) is_stale: bool,
}

impl Lock {
    /// Takes the lock for writing `wanted`.
    pub(super) fn take(path: &Path, wanted: &Path) -> Result<Self, DiskError> {
        // A finished run removes the file, so a file just opened may already be deleted.
        const TRIES: usize = 20;
        for _ in 0..TRIES {
            let (file, is_stale) = match system::create_new(path) {
                Ok(file) => (file, false),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => match reopen(path)? {
                    Some(file) => (file, true),
                    None => continue,
                },
                Err(e) => return Err(DiskError::io(action::CREATE_FILE, path)(e)),
            };
            // If the file system does not support locks, users must avoid running two at once.
            if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
                break;
            }
            if is_at(&file, path) {
                let lock = Self { path: path.to_owned(), file, is_stale };
                return lock.flushed();
            }
        }
        Err(DiskError::Busy { path: wanted.to_owned() })
    }

    /// The lock, once its file will survive a power failure. A file that it created and cannot keep is
    /// removed.
    fn flushed(self) -> Result<Self, DiskError> {
        let parent = self.path.parent().unwrap_or(&self.path);
        match system::flush_folder(parent).map_err(DiskError::io(action::WRITE_TO, parent)) {
            Ok(()) => Ok(self),
            Err(error) => {
                if !self.is_stale {
                    self.release();
                }
                Err(error)
            }
        }
    }

    /// Records what is about to be done, replacing what a killed run recorded.
    pub(super) fn note(&self, bytes: &[u8]) -> Result<(), DiskError> {
        let written = system::truncate(&self.file).and_then(|()| system::write(&self.file, bytes));
        written.and_then(|()| system::flush(&self.file)).map_err(DiskError::io(action::WRITE, &self.path))
    }

    /// What a killed run recorded; empty if it recorded nothing.
    pub(super) fn noted(&self) -> Result<Vec<u8>, DiskError> {
        let (mut file, mut bytes) = (&self.file, Vec::new());
        // A file created by this run cannot be read, and is empty.
        if self.is_stale {
            let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
            read.map_err(DiskError::io(action::READ, &self.path))?;
        }
        Ok(bytes)
    }

    /// Removes the file, then gives up the lock, so nobody can take it in between.
    pub(super) fn release(self) {
        // If it stays, the next run takes it.
        let _ = system::remove_file(&self.path);
    }
}

/// Opens an existing lock file; `None` if it has been removed in the meantime.
fn reopen(path: &Path) -> Result<Option<File>, DiskError> {
    match path_kind(path)? {
        PathKind::Nothing => return Ok(None),
        PathKind::File => {}
        PathKind::Folder | PathKind::Link => return Err(DiskError::InTheWay { path: path.to_owned() }),
    }
    let mut file = match OpenOptions::new().read(true).append(true).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(DiskError::io(action::OPEN, path)(e)),
    };
    let mut begin = Vec::new();
    let read = Read::by_ref(&mut file).take(BEGINS.len() as u64).read_to_end(&mut begin);
    read.map_err(DiskError::io(action::READ, path))?;
    // A kill may have cut it short.
    if BEGINS.starts_with(&begin) {
        Ok(Some(file))
    } else {
        Err(DiskError::InTheWay { path: path.to_owned() })
    }
}

/// Whether the open file is still the one at `path`.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(same_file::Handle::from_file);
    open.and_then(|open| Ok(open == same_file::Handle::from_path(path)?)).unwrap_or(false)
}
