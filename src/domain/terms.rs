//! The codes used for words in frames.
//!
//! Districts and schools share one list of codes: districts first, then schools. What asks about districts only looks at
//! the first part of each series.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{District, DistrictId, Grade, MeasureKey, School, SchoolId};

/// The meaning of the codes in a frame's key columns. Each list is sorted and has no duplicates, so codes
/// sort like their words; districts are sorted by id.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Measure ids.
    pub measures: Vec<String>,
    /// Student group ids.
    pub groups: Vec<String>,
    /// Grades.
    pub grades: Vec<Grade>,
    /// Subject ids.
    pub subjects: Vec<String>,
    /// Districts; the code of each is its index.
    pub districts: Vec<District>,
    /// Schools, sorted by district and id. Their codes continue those of the districts, so districts come before
    /// schools wherever rows are sorted by code. Only the schools of the districts that a pack is made for are here.
    pub schools: Vec<School>,
}

/// What a code of an organization means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organization<'a> {
    /// A district.
    District(&'a District),
    /// A school of a district.
    School(&'a School),
}

impl<'a> Organization<'a> {
    /// Its latest published name.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::District(district) => &district.name,
            Self::School(school) => &school.name,
        }
    }

    /// The years in which it changed itself (merged or split).
    #[must_use]
    pub fn breaks(self) -> &'a [super::Break] {
        match self {
            Self::District(district) => &district.breaks,
            Self::School(school) => &school.breaks,
        }
    }
}

/// A [`MeasureKey`] in codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeyCode {
    /// Code of the measure.
    pub measure: u32,
    /// Code of the student group.
    pub group: u32,
    /// Code of the grade.
    pub grade: u32,
    /// Code of the subject.
    pub subject: u32,
}

impl Terms {
    /// The key for these codes.
    #[must_use]
    pub fn key(&self, code: KeyCode) -> MeasureKey {
        MeasureKey {
            measure: self.measures[code.measure as usize].clone(),
            group: self.groups[code.group as usize].clone(),
            grade: self.grades[code.grade as usize].clone(),
            subject: self.subjects[code.subject as usize].clone(),
        }
    }

    /// The codes of a key, or `None` if no observation has one of its parts.
    #[must_use]
    pub fn code(&self, key: &MeasureKey) -> Option<KeyCode> {
        Some(KeyCode {
            measure: position(&self.measures, &key.measure)?,
            group: position(&self.groups, &key.group)?,
            grade: position(&self.grades, &key.grade)?,
            subject: position(&self.subjects, &key.subject)?,
        })
    }

    /// The code of a district, or `None` if no source has it.
    #[must_use]
    pub fn district(&self, id: &DistrictId) -> Option<u32> {
        let index = self.districts.binary_search_by(|district| district.id.cmp(id)).ok()?;
        Some(index as u32)
    }

    /// The code of the first school: the number of districts.
    #[must_use]
    pub fn first_school(&self) -> u32 {
        self.districts.len() as u32
    }

    /// The school with this code; `None` if the code is a district's.
    #[must_use]
    pub fn school(&self, code: u32) -> Option<&School> {
        self.schools.get(code.checked_sub(self.first_school())? as usize)
    }

    /// What a code means.
    ///
    /// # Panics
    /// If the code is not of these terms; frames hold no others.
    #[must_use]
    pub fn organization(&self, code: u32) -> Organization<'_> {
        match self.school(code) {
            Some(school) => Organization::School(school),
            None => Organization::District(&self.districts[code as usize]),
        }
    }

    /// The code of the district that a code means, or that the school with this code belongs to.
    #[must_use]
    pub fn district_of(&self, code: u32) -> u32 {
        self.school(code).map_or(code, |school| school.district)
    }

    /// Whether a series is about one student group within one grade, which is not shown for single schools unless it is
    /// public: what that protects could not be proved in a reasonable time, and hardly anyone asks for it.
    #[must_use]
    pub fn is_group_within_grade(&self, key: KeyCode) -> bool {
        self.groups[key.group as usize] != super::ALL && !self.grades[key.grade as usize].is_all()
    }

    /// The schools of a district with their codes, in the order of their ids.
    pub fn schools_of(&self, district: u32) -> impl Iterator<Item = (u32, &School)> {
        let all = (self.first_school()..).zip(&self.schools);
        all.filter(move |(_, school)| school.district == district)
    }

    /// The code of a school of a district, or `None` if no source has it.
    #[must_use]
    pub fn school_code(&self, district: u32, id: &SchoolId) -> Option<u32> {
        self.schools_of(district).find(|(_, school)| school.id == *id).map(|(code, _)| code)
    }

    /// The districts whose id or name is most similar to a text, the most similar first; at most `count`.
    #[must_use]
    pub fn similar_districts(&self, text: &str, count: usize) -> Vec<&District> {
        let text = text.to_lowercase();
        let mut districts: Vec<SimilarDistrict<'_>> =
            self.districts.iter().map(|district| SimilarDistrict::new(district, &text)).collect();
        districts.sort_by(SimilarDistrict::cmp);
        districts.into_iter().take(count).map(|similar| similar.district).collect()
    }
}

/// A district, and how similar it is to a text.
struct SimilarDistrict<'a> {
    district: &'a District,
    /// The Jaro-Winkler similarity of its id or its name, whichever is higher; 1 if equal.
    similarity: f64,
}

impl<'a> SimilarDistrict<'a> {
    /// `text` is in lower case.
    fn new(district: &'a District, text: &str) -> Self {
        let [id, name] = [&district.shown_id, &district.name]
            .map(|known| strsim::jaro_winkler(&known.to_lowercase(), text));
        Self { district, similarity: id.max(name) }
    }

    /// The most similar first; equally similar ones by their ids.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_similarity = other.similarity.total_cmp(&self.similarity);
        by_similarity.then_with(|| self.district.id.cmp(&other.district.id))
    }
}

fn position<T: Ord>(sorted: &[T], wanted: &T) -> Option<u32> {
    sorted.binary_search(wanted).ok().map(|i| i as u32)
}
