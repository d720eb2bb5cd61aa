//! What was read and estimated, and what must be withheld of it, kept between runs: unchanged files are then neither combined
//! nor estimated again.
//!
//! It depends on the files, the catalog, the project's settings, and the program alone, and all of these are part of the entry's
//! name. What an earlier pack makes necessary has an entry of its own.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache::{Cache, hash};
use super::district_entries::DistrictEntries;
use super::estimated::Estimated;
use super::kept_pictures;
use super::output::Output;
use super::source_files::files_of_source;
use super::verdicts;
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::EncodedDecision;
use crate::domain::SchoolScope;
use crate::measure::Estimates;
use crate::observation::{Frame, Revision, Sealed, Sign, seal, unseal};
use crate::project::Project;
use sheets::FoundFile;

/// The first bytes of each entry.
const SIGN: &Sign = b"retreat2";
/// Data of more rows is not kept: its bytes would not fit into memory beside it. All of Texas has about five million.
const MOST_ROWS: usize = 6_000_000;

/// The entry for a project's data as its files are now.
pub(super) struct KeptData {
    key: String,
    /// The hashes of the sources' files.
    hashes: BTreeSet<String>,
    /// The entries of the files' readings.
    readings: Vec<String>,
}

/// A file of a source.
struct NamedFile<'p> {
    found: FoundFile,
    /// The fingerprint of its layout; `None` for a crosswalk.
    layout: Option<&'p str>,
    /// Of which districts its single schools are kept.
    schools: &'p SchoolScope,
}

/// A file as it is now.
struct HashedFile {
    sha256: String,
    /// The entry of its reading.
    reading: Option<String>,
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
        let schools = &project.schools;
        let mut parts =
            vec![format!("{catalog:?}"), format!("{file:?}"), format!("{notices:?}"), format!("{schools:?}")];
        let mut problems = Vec::new();
        let mut files = Vec::new();
        let output = Output::of(project);
        for source in &project.sources {
            parts.push(source.fingerprint.to_string());
            for found in files_of_source(project, source, &output, &mut problems) {
                parts.push(found.shown.clone());
                let schools = source.schools(&project.schools);
                files.push(NamedFile { found, layout: Some(&*source.fingerprint), schools });
            }
        }
        let crosswalks = [&project.file.districts.crosswalk, &project.file.schools.crosswalk];
        for path in crosswalks.into_iter().flatten() {
            let found = sheets::find(&project.folder, path, &|folder| output.is(folder)).value;
            files.extend(found.into_iter().map(|found| NamedFile {
                found,
                layout: None,
                schools: &SchoolScope::None,
            }));
        }
        parts.push(format!("{problems:?}"));
        let hashed: Vec<HashedFile> =
            files.par_iter().map(|file| file.hashed(cache)).collect::<Option<_>>()?;
        let hashes = hashed.iter().map(|file| &file.sha256);
        let texts: Vec<&str> = parts.iter().chain(hashes).map(String::as_str).collect();
        let key = cache.key_of(&hash(&texts));
        let mut kept = Self { key, hashes: BTreeSet::new(), readings: Vec::new() };
        for HashedFile { sha256, reading } in hashed {
            if let Some(reading) = reading {
                kept.hashes.insert(sha256);
                kept.readings.push(reading);
            }
        }
        Some(kept)
    }

    /// The hash of all that the data depends on.
    pub(super) fn into_inputs(self) -> String {
        self.key
    }

    /// Whether an earlier run kept anything.
    pub(super) fn is_stored(&self, cache: &Cache) -> bool {
        cache.has(&self.key)
    }

    /// What an earlier run kept; `None` if there is nothing, or it is damaged.
    pub(super) fn load(&self, cache: &Cache) -> Option<Estimated> {
        let estimated = decode(&cache.load_bytes(&self.key)?)?;
        self.readings.iter().for_each(|reading| cache.mark_used(reading));
        cache.mark_used(&self.key);
        Some(estimated)
    }

    /// Keeps the pictures, what audits found of the same data, and its districts, when the cache is closed.
    pub(super) fn keep_what_follows(&self, cache: &Cache) {
        cache.mark_used(&kept_pictures::key_of(cache));
        cache.mark_used(&verdicts::key_of(cache, &self.key));
        DistrictEntries::mark_used(cache, &self.key);
    }

    /// Keeps the data, unless other files were read than those whose hashes were computed: one may have changed in between, or
    /// was left out because the project holds too much.
    pub(super) fn store(&self, cache: &Cache, data: &Estimated) {
        let read: BTreeSet<&String> =
            data.sources.iter().filter_map(|source| source.sha256.as_ref()).collect();
        let is_same = read.into_iter().eq(&self.hashes);
        if !is_same || data.estimates.len() > MOST_ROWS {
            return;
        }
        if let Some(bytes) = encode(data) {
            cache.store_bytes(&self.key, &bytes);
        }
    }
}

impl NamedFile<'_> {
    /// The file as it is now; `None` if it cannot be read.
    fn hashed(&self, cache: &Cache) -> Option<HashedFile> {
        let FoundFile { input, shown } = &self.found;
        let opened = sheets::open(input, shown).ok()?;
        let reading = self.layout.map(|layout| cache.key(&opened, shown, layout, self.schools));
        Some(HashedFile { sha256: opened.sha256().to_owned(), reading })
    }
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
    let columns = std::iter::once(&frame.words).chain(&frame.columns);
    Some(seal(SIGN, &json, columns.map(Vec::as_slice)))
}

fn decode(bytes: &[u8]) -> Option<Estimated> {
    let Sealed { json, columns } = unseal(SIGN, bytes)?;
    let encoded: EncodedData = serde_json::from_slice(json).ok()?;
    let (words, columns) = columns.split_at_checked(encoded.words)?;
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
