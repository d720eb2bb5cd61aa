//! Which measures a rule covers.

use crate::catalog::{Catalog, Measure, Rule};

/// Whether the rule names the measure, its story, or its domain. A total mainly says how large the district is, so only a rule that
/// names it covers it.
pub(super) fn covers_measure(rule: &Rule, measure: &Measure, catalog: &Catalog) -> bool {
    let is_judged = measure.better.sign() != 0.0 && !measure.adds_up();
    let story = catalog.findings.story_of(&measure.id);
    let is_in_story = story.is_some_and(|story| rule.stories.contains(&story.id));
    rule.measures.contains(&measure.id)
        || (is_judged && (is_in_story || rule.domains.contains(&measure.domain)))
}

/// The measures that a rule covers, in the order of their ids.
#[must_use]
pub fn measures_covered<'a>(rule: &Rule, catalog: &'a Catalog) -> Vec<&'a Measure> {
    catalog.measures.values().filter(|measure| covers_measure(rule, measure, catalog)).collect()
}

/// The rules that cover a measure, in the catalog's order.
#[must_use]
pub fn rules_covering<'a>(measure: &Measure, catalog: &'a Catalog) -> Vec<&'a Rule> {
    catalog.rules.iter().filter(|rule| covers_measure(rule, measure, catalog)).collect()
}
