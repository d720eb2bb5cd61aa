//! The name of the district that files without a district column are about: in the titles of their tables, or in the
//! names of sheets and files.

use std::collections::BTreeMap;

use super::compiled_patterns::any_match;
use super::sheet::FileSurvey;
use super::vocabulary::Vocabulary;
use crate::catalog::Catalog;

/// A district's name, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDistrict {
    /// The name, as written.
    pub name: String,
    /// The first file that has it.
    pub file: String,
    /// The other names that are in such places, sorted.
    pub others: Vec<String>,
}

/// A name, and the files that have it.
struct FoundName<'a> {
    name: String,
    /// How many other names were found before.
    order: usize,
    files: Vec<&'a str>,
}

/// The district that most of the files name in the title of a table; of equally many, the first. If no title has one,
/// the names of sheets, then those of files count.
///
/// # Errors
/// A pattern in the catalog that does not compile; a checked catalog has none.
pub fn named_district(
    files: &[FileSurvey],
    catalog: &Catalog,
) -> Result<Option<NamedDistrict>, regex::Error> {
    let vocabulary = Vocabulary::new(catalog)?;
    for texts in [titles, sheet_names, file_name] {
        let mut found: BTreeMap<String, FoundName<'_>> = BTreeMap::new();
        for file in files {
            for name in texts(file).iter().filter_map(|text| vocabulary.district_in(text)) {
                let key = name.to_lowercase();
                let order = found.len();
                let entry = found.entry(key).or_insert_with(|| FoundName { name, order, files: Vec::new() });
                if !entry.files.contains(&file.file.as_str()) {
                    entry.files.push(&file.file);
                }
            }
        }
        if let Some(named) = most_named(&found) {
            return Ok(Some(named));
        }
    }
    Ok(None)
}

fn most_named(found: &BTreeMap<String, FoundName<'_>>) -> Option<NamedDistrict> {
    let most = found.values().max_by_key(|name| (name.files.len(), std::cmp::Reverse(name.order)))?;
    let others = found.values().filter(|other| other.name != most.name).map(|other| other.name.clone());
    Some(NamedDistrict {
        name: most.name.clone(),
        file: most.files.first().copied().unwrap_or_default().to_owned(),
        others: others.collect(),
    })
}

fn titles(file: &FileSurvey) -> Vec<String> {
    let tables = file.sheets.iter().flat_map(|sheet| &sheet.tables);
    tables.flat_map(|table| table.title.clone()).collect()
}

fn sheet_names(file: &FileSurvey) -> Vec<String> {
    file.sheets.iter().filter_map(|sheet| sheet.sheet.clone()).collect()
}

fn file_name(file: &FileSurvey) -> Vec<String> {
    let name = file.file.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    vec![stem.replace('_', " ")]
}

impl Vocabulary<'_> {
    /// The name of a district in a text.
    pub(super) fn district_in(&self, text: &str) -> Option<String> {
        let found =
            self.patterns.districts.iter().find_map(|pattern| pattern.captures(text)?.name("district"))?;
        let mut words: Vec<&str> = found.as_str().split_whitespace().collect();
        while let Some(first) = words.first()
            && self.names_report(first)
        {
            words.remove(0);
        }
        let name = words.join(" ");
        // "School District" alone names nobody.
        let is_name = self.patterns.districts.iter().any(|pattern| pattern.is_match(&name));
        is_name.then_some(name)
    }

    /// A district's name in lower case without the words and numbers for its kind at its ends: `alder` for `Alder School
    /// District 9`. The whole name if nothing else is left.
    pub(super) fn name_core(&self, name: &str) -> String {
        let words: Vec<String> =
            name.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
        self.core_words(&words).join(" ")
    }

    /// The same for the words of a name.
    pub(super) fn core_words<'n>(&self, words: &'n [String]) -> &'n [String] {
        let first = words.iter().position(|word| !self.is_kind_of_district(word));
        let last = words.iter().rposition(|word| !self.is_kind_of_district(word));
        first.zip(last).map_or(words, |(first, last)| &words[first..=last])
    }

    /// Whether the name of a column says that it holds ids of districts: it has a word for a district.
    pub(super) fn names_district_id(&self, name: &str) -> bool {
        let types = &self.catalog.synonyms.row_types.district;
        self.words(name).iter().any(|word| word.len() > 1 && self.is_one_of(word, types))
    }

    /// Whether a word is one for the kind of a district, or a number.
    pub(super) fn is_kind_of_district(&self, word: &str) -> bool {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || self.catalog.synonyms.whom.kinds.iter().any(|kind| kind == word)
    }

    /// Whether a title, or the name of a sheet or file, says that its table is about the state.
    pub(super) fn names_state(&self, text: &str) -> bool {
        let (_, rest) = self.take_year_and_grade(text);
        let mut bare = rest.replace(['_', '›'], " ");
        for pattern in &self.patterns.not_about_state {
            bare = pattern.replace_all(&bare, " ").into_owned();
        }
        let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
        any_match(&self.patterns.about_state, bare)
    }

    /// Whether a word belongs to the name of a report: it says what is measured, or nothing.
    fn names_report(&self, word: &str) -> bool {
        let words = self.words(word);
        let left_over = &self.catalog.synonyms.left_over;
        let is_of_report =
            |word: &String| left_over.harmless.contains(word) || left_over.silent.contains(word);
        words.iter().all(|word| is_of_report(word) || self.own.is_indicator(std::slice::from_ref(word)))
    }
}

/// A word's letters and digits, in lower case.
pub(super) fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
