//! What is said about the schools of a district. No sentence names a school.

use super::exhibit as words;
use super::listing::{count, counted, in_words, joined_with_and};
use crate::domain::{SchoolYear, Status};

/// With fewer schools, there is no sentence, since it would be about one of them.
pub(crate) const FEWEST_NAMELESS: usize = 3;

pub(crate) const TOO_FEW_SCHOOLS: &str = "fewer than two schools have a value";
pub(crate) const OTHER_SCHOOLS: &str = "Other schools";
pub(crate) const THE_SCHOOL: &str = "School";
pub(crate) const LESS_FAVORABLE: &str = "clearly less favorable";
pub(crate) const MORE_FAVORABLE: &str = "clearly more favorable";
pub(crate) const NOT_RANKED: &str = "Schools are in alphabetical order.";
pub(crate) const CAPACITY_SOURCE: &str = "The capacity of each school comes from the project's settings.";

/// `Reading proficiency: from 31.3% to 45.6% across our three elementary schools`.
pub(crate) fn range(measure: &str, [low, high]: &[String; 2], schools: usize, of_type: &str) -> String {
    format!("{measure}: from {low} to {high} across our {} {of_type}", in_words(schools))
}

/// `Reading proficiency: up to 14 points apart across our three elementary schools`.
pub(crate) fn apart_by(measure: &str, distance: &str, schools: usize, of_type: &str) -> String {
    format!("{measure}: up to {distance} apart across our {} {of_type}", in_words(schools))
}

/// The lowest and the highest value of schools: `from 18.0% to 33.4% across our 3 elementary schools`.
pub(crate) fn across([low, high]: &[String; 2], schools: usize, of_type: &str) -> String {
    format!("ranging from {low} to {high} across our {} {of_type}", in_words(schools))
}

pub(crate) const ROSE: &str = "rose";
pub(crate) const FELL: &str = "fell";

/// At how many schools a value rose or fell: `Reading proficiency rose at two of our three elementary schools after 2015-16`.
pub(crate) fn changed_at(
    measure: &str,
    verb: &str,
    [changed, schools]: [usize; 2],
    of_type: &str,
    since: SchoolYear,
) -> String {
    let all = in_words(schools);
    let which = if changed == schools {
        format!("all {all} of our")
    } else {
        format!("{} of our {all}", in_words(changed))
    };
    format!("{measure} {verb} at {which} {of_type} after {since}")
}

/// How far apart schools are, and were: `our 3 elementary schools 15.4 percentage points apart, up from 4.1 in 2019-20`.
pub(crate) fn apart([now, then]: &[String; 2], schools: usize, of_type: &str, year: SchoolYear) -> String {
    format!("our {schools} {of_type} {now} apart, up from {then} in {year}")
}

/// How many schools have more students than room.
pub(crate) fn above_capacity(full: usize, schools: usize) -> Option<String> {
    if schools < FEWEST_NAMELESS {
        return None;
    }
    Some(match full {
        0 => "No school is over capacity".to_owned(),
        1 => format!("One of {schools} schools is over capacity"),
        full if full == schools => format!("All {schools} schools are over capacity"),
        full => format!("{full} of {schools} schools are over capacity"),
    })
}

/// `6 schools in 2024-25`.
pub(crate) fn schools_in(schools: usize, year: SchoolYear) -> String {
    match schools {
        1 => format!("1 school in {year}"),
        schools => format!("{} schools in {year}", count(schools)),
    }
}

/// The line below a table of measures by school.
pub(crate) fn heat_line(schools: usize, year: SchoolYear) -> String {
    format!("{}, sorted by type and name", schools_in(schools, year))
}

/// The line below dots of schools.
pub(crate) fn dots_line(schools: usize, year: SchoolYear) -> String {
    format!("{}, by type, with the district for comparison", schools_in(schools, year))
}

/// The line below small charts of schools.
pub(crate) fn lines_line(of_type: &str, first: SchoolYear, last: SchoolYear) -> String {
    format!("{of_type}, {first} to {last}")
}

/// The first and the last value of a line.
pub(crate) fn from_to(first: &str, last: &str) -> String {
    format!("From {first} to {last}")
}

/// A measure with the year of its values.
pub(crate) fn measure_in(label: &str, year: SchoolYear) -> String {
    words::measure_in(label, year)
}

/// Why a value of a school is not there.
pub(crate) fn absence(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Masked) => words::MASKED,
        Some(Status::Withheld) => words::WITHHELD,
        Some(Status::NotApplicable) => words::DOES_NOT_APPLY,
        _ => words::NOT_AVAILABLE,
    }
}

/// The note that the chart has no room for some schools; `None` if it shows all.
pub(crate) fn omitted(schools: usize) -> Option<String> {
    match schools {
        0 => None,
        1 => Some("1 other school is in data/schools.csv.".to_owned()),
        schools => Some(format!("{} other schools are in data/schools.csv.", count(schools))),
    }
}

/// The note on schools without values in the latest year; `None` if there are none.
pub(crate) fn closed(schools: usize, year: SchoolYear) -> Option<String> {
    match schools {
        0 => None,
        1 => Some(format!(
            "1 school has closed or changed its id: it has no values in {year}. Its earlier values are in data/schools.csv."
        )),
        schools => Some(format!(
            "{} schools have closed or changed their ids: they have no values in {year}. Their earlier values are in \
             data/schools.csv.",
            count(schools)
        )),
    }
}

/// The headings of the numbers on the page of one school.
pub(crate) const PAGE_HEADINGS: [&str; 5] =
    ["Measure", "School year", "This school", "First comparable year", "District"];
pub(crate) const A_SCHOOL: &str = "school";
pub(crate) const TOO_FEW_OTHERS: &str = "fewer than two others";
pub(crate) const NO_EARLIER_YEAR: &str = "no earlier year";
pub(crate) const PAGE_NOTE: &str =
    "The median is the middle value of our other schools of this type that have a value.";
pub(crate) const NO_OTHERS: &str = "Too few of our other schools are of this type and have values, so this school is not compared with them.";
pub(crate) const WITHHELD_ON_PAGE: &str = "Some numbers are withheld to protect students.";

pub(crate) const MEDIAN_OF_SIMILAR: &str = "Median of similar schools in the state";
pub(crate) const TOO_FEW_SIMILAR: &str = "too few have a value";

/// Which schools of the state are similar. `size`: how many times as large or small they may be; `share`: by how many percentage points
/// the share of each group may differ.
pub(crate) fn similar(schools: usize, of_type: &str, size: f64, groups: &[String], share: f64) -> String {
    let [least, most] = [100.0 / size, 100.0 * size].map(|percent| format!("{percent:.0}%"));
    let students = if groups.is_empty() {
        String::new()
    } else {
        format!(", and with shares of {} within {share:.0} percentage points", joined_with_and(groups))
    };
    format!(
        "{} in other districts {} similar: {of_type} with {least} to {most} as many students{students}.",
        counted(schools, "school"),
        if schools == 1 { "is" } else { "are" }
    )
}

/// The heading of the median of the other schools: `Median of our other elementary schools`.
pub(crate) fn median_of_others(of_type: &str) -> String {
    format!("Median of our other {of_type}")
}

/// A measure, and which direction is better.
pub(crate) fn with_direction(label: &str, direction: &str) -> String {
    if direction.is_empty() { label.to_owned() } else { format!("{label} ({direction})") }
}

/// `18.0% in 2019-20`.
pub(crate) fn value_in(value: &str, year: SchoolYear) -> String {
    format!("{value} in {year}")
}

/// How many students a school has room for.
pub(crate) fn room_for(capacity: f64) -> String {
    format!("room for {} students", count(capacity.round() as usize))
}

/// When a cell of a table of measures by school is shaded.
pub(crate) fn shading(alike: usize) -> String {
    format!(
        "A cell is shaded only if at least {alike} schools of the same type have a value, and the school clearly differs from \
         the median of the others."
    )
}
