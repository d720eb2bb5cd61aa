//! Counts that make up the rate beside them: one divided by another gives it, row for row. No name is better evidence.

use std::collections::BTreeMap;

use super::column::Cells;
use super::decide::{Deciding, MeasureColumn, Reading};
use crate::catalog::Stat;
use crate::domain::Unit;

/// With fewer rows, or fewer different rates, it may be chance.
const FEWEST_ROWS: usize = 3;
const FEWEST_RATES: usize = 2;
/// So many rows must agree: a rate may have been corrected, or a count.
const MOST: f64 = 0.95;
/// A rate's parts stand no further from it than so many columns: of hundreds, two may fit by chance.
const NEAR: usize = 12;
/// After so many rows that mostly disagree, the others are not asked.
const ENOUGH_ROWS: usize = 20;
/// A rate has no more decimals than this.
const MOST_DECIMALS: i32 = 6;

impl Deciding<'_> {
    /// Unread counts that are numerator and denominator of a rate of the table.
    pub(super) fn parts_of_rates(&mut self) {
        let mut parts: BTreeMap<String, usize> = BTreeMap::new();
        for (i, column) in self.columns.iter().enumerate() {
            if let Reading::Measure(m) = &column.reading
                && m.stat != Stat::Value
            {
                parts.entry(format!("{:?}", m.key())).or_insert(i);
            }
        }
        for index in 0..self.columns.len() {
            let Reading::Measure(rate) = &self.columns[index].reading else { continue };
            let unit = rate.measure.as_ref().and_then(|id| self.vocabulary.catalog.measures.get(id));
            if rate.stat == Stat::Value && unit.is_some_and(|m| m.unit == Unit::Percent) {
                let rate = (**rate).clone();
                self.parts_of(index, &rate, &mut parts);
            }
        }
    }

    /// Finds the parts of one rate; `parts` are those known, by what they hold.
    fn parts_of(&mut self, rate_column: usize, rate: &MeasureColumn, parts: &mut BTreeMap<String, usize>) {
        let key = |stat: Stat| format!("{:?}", MeasureColumn { stat, ..rate.clone() }.key());
        let part = |stat: Stat| parts.get(&key(stat)).copied();
        let (numerator, denominator) = (part(Stat::Numerator), part(Stat::Denominator));
        if numerator.is_some() {
            return;
        }
        let counts = |i: &usize| is_count(&self.columns[*i].cells);
        let near = rate_column.saturating_sub(NEAR)..(rate_column + NEAR + 1).min(self.columns.len());
        let open: Vec<usize> = near.clone().filter(|i| self.is_open(*i)).filter(counts).collect();
        let wholes: Vec<usize> = match denominator {
            Some(known) => vec![known],
            None => near.filter(|i| *i != rate_column && self.may_be_whole(*i)).filter(counts).collect(),
        };
        let rates = Rates::of(&self.columns[rate_column].cells, rate.times.unwrap_or(1.0));
        let pairs = open.iter().flat_map(|part| wholes.iter().map(move |whole| (*part, *whole)));
        let found: Vec<(usize, usize)> = pairs
            .filter(|(part, whole)| {
                part != whole && rates.are(&self.columns[*part].cells, &self.columns[*whole].cells)
            })
            .collect();
        // Two columns of the same numbers do not tell which is meant.
        let Some((part, whole)) =
            found.first().copied().filter(|(part, _)| found.iter().all(|f| f.0 == *part))
        else {
            return;
        };
        let (letters, whole_letters) = (&self.columns[rate_column].letters, &self.columns[whole].letters);
        let why = |what: &str| {
            format!(
                "{what} of column {letters}: divided by column {whole_letters} it gives that rate, row for row"
            )
        };
        let (of_part, of_whole) = (
            why("how many the rate counts, the numerator"),
            format!(
                "how many the rate of column {letters} rests on, the denominator: column {} divided by it gives that rate, row for row",
                self.columns[part].letters
            ),
        );
        let reading =
            |stat: Stat| MeasureColumn { stat, times: None, codes: Vec::new(), weight: None, ..rate.clone() };
        parts.entry(key(Stat::Numerator)).or_insert(part);
        if open.contains(&whole) {
            parts.entry(key(Stat::Denominator)).or_insert(whole);
        }
        self.set(part, reading(Stat::Numerator), of_part);
        if open.contains(&whole) {
            self.set(whole, reading(Stat::Denominator), of_whole);
        } else if denominator.is_none() && rate.year.is_none() && self.columns[whole].occurrence.is_none() {
            let name = self.columns[whole].name.clone();
            let column = &mut self.columns[rate_column];
            column.reading = Reading::Measure(Box::new(MeasureColumn { weight: Some(name), ..rate.clone() }));
        }
    }

    /// Whether a column may be what a rate rests on: one that is not read, or that counts.
    fn may_be_whole(&self, index: usize) -> bool {
        match &self.columns[index].reading {
            Reading::Unread(_) => true,
            Reading::Measure(m) => {
                let measure = m.measure.as_ref().and_then(|id| self.vocabulary.catalog.measures.get(id));
                m.stat == Stat::Denominator || measure.is_some_and(|m| m.unit == Unit::Count)
            }
            _ => false,
        }
    }
}

fn is_count(cells: &Cells) -> bool {
    !cells.numbers.is_empty() && cells.numbers.iter().all(|n| n.fract() == 0.0 && *n >= 0.0)
}

/// The rates of a column by row, in percent, and how far a computed one may lie from them.
struct Rates {
    by_row: BTreeMap<u32, f64>,
    rounding: f64,
}

impl Rates {
    fn of(cells: &Cells, times: f64) -> Self {
        let decimals = |n: f64| {
            let exact = |d: &i32| ((n * 10f64.powi(*d)).round() / 10f64.powi(*d) - n).abs() < 1e-9;
            (0..MOST_DECIMALS).find(exact).unwrap_or(MOST_DECIMALS)
        };
        let most = cells.numbers.iter().map(|n| decimals(*n)).max().unwrap_or(0);
        let by_row = cells.rows.iter().zip(&cells.numbers).map(|(row, n)| (*row, n * times)).collect();
        Self { by_row, rounding: 0.5 * 10f64.powi(-most) * times + 1e-9 }
    }

    /// Whether `part` of `whole` is the rate in nearly all rows that have all three.
    fn are(&self, part: &Cells, whole: &Cells) -> bool {
        let wholes: BTreeMap<u32, f64> =
            whole.rows.iter().copied().zip(whole.numbers.iter().copied()).collect();
        let (mut rows, mut agreeing, mut rates) = (0usize, 0usize, Vec::new());
        for (row, part) in part.rows.iter().zip(&part.numbers) {
            let (Some(whole), Some(rate)) =
                (wholes.get(row).filter(|whole| **whole > 0.0), self.by_row.get(row))
            else {
                continue;
            };
            rows += 1;
            if (100.0 * part / whole - rate).abs() <= self.rounding {
                agreeing += 1;
                rates.push(*rate);
            } else if rows >= ENOUGH_ROWS && agreeing * 2 < rows {
                return false;
            }
        }
        rates.sort_by(f64::total_cmp);
        rates.dedup();
        agreeing >= FEWEST_ROWS && rates.len() >= FEWEST_RATES && agreeing as f64 >= MOST * rows as f64
    }
}
