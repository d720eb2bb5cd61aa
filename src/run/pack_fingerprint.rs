//! What the packs of all districts depend on, as hashes: a pack with the same hash is the same.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::cache::hash;
use super::output::Output;
use super::{BALLOTS, Data, FEEDBACK, PLANS, SWOT};
use crate::assets::{AssetFolder, theme};
use crate::disk;
use crate::domain::{DistrictId, Format};
use crate::pack::Formats;
use crate::project::Project;

/// The hashes of everything that packs depend on.
#[derive(Debug, Clone)]
pub struct PackFingerprints {
    /// Of every pack; `None` if a file could not be read, so that nothing is known to be the same.
    of_all: Option<String>,
    /// The district that holds the retreat.
    own: Option<DistrictId>,
    /// Of what only its pack depends on: what people wrote, and its surveys.
    of_own: Option<String>,
}

impl PackFingerprints {
    /// Those of packs of these formats.
    pub(super) fn of(project: &Project, data: &Data, formats: &Formats) -> Self {
        let of_all =
            data.version.as_ref().and_then(|version| of_every_pack(project, &version.released, formats));
        let own = DistrictId::new(&project.file.retreat.district);
        Self { of_all, own, of_own: of_own_pack(project) }
    }

    /// What all packs depend on; `None` if it is not known.
    pub(super) fn of_all(&self) -> Option<&str> {
        self.of_all.as_deref()
    }

    /// That of a district's pack; `None` if it is not known.
    #[must_use]
    pub fn of_district(&self, district: &DistrictId) -> Option<String> {
        let of_all = self.of_all.as_deref()?;
        let of_own = if self.own.as_ref() == Some(district) { self.of_own.as_deref()? } else { "" };
        Some(hash(&["pack", of_all, district.as_str(), of_own]))
    }
}

/// The ids of formats, in a fixed order.
pub(super) fn format_ids(formats: &Formats) -> Vec<String> {
    let chosen = Format::ALL.into_iter().filter(|format| formats.has(*format));
    chosen.map(|format| format.id().to_owned()).collect()
}

/// `released` is the version of the data.
fn of_every_pack(project: &Project, released: &str, formats: &Formats) -> Option<String> {
    let mut parts = vec![released.to_owned(), format_ids(formats).join(",")];
    for asset in AssetFolder::Templates.files() {
        parts.push(asset.path.display().to_string());
        parts.push(asset.text.into_owned());
    }
    parts.push(theme().into_owned());
    if let Some(folder) = &project.file.templates.folder {
        add_folder(&project.folder.join(folder), &mut parts)?;
    }
    if let Some(template) = &project.file.deck.template {
        parts.push(content_hash(&project.folder.join(template)).unwrap_or_default());
    }
    Some(hash(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// What people wrote in the project's folders, the list of people, and the surveys.
fn of_own_pack(project: &Project) -> Option<String> {
    let mut parts = Vec::new();
    for folder in [BALLOTS, FEEDBACK, SWOT, PLANS] {
        add_folder(&project.folder.join(folder), &mut parts)?;
    }
    let output = Output::of(project);
    let surveys = project.file.surveys.iter().map(|survey| &survey.path);
    for path in surveys.chain(&project.file.day.list) {
        for found in sheets::find(&project.folder, path, &|folder| output.is(folder)).value {
            let opened = sheets::open(&found.input, &found.shown).ok()?;
            parts.push(found.shown);
            parts.push(opened.sha256().to_owned());
        }
    }
    Some(hash(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Adds the names and hashes of all files in a folder, which need not exist.
fn add_folder(folder: &Path, parts: &mut Vec<String>) -> Option<()> {
    if !folder.is_dir() {
        return Some(());
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.ok()?;
        if entry.file_type().is_file() {
            parts.push(entry.path().strip_prefix(folder).ok()?.display().to_string());
            parts.push(content_hash(entry.path())?);
        }
    }
    Some(())
}

fn content_hash(path: &Path) -> Option<String> {
    disk::sha256(fs::File::open(path).ok()?).ok()
}
