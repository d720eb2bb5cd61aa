//! Test results of one kind in several files: of two values for the same students and year, only one is kept. Users must know.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::digit_stencil;
use super::column::{ColumnContent, MeasureColumn};
use super::folder_table::{FolderTable, TableIndex};
use super::sheet::{TableSurvey, YearPlace};
use super::vocabulary::Vocabulary;
use crate::catalog::{Role, Stat};
use crate::wording::survey_tables as wording;

/// What a result is about, apart from its district, and the end of its school year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ResultKey {
    content: ColumnContent,
    year: i32,
}

/// For each table, the file that has results of the same kind before it.
pub(super) struct FolderRepeats {
    /// By table, in words.
    repeated: BTreeMap<TableIndex, String>,
}

impl FolderRepeats {
    pub(super) fn new(tables: &[FolderTable<'_>], vocabulary: &Vocabulary<'_>) -> Self {
        let mut first: BTreeMap<ResultKey, &str> = BTreeMap::new();
        let mut repeated = BTreeMap::new();
        for table in tables {
            for key in results(table.table, vocabulary) {
                let earlier = *first.entry(key).or_insert(table.file);
                // Files that differ only in digits are those of several years.
                if digit_stencil(earlier) != digit_stencil(table.file) {
                    repeated.entry(table.index).or_insert_with(|| wording::results_also_in(earlier));
                }
            }
        }
        Self { repeated }
    }

    /// Says in a table that another file has results of the same kind.
    pub(super) fn apply(&self, table: &mut TableSurvey, index: TableIndex) {
        table.notes.extend(self.repeated.get(&index).cloned());
    }
}

/// The kinds of test results in a table, each with its school years.
fn results(table: &TableSurvey, vocabulary: &Vocabulary<'_>) -> BTreeSet<ResultKey> {
    let domain = &vocabulary.catalog.synonyms.tests.domain;
    let years = years(table, vocabulary);
    let mut found = BTreeSet::new();
    for column in table.columns.iter().filter_map(|column| column.measure()) {
        if column.stat == Stat::Value && is_of_domain(column, domain, vocabulary) {
            let own = column.year.map_or_else(|| years.clone(), |year| BTreeSet::from([year]));
            found.extend(
                own.into_iter().map(|year| ResultKey {
                    content: ColumnContent { year: None, ..column.content() },
                    year,
                }),
            );
        }
    }
    found
}

fn is_of_domain(column: &MeasureColumn, domain: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let known = column.measure.as_ref().and_then(|id| vocabulary.catalog.measures.get(id));
    known.is_some_and(|measure| measure.domain == domain)
}

/// The ends of the school years of a table, as far as its column of years, or a text around it, says them.
fn years(table: &TableSurvey, vocabulary: &Vocabulary<'_>) -> BTreeSet<i32> {
    let texts: Vec<String> = match &table.year {
        YearPlace::Column => {
            let cells = table.role(Role::SchoolYear).map(|column| &column.cells);
            let numbers = cells.into_iter().flat_map(|cells| &cells.numbers).map(ToString::to_string);
            numbers.chain(cells.into_iter().flat_map(|cells| cells.texts.keys().cloned())).collect()
        }
        YearPlace::Sheet(text) | YearPlace::File(text) | YearPlace::Title(text) => vec![text.clone()],
        YearPlace::Named(year) => return BTreeSet::from([*year]),
        YearPlace::Header | YearPlace::Unknown => Vec::new(),
    };
    let different: BTreeSet<String> = texts.into_iter().collect();
    different.iter().filter_map(|text| Some(vocabulary.find_year(text)?.year.end())).collect()
}
