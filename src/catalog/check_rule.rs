//! Checks one rule against the catalog.

use std::path::Path;

use super::ids::EntryChecker;
use super::{Beside, Condition, Operator, Rule};
use crate::domain::{Grade, Quadrant};
use crate::wording::catalog as say;

/// Checks one rule.
pub(super) fn check(checker: &mut EntryChecker<'_>, rule: &Rule) {
    checker.measures(&rule.measures);
    checker.domains(&rule.domains);
    checker.groups(rule.groups.iter().filter(|id| *id != "*"));
    checker.stories(&rule.stories);
    let stem = Path::new(checker.place.file).file_stem().unwrap_or_default().to_string_lossy();
    let of_file = Quadrant::ALL.into_iter().find(|quadrant| quadrant.id() == stem);
    if let Some(other) = of_file.filter(|quadrant| *quadrant != rule.quadrant) {
        checker.report("quadrant", say::rule_in_other_file(rule.quadrant.id(), other.id()));
    }
    if rule.measures.is_empty() && rule.domains.is_empty() && rule.stories.is_empty() {
        checker.report("", say::rule_without_measures());
    }
    if let Some(beside) = &rule.beside {
        check_beside(checker, beside);
    }
    checker.question(&rule.question);
    let place = checker.place;
    // Items that could not be read were reported: what is missing because of them needs no message.
    let are_conditions_read = rule.when.len() >= place.count_of("when");
    let are_clauses_read = rule.say.len() >= place.count_of("say");
    if rule.when.is_empty() && are_conditions_read || rule.say.is_empty() && are_clauses_read {
        checker.report("when", say::rule_without_conditions());
    }
    for (i, condition) in rule.when.iter().enumerate() {
        let mut checker = checker.part(place.under("when").item(i));
        check_condition(&mut checker, rule, condition);
        check_better(&mut checker, rule, condition);
    }
    for name in rule.thresholds.keys().filter(|_| are_conditions_read) {
        if rule.when.iter().all(|condition| condition.than.as_ref() != Some(name)) {
            checker.part(place.under("thresholds")).report(name, say::unused_threshold(name));
        }
    }
}

fn check_beside(checker: &mut EntryChecker<'_>, beside: &Beside) {
    let mut checker = checker.part(checker.place.under("beside"));
    checker.measures(beside.measure.as_slice());
    checker.groups(beside.group.iter());
    checker.subjects(beside.subject.iter());
    for grade in beside.grade.iter().filter(|grade| Grade::parse(grade).is_none()) {
        checker.report("grade", say::not_a_grade(grade));
    }
}

fn check_condition(checker: &mut EntryChecker<'_>, rule: &Rule, condition: &Condition) {
    let fact = checker.place.text_of("fact");
    let words = condition.fact.words();
    let takes_word = matches!(condition.is, Operator::Is | Operator::IsNot);
    match (&condition.than, &condition.word) {
        (None, Some(word)) if takes_word && !words.is_empty() => {
            checker.known(say::FACT_WORD, word, words.iter().copied());
        }
        (Some(name), None) if !takes_word && words.is_empty() => {
            checker.known(say::RULE_THRESHOLD, name, rule.thresholds.keys().map(String::as_str));
        }
        _ if words.is_empty() => checker.report("", say::condition_needs_threshold(fact)),
        _ => checker.report("", say::condition_needs_word(fact)),
    }
}

/// That the measures a rule names have a better direction, if its condition is about what is favorable.
fn check_better(checker: &mut EntryChecker<'_>, rule: &Rule, condition: &Condition) {
    if !condition.fact.needs_better() {
        return;
    }
    let catalog = checker.catalog;
    let is_neither = |id: &&String| catalog.measures.get(*id).is_some_and(|m| m.better.sign() == 0.0);
    if let Some(id) = rule.measures.iter().find(is_neither) {
        let fact = checker.place.text_of("fact");
        checker.report("fact", say::fact_without_direction(fact, id));
    }
}
