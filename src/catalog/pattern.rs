//! Regular expressions in catalogs, layouts and projects.

use regex::{Error, Regex, RegexBuilder};

/// The maximum length of a pattern, in bytes: one with a thousand sheet names has 30 kB.
const LONGEST: usize = 256 << 10;
/// The maximum size of a compiled pattern, in bytes: one with a thousand sheet names has 1 MB.
const LARGEST: usize = 4 << 20;
/// How deeply groups may be nested.
const DEPTH: u32 = 50;

/// Compiles the regular expression `text`.
///
/// # Errors
/// If it is invalid or too large.
pub fn pattern(text: &str) -> Result<Regex, Error> {
    build(RegexBuilder::new(text), text)
}

/// Like [`pattern`], ignoring case.
///
/// # Errors
/// If it is invalid or too large.
pub(super) fn pattern_of_any_case(text: &str) -> Result<Regex, Error> {
    let mut builder = RegexBuilder::new(text);
    builder.case_insensitive(true);
    build(builder, text)
}

fn build(mut builder: RegexBuilder, text: &str) -> Result<Regex, Error> {
    if text.len() > LONGEST {
        return Err(Error::CompiledTooBig(LONGEST));
    }
    builder.nest_limit(DEPTH).size_limit(LARGEST).dfa_size_limit(LARGEST).build()
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn patterns_that_would_fill_the_memory_or_the_stack_are_refused() {
        let nested = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
        for text in [&nested, "(\\w{1000}){1000}", "((a{100}){100}){100}", &"a".repeat(1 << 20), "(((a"] {
            assert!(pattern(text).is_err(), "{}", &text[..text.len().min(20)]);
        }
        let many: Vec<String> = (0..1000).map(|i| format!("Sheet of school number {i}")).collect();
        assert!(pattern(&format!("^({})$", many.join("|"))).is_ok());
    }
}
