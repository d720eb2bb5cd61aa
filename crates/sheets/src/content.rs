//! The bytes of one file or of one member of a zip archive, however large, and its hash.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::Refusal;
use super::turn::freely;

/// The largest file that is read. A row for each grade, race and sex of the country's 19,000 districts, as NCES publishes
/// them, makes about 0.75 GB.
const LARGEST: u64 = 2 << 30;
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

/// Files up to this size are held in memory; larger text tables are streamed.
fn held() -> u64 {
    freely() as u64
}

impl Input {
    /// About how many bytes it has, so that they are asked for at once.
    fn size_hint(&self) -> usize {
        match self {
            Self::File(path) => path.metadata().map_or(0, |m| m.len().min(held()) as usize + 1),
            Self::Member(..) => 0,
        }
    }

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
    // Opening a pipe would wait for somebody to write to it, and a device may have no end.
    if path.metadata().is_ok_and(|m| !m.is_file()) {
        return Err(Refusal::new("it is no file, but a folder, pipe or device", "name a file"));
    }
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
        let (mut hash, most) = (Sha256::new(), held());
        let (held, size) = input.open(|reader| {
            let mut held = Vec::with_capacity(input.size_hint());
            let mut size = reader.take(most).read_to_end(&mut held)? as u64;
            hash.update(&held);
            let mut chunk = vec![0; if size < most { 0 } else { CHUNK }];
            loop {
                let n = reader.read(&mut chunk)?;
                if n == 0 {
                    return Ok::<_, Refusal>((held, size));
                }
                held = Vec::new();
                size += n as u64;
                if size > LARGEST {
                    return Err(too_large("2 GiB"));
                }
                hash.update(&chunk[..n]);
            }
        })??;
        let sha256 = format!("{:x}", hash.finalize());
        let bytes = if held.len() as u64 == size { Bytes::Held(held) } else { Bytes::Input(input.clone()) };
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

    /// Hands the bytes, from the first, piece by piece to `work`.
    pub(super) fn each_piece(
        &self,
        mut work: impl FnMut(&[u8]) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        match &self.bytes {
            Bytes::Held(bytes) => work(bytes),
            Bytes::Input(input) => input.open(|reader| {
                let mut chunk = vec![0; CHUNK];
                loop {
                    match reader.read(&mut chunk)? {
                        0 => return Ok(()),
                        n => work(&chunk[..n])?,
                    }
                }
            })?,
        }
    }

    /// The first `most` bytes, or all of them.
    pub(super) fn head(&self, most: usize) -> Result<Vec<u8>, Refusal> {
        match &self.bytes {
            Bytes::Held(bytes) => Ok(bytes[..most.min(bytes.len())].to_vec()),
            Bytes::Input(input) => input.open(|reader| {
                let mut head = Vec::new();
                reader.take(most as u64).read_to_end(&mut head)?;
                Ok(head)
            })?,
        }
    }

    /// All bytes at once, for formats that cannot be streamed: not more than `most`.
    pub(super) fn whole(&self, most: u64) -> Result<std::borrow::Cow<'_, [u8]>, Refusal> {
        if self.size > most {
            return Err(too_large(&format!("{} MB", most >> 20)));
        }
        match &self.bytes {
            Bytes::Held(bytes) => Ok(bytes.into()),
            Bytes::Input(input) => input.open(|reader| {
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
