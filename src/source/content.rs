//! The bytes of one file or of one member of a zip archive, however large, and its hash.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::Refusal;

/// The largest file that is read. Larger ones are refused: no district's spreadsheet comes near it.
const LARGEST: u64 = 1 << 30;
/// Files up to this size are held in memory; larger text tables are streamed.
const HELD: u64 = 64 << 20;
const CHUNK: usize = 1 << 20;

/// Where a file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// A member of a zip archive, by its name there.
    Member(PathBuf, String),
}

/// A file's bytes, ready to be read several times.
#[derive(Debug)]
pub(super) struct Content {
    bytes: Bytes,
    size: u64,
    sha256: String,
}

#[derive(Debug)]
enum Bytes {
    Held(Vec<u8>),
    Input(Input),
}

impl Input {
    fn open<T>(&self, work: impl FnOnce(&mut dyn Read) -> T) -> Result<T, Refusal> {
        match self {
            Self::File(path) => Ok(work(&mut file(path)?)),
            Self::Member(path, name) => {
                let mut archive = ZipArchive::new(file(path)?).map_err(|e| damaged(&e))?;
                let mut member = archive.by_name(name).map_err(|e| damaged(&e))?;
                Ok(work(&mut member))
            }
        }
    }
}

fn file(path: &Path) -> Result<File, Refusal> {
    File::open(path).map_err(|e| {
        Refusal::new(
            format!("it cannot be opened ({})", e.kind()),
            "check that it exists and that you may read it",
        )
    })
}

fn damaged(error: &zip::result::ZipError) -> Refusal {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        return Refusal::new(
            "it is protected by a password",
            "unpack it yourself and name the files as sources",
        );
    }
    Refusal::new(format!("the zip archive is damaged ({text})"), "get the file again from where it came")
}

impl Content {
    /// Reads `input` once, to know its hash and size; small files are kept.
    pub(super) fn open(input: &Input) -> Result<Self, Refusal> {
        let mut hash = Sha256::new();
        let mut held = Vec::new();
        let size = input.open(|reader| {
            let mut size = 0;
            let mut chunk = vec![0; CHUNK];
            loop {
                let n = reader.read(&mut chunk)?;
                if n == 0 {
                    return Ok::<u64, Refusal>(size);
                }
                size += n as u64;
                if size > LARGEST {
                    return Err(too_large("1 GiB"));
                }
                hash.update(&chunk[..n]);
                if size <= HELD {
                    held.extend_from_slice(&chunk[..n]);
                } else {
                    held = Vec::new();
                }
            }
        })??;
        let sha256 = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let bytes = if size <= HELD { Bytes::Held(held) } else { Bytes::Input(input.clone()) };
        Ok(Self { bytes, size, sha256 })
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

    /// Hands the bytes, from the first, to `work`.
    pub(super) fn read<T>(&self, work: impl FnOnce(&mut dyn Read) -> T) -> Result<T, Refusal> {
        match &self.bytes {
            Bytes::Held(bytes) => Ok(work(&mut Cursor::new(bytes))),
            Bytes::Input(input) => input.open(work),
        }
    }

    /// The first `most` bytes, or all of them.
    pub(super) fn head(&self, most: usize) -> Result<Vec<u8>, Refusal> {
        if let Bytes::Held(bytes) = &self.bytes {
            return Ok(bytes[..most.min(bytes.len())].to_vec());
        }
        self.read(|reader| {
            let mut head = Vec::new();
            reader.take(most as u64).read_to_end(&mut head)?;
            Ok(head)
        })?
    }

    /// All bytes at once, for formats that cannot be streamed: not more than `most`.
    pub(super) fn whole(&self, most: u64) -> Result<std::borrow::Cow<'_, [u8]>, Refusal> {
        if self.size > most {
            return Err(too_large(&format!("{} MB", most >> 20)));
        }
        match &self.bytes {
            Bytes::Held(bytes) => Ok(bytes.into()),
            Bytes::Input(_) => self.read(|reader| {
                let mut all = Vec::with_capacity(self.size as usize);
                reader.take(most).read_to_end(&mut all)?;
                Ok(all.into())
            })?,
        }
    }
}

fn too_large(than: &str) -> Refusal {
    Refusal::new(
        format!("it is larger than {than}"),
        "split it, or save only the sheets and rows that are needed",
    )
}
