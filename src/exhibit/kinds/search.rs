//! The words under which people look for an exhibit.

use std::collections::BTreeSet;

use super::context::ExhibitContext;
use crate::compare::Comparison;
use crate::domain::ALL;
use crate::wording::exhibit::grade_spellings;

/// Other names of the groups, subjects, and grades that it shows, and the words of the catalog for it and its domain; sorted.
pub(super) fn words(context: &ExhibitContext<'_>, series: &[&Comparison]) -> Vec<String> {
    let mut words: BTreeSet<String> = context.spec.search.iter().cloned().collect();
    let domain = context.catalog.domains.iter().find(|domain| domain.id == context.spec.domain);
    words.extend(domain.into_iter().flat_map(|domain| domain.search.iter().cloned()));
    let groups = &context.catalog.groups;
    for key in series.iter().map(|one| &one.key) {
        if let Some(group) = groups.group(&key.group).filter(|_| key.group != ALL) {
            words.extend(group.also.iter().cloned());
        }
        if let Some(subject) = groups.subject(&key.subject).filter(|_| key.subject != ALL) {
            words.extend(subject.also.iter().cloned());
        }
        words.extend(grade_spellings(key.grade.id()));
        words.extend(context.catalog.measures.get(&key.measure).map(|measure| measure.label.clone()));
    }
    words.into_iter().collect()
}
