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
    people: PeopleWords,
}

/// Words for students in names of groups, which do not change which group is meant.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleWords {
    /// At the beginning, in lower case: `students in`.
    #[serde(default)]
    before: Vec<String>,
    /// At the end, in lower case: `students`.
    #[serde(default)]
    after: Vec<String>,
}

impl PeopleWords {
    pub(super) fn extend(&mut self, more: Self) {
        self.before.extend(more.before);
        self.after.extend(more.after);
    }

    /// A text without a word for students at its beginning, its end, or both: each text that remains.
    fn stripped(&self, text: &str) -> Vec<String> {
        let lower = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rests = vec![lower];
        let befores = self.before.iter().filter_map(|words| rests[0].strip_prefix(words)?.strip_prefix(' '));
        let without: Vec<String> = befores.map(str::to_owned).collect();
        rests.extend(without);
        let mut shorter = Vec::new();
        for rest in &rests {
            let afters = self.after.iter().filter_map(|words| rest.strip_suffix(words)?.strip_suffix(' '));
            shorter.extend(afters.map(str::to_owned));
        }
        rests.extend(shorter);
        rests
    }
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
        people: PeopleWords,
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
        Self { groups, subjects, group_spellings, subject_spellings, people }
    }

    /// The standard id for a group's published name; `None` if the spelling is unknown.
    #[must_use]
    pub fn group_id(&self, published: &str) -> Option<&str> {
        self.group_spellings.id(published)
    }

    /// The standard id for a text that is the whole name of a group, also with a word for students: `Homeless Students`,
    /// `Students in Foster Care`. `None` if it is unknown.
    #[must_use]
    pub fn group_of_text(&self, text: &str) -> Option<&str> {
        self.group_id(text).or_else(|| {
            let rests = self.people.stripped(text);
            // A letter may be anything: an `F` among students is not always a girl.
            let mut long = rests.iter().filter(|rest| folded(rest).len() > 1);
            long.find_map(|rest| self.group_id(rest).filter(|id| *id != ALL))
        })
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
    /// Words for students.
    #[serde(default)]
    pub(super) people: PeopleWords,
    #[serde(default)]
    pub(super) group: Vec<Group>,
    #[serde(default)]
    pub(super) subject: Vec<Subject>,
}
