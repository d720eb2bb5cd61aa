//! Files that are part of the program: the catalog, the exhibits, the theme, and the page templates.
//!
//! A debug build reads these files from the source folder each time, so a changed rule, text, or template
//! takes effect in the next run without compiling. A release build has them embedded and reads nothing.

use std::borrow::Cow;
#[cfg(debug_assertions)]
use std::path::Path;
use std::path::PathBuf;

use include_dir::{Dir, include_dir};

static CATALOG: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/catalog");
static EXHIBITS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/charts/exhibits");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
const THEME: &str = include_str!("../charts/theme.toml");

/// A folder of text files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetFolder {
    /// `catalog/`: what the program knows.
    Catalog,
    /// `charts/exhibits/`: which charts there are.
    Exhibits,
    /// `templates/`: the pages.
    Templates,
}

/// A text file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asset {
    /// Its path inside the folder.
    pub path: PathBuf,
    /// Its text.
    pub text: Cow<'static, str>,
}

impl AssetFolder {
    /// All files, including those in subfolders, sorted by path.
    #[must_use]
    pub fn files(self) -> Vec<Asset> {
        #[cfg(debug_assertions)]
        if let Some(files) = files_on_disk(&source_folder().join(self.path())) {
            return files;
        }
        let mut files = Vec::new();
        add_embedded(self.embedded(), &mut files);
        files.sort();
        files
    }

    /// The text of a file, by its path inside the folder; empty if there is none.
    #[must_use]
    pub fn text(self, path: &str) -> Cow<'static, str> {
        #[cfg(debug_assertions)]
        if let Ok(text) = std::fs::read_to_string(source_folder().join(self.path()).join(path)) {
            return Cow::Owned(text);
        }
        let text = self.embedded().get_file(path).and_then(|file| file.contents_utf8());
        Cow::Borrowed(text.unwrap_or_default())
    }

    const fn embedded(self) -> &'static Dir<'static> {
        match self {
            Self::Catalog => &CATALOG,
            Self::Exhibits => &EXHIBITS,
            Self::Templates => &TEMPLATES,
        }
    }

    /// Its path in the source folder.
    #[cfg(debug_assertions)]
    const fn path(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Exhibits => "charts/exhibits",
            Self::Templates => "templates",
        }
    }
}

/// The chart theme, as TOML.
#[must_use]
pub fn theme() -> Cow<'static, str> {
    #[cfg(debug_assertions)]
    if let Ok(text) = std::fs::read_to_string(source_folder().join("charts/theme.toml")) {
        return Cow::Owned(text);
    }
    Cow::Borrowed(THEME)
}

fn add_embedded(folder: &'static Dir<'static>, files: &mut Vec<Asset>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            files.push(Asset { path: file.path().to_owned(), text: Cow::Borrowed(text) });
        }
    }
    for inner in folder.dirs() {
        add_embedded(inner, files);
    }
}

#[cfg(debug_assertions)]
fn source_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text files of a folder and its subfolders; `None` if the folder does not exist.
#[cfg(debug_assertions)]
fn files_on_disk(folder: &Path) -> Option<Vec<Asset>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.ok()?;
        if let Ok(text) = std::fs::read_to_string(entry.path()) {
            let path = entry.path().strip_prefix(folder).ok()?.to_owned();
            files.push(Asset { path, text: Cow::Owned(text) });
        }
    }
    files.sort();
    Some(files)
}
