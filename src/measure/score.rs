//! Scored measures: a state's indicators, each given points according to its value, then weighted and added
//! up.
//!
//! `Σ weight · points`, with points by the catalog's cuts: the maximum if the first cut is reached, one less
//! for each further cut, and 1 beyond the last. A cut is reached in the direction that is better for the
//! indicator. (An example is Illinois' School District Financial Profile.) Degenerate: if an indicator is
//! missing, there is no score; if one is masked, so is the score.

use super::derive::Deriver;
use super::position::of_measure;
use super::quotient::{Operand, Quotient};
use crate::catalog::{Catalog, Measure, Scored};

impl Deriver<'_> {
    /// Adds the scores of a measure where its indicators are known and it is not published itself.
    pub(super) fn add_scores(&mut self, measure: &Measure, catalog: &Catalog) {
        let Some(target) = self.measure_code(&measure.id) else { return };
        let indicators = measure.scored.iter().map(|scored| self.measure_code(&scored.measure));
        let Some(indicators) = indicators.collect::<Option<Vec<u32>>>() else { return };
        let Some(first) = indicators.first() else { return };
        for position in self.positions(*first) {
            let target = of_measure(target, position);
            if self.is_published(target) || !is_scored_in(measure, self.state_of(position), catalog) {
                continue;
            }
            let values = indicators.iter().map(|indicator| of_measure(*indicator, position));
            let Some(operands) = self.operands(values) else { continue };
            let cells: Vec<_> = operands.iter().map(|operand| operand.cells.clone()).collect();
            self.insert(target, &total_score(measure, &operands, catalog), &cells);
        }
        self.report_left_out(measure);
    }
}

/// Whether a district is scored: not if it is known to be in another state than the measure.
fn is_scored_in(measure: &Measure, state: Option<&str>, catalog: &Catalog) -> bool {
    let own = measure.state.as_deref().and_then(|own| catalog.states.code(own));
    own.zip(state).is_none_or(|(own, state)| own == state)
}

/// The score of a district and year, from the values of its indicators in the measure's order.
fn total_score(measure: &Measure, indicators: &[Operand], catalog: &Catalog) -> Quotient {
    let scored = measure.scored.iter().zip(indicators);
    let score: f64 = scored.map(|(scored, value)| weighted_points(scored, value, catalog)).sum();
    Quotient {
        // Weights have two decimals; anything beyond is binary rounding error.
        numerator: (1e6 * score).round() / 1e6,
        denominator: None,
        masked: indicators.iter().any(|indicator| indicator.masked),
        public: indicators.iter().all(|indicator| indicator.public),
        per: 1.0,
        counts_people: false,
    }
}

fn weighted_points(scored: &Scored, indicator: &Operand, catalog: &Catalog) -> f64 {
    let sign = catalog.measures.get(&scored.measure).map_or(1.0, |m| m.better.sign());
    scored.weight * scored.points(indicator.value, sign)
}
