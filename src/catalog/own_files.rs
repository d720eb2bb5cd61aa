//! The catalog files of a project: `catalog/`, and `charts/exhibits/`.

use std::path::{Path, PathBuf};

use super::fault::{CatalogFault, Faults};
use super::file_kind::{CatalogFileKind, belongs};
use super::places::Places;
use super::settings_file::SettingsFile;
use super::toml_text::read_toml;
use crate::diagnostic::Diagnostic;
use crate::wording::{Explained, catalog as say, settings};

/// The folders of a project that contain catalog files.
const FOLDERS: [&str; 2] = ["catalog", "charts/exhibits"];

/// The texts of a project's catalog files, sorted by path.
#[derive(Debug, Default)]
pub(super) struct OwnFiles {
    files: Vec<OwnFile>,
}

/// A catalog file of a project.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OwnFile {
    /// Relative to the project.
    path: PathBuf,
    text: String,
}

/// A project's folder.
struct ProjectFolder<'a> {
    folder: &'a Path,
    /// With links resolved.
    real: PathBuf,
}

impl OwnFiles {
    /// The catalog files anywhere in the project's `catalog/` and `charts/exhibits/`. Targets of links must be inside the
    /// project.
    pub(super) fn of_project(folder: &Path, faults: &mut Faults) -> Self {
        let mut found = Self::default();
        for name in FOLDERS {
            let path = folder.join(name);
            // A link with a missing target counts as existing, so that it is reported.
            if std::fs::symlink_metadata(&path).is_err() {
                continue;
            }
            match folder.canonicalize() {
                Ok(real) => found.add_folder(&ProjectFolder { folder, real }, &path, faults),
                Err(error) => faults.push(CatalogFault::new(name, None, unreadable(&error))),
            }
        }
        found.files.sort();
        found
    }

    fn add_folder(&mut self, project: &ProjectFolder<'_>, folder: &Path, faults: &mut Faults) {
        for entry in walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name() {
            let added = match &entry {
                Ok(entry) => self.add_entry(project, entry, faults),
                Err(error) => Err(unreadable(error)),
            };
            if let Err(explained) = added {
                let path = entry.as_ref().map_or_else(|e| e.path().unwrap_or(folder), |e| e.path());
                faults.push(CatalogFault::new(project.shown(path), None, explained));
            }
        }
    }

    fn add_entry(
        &mut self,
        project: &ProjectFolder<'_>,
        entry: &walkdir::DirEntry,
        faults: &mut Faults,
    ) -> Result<(), Explained> {
        let path = entry.path();
        if !path.canonicalize().map_err(|e| unreadable(&e))?.starts_with(&project.real) {
            return Err(say::link_out_of_project());
        }
        if entry.depth() == 0 && !entry.file_type().is_dir() {
            return Err(say::not_a_folder());
        }
        if entry.file_type().is_dir() {
            return Ok(());
        }
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text = read_toml(path).map_err(|e| settings::cannot_be_read(&e))?;
            self.files.push(OwnFile { path: project.shown(path).into(), text });
        } else {
            let wanted = path.with_extension("toml");
            let wanted = wanted.file_name().unwrap_or_default().to_string_lossy();
            faults.notices.push(Diagnostic::catalog_file_unread(&project.shown(path), &wanted));
        }
        Ok(())
    }

    /// The files, parsed. Those with no place in the catalog are reported.
    pub(super) fn parse(self, faults: &mut Faults) -> Places {
        let mut places = Places::default();
        for OwnFile { path, text } in self.files {
            let shown = path.display().to_string();
            if CatalogFileKind::of(&path).is_some() {
                places.files.push(SettingsFile::parse(&shown, &text, faults));
            } else {
                let file = SettingsFile::parse(&shown, &text, &mut Faults::default());
                faults.lose(file.root.names());
                let belongs = belongs(&file.root, &path);
                faults.push(CatalogFault::new(shown, None, say::no_part_of_catalog(belongs.as_deref())));
            }
        }
        places
    }
}

impl ProjectFolder<'_> {
    /// A path relative to the project.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.folder).unwrap_or(path).display().to_string()
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> Explained {
    settings::cannot_be_read(&error.to_string())
}
