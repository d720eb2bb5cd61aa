//! Checks of what `retreat.toml` says, against itself and the catalog. The first problem found is the one reported.

use super::error::{FILE, ProjectError};
use super::settings::{Privacy, ProjectFile};
use crate::catalog::{
    Catalog, Layout, LayoutBreak, MatchVariable, PeersChoice, check_known, check_match_variable, pattern,
};
use crate::domain::{DistrictId, SchoolYear};

/// The least that `smallest_group` may be.
const LEAST_SMALLEST_GROUP: u32 = 3;

/// Checks the project file against the catalog.
pub(super) fn check_file(file: &ProjectFile, catalog: &Catalog) -> Result<(), ProjectError> {
    if file.sources.is_empty() {
        return Err(wrong("it names no [[source]]: add one for each spreadsheet"));
    }
    if file.peers.count == Some(0) {
        return Err(wrong("[peers] count must be at least 1; with fewer than 5 no comparison is told"));
    }
    check_year("[peers] year", file.peers.year)?;
    for found in &file.breaks {
        check_break(found, catalog)?;
    }
    check_year("[retreat] base-year", file.retreat.base_year)?;
    if file.privacy.smallest_group.is_some_and(|n| n < LEAST_SMALLEST_GROUP) {
        return Err(wrong("[privacy] smallest_group must be at least 3"));
    }
    check_peers(&file.peers, catalog)
}

fn wrong(message: impl Into<String>) -> ProjectError {
    ProjectError::Wrong { message: message.into() }
}

/// Checks that `year`, of the entry `name`, is a school year.
fn check_year(name: &str, year: Option<i32>) -> Result<(), ProjectError> {
    match year.map(SchoolYear::ending) {
        Some(Err(error)) => Err(wrong(format!("{name}: {error}"))),
        _ => Ok(()),
    }
}

fn check_break(found: &LayoutBreak, catalog: &Catalog) -> Result<(), ProjectError> {
    check_known(FILE, "measure of a [[break]]", &found.measure, catalog.measures.keys())?;
    check_year("[[break]] year", Some(found.year))
}

/// Checks that measures of the project's own catalog protect as many people as the project asks for.
pub(super) fn check_own_measures(privacy: &Privacy, catalog: &Catalog) -> Result<(), ProjectError> {
    let Some(least) = privacy.smallest_group else { return Ok(()) };
    let mut own = catalog.own.measures.keys().filter_map(|id| catalog.measures.get(id));
    match own.find(|measure| measure.protects_people() && measure.smallest_group < least) {
        Some(measure) => Err(wrong(format!(
            "[privacy] smallest_group is {least}, but the measure {:?} of the project's catalog says smallest-group = {}: say \
             {least} or more there",
            measure.id, measure.smallest_group
        ))),
        None => Ok(()),
    }
}

/// Checks that each attribute that `[peers]` names is read by a layout of one of the sources, or is one by which peers are
/// chosen where a project does not say.
pub(super) fn check_attributes(
    peers: &PeersChoice,
    catalog: &Catalog,
    layouts: &[&Layout],
) -> Result<(), ProjectError> {
    let read = layouts.iter().flat_map(|layout| &layout.attributes).map(|attribute| &attribute.id);
    let all: Vec<&String> = read.chain(&catalog.peers.within).collect();
    for (place, name) in named_attributes(peers) {
        let place = format!("{FILE}, [peers] {place}");
        check_known(&place, "attribute of a source", name, all.iter().copied())?;
    }
    Ok(())
}

/// The attributes that `[peers]` names, each with the entry that names it.
fn named_attributes(peers: &PeersChoice) -> Vec<(&'static str, &String)> {
    let mut named = Vec::new();
    named.extend(peers.within.iter().flatten().map(|name| ("within", name)));
    named.extend(peers.around.iter().map(|name| ("around", name)));
    named.extend(peers.leave_out.iter().map(|rule| ("leave-out", &rule.attribute)));
    let attributes = peers.variable.values().filter_map(|variable| variable.attribute.as_ref());
    named.extend(attributes.map(|name| ("variable", name)));
    named
}

fn check_peers(peers: &PeersChoice, catalog: &Catalog) -> Result<(), ProjectError> {
    check_variables(peers, catalog)?;
    check_matches_measure(peers, catalog)?;
    check_weights(peers)?;
    check_matched_once(peers)?;
    check_replacements(peers)?;
    check_left_out(peers)?;
    check_named_districts(peers)
}

/// Checks the project's own matching variables, and that all variables named are known.
fn check_variables(peers: &PeersChoice, catalog: &Catalog) -> Result<(), ProjectError> {
    for (name, variable) in &peers.variable {
        check_match_variable(catalog, "[peers]", name, variable)?;
    }
    let all = catalog.peers.variable.keys().chain(peers.variable.keys());
    for (place, name) in named_variables(peers) {
        check_known(&format!("[peers] {place}"), "matching variable", name, all.clone())?;
    }
    Ok(())
}

/// The matching variables that `[peers]` names, each with the entry that names it.
fn named_variables(peers: &PeersChoice) -> Vec<(&'static str, &String)> {
    let mut named = Vec::new();
    named.extend(peers.matching.iter().flatten().map(|name| ("match", name)));
    named.extend(peers.weights.keys().map(|name| ("weights", name)));
    named.extend(peers.missing.keys().map(|name| ("missing", name)));
    named.extend(peers.masked.keys().map(|name| ("masked", name)));
    named
}

/// Checks that districts are matched by a measure at least: flags and categories alone are of no year.
fn check_matches_measure(peers: &PeersChoice, catalog: &Catalog) -> Result<(), ProjectError> {
    let Some(names) = &peers.matching else { return Ok(()) };
    let mut variables = names.iter().filter_map(|name| match_variable(name, peers, catalog));
    if variables.any(|variable| variable.measure.is_some()) {
        return Ok(());
    }
    Err(wrong(
        "[peers] match names no measure: flags and categories alone match districts by no year; add one, or ask for \
         shared attributes with `within`",
    ))
}

/// The matching variable of this name: the project's own, or the catalog's.
fn match_variable<'a>(name: &str, peers: &'a PeersChoice, catalog: &'a Catalog) -> Option<&'a MatchVariable> {
    peers.variable.get(name).or_else(|| catalog.peers.variable.get(name))
}

fn check_weights(peers: &PeersChoice) -> Result<(), ProjectError> {
    match peers.weights.iter().find(|(_, weight)| !weight.is_finite() || **weight < 0.0) {
        Some((name, weight)) => {
            Err(wrong(format!("[peers] weights: that of {name:?} is {weight}; weights are 0 or more")))
        }
        None => Ok(()),
    }
}

fn check_matched_once(peers: &PeersChoice) -> Result<(), ProjectError> {
    let mut names: Vec<&String> = peers.matching.iter().flatten().collect();
    names.sort();
    match names.array_windows().find(|[a, b]| a == b) {
        Some([name, _]) => Err(wrong(format!(
            "[peers] match names {name:?} twice; to let it count more, give it a weight in `weights`"
        ))),
        None => Ok(()),
    }
}

/// Checks the numbers that missing and masked values are read as.
fn check_replacements(peers: &PeersChoice) -> Result<(), ProjectError> {
    for (place, values) in [("missing", &peers.missing), ("masked", &peers.masked)] {
        if let Some((name, value)) = values.iter().find(|(_, value)| !value.is_finite()) {
            return Err(wrong(format!(
                "[peers] {place}: that of {name:?} is {value}, which is no number to match by"
            )));
        }
    }
    Ok(())
}

fn check_left_out(peers: &PeersChoice) -> Result<(), ProjectError> {
    for rule in &peers.leave_out {
        if let Err(error) = pattern(&rule.matches) {
            return Err(wrong(format!("[[peers.leave-out]] matches = {:?}: {error}", rule.matches)));
        }
    }
    Ok(())
}

fn check_named_districts(peers: &PeersChoice) -> Result<(), ProjectError> {
    for id in peers.include.iter().chain(&peers.exclude) {
        if DistrictId::new(id).is_none() {
            return Err(wrong(format!("[peers] {id:?} is not the id of a district")));
        }
    }
    Ok(())
}
