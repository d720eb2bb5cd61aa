//! What is wrong with settings: faults, each with its file and line, collected so that one run shows all of them.

use std::collections::BTreeSet;
use std::fmt;

use super::toml_node::Node;
use crate::diagnostic::Diagnostic;
use crate::wording::Explained;

/// How many faults are shown.
const SHOWN: usize = 50;
/// How many faults are kept to be sorted; a hostile file may have millions.
const KEPT: usize = 1_000;

/// One thing that is wrong with a settings file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CatalogFault {
    /// The file, relative to the project.
    pub file: String,
    /// The line, from 1; `None` if the fault is in the whole file.
    pub line: Option<u32>,
    /// What was found.
    pub found: String,
    /// What to do.
    pub hint: String,
}

impl CatalogFault {
    pub(crate) fn new(
        file: impl Into<String>,
        line: Option<u32>,
        Explained { found, hint }: Explained,
    ) -> Self {
        Self { file: file.into(), line, found, hint }
    }
}

impl fmt::Display for CatalogFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::wording::settings::fault(&place(&self.file, self.line), &self.found, &self.hint))
    }
}

/// A file and line: `retreat.toml:12`.
pub(crate) fn place(file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}

/// All faults of a project's settings, sorted by file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    /// The first faults.
    pub faults: Vec<CatalogFault>,
    /// How many more there are.
    pub more: usize,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.faults.iter().map(ToString::to_string).collect();
        if self.more > 0 {
            lines.push(crate::wording::settings::more_faults(self.more));
        }
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for CatalogError {}

impl From<CatalogFault> for CatalogError {
    fn from(fault: CatalogFault) -> Self {
        Self { faults: vec![fault], more: 0 }
    }
}

/// Collects faults, and problems that are not faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    faults: BTreeSet<CatalogFault>,
    more: usize,
    /// Names defined by entries that could not be read: whoever refers to them is not at fault.
    lost: BTreeSet<String>,
    /// What the user should know, although nothing is wrong.
    pub(crate) notices: Vec<Diagnostic>,
}

impl Faults {
    pub(crate) fn push(&mut self, fault: CatalogFault) {
        if self.faults.len() < KEPT {
            self.faults.insert(fault);
        } else {
            self.more += 1;
        }
    }

    /// Notes the names that an unreadable entry defines.
    pub(super) fn lose(&mut self, names: Vec<&str>) {
        self.lost.extend(names.into_iter().map(str::to_owned));
    }

    pub(super) fn is_lost(&self, name: &str) -> bool {
        self.lost.contains(name)
    }

    /// The problems that are not faults.
    ///
    /// # Errors
    /// If there are faults.
    pub(crate) fn finish(self) -> Result<Vec<Diagnostic>, CatalogError> {
        if self.faults.is_empty() {
            return Ok(self.notices);
        }
        let all = self.faults.len();
        let faults: Vec<CatalogFault> = self.faults.into_iter().take(SHOWN).collect();
        Err(CatalogError { more: self.more + all - faults.len(), faults })
    }
}

/// An entry of a settings file, to find the lines of its keys and values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntryPlace<'a> {
    pub(super) file: &'a str,
    pub(super) node: Option<&'a Node>,
}

/// How the names of the program's own files begin where users see them.
pub(super) const BUILT_IN: &str = "built-in ";

impl<'a> EntryPlace<'a> {
    /// The whole file, or an argument, of this name.
    pub(crate) const fn whole(file: &'a str) -> Self {
        Self { file, node: None }
    }

    /// Whether it is in one of the program's own files.
    pub(super) fn is_built_in(self) -> bool {
        self.file.starts_with(BUILT_IN)
    }

    /// The value of a key in it, or itself if it has no such key.
    pub(crate) fn under(self, key: &str) -> Self {
        let entry = self.node.and_then(|node| node.entry(key));
        entry.map_or(self, |entry| Self { node: Some(&entry.node), ..self })
    }

    /// An item of a list in it, or itself if it has none.
    pub(crate) fn item(self, index: usize) -> Self {
        let item = self.node.and_then(|node| node.items().get(index));
        item.map_or(self, |item| Self { node: Some(item), ..self })
    }

    /// The text of a key in it.
    pub(super) fn text_of(self, key: &str) -> &'a str {
        let entry = self.node.and_then(|node| node.entry(key));
        entry.and_then(|entry| entry.node.text()).unwrap_or_default()
    }

    /// How many items the list at a key in it has, with those that could not be read.
    pub(super) fn count_of(self, key: &str) -> usize {
        self.node.and_then(|node| node.entry(key)).map_or(0, |entry| entry.node.items().len())
    }

    /// Its first line.
    pub(super) fn line(self) -> Option<u32> {
        self.node.map(|node| node.line)
    }

    /// The line of a key or text in it; its own first line if it has none.
    fn line_of(self, text: &str) -> Option<u32> {
        let node = self.node?;
        Some(node.line_of(text).unwrap_or(node.line))
    }

    /// A fault at a key or text in the entry.
    pub(crate) fn fault(self, at: &str, explained: Explained) -> CatalogFault {
        CatalogFault::new(self.file, self.line_of(at), explained)
    }
}
