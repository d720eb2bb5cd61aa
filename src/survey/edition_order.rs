//! Files that are editions of one another: `data (1).csv` beside `data.csv`, a preliminary and a final one. Their sources
//! are read in this order, the newest last, so that its values are kept.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::project_plan::PlannedSource;
use super::sheet::FileSurvey;
use super::vocabulary::Vocabulary;
use crate::catalog::Editions;
use crate::wording::survey_tables as wording;

/// Files are editions of one another only if at least this share of their column names is the same.
const LEAST_SIMILARITY: f64 = 0.5;

/// When a file was made: how final its name says it is, the number of its version, the latest date in its titles, the date
/// of the file, and the number of the copy. The later one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct EditionAge {
    rank: i8,
    /// 1 if the name has none.
    version: u32,
    /// Year, month and day.
    dated: Option<[u32; 3]>,
    /// Seconds since 1970.
    modified: Option<u64>,
    copy: u32,
}

/// Orders the sources of editions among themselves, and says so in the newest.
pub(super) fn order_editions(
    sources: &mut [PlannedSource],
    files: &[FileSurvey],
    vocabulary: &Vocabulary<'_>,
) -> Result<(), regex::Error> {
    let names = EditionNames::new(&vocabulary.catalog.synonyms.editions)?;
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, source) in sources.iter().enumerate() {
        if let Some(file) = file_of(source, files) {
            by_name.entry(names.base(&file.file)).or_default().push(position);
        }
    }
    for positions in by_name.into_values().filter(|positions| positions.len() > 1) {
        order(sources, &positions, files, &names, vocabulary);
    }
    Ok(())
}

/// The only file of a source; `None` if its path is a pattern.
fn file_of<'f>(source: &PlannedSource, files: &'f [FileSurvey]) -> Option<&'f FileSurvey> {
    files.iter().find(|file| glob::Pattern::escape(&file.file) == source.path)
}

fn order(
    sources: &mut [PlannedSource],
    positions: &[usize],
    files: &[FileSurvey],
    names: &EditionNames<'_>,
    vocabulary: &Vocabulary<'_>,
) {
    let own: Vec<&FileSurvey> =
        positions.iter().filter_map(|position| file_of(&sources[*position], files)).collect();
    let distinct: BTreeSet<&str> = own.iter().map(|file| file.file.as_str()).collect();
    let Some(first) = own.first().filter(|_| distinct.len() > 1) else { return };
    if own.iter().any(|file| similarity(first, file) < LEAST_SIMILARITY) {
        return;
    }
    let mut aged: Vec<(EditionAge, PlannedSource)> = Vec::new();
    for (position, file) in positions.iter().zip(&own) {
        aged.push((names.age(file, vocabulary), sources[*position].clone()));
    }
    aged.sort_by_key(|(age, _)| *age);
    let (oldest, newest) = (&aged[0], &aged[aged.len() - 1]);
    let is_named = oldest.0.rank != newest.0.rank || oldest.0.version != newest.0.version;
    let why = if is_named {
        wording::NEWER_BY_NAME
    } else if oldest.0.dated != newest.0.dated {
        wording::NEWER_BY_TITLE
    } else if oldest.0.modified != newest.0.modified {
        wording::NEWER_BY_FILE
    } else {
        wording::NEWER_BY_NUMBER
    };
    let (older, last) = (oldest.1.path.clone(), aged.len() - 1);
    for (number, (position, (_, mut source))) in positions.iter().zip(aged).enumerate() {
        source.edition = (number == last).then(|| wording::newest_edition(&older, why));
        sources[*position] = source;
    }
}

/// The column names of two files in common, as a share of all.
fn similarity(a: &FileSurvey, b: &FileSurvey) -> f64 {
    let (a, b) = (column_names(a), column_names(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

fn column_names(file: &FileSurvey) -> BTreeSet<&str> {
    let tables = file.sheets.iter().flat_map(|sheet| &sheet.tables);
    tables.flat_map(|table| &table.columns).map(|column| column.name.as_str()).collect()
}

/// What the names of files say of editions.
struct EditionNames<'a> {
    editions: &'a Editions,
    /// What people add to the name of a new version.
    versions: Vec<Regex>,
    /// What a browser or a file manager adds to the name of a copy.
    copies: Vec<Regex>,
}

impl<'a> EditionNames<'a> {
    fn new(editions: &'a Editions) -> Result<Self, regex::Error> {
        let [versions, copies] = [&editions.versions, &editions.copies].map(|patterns| compiled(patterns));
        Ok(Self { editions, versions: versions?, copies: copies? })
    }

    /// A file's name without what tells its editions apart, in lower case.
    fn base(&self, file: &str) -> String {
        let (mut stem, extension) = file
            .rsplit_once('.')
            .map_or((file.to_lowercase(), ""), |(stem, extension)| (stem.to_lowercase(), extension));
        for ending in self.copies.iter().chain(&self.versions) {
            stem = ending.replace(&stem, "").into_owned();
        }
        let words =
            stem.split([' ', '_', '-', '.']).filter(|word| !word.is_empty() && !self.is_edition(word));
        format!("{}.{}", words.collect::<Vec<_>>().join(" "), extension.to_lowercase())
    }

    fn is_edition(&self, word: &str) -> bool {
        self.editions.preliminary.iter().chain(&self.editions.revised).any(|edition| edition == word)
    }

    fn age(&self, file: &FileSurvey, vocabulary: &Vocabulary<'_>) -> EditionAge {
        let stem = file.file.rsplit_once('.').map_or(file.file.as_str(), |(stem, _)| stem).to_lowercase();
        let without_copy =
            self.copies.iter().fold(stem.clone(), |stem, copy| copy.replace(&stem, "").into_owned());
        let titles = file.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.title);
        EditionAge {
            rank: self.editions.rank(&file.file),
            version: highest(&self.versions, "version", &without_copy).max(1),
            dated: titles.filter_map(|title| date_in(title, vocabulary)).max(),
            modified: file.modified,
            copy: highest(&self.copies, "copy", &stem),
        }
    }
}

fn compiled(patterns: &[String]) -> Result<Vec<Regex>, regex::Error> {
    patterns.iter().map(|pattern| crate::catalog::pattern(pattern)).collect()
}

/// The highest number that one of the patterns finds at the end of a file's name: 1 if it finds an end without a number, 0 if
/// it finds none.
fn highest(patterns: &[Regex], number: &str, stem: &str) -> u32 {
    let found = patterns.iter().filter_map(|pattern| pattern.captures(stem));
    let numbers =
        found.map(|captures| captures.name(number).map_or(1, |text| text.as_str().parse().unwrap_or(1)));
    numbers.max().unwrap_or(0)
}

/// A date in numbers in a title: year, month and day.
fn date_in(title: &str, vocabulary: &Vocabulary<'_>) -> Option<[u32; 3]> {
    let mention = vocabulary.find_year(title).filter(|mention| mention.is_date())?;
    let numbers: Vec<u32> =
        mention.text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [year, month, day] if year > 31 => Some([year, month, day]),
        [month, day, year] => Some([year, month, day]),
        _ => None,
    }
}
