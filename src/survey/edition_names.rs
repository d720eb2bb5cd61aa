//! What the names of files say of editions: `data_v2.csv` and `data (1).csv` are editions of `data.csv`.

use regex::Regex;

use crate::catalog::Editions;

/// Reads the names of files for how final, which version, and which copy they are.
pub(super) struct EditionNames<'a> {
    editions: &'a Editions,
    /// What people add to the name of a new version.
    versions: Vec<Regex>,
    /// What a browser or a file manager adds to the name of a copy.
    copies: Vec<Regex>,
}

impl<'a> EditionNames<'a> {
    /// # Errors
    ///
    /// If a pattern of the catalog is not valid.
    pub(super) fn new(editions: &'a Editions) -> Result<Self, regex::Error> {
        let [versions, copies] = [&editions.versions, &editions.copies].map(|patterns| compiled(patterns));
        Ok(Self { editions, versions: versions?, copies: copies? })
    }

    /// A file's name without what distinguishes its editions, in lower case.
    pub(super) fn base(&self, file: &str) -> String {
        let (stem, extension) = stem_and_extension(file);
        let stem = without(&self.versions, without(&self.copies, stem));
        let words =
            stem.split([' ', '_', '-', '.']).filter(|word| !word.is_empty() && !self.is_edition(word));
        format!("{}.{extension}", words.collect::<Vec<_>>().join(" "))
    }

    /// Negative if the name says that the file is preliminary, positive if final or revised.
    pub(super) fn rank(&self, file: &str) -> i8 {
        self.editions.rank(file)
    }

    /// The number of the version at the end of the name; 0 if it has none.
    pub(super) fn version(&self, file: &str) -> u32 {
        let (stem, _) = stem_and_extension(file);
        highest(&self.versions, "version", &without(&self.copies, stem))
    }

    /// The number of the copy at the end of the name: 1 if it is a copy without a number, 0 if it is not a copy.
    pub(super) fn copy(&self, file: &str) -> u32 {
        highest(&self.copies, "copy", &stem_and_extension(file).0)
    }

    fn is_edition(&self, word: &str) -> bool {
        self.editions.preliminary.iter().chain(&self.editions.revised).any(|edition| edition == word)
    }
}

fn compiled(patterns: &[String]) -> Result<Vec<Regex>, regex::Error> {
    patterns.iter().map(|pattern| crate::catalog::pattern(pattern)).collect()
}

/// Both in lower case.
fn stem_and_extension(file: &str) -> (String, String) {
    let lower = file.to_lowercase();
    match lower.rsplit_once('.') {
        Some((stem, extension)) => (stem.to_owned(), extension.to_owned()),
        None => (lower, String::new()),
    }
}

fn without(endings: &[Regex], stem: String) -> String {
    endings.iter().fold(stem, |stem, ending| ending.replace(&stem, "").into_owned())
}

/// The highest number that one of the patterns finds at the end of a file's name: 1 if it finds an end without a number, 0 if
/// it finds none.
fn highest(patterns: &[Regex], number: &str, stem: &str) -> u32 {
    let found = patterns.iter().filter_map(|pattern| pattern.captures(stem));
    let numbers =
        found.map(|captures| captures.name(number).map_or(1, |text| text.as_str().parse().unwrap_or(1)));
    numbers.max().unwrap_or(0)
}
