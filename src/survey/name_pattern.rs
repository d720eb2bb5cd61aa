//! Patterns that match the names of certain files or sheets and no others.

use std::collections::BTreeSet;

use super::cluster::TableCluster;
use super::edition_names::EditionNames;
use super::sheet::FileSurvey;
use super::year_pattern::digits_pattern;

/// One pattern for all files in `names`, if it matches no other file and no two are editions of one another; otherwise one
/// for each, the final edition last.
pub(super) fn file_patterns(
    names: &BTreeSet<&str>,
    files: &[FileSurvey],
    editions: &EditionNames<'_>,
) -> Vec<String> {
    match common_pattern(names).filter(|pattern| matches_exactly(pattern, names, files)) {
        Some(pattern) if !have_editions(names, editions) => vec![pattern],
        _ => each_escaped(names, editions),
    }
}

/// Whether two of the files are editions of one another.
fn have_editions(names: &BTreeSet<&str>, editions: &EditionNames<'_>) -> bool {
    let bases: BTreeSet<String> = names.iter().map(|name| editions.base(name)).collect();
    bases.len() < names.len()
}

fn each_escaped(names: &BTreeSet<&str>, editions: &EditionNames<'_>) -> Vec<String> {
    let mut each: Vec<&str> = names.iter().copied().collect();
    each.sort_by_key(|name| editions.rank(name));
    each.into_iter().map(glob::Pattern::escape).collect()
}

/// A pattern for several paths with as many folders: each part that differs has one wildcard.
fn common_pattern(names: &BTreeSet<&str>) -> Option<String> {
    let folders = names.first()?.matches('/').count();
    if names.len() == 1 || names.iter().any(|name| name.matches('/').count() != folders) {
        return None;
    }
    let mut parts = Vec::new();
    for position in 0..=folders {
        let part: BTreeSet<&str> = names.iter().filter_map(|name| name.split('/').nth(position)).collect();
        parts.push(part_pattern(&part)?);
    }
    Some(parts.join("/"))
}

/// A pattern with one wildcard between the common prefix and suffix of several names; a single name as it is.
fn part_pattern(names: &BTreeSet<&str>) -> Option<String> {
    let (first, last) = (*names.first()?, *names.last()?);
    if names.len() == 1 {
        return Some(glob::Pattern::escape(first));
    }
    let start = shared_length(first.bytes(), last.bytes());
    let end = shared_length(first.bytes().rev(), last.bytes().rev());
    let before = first.get(..start)?;
    let after = first.get(first.len().saturating_sub(end)..)?;
    Some(format!("{}*{}", glob::Pattern::escape(before), glob::Pattern::escape(after)))
}

/// The length in bytes of the common prefix of two names, up to the first digit.
fn shared_length(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b && !a.is_ascii_digit()).count()
}

fn matches_exactly(pattern: &str, names: &BTreeSet<&str>, files: &[FileSurvey]) -> bool {
    let Ok(pattern) = glob::Pattern::new(pattern) else { return false };
    // A wildcard stands for no folder when files are looked for.
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    files.iter().all(|file| pattern.matches_with(&file.file, options) == names.contains(file.file.as_str()))
}

/// The regular expression for the sheets of a cluster; `None` if their workbooks have no others.
pub(super) fn sheet_pattern(cluster: &TableCluster<'_>, files: &[FileSurvey]) -> Option<String> {
    let own: BTreeSet<&str> =
        cluster.tables.iter().filter_map(|table| table.sheet.sheet.as_deref()).collect();
    let others = if own.is_empty() { BTreeSet::new() } else { other_sheets(cluster, files, &own) };
    if others.is_empty() {
        return None;
    }
    let exact = one_of(own.iter().map(|name| regex::escape(name)).collect());
    if own.len() == 1 {
        return Some(exact);
    }
    // Next year's sheet differs in its digits, as long as no sheet of another kind does.
    let general = one_of(own.into_iter().map(digits_pattern).collect());
    let is_exact =
        regex::Regex::new(&general).is_ok_and(|pattern| others.iter().all(|other| !pattern.is_match(other)));
    Some(if is_exact { general } else { exact })
}

/// A regular expression for a name that is one of these.
fn one_of(patterns: BTreeSet<String>) -> String {
    format!("^({})$", patterns.into_iter().collect::<Vec<_>>().join("|"))
}

/// The names of visible sheets in the files of a cluster other than its `own`.
fn other_sheets<'a>(
    cluster: &TableCluster<'_>,
    files: &'a [FileSurvey],
    own: &BTreeSet<&str>,
) -> BTreeSet<&'a str> {
    let names = cluster.files();
    let own_files = files.iter().filter(|file| names.contains(file.file.as_str()));
    let shown = own_files.flat_map(|file| &file.sheets).filter(|sheet| !sheet.hidden);
    shown.filter_map(|sheet| sheet.sheet.as_deref()).filter(|name| !own.contains(name)).collect()
}

/// A file's name without folders and extension.
pub(super) fn file_stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
