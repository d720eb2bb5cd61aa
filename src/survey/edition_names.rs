//! What the names of files say of editions: `data_v2.csv` and `data (1).csv` are editions of `data.csv`, and
//! `data_2024-10-15.csv` one of `data_2024-10-01.csv`.

use std::collections::BTreeMap;

use regex::Regex;

use super::sheet::{FileSurvey, YearPlace};
use crate::catalog::{Editions, Role};
use crate::domain::{LoneYear, SchoolYear};

/// Reads the names of files for how final, which version, and which copy they are.
pub(super) struct EditionNames<'a> {
    editions: &'a Editions,
    /// What people add to the name of a new version.
    versions: Vec<Regex>,
    /// What a browser or a file manager adds to the name of a copy.
    copies: Vec<Regex>,
    /// A date, as the captures `year`, `month` and `day`.
    dates: Vec<Regex>,
    /// The first school year of the files that do not have it from their names, as written.
    first_years: BTreeMap<String, String>,
}

impl<'a> EditionNames<'a> {
    /// # Errors
    ///
    /// If a pattern of the catalog is not valid.
    pub(super) fn new(editions: &'a Editions) -> Result<Self, regex::Error> {
        let [versions, copies, dates] =
            [&editions.versions, &editions.copies, &editions.dates].map(|patterns| compiled(patterns));
        Ok(Self {
            editions,
            versions: versions?,
            copies: copies?,
            dates: dates?,
            first_years: BTreeMap::new(),
        })
    }

    /// The same, given what the tables say of their school years.
    pub(super) fn with_first_years(mut self, files: &[FileSurvey]) -> Self {
        for file in files {
            if let Some(first) = first_year(file) {
                self.first_years.insert(file.file.clone(), first);
            }
        }
        self
    }

    /// A file's name without what distinguishes its editions, in lower case. Of a date only its school year counts, or the first
    /// one of the file: other years are other data.
    pub(super) fn base(&self, file: &str) -> String {
        let (stem, extension) = stem_and_extension(file);
        let stem = without(&self.versions, without(&self.copies, stem));
        let year =
            self.date(file).and_then(|date| self.first_years.get(file).cloned().or_else(|| year_of(date)));
        let stem = if year.is_some() { self.without_date(&stem) } else { stem };
        let words =
            stem.split([' ', '_', '-', '.']).filter(|word| !word.is_empty() && !self.is_edition(word));
        format!("{}{}.{extension}", words.collect::<Vec<_>>().join(" "), year.unwrap_or_default())
    }

    /// The date in a file's name: year, month and day.
    pub(super) fn date(&self, file: &str) -> Option<[u32; 3]> {
        let (stem, _) = stem_and_extension(file);
        let captures = self.dates.iter().find_map(|pattern| pattern.captures(&stem))?;
        let [year, month, day] =
            ["year", "month", "day"].map(|part| captures.name(part)?.as_str().parse::<u32>().ok());
        Some([year?, month?, day?])
    }

    fn without_date(&self, stem: &str) -> String {
        let found = self.dates.iter().find(|pattern| pattern.is_match(stem));
        found.map_or_else(|| stem.to_owned(), |pattern| pattern.replace(stem, " ").into_owned())
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

/// The first school year in the columns of a file, as written; `None` if a name says it.
fn first_year(file: &FileSurvey) -> Option<String> {
    let mut first: Option<String> = None;
    for table in file.sheets.iter().flat_map(|sheet| &sheet.tables) {
        let own = match table.year {
            YearPlace::Column => {
                table.role(Role::SchoolYear)?.cells.labels().into_iter().min().map(String::from)
            }
            YearPlace::Header => {
                let years = table.columns.iter().filter_map(|column| column.parsed.year_end());
                years.min().map(|year| year.to_string())
            }
            _ => return None,
        };
        first = own.into_iter().chain(first).min();
    }
    first
}

/// The school year of a date; `None` if it has none.
fn year_of([year, month, day]: [u32; 3]) -> Option<String> {
    let parsed = SchoolYear::parse(&format!("{year}-{month:02}-{day:02}"), LoneYear::End).ok()?;
    Some(parsed.end().to_string())
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
