//! What is wrong with `retreat.toml` and the files that it names.

use super::Explained;
use super::settings::suggestion;

/// Kinds of names, as in "there is no … of this name".
pub(crate) const THRESHOLD: &str = "rule threshold";
pub(crate) const ATTRIBUTE: &str = "attribute";
pub(crate) const RESPONDENTS: &str = "group of respondents";
pub(crate) const OPINION: &str = "opinion";
pub(crate) const MATCHING_VARIABLE: &str = "matching variable";

pub(crate) fn no_project_file(file: &str, folder: &str) -> String {
    format!(
        "there is no {file} in {folder}\n  hint: name the project's folder, as in `retreat build sample_data`"
    )
}

pub(crate) fn no_sources() -> Explained {
    Explained::new(
        "the project has neither a [[source]] nor a [[survey]]",
        "add a [[source]] for each spreadsheet, and a [[survey]] for each file with survey answers",
    )
}

pub(crate) fn no_peers() -> Explained {
    Explained::new("`count` is 0", "write at least 1; comparisons need at least 5 peers")
}

/// `error` says which years there are.
pub(crate) fn not_a_year(key: &str, year: i32, error: &str) -> Explained {
    Explained::new(format!("{key} = {year} is not a school year"), error)
}

/// A text that names no wave of a survey.
pub(crate) fn not_a_wave(text: &str) -> Explained {
    Explained::new(
        format!("{text:?} does not say when a survey was taken"),
        "write a school year (\"2024-25\"), a season (\"spring 2025\"), or a date (\"2025-03-14\")",
    )
}

/// `worst` and `best` of a survey that are not the ends of a known scale.
pub(crate) fn not_a_number_scale(known: &[[u32; 2]]) -> Explained {
    let known: Vec<String> = known.iter().map(|[low, high]| format!("{low} and {high}")).collect();
    Explained::new(
        "`worst` and `best` are not the two ends of a known scale",
        format!("write both, with the ends of a scale in either order: {}", known.join("; ")),
    )
}

/// What a name in `[day.minutes]` is.
pub(crate) const DAY_PART: &str = "part of the day";

/// A day that ends when it begins, or earlier.
pub(crate) fn day_without_time(start: &str, end: &str) -> Explained {
    Explained::new(
        format!("the day begins at {start} and ends at {end}"),
        "write a later end; you can write 3 p.m. as \"3:00\" or \"15:00\"",
    )
}

/// A number of people, tables, or minutes that no day has.
pub(crate) fn not_a_number_of_a_day(key: &str, most: &u32) -> Explained {
    Explained::new(format!("`{key}` is not a number from 1 to {most}"), "correct it or delete the line")
}

pub(crate) fn smallest_group_below(least: u32) -> Explained {
    Explained::new(format!("`smallest-group` must be at least {least}"), format!("write {least} or more"))
}

/// One of the project's own measures protects fewer people than `[privacy]` requires.
pub(crate) fn own_measure_protects_less(id: &str, found: u32, least: u32) -> Explained {
    Explained::new(
        format!("{id:?} has smallest-group = {found}, but [privacy] smallest-group is {least}"),
        format!("write {least} or more here"),
    )
}

/// One of the project's own measures says that it is about nobody, but has values of student groups.
pub(crate) fn own_measure_of_students(id: &str, place: &str, least: u32) -> Explained {
    Explained::new(
        format!("{id:?} protects nobody, but it has values for student groups ({place})"),
        format!("write smallest-group = {least} or more"),
    )
}

pub(crate) fn no_measure_to_match() -> Explained {
    Explained::new(
        "`match` has no measure; flags and categories alone are not tied to a year",
        "add a variable with a measure, or require shared attributes with `within`",
    )
}

pub(crate) fn bad_weight(name: &str, weight: f64) -> Explained {
    Explained::new(format!("the weight of {name:?} is {weight}"), "write 0 or more")
}

pub(crate) fn matched_twice(name: &str) -> Explained {
    Explained::new(
        format!("`match` names {name:?} twice"),
        "name it once; to make it count more, give it a weight in `weights`",
    )
}

/// The number that a missing or masked value is read as.
pub(crate) fn bad_replacement(name: &str, value: f64) -> Explained {
    Explained::new(format!("the value of {name:?} is {value}"), "write an ordinary number")
}

pub(crate) fn not_a_district_id(id: &str) -> Explained {
    Explained::new(format!("{id:?} is not a district id"), "write the id as it appears in your spreadsheets")
}

pub(crate) fn unknown_format(format: &str, nearest: Option<&str>, all: &[&str]) -> Explained {
    Explained::new(format!("{format:?} is not a format"), suggestion(nearest, all))
}

/// A paper that the documents cannot be laid out for.
pub(crate) fn unknown_paper(paper: &str, all: &[&str]) -> Explained {
    Explained::new(format!("{paper:?} is not a supported paper size"), suggestion(None, all))
}

pub(crate) fn layout_file_outside() -> Explained {
    Explained::new("the layout file is outside the project's folder", "copy it into the project")
}

/// `start` is the folder in which the path starts.
pub(crate) fn no_layout_file(name: &str, nearest: Option<&str>, start: &str) -> Explained {
    Explained::new(
        format!("there is no layout file {name:?}"),
        nearest.map_or_else(
            || format!("correct the path, which is relative to {start}"),
            |name| format!("did you mean {name:?}?"),
        ),
    )
}

/// Where the path of a layout in a project file starts.
pub(crate) const PROJECT_FOLDER: &str = "the project's folder";
/// Where the path of a layout on the command line starts.
pub(crate) const CURRENT_FOLDER: &str = "the current folder";
