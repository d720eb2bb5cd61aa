//! Checks of pages and paper.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::check::Check;
use crate::wording::accessibility as wording;

static HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("<h([1-6])[ >]").ok());
static ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#" id="([^"]+)""#).ok());
static TABLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("(?s)<table.*?</table>").ok());
static CHART: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("(?s)<svg([^>]*)>").ok());

pub(super) fn checks(text: &str) -> Vec<Check> {
    let head = text.split("<body").next().unwrap_or_default();
    vec![
        Check::of_file(wording::HAS_LANGUAGE, head.contains("<html lang=\"")),
        Check::of_file(wording::HAS_TITLE, head.contains("<title>") && !head.contains("<title></title>")),
        Check::of_file(wording::NO_REQUEST, !text.contains("src=\"http") && !text.contains("url(http")),
        Check::with_places(wording::HEADINGS_IN_ORDER, headings_out_of_order(text)),
        Check::with_places(wording::IDS_ONCE, repeated_ids(text)),
        Check::with_places(wording::TABLES_HAVE_HEADERS, tables_without_headers(text)),
        Check::with_places(wording::CHARTS_IN_WORDS, charts_without_words(text)),
    ]
}

/// Headings that are more than one level below the one before.
fn headings_out_of_order(text: &str) -> Vec<String> {
    let mut last = 0;
    let mut places = Vec::new();
    for found in HEADING.iter().flat_map(|heading| heading.captures_iter(text)) {
        let level: u32 = found[1].parse().unwrap_or_default();
        if level > last + 1 {
            places.push(wording::heading_after(level, last));
        }
        last = level;
    }
    places
}

fn repeated_ids(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = ID.iter().flat_map(|id| id.captures_iter(text)).map(|found| found[1].to_owned());
    ids.filter(|id| !seen.insert(id.clone())).collect()
}

/// Tables for numbers need cells that are headers; tables that only place things say so.
fn tables_without_headers(text: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (index, table) in TABLE.iter().flat_map(|table| table.find_iter(text)).enumerate() {
        let table = table.as_str();
        if !table.contains("<th") && !table.contains("role=\"presentation\"") {
            places.push(wording::table_number(index + 1));
        }
    }
    places
}

/// A chart has a text of its own, or is left out for programs that read aloud because the text is beside it.
fn charts_without_words(text: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (index, chart) in CHART.iter().flat_map(|chart| chart.captures_iter(text)).enumerate() {
        let tag = &chart[1];
        if !["aria-labelledby=", "aria-label=", "aria-hidden="].iter().any(|named| tag.contains(named)) {
            places.push(wording::chart_number(index + 1));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::checks;

    #[test]
    fn what_is_missing_is_found() {
        let bad = "<html><title>x</title><body><h1>a</h1><h3 id=\"a\">b</h3><p id=\"a\"></p><table><tr><td>1</table><svg>";
        let failed: Vec<&str> =
            checks(bad).iter().filter(|check| !check.passed).map(|check| check.check).collect();
        assert_eq!(failed.len(), 5, "{failed:?}");
        let good = "<html lang=\"en\"><title>x</title><body><h1>a</h1><h2>b</h2><table><th>1</table><svg aria-hidden=\"true\">";
        assert!(checks(good).iter().all(|check| check.passed));
    }
}
