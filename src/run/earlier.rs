//! The pack that readers already have, if any: they know what it shows.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::RunError;
use super::cache::hash;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::KeyRun;
use crate::measure::Estimates;
use crate::pack::PackError;
use crate::pack_tables::{DistrictYear, PackTables, TablesError, has_tables, table_files};
use crate::project::Project;

/// The tables of a project's earlier pack, for the districts' years in which something about students is not
/// public. The earlier pack is the one named with `--previous`, or else the one in the output folder. If the
/// latter cannot be read, it is skipped with a warning, because users may have changed it.
///
/// # Errors
/// If the folder named with `--previous` holds no pack, or one that cannot be read.
fn earlier(project: &Project, estimates: &Estimates) -> Result<Warned<PackTables>, RunError> {
    let folder = project.previous.as_ref().unwrap_or(&project.out);
    let packs = packs_in(folder);
    if packs.is_empty() {
        return match &project.previous {
            Some(_) => Err(RunError::NoPack { folder: folder.display().to_string() }),
            None => Ok(Warned::clean(PackTables::default())),
        };
    }
    let private = private_years(estimates, &project.catalog)?;
    if private.is_empty() {
        return Ok(Warned::clean(PackTables::default()));
    }
    read_packs(project, &packs, &private)
}

/// The packs that readers already have.
pub(super) struct EarlierPacks {
    /// Their tables, for the districts' years in which something about students is not public.
    pub(super) tables: Warned<PackTables>,
    /// A hash of them; `None` if one of their tables cannot be read.
    pub(super) fingerprint: Option<String>,
}

impl EarlierPacks {
    /// Those of a project with these estimates; `is_public` says whether everything about students is public.
    ///
    /// # Errors
    /// Those of [`earlier`].
    pub(super) fn of(project: &Project, estimates: &Estimates, is_public: bool) -> Result<Self, RunError> {
        let fingerprint = fingerprint(project, is_public);
        Ok(Self { tables: earlier(project, estimates)?, fingerprint })
    }
}

/// A hash of the packs that readers already have; `None` if one of their tables cannot be read. `is_public` says that they do not
/// matter, unless the user named one.
pub(super) fn fingerprint(project: &Project, is_public: bool) -> Option<String> {
    let (folder, named) = match &project.previous {
        Some(named) => (named, named.display().to_string()),
        None if is_public => return Some(String::new()),
        None => (&project.out, String::new()),
    };
    let mut parts = vec![named];
    for pack in packs_in(folder) {
        parts.push(pack.display().to_string());
        for table in table_files(&pack) {
            parts.push(format!("{:x}", Sha256::digest(fs::read(table).ok()?)));
        }
    }
    Some(hash(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Whether everything about students is public.
pub(super) fn is_public(estimates: &Estimates, catalog: &Catalog) -> Result<bool, RunError> {
    let view = estimates.view()?;
    let mut runs = estimates.runs().iter().filter(|run| is_about_students(run, estimates, catalog));
    Ok(runs.all(|run| view.rows(run.rows.clone()).all(|row| row.public)))
}

/// The tables of several packs for some districts' years.
fn read_packs(
    project: &Project,
    packs: &[PathBuf],
    years: &BTreeSet<DistrictYear>,
) -> Result<Warned<PackTables>, RunError> {
    let mut earlier = Warned::clean(PackTables::default());
    for pack in packs {
        match PackTables::read(pack, |at| years.contains(at)) {
            Ok(tables) => earlier.value.merge(tables),
            Err(error) if project.previous.is_some() => return Err(unreadable(error)),
            Err(error) => earlier.diagnostics.push(skipped(project, pack, &error)),
        }
    }
    Ok(earlier)
}

/// The districts' years in which some value about students is not public.
fn private_years(estimates: &Estimates, catalog: &Catalog) -> Result<BTreeSet<DistrictYear>, RunError> {
    let (terms, view) = (estimates.terms(), estimates.view()?);
    let mut coded: BTreeSet<(u32, i32)> = BTreeSet::new();
    for run in estimates.runs().iter().filter(|run| is_about_students(run, estimates, catalog)) {
        let private = view.rows(run.all()).filter(|row| !row.public);
        coded.extend(private.map(|row| (terms.district_of(row.district), row.year)));
    }
    let mut years = BTreeSet::new();
    for (district, year) in coded {
        let district = terms.districts[district as usize].shown_id.clone();
        years.insert(DistrictYear { district, year });
    }
    Ok(years)
}

/// Whether a series is of a measure that protects groups of students.
fn is_about_students(run: &KeyRun, estimates: &Estimates, catalog: &Catalog) -> bool {
    let measure = &estimates.terms().measures[run.key.measure as usize];
    catalog.measures.get(measure).is_some_and(|measure| measure.smallest_group > 1)
}

/// Whether there is any pack in a folder.
pub(super) fn has_packs(folder: &Path) -> bool {
    !packs_in(folder).is_empty()
}

/// The packs in a folder: the folder itself, or its subfolders, sorted by name. Hidden ones are skipped: they
/// were left by a run that was stopped.
fn packs_in(folder: &Path) -> Vec<PathBuf> {
    if has_tables(folder) {
        return vec![folder.to_owned()];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let visible = entries.filter(|entry| !is_hidden(entry)).map(|entry| entry.path());
    let mut packs: Vec<PathBuf> = visible.filter(|entry| has_tables(entry)).collect();
    packs.sort();
    packs
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn unreadable(error: TablesError) -> RunError {
    PackError::Unaudited { file: error.file, message: error.message }.into()
}

/// The problem that a pack is skipped because one of its tables cannot be read.
fn skipped(project: &Project, pack: &Path, error: &TablesError) -> Diagnostic {
    let file = pack.strip_prefix(&project.folder).unwrap_or(pack).join("data").join(&error.file);
    Diagnostic::earlier_pack_unread(&file.display().to_string(), &error.message)
}
