//! Combines several rows into one. Counts and amounts are added up; rates and averages are weighted by their
//! denominators, never added up or averaged without weights.
//!
//! A weighted average of values that are not public is rounded like its parts: its full precision would
//! reveal how many people the smaller part is based on.

use super::rows::{FileRow, PackedNumbers};
use crate::domain::{Status, decimal_places};

/// Combines the rows `parts` into one. If any part is masked, so is the result. `None` for rates without
/// denominators to weight them by.
pub(super) fn combine(parts: &[FileRow], is_additive: bool, is_public: bool) -> Option<FileRow> {
    let first = *parts.first()?;
    if parts.iter().any(|part| part.status == Status::Masked) {
        let numbers = PackedNumbers::new([None; 3]);
        return Some(FileRow { numbers, status: Status::Masked, ..first });
    }
    let reported = parts.iter().filter(|part| part.status == Status::Reported);
    let reported = ReportedNumbers(reported.map(|part| part.numbers.get()).collect());
    if reported.0.is_empty() {
        return Some(first);
    }
    let numbers = PackedNumbers::new(reported.combine(is_additive, is_public)?);
    Some(FileRow { numbers, status: Status::Reported, ..first })
}

/// Value, numerator and denominator of each part that has a number; never empty.
struct ReportedNumbers(Vec<[Option<f64>; 3]>);

impl ReportedNumbers {
    fn combine(&self, is_additive: bool, is_public: bool) -> Option<[Option<f64>; 3]> {
        if let [only] = self.0[..] {
            return Some(only);
        }
        let sums = [self.sum(0), self.sum(1), self.sum(2)];
        if is_additive {
            return Some(sums);
        }
        let [_, numerator, denominator] = sums;
        if numerator.is_some() && denominator.is_some() {
            // The rate is computed later from these sums.
            return Some([None, numerator, denominator]);
        }
        let mean = self.weighted_mean()?;
        Some([Some(if is_public { mean } else { self.rounded(mean) }), None, denominator])
    }

    /// The sum of the values (0), numerators (1) or denominators (2); `None` if any part has none.
    fn sum(&self, index: usize) -> Option<f64> {
        self.0.iter().map(|numbers| numbers[index]).sum()
    }

    /// The average of the values weighted by their denominators; `None` if one has none, or all are zero.
    fn weighted_mean(&self) -> Option<f64> {
        let (mut weighted_sum, mut weights) = (0.0, 0.0);
        for [value, _, weight] in &self.0 {
            let weight = (*weight)?;
            weighted_sum += (*value)? * weight;
            weights += weight;
        }
        (weights > 0.0).then(|| weighted_sum / weights)
    }

    /// An average rounded to as many decimals as the most precise of its parts, and at least one; not rounded
    /// if a part is not.
    fn rounded(&self, mean: f64) -> f64 {
        let mut places = 1;
        for value in self.0.iter().filter_map(|numbers| numbers[0]) {
            let Some(own) = decimal_places(value) else { return mean };
            places = places.max(own);
        }
        (mean * 10f64.powi(places)).round() / 10f64.powi(places)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::combine;
    use crate::domain::{SchoolYear, Status};
    use crate::observation::rows::{FileDistrictIndex, FileRow, KeyIndex, PackedNumbers, SheetIndex};

    fn school(value: f64, weight: Option<f64>) -> FileRow {
        FileRow {
            numbers: PackedNumbers::new([Some(value), None, weight]),
            key: KeyIndex(0),
            district: FileDistrictIndex(0),
            row: 0,
            column: 0,
            sum: NonZeroU32::new(0),
            sheet: SheetIndex(0),
            year: SchoolYear::ending(2024).unwrap(),
            status: Status::Reported,
            bounds: None,
        }
    }

    #[test]
    fn rates_are_weighted_by_their_denominators() {
        // 90% of 100 and 80% of 300 are 90 + 240 = 330 of 400: 82.5%, not 85%.
        let schools = [school(90.0, Some(100.0)), school(80.0, Some(300.0))];
        assert_eq!(combine(&schools, false, true).unwrap().numbers.get(), [Some(82.5), None, Some(400.0)]);
    }

    #[test]
    fn a_mean_that_is_not_public_has_no_more_decimals_than_its_parts() {
        // 33.3% of 27 and 41.2% of 8: 35.105714… would reveal the eight, 35.1 does not.
        let schools = [school(33.3, Some(27.0)), school(41.2, Some(8.0))];
        assert_eq!(combine(&schools, false, false).unwrap().numbers.value(), Some(35.1));
        let public = combine(&schools, false, true).unwrap().numbers.value().unwrap();
        assert!((public - (33.3 * 27.0 + 41.2 * 8.0) / 35.0).abs() < 1e-12);
        // Rates that were never rounded imply whole numbers of people, and nothing else.
        let exact = [school(100.0 / 3.0, Some(27.0)), school(37.5, Some(8.0))];
        let mean = combine(&exact, false, false).unwrap().numbers.value().unwrap();
        assert!((mean - 1200.0 / 35.0).abs() < 1e-12);
    }

    #[test]
    fn a_rate_without_a_weight_is_refused_unless_there_is_only_one() {
        assert!(combine(&[school(90.0, Some(100.0)), school(80.0, None)], false, true).is_none());
        assert_eq!(combine(&[school(90.0, None)], false, true).unwrap().numbers.value(), Some(90.0));
    }

    #[test]
    fn a_masked_part_masks_the_whole() {
        let masked = FileRow { status: Status::Masked, ..school(0.0, None) };
        let both = combine(&[school(12.0, None), masked], true, true).unwrap();
        assert_eq!((both.status, both.numbers.get()), (Status::Masked, [None; 3]));
    }
}
