//! The subject of a sentence: a series' measure, group, grade and subject in words.

use crate::catalog::{Catalog, Group, Measure, Subject};
use crate::domain::{ALL, MeasureKey, Unit};
use crate::wording::subject as words;

/// The subject of a sentence: `Teacher turnover`, `The share of Hispanic students in grade 3 proficient in reading`,
/// `Average class size in grade 6 mathematics`.
#[must_use]
pub fn subject(key: &MeasureKey, measure: &Measure, catalog: &Catalog) -> String {
    let text = measure.phrase.clone().unwrap_or_else(|| measure.label.clone());
    filled(text, key, measure, catalog)
}

/// A phrase of a measure with its placeholders filled, and what they do not mention after it.
pub(super) fn filled(text: String, key: &MeasureKey, measure: &Measure, catalog: &Catalog) -> String {
    let mut phrase = SubjectPhrase::new(text, key, catalog);
    if phrase.text.contains("{group}") {
        return phrase.with_group_label();
    }
    if key.group == ALL && measure.unit == Unit::Count {
        phrase.drop_students();
    }
    phrase.fill_subject();
    if phrase.text.contains("{students}") {
        return phrase.with_students();
    }
    phrase.with_qualifiers()
}

/// A measure's phrase, and the breakdowns that are not in it yet; each is `None` for the whole.
struct SubjectPhrase<'a> {
    text: String,
    group: Option<&'a Group>,
    grade: Option<String>,
    subject: Option<&'a Subject>,
}

impl<'a> SubjectPhrase<'a> {
    fn new(text: String, key: &MeasureKey, catalog: &'a Catalog) -> Self {
        Self {
            text,
            group: catalog.groups.group(&key.group).filter(|_| key.group != ALL),
            grade: (!key.grade.is_all()).then(|| key.grade.label()),
            subject: catalog.groups.subject(&key.subject).filter(|_| key.subject != ALL),
        }
    }

    fn with_group_label(&self) -> String {
        let label = self.group.map_or(words::ANY_GROUP, |group| group.label.as_str());
        self.text.replace("{group}", label)
    }

    /// A count of all students need not say that it counts students.
    fn drop_students(&mut self) {
        self.text = self.text.replace(" of {students}", "");
    }

    fn fill_subject(&mut self) {
        if !self.text.contains("{subject}") {
            return;
        }
        self.text = match self.subject.take() {
            Some(subject) => self.text.replace("{subject}", &subject.label),
            None => self.text.replace(" in {subject}", ""),
        };
    }

    fn with_students(&self) -> String {
        let students = match (self.group, &self.grade) {
            (Some(group), Some(grade)) => words::group_in_grade(&group.students, grade),
            (Some(group), None) => group.students.clone(),
            (None, Some(grade)) if grade.starts_with("grades") => words::students_in_grades(grade),
            (None, Some(grade)) => words::grade_students(grade),
            (None, None) => words::STUDENTS.to_owned(),
        };
        self.text.replace("{students}", &students)
    }

    /// The phrase with its grade, subject and group after it.
    fn with_qualifiers(self) -> String {
        let mut text = self.text;
        let of_what: Vec<String> =
            self.grade.into_iter().chain(self.subject.map(|subject| subject.label.clone())).collect();
        if !of_what.is_empty() {
            text = words::in_parts(&text, &of_what);
        }
        match self.group {
            Some(group) => words::among(&text, &group.students),
            None => text,
        }
    }
}
