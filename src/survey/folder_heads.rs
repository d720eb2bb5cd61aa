//! Amounts of money that are totals by their name, but per student by the enrollment in another table of the folder.

use std::collections::BTreeSet;

use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::folder_schools::codes_of_districts;
use super::folder_table::{FolderTable, TableIndex};
use super::money_per_student::{AmountsByHeads, measure_for_each};
use super::own_measure::values_seen;
use super::sheet::TableSurvey;
use super::vocabulary::Vocabulary;
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// Two tables are about the same districts if at least this share of the fewer ones is in both.
const LEAST_SHARED: f64 = 0.5;

/// With fewer totals than this, their size says little.
const FEWEST_TOTALS: usize = 3;

/// The students in one table of a folder.
struct TableHeads {
    index: TableIndex,
    file: String,
    measure: String,
    numbers: Vec<f64>,
    /// Empty if the table names no districts.
    districts: BTreeSet<String>,
}

/// The students in the tables of a folder.
#[derive(Default)]
pub(super) struct FolderHeads {
    tables: Vec<TableHeads>,
}

impl FolderHeads {
    pub(super) fn new(tables: &[FolderTable<'_>]) -> Self {
        let mut heads = Self::default();
        for FolderTable { index, file, table, .. } in tables {
            if table.evidence.schools {
                continue;
            }
            for column in &table.columns {
                if let Some(measure) = measure_of_everybody(column) {
                    heads.tables.push(TableHeads {
                        index: *index,
                        file: (*file).to_owned(),
                        measure: measure.to_owned(),
                        numbers: column.cells.numbers.clone(),
                        districts: codes_of_districts(table),
                    });
                }
            }
        }
        heads
    }

    /// Compares totals of a table without students with the students of another table. Returns whether any column changed.
    pub(super) fn apply(
        &self,
        table: &mut TableSurvey,
        index: TableIndex,
        vocabulary: &Vocabulary<'_>,
    ) -> bool {
        let others = OtherHeads {
            heads: self.heads_of(table, index),
            in_table: table.columns.iter().filter_map(measure_of_everybody).map(str::to_owned).collect(),
        };
        let mut is_changed = false;
        for column in &mut table.columns {
            if let Some(decided) = others.decide(column, vocabulary) {
                column.why = decided.why;
                column.meaning = decided.meaning;
                is_changed = true;
                if column.is_unread() {
                    table.notes.push(wording::column_left_out(&column.name, &column.why));
                }
            }
        }
        is_changed
    }

    /// The students in other tables that are about the same districts.
    fn heads_of(&self, table: &TableSurvey, index: TableIndex) -> Vec<&TableHeads> {
        let districts = codes_of_districts(table);
        let mut heads: Vec<&TableHeads> = self.tables.iter().filter(|heads| heads.index != index).collect();
        heads.retain(|heads| are_the_same(&heads.districts, &districts));
        heads
    }
}

/// The students in other tables about the districts of a table.
struct OtherHeads<'a> {
    heads: Vec<&'a TableHeads>,
    /// The measures that the table has of everybody itself.
    in_table: BTreeSet<String>,
}

/// What a column is, once it has been compared.
struct DecidedAmounts {
    meaning: ColumnMeaning,
    why: String,
}

impl OtherHeads<'_> {
    fn decide(&self, column: &Column, vocabulary: &Vocabulary<'_>) -> Option<DecidedAmounts> {
        let measure = column.measure().filter(|measure| measure.own.is_none())?;
        let total = vocabulary.catalog.measures.get(measure.measure.as_ref()?)?;
        let per_student = measure_for_each(vocabulary.catalog, &total.id)?;
        let [divisor] = &per_student.derive.as_ref()?.denominator[..] else { return None };
        if total.unit != Unit::Dollars || self.in_table.contains(divisor) {
            return None;
        }
        let Some(heads) = self.heads.iter().find(|heads| heads.measure == *divisor) else {
            return small_totals(column, measure, vocabulary);
        };
        let times = measure.times.unwrap_or(1.0);
        let amounts = AmountsByHeads::of_columns(&column.cells.numbers, &heads.numbers, times)?;
        if amounts.median >= vocabulary.catalog.synonyms.amounts.least_for_each_student {
            return None;
        }
        Some(if amounts.are_for_each_head() {
            let id = Some(per_student.id.clone());
            let per_student_column = MeasureColumn { measure: id, times: None, ..measure.clone() };
            DecidedAmounts {
                meaning: ColumnMeaning::Measure(Box::new(per_student_column)),
                why: wording::money_per_student_of_file(&per_student.label, &heads.file),
            }
        } else {
            DecidedAmounts {
                meaning: ColumnMeaning::Unread(measure.measure.clone()),
                why: wording::per_student_or_thousands_of_file(&heads.file),
            }
        })
    }
}

/// A question about a column whose totals are so small that they may be per student or in thousands.
fn small_totals(
    column: &Column,
    measure: &MeasureColumn,
    vocabulary: &Vocabulary<'_>,
) -> Option<DecidedAmounts> {
    let least = vocabulary.catalog.synonyms.amounts.least_total;
    let times = measure.times.unwrap_or(1.0);
    let are_small = column.cells.most.is_some_and(|most| most * times < least)
        && column.cells.least.is_some_and(|least| least >= 0.0);
    (are_small && column.cells.numbers.len() >= FEWEST_TOTALS).then(|| DecidedAmounts {
        meaning: ColumnMeaning::Unread(measure.measure.clone()),
        why: wording::small_totals(&values_seen(&column.cells)),
    })
}

fn measure_of_everybody(column: &Column) -> Option<&str> {
    column.measure().filter(|measure| measure.is_of_everybody())?.measure.as_deref()
}

/// Whether two tables are about the same districts: many of them, or both about one that they do not name.
fn are_the_same(some: &BTreeSet<String>, others: &BTreeSet<String>) -> bool {
    let fewer = some.len().min(others.len());
    let shared = some.intersection(others).count();
    some.is_empty() && others.is_empty() || fewer > 0 && shared as f64 >= LEAST_SHARED * fewer as f64
}
