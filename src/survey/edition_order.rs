//! Files that are editions of one another: `data (1).csv` beside `data.csv`, a preliminary and a final one. Their sources
//! are read in this order, the newest last, so that its values are kept.

use std::collections::{BTreeMap, BTreeSet};

use super::edition_names::EditionNames;
use super::project_plan::PlannedSource;
use super::sheet::FileSurvey;
use super::vocabulary::Vocabulary;
use crate::wording::survey_tables as wording;

/// Files are editions of one another only if at least this share of their column names is the same.
const LEAST_SIMILARITY: f64 = 0.5;

/// When a file was made: how final its name says it is, the number of its version, the date in its name, the latest date in its
/// titles, the date of the file, and the number of the copy. The later one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct EditionAge {
    rank: i8,
    /// 1 if the name has none.
    version: u32,
    /// Year, month and day.
    named: Option<[u32; 3]>,
    dated: Option<[u32; 3]>,
    /// Seconds since 1970.
    modified: Option<u64>,
    copy: u32,
}

impl EditionAge {
    fn of(file: &FileSurvey, names: &EditionNames<'_>, vocabulary: &Vocabulary<'_>) -> Self {
        let titles = file.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.title);
        Self {
            rank: names.rank(&file.file),
            version: names.version(&file.file).max(1),
            named: names.date(&file.file),
            dated: titles.filter_map(|title| date_in(title, vocabulary)).max(),
            modified: file.modified,
            copy: names.copy(&file.file),
        }
    }
}

/// Orders the sources of editions among themselves, and says so in the newest.
pub(super) fn order_editions(
    sources: &mut [PlannedSource],
    files: &[FileSurvey],
    names: &EditionNames<'_>,
    vocabulary: &Vocabulary<'_>,
) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, source) in sources.iter().enumerate() {
        if let Some(file) = file_of(source, files) {
            by_name.entry(names.base(&file.file)).or_default().push(position);
        }
    }
    for positions in by_name.into_values().filter(|positions| positions.len() > 1) {
        order(sources, &positions, files, names, vocabulary);
    }
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
        aged.push((EditionAge::of(file, names, vocabulary), sources[*position].clone()));
    }
    aged.sort_by_key(|(age, _)| *age);
    let (oldest, newest) = (&aged[0], &aged[aged.len() - 1]);
    let is_named = oldest.0.rank != newest.0.rank || oldest.0.version != newest.0.version;
    let why = if is_named {
        wording::NEWER_BY_NAME
    } else if oldest.0.named != newest.0.named {
        wording::NEWER_BY_DATE
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
