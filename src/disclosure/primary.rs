//! Primary suppression (methods 10.1 and 10.2): values that tell of few people by themselves.
//!
//! A count of students from 1 to s−1, any value resting on fewer than s students, a rate that may count 1 to s−1 of them or all
//! but so many, by any number that it can be rounded from, and a rate near 0 or 100 percent for its n. s is the measure's smallest
//! group or the project's, whichever is larger. On how many people a value without n rests [`rests_on`](super::rests_on) tells;
//! where that is not known the value is withheld too.

use super::model::Rounded;
use super::rests_on::Range;
use crate::catalog::{DisclosureSpec, Measure};
use crate::disclosure::Row;
use crate::domain::Unit;

/// Whether a value may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// It tells of nobody.
    Safe,
    /// It tells too much about too few.
    TellsOfFew,
    /// Nobody knows on how many people it rests.
    PeopleUnknown,
}

/// What a value is judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy<'a> {
    /// The measure.
    pub(super) measure: &'a Measure,
    /// s.
    pub(super) smallest: f64,
    /// To what rates of the measure are rounded, in percent; 0 where they are not.
    pub(super) step: f64,
    /// What else the catalog says.
    pub(super) spec: &'a DisclosureSpec,
}

impl Policy<'_> {
    /// Judges a value. `rests_on` is how many people it is of where its source does not say it, if that is known.
    pub(super) fn judge(&self, row: &Row, rests_on: Option<Range>) -> Judged {
        let Some(value) = row.value else { return Judged::Safe };
        let tells = |tells: bool| if tells { Judged::TellsOfFew } else { Judged::Safe };
        if self.measure.unit == Unit::Count {
            return tells(self.is_few(value));
        }
        let is_of_people = self.measure.smallest_group > 1;
        match row.n.map(Range::exactly).or(rests_on) {
            Some(Range { low, high }) => tells(self.tells(row, value, low) || self.tells(row, value, high)),
            None if is_of_people => Judged::PeopleUnknown,
            None => Judged::Safe,
        }
    }

    fn is_few(&self, count: f64) -> bool {
        count > 0.0 && count < self.smallest
    }

    /// Whether a value tells of few, if it rests on n people.
    fn tells(&self, row: &Row, value: f64, n: f64) -> bool {
        let measure = self.measure;
        let is_percent = measure.unit == Unit::Percent;
        let is_of_people = measure.smallest_group > 1;
        let is_counted = is_of_people && measure.population.as_ref().is_none_or(|of| !of.not_counted);
        // Only percents and quotients of counts count people; a mean does not.
        let quotient = measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty());
        let few_counted = match (row.numerator, quotient) {
            (Some(numerator), _) => self.is_few(numerator) || is_percent && self.is_few(n - numerator),
            (None, Some(derive)) if is_counted => {
                let counted = (value * n / derive.per).round();
                self.is_few(counted) || is_percent && self.is_few(n - counted)
            }
            (None, None) if is_counted && is_percent => {
                let step = if row.derived { 0.0 } else { self.step };
                let numbers = Rounded { value, step }.numerators(n);
                let ends = [numbers.low.max(1.0).min(numbers.high), numbers.high];
                ends.iter().any(|number| self.is_few(*number))
                    || [n - numbers.low, (n - numbers.high).max(1.0).min(n - numbers.low)]
                        .iter()
                        .any(|rest| self.is_few(*rest))
            }
            _ => false,
        };
        // Shares that only say who the students are tell of nobody how they did; nor do those of days.
        let is_outcome = is_percent && is_counted && measure.better.sign() != 0.0;
        self.is_few(n) && (row.n.is_some() || is_of_people)
            || few_counted
            || is_outcome && self.spec.is_near_an_end(value, n)
    }
}
