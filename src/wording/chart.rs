//! Why a chart cannot be drawn.

use std::fmt::Display;

pub(crate) const NO_PART_COLOR: &str = "colors.parts names no color";
pub(crate) const FONT_UNREADABLE: &str = "the embedded font cannot be read";
pub(crate) const NO_SIZE: &str = "it has no size";

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
    format!("a chart cannot be turned into a PNG picture: {why}")
}

/// Texts in one line, without those that are empty.
pub(crate) fn beside(texts: &[&str]) -> String {
    let shown: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    shown.join(" \u{b7} ")
}

/// The district in few words, with what its label says after the name (`in dollars of 2024-25`).
pub(crate) fn our_district(label: &str) -> String {
    match label.rsplit_once(", in ") {
        Some((_, rest)) => format!("our district, in {rest}"),
        None => "our district".to_owned(),
    }
}
