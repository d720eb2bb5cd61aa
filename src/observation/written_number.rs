//! Numbers as people write them.

use crate::catalog::CompiledMarkers;

/// The signs of currencies.
const CURRENCIES: [char; 3] = ['$', '€', '£'];

/// A number that consists only of digits, a decimal point and a sign.
pub(super) fn parse_plain(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    if is_plain { text.parse().ok() } else { None }
}

/// A number as people write it: `$8,015,229`, `(1,234)`, `45.3%`, `'12`, `−3`, `15:1` (fifteen to one).
pub(super) fn parse_written(text: &str) -> Option<f64> {
    let bare = text.trim_start_matches('\'').trim();
    let (bare, is_bracketed) = match bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (bare, false),
    };
    let (bare, is_negative) = without_minus_and_currency(bare);
    let digits = without_thousands(without_unit(bare))?;
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(if is_bracketed || is_negative { -number } else { number })
}

/// `text` without a currency sign and a minus sign before or after it, and whether there was a minus sign.
fn without_minus_and_currency(text: &str) -> (&str, bool) {
    let (bare, is_negative) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (rest.trim_start(), true),
        None => (text, false),
    };
    let bare = bare.strip_prefix(CURRENCIES).unwrap_or(bare).trim_start();
    match bare.strip_prefix(['-', '−']) {
        Some(rest) if !is_negative => (rest, true),
        _ => (bare, is_negative),
    }
}

/// `text` without a percent sign, or the second part of a ratio to one, at the end.
fn without_unit(text: &str) -> &str {
    let ratio = [":1", ": 1", " to 1"].into_iter().find_map(|end| text.strip_suffix(end));
    ratio.or_else(|| text.strip_suffix('%')).unwrap_or(text).trim_end()
}

/// `1,234,567.8` without its commas; `None` if they do not separate thousands.
fn without_thousands(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split([',', '\u{a0}', ' ']).collect();
    if !divides_thousands(&groups) {
        return None;
    }
    let digits = groups.concat();
    Some(fraction.map_or_else(|| digits.clone(), |fraction| format!("{digits}.{fraction}")))
}

/// Whether groups of digits are separated by thousands. Such a number does not begin with a zero: `0,453` has
/// a decimal comma.
fn divides_thousands(groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    let begins_well = (1..=3).contains(&first.len()) && !first.starts_with('0');
    rest.is_empty() || begins_well && rest.iter().all(|group| group.len() == 3)
}

/// An amount of money in thousands, millions, or billions, as a text after it says: `$30.0M`, `($1.2 million)`.
pub(super) fn parse_amount(text: &str, markers: &CompiledMarkers) -> Option<f64> {
    if !text.contains(CURRENCIES) {
        return None;
    }
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let bare = inner.unwrap_or(text);
    let (number, scale) = bare.split_at(bare.rfind(|c: char| c.is_ascii_digit())? + 1);
    let amount = parse_written(number)? * markers.amount(scale)?;
    // Without the error of binary fractions.
    let cents = (amount * 100.0).round() / 100.0;
    Some(if inner.is_some() { -cents } else { cents })
}
