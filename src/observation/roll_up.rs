//! Rolling up: several rows of a district (its schools, mostly) joined to one. Counts and amounts are added up;
//! rates and means are weighted by what they rest on, never averaged bare or summed.
//!
//! A part without a number leaves a hole in the sum. Among schools that is mostly a grade or a group that a school does
//! not have: the others are added up, and how many sums have a hole is said. Rows of one district that are not schools
//! (a group's girls and its boys) all belong to the whole, which is then missing.
//!
//! A weighted mean of what is not public is rounded as its parts are: all its digits would tell how many people the smaller part
//! rests on, who are nobody's business.

use std::collections::BTreeMap;

use super::reading::FileReading;
use super::rows::{FileRow, Numbers};
use super::schools::Schools;
use crate::catalog::{Catalog, Level, Measure};
use crate::diagnostic::Diagnostic;
use crate::domain::{SchoolYear, Status, decimal_places};

/// Joins the rows from `first` on that are of one key, district and year. A masked part makes the whole masked.
pub(super) fn roll_up(
    reading: &mut FileReading,
    first: usize,
    schools: &Schools,
    level: Level,
    catalog: &Catalog,
) {
    let parts = reading.rows.split_off(first);
    let of = |i: &u32| parts.get(*i as usize);
    let mut order: Vec<u32> = (0..parts.len() as u32).collect();
    order.sort_by_key(|i| (whose(&of(i)), of(i).row));
    let mut refused: BTreeMap<u32, (u64, FileRow)> = BTreeMap::new();
    let mut holes: BTreeMap<u32, (u64, FileRow)> = BTreeMap::new();
    for same in order.chunk_by(|a, b| whose(&of(a)) == whose(&of(b))) {
        let same: Vec<FileRow> = same.iter().map(of).collect();
        let measure = &reading.keys[same[0].key as usize].measure;
        let additive = catalog.measures.get(measure).is_none_or(Measure::adds_up);
        let Some(mut whole) = whole(&same, additive, reading.public) else {
            refused.entry(same[0].key).or_insert((0, same[0])).0 += 1;
            continue;
        };
        let hole = same.iter().find(|p| p.status == Status::Missing);
        match (whole.status, hole, level) {
            (Status::Reported, Some(hole), Level::School) => {
                holes.entry(hole.key).or_insert((0, *hole)).0 += 1;
            }
            (Status::Reported, Some(hole), Level::District) => whole = *hole,
            _ => {}
        }
        let cells = same.iter().map(|part| (part.row, part.column));
        let of_schools = same.iter().filter_map(|part| schools.of(part.row, u32::from(part.column)));
        let sum = reading.sums.push(cells, of_schools);
        reading.rows.push(FileRow { sum, ..whole });
    }
    for (key, (districts, row)) in refused {
        let place = reading.sheets[row.sheet as usize].at(row.row, u32::from(row.column));
        let measure = &reading.keys[key as usize].measure;
        reading.diagnostics.push(Diagnostic::rate_without_weight(place, measure, districts));
    }
    for (key, (sums, row)) in holes {
        let place = reading.sheets[row.sheet as usize].at(row.row, u32::from(row.column));
        let measure = &reading.keys[key as usize].measure;
        reading.diagnostics.push(Diagnostic::sum_with_holes(place, measure, sums));
    }
}

/// What the rows of one sum share.
const fn whose(row: &FileRow) -> (u32, u32, SchoolYear) {
    (row.key, row.district, row.year)
}

/// The parts as one row; `None` for rates of which nothing says how many people they rest on.
pub(super) fn whole(parts: &[FileRow], additive: bool, public: bool) -> Option<FileRow> {
    let first = *parts.first()?;
    let reported: Vec<[Option<f64>; 3]> =
        parts.iter().filter(|p| p.status == Status::Reported).map(|p| p.numbers.get()).collect();
    if parts.iter().any(|p| p.status == Status::Masked) {
        return Some(FileRow { numbers: Numbers::new([None; 3]), status: Status::Masked, ..first });
    }
    let Some(one) = reported.first() else { return Some(first) };
    let sum = |part: usize| reported.iter().map(|n| n[part]).sum::<Option<f64>>();
    let numbers = match (reported.len(), additive, one) {
        (1, ..) => *one,
        (_, true, _) => [sum(0), sum(1), sum(2)],
        // Both parts of every rate are known: the rate of their sums is computed from them.
        (_, false, [_, Some(_), Some(_)]) if sum(1).is_some() && sum(2).is_some() => [None, sum(1), sum(2)],
        (_, false, _) => {
            let mean = weighted(&reported)?;
            [Some(if public { mean } else { rounded(mean, &reported) }), None, sum(2)]
        }
    };
    Some(FileRow { numbers: Numbers::new(numbers), status: Status::Reported, ..first })
}

/// The mean of the values weighted by their denominators; `None` where one has none, or all are zero.
fn weighted(reported: &[[Option<f64>; 3]]) -> Option<f64> {
    let mut total = (0.0, 0.0);
    for [value, _, weight] in reported {
        let weight = (*weight)?;
        total = (total.0 + (*value)? * weight, total.1 + weight);
    }
    (total.1 > 0.0).then(|| total.0 / total.1)
}

/// A mean with as many decimal places as the finest of its parts has, and one at least.
fn rounded(mean: f64, reported: &[[Option<f64>; 3]]) -> f64 {
    let places = reported.iter().filter_map(|n| n[0]).map(decimal_places);
    let finest = places.into_iter().try_fold(1, |most, own| Some(most.max(own?)));
    finest.map_or(mean, |places| (mean * 10f64.powi(places)).round() / 10f64.powi(places))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::whole;
    use crate::domain::{SchoolYear, Status};
    use crate::observation::rows::{FileRow, Numbers};

    fn school(value: f64, weight: Option<f64>) -> FileRow {
        FileRow {
            numbers: Numbers::new([Some(value), None, weight]),
            key: 0,
            district: 0,
            row: 0,
            column: 0,
            sum: NonZeroU32::new(0),
            sheet: 0,
            year: SchoolYear::ending(2024).unwrap(),
            status: Status::Reported,
            bounds: None,
        }
    }

    #[test]
    fn rates_are_weighted_by_what_they_rest_on() {
        // 90 % of 100 and 80 % of 300 are 90 + 240 = 330 of 400: 82.5 %, not 85 %.
        let schools = [school(90.0, Some(100.0)), school(80.0, Some(300.0))];
        assert_eq!(whole(&schools, false, true).unwrap().numbers.get(), [Some(82.5), None, Some(400.0)]);
    }

    #[test]
    fn a_mean_that_is_not_public_has_no_more_decimals_than_its_parts() {
        // 33.3 % of 27 and 41.2 % of 8: 35.105714… would tell the eight, 35.1 does not.
        let schools = [school(33.3, Some(27.0)), school(41.2, Some(8.0))];
        assert_eq!(whole(&schools, false, false).unwrap().numbers.value(), Some(35.1));
        let public = whole(&schools, false, true).unwrap().numbers.value().unwrap();
        assert!((public - (33.3 * 27.0 + 41.2 * 8.0) / 35.0).abs() < 1e-12);
        // Rates that nobody has rounded tell whole numbers of people, and no more.
        let exact = [school(100.0 / 3.0, Some(27.0)), school(37.5, Some(8.0))];
        let mean = whole(&exact, false, false).unwrap().numbers.value().unwrap();
        assert!((mean - 1200.0 / 35.0).abs() < 1e-12);
    }

    #[test]
    fn a_rate_without_a_weight_is_refused_unless_there_is_only_one() {
        assert!(whole(&[school(90.0, Some(100.0)), school(80.0, None)], false, true).is_none());
        assert_eq!(whole(&[school(90.0, None)], false, true).unwrap().numbers.value(), Some(90.0));
    }

    #[test]
    fn a_masked_part_masks_the_whole() {
        let masked = FileRow { status: Status::Masked, ..school(0.0, None) };
        let both = whole(&[school(12.0, None), masked], true, true).unwrap();
        assert_eq!((both.status, both.numbers.get()), (Status::Masked, [None; 3]));
    }
}
