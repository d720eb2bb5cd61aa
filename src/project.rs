//! The project: `retreat.toml` beside the spreadsheets.

mod sources;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::catalog::{
    Catalog, CatalogError, Derivation, Deviation, Layout, LayoutBreak, LeaveOut, MatchVariable,
    check_match_variable, from_toml, read_toml,
};
use crate::domain::{Break, DistrictId, SchoolYear};

pub use sources::Source;

/// The project file's name.
pub const FILE: &str = "retreat.toml";

/// A project: its folder, its file, and the catalog with the project's own entries.
#[derive(Debug)]
pub struct Project {
    /// The folder.
    pub folder: PathBuf,
    /// What `retreat.toml` says.
    pub file: ProjectFile,
    /// The embedded catalog and the project's own `catalog/`.
    pub catalog: Catalog,
    /// The sources with their layouts, in the order of the file.
    pub sources: Vec<Source>,
    /// Where its packs go: `out` in its folder, unless it is told otherwise.
    pub out: PathBuf,
    /// The folder of a pack that readers already have: that one and the new one together reveal nothing withheld. If none is named,
    /// the pack in `out` is meant.
    pub previous: Option<PathBuf>,
}

/// `retreat.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// The retreat.
    pub retreat: Retreat,
    /// The spreadsheets; a later one's values take the place of an earlier one's.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceSpec>,
    /// Districts that became others.
    #[serde(default)]
    pub districts: DistrictsChoice,
    /// Years from which a measure is not compared with earlier ones, beside those of the catalog and the layouts.
    #[serde(default, rename = "break")]
    pub breaks: Vec<LayoutBreak>,
    /// How peers are chosen.
    #[serde(default)]
    pub peers: PeersChoice,
    /// Privacy.
    #[serde(default)]
    pub privacy: Privacy,
    /// Thresholds by `RULE.NAME`.
    #[serde(default)]
    pub thresholds: BTreeMap<String, f64>,
    /// What is handed over.
    #[serde(default)]
    pub pack: PackChoice,
}

/// `[retreat]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retreat {
    /// Title of the day.
    pub title: String,
    /// Id of the district, in any spelling.
    pub district: String,
    /// The school year, by the year in which it ends, that changes are told since beside the first (2019: the last before
    /// the pandemic).
    #[serde(default, rename = "base-year")]
    pub base_year: Option<i32>,
}

/// `[[source]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// Path relative to the project; `*`, `?`, `[…]` are wildcards, `${NAME}` an environment variable.
    pub path: String,
    /// Id of a layout of the catalog, or path of a layout file of the project.
    pub layout: String,
    /// The school year of the files, by the year in which it ends, where neither they nor their names say it (or say
    /// it wrongly); it takes the place of the layout's `[year]`.
    pub year: Option<i32>,
}

/// `[districts]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictsChoice {
    /// Path of a table of districts that merged, split or changed their id, relative to the project: columns
    /// `from_id`, `to_id`, `school_year`, `note`.
    pub crosswalk: Option<String>,
}

/// `[peers]`: what is not said is taken from the catalog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PeersChoice {
    /// How many, from 1; with fewer than 5 that have a value no comparison is told, as the median of few would be the value
    /// of one.
    pub count: Option<usize>,
    /// The school year whose values choose the peers, by its end; the latest that nearly all districts report where not
    /// said. Attributes are always the latest that the sources have.
    pub year: Option<i32>,
    /// Names of the matching variables.
    #[serde(rename = "match")]
    pub matching: Option<Vec<String>>,
    /// Attributes that peers share.
    pub within: Option<Vec<String>>,
    /// Attributes that the second set shares, the districts around ours (`county`, `region`).
    pub around: Vec<String>,
    /// Ids of districts that are always among our peers.
    pub include: Vec<String>,
    /// Ids of districts that never are.
    pub exclude: Vec<String>,
    /// Weights of variables in the squared distance, by name; 1 where not named.
    pub weights: BTreeMap<String, f64>,
    /// What a missing value of a variable is read as, by name; a masked or withheld one is not missing.
    pub missing: BTreeMap<String, f64>,
    /// What a masked or withheld value of a variable is read as, by name, where the state's method says so.
    pub masked: BTreeMap<String, f64>,
    /// Whether counts are matched on the log scale; they are unless this is `false`.
    pub log: Option<bool>,
    /// The standard deviation that variables are divided by.
    pub deviation: Deviation,
    /// Districts left out before anything is standardised.
    pub leave_out: Vec<LeaveOut>,
    /// Matching variables of the project, by name.
    pub variable: BTreeMap<String, MatchVariable>,
}

/// `[privacy]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Values resting on fewer people are withheld, unless already public; at least 3.
    pub smallest_group: Option<u32>,
}

/// `[pack]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackChoice {
    /// Formats of the pack; all where absent.
    pub formats: Option<Vec<String>>,
}

/// Why a project cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// There is no project file.
    #[error(
        "there is no {FILE} in {folder}\n  hint: name the project's folder, as in `retreat build sample_data`"
    )]
    Missing {
        /// The folder.
        folder: String,
    },
    /// The project file cannot be read.
    #[error("{file} cannot be read: {message}")]
    Unreadable {
        /// The file.
        file: String,
        /// What is wrong, with the line.
        message: String,
    },
    /// Something in it does not hold together.
    #[error("{FILE}: {message}")]
    Wrong {
        /// What is wrong and what to do.
        message: String,
    },
    /// The catalog or a layout does not hold together.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
}

impl Project {
    /// Opens the project in `folder`.
    ///
    /// # Errors
    /// [`ProjectError`] where the file or a layout it names cannot be used.
    pub fn open(folder: &Path) -> Result<Self, ProjectError> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(ProjectError::Missing { folder: folder.display().to_string() });
        }
        let unreadable =
            |message: String| ProjectError::Unreadable { file: path.display().to_string(), message };
        let text = read_toml(&path).map_err(unreadable)?;
        let file: ProjectFile = from_toml(&text).map_err(unreadable)?;
        let mut catalog = Catalog::of_project(folder)?;
        check(&file, &catalog)?;
        check_own_measures(&file.privacy, &catalog)?;
        let sources = sources::sources(folder, &catalog, &file.sources)?;
        let layouts = sources::layouts(&sources);
        check_attributes(&file.peers, &catalog, layouts.iter().copied())?;
        let of_layouts = layouts.iter().flat_map(|layout| &layout.breaks);
        take_breaks(&mut catalog, file.breaks.iter().chain(of_layouts));
        Ok(Self {
            folder: folder.to_owned(),
            file,
            catalog,
            sources,
            out: folder.join("out"),
            previous: None,
        })
    }
}

/// Adds the breaks that the project and its layouts know of to their measures, each year once.
fn take_breaks<'a>(catalog: &mut Catalog, breaks: impl Iterator<Item = &'a LayoutBreak>) {
    for found in breaks {
        let Some(measure) = catalog.measures.get_mut(&found.measure) else { continue };
        if measure.breaks.iter().all(|b| b.year != found.year) {
            measure.breaks.push(found.of_measure());
        }
        measure.breaks.sort_by_key(|b| b.year);
    }
    pass_on_breaks(catalog);
}

/// Gives what is computed from others the breaks of these: a share breaks where its amount does.
fn pass_on_breaks(catalog: &mut Catalog) {
    loop {
        let mut found: Vec<(String, Break)> = Vec::new();
        for measure in catalog.measures.values() {
            let parts = measure.derive.iter().flat_map(Derivation::parts);
            for part in parts.filter_map(|id| catalog.measures.get(id)) {
                let new = part.breaks.iter().filter(|b| measure.breaks.iter().all(|own| own.year != b.year));
                found.extend(new.map(|b| (measure.id.clone(), b.clone())));
            }
        }
        if found.is_empty() {
            return;
        }
        for (id, new) in found {
            let Some(measure) = catalog.measures.get_mut(&id) else { continue };
            if measure.breaks.iter().all(|own| own.year != new.year) {
                measure.breaks.push(new);
            }
            measure.breaks.sort_by_key(|b| b.year);
        }
    }
}

fn check(file: &ProjectFile, catalog: &Catalog) -> Result<(), ProjectError> {
    let wrong = |message: String| Err(ProjectError::Wrong { message });
    if file.sources.is_empty() {
        return wrong("it names no [[source]]: add one for each spreadsheet".to_owned());
    }
    if file.peers.count == Some(0) {
        return wrong("[peers] count must be at least 1; with fewer than 5 no comparison is told".to_owned());
    }
    if let Some(Err(e)) = file.peers.year.map(SchoolYear::ending) {
        return wrong(format!("[peers] year: {e}"));
    }
    for found in &file.breaks {
        crate::catalog::check_known(FILE, "measure of a [[break]]", &found.measure, catalog.measures.keys())?;
        SchoolYear::ending(found.year)
            .map_err(|e| ProjectError::Wrong { message: format!("[[break]] year: {e}") })?;
    }
    if let Some(Err(e)) = file.retreat.base_year.map(SchoolYear::ending) {
        return wrong(format!("[retreat] base-year: {e}"));
    }
    if file.privacy.smallest_group.is_some_and(|n| n < 3) {
        return wrong("[privacy] smallest_group must be at least 3".to_owned());
    }
    check_peers(&file.peers, catalog)
}

/// A measure of the project's own catalog must protect as many people as the project asks for.
fn check_own_measures(privacy: &Privacy, catalog: &Catalog) -> Result<(), ProjectError> {
    let Some(least) = privacy.smallest_group else { return Ok(()) };
    let mut own = catalog.own.measures.keys().filter_map(|id| catalog.measures.get(id));
    match own.find(|measure| measure.protects_people() && measure.smallest_group < least) {
        Some(measure) => Err(ProjectError::Wrong {
            message: format!(
                "[privacy] smallest_group is {least}, but the measure {:?} of the project's catalog says smallest-group = {}: say \
                 {least} or more there",
                measure.id, measure.smallest_group
            ),
        }),
        None => Ok(()),
    }
}

/// An attribute that `[peers]` names must be read by a layout of one of the sources, or be one by which peers are chosen
/// where a project does not say.
fn check_attributes<'a>(
    peers: &PeersChoice,
    catalog: &Catalog,
    layouts: impl Iterator<Item = &'a Layout>,
) -> Result<(), ProjectError> {
    let read = layouts.flat_map(|layout| &layout.attributes).map(|a| &a.id);
    let all: Vec<&String> = read.chain(&catalog.peers.within).collect();
    let within = peers.within.iter().flatten().map(|name| ("within", name));
    let around = peers.around.iter().map(|name| ("around", name));
    let left_out = peers.leave_out.iter().map(|rule| ("leave-out", &rule.attribute));
    let variables = peers.variable.values().filter_map(|v| Some(("variable", v.attribute.as_ref()?)));
    for (place, name) in within.chain(around).chain(left_out).chain(variables) {
        let place = format!("{FILE}, [peers] {place}");
        crate::catalog::check_known(&place, "attribute of a source", name, all.iter().copied())?;
    }
    Ok(())
}

fn check_peers(peers: &PeersChoice, catalog: &Catalog) -> Result<(), ProjectError> {
    let wrong = |message: String| ProjectError::Wrong { message };
    for (name, variable) in &peers.variable {
        check_match_variable(catalog, "[peers]", name, variable)?;
    }
    let known = catalog.peers.variable.keys().chain(peers.variable.keys());
    let named = peers.matching.iter().flatten().map(|name| ("match", name));
    let named = named.chain(peers.weights.keys().map(|name| ("weights", name)));
    let named = named.chain(peers.missing.keys().map(|name| ("missing", name)));
    for (place, name) in named.chain(peers.masked.keys().map(|name| ("masked", name))) {
        crate::catalog::check_known(&format!("[peers] {place}"), "matching variable", name, known.clone())?;
    }
    // Flags and categories are of no year by themselves.
    let variable = |name: &String| peers.variable.get(name).or_else(|| catalog.peers.variable.get(name));
    let mut matching = peers.matching.iter().flatten().filter_map(variable);
    if peers.matching.is_some() && matching.all(|variable| variable.measure.is_none()) {
        return Err(wrong(
            "[peers] match names no measure: flags and categories alone match districts by no year; add one, or ask for \
             shared attributes with `within`"
                .to_owned(),
        ));
    }
    if let Some((name, weight)) = peers.weights.iter().find(|(_, w)| !w.is_finite() || **w < 0.0) {
        return Err(wrong(format!("[peers] weights: that of {name:?} is {weight}; weights are 0 or more")));
    }
    let mut names: Vec<&String> = peers.matching.iter().flatten().collect();
    names.sort();
    if let Some([name, _]) = names.array_windows().find(|[a, b]| a == b) {
        return Err(wrong(format!(
            "[peers] match names {name:?} twice; to let it count more, give it a weight in `weights`"
        )));
    }
    for (place, values) in [("missing", &peers.missing), ("masked", &peers.masked)] {
        if let Some((name, value)) = values.iter().find(|(_, v)| !v.is_finite()) {
            return Err(wrong(format!(
                "[peers] {place}: that of {name:?} is {value}, which is no number to match by"
            )));
        }
    }
    for rule in &peers.leave_out {
        let readable = crate::catalog::pattern(&rule.matches);
        readable.map_err(|e| wrong(format!("[[peers.leave-out]] matches = {:?}: {e}", rule.matches)))?;
    }
    for id in peers.include.iter().chain(&peers.exclude) {
        DistrictId::new(id).ok_or_else(|| wrong(format!("[peers] {id:?} is not the id of a district")))?;
    }
    Ok(())
}
