//! Path patterns: environment variables, wildcards, and patterns inside an archive.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use glob::Pattern;
use walkdir::{DirEntry, WalkDir};

use super::clean::{clean, is_clean};

/// File extensions that are searched for in a folder or archive; a single file may have any extension.
pub(super) const SPREADSHEETS: [&str; 14] = [
    "xlsx", "xlsm", "xls", "xlsb", "ods", "fods", "csv", "tsv", "txt", "parquet", "htm", "html", "mht",
    "mhtml",
];
/// Files and folders that systems leave next to a user's files, in lower case.
const SYSTEM_FILES: [&str; 6] =
    ["thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r", "$recycle.bin"];
/// How deeply folders are searched.
pub(super) const MAX_DEPTH: usize = 8;
/// Length of the longest pattern in bytes.
pub(super) const MAX_BYTES: usize = 4096;
/// The most wildcards in a pattern: matching recurses for each.
pub(super) const MAX_WILDCARDS: usize = 32;

/// The pattern with each `${NAME}` replaced by that environment variable, in whose value wildcards have no
/// special meaning.
///
/// # Errors
/// The name of a variable that is not set, or the rest of the pattern if a closing brace is missing.
pub(super) fn expand_variables(pattern: &str) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, tail) = after.split_once('}').ok_or_else(|| after.to_owned())?;
        let value = std::env::var(name).map_err(|_| name.to_owned())?;
        expanded.push_str(before);
        expanded.push_str(&Pattern::escape(&value));
        rest = tail;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// Whether a pattern is too long, or has too many wildcards, to be searched for.
pub(super) fn is_beyond_limits(pattern: &str) -> bool {
    let wildcards = pattern.bytes().filter(|byte| b"*?[".contains(byte)).count();
    pattern.len() > MAX_BYTES || wildcards > MAX_WILDCARDS
}

pub(super) fn has_wildcards(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

/// Splits `archive.zip/*.csv` into the archive's path and the pattern inside it.
pub(super) fn split_archive(pattern: &str) -> (&str, Option<&str>) {
    match pattern.to_ascii_lowercase().find(".zip/") {
        Some(at) => (&pattern[..at + 4], Some(&pattern[at + 5..])),
        None => (pattern, None),
    }
}

/// Whether a name has one of these extensions (`csv`), ignoring case.
pub(super) fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}

/// Whether a file or folder with this name is not one of the user's tables: a hidden one, one that a system leaves there
/// (`Thumbs.db`), or the lock file that a spreadsheet program creates next to an open file.
#[must_use]
pub fn is_hidden(name: &str) -> bool {
    let is_dotted = name.starts_with('.') && !matches!(name, "." | "..");
    is_dotted || name.starts_with("~$") || SYSTEM_FILES.contains(&&*name.to_lowercase())
}

/// The paths that match `pattern` (relative to `folder`), sorted. If several links lead to one folder, only
/// the first is followed, so link cycles end.
pub(super) fn matching_paths(folder: &Path, pattern: &Path) -> Vec<PathBuf> {
    let mut paths = vec![folder.to_owned()];
    let mut components: Vec<Component<'_>> = pattern.components().collect();
    // `**/**` means the same as `**`.
    components.dedup_by(|next, last| next.as_os_str() == "**" && last.as_os_str() == "**");
    for component in components {
        let folders = distinct_folders(paths);
        paths = folders.iter().flat_map(|folder| matching_in(folder, component.as_os_str())).collect();
    }
    paths.sort();
    paths
}

/// The first path to each existing file or folder.
fn distinct_folders(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    paths.retain(|path| path.canonicalize().is_ok_and(|real| seen.insert(real)));
    paths
}

/// The entries of a folder that match one component of a pattern.
fn matching_in(folder: &Path, component: &OsStr) -> Vec<PathBuf> {
    let text = component.to_string_lossy();
    match Pattern::new(&text) {
        Ok(_) if &*text == "**" => folders_below(folder),
        Ok(wanted) if has_wildcards(&text) => matching_entries(folder, &wanted),
        _ => named_entries(folder, component),
    }
}

/// A folder and its subfolders, without hidden ones; links are not followed.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(folder).max_depth(MAX_DEPTH).sort_by_file_name();
    let entries = walk
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy()));
    entries.flatten().filter(|entry| entry.file_type().is_dir()).map(DirEntry::into_path).collect()
}

/// The entries of a folder whose cleaned names match, sorted; hidden ones only if the pattern names them.
fn matching_entries(folder: &Path, wanted: &Pattern) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter(|entry| {
            let name = clean(&entry.file_name().to_string_lossy()).into_owned();
            wanted.matches(&name) && (!is_hidden(&name) || is_hidden(wanted.as_str()))
        })
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

/// The entry of a folder with this name; if there is none, those with this name after cleaning.
fn named_entries(folder: &Path, name: &OsStr) -> Vec<PathBuf> {
    let exact = folder.join(name);
    if exact.exists() {
        return vec![exact];
    }
    let name = name.to_string_lossy();
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries
        .filter(|entry| is_cleaned_to(&entry.file_name().to_string_lossy(), &name))
        .map(|entry| entry.path())
        .collect()
}

/// Whether `name` becomes `wanted` by cleaning, and is different from it before.
fn is_cleaned_to(name: &str, wanted: &str) -> bool {
    !is_clean(name) && clean(name) == wanted
}
