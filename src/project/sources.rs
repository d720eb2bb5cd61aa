//! The sources of a project with their layouts.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};
use std::sync::Arc;

use super::error::{FILE, ProjectError};
use super::settings::SourceSpec;
use crate::catalog::{Catalog, Layout, YearFrom, read_toml};
use crate::domain::SchoolYear;

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

/// The layout and year that a source names: sources with the same ones share a layout.
type LayoutChoice<'a> = (&'a str, Option<i32>);

/// The sources with their layouts. A layout that several sources name is read and checked once.
pub(super) fn read_sources(
    folder: &Path,
    catalog: &Catalog,
    specs: &[SourceSpec],
) -> Result<Vec<Source>, ProjectError> {
    let mut known: BTreeMap<LayoutChoice<'_>, Source> = BTreeMap::new();
    let mut sources = Vec::with_capacity(specs.len());
    for spec in specs {
        let first = match known.entry((spec.layout.as_str(), spec.year)) {
            Entry::Occupied(first) => first.into_mut(),
            Entry::Vacant(new) => new.insert(Source::read(folder, catalog, spec)?),
        };
        sources.push(Source { path: spec.path.clone(), ..first.clone() });
    }
    Ok(sources)
}

/// The layouts of sources, each once, in the order in which they are named first.
pub(super) fn distinct_layouts(sources: &[Source]) -> Vec<&Layout> {
    let mut seen = BTreeSet::new();
    let new = sources.iter().filter(|source| seen.insert(&source.fingerprint));
    new.map(|source| &*source.layout).collect()
}

impl Source {
    fn read(folder: &Path, catalog: &Catalog, spec: &SourceSpec) -> Result<Self, ProjectError> {
        let layout = Arc::new(source_layout(folder, catalog, spec)?);
        let fingerprint = format!("{layout:?}").into();
        let is_of_program =
            catalog.layouts.contains_key(&spec.layout) && !catalog.own.layouts.contains_key(&spec.layout);
        Ok(Self { path: spec.path.clone(), layout, is_own_layout: !is_of_program, fingerprint })
    }
}

/// The layout of a source, with the source's own year.
fn source_layout(folder: &Path, catalog: &Catalog, source: &SourceSpec) -> Result<Layout, ProjectError> {
    let mut layout = find_layout(folder, catalog, &source.layout)?;
    if let Some(year) = source.year {
        if let Err(error) = SchoolYear::ending(year) {
            return Err(ProjectError::Wrong { message: format!("[[source]] year = {year}: {error}") });
        }
        layout.year.from = YearFrom::Fixed;
        layout.year.year = Some(year);
    }
    Ok(layout)
}

/// The layout of the catalog with the id `name`, or the one in the project's file `name`.
fn find_layout(folder: &Path, catalog: &Catalog, name: &str) -> Result<Layout, ProjectError> {
    if let Some(layout) = catalog.layouts.get(name) {
        return Ok(layout.clone());
    }
    if Path::new(name).extension().is_none_or(|extension| extension != "toml") {
        crate::catalog::check_known(FILE, "layout", name, catalog.layouts.keys())?;
    }
    let text = read_layout_text(folder, name)
        .map_err(|message| ProjectError::Unreadable { file: name.to_owned(), message })?;
    Ok(catalog.read_layout(name, &text)?)
}

/// The text of a layout file of the project.
///
/// # Errors
/// What is wrong, in plain words.
fn read_layout_text(folder: &Path, name: &str) -> Result<String, String> {
    if leads_outside(folder, name) {
        return Err("it is outside of the project's folder: copy it into the project".to_owned());
    }
    let path = folder.join(name);
    if !path.is_file() {
        return Err("there is no such file in the project".to_owned());
    }
    read_toml(&path)
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
