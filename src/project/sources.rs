//! The sources of a project with their layouts.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};
use std::sync::Arc;

use super::check::check_year;
use super::settings::SourceSpec;
use crate::catalog::{
    Catalog, CatalogError, CatalogFault, EntryChecker, EntryPlace, Faults, Layout, Level, YearFrom, nearest,
    read_toml,
};
use crate::domain::SchoolScope;
use crate::wording::cells_read::LAYOUT_ARGUMENT;
use crate::wording::{project as say, settings};

/// A source with its layout, which it may share with others.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the project, as [`SourceSpec::path`].
    pub path: String,
    /// How it is read.
    pub layout: Arc<Layout>,
    /// Whether the layout is the project's own, and not one of the program's.
    pub is_own_layout: bool,
    /// All that the layout says, in one text: layouts with equal texts read the same.
    pub fingerprint: Arc<str>,
}

impl Source {
    /// Of which districts the single schools are kept, of those that are `wanted`: of none if its rows are not about
    /// schools.
    #[must_use]
    pub fn schools<'s>(&self, wanted: &'s SchoolScope) -> &'s SchoolScope {
        match self.layout.level {
            Level::School => wanted,
            Level::District => &SchoolScope::None,
        }
    }
}

/// The layout and year that a source names: sources with the same ones share a layout.
type LayoutChoice<'a> = (&'a str, Option<i32>);

/// The sources with their layouts, except those whose layout is at fault. A layout that several sources name is read and
/// checked once. The checker has the place of the project file.
pub(super) fn read_sources(
    folder: &Path,
    checker: &mut EntryChecker<'_>,
    specs: &[SourceSpec],
) -> Vec<Source> {
    let mut known: BTreeMap<LayoutChoice<'_>, Option<Source>> = BTreeMap::new();
    let mut sources = Vec::with_capacity(specs.len());
    let place = checker.place.under("source");
    for (i, spec) in specs.iter().enumerate() {
        let first = match known.entry((spec.layout.as_str(), spec.year)) {
            Entry::Occupied(first) => first.into_mut(),
            Entry::Vacant(new) => new.insert(Source::read(folder, &mut checker.part(place.item(i)), spec)),
        };
        sources.extend(first.as_ref().map(|first| Source { path: spec.path.clone(), ..first.clone() }));
    }
    sources
}

/// The layouts of sources, each once, in the order in which they are named first.
pub(super) fn distinct_layouts(sources: &[Source]) -> Vec<&Layout> {
    let mut seen = BTreeSet::new();
    let new = sources.iter().filter(|source| seen.insert(&source.fingerprint));
    new.map(|source| &*source.layout).collect()
}

impl Source {
    fn read(folder: &Path, checker: &mut EntryChecker<'_>, spec: &SourceSpec) -> Option<Self> {
        check_year(checker, "year", spec.year);
        let catalog = checker.catalog;
        let mut layout = find_layout(folder, checker, &spec.layout, say::PROJECT_FOLDER)?;
        if spec.year.is_some() {
            layout.year.from = YearFrom::Fixed;
            layout.year.year = spec.year;
        }
        let fingerprint = format!("{layout:?}").into();
        let is_of_program =
            catalog.layouts.contains_key(&spec.layout) && !catalog.own.layouts.contains_key(&spec.layout);
        let layout = Arc::new(layout);
        Some(Self { path: spec.path.clone(), layout, is_own_layout: !is_of_program, fingerprint })
    }
}

/// The layout of the catalog with the id `name`, or the one in the file `name`.
///
/// # Errors
/// If there is none, with the most similar name; and all that is wrong with it.
pub fn named_layout(catalog: &Catalog, name: &Path) -> Result<Layout, CatalogError> {
    let shown = name.to_string_lossy();
    let (folder, file) = match (name.parent(), name.file_name()) {
        (Some(folder), Some(file)) if name.is_file() => (folder, file.to_string_lossy()),
        _ => (Path::new(""), shown),
    };
    // In the current folder, a path without one would lead outside.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut faults = Faults::default();
    let mut checker =
        EntryChecker { catalog, place: EntryPlace::whole(LAYOUT_ARGUMENT), faults: &mut faults };
    let layout = find_layout(folder, &mut checker, &file, say::CURRENT_FOLDER);
    faults.finish()?;
    layout.ok_or_else(|| {
        CatalogFault::new(&*file, None, say::no_layout_file(&file, None, say::CURRENT_FOLDER)).into()
    })
}

/// The layout of the catalog with the id `name`, or the one in the file `name` of the folder; `start` is what
/// users call the folder.
fn find_layout(folder: &Path, checker: &mut EntryChecker<'_>, name: &str, start: &str) -> Option<Layout> {
    let catalog = checker.catalog;
    if let Some(layout) = catalog.layouts.get(name) {
        return Some(layout.clone());
    }
    if Path::new(name).extension().is_none_or(|extension| extension != "toml") {
        checker.known("layout", name, catalog.layouts.keys().map(String::as_str));
        return None;
    }
    if leads_outside(folder, name) {
        checker.report(name, say::layout_file_outside());
        return None;
    }
    let path = folder.join(name);
    if !path.is_file() {
        let files = toml_files(folder, name);
        let nearest = nearest(name, files.iter().map(String::as_str));
        checker.report(name, say::no_layout_file(name, nearest, start));
        return None;
    }
    match read_toml(&path) {
        Ok(text) => catalog.layout(name, &text, checker.faults),
        Err(error) => {
            checker.faults.push(CatalogFault::new(name, None, settings::cannot_be_read(&error)));
            None
        }
    }
}

/// The TOML files in the folder in which the file `name` should be, or where layouts are otherwise.
fn toml_files(folder: &Path, name: &str) -> Vec<String> {
    let own = Path::new(name).parent().unwrap_or(Path::new(""));
    let mut files = Vec::new();
    for inner in [own, Path::new("layouts"), Path::new("")] {
        for entry in std::fs::read_dir(folder.join(inner)).into_iter().flatten().flatten() {
            let path = inner.join(entry.file_name());
            if path.extension().is_some_and(|ending| ending == "toml") {
                files.push(path.display().to_string());
            }
        }
    }
    files
}

/// Whether a path of the project file, or a link that it names, leaves the project's folder.
fn leads_outside(folder: &Path, name: &str) -> bool {
    let mut steps = Path::new(name).components();
    if steps.any(|step| !matches!(step, Component::Normal(_) | Component::CurDir)) {
        return true;
    }
    match (folder.join(name).canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => false,
    }
}
