//! Compares column names, ignoring spacing and case.

/// Trimmed text in which every run of whitespace (including line breaks) is replaced by one space.
#[must_use]
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names are equal when case and whitespace are ignored.
#[must_use]
pub fn alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || folded_letters(a).eq(folded_letters(b))
}

/// The characters of a text in lower case, with whitespace folded: comparing them needs no memory.
fn folded_letters(text: &str) -> impl Iterator<Item = char> {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().chars();
    let others = words.flat_map(|word| std::iter::once(' ').chain(word.chars()));
    first.chain(others).flat_map(char::to_lowercase)
}

/// Whether `name` equals one of `names` when case and whitespace are ignored.
pub(super) fn is_one_of(name: &str, names: &[String]) -> bool {
    names.iter().any(|known| alike(known, name))
}

/// Jaro–Winkler similarity of two names, ignoring case, from 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase())
}
