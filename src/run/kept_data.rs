//! What was read and estimated, and what must be withheld of it, kept between runs: unchanged files are then neither combined
//! nor estimated again.
//!
//! It depends on the files, the catalog, the project's settings, and the program alone, and all of these are part of the entry's
//! name. What an earlier pack makes necessary is decided in each run.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache::{Cache, hash};
use super::estimated::Estimated;
use super::output::Output;
use super::source_files::files_of_source;
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::EncodedDecision;
use crate::measure::Estimates;
use crate::observation::{Frame, Revision};
use crate::project::Project;
use sheets::FoundFile;

/// The first bytes of each entry.
const MAGIC: &[u8; 8] = b"retreat2";
/// The length of the checksum at the end, in bytes.
const CHECKSUM: usize = 4;

/// The entry for a project's data as its files are now.
pub(super) struct KeptData {
    key: String,
    /// The hashes of the files.
    hashes: Vec<String>,
}

/// The data without its frame.
#[derive(Serialize, Deserialize)]
struct EncodedData {
    sources: Vec<SourceRead>,
    revisions: Vec<Revision>,
    observations: u64,
    decision: EncodedDecision,
    /// With the text by which problems of the same kind are combined.
    diagnostics: Vec<(Diagnostic, String)>,
    /// The length of the frame's words in bytes; its columns follow them.
    words: usize,
}

impl KeptData {
    /// The entry of a project; `None` if a file cannot be read.
    pub(super) fn of(project: &Project, cache: &Cache) -> Option<Self> {
        let (catalog, file, notices) = (&project.catalog, &project.file, &project.notices);
        let mut parts = vec![format!("{catalog:?}"), format!("{file:?}"), format!("{notices:?}")];
        let mut problems = Vec::new();
        let mut files = Vec::new();
        let output = Output::of(project);
        for source in &project.sources {
            parts.push(source.fingerprint.to_string());
            for found in files_of_source(project, source, &output, &mut problems) {
                parts.push(found.shown.clone());
                files.push(found);
            }
        }
        if let Some(path) = &project.file.districts.crosswalk {
            files.extend(sheets::find(&project.folder, path, &|folder| output.is(folder)).value);
        }
        parts.push(format!("{problems:?}"));
        let hashes: Vec<String> = files.par_iter().map(hash_of).collect::<Option<_>>()?;
        let texts: Vec<&str> = parts.iter().chain(&hashes).map(String::as_str).collect();
        Some(Self { key: cache.key_of(&hash(&texts)), hashes })
    }

    /// The hash of all that the data depends on.
    pub(super) fn into_inputs(self) -> String {
        self.key
    }

    /// What an earlier run kept; `None` if there is nothing, or it is damaged.
    pub(super) fn load(&self, cache: &Cache) -> Option<Estimated> {
        decode(&cache.load_bytes(&self.key)?)
    }

    /// Keeps the data, unless a file has changed since its hash was computed.
    pub(super) fn store(&self, cache: &Cache, data: &Estimated) {
        let read: Vec<&String> = data.sources.iter().filter_map(|source| source.sha256.as_ref()).collect();
        let is_same = read.len() == data.sources.len() && read.iter().all(|hash| self.hashes.contains(hash));
        if let Some(bytes) = encode(data).filter(|_| is_same) {
            cache.store_bytes(&self.key, &bytes);
        }
    }
}

/// The hash of a file's content; `None` if it cannot be read.
fn hash_of(found: &FoundFile) -> Option<String> {
    Some(sheets::open(&found.input, &found.shown).ok()?.sha256().to_owned())
}

fn encode(data: &Estimated) -> Option<Vec<u8>> {
    let frame = data.estimates.to_bytes()?;
    let diagnostics = data.diagnostics.iter().map(|problem| (problem.clone(), problem.like.clone()));
    let encoded = EncodedData {
        sources: data.sources.clone(),
        revisions: data.revisions.clone(),
        observations: data.observations,
        decision: EncodedDecision::new(&data.decision),
        diagnostics: diagnostics.collect(),
        words: frame.words.len(),
    };
    let json = serde_json::to_vec(&encoded).ok()?;
    let length = frame.columns.iter().map(Vec::len).sum::<usize>() + frame.words.len() + json.len();
    let mut bytes = Vec::with_capacity(MAGIC.len() + size_of::<u64>() + length + CHECKSUM);
    bytes.extend(MAGIC);
    bytes.extend((json.len() as u64).to_le_bytes());
    bytes.extend(json);
    bytes.extend(frame.words);
    for column in &frame.columns {
        bytes.extend_from_slice(column);
    }
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    Some(bytes)
}

fn decode(bytes: &[u8]) -> Option<Estimated> {
    let (bytes, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    if crc32fast::hash(bytes).to_le_bytes() != checksum {
        return None;
    }
    let (length, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(size_of::<u64>())?;
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    let (json, rest) = rest.split_at_checked(length)?;
    let encoded: EncodedData = serde_json::from_slice(json).ok()?;
    let (words, columns) = rest.split_at_checked(encoded.words)?;
    let frame = Frame::from_bytes(words, columns)?;
    let decision = encoded.decision.decision(&frame)?;
    let problems = encoded.diagnostics.into_iter();
    Some(Estimated {
        estimates: Estimates::kept(frame),
        decision,
        sources: encoded.sources,
        revisions: encoded.revisions,
        observations: encoded.observations,
        diagnostics: problems.map(|(problem, like)| Diagnostic { like, ..problem }).collect(),
    })
}
