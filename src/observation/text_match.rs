//! Compares column names, ignoring spacing and case.

/// Trimmed text in which every run of whitespace (including line breaks) is replaced by one space.
#[must_use]
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names are equal when case and whitespace are ignored.
#[must_use]
pub fn alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || folded(a).to_lowercase() == folded(b).to_lowercase()
}

/// Whether `name` equals one of `names` when case and whitespace are ignored.
pub(super) fn is_one_of(name: &str, names: &[String]) -> bool {
    names.iter().any(|known| alike(known, name))
}

/// Jaro–Winkler similarity of two names, ignoring case, from 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase())
}
