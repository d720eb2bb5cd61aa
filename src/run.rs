//! The whole pipeline, a line a stage.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::catalog::Layout;
use crate::compare::{self, Comparisons, PeerSettings};
use crate::diagnostic::Diagnostic;
use crate::disclosure::{self, Released};
use crate::domain::{DistrictId, Quadrant};
use crate::exhibit::{self, Exhibit, Pack, Section};
use crate::finding::{self, Findings};
use crate::observation::{self, Gathered};
use crate::pack::{
    Counts, Decision, DiagnosticList, DistrictName, ExhibitLeftOut, Formats, Picture, Report, Written,
};
use crate::project::Project;
use crate::source::Input;
use crate::{chart, measure, pack, source};

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
#[derive(Debug)]
pub struct Data {
    /// The estimates behind the door.
    pub released: Released,
    /// What was read of each file.
    pub sources: Vec<crate::diagnostic::SourceRead>,
    /// How many observations, and how many of them a later file revised.
    pub counts: (u64, u64),
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
    /// The files.
    pub written: Vec<Written>,
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
    pack::check_out(out)?;
    let (comparisons, mut diagnostics) = compare(project, data, district)?;
    let findings = finding::propose(&comparisons, &project.catalog, &project.file.thresholds);
    let exhibits = exhibit::exhibits(&comparisons, &findings, &project.catalog);
    let left_out = exhibits.diagnostics;
    let tables = exhibit::tables(&data.released, &comparisons, &project.catalog)?;
    let drawings = draw(&exhibits.value)?;
    let pack = assemble(project, comparisons, findings, exhibits.value, tables);
    diagnostics.extend(data.diagnostics.iter().cloned());
    let report = report(project, data, &pack, diagnostics, &left_out);
    let pictures: Vec<Picture<'_>> = pack
        .exhibits()
        .filter_map(|exhibit| {
            let drawing = drawings.get(&exhibit.id)?;
            Some(Picture { exhibit, svg: &drawing.svg, png: &drawing.png })
        })
        .collect();
    let written = pack::write(&pack, &pictures, &report, out, formats)?;
    Ok(Built { out: out.to_owned(), report, written })
}

/// Reads all sources of a project, up to what may be shown.
///
/// # Errors
/// See [`RunError`].
pub fn read(project: &Project) -> Result<Data, RunError> {
    let Gathered { observations, reports, revised, mut diagnostics } = observe(project)?;
    let estimates = measure::estimate(&observations, &project.catalog)?.into(&mut diagnostics);
    let counts = (observations.len() as u64, revised);
    drop(observations);
    let released = disclosure::release(estimates, &project.catalog, project.file.privacy.smallest_group)?;
    Ok(Data { released, sources: reports, counts, diagnostics })
}

/// Reads every file once, in parallel, by all layouts that the project names for it.
fn observe(project: &Project) -> Result<Gathered, RunError> {
    let mut diagnostics = Vec::new();
    let mut uses: Vec<(Input, String, &Layout)> = Vec::new();
    for (pattern, layout) in &project.sources {
        let files = source::find(&project.folder, pattern).into(&mut diagnostics);
        uses.extend(files.into_iter().map(|found| (found.input, found.shown, layout)));
    }
    let mut files: BTreeMap<&Input, Vec<usize>> = BTreeMap::new();
    uses.iter().enumerate().for_each(|(i, (input, ..))| files.entry(input).or_default().push(i));
    let read: Vec<_> = files
        .into_par_iter()
        .map(|(input, which)| {
            let file = source::read(input, &uses[which[0]].1);
            let readings = which
                .iter()
                .map(|i| Ok((*i, observation::read_file(&file.value, uses[*i].2, &project.catalog)?)))
                .collect::<Result<Vec<_>, regex::Error>>()?;
            Ok((readings, file.diagnostics))
        })
        .collect::<Result<_, regex::Error>>()?;
    let mut readings = Vec::with_capacity(uses.len());
    for (of_file, problems) in read {
        readings.extend(of_file);
        diagnostics.extend(problems);
    }
    readings.sort_by_key(|(i, _)| *i);
    let mut gathered = observation::gather(readings.into_iter().map(|(_, r)| r).collect(), &project.catalog)?;
    diagnostics.append(&mut gathered.diagnostics);
    Ok(Gathered { diagnostics, ..gathered })
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
    finding::check_thresholds(&project.catalog, &project.file.thresholds).map_err(RunError::Threshold)?;
    let code = find_district(&data.released, district)?;
    let mut diagnostics = Vec::new();
    let settings = peer_settings(project);
    let comparisons =
        compare::compare(&data.released, &project.catalog, &settings, code).into(&mut diagnostics);
    Ok((comparisons, diagnostics))
}

/// How peers are chosen: as the project says, else as the catalog does.
#[must_use]
pub fn peer_settings(project: &Project) -> PeerSettings {
    let (choice, default) = (&project.file.peers, &project.catalog.peers);
    PeerSettings {
        count: choice.count.unwrap_or(default.count),
        matching: choice.matching.clone().unwrap_or_else(|| default.matching.clone()),
        within: choice.within.clone().unwrap_or_else(|| default.within.clone()),
    }
}

fn find_district(released: &Released, wanted: &str) -> Result<u32, RunError> {
    let found = DistrictId::new(wanted).and_then(|id| released.terms().district(&id));
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
        peers: comparisons.peers,
        tables,
    }
}

fn report(
    project: &Project,
    data: &Data,
    pack: &Pack,
    diagnostics: Vec<Diagnostic>,
    left_out: &[Diagnostic],
) -> Report {
    let name = DistrictName { id: pack.district.shown_id.clone(), name: pack.district.name.clone() };
    let mut report = Report::new(&pack.title, name);
    report.sources = data.sources.clone();
    report.revisions = data.counts.1;
    report.decisions = decisions(project, pack);
    let findings = Quadrant::ALL.map(|q| (q, pack.findings.of(q).count() as u64));
    report.counts = Counts {
        observations: data.counts.0,
        estimates: data.released.len() as u64,
        derived: data.released.len() as u64 - data.counts.0.min(data.released.len() as u64),
        withheld: data.released.withheld(),
        comparisons: pack
            .tables
            .iter()
            .find(|t| t.name == "comparisons")
            .map_or(0, |t| t.frame.height() as u64),
        findings: findings.into_iter().collect(),
        exhibits: pack.exhibits().count() as u64,
    };
    let why = |d: &Diagnostic| ExhibitLeftOut { id: d.like.clone(), why: d.found.clone() };
    report.exhibits_left_out = left_out.iter().map(why).collect();
    report.diagnostics = DiagnosticList::new(diagnostics);
    report
}

fn decisions(project: &Project, pack: &Pack) -> Vec<Decision> {
    let decision = |what: &str, chosen: String, why: &str| Decision {
        what: what.to_owned(),
        chosen,
        why: why.to_owned(),
    };
    let mut decisions = Vec::new();
    if let Some(year) = pack.peers.year {
        let variables: Vec<&str> = pack.peers.variables.iter().map(|v| v.label.as_str()).collect();
        decisions.push(decision(
            "year of the peers",
            year.to_string(),
            "the latest that enough districts report",
        ));
        decisions.push(decision(
            "peers matched on",
            variables.join(", "),
            "[peers] of the project, or the catalog",
        ));
        for (attribute, value) in &pack.peers.within {
            decisions.push(decision("peers share", format!("{attribute}: {value}"), "[peers] within"));
        }
    }
    for (name, value) in &project.file.thresholds {
        decisions.push(decision("threshold", format!("{name} = {value}"), "[thresholds] of the project"));
    }
    decisions
}
