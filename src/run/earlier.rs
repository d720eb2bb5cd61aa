//! The pack that its readers have already, if there is one: what it shows they know beside the new one.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::RunError;
use crate::diagnostic::{Diagnostic, Warned};
use crate::pack::PackError;
use crate::pack_tables::{PackTables, TablesError, has_tables};
use crate::project::Project;

/// What the earlier pack of a project shows: that which is named, or that which lies where the new one goes. One of the latter that
/// cannot be read is passed over with a warning, since people may have changed it.
///
/// # Errors
/// Where the folder that is named holds no pack, or one that cannot be read.
pub(super) fn earlier(project: &Project) -> Result<Warned<PackTables>, RunError> {
    let mut diagnostics = Vec::new();
    let mut all = PackTables::default();
    let folder = project.previous.as_ref().unwrap_or(&project.out);
    let packs = packs_in(folder);
    if project.previous.is_some() && packs.is_empty() {
        return Err(RunError::NoPack { folder: folder.display().to_string() });
    }
    for pack in packs {
        match PackTables::read(&pack) {
            Ok(tables) => all.join(tables),
            Err(error) if project.previous.is_some() => return Err(unreadable(error)),
            Err(error) => diagnostics.push(passed_over(&pack, &error)),
        }
    }
    Ok(Warned { value: all, diagnostics })
}

/// The folders of the packs in a folder: it itself, or those in it, in order of their names. A hidden one is half of a pack that a
/// run was stopped at.
fn packs_in(folder: &Path) -> Vec<PathBuf> {
    if has_tables(folder) {
        return vec![folder.to_owned()];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_hidden = |entry: &DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    let visible = entries.filter(|entry| !is_hidden(entry)).map(|entry| entry.path());
    let mut packs: Vec<PathBuf> = visible.filter(|entry| has_tables(entry)).collect();
    packs.sort();
    packs
}

fn unreadable(error: TablesError) -> RunError {
    PackError::Unaudited { file: error.file, message: error.message }.into()
}

fn passed_over(pack: &Path, error: &TablesError) -> Diagnostic {
    let file = pack.join("data").join(&error.file);
    Diagnostic::earlier_pack_unread(&file.display().to_string(), &error.message)
}
