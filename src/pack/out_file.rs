//! One file of the pack: its name, and how to write it.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::error::PackError;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WrittenFile {
    /// Name inside the pack, parts separated by `/`.
    pub name: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

type Body<'a> = Box<dyn Fn(&mut dyn Write) -> Result<(), Box<dyn Error + Send + Sync>> + Send + Sync + 'a>;

/// A file to write.
pub(super) struct OutFile<'a> {
    pub(super) name: String,
    body: Body<'a>,
}

impl<'a> OutFile<'a> {
    /// A file whose content is streamed by `body`.
    pub(super) fn new<F>(name: impl Into<String>, body: F) -> Self
    where
        F: Fn(&mut dyn Write) -> Result<(), Box<dyn Error + Send + Sync>> + Send + Sync + 'a,
    {
        Self { name: name.into(), body: Box::new(body) }
    }

    /// A file whose content is in memory.
    pub(super) fn bytes(name: impl Into<String>, bytes: &'a [u8]) -> Self {
        Self::new(name, move |out| Ok(out.write_all(bytes)?))
    }

    /// Writes the content to `out`, and counts and hashes its bytes.
    pub(super) fn write_to(&self, out: impl Write) -> Result<WrittenFile, PackError> {
        let mut out = Hashed { inner: io::BufWriter::new(out), hash: Sha256::new(), bytes: 0, failed: None };
        if let Err(source) = (self.body)(&mut out) {
            // What wraps an error of the disk often hides that it is one.
            return Err(
                self.error(out.failed.map_or(source, |code| io::Error::from_raw_os_error(code).into()))
            );
        }
        out.flush().map_err(|error| self.error(error.into()))?;
        Ok(WrittenFile {
            name: self.name.clone(),
            bytes: out.bytes,
            sha256: format!("{:x}", out.hash.finalize()),
        })
    }

    fn error(&self, source: Box<dyn Error + Send + Sync>) -> PackError {
        PackError::File { name: self.name.clone(), source }
    }
}

struct Hashed<W: Write> {
    inner: io::BufWriter<W>,
    hash: Sha256,
    bytes: u64,
    /// The system's code for why the target could not be written to, if it could not.
    failed: Option<i32>,
}

impl<W: Write> Hashed<W> {
    /// Remembers an error of the system.
    fn noted<T>(&mut self, written: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &written {
            self.failed = error.raw_os_error().or(self.failed);
        }
        written
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes);
        let n = self.noted(written)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.inner.flush();
        self.noted(flushed)
    }
}

/// Ids come from catalogs, which a project may extend: no id may lead out of the folder or hide another file.
pub(super) fn check_names(files: &[OutFile<'_>]) -> Result<(), PackError> {
    let mut seen = BTreeSet::new();
    for OutFile { name, .. } in files {
        if !name.split('/').all(is_plain) {
            return Err(PackError::Name { name: name.clone() });
        }
        // Windows and macOS treat `A.svg` and `a.svg` as one file.
        if !seen.insert(name.to_lowercase()) {
            return Err(PackError::Twice { name: name.clone() });
        }
    }
    Ok(())
}

fn is_plain(part: &str) -> bool {
    part.chars().all(is_plain_char) && !part.starts_with('.') && !part.ends_with('.') && !part.is_empty()
}

fn is_plain_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::{OutFile, check_names};
    use crate::disk::sha256;
    use crate::pack::PackError;

    fn check(names: &[&str]) -> Result<(), PackError> {
        check_names(&names.iter().map(|n| OutFile::bytes(*n, b"")).collect::<Vec<_>>())
    }

    #[test]
    fn names_stay_inside_the_folder_and_apart() {
        check(&["charts/finance/fund-balance.svg", "charts/finance/fund-balance.png"]).unwrap();
        for bad in ["../x", "a//b", "/etc/x", "a/.b", "a\\b", "c:x", "a/", "a b", ""] {
            assert!(matches!(check(&[bad]), Err(PackError::Name { .. })), "{bad}");
        }
        assert!(matches!(check(&["a.svg", "A.svg"]), Err(PackError::Twice { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_full_disk_is_known_whatever_wraps_its_error() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let file = OutFile::new("x", |out| {
            let written = out.write_all(&[0; 100_000]);
            Ok(written.map_err(|error| format!("a text: {error}"))?)
        });
        let error = file.write_to(full).unwrap_err();
        assert!(error.is_of_disk() && error.to_string().contains("No space left"), "{error}");
        let other = OutFile::new("x", |_| Err("a text".into())).write_to(Vec::new()).unwrap_err();
        assert!(!other.is_of_disk());
    }

    #[test]
    fn written_bytes_are_counted_and_hashed() {
        let mut out = Vec::new();
        let written = OutFile::bytes("x", b"abc").write_to(&mut out).unwrap();
        assert_eq!((out.as_slice(), written.bytes), (b"abc".as_slice(), 3));
        assert_eq!(written.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sha256(&b"abc"[..]).unwrap(), written.sha256);
    }
}
