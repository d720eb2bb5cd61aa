//! What a chart's finding calls a series: short enough for a sentence of 14 words.

use super::subject::filled;
use crate::catalog::{Catalog, Measure};
use crate::domain::{ALL, MeasureKey};
use crate::wording::finding::{FindingSubject, count_words};
use crate::wording::subject::{self as words, SentenceSubject, capitalized};

/// A name with more words than this leaves too few for what is said about it.
const MOST_WORDS: usize = 8;

/// The subject of a chart's finding.
pub(crate) fn finding_subject(
    key: &MeasureKey,
    measure: &Measure,
    catalog: &Catalog,
    is_after_inflation: bool,
) -> FindingSubject {
    let is_whole = key.group == ALL && key.grade.is_all() && key.subject == ALL;
    FindingSubject {
        name: SentenceSubject { words: name(key, measure, catalog), is_plural: measure.plural },
        part: capitalized(&part(key, catalog)),
        we: measure.we.clone().filter(|_| is_whole),
        unit: measure.unit,
        is_after_inflation,
        most_by_rounding: catalog.findings.judging.rounding_changes_at_most,
    }
}

/// The short name, else the phrase, else the label if that is shorter.
fn name(key: &MeasureKey, measure: &Measure, catalog: &Catalog) -> String {
    if let Some(short) = &measure.short {
        return with_part(short, key, measure, catalog);
    }
    let phrase = super::subject::subject(key, measure, catalog);
    if count_words(&phrase) <= MOST_WORDS {
        return phrase;
    }
    let label = filled(measure.label.clone(), key, measure, catalog);
    if count_words(&label) < count_words(&phrase) { label } else { phrase }
}

/// A short name with `{part}` replaced by grade and subject.
fn with_part(short: &str, key: &MeasureKey, measure: &Measure, catalog: &Catalog) -> String {
    if !short.contains("{part}") {
        return filled(short.to_owned(), key, measure, catalog);
    }
    let text = short.replace("{part}", &part_of_school(key, catalog));
    let text = capitalized(text.trim_start());
    match catalog.groups.group(&key.group).filter(|_| key.group != ALL) {
        Some(group) => words::among(&text, &group.students),
        None => text,
    }
}

/// Grade and subject (`grade 3 reading`); empty for all of them.
fn part_of_school(key: &MeasureKey, catalog: &Catalog) -> String {
    let grade = (!key.grade.is_all()).then(|| key.grade.label());
    let subject = catalog.groups.subject(&key.subject).filter(|_| key.subject != ALL);
    let parts: Vec<String> = grade.into_iter().chain(subject.map(|subject| subject.label.clone())).collect();
    parts.join(" ")
}

/// Grade and subject, or the student group.
fn part(key: &MeasureKey, catalog: &Catalog) -> String {
    let of_school = part_of_school(key, catalog);
    match catalog.groups.group(&key.group).filter(|_| key.group != ALL) {
        Some(group) if of_school.is_empty() => group.students.clone(),
        Some(_) => String::new(),
        None => of_school,
    }
}
