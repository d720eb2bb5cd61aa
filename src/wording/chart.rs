//! Why a chart cannot be drawn.

use std::fmt::Display;

pub(crate) const NO_PART_COLOR: &str = "colors.parts lists no colors";
pub(crate) const FONT_UNREADABLE: &str = "the embedded font cannot be read";
pub(crate) const NO_SIZE: &str = "it has no size";

/// Below a table that has no room for all of its years.
pub(crate) const EARLIER_YEARS: &str = "Earlier years are not shown here.";

pub(crate) fn bad_theme(why: &str) -> String {
    format!("charts/theme.toml: {why}")
}

pub(crate) fn not_a_color(text: &str) -> String {
    format!("{text:?} is not a color such as #1d2733")
}

pub(crate) fn not_drawn(why: impl Display) -> String {
    format!("a chart cannot be drawn: {why}")
}

pub(crate) fn not_rendered(why: impl Display) -> String {
    format!("a chart cannot be converted to a PNG image: {why}")
}

/// Texts in one line, without those that are empty.
pub(crate) fn beside(texts: &[&str]) -> String {
    let shown: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    shown.join(" \u{b7} ")
}

/// The district, briefly. `is_constant` is true if its amounts are in constant dollars.
pub(crate) const fn our_district(is_constant: bool) -> &'static str {
    if is_constant { "our district, after inflation" } else { "our district" }
}
