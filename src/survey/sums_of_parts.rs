//! Amounts that are sums or differences of others in the same rows, as their definition says; and names that mean a measure
//! only where such amounts confirm it.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::line_item::{LineItem, LineMeaning};
use super::money_per_student::by_row;
use super::own_measure::values_seen;
use super::vocabulary::Vocabulary;
use super::whole_table::last_part;
use crate::catalog::{Derivation, Measure};
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// With fewer rows than this, a comparison contradicts nothing.
const FEWEST_ROWS: usize = 3;
/// A number contradicts the definition if it is off by more than this share of what the parts give.
const MOST_OFF: f64 = 0.5;

/// Whether the numbers of a column are what its measure's definition makes of other columns in most rows.
enum Confirmation {
    Unknown,
    Confirmed,
    /// By the columns with these letters.
    Contradicted(Vec<String>),
}

/// In how many rows a definition gives the number.
#[derive(Default)]
struct PartComparison {
    compared: usize,
    contradicting: usize,
}

impl PartComparison {
    fn add(&mut self, number: f64, given: f64) {
        self.compared += 1;
        self.contradicting += usize::from((number - given).abs() > MOST_OFF * given.abs());
    }

    const fn contradicts(&self) -> bool {
        self.compared >= FEWEST_ROWS && self.contradicting * 2 > self.compared
    }

    const fn confirms(&self) -> bool {
        self.compared > 0 && self.contradicting * 2 < self.compared
    }
}

impl ColumnClassifier<'_> {
    /// Leaves a column unread whose numbers are not what its measure's definition makes of other columns in most rows, and one
    /// with a name of several meanings if no other column confirms it: a column called "Surplus" may have the balance at the
    /// end of the year.
    pub(super) fn compare_sums_with_parts(&mut self) {
        for index in self.indexes() {
            let column = self.column(index);
            let Some(id) = column.measure().and_then(|measure| measure.measure.clone()) else { continue };
            let seen = values_seen(&column.cells);
            let unsure = unsure_meaning(self.vocabulary, &column.name, &id);
            match (self.confirmation(index), unsure) {
                (Confirmation::Contradicted(parts), None) => {
                    self.question(index, Some(id), wording::not_sum_of_parts(&parts));
                }
                (Confirmation::Contradicted(parts), Some(meaning)) => {
                    self.question(index, Some(id), wording::unsure_and_not_sum(meaning, &parts, &seen));
                }
                (Confirmation::Unknown, Some(meaning)) => {
                    self.question(index, Some(id), wording::unsure_meaning(meaning, &seen));
                }
                (Confirmation::Confirmed, _) | (Confirmation::Unknown, None) => {}
            }
        }
    }

    /// Whether other columns confirm the measure of a column.
    fn confirmation(&self, index: ColumnIndex) -> Confirmation {
        self.confirmation_by_parts(index).unwrap_or(Confirmation::Unknown)
    }

    /// The same; `None` if its parts are not in the table.
    fn confirmation_by_parts(&self, index: ColumnIndex) -> Option<Confirmation> {
        let column = self.column(index).measure().filter(|column| column.is_of_everybody())?;
        let measure = self.measure_of(column)?;
        let derivation = measure.derive.as_ref().filter(|derivation| is_sum(measure, derivation))?;
        let added = self.columns_of(&derivation.numerator, column.year)?;
        let subtracted = self.columns_of(&derivation.minus, column.year)?;
        let times = column.times.unwrap_or(1.0);
        let mut comparison = PartComparison::default();
        for (row, number) in by_row(self.column(index)) {
            if let (Some(plus), Some(minus)) = (self.sum(&added, row), self.sum(&subtracted, row)) {
                comparison.add(number * times, plus - minus);
            }
        }
        let letters = added.iter().chain(&subtracted).map(|index| self.column(*index).letters.clone());
        Some(if comparison.contradicts() {
            Confirmation::Contradicted(letters.collect())
        } else if comparison.confirms() {
            Confirmation::Confirmed
        } else {
            Confirmation::Unknown
        })
    }

    /// The columns of these measures in a year, of everybody; `None` if one is missing.
    fn columns_of(&self, measures: &[String], year: Option<i32>) -> Option<Vec<ColumnIndex>> {
        let mut columns = Vec::new();
        for id in measures {
            columns.push(self.indexes().find(|index| {
                self.column(*index).measure().is_some_and(|column| {
                    column.measure.as_ref() == Some(id) && column.year == year && column.is_of_everybody()
                })
            })?);
        }
        Some(columns)
    }

    /// The sum of several columns in a row; `None` if one has no number.
    fn sum(&self, columns: &[ColumnIndex], row: u32) -> Option<f64> {
        let mut sum = 0.0;
        for index in columns {
            let cells = &self.column(*index).cells;
            let at = cells.rows.binary_search(&row).ok()?;
            sum += cells.numbers[at] * self.column(*index).measure()?.times.unwrap_or(1.0);
        }
        Some(sum)
    }
}

/// Whether a measure is a sum or a difference of amounts of money.
fn is_sum(measure: &Measure, derivation: &Derivation) -> bool {
    measure.unit == Unit::Dollars && derivation.denominator.is_empty() && !derivation.numerator.is_empty()
}

/// What else a column's name may mean, in words; `None` if it means its measure alone.
fn unsure_meaning<'a>(vocabulary: &'a Vocabulary<'_>, name: &str, measure: &str) -> Option<&'a str> {
    let names = vocabulary.catalog.synonyms.measures.get(measure)?;
    let last = last_part(name);
    let without_year = match vocabulary.find_year(last) {
        Some(mention) => format!("{} {}", &last[..mention.phrase_start], &last[mention.span.end..]),
        None => last.to_owned(),
    };
    vocabulary.is_one_of(&without_year, &names.unsure).then_some(names.unsure_why.as_str())
}

/// A line item with its numbers.
pub(super) struct LineWithNumbers<'a> {
    pub(super) item: &'a mut LineItem,
    pub(super) numbers: &'a [f64],
    /// The numbers, as they are shown in a question.
    pub(super) seen: String,
}

/// Leaves lines unread whose names have several meanings, unless other lines confirm the one of their measure.
pub(super) fn settle_unsure_lines(lines: &mut [LineWithNumbers<'_>], vocabulary: &Vocabulary<'_>) {
    for index in 0..lines.len() {
        let line = &lines[index];
        let LineMeaning::Known(id) = &line.item.meaning else { continue };
        let Some(meaning) = unsure_meaning(vocabulary, &line.item.text, id) else { continue };
        if !are_confirmed(line, lines, vocabulary) {
            let why = wording::unsure_meaning(meaning, &line.seen);
            lines[index].item.leave_unread(&why);
        }
    }
}

/// Whether the numbers of a line are what its measure's definition makes of other lines in most years.
fn are_confirmed(
    line: &LineWithNumbers<'_>,
    lines: &[LineWithNumbers<'_>],
    vocabulary: &Vocabulary<'_>,
) -> bool {
    let LineMeaning::Known(id) = &line.item.meaning else { return false };
    let Some(measure) = vocabulary.catalog.measures.get(id) else { return false };
    let Some(derivation) = measure.derive.as_ref().filter(|derivation| is_sum(measure, derivation)) else {
        return false;
    };
    let mut given = vec![0.0; line.numbers.len()];
    for (ids, sign) in [(&derivation.numerator, 1.0), (&derivation.minus, -1.0)] {
        for part in ids {
            let part = lines
                .iter()
                .find(|other| matches!(&other.item.meaning, LineMeaning::Known(known) if known == part));
            let Some(part) = part.filter(|part| part.numbers.len() == given.len()) else { return false };
            for (sum, number) in given.iter_mut().zip(part.numbers) {
                *sum += sign * number;
            }
        }
    }
    let mut comparison = PartComparison::default();
    for (number, given) in line.numbers.iter().zip(given) {
        comparison.add(*number, given);
    }
    comparison.confirms()
}
