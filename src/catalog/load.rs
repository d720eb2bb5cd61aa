//! Loading and checking the catalog.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

use super::exhibit::ExhibitFile;
use super::groups::{DomainFile, GroupFile};
use super::measure::{MeasureFile, PriceFile};
use super::methods::MethodFile;
use super::rule::RuleFile;
use super::toml_text::{from_toml, read_toml};
use super::{
    Catalog, DisclosureSpec, Groups, Layout, Markers, OwnEntries, PeersSpec, ReadinessSpec, Synonyms, check,
    protection,
};

static CATALOG: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/catalog");
static EXHIBITS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/charts/exhibits");

/// What is wrong with a catalog: the file, and a sentence that says what and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct CatalogError {
    /// The catalog file.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

impl CatalogError {
    pub(super) fn new(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), message: message.into() }
    }
}

/// One catalog file's path inside the catalog, and its text.
type Text = (PathBuf, String);

impl Catalog {
    /// The embedded catalog.
    ///
    /// # Errors
    /// The first entry that does not hold together; a test makes sure that the embedded catalog does.
    pub fn embedded() -> Result<Self, CatalogError> {
        Self::with_project(None)
    }

    /// The embedded catalog, with the `catalog/` of the project in `folder` read after it if there is one.
    ///
    /// # Errors
    /// See [`Catalog::with_project`].
    pub fn of_project(folder: &Path) -> Result<Self, CatalogError> {
        let own = folder.join("catalog");
        // A link that leads nowhere is not passed over.
        Self::with_project(std::fs::symlink_metadata(&own).is_ok().then_some(own.as_path()))
    }

    /// The embedded catalog with a project's own `catalog/` folder read after it: entries with a known id
    /// replace it, others are added. What protects students can be raised, not lowered.
    ///
    /// # Errors
    /// The first file that cannot be read, or entry that does not hold together or lowers what protects students.
    pub fn with_project(folder: Option<&Path>) -> Result<Self, CatalogError> {
        let mut texts = embedded_texts(&CATALOG, "catalog");
        texts.extend(embedded_texts(&EXHIBITS, "exhibits"));
        let mut program = Self::from_texts(&texts)?;
        let Some(folder) = folder else {
            check::check(&program)?;
            program.own = OwnEntries::default();
            return Ok(program);
        };
        let of_project = project_texts(folder)?;
        let own = Self::from_texts(&of_project)?;
        texts.extend(of_project);
        let mut catalog = Self::from_texts(&texts)?;
        check::check(&catalog)?;
        protection::check(&own, &program)?;
        catalog.own = own.own;
        Ok(catalog)
    }

    fn from_texts(texts: &[Text]) -> Result<Self, CatalogError> {
        let mut catalog = Self::default();
        let (mut groups, mut subjects) = (Vec::new(), Vec::new());
        let mut all: [Vec<String>; 2] = Default::default();
        for (path, text) in texts {
            let folder = path.parent().and_then(Path::file_name).and_then(|f| f.to_str()).unwrap_or("");
            let name = path.file_name().and_then(|f| f.to_str()).unwrap_or("");
            match (folder, name) {
                ("measures", _) => {
                    let file: MeasureFile = parse(path, text)?;
                    let ids = file.measure.iter().map(|m| (m.id.clone(), path.display().to_string()));
                    catalog.own.measures.extend(ids);
                    catalog.measures.extend(file.measure.into_iter().map(|m| (m.id.clone(), m)));
                }
                ("rules", _) => {
                    let file: RuleFile = parse(path, text)?;
                    file.rule.into_iter().for_each(|rule| replace(&mut catalog.rules, rule, |r| &r.id));
                }
                ("layouts", _) => {
                    let layout: Layout = parse(path, text)?;
                    catalog.own.layouts.insert(layout.id.clone(), path.display().to_string());
                    catalog.layouts.insert(layout.id.clone(), layout);
                }
                ("exhibits", _) => {
                    let file: ExhibitFile = parse(path, text)?;
                    file.exhibit.into_iter().for_each(|e| replace(&mut catalog.exhibits, e, |e| &e.id));
                }
                (_, "domains.toml") => catalog.domains = parse::<DomainFile>(path, text)?.domain,
                (_, "groups.toml") => {
                    let file: GroupFile = parse(path, text)?;
                    let spellings = [file.all, file.all_subjects];
                    all.iter_mut().zip(spellings).for_each(|(known, more)| known.extend(more));
                    file.group.into_iter().for_each(|g| replace(&mut groups, g, |g| &g.id));
                    file.subject.into_iter().for_each(|s| replace(&mut subjects, s, |s| &s.id));
                }
                (_, "markers.toml") => catalog.markers = parse::<Markers>(path, text)?,
                (_, "synonyms.toml") => catalog.synonyms = parse::<Synonyms>(path, text)?,
                (_, "readiness.toml") => catalog.readiness = parse::<ReadinessSpec>(path, text)?,
                (_, "disclosure.toml") => catalog.disclosure.add(parse::<DisclosureSpec>(path, text)?),
                (_, "methods.toml") => catalog.methods = parse::<MethodFile>(path, text)?.method,
                (_, "peers.toml") => catalog.peers = parse::<PeersSpec>(path, text)?,
                (_, "prices.toml") => catalog.prices = prices(path, text)?,
                _ => return Err(CatalogError::new(path.display().to_string(), "is no part of a catalog")),
            }
        }
        catalog.groups = Groups::new(groups, subjects, all);
        let order = |id: &str| catalog.domains.iter().position(|d| d.id == id).unwrap_or(usize::MAX);
        catalog.exhibits.sort_by_key(|e| order(&e.domain));
        Ok(catalog)
    }

    /// Reads a layout from the text of a project's own layout file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_layout(&self, file: &str, text: &str) -> Result<Layout, CatalogError> {
        let layout: Layout = parse(Path::new(file), text)?;
        check::check_layout(self, &layout)?;
        Ok(layout)
    }
}

fn replace<T>(all: &mut Vec<T>, new: T, id: impl Fn(&T) -> &String) {
    match all.iter_mut().find(|old| id(old) == id(&new)) {
        Some(old) => *old = new,
        None => all.push(new),
    }
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, CatalogError> {
    from_toml(text).map_err(|e| CatalogError::new(path.display().to_string(), e))
}

fn prices(path: &Path, text: &str) -> Result<BTreeMap<i32, f64>, CatalogError> {
    let file: PriceFile = parse(path, text)?;
    let wrong = |year: &str| {
        CatalogError::new(
            path.display().to_string(),
            format!("{year:?} is not a year (source: {})", file.source),
        )
    };
    file.index.iter().map(|(year, index)| Ok((year.parse().map_err(|_| wrong(year))?, *index))).collect()
}

fn embedded_texts(dir: &Dir<'_>, root: &str) -> Vec<Text> {
    let mut texts: Vec<Text> = dir
        .files()
        .filter_map(|f| Some((Path::new(root).join(f.path()), f.contents_utf8()?.to_owned())))
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "toml"))
        .chain(dir.dirs().flat_map(|d| embedded_texts(d, root)))
        .collect();
    texts.sort();
    texts
}

/// The catalog files of a project, wherever they lie in its `catalog/`. What a link leads to must lie in the folder that
/// the catalog lies in.
fn project_texts(folder: &Path) -> Result<Vec<Text>, CatalogError> {
    let wrong = |path: &Path, message: &str| CatalogError::new(path.display().to_string(), message);
    let unreadable = |path: &Path, e: &dyn std::fmt::Display| wrong(path, &format!("cannot be read: {e}"));
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let project = parent.canonicalize().map_err(|e| unreadable(parent, &e))?;
    let mut texts = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|e| unreadable(e.path().unwrap_or(folder), &e))?;
        let path = entry.path();
        let real = path.canonicalize().map_err(|e| unreadable(path, &e))?;
        if !real.starts_with(&project) {
            return Err(wrong(
                path,
                "is a link out of the project's folder: copy what it leads to into the project",
            ));
        }
        if entry.depth() == 0 && !entry.file_type().is_dir() {
            return Err(wrong(path, "is not a folder; a project's own catalog is a folder of .toml files"));
        }
        if entry.file_type().is_file() && path.extension().is_some_and(|e| e == "toml") {
            let text = read_toml(path).map_err(|e| unreadable(path, &e))?;
            texts.push((path.to_owned(), text));
        }
    }
    texts.sort();
    Ok(texts)
}
