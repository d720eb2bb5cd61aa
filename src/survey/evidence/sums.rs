//! Whether some rows add up others. Arithmetic tells a total even where no word or code does.

use std::collections::BTreeMap;

use super::TableTexts;

/// Fewer sums than this may agree by chance.
const FEWEST: usize = 3;
/// For each sum that is contradicted, this many must agree: schools that closed are missing from a total's parts.
const AGREEING_PER_CONTRADICTED: usize = 4;
/// Fewer means than this may agree by chance: a school's rate is often between those of others.
const FEWEST_MEANS: usize = 10;
/// Means of more parts than this prove nothing.
const MOST_PARTS: usize = 10;
/// In fewer districts than this, a school's rate may be between those of the others in all of them.
const FEWEST_DISTRICTS_WITH_MEANS: usize = 4;
/// For each mean that is contradicted, this many must agree.
const MEANS_PER_CONTRADICTED: usize = 19;
/// Counts that are published rounded differ from their sum by up to this much per part.
const ROUNDING: f64 = 0.5;

/// Greater numbers are not percents.
const MOST_PERCENT: f64 = 100.0;

/// How far a total may be from the sum of the other rows, as a fraction of the total. Students who are served outside
/// the district, or by two of its schools, are counted differently in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SumTolerance(f64);

impl SumTolerance {
    /// Only rounding.
    pub(super) const EXACT: Self = Self(0.0);
    /// For rows that nothing else tells.
    pub(super) const CLOSE: Self = Self(0.02);
    /// For rows whose code or name tells them too.
    pub(super) const ROUGH: Self = Self(0.1);
}

/// How many totals agree with the sum of the other rows, and how many contradict it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SumVotes {
    pub(super) agree: usize,
    pub(super) contradict: usize,
}

impl SumVotes {
    /// Whether the rows are totals.
    pub(super) const fn are_totals(self) -> bool {
        self.agree >= FEWEST && self.agree >= AGREEING_PER_CONTRADICTED * self.contradict
    }

    /// One vote for each district, by the votes of its rows.
    fn of_districts(of_each: impl Iterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for votes in of_each {
            if votes.is_none_at_all() {
                continue;
            }
            let agrees = votes.agree >= AGREEING_PER_CONTRADICTED * votes.contradict;
            all.agree += usize::from(agrees);
            all.contradict += usize::from(!agrees);
        }
        all
    }

    const fn is_none_at_all(self) -> bool {
        self.agree == 0 && self.contradict == 0
    }

    /// Whether at least one of the rows is a total, and none is not.
    pub(super) const fn are_unanimous(self) -> bool {
        self.agree > 0 && self.contradict == 0
    }

    /// Whether the rows are not totals.
    pub(super) const fn are_none(self) -> bool {
        self.contradict > self.agree
    }
}

/// The rows that are about the same, apart from what may be totaled.
#[derive(Debug, Default)]
struct SumGroup {
    totals: Vec<usize>,
    parts: Vec<usize>,
}

/// The rows of a table by what they are about.
#[derive(Debug, Default)]
pub(super) struct SumGroups {
    groups: BTreeMap<String, SumGroup>,
}

impl SumGroups {
    /// Adds a row that is about `key`.
    pub(super) fn add(&mut self, key: String, row: usize, is_total: bool) {
        let group = self.groups.entry(key).or_default();
        if is_total { group.totals.push(row) } else { group.parts.push(row) }
    }

    /// The votes of the column in which the most totals agree with their sums.
    pub(super) fn votes(
        &self,
        columns: impl Iterator<Item = Vec<Option<f64>>>,
        tolerance: SumTolerance,
    ) -> SumVotes {
        let votes = columns.map(|amounts| self.votes_of(&amounts, tolerance));
        votes.max_by_key(|votes| votes.agree).unwrap_or_default()
    }

    /// The votes of all columns together.
    pub(super) fn votes_of_all(&self, columns: impl Iterator<Item = Vec<Option<f64>>>) -> SumVotes {
        let mut all = SumVotes::default();
        for amounts in columns {
            let votes = self.votes_of(&amounts, SumTolerance::EXACT);
            all = SumVotes { agree: all.agree + votes.agree, contradict: all.contradict + votes.contradict };
        }
        all
    }

    /// Whether the totals are between the least and the greatest of the other rows, as means of rates are, in nearly all
    /// groups and all columns of numbers that are not whole.
    pub(super) fn are_means(&self, columns: impl Iterator<Item = Vec<Option<f64>>>) -> bool {
        let columns: Vec<Vec<Option<f64>>> = columns.collect();
        let all = self.votes_of_means(columns.iter());
        all.agree >= FEWEST_MEANS && all.agree >= MEANS_PER_CONTRADICTED * all.contradict
    }

    /// How many totals are means of the other rows, in the columns of numbers that are not whole.
    fn votes_of_means<'a>(&self, columns: impl Iterator<Item = &'a Vec<Option<f64>>>) -> SumVotes {
        let mut all = SumVotes::default();
        for amounts in columns.filter(|amounts| amounts.iter().flatten().any(|amount| amount.fract() != 0.0))
        {
            for group in self.groups.values() {
                match group.is_mean(amounts) {
                    Some(true) => all.agree += 1,
                    Some(false) => all.contradict += 1,
                    None => {}
                }
            }
        }
        all
    }

    /// Whether most groups with a total have other rows.
    pub(super) fn have_parts(&self) -> bool {
        let with_total = self.groups.values().filter(|group| !group.totals.is_empty());
        let (mut with_parts, mut alone) = (0, 0);
        for group in with_total {
            *(if group.parts.is_empty() { &mut alone } else { &mut with_parts }) += 1;
        }
        with_parts > alone
    }

    /// Whether most totals of counts are smaller than one of their parts, so that they are none.
    pub(super) fn are_too_small(&self, columns: impl Iterator<Item = Vec<Option<f64>>>) -> bool {
        let mut all = SumVotes::default();
        for amounts in columns.filter(|amounts| are_counts(amounts)) {
            for group in self.groups.values() {
                match group.is_smaller_than_a_part(&amounts) {
                    Some(true) => all.agree += 1,
                    Some(false) => all.contradict += 1,
                    None => {}
                }
            }
        }
        all.agree > all.contradict
    }

    /// The votes where only a label that districts share tells the totals: one that differs from the only other row counts
    /// against them.
    fn votes_of_shared(&self, amounts: &[Option<f64>], tolerance: SumTolerance) -> SumVotes {
        let mut votes = self.votes_of(amounts, tolerance);
        for group in self.groups.values() {
            votes.contradict += usize::from(group.differs_from_only_part(amounts, tolerance));
        }
        votes
    }

    fn votes_of(&self, amounts: &[Option<f64>], tolerance: SumTolerance) -> SumVotes {
        let mut votes = SumVotes::default();
        for group in self.groups.values() {
            match group.is_sum(amounts, tolerance) {
                Some(true) => votes.agree += 1,
                Some(false) => votes.contradict += 1,
                None => {}
            }
        }
        votes
    }
}

/// The rows of each district by what they are about. A district has one vote, however many years it has.
#[derive(Debug, Default)]
pub(super) struct DistrictSums {
    pub(super) districts: BTreeMap<String, SumGroups>,
}

impl DistrictSums {
    /// The votes of the column in which the totals of the most districts agree with their sums.
    pub(super) fn votes(&self, texts: &TableTexts, tolerance: SumTolerance) -> SumVotes {
        let votes = texts.amounts().map(|amounts| {
            let of_each = self.districts.values().map(|groups| groups.votes_of_shared(&amounts, tolerance));
            SumVotes::of_districts(of_each)
        });
        votes.max_by_key(|votes| votes.agree).unwrap_or_default()
    }

    /// Whether the totals of nearly all of enough districts are means of the others.
    pub(super) fn are_means(&self, texts: &TableTexts) -> bool {
        let columns: Vec<Vec<Option<f64>>> = texts.amounts_and_percents().collect();
        let of_each = self.districts.values().map(|groups| groups.votes_of_means(columns.iter()));
        let votes = SumVotes::of_districts(of_each);
        votes.agree >= FEWEST_DISTRICTS_WITH_MEANS && votes.agree >= MEANS_PER_CONTRADICTED * votes.contradict
    }
}

/// Whether numbers are counts and not whole percents.
pub(super) fn are_counts(amounts: &[Option<f64>]) -> bool {
    let mut known = amounts.iter().flatten();
    known.clone().all(|amount| amount.fract() == 0.0) && known.any(|amount| *amount > MOST_PERCENT)
}

impl SumGroup {
    /// Whether the only total is the sum of two or more parts; `None` if that cannot be known, because a number is
    /// missing or the group has one part only.
    fn is_sum(&self, amounts: &[Option<f64>], tolerance: SumTolerance) -> Option<bool> {
        let [total] = self.totals[..] else { return None };
        let total = amounts[total].filter(|total| *total > 0.0)?;
        let known: Vec<f64> = self.parts.iter().filter_map(|row| amounts[*row]).collect();
        if self.parts.len() < 2 || known.len() < 2 {
            return None;
        }
        let sum: f64 = known.iter().sum();
        let rounding = ROUNDING + ROUNDING * known.len() as f64 * f64::from(u8::from(total.fract() != 0.0));
        let off = rounding.max(tolerance.0 * total);
        if known.len() < self.parts.len() {
            // Hidden parts add something.
            return if sum > total + off { Some(false) } else { None };
        }
        Some((sum - total).abs() <= off)
    }

    /// Whether the only total is not about the same as the only part.
    fn differs_from_only_part(&self, amounts: &[Option<f64>], tolerance: SumTolerance) -> bool {
        let ([total], [part]) = (&self.totals[..], &self.parts[..]) else { return false };
        let (Some(total), Some(part)) = (amounts[*total], amounts[*part]) else { return false };
        (total - part).abs() > ROUNDING.max(tolerance.0 * total)
    }

    /// Whether the only total is smaller than one of two or more parts; `None` if it has no number.
    fn is_smaller_than_a_part(&self, amounts: &[Option<f64>]) -> Option<bool> {
        let [total] = self.totals[..] else { return None };
        let total = amounts[total]?;
        let parts: Vec<f64> = self.parts.iter().filter_map(|row| amounts[*row]).collect();
        (parts.len() > 1).then(|| parts.iter().any(|part| *part > total))
    }

    /// Whether the only total is between the least and the greatest of two or more parts; `None` if a number is missing.
    fn is_mean(&self, amounts: &[Option<f64>]) -> Option<bool> {
        let [total] = self.totals[..] else { return None };
        let total = amounts[total]?;
        let parts: Vec<f64> = self.parts.iter().map(|row| amounts[*row]).collect::<Option<_>>()?;
        let least = parts.iter().copied().reduce(f64::min)?;
        let greatest = parts.iter().copied().reduce(f64::max)?;
        // Of many parts, nearly any number is between the least and the greatest.
        (2..=MOST_PARTS).contains(&parts.len()).then_some((least..=greatest).contains(&total))
    }
}

#[cfg(test)]
mod tests {
    use super::{SumGroups, SumTolerance, SumVotes};

    /// Votes over groups of rows, each the total first.
    fn votes(groups: &[&[f64]]) -> SumVotes {
        let (mut rows, mut sums) = (Vec::new(), SumGroups::default());
        for (group, values) in groups.iter().enumerate() {
            for (position, value) in values.iter().enumerate() {
                sums.add(group.to_string(), rows.len(), position == 0);
                rows.push(Some(*value).filter(|value| !value.is_nan()));
            }
        }
        sums.votes(std::iter::once(rows), SumTolerance::EXACT)
    }

    #[test]
    fn totals_are_known_by_their_sums() {
        assert!(votes(&[&[5.0, 2.0, 3.0], &[9.0, 4.0, 5.0], &[3.0, 1.0, 2.0]]).are_totals());
        // A school closed since.
        let closed = votes(&[
            &[5.0, 2.0, 3.0],
            &[9.0, 4.0, 5.0],
            &[3.0, 1.0, 2.0],
            &[8.0, 4.0, 4.0],
            &[9.0, 4.0, 4.0],
        ]);
        assert!(closed.are_totals());
        let others = votes(&[&[5.0, 2.0, 9.0], &[9.0, 4.0, 7.0], &[3.0, 8.0, 2.0]]);
        assert!(others.are_none() && !others.are_totals());
    }

    #[test]
    fn few_or_hidden_parts_prove_nothing() {
        let one_part = votes(&[&[5.0, 5.0], &[9.0, 9.0], &[3.0, 3.0]]);
        assert_eq!(one_part, SumVotes::default());
        let hidden = votes(&[&[5.0, 2.0, f64::NAN, 1.0]]);
        assert_eq!(hidden, SumVotes::default());
        let too_many = votes(&[&[5.0, 4.0, f64::NAN, 4.0]]);
        assert_eq!(too_many, SumVotes { agree: 0, contradict: 1 });
    }
}
