//! Names of files and folders made from data.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use sha2::{Digest, Sha256};

/// A name for a file or folder that is safe on every system, regardless of the text it was made from: it
/// always names something in the folder to which it is joined.
///
/// It consists of ASCII letters, digits, `-`, `_` and `.`; begins with a letter, a digit or `_`; does not end
/// in a `.`; is at most [`FileName::LONGEST`] bytes long; and is not a reserved Windows device name (`CON`,
/// `nul.txt`). A text with all of these properties is its own name; any other text gets a name made from it
/// and its hash, so that no two texts have the same name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName(String);

impl FileName {
    /// The maximum length of a name in bytes.
    pub const LONGEST: usize = 100;

    /// The name of a single text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(name(text, least_digits(text)))
    }

    /// A name for each of `texts`, in order. The names of different texts differ by more than case, and the
    /// name of a text does not depend on the order of the others.
    #[must_use]
    pub fn for_all<S: AsRef<str>>(texts: &[S]) -> Vec<Self> {
        let mut digits: BTreeMap<&str, usize> =
            texts.iter().map(|text| (text.as_ref(), least_digits(text.as_ref()))).collect();
        loop {
            // A longer hash distinguishes names that a shorter one does not; the longest distinguishes all of
            // them.
            let longer = longer_digits(&digits);
            if longer.is_empty() {
                break;
            }
            digits.extend(longer);
        }
        texts.iter().map(|text| Self(name(text.as_ref(), digits[text.as_ref()]))).collect()
    }

    /// Like [`FileName::for_all`], but none of the names is `taken`, in capitals or not.
    #[must_use]
    pub fn for_all_besides<S: AsRef<str>>(texts: &[S], taken: &str) -> Vec<Self> {
        let texts: Vec<Cow<'_, str>> = texts.iter().map(|text| besides(text.as_ref(), taken)).collect();
        Self::for_all(&texts)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<Path> for FileName {
    fn as_ref(&self) -> &Path {
        Path::new(&self.0)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text; if it is `taken`, one that is not its own name.
fn besides<'t>(text: &'t str, taken: &str) -> Cow<'t, str> {
    if text.eq_ignore_ascii_case(taken) { format!("{text}\u{0}").into() } else { text.into() }
}

/// The possible lengths of the hash in a name, in hexadecimal digits.
const DIGITS: [usize; 3] = [8, 16, 64];

/// The minimum number of hash digits in the name of `text`, before looking at other names.
fn least_digits(text: &str) -> usize {
    if is_safe(text) { 0 } else { DIGITS[0] }
}

/// The next length of the hash for each text whose name equals that of another one, ignoring case.
fn longer_digits<'a>(digits: &BTreeMap<&'a str, usize>) -> Vec<(&'a str, usize)> {
    let mut by_name: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for (&text, &digits) in digits {
        by_name.entry(name(text, digits).to_ascii_lowercase()).or_default().push((text, digits));
    }
    let mut longer = Vec::new();
    for (text, digits) in by_name.into_values().filter(|texts| texts.len() > 1).flatten() {
        longer.extend(more_digits(digits).map(|more| (text, more)));
    }
    longer
}

/// The next length of a hash after `digits`; `None` after the longest.
fn more_digits(digits: usize) -> Option<usize> {
    DIGITS.into_iter().find(|more| *more > digits)
}

fn is_safe(text: &str) -> bool {
    let (first, last) = (text.bytes().next(), text.bytes().last());
    text.len() <= FileName::LONGEST
        && text.chars().all(is_safe_inside)
        && first.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && last.is_some_and(|byte| byte != b'.')
        && !is_reserved(text)
}

const fn is_safe_inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether Windows reserves the name for a device, regardless of what follows its first period.
fn is_reserved(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default().to_ascii_uppercase();
    match stem.as_bytes() {
        b"CON" | b"PRN" | b"AUX" | b"NUL" => true,
        [device @ .., b'0'..=b'9'] => matches!(device, b"COM" | b"LPT"),
        _ => false,
    }
}

/// A safe name for `text` with this many digits of its hash.
fn name(text: &str, digits: usize) -> String {
    if digits == 0 {
        return text.to_owned();
    }
    let safe = text.chars().map(|c| if is_safe_inside(c) { c } else { '_' });
    // The hash, the dash before it, and the underscore that may be at the start.
    let kept: String = safe.take(FileName::LONGEST - digits - 2).collect();
    let kept = kept.trim_matches(['.', '-']);
    let hash = format!("{:x}", Sha256::digest(text));
    let own = if is_safe(kept) { "" } else { "_" };
    format!("{own}{kept}-{}", &hash[..digits])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{Just, Strategy, any, prop_oneof};

    use super::FileName;

    fn one(text: &str) -> String {
        FileName::of(text).to_string()
    }

    /// Whether every system treats it as a plain name.
    fn assert_safe(name: &str) {
        assert!(!name.is_empty() && name.len() <= FileName::LONGEST, "{name:?}");
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{name:?}");
        assert!(!name.starts_with(['.', '-']) && !name.ends_with('.'), "{name:?}");
        let path = std::path::Path::new("out").join(name);
        assert_eq!(path.components().count(), 2, "{name:?}");
        assert_eq!(path.file_name().and_then(|n| n.to_str()), Some(name));
        let stem = name.split('.').next().unwrap().trim_end().to_uppercase();
        let device = regex::Regex::new("^(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])$").unwrap();
        assert!(!device.is_match(&stem), "{name:?}");
    }

    #[test]
    fn a_plain_id_is_its_own_name() {
        for id in ["001902", "IL-34-049-1220", "15-016-2990-25", "1902.0a", "_x", "CONROE", "COM10"] {
            assert_eq!(one(id), id);
        }
    }

    #[test]
    fn any_text_gives_a_safe_name() {
        let long = "9".repeat(300);
        let texts = [
            "../../ESCAPED",
            "/ABS/PATH",
            "..",
            ".",
            "",
            " ",
            "a/b",
            r"a\b",
            "C:",
            "CON",
            "nul.txt",
            "Com1.tar.gz",
            "con ",
            "LPT9",
            ".hidden",
            "-rf",
            "a.",
            "a ",
            "é",
            "a\u{301}",
            "\u{202e}x",
            "a\nb",
            "~",
            "*",
            "$HOME",
            &long,
        ];
        texts.iter().for_each(|text| assert_safe(&one(text)));
        assert!(one("../../ESCAPED").contains("ESCAPED"), "{}", one("../../ESCAPED"));
        assert_eq!(one(&long).len(), FileName::LONGEST - 1);
    }

    #[test]
    fn texts_with_the_same_name_get_different_ones_in_any_order() {
        let hashed = one("a/b");
        let mut texts = vec![
            "a/b",
            "a\\b",
            "a:b",
            "A/B",
            "ab",
            "AB",
            "Ab",
            "é",
            "e\u{301}",
            hashed.as_str(),
            "CON",
            "con",
        ];
        let names = FileName::for_all(&texts);
        names.iter().for_each(|name| assert_safe(name.as_str()));
        let folded: BTreeSet<String> = names.iter().map(|n| n.as_str().to_lowercase()).collect();
        assert_eq!(folded.len(), texts.len(), "{names:?}");
        texts.reverse();
        let mut again = FileName::for_all(&texts);
        again.reverse();
        assert_eq!(again, names);
    }

    #[test]
    fn no_text_gets_a_name_that_is_taken() {
        let names = FileName::for_all_besides(&["portfolio", "Portfolio", "portfolio ", "01"], "portfolio");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 4, "{names:?}");
        let folded: BTreeSet<String> = names.iter().map(|name| name.as_str().to_lowercase()).collect();
        assert!(!folded.contains("portfolio") && folded.contains("01"), "{names:?}");
        names.iter().for_each(|name| assert_safe(name.as_str()));
    }

    proptest::proptest! {
        #[test]
        fn no_two_texts_get_the_same_name(
            texts in proptest::collection::btree_set(
                prop_oneof![any::<String>(), "[aA./\\\\ é]{0,4}", Just("CON".to_owned()), "[a-z]{90,120}".prop_map(|t| t)],
                0..20,
            ),
        ) {
            let texts: Vec<String> = texts.into_iter().collect();
            let names = FileName::for_all(&texts);
            names.iter().for_each(|name| assert_safe(name.as_str()));
            let folded: BTreeSet<String> = names.iter().map(|n| n.as_str().to_lowercase()).collect();
            proptest::prop_assert_eq!(folded.len(), texts.len());
        }
    }
}
