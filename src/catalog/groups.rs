//! Domains, student groups and subjects: standard names and the spellings that publishers use for them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::ALL;

/// A subject area of the retreat: enrollment, students, assessment …
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// The letters of its exhibits' codes; exhibits without a code get the first.
    pub codes: Vec<String>,
    /// Words under which people look for its exhibits.
    #[serde(default)]
    pub search: Vec<String>,
    /// The question that the retreat discusses about it.
    pub question: String,
}

/// A student group (CEDS `DimSubgroups`), such as `hispanic` or `low-income`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// Its name within a sentence, including the word students (`Hispanic students`).
    pub label: String,
    /// Its name in a sentence, with the word students (`Hispanic students`).
    pub students: String,
    /// The dimension in which groups add up to all students (`race`, `gender`), or a program, which is a
    /// dimension of its own.
    pub dimension: String,
    /// Id of the complementary group (all students not in it), with which it is compared; `None` if there is
    /// none.
    #[serde(default)]
    pub complement: Option<String>,
    /// Spellings found in files, compared without case, spaces and punctuation.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A subject of instruction or testing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Stable id.
    pub id: String,
    /// Its name within a sentence (`mathematics`).
    pub label: String,
    /// Spellings found in files.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Student groups and subjects, found by any of their spellings.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Groups by id, in file order.
    pub groups: Vec<Group>,
    /// Subjects by id, in file order.
    pub subjects: Vec<Subject>,
    group_spellings: Spellings,
    subject_spellings: Spellings,
}

/// Published names, folded, with their ids.
#[derive(Debug, Clone, Default)]
struct Spellings(BTreeMap<String, String>);

impl Spellings {
    /// Adds the spellings of an id, and the id itself. A spelling that meant another id before now means this
    /// one.
    fn add(&mut self, id: &str, also: &[String]) {
        for spelling in also.iter().map(String::as_str).chain([id]) {
            self.0.insert(folded(spelling), id.to_owned());
        }
    }

    fn id(&self, published: &str) -> Option<&str> {
        self.0.get(&folded(published)).map(String::as_str)
    }
}

impl Groups {
    /// Groups and subjects, with the spellings of "all students" and "all subjects", which mean [`ALL`].
    pub(super) fn new(
        groups: Vec<Group>,
        subjects: Vec<Subject>,
        all_students: Vec<String>,
        all_subjects: Vec<String>,
    ) -> Self {
        let mut group_spellings = Spellings::default();
        for group in &groups {
            group_spellings.add(&group.id, &group.also);
        }
        group_spellings.add(ALL, &all_students);
        let mut subject_spellings = Spellings::default();
        for subject in &subjects {
            subject_spellings.add(&subject.id, &subject.also);
        }
        subject_spellings.add(ALL, &all_subjects);
        Self { groups, subjects, group_spellings, subject_spellings }
    }

    /// The standard id for a group's published name; `None` if the spelling is unknown.
    #[must_use]
    pub fn group_id(&self, published: &str) -> Option<&str> {
        self.group_spellings.id(published)
    }

    /// All spellings of groups, folded, each with its id or [`ALL`].
    pub(super) fn group_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.group_spellings.0.iter().map(|(spelling, id)| (spelling.as_str(), id.as_str()))
    }

    /// The standard id for a subject's published name; `None` if the spelling is unknown.
    #[must_use]
    pub fn subject_id(&self, published: &str) -> Option<&str> {
        self.subject_spellings.id(published)
    }

    /// The group with this id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == id)
    }

    /// The complementary group of `id` (all students not in it); `None` if the catalog has none.
    #[must_use]
    pub fn complement(&self, id: &str) -> Option<&str> {
        self.group(id)?.complement.as_deref()
    }

    /// The subject with this id.
    #[must_use]
    pub fn subject(&self, id: &str) -> Option<&Subject> {
        self.subjects.iter().find(|s| s.id == id)
    }
}

/// A spelling without case, spaces and punctuation: `Black or African-American` and
/// `black or african american` agree.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `catalog/domains.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DomainFile {
    pub(super) domain: Vec<Domain>,
}

/// `catalog/groups.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupFile {
    /// Spellings of "all students".
    #[serde(default)]
    pub(super) all: Vec<String>,
    /// Spellings of "all subjects".
    #[serde(default, rename = "all-subjects")]
    pub(super) all_subjects: Vec<String>,
    #[serde(default)]
    pub(super) group: Vec<Group>,
    #[serde(default)]
    pub(super) subject: Vec<Subject>,
}
