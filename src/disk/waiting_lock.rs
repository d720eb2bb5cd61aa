//! A file for which runs wait, so that only one of them at a time does what all of them need.

use std::fs::{File, OpenOptions};
use std::path::Path;

use super::system::{self, PathKind, path_kind};

/// The lock of this run; given up when dropped.
#[derive(Debug)]
pub struct WaitingLock {
    /// Held as long as it is open.
    _file: File,
}

impl WaitingLock {
    /// Waits for the file `name` in a folder, which is created if it is absent; the file stays there. `None` if the folder is a
    /// link or cannot be written to, or if its file system supports no locks: then nobody waits, and the same work is done more
    /// than once.
    #[must_use]
    pub fn take(folder: &Path, name: &str) -> Option<Self> {
        if is_link(folder) || folder.parent().is_some_and(is_link) {
            return None;
        }
        system::create_folders(folder).ok()?;
        let path = folder.join(name);
        let file = match system::create_new(&path) {
            Ok(file) => file,
            Err(_) if path_kind(&path).is_ok_and(|kind| kind == PathKind::File) => {
                OpenOptions::new().read(true).append(true).open(&path).ok()?
            }
            Err(_) => return None,
        };
        file.lock().ok()?;
        Some(Self { _file: file })
    }
}

fn is_link(path: &Path) -> bool {
    path_kind(path).is_ok_and(|kind| kind == PathKind::Link)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::WaitingLock;

    #[test]
    fn one_holder_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("a/b");
        let (inside, most) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let lock = WaitingLock::take(&cache, "lock");
                    assert!(lock.is_some());
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
        assert!(WaitingLock::take(&cache, "lock").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path(), &link).unwrap();
        assert!(WaitingLock::take(&link, "lock").is_none());
        assert!(!folder.path().join("lock").exists());
    }
}
