//! Checks of single charts and of printed documents.

use super::check::Check;
use crate::wording::accessibility as wording;

pub(super) fn svg_checks(text: &str) -> Vec<Check> {
    let is_named = text.contains("role=\"img\"") && text.contains("<title ") && text.contains("<desc ");
    vec![Check::of_file(wording::CHARTS_IN_WORDS, is_named)]
}

pub(super) fn pdf_checks(bytes: &[u8]) -> Vec<Check> {
    vec![
        Check::of_file(wording::PDF_IS_TAGGED, contains(bytes, b"/StructTreeRoot")),
        Check::of_file(wording::HAS_LANGUAGE, contains(bytes, b"/Lang")),
    ]
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
