//! What the packs of a run are built from, as its shards record it.

use super::cache::{PROGRAM, hash};
use super::pack_fingerprint::format_ids;
use super::report::{published_problems, published_sources};
use super::shard_record::{InputFile, RunInputs};
use super::{PackFingerprints, Session};
use crate::pack::{DiagnosticList, Formats};
use crate::project::Project;

impl Session<'_> {
    /// What packs of these formats depend on.
    #[must_use]
    pub fn fingerprints(&self, formats: &Formats) -> PackFingerprints {
        PackFingerprints::of(self.project, &self.data, formats)
    }

    /// What packs of these formats are built from.
    #[must_use]
    pub fn inputs(&self, formats: &Formats) -> RunInputs {
        let (project, data) = (self.project, &self.data);
        let mut files: Vec<InputFile> = data
            .sources
            .iter()
            .map(|source| InputFile { path: source.path.clone(), sha256: source.sha256.clone() })
            .collect();
        files.sort();
        files.dedup();
        RunInputs {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: PROGRAM.to_owned(),
            title: project.file.retreat.title.clone(),
            formats: format_ids(formats),
            settings: settings(project),
            files,
            districts: data.released.terms().districts.len(),
            released: self.fingerprints(formats).of_all().map(str::to_owned),
            sources: published_sources(project, data),
            diagnostics: DiagnosticList::new(published_problems(project, data, &data.diagnostics)),
        }
    }
}

/// A hash of what the user wrote: the project file, its layouts, and its catalog.
fn settings(project: &Project) -> String {
    let (catalog, file) = (format!("{:?}", project.catalog), format!("{:?}", project.file));
    let layouts = project.sources.iter().map(|source| &*source.fingerprint);
    let parts: Vec<&str> = [catalog.as_str(), file.as_str()].into_iter().chain(layouts).collect();
    hash(&parts)
}
