//! Types of schools, by their grades or names, and which names are alike: `catalog/schools.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Grade;

/// Types of schools, and when they are compared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchoolSpec {
    /// The fewest schools of a type that are compared with each other.
    #[serde(default)]
    pub alike: usize,
    /// The measure that counts the students of a school. One with 0 students, and nothing else, has closed.
    #[serde(default)]
    pub students: String,
    /// Words of names, in lowercase, that do not tell schools apart.
    #[serde(default)]
    pub says_nothing: Vec<String>,
    /// What the abbreviations in names stand for, in lowercase.
    #[serde(default)]
    pub abbreviations: BTreeMap<String, String>,
    /// What stands on the page of one school.
    #[serde(default)]
    pub page: SchoolPageSpec,
    /// Which schools of the state are like one of the district.
    #[serde(default)]
    pub similar: SimilarSpec,
    /// The types; a school has the first that fits.
    #[serde(default, rename = "school-type")]
    pub types: Vec<SchoolType>,
}

/// The page of one school.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolPageSpec {
    /// How many numbers it shows.
    pub numbers: usize,
    /// How many of them it draws over the years.
    pub charts: usize,
    /// Over how many years.
    pub years: usize,
    /// How many years older than the newest value of any district a number may be.
    pub oldest: i32,
    /// The measures that it shows, the most useful first; others follow if there is room.
    pub measures: Vec<String>,
}

/// Which schools of the state are like one of the district: those of its type that are about as large, with about as many students of
/// some groups.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SimilarSpec {
    /// The fewest schools whose median is shown.
    pub fewest: usize,
    /// How many times as large or small they may be.
    pub size: f64,
    /// The measure of the share of a group.
    pub shares: String,
    /// How many percentage points it may differ.
    pub share: f64,
    /// The ids of the groups, where there are numbers of them.
    pub groups: Vec<String>,
}

/// A type of school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolType {
    /// Stable id.
    pub id: String,
    /// For titles: `Elementary schools`.
    pub label: String,
    /// One of them, in a sentence: `elementary school`.
    pub one: String,
    /// The first and last grade that may be a school's lowest.
    low: [Grade; 2],
    /// The first and last grade that may be a school's highest.
    high: [Grade; 2],
    /// Words in lower case of the names of such schools, for a school whose grades are not known.
    words: Vec<String>,
    /// Words that charts leave out of the names of such schools.
    strip: Vec<String>,
}

impl SchoolType {
    /// The ids of the grades that it names.
    pub(super) fn grade_ids(&self) -> Vec<String> {
        self.low.iter().chain(&self.high).map(|grade| grade.id().to_owned()).collect()
    }

    /// Whether it allows a school whose lowest and highest grade are these.
    fn allows(&self, lowest: &Grade, highest: &Grade) -> bool {
        is_between(lowest, &self.low) && is_between(highest, &self.high)
    }
}

fn is_between(grade: &Grade, [first, last]: &[Grade; 2]) -> bool {
    (first.order()..=last.order()).contains(&grade.order())
}

impl SchoolSpec {
    /// The type of a school with these grades, or if they are not known, with this name.
    #[must_use]
    pub fn type_of(&self, grades: Option<(&Grade, &Grade)>, name: &str) -> Option<&SchoolType> {
        match grades {
            Some((lowest, highest)) => self.types.iter().find(|known| known.allows(lowest, highest)),
            None => self.type_by_name(&name.to_lowercase()),
        }
    }

    /// The type with an id or label as sources write it.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<&SchoolType> {
        let text = text.trim().to_lowercase();
        let mut types = self.types.iter();
        types.find(|known| known.id == text || known.one == text).or_else(|| self.type_by_name(&text))
    }

    fn type_by_name(&self, lower: &str) -> Option<&SchoolType> {
        self.types.iter().find(|known| known.words.iter().any(|words| has_words(lower, words)))
    }

    /// What tells a school's name from others: its words in lowercase, with abbreviations written out, and without words that say
    /// nothing.
    #[must_use]
    pub fn comparable(&self, name: &str) -> String {
        let lower = name.to_lowercase().replace(['\'', '’', '.'], "");
        let words = lower.split(|letter: char| !letter.is_alphanumeric());
        let words = words.map(|word| self.abbreviations.get(word).map_or(word, String::as_str));
        let told = words.filter(|word| !word.is_empty() && !self.says_nothing.iter().any(|own| own == word));
        told.collect::<Vec<_>>().join(" ")
    }

    /// A name as charts show it: without the words for the type of school at its end.
    #[must_use]
    pub fn short(&self, name: &str) -> String {
        let mut strip = self.types.iter().flat_map(|known| &known.strip);
        let bare = strip.find_map(|words| name.strip_suffix(words.as_str()).map(str::trim_end));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(name).to_owned()
    }
}

/// Whether a text contains words, whole and in order.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words): (Vec<&str>, Vec<&str>) =
        (text.split_whitespace().collect(), words.split_whitespace().collect());
    text.windows(words.len().max(1)).any(|window| window == words)
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::domain::Grade;

    #[test]
    fn the_type_of_a_school_follows_from_its_grades_or_else_from_its_name() {
        let spec = Catalog::embedded().unwrap().schools;
        let of_grades = |low: &str, high: &str| {
            let grades = (&Grade::parse(low).unwrap(), &Grade::parse(high).unwrap());
            spec.type_of(Some(grades), "Any").map(|found| found.id.clone()).unwrap()
        };
        let found = [("PK", "05"), ("KG", "08"), ("05", "08"), ("07", "09"), ("09", "12"), ("KG", "12")]
            .map(|(low, high)| of_grades(low, high));
        assert_eq!(found, ["elementary", "elementary", "middle", "middle", "high", "combined"]);
        let of_name = |name: &str| spec.type_of(None, name).map(|found| found.id.as_str());
        assert_eq!(of_name("Lincoln Elementary"), Some("elementary"));
        assert_eq!(of_name("East Junior High"), Some("middle"));
        assert_eq!(of_name("Highland Academy"), None);
    }

    #[test]
    fn names_are_alike_but_for_abbreviations() {
        let spec = Catalog::embedded().unwrap().schools;
        for [one, other] in [
            ["Baker Elem.", "Baker Elementary"],
            ["Adams Elem", "Adams Elementary School"],
            ["BAKER  ES ", "Baker Elementary School"],
            ["St. Mary's H.S.", "Saint Mary’s High School"],
        ] {
            assert_eq!(spec.comparable(one), spec.comparable(other));
        }
        assert_ne!(spec.comparable("Baker Elementary"), spec.comparable("Baker Middle"));
        assert_ne!(spec.comparable("Baker Elementary 2"), spec.comparable("Baker Elementary"));
    }

    #[test]
    fn charts_leave_out_the_words_for_the_type() {
        let spec = Catalog::embedded().unwrap().schools;
        for (name, short) in [
            ("Lincoln Elementary School", "Lincoln"),
            ("Oak Grove Middle School", "Oak Grove"),
            ("Central High School", "Central"),
            ("Elementary", "Elementary"),
            ("The Academy", "The Academy"),
        ] {
            assert_eq!(spec.short(name), short);
        }
    }
}
