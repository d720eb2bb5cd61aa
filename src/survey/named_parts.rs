//! Tables with the same columns for the same districts and years whose names say that they are about different parts: one for
//! each grade, fund, cohort, or season. If nothing else tells them apart, the last one read would replace the others in silence.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, ColumnContent};
use super::edition_names::EditionNames;
use super::folder_table::{FolderTable, TableIndex};
use super::sheet::{TableSurvey, YearPlace};
use super::table_owner::TableOwner;
use super::table_subject::TableSubject;
use super::tables_alike::place;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::catalog::{NarrowingWords, Role};
use crate::domain::ALL;
use crate::wording::survey_tables as wording;

/// More tables with the same columns are those of many districts or years, not of parts.
const MOST_ALIKE: usize = 200;
/// How many numbers of a column are compared.
const MOST_NUMBERS: usize = 4000;
/// If this share of the numbers is the same, one table is a revision of the other.
const LEAST_SAME: f64 = 0.5;
/// What tells the rows of tables apart.
const KEYS: [Role; 9] = [
    Role::SchoolYear,
    Role::DistrictId,
    Role::DistrictName,
    Role::SchoolId,
    Role::SchoolName,
    Role::Measure,
    Role::Group,
    Role::Grade,
    Role::Subject,
];

/// The tables of a folder whose names say that they are about a part.
pub(super) struct NamedParts {
    /// Why a table is not read, by its position.
    problems: BTreeMap<TableIndex, String>,
}

impl NamedParts {
    pub(super) fn new(tables: &[FolderTable<'_>], vocabulary: &Vocabulary<'_>) -> Self {
        let names = EditionNames::new(&vocabulary.catalog.synonyms.editions).ok();
        let words = &vocabulary.catalog.synonyms.whom.narrows;
        let finder = NameFinder { vocabulary, words, names };
        let mut alike: BTreeMap<TableForm, Vec<&FolderTable<'_>>> = BTreeMap::new();
        for table in tables.iter().filter(|table| table.table.problem.is_none()) {
            if table.table.measures() > 0 {
                alike.entry(TableForm::of(table.table)).or_default().push(table);
            }
        }
        let mut parts = Self { problems: BTreeMap::new() };
        for tables in alike.into_values().filter(|tables| (2..=MOST_ALIKE).contains(&tables.len())) {
            parts.compare(&tables, &finder);
        }
        parts
    }

    /// Records the tables whose names say that they are about a part.
    fn compare(&mut self, tables: &[&FolderTable<'_>], finder: &NameFinder<'_>) {
        let names: Vec<Vec<String>> = tables.iter().map(|table| finder.words_of(table)).collect();
        let mut facts: BTreeMap<TableIndex, TableFacts> = BTreeMap::new();
        for (one, own) in tables.iter().zip(&names) {
            for (other, others) in tables.iter().zip(&names) {
                let is_other_place = one.file != other.file || one.sheet != other.sheet;
                let has_same_subject = one.table.about.subject == other.table.about.subject;
                let is_part = if has_same_subject {
                    finder.is_part_beside(own, others)
                } else {
                    finder.is_subject_beside(one.table, own, others)
                };
                if self.problems.contains_key(&one.index) || !is_other_place || !is_part {
                    continue;
                }
                for table in [one, other] {
                    facts.entry(table.index).or_insert_with(|| TableFacts::of(table.table));
                }
                if facts[&one.index].replaces(&facts[&other.index]) {
                    self.problems.insert(one.index, wording::named_part(&place(one), &place(other)));
                }
            }
        }
    }

    /// Decides whether a table can be read as one of the whole.
    pub(super) fn apply(&self, table: &mut TableSurvey, index: TableIndex) {
        if let Some(problem) = self.problems.get(&index) {
            table.is_named_part = true;
            table.problem.get_or_insert_with(|| problem.clone());
        }
    }
}

/// What tables share that may replace each other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct TableForm {
    /// The names of the columns, in lower case.
    columns: Vec<String>,
    contents: Vec<ColumnContent>,
    /// Without the subject that the text around the table names.
    about: TableSubject,
    owner: TableOwner,
    /// The school year around the table, as written; `None` if it is in the table.
    year: Option<String>,
}

impl TableForm {
    fn of(table: &TableSurvey) -> Self {
        let year = match &table.year {
            YearPlace::Column | YearPlace::Header | YearPlace::Unknown => None,
            YearPlace::Sheet(year) | YearPlace::File(year) | YearPlace::Title(year) => Some(year.clone()),
            YearPlace::Named(year) => Some(year.to_string()),
        };
        let mut contents: Vec<ColumnContent> =
            table.columns.iter().filter_map(|column| Some(column.measure()?.content())).collect();
        if table.about.subject.is_some() {
            for content in &mut contents {
                ALL.clone_into(&mut content.breakdown[2]);
            }
        }
        Self {
            columns: table.columns.iter().map(|column| column.name.to_lowercase()).collect(),
            contents,
            about: TableSubject { subject: None, ..table.about.clone() },
            owner: table.owner.clone(),
            year,
        }
    }
}

/// What the rows of a table are about, and its numbers.
struct TableFacts {
    keys: BTreeMap<Role, BTreeSet<String>>,
    /// How often each number occurs.
    numbers: BTreeMap<PlacedNumber, usize>,
}

/// A number and where it stands.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct PlacedNumber {
    /// The position of its column.
    column: usize,
    bits: u64,
}

impl TableFacts {
    fn of(table: &TableSurvey) -> Self {
        let mut keys = BTreeMap::new();
        for role in KEYS {
            if let Some(column) = table.role(role) {
                keys.insert(role, texts(column));
            }
        }
        let mut numbers = BTreeMap::new();
        for (position, column) in table.columns.iter().enumerate() {
            if column.measure().is_some() {
                for number in column.cells.numbers.iter().take(MOST_NUMBERS) {
                    let placed = PlacedNumber { column: position, bits: number.to_bits() };
                    *numbers.entry(placed).or_insert(0) += 1;
                }
            }
        }
        Self { keys, numbers }
    }

    /// Whether some rows are about the same as those of another table, and have other values.
    fn replaces(&self, other: &Self) -> bool {
        let have_common = self.keys.iter().all(|(role, texts)| {
            other.keys.get(role).is_none_or(|others| texts.is_empty() || !texts.is_disjoint(others))
        });
        let mut same = 0;
        for (number, times) in &self.numbers {
            same += (*times).min(other.numbers.get(number).copied().unwrap_or(0));
        }
        let smaller = self.numbers.values().sum::<usize>().min(other.numbers.values().sum());
        have_common && (same as f64) < LEAST_SAME * smaller as f64
    }
}

/// The texts and numbers in a column.
fn texts(column: &Column) -> BTreeSet<String> {
    let numbers: BTreeSet<u64> = column.cells.numbers.iter().map(|number| number.to_bits()).collect();
    let numbers = numbers.into_iter().map(|bits| f64::from_bits(bits).to_string());
    numbers.chain(column.cells.texts.keys().cloned()).collect()
}

/// Reads the names of sheets and files for the part that a table is about.
struct NameFinder<'a> {
    vocabulary: &'a Vocabulary<'a>,
    words: &'a NarrowingWords,
    names: Option<EditionNames<'a>>,
}

impl NameFinder<'_> {
    /// The words in the names of a table's file and sheet, without school years and editions; each number with the word next to
    /// it that says what it counts.
    fn words_of(&self, table: &FolderTable<'_>) -> Vec<String> {
        let (stem, extension) = table.file.rsplit_once('.').unwrap_or((table.file, ""));
        let file = format!("{}.{extension}", self.without_years(stem));
        let base = self.names.as_ref().map_or_else(|| file.to_lowercase(), |names| names.base(&file));
        let stem = base.rsplit_once('.').map_or(base.as_str(), |(stem, _)| stem);
        let mut words = self.with_numbers(stem);
        if let Some(sheet) = table.sheet {
            words.extend(self.with_numbers(&self.without_years(sheet)));
        }
        words
    }

    fn without_years(&self, name: &str) -> String {
        let mut rest = name.to_owned();
        while let Some(mention) = self.vocabulary.find_year(&rest) {
            rest.replace_range(mention.phrase_start..mention.span.end, " ");
        }
        rest
    }

    fn with_numbers(&self, name: &str) -> Vec<String> {
        let parts: Vec<String> = tokenize(name).iter().flat_map(|token| digits_and_letters(token)).collect();
        let mut words: Vec<String> = Vec::new();
        for (position, part) in parts.iter().enumerate() {
            let number = part.trim_start_matches('0');
            let before = position.checked_sub(1).and_then(|before| parts.get(before));
            let after = parts.get(position + 1).filter(|word| self.words.numbered.contains(word));
            words.push(match (is_number(part), after, before) {
                (true, Some(word), _) => format!("{number} {word}"),
                (true, None, Some(word)) if self.is_numbered(word) => format!("{number} {word}"),
                _ => part.clone(),
            });
        }
        words
    }

    /// Whether a number after a word is that of a part.
    fn is_numbered(&self, word: &String) -> bool {
        self.words.numbered.contains(word) || self.vocabulary.catalog.groups.subject_id(word).is_some()
    }

    /// Whether these names say that the table is about a part, or about another one than the table with the other names.
    fn is_part_beside(&self, own: &[String], others: &[String]) -> bool {
        let [own, others] = [difference(own, others), difference(others, own)];
        !self.is_whole(&own) && (self.is_part(&own) || self.is_part(&others))
    }

    /// Whether a table may be about the subject that its name has, as another one is about a subject: the sheet "History" next
    /// to "Math".
    fn is_subject_beside(&self, table: &TableSurvey, own: &[String], others: &[String]) -> bool {
        let mut phrased = self.vocabulary.catalog.synonyms.whole_table.in_phrases.iter();
        table.about.subject.is_none()
            && phrased.any(|phrased| own.contains(&phrased.name) && !others.contains(&phrased.name))
    }

    fn is_whole(&self, words: &[&String]) -> bool {
        words.iter().all(|word| self.words.whole.contains(word) || self.words.usual.contains(word))
    }

    fn is_part(&self, words: &[&String]) -> bool {
        if let [only] = words {
            return self.is_part_word(only) || self.names_group(only);
        }
        words.iter().any(|word| self.is_part_word(word) || word.len() > 1 && self.names_group(word))
    }

    fn names_group(&self, word: &str) -> bool {
        self.vocabulary.catalog.groups.group_id(word).is_some_and(|id| id != ALL)
    }

    fn is_part_word(&self, word: &String) -> bool {
        let is_counted = word.split_once(' ').is_some() && !self.words.usual.contains(word);
        is_counted || self.words.names.contains(word)
    }
}

/// The words that are not in another list.
fn difference<'a>(words: &'a [String], others: &[String]) -> Vec<&'a String> {
    words.iter().filter(|word| !others.contains(word)).collect()
}

/// The digits at the beginning of a token, and the letters after them.
fn digits_and_letters(token: &str) -> Vec<String> {
    let letters = token.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &token[..token.len() - letters.len()];
    [digits, letters].into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
