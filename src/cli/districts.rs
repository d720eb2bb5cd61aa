//! `retreat build --all-districts`: a pack for every district of the sources, or of a shard of them.

use std::sync::atomic::{AtomicBool, Ordering};

use super::ending::CliError;
use super::fault::catch_panic;
use super::merge_shards::report_portfolio;
use super::output::Reporter;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskError};
use crate::domain::{District, FileName, Shard};
use crate::pack::{Formats, PORTFOLIO, PackError, PortfolioRow};
use crate::run::{
    DistrictRecord, PackFingerprints, RunError, RunInputs, Session, ShardRecord, ShardStore, in_parallel,
};
use crate::wording::run::{BUILD_ALONE, NO_DISTRICTS};
use crate::wording::shards as wording;

/// Builds the pack of each district of a shard in its own folder inside the project's output folder, several at a time, and returns
/// the problems met. Without a shard, these are all districts, and their portfolio is written. A pack that is already there and
/// unchanged is not built again. One that cannot be built is reported as a problem and does not stop the other districts.
///
/// # Errors
/// If the output folder is a file, the sources name no district, the disk cannot be written to, or not a single pack could be
/// built.
pub(super) fn build_every_district(
    session: Session<'_>,
    formats: &Formats,
    shard: Option<Shard>,
    reporter: Reporter,
) -> Result<Vec<Diagnostic>, CliError> {
    let project = session.project;
    disk::check_is_folder(&project.out)?;
    let store = ShardStore::of(&project.folder);
    let inputs = session.inputs(formats);
    if inputs.districts == 0 {
        reporter.problems(session.data.diagnostics)?;
        return Err(CliError::Unknown(NO_DISTRICTS.to_owned()));
    }
    let done = build_shard(session, formats, shard, &store, reporter)?;
    reporter.progress(&wording::districts_done(shard, &done.size()))?;
    if let Some(error) = done.of_disk {
        reporter.problems(done.problems)?;
        return Err(not_finished(shard, why_and_hint(&error.to_string()).0));
    }
    match shard {
        Some(shard) => {
            let record = ShardRecord { shard, inputs, districts: done.districts };
            let stored = store.add_shard(&record);
            stored.map_err(|error| CliError::NotFinished(wording::shard_not_finished(shard, &error)))?;
            reporter.progress(&wording::merge_next(&project.folder.display()))?;
            Ok(done.problems)
        }
        None => write_portfolio(done, inputs, &store, &project.out, reporter),
    }
}

/// Writes the portfolio of all districts, and returns their problems.
fn write_portfolio(
    done: DistrictsDone,
    inputs: RunInputs,
    store: &ShardStore,
    out: &std::path::Path,
    reporter: Reporter,
) -> Result<Vec<Diagnostic>, CliError> {
    let DistrictsDone { districts, problems, first_error, .. } = done;
    if districts.iter().all(|district| district.row.not_built.is_some()) {
        reporter.problems(problems)?;
        return Err(first_error.unwrap_or_else(|| CliError::Unknown(NO_DISTRICTS.to_owned())));
    }
    let whole = ShardRecord { shard: Shard::WHOLE, inputs, districts };
    let merged = store.finish_whole(whole, out)?;
    report_portfolio(&merged, reporter)?;
    Ok(problems)
}

fn not_finished(shard: Option<Shard>, why: &str) -> CliError {
    CliError::NotFinished(match shard {
        Some(shard) => wording::shard_not_finished(shard, &why),
        None => wording::districts_not_finished(&why),
    })
}

/// Builds the packs of a shard, and frees the data that they were built from.
fn build_shard(
    session: Session<'_>,
    formats: &Formats,
    shard: Option<Shard>,
    store: &ShardStore,
    reporter: Reporter,
) -> Result<DistrictsDone, CliError> {
    let part = shard.unwrap_or(Shard::WHOLE);
    let session = &session.for_all(part);
    let fingerprints = &session.fingerprints(formats);
    let districts = &session.data.released.terms().districts;
    let ids: Vec<&str> = districts.iter().map(|district| district.shown_id.as_str()).collect();
    // A district has the same folder in whichever shard it is.
    let all = districts.iter().zip(FileName::for_all_besides(&ids, PORTFOLIO));
    let wanted: Vec<WantedPack<'_>> = all
        .filter(|(district, _)| part.holds(&district.id))
        .map(|(district, folder)| WantedPack {
            session,
            formats,
            store,
            fingerprints,
            reporter,
            district,
            folder,
        })
        .collect();
    let is_stopped = AtomicBool::new(false);
    let built = in_parallel(&wanted, |wanted| wanted.done_unless(&is_stopped));
    let mut done = DistrictsDone::new(wanted.len(), session.data.diagnostics.clone());
    for (wanted, built) in wanted.iter().zip(built) {
        if let Some(built) = built {
            done.add(wanted, built)?;
        }
    }
    Ok(done)
}

/// A pack to build.
struct WantedPack<'a> {
    session: &'a Session<'a>,
    formats: &'a Formats,
    store: &'a ShardStore,
    fingerprints: &'a PackFingerprints,
    reporter: Reporter,
    district: &'a District,
    /// The name of its folder.
    folder: FileName,
}

/// A pack that is there now.
struct DonePack {
    record: DistrictRecord,
    /// Whether it was there before.
    was_there: bool,
    /// What happened to files that users had put into the old one.
    kept: Vec<Diagnostic>,
}

impl WantedPack<'_> {
    /// Builds the pack, unless the disk could not be written to before: then the others cannot be written either.
    fn done_unless(&self, is_stopped: &AtomicBool) -> Option<Result<DonePack, CliError>> {
        if is_stopped.load(Ordering::Relaxed) {
            return None;
        }
        let done = self.done();
        if done.as_ref().is_err_and(|error| is_of_disk(error) && !is_busy(error)) {
            is_stopped.store(true, Ordering::Relaxed);
        }
        Some(done)
    }

    /// Builds the pack unless it is there and unchanged, and says so. Of what was built, only the row of the portfolio stays in
    /// memory.
    fn done(&self) -> Result<DonePack, CliError> {
        let fingerprint = self.fingerprints.of_district(&self.district.id);
        let out = &self.session.project.out;
        let known =
            fingerprint.as_deref().and_then(|hash| self.store.unchanged(self.folder.as_str(), hash, out));
        match known {
            Some(record) => Ok(DonePack { record, was_there: true, kept: Vec::new() }),
            None => self.build(fingerprint),
        }
    }

    fn build(&self, fingerprint: Option<String>) -> Result<DonePack, CliError> {
        let Self { session, formats, reporter, district, folder, .. } = self;
        let out = session.project.out.join(folder);
        let built = catch_panic(|| Ok(session.build(district.id.as_str(), &out, formats)?))?;
        let (kept, lasting): (Vec<Diagnostic>, Vec<Diagnostic>) =
            built.of_this_pack.iter().cloned().partition(|problem| problem.id == Diagnostic::FILES_KEPT);
        let problems = folder_renamed(district, folder).into_iter().chain(lasting).collect();
        let row = PortfolioRow::built(
            &built.report,
            &built.written,
            folder.as_str(),
            built.summary.clone(),
            problems,
            session.errors_elsewhere(&district.id, &built.diagnostics),
        );
        let record = DistrictRecord { fingerprint, row };
        self.store.add_district(&record);
        reporter.pack_built(&built)?;
        Ok(DonePack { record, was_there: false, kept })
    }

    /// The record of a pack that could not be built. The reason names no path of this machine.
    fn record_without_pack(&self, error: &CliError) -> DistrictRecord {
        let District { shown_id, name, .. } = self.district;
        let out = format!("{}{}", self.session.project.out.display(), std::path::MAIN_SEPARATOR);
        let text = error.to_string().replace(&out, "");
        let row = PortfolioRow::not_built(shown_id, name, self.folder.as_str(), why_and_hint(&text).0);
        DistrictRecord { fingerprint: None, row }
    }
}

/// What became of the districts.
struct DistrictsDone {
    /// How many there are.
    wanted: usize,
    /// In the order of their ids.
    districts: Vec<DistrictRecord>,
    /// The problems of the data and of all packs.
    problems: Vec<Diagnostic>,
    /// How many packs were there before.
    unchanged: usize,
    first_error: Option<CliError>,
    /// Why the disk could not be written to.
    of_disk: Option<CliError>,
}

impl DistrictsDone {
    fn new(wanted: usize, problems: Vec<Diagnostic>) -> Self {
        Self { wanted, districts: Vec::new(), problems, unchanged: 0, first_error: None, of_disk: None }
    }

    /// Adds a district.
    ///
    /// # Errors
    /// If standard error cannot be written to.
    fn add(&mut self, wanted: &WantedPack<'_>, done: Result<DonePack, CliError>) -> Result<(), CliError> {
        let error = match done {
            Ok(done) => {
                self.unchanged += usize::from(done.was_there);
                self.problems.extend(done.record.problems().iter().cloned().chain(done.kept));
                self.districts.push(done.record);
                return Ok(());
            }
            Err(error @ CliError::Io(_)) => return Err(error),
            Err(error) => error,
        };
        if is_of_disk(&error) {
            self.of_disk.get_or_insert(error);
            return Ok(());
        }
        let text = error.to_string();
        let (why, hint) = why_and_hint(&text);
        let District { name, shown_id, .. } = wanted.district;
        self.problems.push(Diagnostic::district_not_built(name, shown_id, why, hint));
        self.districts.push(wanted.record_without_pack(&error));
        self.first_error.get_or_insert(error);
        Ok(())
    }

    fn size(&self) -> wording::ShardSize {
        let there = self.districts.iter().filter(|district| district.row.not_built.is_none()).count();
        let (built, not_built) = (there - self.unchanged, self.wanted - there);
        wording::ShardSize { built, unchanged: self.unchanged, not_built }
    }
}

/// Whether an error comes from the disk, not from the district.
fn is_of_disk(error: &CliError) -> bool {
    matches!(error, CliError::Run(RunError::Pack(error)) if error.is_of_disk())
}

/// Whether another run is writing the pack.
fn is_busy(error: &CliError) -> bool {
    matches!(error, CliError::Run(RunError::Pack(PackError::Out(DiskError::Busy { .. }))))
}

/// The problem of a district whose folder is not named by its id, because not every system allows a folder
/// with that name.
fn folder_renamed(district: &District, folder: &FileName) -> Option<Diagnostic> {
    let id = &district.shown_id;
    (folder.as_str() != id).then(|| Diagnostic::folder_renamed(&district.name, id, folder.as_str()))
}

/// The text of an error without its hint, and the hint.
fn why_and_hint(text: &str) -> (&str, &str) {
    text.split_once("\n  hint: ").unwrap_or((text, BUILD_ALONE))
}

/// The problem that a district has no pack.
pub(super) fn not_built(name: &str, id: &str, why: &str) -> Diagnostic {
    Diagnostic::district_not_built(name, id, why, BUILD_ALONE)
}
