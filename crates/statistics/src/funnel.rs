//! Funnel limits: how unusual a rate is among many, given the number of people behind each. By chance, a rate
//! of few people is more often at either end of a list than a rate of many.
//!
//! The funnel of Spiegelhalter (2005), with additive overdispersion. For each rate p of n people,
//! `z = (p − p₀) / √(p₀(1−p₀)/n)`, where p₀ is the median rate. The z are winsorized at their 10th and 90th
//! percentiles (type 7). With `φ = Σ z² / I` of these and weights `w = n / (p₀(1−p₀))`, the variance between
//! units is `τ² = (I·φ − (I−1)) / (Σw − Σw²/Σw)`, or 0 where that is negative. The z of a rate is then
//! `(p − p₀) / √(p₀(1−p₀)/n + τ²)`.
//!
//! Small I: with fewer than 30 rates with known n there is no funnel (`None`). Degenerate: with a median of 0
//! or 1 there is no spread, and no funnel.

use crate::newcombe::Proportion;
use crate::quantile::{median_of, quantile, sort_ascending};

/// The fewest rates needed for a funnel.
const FEWEST_RATES: usize = 30;

/// The share of rates at each end that is winsorized.
const WINSORIZED: f64 = 0.1;

/// The z-score of `own` in the funnel of `all` rates (which include it), in standard deviations from their
/// median.
#[must_use]
pub fn funnel_z(own: Proportion, all: &[Proportion]) -> Option<f64> {
    if all.len() < FEWEST_RATES {
        return None;
    }
    let center = median_of(all.iter().map(|rate| rate.p).collect())?;
    let binomial_variance = center * (1.0 - center);
    if binomial_variance <= 0.0 {
        return None;
    }
    let between = variance_between(center, binomial_variance, all)?;
    Some((own.p - center) / (binomial_variance / own.n + between).sqrt())
}

/// The variance between units, τ²; `binomial_variance` is the variance for one person.
fn variance_between(center: f64, binomial_variance: f64, all: &[Proportion]) -> Option<f64> {
    let mut z: Vec<f64> =
        all.iter().map(|rate| (rate.p - center) / (binomial_variance / rate.n).sqrt()).collect();
    sort_ascending(&mut z);
    let (low, high) = (quantile(&z, WINSORIZED)?, quantile(&z, 1.0 - WINSORIZED)?);
    let squares: f64 = z.iter().map(|z| z.clamp(low, high).powi(2)).sum();
    let weights: Vec<f64> = all.iter().map(|rate| rate.n / binomial_variance).collect();
    let sum = weights.iter().sum::<f64>();
    let sum_of_squares = weights.iter().map(|w| w * w).sum::<f64>();
    Some(((squares - (all.len() - 1) as f64) / (sum - sum_of_squares / sum)).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::funnel_z;
    use crate::for_tests::{close, number, numbers, own_oracle};
    use crate::newcombe::Proportion;

    #[test]
    fn as_by_numpy() {
        let case = &own_oracle()["funnel"];
        let rates = numbers(&case["p"]).into_iter().zip(numbers(&case["n"]));
        let state: Vec<Proportion> = rates.map(|(p, n)| Proportion { p, n }).collect();
        for (own, z) in state.iter().zip(numbers(&case["z"])) {
            close(funnel_z(*own, &state).unwrap(), z);
        }
        // The first has 24 people and the last 2,400, at about the same rate: only the last is far out in the
        // funnel.
        assert!(number(&case["z"][0]).abs() < 1.5 && number(&case["z"][39]).abs() > 2.0);
    }

    #[test]
    fn few_rates_and_a_median_at_the_end_have_no_funnel() {
        let state = vec![Proportion { p: 0.5, n: 100.0 }; 29];
        let own = Proportion { p: 0.4, n: 100.0 };
        assert_eq!(funnel_z(own, &state), None);
        assert_eq!(funnel_z(own, &vec![Proportion { p: 1.0, n: 100.0 }; 40]), None);
        // Without spread beyond chance τ² is 0: 0.1 below the median, in standard deviations of √(0.25 /
        // 100).
        close(funnel_z(own, &vec![Proportion { p: 0.5, n: 100.0 }; 40]).unwrap(), -2.0);
    }
}
