//! Rolling up: several rows of a district (its schools, mostly) added up to one.

use super::read::{FileReading, FileRow};
use crate::domain::Status;

/// Adds up the rows from `first` on that are of one key, district and year. A masked part makes the sum masked.
pub(super) fn sum_up(reading: &mut FileReading, first: usize) {
    let mut parts = reading.rows.split_off(first);
    parts.sort_by_key(|r| (r.key, r.district, r.year, r.row));
    for mut part in parts {
        let cell = (part.row, part.column);
        let sum = reading.rows[first..]
            .last_mut()
            .filter(|s| (s.key, s.district, s.year) == (part.key, part.district, part.year));
        match sum {
            Some(sum) => {
                add(sum, &part);
                if let Some(cells) = sum.sum.and_then(|i| reading.sums.get_mut(i as usize)) {
                    cells.push(cell);
                }
            }
            None => {
                part.sum = Some(reading.sums.len() as u32);
                reading.sums.push(vec![cell]);
                reading.rows.push(part);
            }
        }
    }
}

fn add(sum: &mut FileRow, part: &FileRow) {
    let masked = sum.status == Status::Masked || part.status == Status::Masked;
    for (total, number) in sum.numbers.iter_mut().zip(part.numbers) {
        *total = match (masked, *total, number) {
            (true, _, _) => None,
            (false, Some(a), Some(b)) => Some(a + b),
            (false, a, b) => a.or(b),
        };
    }
    sum.status = match (masked, sum.numbers[0].is_some() || sum.numbers[1].is_some()) {
        (true, _) => Status::Masked,
        (false, true) => Status::Reported,
        (false, false) => sum.status,
    };
}
