//! How peers were chosen, and why a district or a variable could not be matched.

use crate::domain::SchoolYear;

pub(crate) const NO_OTHER_DISTRICT: &str =
    "no other district has the same attributes and a value for every matching variable";
pub(crate) const NOT_ANOTHER_DISTRICT: &str = "no source has another district with this id";
pub(crate) const NOTHING_TO_MATCH_BY: &str = "no source has a variable to match districts by";

/// A district never has a value for some variables.
pub(crate) fn never_reported(district: &str, variables: &[String]) -> String {
    format!("{district} has no usable value for: {}", variables.join(", "))
}

/// A variable whose values are hidden.
pub(crate) fn hidden_variable(name: &str) -> String {
    format!("{name} (masked or withheld)")
}

/// A district lacks a variable in the project's year.
pub(crate) fn incomplete_in(district: &str, year: SchoolYear) -> String {
    format!("{district} is missing a matching variable in {year}, the year set in [peers]")
}

/// A district has no complete year.
pub(crate) fn never_complete(district: &str) -> String {
    format!("{district} has no school year with a value for every matching variable")
}

pub(crate) const NO_SUCH_VARIABLE: &str = "there is no such variable";
pub(crate) const NOT_IN_ANY_SOURCE: &str = "no source has it";
pub(crate) const NEITHER_MEASURE_NOR_ATTRIBUTE: &str = "it names neither a measure nor an attribute";

/// A substitute value without a logarithm; `key` is the setting that has it.
pub(crate) fn no_logarithm(key: &str) -> String {
    format!("it is matched on a log scale, so its `{key}` value must be above 0")
}

/// No source has an attribute.
pub(crate) fn no_attribute(attribute: &str) -> String {
    format!("no source has the attribute {attribute:?}")
}

/// A flag for one value of an attribute.
pub(crate) fn attribute_value(label: &str, value: &str) -> String {
    format!("{label}: {value}")
}

/// How distances were computed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DistanceMethod {
    pub(crate) divides_by_n: bool,
    pub(crate) districts: usize,
    pub(crate) has_logarithms: bool,
    pub(crate) has_flags: bool,
    pub(crate) is_weighted: bool,
    pub(crate) has_substitutes: bool,
}

/// The column `method` of `peers.csv`.
pub(crate) fn distance_method(method: DistanceMethod) -> String {
    let deviation = if method.divides_by_n { "population" } else { "sample" };
    let remarks = [
        (method.has_logarithms, "counts as logarithms"),
        (method.has_flags, "flags as 0 and 1"),
        (method.is_weighted, "weighted"),
        (method.has_substitutes, "missing values replaced by fixed numbers"),
    ];
    let mut text = format!(
        "Euclidean distance; variables divided by their {deviation} standard deviation over {} districts",
        method.districts
    );
    for remark in remarks.iter().filter(|remark| remark.0) {
        text.push_str("; ");
        text.push_str(remark.1);
    }
    text
}

pub(crate) const ALL_GRADES: &str = "all grades";
pub(crate) const ELEMENTARY_GRADES: &str = "elementary grades";
pub(crate) const HIGH_SCHOOL_GRADES: &str = "high school grades";

/// Whether a district has a flag.
pub(crate) const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
