//! The bytes and hash of a file or of a member of a zip archive, of any size.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{ReadError, names_a_password};
use super::turn::free_bytes;

/// The largest file that is read, in bytes. A national table with several million rows is about 0.75 GB.
const LARGEST: u64 = 2 << 30;
const CHUNK: usize = 1 << 20;

/// Where a file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// A member of a zip archive, by its name in the archive.
    Member(PathBuf, String),
}

impl Input {
    /// When the file, or the archive of a member, was last changed, in seconds since 1970; `None` if the system does not
    /// say.
    #[must_use]
    pub fn modified(&self) -> Option<u64> {
        let (Self::File(path) | Self::Member(path, _)) = self;
        let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
        modified.duration_since(std::time::UNIX_EPOCH).ok().map(|age| age.as_secs())
    }
}

/// A file's bytes, which can be read more than once.
#[derive(Debug)]
pub(super) struct Content {
    bytes: Bytes,
    size: u64,
    sha256: String,
}

/// Small files are kept in memory; larger text tables are streamed.
#[derive(Debug)]
enum Bytes {
    Held(Vec<u8>),
    Streamed(Input),
}

impl Content {
    /// Reads `input` once to get its hash and size; a small file is kept in memory.
    pub(super) fn open(input: &Input) -> Result<Self, ReadError> {
        let HashedBytes { held, size, hash } =
            input.with_reader(|reader| hash_and_hold(reader, input.size_hint()))??;
        let is_whole = held.len() as u64 == size;
        let bytes = if is_whole { Bytes::Held(held) } else { Bytes::Streamed(input.clone()) };
        Ok(Self { bytes, size, sha256: format!("{:x}", hash.finalize()) })
    }

    #[cfg(test)]
    pub(super) fn of_bytes(bytes: Vec<u8>) -> Self {
        Self { size: bytes.len() as u64, bytes: Bytes::Held(bytes), sha256: String::new() }
    }

    /// SHA-256 in hexadecimal.
    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Size in bytes.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// Calls `work` with the bytes in order, chunk by chunk.
    pub(super) fn each_piece(
        &self,
        mut work: impl FnMut(&[u8]) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        match &self.bytes {
            Bytes::Held(bytes) => work(bytes),
            Bytes::Streamed(input) => input.with_reader(|reader| {
                let mut chunk = vec![0; CHUNK];
                loop {
                    match reader.read(&mut chunk)? {
                        0 => return Ok(()),
                        length => work(&chunk[..length])?,
                    }
                }
            })?,
        }
    }

    /// The first `most` bytes, or all of them.
    pub(super) fn head(&self, most: usize) -> Result<Vec<u8>, ReadError> {
        match &self.bytes {
            Bytes::Held(bytes) => Ok(bytes[..most.min(bytes.len())].to_vec()),
            Bytes::Streamed(input) => input.read_up_to(most as u64, 0),
        }
    }

    /// All bytes at once, for formats that cannot be streamed.
    ///
    /// # Errors
    /// If the file has more than `most` bytes, or cannot be read.
    pub(super) fn whole(&self, most: u64) -> Result<Cow<'_, [u8]>, ReadError> {
        if self.size > most {
            return Err(too_large(&format!("{} MB", most >> 20)));
        }
        match &self.bytes {
            Bytes::Held(bytes) => Ok(bytes.into()),
            Bytes::Streamed(input) => Ok(input.read_up_to(most, self.size as usize)?.into()),
        }
    }
}

/// What is known about a file after it has been read once.
struct HashedBytes {
    /// All bytes of a small file; empty for a larger one.
    held: Vec<u8>,
    size: u64,
    hash: Sha256,
}

fn hash_and_hold(reader: &mut dyn Read, size_hint: usize) -> Result<HashedBytes, ReadError> {
    let most = free_bytes() as u64;
    let mut hash = Sha256::new();
    let mut held = Vec::with_capacity(size_hint);
    let mut size = (&mut *reader).take(most).read_to_end(&mut held)? as u64;
    hash.update(&held);
    let mut chunk = vec![0; if size < most { 0 } else { CHUNK }];
    loop {
        let length = reader.read(&mut chunk)?;
        if length == 0 {
            return Ok(HashedBytes { held, size, hash });
        }
        held = Vec::new();
        size += length as u64;
        if size > LARGEST {
            return Err(too_large("2 GiB"));
        }
        hash.update(&chunk[..length]);
    }
}

impl Input {
    /// Its approximate size in bytes, capped at what may be kept in memory, for allocating at once.
    fn size_hint(&self) -> usize {
        match self {
            Self::File(path) => path.metadata().map_or(0, |m| m.len().min(free_bytes() as u64) as usize + 1),
            Self::Member(..) => 0,
        }
    }

    /// Opens it, and returns the result of `work`.
    fn with_reader<T>(&self, work: impl FnOnce(&mut dyn Read) -> T) -> Result<T, ReadError> {
        match self {
            Self::File(path) => Ok(work(&mut open_file(path)?)),
            Self::Member(path, name) => {
                let mut archive = ZipArchive::new(open_file(path)?).map_err(|e| damaged_archive(&e))?;
                let mut member = archive.by_name(name).map_err(|e| damaged_archive(&e))?;
                Ok(work(&mut member))
            }
        }
    }

    /// Its first `most` bytes, or all of them; allocates `capacity` bytes up front.
    fn read_up_to(&self, most: u64, capacity: usize) -> Result<Vec<u8>, ReadError> {
        self.with_reader(|reader| {
            let mut bytes = Vec::with_capacity(capacity);
            reader.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        })?
    }
}

fn open_file(path: &Path) -> Result<File, ReadError> {
    if is_special(path) {
        return Err(ReadError::new("it is not a file, but a folder, pipe, or device", "name a file"));
    }
    File::open(path).map_err(|e| {
        ReadError::new(
            format!("it cannot be opened ({})", e.kind()),
            "check that it exists and that you have permission to read it",
        )
    })
}

/// Whether it is a folder, pipe or device. Opening a pipe would block until someone writes to it, and a
/// device may never end.
fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| !metadata.is_file())
}

fn damaged_archive(error: &ZipError) -> ReadError {
    let text = error.to_string();
    if names_a_password(&text) {
        return ReadError::new(
            "it is protected by a password",
            "unpack it yourself and name the files as sources",
        );
    }
    ReadError::new(format!("the zip archive is damaged ({text})"), "get a new copy of the file")
}

fn too_large(than: &str) -> ReadError {
    ReadError::new(
        format!("it is larger than {than}"),
        "split it, or save only the sheets and rows that you need",
    )
}
