//! What is planted in the sample: the findings of its main district, the trends that all districts share, and
//! the errors.

use crate::roster::{District, YEARS};

/// The main district, for which a new user builds the first pack.
pub(crate) const MAIN: u32 = 104_018;
/// The unremarkable district: there is nothing to find.
pub(crate) const UNREMARKABLE: u32 = 107_026;
/// A district in the red, so that negative balances occur.
pub(crate) const IN_THE_RED: u32 = 109_088;

/// The row with a letter O typed for a zero: district, year and grade (`1O4`).
pub(crate) const LETTER_O: (u32, usize, usize) = (110_140, 3, 6);
/// The district that is missing from one year's enrollment sheet.
pub(crate) const ABSENT: (u32, usize) = (101_004, 5);

/// How far the main district is from what one would expect from its students, in the unit of the figure: in
/// the first and the last year, with a straight line between them.
const PLANTED: &[(&str, f64, f64)] = &[
    ("turnover", -1.2, 7.8),
    ("beginning", -0.5, 3.5),
    ("salary", -6_000.0, -8_800.0),
    ("reading-3", -4.0, -17.0),
    ("mathematics", -3.0, 14.0),
    ("reading-swd", -6.0, -10.0),
    ("reading-low-income", -6.0, -7.5),
    ("chronic", 6.5, 10.5),
    ("attendance", -0.8, -1.3),
    ("graduation", 7.0, 8.6),
    ("ap", -1.0, 15.0),
    ("english-learners", 0.0, 9.2),
    ("debt", -620.0, -620.0),
    ("local", 0.03, 0.03),
];

/// The main district's surplus in percent of its revenue: too little to keep up with prices, then a deficit.
const SURPLUS: [f64; YEARS] = [0.2, 0.1, 0.2, 0.1, 0.1, 0.2, 0.4, -4.0, -4.9, -5.5];

/// The planted distance of a figure, 0 for all districts but the main one.
pub(crate) fn planted(district: &District, figure: &str, year: usize) -> f64 {
    if district.id != MAIN {
        return 0.0;
    }
    let known = PLANTED.iter().find(|(name, ..)| *name == figure);
    known.map_or(0.0, |(_, first, last)| first + (last - first) * year as f64 / (YEARS - 1) as f64)
}

/// The planted surplus in percent of revenue; `None` for all districts but the main one.
pub(crate) fn planted_surplus(district: &District, year: usize) -> Option<f64> {
    (district.id == MAIN).then(|| SURPLUS[year])
}

/// Consumer prices, so that dollars rise as they really did (approximate averages of July to June; 2024-25 is
/// the last).
pub(crate) const PRICES: [f64; YEARS] =
    [238.3, 242.7, 248.1, 253.3, 257.2, 263.1, 282.0, 299.7, 309.6, 317.6];

/// The change of a figure that all districts share: small, except in the pandemic and the recovery.
pub(crate) fn state_course(figure: &str, year: usize) -> f64 {
    const CHRONIC: [f64; YEARS] = [1.6, 1.1, 0.7, 0.3, 0.0, 4.5, 8.0, 4.0, 0.9, -0.4];
    const ATTENDANCE: [f64; YEARS] = [-0.4, -0.2, -0.1, 0.0, 0.2, -1.6, -2.6, -1.3, -0.2, 0.1];
    const PROFICIENT: [f64; YEARS] = [0.0, 0.5, 0.3, 0.8, 0.0, -4.2, -2.9, -1.2, 0.1, 0.6];
    const PARTICIPATION: [f64; YEARS] = [0.0, 0.3, -0.2, 0.2, -0.3, -7.0, -1.0, 0.1, -0.1, 0.2];
    const CONDUCT: [f64; YEARS] = [0.1, 0.05, 0.0, 0.02, -0.25, -0.75, 0.0, 0.1, 0.04, -0.02];
    const FEDERAL: [f64; YEARS] = [0.0, 0.0, 0.0, 0.0, 0.5, 3.0, 4.0, 3.0, 1.0, 0.0];
    match figure {
        "chronic" => CHRONIC[year],
        "attendance" => ATTENDANCE[year],
        "proficient" => PROFICIENT[year],
        "participation" => PARTICIPATION[year],
        "conduct" => CONDUCT[year],
        "federal" => FEDERAL[year],
        _ => 0.0,
    }
}
