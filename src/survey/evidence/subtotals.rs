//! Rows of a district that add up some of its schools only: `Elementary Total` beside `Grand Total`.

use std::collections::{BTreeMap, BTreeSet};

use super::EvidenceSearch;
use super::sums::{SumTolerance, are_counts};
use super::total_sign::{SignedRows, TotalSign};
use crate::survey::compiled_patterns::any_match;
use crate::wording::survey_rows as wording;

/// Of several labels, one is the total's if its numbers are the greatest in nearly all cases.
const NEARLY_ALL: f64 = 0.9;

/// A row that a known word calls a total.
struct CalledTotal {
    /// The column with the word, as its position in the sheet.
    column: u32,
    /// The label, with a sign instead of the district's own name.
    label: String,
    /// Whether it names a kind of school, or somebody beyond the district.
    is_narrow: bool,
}

/// The rows that known words call totals, by their number.
type CalledTotals = BTreeMap<usize, CalledTotal>;

impl EvidenceSearch<'_> {
    /// Where a district has several rows that are called totals, keeps the one for all its schools.
    pub(super) fn set_subtotals_apart(&mut self, signed: &mut SignedRows) {
        let called = self.called_totals(signed);
        let subtotals = self.subtotals_among(&called);
        for row in &subtotals {
            let column = called[row].column;
            let text = self.texts.text(column, *row).to_owned();
            self.subtotals.entry(column).or_default().insert(text);
        }
        for rows in signed.values_mut() {
            rows.retain(|row| !subtotals.contains(row));
        }
        signed.retain(|_, rows| !rows.is_empty());
    }

    /// Leaves out the rows that add up some schools of a district.
    pub(super) fn leave_out_subtotals(&mut self) {
        for (column, texts) in std::mem::take(&mut self.subtotals) {
            self.leave_out(column, &texts, wording::SUBTOTALS);
        }
    }

    fn called_totals(&self, signed: &SignedRows) -> CalledTotals {
        let elsewhere = &self.vocabulary.catalog.synonyms.own.elsewhere;
        let mut called = CalledTotals::new();
        for (placed, rows) in signed {
            if !matches!(placed.sign, TotalSign::Word | TotalSign::NamedWord) {
                continue;
            }
            for row in rows {
                let label = self.unnamed(*row, self.texts.text(placed.column, *row));
                let is_narrow = any_match(&self.vocabulary.patterns.school_kinds, &label)
                    || self.vocabulary.words(&label).iter().any(|word| elsewhere.contains(word));
                called.insert(*row, CalledTotal { column: placed.column, label, is_narrow });
            }
        }
        called
    }

    /// The rows among those that are called totals that are not about all schools.
    fn subtotals_among(&mut self, called: &CalledTotals) -> BTreeSet<usize> {
        let narrow: BTreeSet<usize> =
            called.iter().filter(|(_, total)| total.is_narrow).map(|(row, _)| *row).collect();
        let mut cases: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in called.keys() {
            cases.entry(self.about(*row)).or_default().push(*row);
        }
        cases.retain(|_, rows| rows.len() > 1);
        if cases.is_empty() {
            let votes = self.groups_of(&narrow).votes(self.texts.amounts(), SumTolerance::ROUGH);
            return if votes.are_none() { narrow } else { BTreeSet::new() };
        }
        for rows in cases.values_mut() {
            rows.retain(|row| !narrow.contains(row));
        }
        cases.retain(|_, rows| {
            rows.iter().any(|row| called[row].label != called[&rows[0]].label) && self.differ(rows)
        });
        let mut subtotals = narrow;
        if cases.is_empty() {
            return subtotals;
        }
        match self.greatest_label(called, &cases) {
            Some(label) => {
                subtotals.extend(cases.values().flatten().copied().filter(|row| called[row].label != label))
            }
            None => {
                let labels: BTreeSet<&str> =
                    cases.values().flatten().map(|row| called[row].label.as_str()).collect();
                let labels: Vec<&str> = labels.into_iter().collect();
                self.found.problem = Some(wording::which_is_total(&labels));
            }
        }
        subtotals
    }

    /// Whether the numbers of some rows are not all the same.
    fn differ(&self, rows: &[usize]) -> bool {
        self.texts.amounts_and_percents().any(|amounts| {
            let mut known = rows.iter().filter_map(|row| amounts[*row]);
            known.next().is_some_and(|first| known.any(|other| other.total_cmp(&first).is_ne()))
        })
    }

    /// The label of the rows with the greatest counts; `None` if no label has them in nearly all cases.
    fn greatest_label(&self, called: &CalledTotals, cases: &BTreeMap<String, Vec<usize>>) -> Option<String> {
        let columns: Vec<Vec<Option<f64>>> =
            self.texts.amounts().filter(|amounts| are_counts(amounts)).collect();
        let mut wins: BTreeMap<&str, usize> = BTreeMap::new();
        let mut decided = 0;
        for rows in cases.values() {
            let Some(greatest) = columns.iter().find_map(|amounts| greatest_row(amounts, rows)) else {
                continue;
            };
            *wins.entry(called[&greatest].label.as_str()).or_default() += 1;
            decided += 1;
        }
        let (label, wins) = wins.into_iter().max_by_key(|(_, wins)| *wins)?;
        (wins as f64 >= NEARLY_ALL * f64::from(decided)).then(|| label.to_owned())
    }
}

/// The row with the only greatest number; `None` if a number is missing or several rows have it.
fn greatest_row(amounts: &[Option<f64>], rows: &[usize]) -> Option<usize> {
    let known: Option<Vec<f64>> = rows.iter().map(|row| amounts[*row]).collect();
    let greatest = known?.into_iter().reduce(f64::max)?;
    let mut with_it = rows.iter().filter(|row| amounts[**row].is_some_and(|amount| amount >= greatest));
    let only = with_it.next()?;
    with_it.next().is_none().then_some(*only)
}
