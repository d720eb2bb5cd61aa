//! The sources of a project with their layouts.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{FILE, ProjectError, SourceSpec};
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
    /// All that the layout says, in one text: layouts with the same read the same.
    pub fingerprint: Arc<str>,
}

/// The sources with their layouts. Many may share one, which is read and checked once.
pub(super) fn sources(
    folder: &Path,
    catalog: &Catalog,
    specs: &[SourceSpec],
) -> Result<Vec<Source>, ProjectError> {
    let mut known: BTreeMap<(&str, Option<i32>), Source> = BTreeMap::new();
    let mut sources = Vec::with_capacity(specs.len());
    for spec in specs {
        let first = match known.entry((spec.layout.as_str(), spec.year)) {
            Entry::Occupied(first) => first.into_mut(),
            Entry::Vacant(new) => {
                let layout = Arc::new(source_layout(folder, catalog, spec)?);
                let fingerprint = format!("{layout:?}").into();
                let is_own_layout = !catalog.layouts.contains_key(&spec.layout)
                    || catalog.own.layouts.contains_key(&spec.layout);
                new.insert(Source { path: spec.path.clone(), layout, is_own_layout, fingerprint })
            }
        };
        sources.push(Source { path: spec.path.clone(), ..first.clone() });
    }
    Ok(sources)
}

/// The layouts of sources, each once, in the order in which they are named first.
pub(super) fn layouts(sources: &[Source]) -> Vec<&Layout> {
    let mut seen = BTreeSet::new();
    let new = sources.iter().filter(|source| seen.insert(&source.fingerprint));
    new.map(|source| &*source.layout).collect()
}

/// The layout of a source, with the source's own year.
fn source_layout(folder: &Path, catalog: &Catalog, source: &SourceSpec) -> Result<Layout, ProjectError> {
    let mut layout = layout(folder, catalog, &source.layout)?;
    if let Some(year) = source.year {
        let wrong = |e| ProjectError::Wrong { message: format!("[[source]] year = {year}: {e}") };
        SchoolYear::ending(year).map_err(wrong)?;
        layout.year.from = YearFrom::Fixed;
        layout.year.year = Some(year);
    }
    Ok(layout)
}

fn layout(folder: &Path, catalog: &Catalog, named: &str) -> Result<Layout, ProjectError> {
    if let Some(layout) = catalog.layouts.get(named) {
        return Ok(layout.clone());
    }
    if Path::new(named).extension().is_none_or(|e| e != "toml") {
        crate::catalog::check_known(FILE, "layout", named, catalog.layouts.keys())?;
    }
    let path = folder.join(named);
    let unreadable = |message: String| ProjectError::Unreadable { file: named.to_owned(), message };
    if leads_outside(folder, named) {
        let message = "it is outside of the project's folder: copy it into the project".to_owned();
        return Err(unreadable(message));
    }
    if !path.is_file() {
        return Err(unreadable("there is no such file in the project".to_owned()));
    }
    let text = read_toml(&path).map_err(unreadable)?;
    Ok(catalog.read_layout(named, &text)?)
}

/// Whether a path of the project file, or a link that it names, leaves the project's folder.
fn leads_outside(folder: &Path, named: &str) -> bool {
    let mut steps = Path::new(named).components();
    let real = |path: &Path| path.canonicalize().ok();
    let is_outside = |(path, folder): (PathBuf, PathBuf)| !path.starts_with(folder);
    steps.any(|step| !matches!(step, Component::Normal(_) | Component::CurDir))
        || real(&folder.join(named)).zip(real(folder)).is_some_and(is_outside)
}
