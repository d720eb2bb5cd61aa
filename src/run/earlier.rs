//! The pack that readers already have, if there is one: they know what it shows.

use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::RunError;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::KeyRun;
use crate::measure::Estimates;
use crate::pack::PackError;
use crate::pack_tables::{DistrictYear, PackTables, TablesError, has_tables};
use crate::project::Project;

/// What the earlier pack of a project shows of the districts' years in which something about students is not public: the pack that
/// is named, or else the one that lies where the new one goes. One of the latter that cannot be read is passed over with a
/// warning, since people may have changed it.
///
/// # Errors
/// Where the folder that is named holds no pack, or one that cannot be read.
pub(super) fn earlier(project: &Project, estimates: &Estimates) -> Result<Warned<PackTables>, RunError> {
    let mut earlier = Warned { value: PackTables::default(), diagnostics: Vec::new() };
    let folder = project.previous.as_ref().unwrap_or(&project.out);
    let packs = packs_in(folder);
    if project.previous.is_some() && packs.is_empty() {
        return Err(RunError::NoPack { folder: folder.display().to_string() });
    }
    let private = if packs.is_empty() { BTreeSet::new() } else { private(estimates, &project.catalog)? };
    if private.is_empty() {
        return Ok(earlier);
    }
    for pack in packs {
        match PackTables::read(&pack, |at| private.contains(at)) {
            Ok(tables) => earlier.value.merge(tables),
            Err(error) if project.previous.is_some() => return Err(unreadable(error)),
            Err(error) => earlier.diagnostics.push(passed_over(project, &pack, &error)),
        }
    }
    Ok(earlier)
}

/// The districts' years in which some value about students is not public.
fn private(estimates: &Estimates, catalog: &Catalog) -> Result<BTreeSet<DistrictYear>, RunError> {
    let (terms, view) = (estimates.terms(), estimates.view()?);
    let is_about_students = |run: &&KeyRun| {
        let measure = catalog.measures.get(&terms.measures[run.key.measure as usize]);
        measure.is_some_and(|measure| measure.smallest_group > 1)
    };
    let mut at: BTreeSet<(u32, i32)> = BTreeSet::new();
    for run in estimates.runs().iter().filter(is_about_students) {
        let rows = view.rows(run.rows.clone()).filter(|row| !row.public);
        at.extend(rows.map(|row| (row.district, row.year)));
    }
    let shown_id = |district: u32| terms.districts[district as usize].shown_id.clone();
    Ok(at.into_iter().map(|(district, year)| DistrictYear { district: shown_id(district), year }).collect())
}

/// The folders of the packs in a folder: the folder itself, or those in it, in order of their names. A hidden one is what a run that
/// was stopped left of a pack.
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

fn passed_over(project: &Project, pack: &Path, error: &TablesError) -> Diagnostic {
    let file = pack.strip_prefix(&project.folder).unwrap_or(pack).join("data").join(&error.file);
    Diagnostic::earlier_pack_unread(&file.display().to_string(), &error.message)
}
