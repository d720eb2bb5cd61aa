//! The codes used for words in frames.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{District, DistrictId, Grade, MeasureKey};

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
    /// Districts.
    pub districts: Vec<District>,
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
