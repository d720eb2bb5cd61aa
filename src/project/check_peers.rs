//! Checks of `[peers]` in `retreat.toml`.

use crate::catalog::{EntryChecker, MatchVariable, PeersChoice, check_match_variable};
use crate::domain::DistrictId;
use crate::wording::project as say;

/// Checks how the project chooses its peers.
pub(super) fn check(checker: &mut EntryChecker<'_>, peers: &PeersChoice) {
    if peers.count == Some(0) {
        checker.report("count", say::no_peers());
    }
    super::check::check_year(checker, "year", peers.year);
    check_variables(checker, peers);
    check_matches_measure(checker, peers);
    check_weights(checker, peers);
    check_matched_once(checker, peers);
    check_replacements(checker, peers);
    for rule in &peers.leave_out {
        checker.pattern(&rule.matches, &[]);
    }
    for id in peers.include.iter().chain(&peers.exclude) {
        if DistrictId::new(id).is_none() {
            checker.report(id, say::not_a_district_id(id));
        }
    }
}

/// Checks the project's own matching variables, and that all variables named are known.
fn check_variables(checker: &mut EntryChecker<'_>, peers: &PeersChoice) {
    let place = checker.place;
    for (name, variable) in &peers.variable {
        check_match_variable(&mut checker.part(place.under("variable").under(name)), variable);
    }
    let catalog = checker.catalog;
    let all = catalog.peers.variable.keys().chain(peers.variable.keys()).map(String::as_str);
    for NamedVariable { key, name } in named_variables(peers) {
        checker.part(place.under(key)).known(say::MATCHING_VARIABLE, name, all.clone());
    }
}

/// A matching variable that an entry of `[peers]` names.
struct NamedVariable<'a> {
    key: &'static str,
    name: &'a str,
}

fn named_variables(peers: &PeersChoice) -> Vec<NamedVariable<'_>> {
    let mut named = Vec::new();
    named.extend(peers.matching.iter().flatten().map(|name| NamedVariable { key: "match", name }));
    named.extend(peers.weights.keys().map(|name| NamedVariable { key: "weights", name }));
    named.extend(peers.missing.keys().map(|name| NamedVariable { key: "missing", name }));
    named.extend(peers.masked.keys().map(|name| NamedVariable { key: "masked", name }));
    named
}

/// Checks that districts are matched by a measure at least: flags and categories alone are of no year. A name that is
/// unknown may have meant one.
fn check_matches_measure(checker: &mut EntryChecker<'_>, peers: &PeersChoice) {
    let Some(names) = &peers.matching else { return };
    let catalog = checker.catalog;
    let mut variables =
        names.iter().map(|name| peers.variable.get(name).or_else(|| catalog.peers.variable.get(name)));
    if !variables.any(|variable| variable.is_none_or(has_measure)) {
        checker.report("match", say::no_measure_to_match());
    }
}

const fn has_measure(variable: &MatchVariable) -> bool {
    variable.measure.is_some()
}

fn check_weights(checker: &mut EntryChecker<'_>, peers: &PeersChoice) {
    let place = checker.place.under("weights");
    for (name, weight) in &peers.weights {
        if !weight.is_finite() || *weight < 0.0 {
            checker.part(place).report(name, say::bad_weight(name, *weight));
        }
    }
}

fn check_matched_once(checker: &mut EntryChecker<'_>, peers: &PeersChoice) {
    let mut names: Vec<&String> = peers.matching.iter().flatten().collect();
    names.sort();
    for [first, second] in names.array_windows() {
        if first == second {
            checker.report(first, say::matched_twice(first));
        }
    }
}

/// Checks the numbers that missing and masked values are read as.
fn check_replacements(checker: &mut EntryChecker<'_>, peers: &PeersChoice) {
    for (key, values) in [("missing", &peers.missing), ("masked", &peers.masked)] {
        let place = checker.place.under(key);
        for (name, value) in values.iter().filter(|(_, value)| !value.is_finite()) {
            checker.part(place).report(name, say::bad_replacement(name, *value));
        }
    }
}
