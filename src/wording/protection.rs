//! Why a project's own catalog would weaken the protection of students.

use super::Explained;

/// Measures of one kind, as in "the minimum for …".
pub(crate) const COUNTS: &str = "counts";
pub(crate) const OF_A_POPULATION: &str = "measures of people counted by another measure";

pub(crate) fn measures_of(people: &str) -> String {
    format!("measures of {people}")
}

pub(crate) fn measures_of_domain(domain: &str) -> String {
    format!("measures of the domain {domain:?}")
}

pub(crate) fn scored_by_people(indicator: &str) -> Explained {
    Explained::new(
        format!("it is scored with {indicator:?}, so its points would reveal withheld values about people"),
        "score it with measures that are not about people, or read the score as published",
    )
}

/// The smallest group of a measure that the program has too.
pub(crate) fn smallest_group_lowered(found: u32, least: u32) -> Explained {
    Explained::new(
        format!("smallest-group = {found} is less than the built-in {least}; a project cannot lower it"),
        format!("write {least} or more"),
    )
}

pub(crate) fn field_changed(field: &str, measure: &str) -> Explained {
    Explained::new(
        format!("it changes `{field}`, which decides which values of {measure:?} are shown"),
        format!("leave `{field}` as it is in the built-in measure, or give your measure its own id"),
    )
}

/// The smallest group of one of the project's own measures. `nearest` is a built-in measure with a similar id.
pub(crate) fn smallest_group_too_small(
    found: u32,
    least: u32,
    kind: &str,
    nearest: Option<&str>,
    is_of_domain: bool,
) -> Explained {
    let not_people = "; if it is not about people, put it in a domain such as \"finance\" or \"staffing\"";
    let hint = format!("write {least} or more{}", if is_of_domain { not_people } else { "" });
    Explained::new(
        format!("smallest-group = {found} is less than {least}, the minimum for {kind}"),
        nearest.map_or_else(|| hint.clone(), |name| format!("{hint}; or did you mean {name:?}?")),
    )
}

/// The dimension and complement of a built-in group.
pub(crate) fn group_changed(dimension: &str, complement: Option<&str>) -> Explained {
    let complement = complement.map_or_else(String::new, |id| format!(" and complement = {id:?}"));
    Explained::new(
        "it changes which groups add up to all students",
        format!("leave the built-in dimension = {dimension:?}{complement}"),
    )
}

pub(crate) fn dimension_extended(dimension: &str) -> Explained {
    Explained::new(
        format!("it adds a group to the dimension {dimension:?}, whose groups add up to all students"),
        "give your group its own dimension",
    )
}

/// `known` and `new` are the ids of groups; `None` is all students.
pub(crate) fn spelling_redefined(spelling: &str, known: Option<&str>, new: Option<&str>) -> Explained {
    let (known, new) = (group_name(known), group_name(new));
    Explained::new(
        format!("{spelling:?} stands for {known} in the built-in catalog and cannot stand for {new}"),
        "delete this spelling",
    )
}

fn group_name(id: Option<&str>) -> String {
    id.map_or_else(|| "all students".to_owned(), |id| format!("the group {id:?}"))
}

/// A range of rates, in percent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShownRange {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

pub(crate) fn cap_widened(at_least: u32, own: ShownRange, known: ShownRange) -> Explained {
    Explained::new(
        format!(
            "[[cap]] at-least = {at_least} shows rates from {}% to {}%; the built-in range is {}% to {}%",
            own.low, own.high, known.low, known.high
        ),
        "a project can narrow the range but not widen it",
    )
}

/// `table` has its brackets.
pub(crate) fn students_redefined(table: &str, measure: &str) -> Explained {
    Explained::new(
        format!("{table} says which students {measure:?} is about, but that measure is built in"),
        "a project can say this only about its own measures",
    )
}
