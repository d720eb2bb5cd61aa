//! The whole pipeline, a line a stage.

mod audit;
mod audited_build;
mod cache;
mod earlier;
mod output;
mod own_measures;
mod reading;
mod report;
mod withheld;
mod without_rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::compare::{self, Alike, ByHand, Comparisons, Outcome, PeerGroup, PeerSettings, StateValues};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::{self, Released};
use crate::disk::KeptFiles;
use crate::domain::{District, DistrictId, SchoolYear, clean};
use crate::exhibit::{self, Exhibit, Pack, Section};
use crate::finding::{self, Findings};
use crate::observation::{Gathered, Revision};
use crate::pack::{Formats, Picture, Report, Written};
use crate::pack_tables::PackTables;
use crate::project::Project;
use crate::readiness::{self, Readiness};
use crate::{chart, measure, pack};

pub use audited_build::build_in;
pub use output::Output;
pub use reading::{observe, read_files};

/// Why a run cannot go on. Problems in the data never stop one; they are diagnostics.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The project cannot be opened.
    #[error(transparent)]
    Project(#[from] crate::project::ProjectError),
    /// The district is in none of the sources.
    #[error(
        "no source has a district {id}{nearest}\n  hint: check `district` in retreat.toml, or name one with --district"
    )]
    District {
        /// The id asked for.
        id: String,
        /// The nearest known districts.
        nearest: String,
    },
    /// The folder named as that of an earlier pack holds none.
    #[error(
        "{folder} holds no pack\n  hint: name the folder of a pack, the one that holds index.html, with --previous"
    )]
    NoPack {
        /// The folder.
        folder: String,
    },
    /// A threshold of the project belongs to no rule.
    #[error("retreat.toml: {0}")]
    Threshold(String),
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] pack::PackError),
    /// The tables do not hold together: a fault of this program.
    #[error("a table does not hold together: {0}")]
    Table(#[from] polars::prelude::PolarsError),
    /// A pattern of a layout cannot be read.
    #[error("a layout's pattern cannot be read: {0}")]
    Pattern(#[from] regex::Error),
}

/// What has been read and may be shown: the same for every district of the project.
#[derive(Debug, Clone)]
pub struct Data {
    /// The estimates behind the door.
    pub released: Released,
    /// What an earlier pack shows, which readers may have beside the new one.
    pub earlier: PackTables,
    /// What was read of each file.
    pub sources: Vec<crate::diagnostic::SourceRead>,
    /// How many observations there are.
    pub observations: u64,
    /// The values that a later file revised.
    pub revisions: Vec<Revision>,
    /// Problems met on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a build has made.
#[derive(Debug)]
pub struct Built {
    /// The folder.
    pub out: PathBuf,
    /// The report, as in `report.json`.
    pub report: Report,
    /// The problems in the user's data, as whoever has the files may see them: the report quotes no value that is not public.
    pub diagnostics: Vec<Diagnostic>,
    /// The files.
    pub written: Vec<Written>,
    /// Those of the problems that are of this pack alone: files that people had put into the old one and where these are now, and
    /// years that are withheld because of its audit.
    pub of_this_pack: Vec<Diagnostic>,
}

/// What every district of a project is compared with, computed once for all of them.
#[derive(Debug)]
pub struct State {
    settings: PeerSettings,
    peers: Vec<Warned<PeerGroup>>,
    values: StateValues,
}

impl State {
    /// Chooses the peers of every district and puts the state's values in order.
    #[must_use]
    pub fn of(project: &Project, data: &Data) -> Self {
        let settings = peer_settings(project);
        let peers = compare::all_peer_groups(&data.released, &project.catalog, &settings);
        let values = StateValues::new(&data.released, &project.catalog, &peers);
        Self { settings, peers, values }
    }
}

/// Builds the pack of one district into `out`.
///
/// # Errors
/// See [`RunError`].
pub fn build(
    project: &Project,
    data: &Data,
    district: &str,
    out: &Path,
    formats: &Formats,
) -> Result<Built, RunError> {
    build_in(&State::of(project, data), data, Order { project, district, out, formats })
}

/// Which pack is to be built, and where.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The project.
    pub project: &'a Project,
    /// The district, by its id.
    pub district: &'a str,
    /// The pack's folder.
    pub out: &'a Path,
    /// The formats of its charts.
    pub formats: &'a Formats,
}

/// Builds a pack, unless its audit finds that it tells too much.
fn try_build(state: &State, data: &Data, order: Order<'_>) -> Result<Built, RunError> {
    let Order { project, district, out, formats } = order;
    let reserved = pack::reserve(out)?;
    let (comparisons, mut diagnostics) = compare_in(state, project, data, district)?;
    if data.released.withheld() > 0 && comparisons.all.iter().all(|c| c.latest().is_none()) {
        let name = &comparisons.district.name;
        let smallest = project.file.privacy.smallest_group;
        let own = project.catalog.measures.values().map(|measure| measure.smallest_group).max();
        diagnostics.push(Diagnostic::all_withheld(name, own.max(smallest).unwrap_or_default()));
    }
    let findings = finding::propose(&comparisons, &project.catalog, &project.file.thresholds);
    let exhibits = exhibit::exhibits(&comparisons, &findings, &project.catalog);
    let left_out = exhibits.diagnostics;
    let tables = exhibit::tables(&data.released, &comparisons, &project.catalog)?;
    let drawings = draw(&exhibits.value)?;
    let pack = assemble(project, comparisons, findings, exhibits.value, tables);
    diagnostics.extend(data.diagnostics.iter().cloned());
    let report = report::report(project, data, &pack, &diagnostics, &left_out);
    let pictures: Vec<Picture<'_>> = pack
        .exhibits()
        .filter_map(|exhibit| {
            let drawing = drawings.get(&exhibit.id)?;
            Some(Picture { exhibit, svg: &drawing.svg, png: &drawing.png })
        })
        .collect();
    let smallest_group = project.file.privacy.smallest_group;
    let look =
        |folder: &Path| audit::audit(folder, &data.earlier, &data.released, &project.catalog, smallest_group);
    let written = pack::write(&pack, &pictures, &report, reserved, formats, look)?;
    let of_this_pack = kept(&written.kept);
    diagnostics.extend(of_this_pack.iter().cloned());
    Ok(Built { out: out.to_owned(), report, diagnostics, written: written.files, of_this_pack })
}

/// What is told of files that people had put into a folder that was replaced.
#[must_use]
pub fn kept(kept: &[KeptFiles]) -> Vec<Diagnostic> {
    kept.iter().map(|k| Diagnostic::files_kept(&k.folder.display().to_string(), &k.files)).collect()
}

/// Judges whether the data of one district is ready for the retreat.
///
/// # Errors
/// See [`RunError`].
pub fn check(project: &Project, data: &Data, district: &str) -> Result<Readiness, RunError> {
    let (comparisons, mut diagnostics) = compare(project, data, district)?;
    let findings = finding::propose(&comparisons, &project.catalog, &project.file.thresholds);
    let exhibits = exhibit::exhibits(&comparisons, &findings, &project.catalog);
    diagnostics.extend(data.diagnostics.iter().cloned());
    Ok(readiness::assess(&readiness::Known {
        title: &project.file.retreat.title,
        released: &data.released,
        catalog: &project.catalog,
        comparisons: &comparisons,
        exhibits: &exhibits.value,
        left_out: &exhibits.diagnostics,
        sources: &data.sources,
        diagnostics: &diagnostics,
    }))
}

/// Reads all sources of a project, up to what may be shown.
///
/// # Errors
/// See [`RunError`].
pub fn read(project: &Project) -> Result<Data, RunError> {
    let Gathered { observations, reports, revisions, mut diagnostics } = reading::observe(project)?;
    own_measures::check(&observations, &project.catalog)?;
    let estimates = measure::estimate(&observations, &project.catalog)?.into(&mut diagnostics);
    let count = observations.len() as u64;
    drop(observations);
    let earlier = earlier::earlier(project, &estimates)?.into(&mut diagnostics);
    let smallest_group = project.file.privacy.smallest_group;
    let released = disclosure::release(estimates, &project.catalog, smallest_group, &earlier)?;
    diagnostics.extend(withheld::uneven(&released, &project.catalog));
    diagnostics.extend(withheld::told_by_public(&released));
    diagnostics.extend(withheld::resting_on_unknown(&released));
    diagnostics.extend(withheld::for_earlier_pack(&released));
    Ok(Data { released, earlier, sources: reports, observations: count, revisions, diagnostics })
}

/// Compares one district with its past, its peers and the state.
///
/// # Errors
/// See [`RunError`].
pub fn compare(
    project: &Project,
    data: &Data,
    district: &str,
) -> Result<(Comparisons, Vec<Diagnostic>), RunError> {
    compare_in(&State::of(project, data), project, data, district)
}

fn compare_in(
    state: &State,
    project: &Project,
    data: &Data,
    district: &str,
) -> Result<(Comparisons, Vec<Diagnostic>), RunError> {
    finding::check_thresholds(&project.catalog, &project.file.thresholds).map_err(RunError::Threshold)?;
    let code = find_district(&data.released, district)?;
    let mut diagnostics = Vec::new();
    let (released, catalog) = (&data.released, &project.catalog);
    let about = (&state.peers[code as usize], code);
    let comparisons = compare::compare_with(released, catalog, &state.settings, &state.values, about);
    let comparisons = comparisons.into(&mut diagnostics);
    let base_year = project.file.retreat.base_year.and_then(|year| SchoolYear::ending(year).ok());
    let comparisons = Comparisons { base_year, ..comparisons };
    Ok((comparisons, diagnostics))
}

/// How peers are chosen: as the project says, else as the catalog does.
#[must_use]
pub fn peer_settings(project: &Project) -> PeerSettings {
    let (choice, default) = (&project.file.peers, PeerSettings::from(&project.catalog.peers));
    let ids = |ids: &[String]| ids.iter().filter_map(|id| DistrictId::new(id)).collect::<Vec<_>>();
    let (include, exclude) = (ids(&choice.include), ids(&choice.exclude));
    let district = DistrictId::new(&project.file.retreat.district);
    let by_hand = district.filter(|_| !include.is_empty() || !exclude.is_empty());
    PeerSettings {
        count: choice.count.unwrap_or(default.count),
        matching: choice.matching.clone().unwrap_or(default.matching),
        within: choice.within.clone().unwrap_or(default.within),
        variables: default.variables.into_iter().chain(choice.variable.clone()).collect(),
        log: choice.log.unwrap_or(default.log),
        deviation: choice.deviation,
        weights: choice.weights.clone(),
        missing: choice.missing.clone(),
        masked: choice.masked.clone(),
        year: choice.year.and_then(|year| SchoolYear::ending(year).ok()),
        leave_out: choice.leave_out.clone(),
        by_hand: by_hand.map(|district| ByHand { district, include, exclude }),
        around: choice.around.clone(),
    }
}

/// The peers of a district, with all that is told of them.
#[derive(Debug)]
pub struct PeersOf {
    /// The district.
    pub district: District,
    /// Its peers.
    pub peers: PeerGroup,
    /// The districts around it, where the project asks for them.
    pub around: Option<PeerGroup>,
    /// The outcomes that it and each peer have.
    pub outcomes: Vec<Outcome>,
}

/// The peers of every district of the sources, in the order of their ids.
#[must_use]
pub fn all_peers(project: &Project, data: &Data) -> Warned<Vec<PeersOf>> {
    let (released, catalog, settings) = (&data.released, &project.catalog, peer_settings(project));
    let groups = compare::all_peer_groups(released, catalog, &settings);
    let coded: Vec<(u32, &PeerGroup)> = (0..).zip(groups.iter().map(|g| &g.value)).collect();
    let alike = compare::alike(released, catalog, &settings, &coded);
    let around = settings.around().map(|settings| compare::all_peer_groups(released, catalog, &settings));
    let one = |((code, group), alike): (&(u32, &PeerGroup), Option<Alike>)| {
        let around = around.as_ref().map(|all| all[*code as usize].value.clone());
        PeersOf {
            district: released.terms().districts[*code as usize].clone(),
            peers: PeerGroup { alike, ..(*group).clone() },
            around: around.filter(|group| !group.within.is_empty()),
            outcomes: compare::outcomes(released, catalog, group, *code),
        }
    };
    let value = coded.par_iter().zip(alike).map(one).collect();
    Warned { value, diagnostics: groups.into_iter().flat_map(|g| g.diagnostics).collect() }
}

fn find_district(released: &Released, wanted: &str) -> Result<u32, RunError> {
    let found = DistrictId::new(&clean(wanted)).and_then(|id| released.terms().district(&id));
    found.ok_or_else(|| {
        let known = released.terms().districts.iter();
        let like = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase());
        let mut nearest: Vec<_> = known.map(|d| (like(&d.shown_id).max(like(&d.name)), d)).collect();
        nearest.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        let names: Vec<String> =
            nearest.iter().take(3).map(|(_, d)| format!("{} ({})", d.shown_id, d.name)).collect();
        let nearest = if names.is_empty() {
            "; the sources name no district at all".to_owned()
        } else {
            format!("; the nearest are {}", names.join(", "))
        };
        RunError::District { id: wanted.to_owned(), nearest }
    })
}

fn draw(exhibits: &[Exhibit]) -> Result<BTreeMap<String, chart::Drawing>, RunError> {
    let theme = chart::Theme::embedded()?;
    let drawn = exhibits.par_iter().map(|e| Ok((e.id.clone(), chart::draw(e, &theme)?)));
    drawn.collect::<Result<BTreeMap<_, _>, chart::ChartError>>().map_err(RunError::Chart)
}

fn assemble(
    project: &Project,
    comparisons: Comparisons,
    findings: Findings,
    exhibits: Vec<Exhibit>,
    tables: Vec<exhibit::DataTable>,
) -> Pack {
    let year = comparisons.all.iter().filter_map(|c| Some(c.latest()?.year)).max();
    let domains = project.catalog.domains.iter();
    let section = |d: &crate::catalog::Domain| Section {
        id: d.id.clone(),
        label: d.label.clone(),
        question: d.question.clone(),
        exhibits: exhibits.iter().filter(|e| e.domain == d.id).cloned().collect(),
    };
    Pack {
        title: project.file.retreat.title.clone(),
        district: comparisons.district,
        year,
        sections: domains.map(section).filter(|s| !s.exhibits.is_empty()).collect(),
        findings,
        series: comparisons.all.len(),
        peers: comparisons.peers,
        tables,
    }
}
