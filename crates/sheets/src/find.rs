//! Finds files by path: a single file, a pattern, a folder, or a zip archive.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use glob::Pattern;
use walkdir::{DirEntry, WalkDir};

use super::archive::{ArchiveMember, list_members};
use super::clean::clean;
use super::content::Input;
use super::path_pattern::{self, MAX_DEPTH, SPREADSHEETS, has_ending, has_wildcards, is_hidden};
use super::problem::{Problem, WithProblems};

/// The most files in a folder that are examined.
const MAX_FILES: usize = 10_000;
/// The most bytes that the spreadsheets of an archive may expand to.
const MAX_UNPACKED: u64 = 4 << 30;

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Where its bytes are.
    pub input: Input,
    /// Display name.
    pub shown: String,
}

/// The files that match `pattern` (relative to `folder`), sorted, each with its display name.
///
/// `${NAME}` is replaced by the environment variable of that name; without one, nothing outside the folder is
/// read. `*`, `?` and `[…]` are wildcards. A folder means all spreadsheets in it, a `.zip` all spreadsheets
/// it contains, and `archive.zip/*.csv` some of them. Names are compared as displayed, that is, cleaned (see
/// [`clean`]). Folders for which `is_excluded` returns true, such as those that the caller writes to, are
/// skipped with all their contents.
#[must_use]
pub fn find(
    folder: &Path,
    pattern: &str,
    is_excluded: &dyn Fn(&Path) -> bool,
) -> WithProblems<Vec<FoundFile>> {
    let mut search = Search {
        folder,
        pattern,
        is_confined: !pattern.contains("${"),
        is_excluded,
        excluded: BTreeMap::new(),
        found: Vec::new(),
        problems: Vec::new(),
    };
    match path_pattern::expand_variables(pattern) {
        Ok(expanded) if path_pattern::is_beyond_limits(&expanded) => search.report_long_pattern(),
        Ok(expanded) => search.add_matches(&expanded),
        Err(variable) => {
            search.problems.push(Problem::VariableNotSet { pattern: pattern.to_owned(), variable });
        }
    }
    search.finish()
}

struct Search<'a> {
    folder: &'a Path,
    pattern: &'a str,
    /// Whether nothing outside the folder may be read, because the pattern names no environment variable.
    is_confined: bool,
    is_excluded: &'a dyn Fn(&Path) -> bool,
    /// The folders for which `is_excluded` was called, and the results.
    excluded: BTreeMap<PathBuf, bool>,
    found: Vec<FoundFile>,
    problems: Vec<Problem>,
}

impl Search<'_> {
    fn finish(mut self) -> WithProblems<Vec<FoundFile>> {
        if self.found.is_empty() && self.problems.is_empty() {
            let pattern = self.pattern.to_owned();
            let was_excluded = self.excluded.values().any(|is_excluded| *is_excluded);
            self.problems.push(match was_excluded {
                true => Problem::OnlyExcludedFiles { pattern },
                false => Problem::NoFileFound { pattern },
            });
        }
        WithProblems { value: self.found, problems: self.problems }
    }

    fn add_matches(&mut self, expanded: &str) {
        let path = Path::new(expanded);
        let climbs = path.components().any(|c| c == Component::ParentDir);
        if self.is_confined && (climbs || path.is_absolute()) {
            self.problems.push(Problem::PathOutside { path: self.pattern.to_owned() });
            return;
        }
        let (outer, inner) = path_pattern::split_archive(expanded);
        for path in path_pattern::matching_paths(self.folder, Path::new(outer)) {
            self.add_match(path, inner, has_wildcards(outer));
        }
    }

    /// Adds a matching path. A folder counts only if it is named without wildcards.
    fn add_match(&mut self, path: PathBuf, inner: Option<&str>, is_wild: bool) {
        if self.is_in_excluded_folder(&path) {
            return;
        }
        if self.leads_outside(&path) {
            self.report_outside(&path);
        } else if path.is_dir() {
            if !is_wild {
                self.add_folder(&path);
            }
        } else if has_ending(&path.to_string_lossy(), &["zip"]) {
            self.add_archive(&path, inner);
        } else {
            self.add_file(path);
        }
    }

    fn add_file(&mut self, path: PathBuf) {
        let shown = self.shown(&path);
        self.found.push(FoundFile { input: Input::File(path), shown });
    }

    fn add_folder(&mut self, folder: &Path) {
        let mut others = Vec::new();
        for entry in self.walk(folder) {
            match entry {
                Ok(entry) => others.extend(self.add_entry(entry)),
                Err(error) => self.report_unreadable_folder(&error),
            }
        }
        self.report_others(&self.shown(folder), others);
    }

    /// The contents of a folder and its subfolders, without hidden and excluded ones.
    fn walk(&mut self, folder: &Path) -> Vec<walkdir::Result<DirEntry>> {
        let is_excluded = self.is_excluded;
        let mut excluded = Vec::new();
        let walk = WalkDir::new(folder).follow_links(true).max_depth(MAX_DEPTH).sort_by_file_name();
        let visible = walk.into_iter().filter_entry(|entry| {
            if entry.depth() == 0 {
                return true;
            }
            let is_excluded = entry.path().is_dir() && is_excluded(entry.path());
            excluded.extend(is_excluded.then(|| (entry.path().to_owned(), true)));
            !is_excluded && !is_hidden(&entry.file_name().to_string_lossy())
        });
        let entries = visible.take(MAX_FILES).collect();
        self.excluded.extend(excluded);
        entries
    }

    /// Adds the contents of a folder; returns the names of files that are not spreadsheets.
    fn add_entry(&mut self, entry: DirEntry) -> Option<String> {
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_dir() {
            return None;
        }
        if !entry.file_type().is_file() {
            return Some(self.shown(entry.path()));
        }
        if self.leads_outside(entry.path()) {
            self.report_outside(entry.path());
        } else if has_ending(&name, &["zip"]) {
            self.add_archive(entry.path(), None);
        } else if has_ending(&name, &SPREADSHEETS) {
            self.add_file(entry.path().to_owned());
        } else {
            return Some(self.shown(entry.path()));
        }
        None
    }

    fn add_archive(&mut self, path: &Path, inner: Option<&str>) {
        let shown = self.shown(path);
        let members = match list_members(path) {
            Ok(members) => members,
            Err(reason) => return self.report_unreadable_archive(&shown, reason),
        };
        if members.iter().any(ArchiveMember::is_main_part) {
            return self.add_file(path.to_owned());
        }
        let wanted = inner.and_then(|pattern| Pattern::new(pattern).ok());
        let (chosen, others): (Vec<_>, Vec<_>) = members
            .into_iter()
            .filter(ArchiveMember::is_visible_file)
            .partition(|member| member.is_wanted(wanted.as_ref(), &SPREADSHEETS));
        if ArchiveMember::unpacked_size(&chosen) > MAX_UNPACKED {
            return self.report_large_archive(&shown);
        }
        self.found.extend(chosen.into_iter().map(|member| FoundFile {
            shown: format!("{shown}/{}", member.shown()),
            input: Input::Member(path.to_owned(), member.name),
        }));
        if wanted.is_none() {
            let (archives, others): (Vec<_>, Vec<_>) =
                others.into_iter().partition(|member| has_ending(&member.name, &["zip"]));
            archives.iter().for_each(|inner| self.report_inner_archive(&shown, inner));
            self.report_others(&shown, others.iter().map(ArchiveMember::shown).collect());
        }
    }

    /// Whether a link leads out of the folder when reads must stay within it.
    fn leads_outside(&self, path: &Path) -> bool {
        if !self.is_confined {
            return false;
        }
        let real = path.canonicalize().ok().zip(self.folder.canonicalize().ok());
        real.is_some_and(|(path, folder)| !path.starts_with(folder))
    }

    /// Whether a path is an excluded folder or is inside one.
    fn is_in_excluded_folder(&mut self, path: &Path) -> bool {
        let is_excluded = self.is_excluded;
        path.ancestors().filter(|folder| !self.folder.starts_with(folder)).any(|folder| {
            let known = self.excluded.entry(folder.to_owned());
            *known.or_insert_with(|| folder.is_dir() && is_excluded(folder))
        })
    }

    /// The display name, cleaned: for a file inside the folder, relative to it; otherwise just the file's
    /// name, so that the machine's folders are not revealed.
    fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(self.folder).ok();
        let name = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
        clean(&name.to_string_lossy()).replace('\\', "/")
    }

    fn report_outside(&mut self, path: &Path) {
        self.problems.push(Problem::PathOutside { path: self.shown(path) });
    }

    fn report_others(&mut self, container: &str, names: Vec<String>) {
        if !names.is_empty() {
            self.problems.push(Problem::NotSpreadsheets { container: container.to_owned(), names });
        }
    }

    fn report_inner_archive(&mut self, shown: &str, inner: &ArchiveMember) {
        let name = format!("{shown}/{}", inner.shown());
        let hint = "unpack the outer archive, and name the inner one as a source";
        self.problems.push(Problem::file_unreadable(&name, "it is a zip archive within a zip archive", hint));
    }

    fn report_large_archive(&mut self, shown: &str) {
        let reason = format!("its spreadsheets unpack to more than {} GB", MAX_UNPACKED >> 30);
        let hint = "unpack it yourself, and name the files that you need as sources";
        self.problems.push(Problem::file_unreadable(shown, reason, hint));
    }

    fn report_unreadable_archive(&mut self, shown: &str, reason: String) {
        let hint = "get a new copy of it, or unpack it and name the files";
        self.problems.push(Problem::file_unreadable(shown, reason, hint));
    }

    fn report_long_pattern(&mut self) {
        let (bytes, wildcards) = (path_pattern::MAX_BYTES, path_pattern::MAX_WILDCARDS);
        let reason = format!("the path is longer than {bytes} bytes, or has more than {wildcards} wildcards");
        let hint = "name a folder, or fewer files at a time";
        self.problems.push(Problem::file_unreadable(self.pattern, reason, hint));
    }

    fn report_unreadable_folder(&mut self, error: &walkdir::Error) {
        let reason = if error.loop_ancestor().is_some() {
            "the folder is a link to a folder that contains it".to_owned()
        } else {
            let kind = error.io_error().map_or_else(String::new, |e| e.kind().to_string());
            format!("the folder cannot be read ({kind})")
        };
        let shown = error.path().map_or_else(|| self.pattern.to_owned(), |path| self.shown(path));
        let hint = "remove the link, or name the files";
        self.problems.push(Problem::file_unreadable(&shown, reason, hint));
    }
}
