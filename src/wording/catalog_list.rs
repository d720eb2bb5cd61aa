//! What `retreat catalog` prints.

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
    format!("\n    where it is not published, it is computed as {formula}")
}

pub(crate) fn rule(quadrant: &str, looks_for: &str) -> String {
    format!("{quadrant}: {looks_for}")
}

pub(crate) fn threshold(name: &str, value: f64, source: &str) -> String {
    format!("\n    {name} = {value}: {source}")
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
