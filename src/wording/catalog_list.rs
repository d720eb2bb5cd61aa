//! What `retreat catalog` prints.

use super::listing::joined_with_and;

/// A measure of the catalog.
pub(crate) struct MeasureText<'a> {
    pub(crate) label: &'a str,
    pub(crate) unit: &'a str,
    pub(crate) definition: &'a str,
    pub(crate) authority: &'a str,
}

pub(crate) fn measure(measure: &MeasureText<'_>) -> String {
    let MeasureText { label, unit, definition, authority } = measure;
    format!("{label} ({unit}): {definition} [{authority}]")
}

pub(crate) fn formula(formula: &str) -> String {
    format!("\n    if it is not published, it is computed as {formula}")
}

pub(crate) fn rule(quadrant: &str, looks_for: &str) -> String {
    format!("{quadrant}: {looks_for}")
}

pub(crate) fn threshold(name: &str, value: f64, source: &str) -> String {
    format!("\n    {name} = {value}: {source}")
}

/// What is shown of a rule that is asked for by its id.
pub(crate) struct RuleText<'a> {
    /// A line for each condition.
    pub(crate) requirements: &'a [String],
    /// Ids of the measures that it covers.
    pub(crate) measures: Vec<String>,
    /// Ids of student groups, `*` for every group; empty for all students.
    pub(crate) groups: &'a [String],
    pub(crate) part: RulePart<'a>,
    pub(crate) family: &'a str,
    pub(crate) question: &'a str,
    /// The other side of what it says, if the rule has it.
    pub(crate) doubt: Option<&'a str>,
}

/// The grades and subjects that a rule covers.
pub(crate) enum RulePart<'a> {
    AllGradesAndSubjects,
    EachGradeAndSubject,
    /// Ids of grades.
    Grades(&'a [String]),
}

pub(crate) fn rule_details(rule: &RuleText<'_>) -> String {
    let groups = match rule.groups {
        [] => "all students".to_owned(),
        [every] if every == "*" => "each student group".to_owned(),
        groups => format!("the student groups {}", joined_with_and(groups)),
    };
    let part = match rule.part {
        RulePart::AllGradesAndSubjects => "all grades and subjects together".to_owned(),
        RulePart::EachGradeAndSubject => "each grade and subject".to_owned(),
        RulePart::Grades([grade]) => format!("grade {grade}"),
        RulePart::Grades(grades) => format!("grades {}", joined_with_and(grades)),
    };
    let mut text = "  requires:\n".to_owned();
    for requirement in rule.requirements {
        text.push_str(&format!("    {requirement}\n"));
    }
    text.push_str(&format!("  covers {groups}, {part}, in {}\n", counted_measures(&rule.measures)));
    text.push_str(&format!("  family: {}\n  asks: {}\n", rule.family, rule.question));
    if let Some(doubt) = rule.doubt {
        text.push_str(&format!("  leaves open: {doubt}\n"));
    }
    text
}

fn counted_measures(ids: &[String]) -> String {
    match ids {
        [] => "no measure".to_owned(),
        [id] => format!("the measure {id}"),
        ids => format!("{} measures: {}", ids.len(), ids.join(", ")),
    }
}

/// The rules that cover a measure, and the layouts that read it, by their ids.
pub(crate) fn measure_details(rules: &[String], layouts: &[String]) -> String {
    format!("  covered by these rules: {}\n  read by these layouts: {}\n", listed(rules), listed(layouts))
}

fn listed(ids: &[String]) -> String {
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

pub(crate) fn layout(label: &str, authority: &str) -> String {
    format!("{label} [{authority}]")
}

pub(crate) fn exhibit(domain: &str, title: &str) -> String {
    format!("{domain}: {title}")
}

/// `suggestion` names the nearest id, or is empty.
pub(crate) fn no_entry(id: &str, suggestion: &str) -> String {
    format!("no entry has the id {id:?}{suggestion}")
}
