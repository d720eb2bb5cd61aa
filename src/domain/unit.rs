//! Units, and the only place where numbers are formatted for users.

use serde::{Deserialize, Serialize};

/// What a measure's number counts. Percents are 0–100; a change in a percent is in percentage points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A share of a whole, 0–100.
    Percent,
    /// People or things; whole numbers if published as such.
    Count,
    /// Full-time equivalents: one decimal.
    Fte,
    /// US dollars, as published (not adjusted for inflation).
    Dollars,
    /// US dollars per student.
    DollarsPerStudent,
    /// Students (or dollars) per unit of something: one decimal.
    Ratio,
    /// Years of time.
    Years,
    /// Points on a scale, such as SAT points.
    Points,
    /// A number per 100 students.
    Per100,
    /// Tax rate in dollars per $100 of property value: published with four decimals, displayed with two.
    DollarsPer100,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Percent,
        Self::Count,
        Self::Fte,
        Self::Dollars,
        Self::DollarsPerStudent,
        Self::Ratio,
        Self::Years,
        Self::Points,
        Self::Per100,
        Self::DollarsPer100,
    ];

    /// A value as text: `24.1%`, `2,144`, `$12,345`, `14.2`.
    #[must_use]
    pub fn format(self, value: f64) -> String {
        match self {
            Self::Percent => format!("{}%", decimals(value, 1)),
            Self::Count => decimals(value, 0),
            // A tenth of a student per counselor, or of one of thousands of staff, says nothing.
            Self::Fte => decimals(value, usize::from(value.abs() < 1000.0)),
            Self::Ratio => decimals(value, usize::from(value.abs() < 100.0)),
            Self::Per100 => decimals(value, 1),
            Self::Years => format!("{}\u{a0}years", decimals(value, 1)),
            Self::Points => match value.abs() {
                size if size < 10.0 => decimals(value, 2),
                size => decimals(value, if size < 100.0 { 1 } else { 0 }),
            },
            Self::Dollars => dollars(value),
            Self::DollarsPerStudent => format!("{}{}", sign(value, 0), money(value, 0)),
            Self::DollarsPer100 => format!("{}{}", sign(value, 2), money(value, 2)),
        }
    }

    /// The absolute size of a change: `1.9 percentage points`, `247`, `$1,204`.
    #[must_use]
    pub fn format_change(self, change: f64) -> String {
        let size = change.abs();
        match self {
            Self::Percent => match decimals(size, 1).as_str() {
                "1.0" => "1 percentage point".to_owned(),
                text => format!("{text} percentage points"),
            },
            Self::Count => decimals(size, if size < 10.0 { 1 } else { 0 }),
            Self::Points => format!("{} points", decimals(size, usize::from(size < 10.0))),
            Self::Years => format!("{} years", decimals(size, 1)),
            _ => self.format(size),
        }
    }

    /// A value as a chart's finding states it: percents are whole, unless the change beside them is under one point.
    #[must_use]
    pub fn format_stated(self, value: f64, change: f64) -> String {
        match self {
            Self::Percent if change.abs() >= 1.0 => format!("{}%", decimals(value, 0)),
            _ => self.format(value),
        }
    }

    /// Two values as a chart's finding states them: percents are whole, unless that would change the difference by more than the
    /// part `most` of itself.
    #[must_use]
    pub fn format_stated_ends(self, from: f64, to: f64, most: f64) -> [String; 2] {
        let change = to - from;
        let is_other = (to.round() - from.round() - change).abs() > most * change.abs();
        match self {
            Self::Percent if is_other => [from, to].map(|value| self.format(value)),
            _ => [from, to].map(|value| self.format_stated(value, change)),
        }
    }

    /// The absolute size of a change as a chart's finding states it: `15 points`, `0.6 points`, `$1,204`.
    #[must_use]
    pub fn format_stated_change(self, change: f64) -> String {
        let size = change.abs();
        let places = usize::from(size < 1.0);
        match self {
            Self::Percent => match decimals(size, places).as_str() {
                "1" => "1 point".to_owned(),
                text => format!("{text} points"),
            },
            Self::Count => trim_zeros(decimals(size, usize::from(size < 10.0))),
            Self::Points => format!("{} points", decimals(size, usize::from(size < 10.0))),
            _ => self.format_change(size),
        }
    }

    /// The first value minus the second, both as they are shown: readers who subtract get the same.
    #[must_use]
    pub fn shown_difference(self, value: f64, other: f64) -> f64 {
        let difference = self.as_shown(value) - self.as_shown(other);
        // No unit has more than two decimals; more would be noise.
        (difference * 100.0).round() / 100.0
    }

    /// A value as exactly as [`Self::format`] shows it: in so many parts of one.
    fn as_shown(self, value: f64) -> f64 {
        let size = value.abs();
        let parts = match self {
            Self::Percent | Self::Fte | Self::Ratio | Self::Per100 | Self::Years => 10.0,
            Self::Count | Self::DollarsPerStudent => 1.0,
            Self::DollarsPer100 => 100.0,
            Self::Points if size < 10.0 => 100.0,
            Self::Points if size < 100.0 => 10.0,
            Self::Points => 1.0,
            Self::Dollars => 1.0 / step_of_dollars(size),
        };
        (value * HALF_UP * parts).round() / parts
    }

    /// A short form for an axis that reaches to `largest`: `24%`, `$12,000`, `$1.2M`. All of its amounts are in the same form:
    /// dollars, or millions.
    #[must_use]
    pub fn format_axis(self, value: f64, largest: f64) -> String {
        match self {
            Self::Percent => format!("{}%", trim_zeros(decimals(value, 1))),
            Self::Dollars | Self::DollarsPerStudent => {
                format!("{}${}", sign(value, 0), short(value.abs(), largest))
            }
            Self::DollarsPer100 => self.format(value),
            Self::Count => decimals(value, if value.fract().abs() < 1e-9 { 0 } else { 1 }),
            _ => trim_zeros(decimals(value, 2)),
        }
    }

    /// Whether values in this unit can add up: people and dollars can, rates never do. The catalog decides
    /// whether the values of a measure do: an average salary is in dollars too.
    #[must_use]
    pub const fn can_add_up(self) -> bool {
        matches!(self, Self::Count | Self::Fte | Self::Dollars)
    }

    /// The name of the unit for a column heading: `percent`, `dollars per student`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Fte => "fte",
            Self::Dollars => "dollars",
            Self::DollarsPerStudent => "dollars-per-student",
            Self::Ratio => "ratio",
            Self::Years => "years",
            Self::Points => "points",
            Self::Per100 => "per100",
            Self::DollarsPer100 => "dollars-per100",
        }
    }

    /// Whether the unit is an amount of money, whose trends need constant dollars.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Dollars | Self::DollarsPerStudent)
    }
}

/// A minus sign for a negative value, unless it rounds to zero at this many decimals.
fn sign(value: f64, places: usize) -> &'static str {
    let shown_as_zero = value.abs() < 0.5 * 10f64.powi(-(places as i32));
    if value < 0.0 && !shown_as_zero { "−" } else { "" }
}

/// An amount without its sign: `$12,345`.
fn money(value: f64, places: usize) -> String {
    format!("${}", decimals(value.abs(), places))
}

/// An amount in dollars, millions or billions of dollars: `$12.35 million`.
fn dollars(value: f64) -> String {
    let size = value.abs();
    let text = match size {
        s if s >= 999_950_000.0 => format!("${} billion", decimals(s / 1e9, 2)),
        s if s >= 1_000_000.0 => format!("${} million", decimals(s / 1e6, if s < 1e8 { 2 } else { 1 })),
        s => money(s, 0),
    };
    format!("{}{text}", sign(value, 0))
}

/// To how many dollars [`dollars`] rounds an amount of this size.
const fn step_of_dollars(size: f64) -> f64 {
    match size {
        s if s >= 999_950_000.0 => 1e7,
        s if s >= 1e8 => 1e5,
        s if s >= 1_000_000.0 => 1e4,
        _ => 1.0,
    }
}

/// An absolute amount on an axis that reaches to `largest`.
fn short(size: f64, largest: f64) -> String {
    match largest {
        _ if size == 0.0 => "0".to_owned(),
        most if most >= 999_500_000.0 => format!("{}B", trim_zeros(decimals(size / 1e9, 2))),
        most if most >= 999_500.0 => format!("{}M", trim_zeros(decimals(size / 1e6, 2))),
        _ => decimals(size, 0),
    }
}

/// A number without trailing zeros after the decimal point.
fn trim_zeros(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Raises a value that lies between two texts, such as 1,940.5 or 94.55 (in binary a little less), above the middle, and changes
/// no other text: spreadsheets show 15 digits and round a half up.
const HALF_UP: f64 = 1.0 + 1e-15;

/// `value` with `places` decimals, thousands separated by commas and a true minus sign. Rounded as PowerPoint and Excel round the
/// same value in the charts and sheets of the pack.
fn decimals(value: f64, places: usize) -> String {
    let text = format!("{:.*}", places, value.abs() * HALF_UP);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{}{point}{fraction}", sign(value, places), with_thousands(whole))
}

/// Digits with thousands separated by commas.
fn with_thousands(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn values_as_people_write_them() {
        for (unit, value, text) in [
            (Unit::Percent, 24.06, "24.1%"),
            (Unit::Count, 2144.0, "2,144"),
            (Unit::Count, -1_234_567.0, "−1,234,567"),
            (Unit::Count, -0.2, "0"),
            (Unit::Dollars, 12_345_678.0, "$12.35 million"),
            (Unit::Dollars, -820.0, "−$820"),
            (Unit::DollarsPerStudent, 10_412.4, "$10,412"),
            (Unit::DollarsPer100, 1.0401, "$1.04"),
            (Unit::Ratio, 14.24, "14.2"),
            (Unit::Ratio, 367.2, "367"),
            (Unit::Fte, 467.5, "467.5"),
            (Unit::Fte, 20_427.2, "20,427"),
            (Unit::Years, 7.06, "7.1\u{a0}years"),
            (Unit::Points, 1017.0, "1,017"),
            (Unit::Points, 21.34, "21.3"),
            (Unit::Points, 3.08, "3.08"),
        ] {
            assert_eq!(unit.format(value), text);
        }
    }

    #[test]
    fn a_half_is_rounded_up_as_spreadsheets_do() {
        for (unit, value, text) in [
            (Unit::Count, 1940.5, "1,941"),
            (Unit::Count, -1940.5, "−1,941"),
            (Unit::Count, 0.5, "1"),
            (Unit::Percent, 94.55, "94.6%"),
            (Unit::Percent, 94.549, "94.5%"),
            (Unit::Ratio, 14.25, "14.3"),
            (Unit::DollarsPer100, 1.005, "$1.01"),
        ] {
            assert_eq!(unit.format(value), text);
        }
    }

    #[test]
    fn a_change_in_percent_is_in_points() {
        assert_eq!(Unit::Percent.format_change(-1.9), "1.9 percentage points");
        assert_eq!(Unit::Percent.format_change(1.04), "1 percentage point");
        assert_eq!(Unit::Count.format_change(-247.2), "247");
        assert_eq!([51.0, 3.2].map(|change| Unit::Points.format_change(change)), ["51 points", "3.2 points"]);
    }

    #[test]
    fn readers_who_subtract_get_the_difference() {
        // $335 and $908, 41.0% and 40.5%, $11.72 million and $4.86 million.
        assert_eq!(Unit::DollarsPerStudent.shown_difference(334.6, 908.4), -573.0);
        assert_eq!(Unit::Percent.shown_difference(41.04, 40.45), 0.5);
        assert_eq!(Unit::Dollars.shown_difference(11_724_900.0, 4_855_100.0), 6_860_000.0);
        assert_eq!(Unit::Dollars.shown_difference(61_710.4, 69_199.6), -7_490.0);
        assert_eq!(Unit::Percent.shown_difference(40.3, 9.8), 30.5);
    }

    #[test]
    fn axes_are_short() {
        assert_eq!(Unit::Dollars.format_axis(1_200_000.0, 2e6), "$1.2M");
        assert_eq!(Unit::Dollars.format_axis(0.0, 2e6), "$0");
        assert_eq!(Unit::Percent.format_axis(40.0, 60.0), "40%");
        assert_eq!(Unit::Count.format_axis(2000.0, 3000.0), "2,000");
    }

    #[test]
    fn amounts_of_an_axis_share_their_form() {
        let ticks = [5_000.0, 10_000.0, 15_000.0];
        assert_eq!(
            ticks.map(|tick| Unit::DollarsPerStudent.format_axis(tick, 15_000.0)),
            ["$5,000", "$10,000", "$15,000"]
        );
        let ticks = [-500_000.0, 500_000.0, 1_000_000.0];
        assert_eq!(
            ticks.map(|tick| Unit::Dollars.format_axis(tick, 1_000_000.0)),
            ["\u{2212}$0.5M", "$0.5M", "$1M"]
        );
    }
}
