//! Columns without a role that divide each district into parts and have a row for the whole: `Fund` with General, Debt, and All
//! Funds. Only the rows about the whole are read.

use std::collections::{BTreeMap, BTreeSet};

use super::repeats::RowsAboutSame;
use super::{EvidenceSearch, RowRule};
use crate::catalog::Measure;
use crate::survey::column::{Column, ColumnMeaning};
use crate::survey::role::is_categorical;
use crate::wording::survey_wholes::{ONLY_THE_WHOLE, WholeInColumn, only_the_whole};

/// Of ten keys, this many have a row about the whole.
const LEAST_OF_TEN: usize = 9;
/// This many columns of measures are compared with their parts.
const MOST_COMPARED: usize = 12;

/// A column with texts for the whole.
struct WholeColumn<'s> {
    column: &'s Column,
    whole: BTreeSet<&'s str>,
}

impl WholeColumn<'_> {
    /// The rule that keeps the rows about the whole.
    fn rule(&self) -> RowRule {
        let texts: Vec<String> = self.whole.iter().map(|text| regex::escape(text)).collect();
        RowRule {
            column: self.column.name.clone(),
            pattern: format!("^(?:{})$", texts.join("|")),
            keeps: true,
            why: ONLY_THE_WHOLE.to_owned(),
        }
    }
}

impl EvidenceSearch<'_> {
    /// If rows repeat each other unless only those about the whole are read, leaves the others out and says so.
    pub(super) fn keep_wholes(&mut self) {
        let rows = self.with_lines_read(self.rows_read());
        if self.found.problem.is_some() || !self.repeats(&rows, &[]).are_many() {
            return;
        }
        let keyed = self.by_key(&rows);
        let mut wholes = self.whole_columns();
        wholes.retain(|whole| keyed.values().any(|rows| self.varies(whole.column.column, rows)));
        let kept: BTreeSet<usize> = rows.iter().copied().filter(|row| self.is_whole(&wholes, *row)).collect();
        let without = keyed.values().filter(|rows| !rows.iter().any(|row| kept.contains(row))).count();
        let have_whole = (keyed.len() - without) * 10 >= keyed.len() * LEAST_OF_TEN;
        let kept_rows: Vec<usize> = kept.iter().copied().collect();
        let is_clear = !wholes.is_empty() && have_whole && !self.repeats(&kept_rows, &[]).are_many();
        if !is_clear || self.are_below_parts(&keyed, &kept) {
            return;
        }
        let note = self.say_wholes(&wholes, rows.len() - kept.len(), without);
        let rules: Vec<RowRule> = wholes.iter().map(WholeColumn::rule).collect();
        self.found.notes.push(note);
        self.found.filters.extend(rules);
    }

    /// The columns without a role that have texts for the whole and others.
    fn whole_columns(&self) -> Vec<WholeColumn<'_>> {
        let survey = self.survey;
        let free = survey.columns.iter().filter(|column| {
            matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_))
                && is_categorical(&column.cells)
                && self.texts.column(column.column).is_some()
        });
        let wholes = free.map(|column| {
            let texts = column.cells.texts.keys().map(String::as_str);
            WholeColumn {
                column,
                whole: texts.filter(|text| self.vocabulary.means_all_of(&column.name, text)).collect(),
            }
        });
        wholes
            .filter(|whole| !whole.whole.is_empty() && whole.whole.len() < whole.column.cells.texts.len())
            .collect()
    }

    fn varies(&self, column: u32, rows: &[usize]) -> bool {
        let first = rows.first().map(|row| self.texts.text(column, *row));
        rows.iter().any(|row| Some(self.texts.text(column, *row)) != first)
    }

    fn is_whole(&self, wholes: &[WholeColumn<'_>], row: usize) -> bool {
        wholes.iter().all(|whole| whole.whole.contains(self.texts.text(whole.column.column, row)))
    }

    /// Whether, of a measure that adds up, the numbers of the whole are smaller than those of a part in more than one of ten cases.
    fn are_below_parts(&self, keyed: &RowsAboutSame<'_>, kept: &BTreeSet<usize>) -> bool {
        let mut adding = self.survey.columns.iter().filter(|column| self.adds_up(column)).take(MOST_COMPARED);
        adding.any(|column| {
            let cells = &column.cells;
            let numbers: BTreeMap<u32, f64> =
                cells.rows.iter().copied().zip(cells.numbers.iter().copied()).collect();
            let (mut below, mut compared) = (0, 0);
            for rows in keyed.values() {
                let [whole, part] = [true, false].map(|is_kept| {
                    let own = rows.iter().filter(|row| kept.contains(row) == is_kept);
                    own.filter_map(|row| numbers.get(&self.texts.number(*row))).copied().reduce(f64::max)
                });
                if let Some([whole, part]) = whole.zip(part).map(<[f64; 2]>::from) {
                    compared += 1;
                    below += usize::from(whole < part);
                }
            }
            below * 10 > compared
        })
    }

    /// Whether a column holds a measure that adds up.
    fn adds_up(&self, column: &Column) -> bool {
        column.measure().is_some_and(|measure| match (&measure.own, &measure.measure) {
            (Some(own), _) => own.unit.can_add_up(),
            (None, Some(id)) => self.vocabulary.catalog.measures.get(id).is_some_and(Measure::adds_up),
            (None, None) => false,
        })
    }

    fn say_wholes(&self, wholes: &[WholeColumn<'_>], left_out: usize, without: usize) -> String {
        let columns: Vec<WholeInColumn<'_>> = wholes
            .iter()
            .map(|whole| WholeInColumn {
                column: &whole.column.name,
                whole: whole.whole.first().copied().unwrap_or_default(),
                parts: whole
                    .column
                    .cells
                    .texts
                    .keys()
                    .map(String::as_str)
                    .filter(|text| !whole.whole.contains(text))
                    .collect(),
            })
            .collect();
        only_the_whole(&columns, left_out, without)
    }
}
