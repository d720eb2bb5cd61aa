//! Primary suppression (methods 10.1 and 10.2): values that tell of few people by themselves.
//!
//! A count of students from 1 to s−1, any value resting on fewer than s students, a rate that counts 1 to s−1 of them or all
//! but so many, and a rate near 0 or 100 percent for its n. s is the measure's smallest group or the project's, whichever is
//! larger. On how many people a value without n rests [`rests_on`](super::rests_on) tells; it counts as many of them as its size
//! says.

use crate::catalog::{DisclosureSpec, Measure};
use crate::disclosure::Row;
use crate::domain::Unit;

/// Whether a value tells too much about too few. `rests_on` is how many people its measure's population counts, where known.
pub(super) fn hides(
    row: &Row,
    measure: &Measure,
    rests_on: Option<f64>,
    smallest: f64,
    policy: &DisclosureSpec,
) -> bool {
    let Some(value) = row.value else { return false };
    let few = |count: f64| count > 0.0 && count < smallest;
    if measure.unit == Unit::Count {
        return few(value);
    }
    let Some(n) = row.n.or(rests_on) else { return false };
    let is_percent = measure.unit == Unit::Percent;
    let is_of_people = measure.smallest_group > 1;
    let is_counted = is_of_people && measure.population.as_ref().is_none_or(|of| !of.not_counted);
    // Only percents and quotients of counts count people; a mean does not.
    let per =
        measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty()).map(|derive| derive.per);
    let per = per.or(is_percent.then_some(100.0)).filter(|_| is_counted);
    let counted = row.numerator.or_else(|| per.map(|per| (value * n / per).round()));
    let counts_few = counted.is_some_and(|x| few(x) || is_percent && few(n - x));
    // Shares that only say who the students are tell of nobody how they did; nor do those of days.
    let is_outcome = is_percent && is_counted && measure.better.sign() != 0.0;
    few(n) && (row.n.is_some() || is_of_people) || counts_few || is_outcome && policy.is_near_an_end(value, n)
}
