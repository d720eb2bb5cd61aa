//! Domains, student groups and subjects: standard names and the spellings that publishers use for them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::ALL;

/// A part of the district's life that the retreat looks at as one: enrollment, students, assessment …
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// What the room asks of it.
    pub question: String,
}

/// A student group (CEDS `DimSubgroups`), such as `hispanic` or `low-income`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// Heading and axis label (`Hispanic`).
    pub label: String,
    /// In a sentence, with the word students (`Hispanic students`).
    pub students: String,
    /// The dimension within which groups add up to everybody: `race`, `gender`; or a program of its own.
    pub dimension: String,
    /// Id of the group of all who are not in it, where there is one: what it is compared with.
    #[serde(default)]
    pub complement: Option<String>,
    /// Spellings met in files, compared without case, blanks and signs.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A subject of instruction or testing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Stable id.
    pub id: String,
    /// In a sentence (`mathematics`).
    pub label: String,
    /// Spellings met in files.
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
    group_spellings: BTreeMap<String, String>,
    subject_spellings: BTreeMap<String, String>,
}

impl Groups {
    /// Groups and subjects, with the spellings of "all students" and "all subjects", which stand for [`ALL`].
    pub(super) fn new(groups: Vec<Group>, subjects: Vec<Subject>, all: [Vec<String>; 2]) -> Self {
        let spell = |id: &str, also: &[String]| -> Vec<(String, String)> {
            also.iter().map(String::as_str).chain([id]).map(|s| (folded(s), id.to_owned())).collect()
        };
        let [everybody, everything] = all.map(|spellings| spell(ALL, &spellings));
        let group_spellings = groups.iter().flat_map(|g| spell(&g.id, &g.also)).chain(everybody).collect();
        let subject_spellings =
            subjects.iter().flat_map(|s| spell(&s.id, &s.also)).chain(everything).collect();
        Self { groups, subjects, group_spellings, subject_spellings }
    }

    /// The standard id of a group's published name, or `None` where no group is known by it.
    #[must_use]
    pub fn group_id(&self, published: &str) -> Option<&str> {
        self.group_spellings.get(&folded(published)).map(String::as_str)
    }

    /// The names by which groups are known, each with its id or [`ALL`]; without case, blanks and signs.
    pub(super) fn group_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.group_spellings.iter().map(|(spelling, id)| (spelling.as_str(), id.as_str()))
    }

    /// The standard id of a subject's published name.
    #[must_use]
    pub fn subject_id(&self, published: &str) -> Option<&str> {
        self.subject_spellings.get(&folded(published)).map(String::as_str)
    }

    /// The group with this id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == id)
    }

    /// The group of all who are not in the group `id`, where the catalog has one.
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

/// A spelling without case, blanks and signs: `Black or African-American` and `black or african american` agree.
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
