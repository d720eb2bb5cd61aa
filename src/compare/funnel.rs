//! How unusual a rate is in the state, with the number of people that each district's rate rests on taken into account: a
//! district of few students is at the end of the state's list by chance more often than a large one.
//!
//! The funnel of Spiegelhalter (2005), with additive overdispersion: of each district's rate p of n people,
//! `z = (p − p₀) / √(p₀(1−p₀)/n)`, p₀ being the state's median. The z are winsorised at their 10th and 90th percentile (type
//! 7), and with `φ = Σ z² / I` of these, and the weights `w = n / (p₀(1−p₀))`, the variance between districts is
//! `τ² = (I·φ − (I−1)) / (Σw − Σw²/Σw)`, or 0 where that is negative. The district's z is then
//! `(p − p₀) / √(p₀(1−p₀)/n + τ²)`.
//!
//! Small state: with fewer than 30 rates of known n there is none. Degenerate: a median of 0 or 100 % has no spread, and
//! there is none.

use super::rank::{median, quantile, sort};

/// The fewest districts.
const FEWEST_DISTRICTS: usize = 30;

/// Which part of the districts at either end is drawn in.
const WINSORISED: f64 = 0.1;

/// The standard deviations of `own` from the median of `state`, its own rate among them; each a rate (0–1) and how many
/// people it rests on.
pub(super) fn funnel(own: (f64, f64), state: &[(f64, f64)]) -> Option<f64> {
    if state.len() < FEWEST_DISTRICTS {
        return None;
    }
    let mut rates: Vec<f64> = state.iter().map(|s| s.0).collect();
    sort(&mut rates);
    let middle = median(&rates)?;
    let chance = middle * (1.0 - middle);
    if chance <= 0.0 {
        return None;
    }
    let between = between(middle, chance, state)?;
    Some((own.0 - middle) / (chance / own.1 + between).sqrt())
}

/// The variance between districts.
fn between(middle: f64, chance: f64, state: &[(f64, f64)]) -> Option<f64> {
    let mut z: Vec<f64> = state.iter().map(|(p, n)| (p - middle) / (chance / n).sqrt()).collect();
    sort(&mut z);
    let (low, high) = (quantile(&z, WINSORISED)?, quantile(&z, 1.0 - WINSORISED)?);
    let squares: f64 = z.iter().map(|z| z.clamp(low, high).powi(2)).sum();
    let weights = || state.iter().map(|(_, n)| n / chance);
    let (sum, of_squares) = (weights().sum::<f64>(), weights().map(|w| w * w).sum::<f64>());
    Some(((squares - (state.len() - 1) as f64) / (sum - of_squares / sum)).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::funnel;
    use crate::compare::tests::{close, number, numbers, own_oracle};

    #[test]
    fn as_by_numpy() {
        let case = &own_oracle()["funnel"];
        let state: Vec<(f64, f64)> = numbers(&case["p"]).into_iter().zip(numbers(&case["n"])).collect();
        for (own, z) in state.iter().zip(numbers(&case["z"])) {
            close(funnel(*own, &state).unwrap(), z);
        }
        // The first has 24 people, the last 2,400, at about the same rate: by the funnel only the last is far out.
        assert!(number(&case["z"][0]).abs() < 1.5 && number(&case["z"][39]).abs() > 2.0);
    }

    #[test]
    fn few_rates_and_a_median_at_the_end_have_no_funnel() {
        let state = vec![(0.5, 100.0); 29];
        assert_eq!(funnel((0.4, 100.0), &state), None);
        assert_eq!(funnel((0.4, 100.0), &vec![(1.0, 100.0); 40]), None);
        // Without spread beyond chance there is none between districts: 0.1 below, in deviations of √(0.25 / 100).
        close(funnel((0.4, 100.0), &vec![(0.5, 100.0); 40]).unwrap(), -2.0);
    }
}
