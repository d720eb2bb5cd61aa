//! Roll-forward: a balance and the flows of each year, carried forward.
//!
//! The balance plus the mean flow of the last three years for each coming year; the band uses the minimum and
//! maximum of the three for each year. This is arithmetic, not a forecast, and is worded that way.
//!
//! Short or broken past: the flows of the three years up to the balance are needed, without a break between
//! them (otherwise `None`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::horizon::{HORIZON, years_up_to};
use super::result::{ProjectedYear, Projection, ProjectionRecord};
use crate::domain::{Break, SchoolYear};

/// The number of years of flows used for a roll-forward.
const FLOW_YEARS: usize = 3;

/// The mean, minimum and maximum of the last years' flows.
struct Flows {
    mean: f64,
    least: f64,
    most: f64,
}

/// Carries a balance forward by its flows. Both are values by year; `breaks` holds the breaks of either.
pub(in crate::compare) fn roll_forward<'b>(
    balance: &BTreeMap<i32, f64>,
    flows: &BTreeMap<i32, f64>,
    breaks: impl Iterator<Item = &'b Break>,
) -> Option<Projection> {
    let (last, now) = balance.last_key_value()?;
    if has_break_before(*last, breaks) {
        return None;
    }
    let flows = Flows::up_to(*last, flows)?;
    let years = (1..=HORIZON as i32).map(|ahead| flows.project(*last, *now, ahead)).collect::<Option<_>>()?;
    let (first, from) = years_up_to(*last, FLOW_YEARS)?;
    let record = ProjectionRecord::Flows { mean: flows.mean };
    Some(Projection { method: Cow::Borrowed("roll-forward"), first, from, years, record })
}

/// Whether there is a break between the last years.
fn has_break_before<'b>(last: i32, mut breaks: impl Iterator<Item = &'b Break>) -> bool {
    let first = last + 1 - FLOW_YEARS as i32;
    breaks.any(|b| b.year > first && b.year <= last)
}

impl Flows {
    /// The flows of the last years; `None` if the flow of any of them is unknown.
    fn up_to(last: i32, flows: &BTreeMap<i32, f64>) -> Option<Self> {
        let years = (last + 1 - FLOW_YEARS as i32..=last).rev();
        let latest: Vec<f64> = years.map(|year| flows.get(&year).copied()).collect::<Option<_>>()?;
        Some(Self {
            mean: latest.iter().sum::<f64>() / FLOW_YEARS as f64,
            least: latest.iter().copied().fold(f64::INFINITY, f64::min),
            most: latest.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        })
    }

    /// The balance `ahead` years after `last`, when it is `now`.
    fn project(&self, last: i32, now: f64, ahead: i32) -> Option<ProjectedYear> {
        let years = f64::from(ahead);
        Some(ProjectedYear {
            year: SchoolYear::ending(last + ahead).ok()?,
            value: now + years * self.mean,
            low: now + years * self.least,
            high: now + years * self.most,
            band_of: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ProjectionRecord, roll_forward};
    use crate::domain::Break;

    #[test]
    fn a_balance_rolls_forward_by_its_flows() {
        let balance = BTreeMap::from([(2023, 110.0), (2024, 100.0)]);
        let flows = BTreeMap::from([(2022, -4.0), (2023, -10.0), (2024, -10.0)]);
        let found = roll_forward(&balance, &flows, [].iter()).unwrap();
        let second = found.years[1];
        assert_eq!((second.year.end(), second.value, second.low, second.high), (2026, 84.0, 80.0, 92.0));
        assert_eq!(found.record, ProjectionRecord::Flows { mean: -8.0 });
        let short = BTreeMap::from([(2022, -4.0), (2024, -10.0)]);
        assert_eq!(roll_forward(&balance, &short, [].iter()), None);
        // A break in the first of the three years is harmless; a later one is not.
        let broken = |year| [Break { year, why: "new accounts".to_owned() }];
        assert_eq!(roll_forward(&balance, &flows, broken(2022).iter()), Some(found));
        assert_eq!(roll_forward(&balance, &flows, broken(2023).iter()), None);
        assert_eq!(roll_forward(&balance, &flows, broken(2024).iter()), None);
    }
}
