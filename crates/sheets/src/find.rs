//! Finding a source's files by its path: one file, a pattern, a whole folder, or a zip archive of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};
use zip::ZipArchive;

use super::Input;
use super::clean::{clean, is_clean};
use super::problem::{Problem, WithProblems};

/// Endings of the files that a folder or an archive is searched for; in a single file's name they mean nothing.
const SPREADSHEETS: [&str; 11] =
    ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "parquet", "htm", "html"];
/// How deep folders are searched, and how many files a folder or archive may hold.
const DEPTH: usize = 8;
const FILES: usize = 10_000;
/// What the spreadsheets of an archive may unpack to. No member gives more than the archive says.
const UNPACKED: u64 = 4 << 30;
/// Bytes and wildcards of the longest path that is looked for.
const LONGEST: usize = 4096;
const WILDCARDS: usize = 32;

/// One file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Where its bytes are.
    pub input: Input,
    /// The name to show.
    pub shown: String,
}

/// The files that `pattern` (relative to `project`) names, sorted, each with the name to show for it.
///
/// `${NAME}` is replaced by the environment variable of that name; without one, nothing outside the project is
/// read. `*`, `?` and `[…]` are wildcards. A folder stands for all spreadsheets in it, a `.zip` for all
/// spreadsheets it holds, and `archive.zip/*.csv` for some of them. Names are compared as they are shown, cleaned (see
/// [`clean`]). Folders of which `is_output` holds, and all in them, are what this program wrote, and never read.
#[must_use]
pub fn find(
    project: &Path,
    pattern: &str,
    is_output: &dyn Fn(&Path) -> bool,
) -> WithProblems<Vec<FoundFile>> {
    let mut search = Search {
        project,
        pattern,
        own: true,
        is_output,
        outputs: BTreeMap::new(),
        found: Vec::new(),
        problems: Vec::new(),
    };
    match expand(pattern) {
        Ok(expanded) if is_beyond_bounds(&expanded) => {
            let reason =
                format!("the path is longer than {LONGEST} bytes, or has more than {WILDCARDS} wildcards");
            let hint = "name a folder, or fewer files at a time";
            search.problems.push(Problem::unreadable(pattern, reason, hint));
        }
        Ok(expanded) => {
            search.own = !pattern.contains("${");
            search.all(&expanded);
        }
        Err(variable) => {
            search.problems.push(Problem::VariableNotSet { pattern: pattern.to_owned(), variable });
        }
    }
    if search.found.is_empty() && search.problems.is_empty() {
        let is_output = search.outputs.values().any(|is_output| *is_output);
        let pattern = pattern.to_owned();
        search.problems.push(match is_output {
            true => Problem::OnlyExcludedFiles { pattern },
            false => Problem::NoFileFound { pattern },
        });
    }
    WithProblems { value: search.found, problems: search.problems }
}

struct Search<'a> {
    project: &'a Path,
    pattern: &'a str,
    /// Whether the path is the project file's own, so that it must stay within the project.
    own: bool,
    is_output: &'a dyn Fn(&Path) -> bool,
    /// Whether a folder is one that this program wrote, for those that have been asked about.
    outputs: BTreeMap<PathBuf, bool>,
    found: Vec<FoundFile>,
    problems: Vec<Problem>,
}

impl Search<'_> {
    fn all(&mut self, expanded: &str) {
        let climbs = Path::new(expanded).components().any(|c| c == Component::ParentDir);
        if self.own && (climbs || Path::new(expanded).is_absolute()) {
            self.problems.push(Problem::PathOutside { path: self.pattern.to_owned() });
            return;
        }
        let (outer, inner) = archive_pattern(expanded);
        let wild = is_wild(outer);
        for path in matching(self.project, Path::new(outer)) {
            match () {
                () if self.is_within_output(&path) => {}
                () if self.leads_outside(&path) => {
                    self.problems.push(Problem::PathOutside { path: self.shown(&path) })
                }
                () if path.is_dir() && !wild => self.folder(&path),
                () if path.is_dir() => {}
                () if ends_with(&path.to_string_lossy(), &["zip"]) => self.archive(&path, inner),
                () => self.file(path),
            }
        }
    }

    /// Whether a link in the project leads out of it.
    fn leads_outside(&self, path: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().ok();
        self.own
            && real(path).zip(real(self.project)).is_some_and(|(path, project)| !path.starts_with(project))
    }

    /// Whether a path lies in a folder that this program wrote, or is one.
    fn is_within_output(&mut self, path: &Path) -> bool {
        let is_output = self.is_output;
        let folders = path.ancestors().filter(|folder| !self.project.starts_with(folder));
        let mut known = folders.map(|folder| {
            *self.outputs.entry(folder.to_owned()).or_insert_with(|| folder.is_dir() && is_output(folder))
        });
        known.any(|is_output| is_output)
    }

    fn file(&mut self, path: PathBuf) {
        let shown = self.shown(&path);
        self.found.push(FoundFile { input: Input::File(path), shown });
    }

    fn folder(&mut self, folder: &Path) {
        let is_output = self.is_output;
        let mut outputs = Vec::new();
        let visible = |entry: &DirEntry| {
            let name = entry.file_name().to_string_lossy();
            let is_output = entry.depth() > 0 && entry.path().is_dir() && is_output(entry.path());
            outputs.extend(is_output.then(|| (entry.path().to_owned(), true)));
            entry.depth() == 0 || !(is_aside(&name) || is_output)
        };
        let walk = WalkDir::new(folder).follow_links(true).max_depth(DEPTH).sort_by_file_name();
        let mut others = Vec::new();
        for entry in walk.into_iter().filter_entry(visible).take(FILES) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if !entry.file_type().is_file() => others.push(self.shown(entry.path())),
                Ok(entry) if self.leads_outside(entry.path()) => {
                    self.problems.push(Problem::PathOutside { path: self.shown(entry.path()) });
                }
                Ok(entry) if ends_with(&entry.file_name().to_string_lossy(), &["zip"]) => {
                    self.archive(entry.path(), None);
                }
                Ok(entry) if ends_with(&entry.file_name().to_string_lossy(), &SPREADSHEETS) => {
                    self.file(entry.into_path());
                }
                Ok(entry) => others.push(self.shown(entry.path())),
                Err(e) => {
                    let what = if e.loop_ancestor().is_some() {
                        "the folder is a link to one that it lies in".to_owned()
                    } else {
                        format!(
                            "the folder cannot be read ({})",
                            e.io_error().map_or_else(String::new, |e| e.kind().to_string())
                        )
                    };
                    let shown = e.path().map_or_else(|| self.pattern.to_owned(), |path| self.shown(path));
                    self.problems.push(Problem::unreadable(
                        &shown,
                        what,
                        "remove the link, or name the files",
                    ));
                }
            }
        }
        self.outputs.extend(outputs);
        self.say_others(&self.shown(folder), &others);
    }

    fn archive(&mut self, path: &Path, inner: Option<&str>) {
        let shown = self.shown(path);
        let mut members = match members(path) {
            Ok(members) => members,
            Err(reason) => {
                let hint = "get it again from where it came, or unpack it and name the files";
                return self.problems.push(Problem::unreadable(&shown, reason, hint));
            }
        };
        members.sort();
        if members.iter().any(|(name, _)| name == "xl/workbook.xml" || name == "xl/workbook.bin") {
            return self.file(path.to_owned());
        }
        let wanted = inner.and_then(|p| glob::Pattern::new(p).ok());
        let (mut others, mut found, mut unpacked) = (Vec::new(), Vec::new(), 0u64);
        let aside = |name: &str| name.starts_with("__MACOSX/") || name.split(['/', '\\']).any(is_aside);
        members.retain(|(name, _)| !name.ends_with('/') && !aside(name));
        for (name, size) in members {
            let take = match &wanted {
                Some(pattern) => pattern.matches(&clean(&name)),
                None => ends_with(&name, &SPREADSHEETS),
            };
            if take {
                unpacked = unpacked.saturating_add(size);
                let input = Input::Member(path.to_owned(), name.clone());
                found.push(FoundFile { input, shown: format!("{shown}/{}", clean(&name)) });
            } else if wanted.is_none() {
                others.push(clean(&name).into_owned());
            }
        }
        if unpacked > UNPACKED {
            let reason = format!("its spreadsheets unpack to more than {} GB", UNPACKED >> 30);
            let hint = "unpack it yourself, and name the files that are needed as sources";
            return self.problems.push(Problem::unreadable(&shown, reason, hint));
        }
        self.found.append(&mut found);
        self.say_others(&shown, &others);
    }

    fn say_others(&mut self, shown: &str, others: &[String]) {
        if !others.is_empty() {
            self.problems
                .push(Problem::NotSpreadsheets { container: shown.to_owned(), names: others.to_vec() });
        }
    }

    /// The name to show, cleaned: relative to the project inside it, else the file's own name, so that no machine's
    /// folders stand in a pack.
    fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(self.project).ok();
        let name = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
        clean(&name.to_string_lossy()).replace('\\', "/")
    }
}

/// Name and size of each member of an archive.
fn members(path: &Path) -> Result<Vec<(String, u64)>, String> {
    if !path.is_file() {
        return Err("it is no file".to_owned());
    }
    let unreadable = |e: &dyn std::fmt::Display| format!("the zip archive cannot be read ({e})");
    let file = File::open(path).map_err(|e| unreadable(&e.kind()))?;
    let mut archive = ZipArchive::new(file).map_err(|e| unreadable(&e))?;
    if archive.len() > FILES {
        return Err(format!("it holds more than {FILES} files"));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(|e| unreadable(&e))?;
        let name = member.name().map_err(|e| unreadable(&e))?.into_owned();
        members.push((name, member.size()));
    }
    Ok(members)
}

/// Whether a file of this name is no one's table: hidden, or the mark that a spreadsheet program leaves beside an open file.
fn is_aside(name: &str) -> bool {
    name.starts_with('.') && !matches!(name, "." | "..") || name.starts_with("~$")
}

/// Whether a path is longer, or has more wildcards, than can be looked for: matching recurses once for each wildcard.
fn is_beyond_bounds(pattern: &str) -> bool {
    pattern.len() > LONGEST || pattern.bytes().filter(|byte| b"*?[".contains(byte)).count() > WILDCARDS
}

fn is_wild(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

/// The paths that match `pattern`, sorted. Of links that lead to one folder, only the first is followed, so that
/// those that lead in circles come to an end.
fn matching(project: &Path, pattern: &Path) -> Vec<PathBuf> {
    let mut paths = vec![project.to_owned()];
    // `**` again and again is no more than once.
    let is_deep = |component: &Component<'_>| component.as_os_str() == "**";
    let mut components: Vec<Component<'_>> = pattern.components().collect();
    components.dedup_by(|next, last| is_deep(next) && is_deep(last));
    for component in components {
        let step = component.as_os_str().to_string_lossy();
        let mut seen = BTreeSet::new();
        let is_new = |path: &PathBuf| path.canonicalize().is_ok_and(|real| seen.insert(real));
        let folders: Vec<PathBuf> = paths.into_iter().filter(is_new).collect();
        paths = match glob::Pattern::new(&step) {
            Ok(_) if &*step == "**" => folders.iter().flat_map(|folder| folders_below(folder)).collect(),
            Ok(wanted) if is_wild(&step) => folders.iter().flat_map(|f| entries(f, &wanted)).collect(),
            _ => folders.into_iter().flat_map(|folder| named(&folder, component.as_os_str())).collect(),
        };
    }
    paths.sort();
    paths
}

/// What goes by `name` in a folder; where there is nothing, what goes by it once its name is cleaned.
fn named(folder: &Path, name: &OsStr) -> Vec<PathBuf> {
    let exact = folder.join(name);
    if exact.exists() {
        return vec![exact];
    }
    let name = name.to_string_lossy();
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let is_named = |shown: &str| !is_clean(shown) && clean(shown) == name;
    entries.filter(|entry| is_named(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect()
}

fn entries(folder: &Path, wanted: &glob::Pattern) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter(|entry| {
            let name = clean(&entry.file_name().to_string_lossy()).into_owned();
            wanted.matches(&name) && (!is_aside(&name) || is_aside(wanted.as_str()))
        })
        .map(|e| e.path())
        .collect();
    paths.sort();
    paths
}

/// A folder and those in it, links not followed, without hidden ones.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_aside(&entry.file_name().to_string_lossy());
    let walk = WalkDir::new(folder).max_depth(DEPTH).sort_by_file_name();
    let walk = walk.into_iter().filter_entry(visible).flatten();
    walk.filter(|entry| entry.file_type().is_dir()).map(DirEntry::into_path).collect()
}

/// `archive.zip/*.csv` as the archive's path and the pattern within it.
fn archive_pattern(pattern: &str) -> (&str, Option<&str>) {
    match pattern.to_ascii_lowercase().find(".zip/") {
        Some(at) => (&pattern[..at + 4], Some(&pattern[at + 5..])),
        None => (pattern, None),
    }
}

fn ends_with(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}

fn expand(pattern: &str) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, tail) = after.split_once('}').ok_or_else(|| after.to_owned())?;
        expanded.push_str(before);
        let value = std::env::var(name).map_err(|_| name.to_owned())?;
        expanded.push_str(&glob::Pattern::escape(&value));
        rest = tail;
    }
    expanded.push_str(rest);
    Ok(expanded)
}
