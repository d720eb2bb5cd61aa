//! The whole pipeline, one line per stage.
//!
//! A [`Session`] reads a project once, for all commands. What all districts of a state share is computed when
//! it is first needed. For one district ([`DistrictSession`]), only what the command needs is computed.

mod audit;
mod audited_build;
mod cache;
mod choices;
mod data;
mod data_version;
mod district;
mod district_entries;
mod district_summary;
mod earlier;
mod error;
mod estimated;
mod file_readings;
mod in_parallel;
mod kept_data;
mod kept_decision;
mod kept_districts;
mod kept_earlier;
mod kept_pictures;
mod merged_shards;
mod output;
mod own_measures;
mod pack;
mod pack_fingerprint;
mod plan;
mod progress;
mod public_cells;
mod reading;
mod reading_size;
mod report;
mod room;
mod row_districts;
mod run_inputs;
mod shard_record;
mod shard_store;
mod source_files;
mod state_known;
mod statewide;
mod surveys;
mod unpriced;
mod verdicts;
mod without_rows;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::audit::SafeYears;
use crate::compare::{self, DistrictPeers};
use crate::diagnostic::{Diagnostic, Warned};
use crate::domain::{DistrictId, Shard};
use crate::pack::{ErrorsElsewhere, Formats};
use crate::pack_tables::DistrictYear;
use crate::project::Project;

pub use data::{Data, ReadCounts};
pub use district::DistrictSession;
use district::DistrictSources;
pub use error::RunError;
pub use in_parallel::in_parallel;
pub use kept_districts::{ComparedDistrict, kept_district};
pub use merged_shards::{MergedShards, ShardsError, merge_shards};
pub use output::Output;
pub use pack::{Built, files_kept};
pub use pack_fingerprint::PackFingerprints;
pub use plan::PlanRead;
pub use progress::{Activity, Progress, Silent};
pub use reading::{observe, read_files};
pub use room::{BALLOTS, FEEDBACK, PLANS, RoomMerged, SCORECARD, SWOT, merge_room};
use row_districts::RowDistricts;
pub use shard_record::{DistrictRecord, InputFile, RunInputs, ShardRecord};
pub use shard_store::ShardStore;
use statewide::Statewide;

/// A project that has been read.
#[derive(Debug)]
pub struct Session<'p> {
    /// The project.
    pub project: &'p Project,
    /// Its data after disclosure control.
    pub data: Data,
    progress: Arc<dyn Progress>,
    statewide: OnceLock<Statewide>,
    row_districts: OnceLock<RowDistricts>,
    /// Whether every district is asked for. Else the districts that it compares are kept for later runs.
    is_for_all: bool,
    /// What audits of its packs have found harmless.
    safe_years: Arc<SafeYears>,
}

impl<'p> Session<'p> {
    /// Reads all sources of a project.
    ///
    /// # Errors
    /// See [`RunError`].
    pub fn read(project: &'p Project) -> Result<Self, RunError> {
        Self::read_with(project, Arc::new(Silent))
    }

    /// Reads all sources of a project, and reports its progress.
    ///
    /// # Errors
    /// See [`RunError`].
    pub fn read_with(project: &'p Project, progress: Arc<dyn Progress>) -> Result<Self, RunError> {
        let data = Data::read(project, &*progress);
        progress.end();
        Ok(Self {
            project,
            data: data?,
            progress,
            statewide: OnceLock::new(),
            row_districts: OnceLock::new(),
            is_for_all: false,
            safe_years: Arc::default(),
        })
    }

    /// The same session without what is private about students in some districts' years. What all districts share is computed anew
    /// only as far as it depends on that.
    fn without(&self, years: &BTreeSet<DistrictYear>) -> Result<Self, RunError> {
        let Self { project, is_for_all, .. } = *self;
        let rows = self.data.released.private_rows(years, &project.catalog)?;
        let data = self.data.without(years, &rows)?;
        let changed = self.data.released.series_of(&rows);
        let statewide = self.statewide.get();
        let statewide = statewide.and_then(|all| all.with_changed(project, &data.released, &changed));
        Ok(Self {
            project,
            data,
            progress: Arc::clone(&self.progress),
            statewide: statewide.map_or_else(OnceLock::new, OnceLock::from),
            row_districts: OnceLock::new(),
            is_for_all,
            safe_years: Arc::clone(&self.safe_years),
        })
    }

    /// The same session for every district of a shard: what they share is computed now, and none of them is kept for later runs.
    #[must_use]
    pub fn for_all(self, shard: Shard) -> Self {
        let session = Self { is_for_all: true, ..self };
        session.progress.begin(Activity::Comparing);
        let districts = (0..).zip(&session.data.released.terms().districts);
        let held = districts.filter(|(_, district)| shard.holds(&district.id));
        let codes: Vec<u32> = held.map(|(code, _)| code).collect();
        session.sources().statewide().match_all(session.project, &session.data.released, &codes);
        session.progress.end();
        session
    }

    /// The errors among the problems of a district's pack that concern only other districts.
    #[must_use]
    pub fn errors_elsewhere(&self, district: &DistrictId, problems: &[Diagnostic]) -> ErrorsElsewhere {
        let Some(code) = self.data.released.terms().district(district) else {
            return ErrorsElsewhere::default();
        };
        let rows =
            self.row_districts.get_or_init(|| RowDistricts::of(&self.data.released, &self.data.diagnostics));
        rows.elsewhere(code, problems)
    }

    fn sources(&self) -> DistrictSources<'_> {
        DistrictSources {
            project: self.project,
            data: &self.data,
            statewide: &self.statewide,
            safe_years: &self.safe_years,
            are_kept: !self.is_for_all,
        }
    }

    /// The peers of every district, in the order of their codes.
    #[must_use]
    pub fn all_peers(&self) -> Warned<Vec<DistrictPeers>> {
        let Statewide { settings, peers, .. } = self.sources().statewide();
        compare::all_district_peers(&self.data.released, &self.project.catalog, settings, peers)
    }

    /// Compares the district with this id with its past, its peers and the state.
    ///
    /// # Errors
    /// See [`RunError`].
    pub fn district(&self, id: &str) -> Result<DistrictSession<'_>, RunError> {
        self.progress.begin(Activity::Comparing);
        let district = DistrictSession::of(&self.sources(), id);
        self.progress.end();
        district
    }

    /// Builds the pack of the district with this id in the folder `out`.
    ///
    /// # Errors
    /// See [`RunError`].
    pub fn build(&self, id: &str, out: &Path, formats: &Formats) -> Result<Built, RunError> {
        let built = audited_build::build(self, id, out, formats);
        self.progress.end();
        built
    }
}
