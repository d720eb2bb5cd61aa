//! Measures that are scored: a state's indicators, each given points by where it lies, weighted and added up.
//!
//! `Σ weight · points`, points by the catalog's cuts: the most from the first cut on, one less from each further one, 1
//! beyond the last; which way a cut is reached is the way that is better for the indicator. (Illinois' School District
//! Financial Profile is such.) Degenerate: without one of its indicators there is no score; with a masked one it is masked.

use super::derive::{Deriver, Operand, Quotient};
use crate::catalog::{Catalog, Measure, Scored};
use crate::domain::KeyCode;

impl Deriver<'_> {
    /// Adds the scores of a measure where its indicators are known and it is not itself published.
    pub(super) fn add_scores(&mut self, measure: &Measure, catalog: &Catalog) {
        let code = |id: &String| self.terms().measures.binary_search(id).ok().map(|i| i as u32);
        let indicators: Option<Vec<u32>> = measure.scored.iter().map(|s| code(&s.measure)).collect();
        let (Some(target), Some(indicators)) = (code(&measure.id), indicators) else { return };
        let Some(first) = indicators.first() else { return };
        for (key, district, year) in self.positions(*first) {
            let at = |measure: u32| (KeyCode { measure, ..key }, district, year);
            if self.is_published(at(target)) {
                continue;
            }
            let Some(operands) = self.operands(indicators.iter().map(|m| at(*m))) else { continue };
            let points = |(scored, operand): (&Scored, &Operand)| {
                let sign = catalog.measures.get(&scored.measure).map_or(1.0, |m| m.better.sign());
                scored.weight * scored.points(operand.value, sign)
            };
            let score: f64 = measure.scored.iter().zip(&operands).map(points).sum();
            let result = Quotient {
                // Weights of hundredths: what is beyond is the last bits of binary fractions.
                numerator: (1e6 * score).round() / 1e6,
                denominator: None,
                masked: operands.iter().any(|o| o.masked),
                public: operands.iter().all(|o| o.public),
                per: 1.0,
                counts_people: false,
            };
            let ranges: Vec<_> = operands.into_iter().map(|o| o.cells).collect();
            self.make(at(target), &result, &ranges);
        }
        self.tell_left_out(measure);
    }
}
