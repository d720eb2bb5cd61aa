//! A folder for what other programs write while they work for us.

use std::io;
use std::path::{Path, PathBuf};

use super::system;

/// How many names are tried before giving up.
const NAMES: u32 = 1_000;

/// A new folder in the system's folder for temporary files; removed with everything in it when dropped.
#[derive(Debug)]
pub struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// A new folder that is empty.
    ///
    /// # Errors
    /// Any file system error.
    pub fn new() -> io::Result<Self> {
        let parent = std::env::temp_dir();
        let process = std::process::id();
        for number in 0..NAMES {
            let path = parent.join(format!("retreat-{process}-{number}"));
            match system::create_folder(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = system::remove_tree(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::Temporary;

    #[test]
    fn it_goes_with_everything_in_it() {
        let folder = Temporary::new().unwrap();
        let path = folder.path().to_owned();
        assert_ne!(Temporary::new().unwrap().path(), path);
        std::fs::create_dir(path.join("inner")).unwrap();
        std::fs::write(path.join("inner/file"), "x").unwrap();
        drop(folder);
        assert!(!path.exists());
    }
}
