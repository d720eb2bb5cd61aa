//! One district of a session: its comparisons, and its findings and exhibits, which are computed when first
//! needed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::choices::choices;
use super::kept_districts::{ComparedDistrict, KeptDistricts};
use super::state_known::unknown_state;
use super::statewide::{Statewide, peer_settings};
use super::unpriced::unpriced;
use super::{Data, RunError};
use crate::audit::SafeYears;
use crate::catalog::{Catalog, SourceGap};
use crate::compare::{ChosenDistrict, Comparisons, PeerSettings, PerceptionComparison, StateComparer};
use crate::diagnostic::{Diagnostic, SourceRead, Warned};
use crate::disclosure::Released;
use crate::domain::{DistrictId, SchoolYear, clean};
use crate::exhibit::{self, Exhibit, Publishers};
use crate::finding::{self, Findings, ProjectChoices};
use crate::plan::{self, OnePages, PlanMenu};
use crate::project::{Project, SchoolsChoice};
use crate::readiness::{self, Readiness};
use crate::room::{Consensus, FinalSwot};
use crate::wording::published::to_compare_with;
use crate::wording::run::nearest_districts;

/// One district of a session.
#[derive(Debug)]
pub struct DistrictSession<'s> {
    pub(super) project: &'s Project,
    pub(super) data: &'s Data,
    pub(super) peer_settings: PeerSettings,
    /// Its comparisons.
    pub comparisons: Comparisons,
    /// Problems found while comparing it.
    pub diagnostics: Vec<Diagnostic>,
    /// What the project says about its findings.
    pub choices: ProjectChoices,
    /// What audits of other packs have found harmless.
    pub(super) safe_years: &'s SafeYears,
    /// Whether its pictures are kept for later runs.
    pub(super) is_kept: bool,
    findings: OnceLock<Findings>,
    exhibits: OnceLock<Warned<Vec<Exhibit>>>,
}

/// What districts are compared from.
#[derive(Clone, Copy)]
pub(super) struct DistrictSources<'s> {
    pub(super) project: &'s Project,
    pub(super) data: &'s Data,
    /// What all districts share, once it is needed.
    pub(super) statewide: &'s OnceLock<Statewide>,
    /// What audits of other packs have found harmless.
    pub(super) safe_years: &'s SafeYears,
    /// Whether districts and their pictures are kept for later runs.
    pub(super) are_kept: bool,
}

impl<'s> DistrictSources<'s> {
    /// What all districts share.
    pub(super) fn statewide(&self) -> &'s Statewide {
        self.statewide.get_or_init(|| Statewide::of(self.project, &self.data.released))
    }
}

impl<'s> DistrictSession<'s> {
    /// The district with this id, compared unless an earlier run kept its comparisons.
    pub(super) fn of(sources: &DistrictSources<'s>, id: &str) -> Result<Self, RunError> {
        let DistrictSources { project, data, safe_years, .. } = *sources;
        let choices = choices(project);
        choices.check(&project.catalog).map_err(RunError::Threshold)?;
        let code = find_district(&data.released, id)?;
        let id = &data.released.terms().districts[code as usize].id;
        let kept = KeptDistricts::of(project, data).filter(|_| sources.are_kept);
        let compared = match kept.as_ref().and_then(|kept| kept.comparisons(id)) {
            Some(compared) => compared,
            None => compare(sources, code, kept.as_ref()),
        };
        let mut comparisons = compared.value;
        if DistrictId::new(&project.file.retreat.district).as_ref() == Some(&comparisons.district.id) {
            comparisons.perception = PerceptionComparison::of(data.perception.clone());
        }
        let mut diagnostics = compared.diagnostics;
        diagnostics.extend(capacities(&mut comparisons, &project.file.schools));
        diagnostics.extend(ended(&comparisons, &project.catalog));
        diagnostics.extend(unpriced(&comparisons, &project.catalog));
        Ok(Self {
            project,
            data,
            peer_settings: peer_settings(project),
            comparisons,
            diagnostics,
            choices,
            safe_years,
            is_kept: sources.are_kept,
            findings: OnceLock::new(),
            exhibits: OnceLock::new(),
        })
    }

    /// What commands say of it that need none of its exhibits.
    #[must_use]
    pub fn into_compared(self) -> ComparedDistrict {
        ComparedDistrict {
            diagnostics: self.all_diagnostics(),
            comparisons: self.comparisons,
            choices: self.choices,
            read: self.data.counts(),
        }
    }

    /// The SWOT candidates.
    pub fn findings(&self) -> &Findings {
        let project = self.project;
        let propose = || finding::propose(&self.comparisons, &project.catalog, &self.choices);
        self.findings.get_or_init(propose)
    }

    /// The menu of indicators for its plan.
    pub fn menu(&self) -> PlanMenu {
        plan::menu(&plan::MenuInput {
            title: &self.project.file.retreat.title,
            released: &self.data.released,
            catalog: &self.project.catalog,
            comparisons: &self.comparisons,
            findings: self.findings(),
        })
    }

    /// The pages for the orientation and the vision retreat.
    pub(super) fn pages(&self, consensus: Option<&Consensus>, final_swot: Option<&FinalSwot>) -> OnePages {
        let shown_domains = self.exhibits().value.iter().map(|exhibit| exhibit.domain.as_str()).collect();
        plan::one_pages(&plan::OnePageInput {
            catalog: &self.project.catalog,
            comparisons: &self.comparisons,
            findings: self.findings(),
            consensus,
            final_swot,
            shown_domains: &shown_domains,
            date: self.project.file.day.date,
        })
    }

    /// The district's exhibits, with a note on each one that is left out.
    pub fn exhibits(&self) -> &Warned<Vec<Exhibit>> {
        let build = || {
            let Self { comparisons, project, choices, .. } = self;
            let publishers = self.publishers();
            exhibit::exhibits(comparisons, self.findings(), &project.catalog, &publishers, &choices.targets)
        };
        self.exhibits.get_or_init(build)
    }

    /// Who published the files.
    pub(super) fn publishers(&self) -> Publishers {
        publishers(self.project, &self.data.sources)
    }

    /// The problems found while comparing the district, then those found while reading.
    pub fn all_diagnostics(&self) -> Vec<Diagnostic> {
        [self.diagnostics.as_slice(), &self.data.diagnostics].concat()
    }

    /// Judges whether the district's data is ready for the retreat.
    pub fn readiness(&self) -> Readiness {
        let Self { project, data, .. } = self;
        let Warned { value: exhibits, diagnostics: left_out } = self.exhibits();
        readiness::assess(&readiness::ReadinessInput {
            title: &project.file.retreat.title,
            date: project.file.day.date,
            released: &data.released,
            catalog: &project.catalog,
            comparisons: &self.comparisons,
            exhibits,
            left_out,
            sources: &data.sources,
            diagnostics: &self.all_diagnostics(),
        })
    }
}

/// The problem that a district has merged, closed, or stopped reporting.
fn ended(comparisons: &Comparisons, catalog: &Catalog) -> Option<Diagnostic> {
    let last = finding::ended(comparisons, catalog)?;
    let newest = comparisons.newest?;
    Some(Diagnostic::district_ended(&comparisons.district.name, &last.to_string(), &newest.to_string()))
}

/// Gives the schools the capacities that the project states, with a problem for each one that is of no school.
pub(super) fn capacities(comparisons: &mut Comparisons, choice: &SchoolsChoice) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (named, capacity) in &choice.capacity {
        let mut schools = comparisons.schools.iter_mut();
        match schools.find(|school| school.is_named(named)) {
            Some(school) => school.capacity = Some(*capacity),
            None => problems.push(Diagnostic::capacity_unknown(named)),
        }
    }
    problems
}

/// Compares the district with this code, and keeps its comparisons.
fn compare(sources: &DistrictSources<'_>, code: u32, kept: Option<&KeptDistricts>) -> Warned<Comparisons> {
    let (project, data, statewide) = (sources.project, sources.data, sources.statewide());
    let own_base_year = project.file.retreat.base_year.and_then(|year| SchoolYear::ending(year).ok());
    let comparer = StateComparer {
        released: &data.released,
        catalog: &project.catalog,
        settings: &statewide.settings,
        state: &statewide.values,
        base_year: own_base_year.or(project.catalog.findings.base_year()),
    };
    let mut compared = comparer.compare(ChosenDistrict {
        district: code,
        peers: &statewide.peers[code as usize],
        matched: statewide.matched(project, &data.released, code),
    });
    name_public_files(&mut compared.diagnostics, &compared.value, &project.catalog);
    compared.diagnostics.extend(unknown_state(&compared.value, &project.catalog));
    if let Some(kept) = kept {
        kept.store(&compared, data);
    }
    compared
}

/// Who published the files, as their layouts say.
fn publishers(project: &Project, sources: &[SourceRead]) -> Publishers {
    let authorities: BTreeMap<&str, &str> = project
        .sources
        .iter()
        .map(|source| (source.layout.id.as_str(), source.layout.authority.as_str()))
        .collect();
    let of_files = sources
        .iter()
        .filter_map(|read| Some((read.path.clone(), (*authorities.get(read.layout.as_str())?).to_owned())));
    Publishers::new(of_files)
}

/// Adds to the notice that there are no peers where other districts' files are published.
fn name_public_files(diagnostics: &mut [Diagnostic], comparisons: &Comparisons, catalog: &Catalog) {
    // With fewer districts than peers must be, others must come from other files.
    let is_alone = comparisons.state_n < catalog.peers.enough.peers;
    for problem in diagnostics.iter_mut().filter(|problem| is_alone && problem.id == Diagnostic::NO_PEERS) {
        let domains: Vec<&str> =
            catalog.domains.iter().map(|domain| domain.id.as_str()).take(PEER_DOMAINS).collect();
        let gap = SourceGap { state: comparisons.district.state.as_deref(), domains: &domains };
        let lines: Vec<String> = catalog.sources_for(gap, 1).iter().map(|source| source.line()).collect();
        problem.hint.push_str(&to_compare_with(&lines));
    }
}

/// The first domains, for which the notice names public files: without them, no peers can be chosen.
const PEER_DOMAINS: usize = 1;

/// How many districts are suggested if one is not found.
const SUGGESTIONS: usize = 3;

/// The code of a district, by its id in any spelling.
fn find_district(released: &Released, wanted: &str) -> Result<u32, RunError> {
    let terms = released.terms();
    let code = DistrictId::new(&clean(wanted)).and_then(|id| terms.district(&id));
    code.ok_or_else(|| RunError::District {
        id: wanted.to_owned(),
        nearest: nearest_districts(&terms.similar_districts(wanted, SUGGESTIONS)),
    })
}
