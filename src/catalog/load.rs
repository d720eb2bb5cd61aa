//! Loads the catalog: the embedded files, then those of a project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::error::CatalogError;
use super::exhibit::ExhibitFile;
use super::groups::{DomainFile, GroupFile};
use super::measure::{MeasureFile, PriceFile};
use super::methods::MethodFile;
use super::rule::RuleFile;
use super::toml_text::{from_toml, read_toml};
use super::{Catalog, ExhibitSpec, Group, Groups, Layout, OwnEntries, Rule, Subject, check, protection};
use crate::assets::{Asset, AssetFolder};

/// A file of the catalog. Files are sorted by their paths.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CatalogFile {
    /// Its path in the catalog.
    path: PathBuf,
    text: String,
}

impl Catalog {
    /// The embedded catalog.
    ///
    /// # Errors
    /// The first inconsistent entry; a test ensures that the embedded catalog has none.
    pub fn embedded() -> Result<Self, CatalogError> {
        Self::with_project(None)
    }

    /// The embedded catalog plus the `catalog/` of the project in `folder`, if there is one, which is read
    /// after it.
    ///
    /// # Errors
    /// See [`Catalog::with_project`].
    pub fn of_project(folder: &Path) -> Result<Self, CatalogError> {
        let own = folder.join("catalog");
        // A link with a missing target counts as existing, so that it is reported.
        Self::with_project(std::fs::symlink_metadata(&own).is_ok().then_some(own.as_path()))
    }

    /// The embedded catalog plus a project's own `catalog/` folder, which is read after it: entries with a
    /// known id replace those in the catalog, others are added. The protection of students can be raised, not
    /// lowered.
    ///
    /// # Errors
    /// The first file that cannot be read, or the first entry that is inconsistent or lowers the protection
    /// of students.
    pub fn with_project(folder: Option<&Path>) -> Result<Self, CatalogError> {
        let mut files = carried_files(AssetFolder::Catalog, "catalog");
        files.extend(carried_files(AssetFolder::Exhibits, "exhibits"));
        let mut program = Self::from_files(&files)?;
        let Some(folder) = folder else {
            check::check(&program)?;
            program.own = OwnEntries::default();
            return Ok(program);
        };
        let project_files = project_files(folder)?;
        let own = Self::from_files(&project_files)?;
        files.extend(project_files);
        let mut catalog = Self::from_files(&files)?;
        check::check(&catalog)?;
        protection::check(&own, &program)?;
        catalog.own = own.own;
        Ok(catalog)
    }

    /// The entries of all files; if several have the same id, the last one counts.
    fn from_files(files: &[CatalogFile]) -> Result<Self, CatalogError> {
        let mut loader = CatalogLoader::default();
        files.iter().try_for_each(|file| loader.add(file))?;
        Ok(loader.finish())
    }

    /// Reads a layout from the text of a layout file in a project.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_layout(&self, file: &str, text: &str) -> Result<Layout, CatalogError> {
        let layout: Layout = parse(Path::new(file), text)?;
        check::check_layout(self, &layout)?;
        Ok(layout)
    }
}

/// Collects the entries of catalog files, in their order.
#[derive(Default)]
struct CatalogLoader {
    /// All entries except groups and subjects.
    catalog: Catalog,
    groups: Vec<Group>,
    subjects: Vec<Subject>,
    /// Spellings of "all students".
    all_students: Vec<String>,
    /// Spellings of "all subjects".
    all_subjects: Vec<String>,
}

impl CatalogLoader {
    /// Adds the entries of a file. Their kind is given by the file's folder or, failing that, its name.
    fn add(&mut self, file: &CatalogFile) -> Result<(), CatalogError> {
        let folder = file.path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        match folder.unwrap_or("") {
            "measures" => self.add_measures(file),
            "rules" => self.add_rules(file),
            "layouts" => self.add_layout(file),
            "exhibits" => self.add_exhibits(file),
            _ => self.add_single_file(file),
        }
    }

    fn add_measures(&mut self, file: &CatalogFile) -> Result<(), CatalogError> {
        for measure in file.parse::<MeasureFile>()?.measure {
            self.catalog.own.measures.insert(measure.id.clone(), file.shown_path());
            self.catalog.measures.insert(measure.id.clone(), measure);
        }
        Ok(())
    }

    fn add_rules(&mut self, file: &CatalogFile) -> Result<(), CatalogError> {
        replace_all(&mut self.catalog.rules, file.parse::<RuleFile>()?.rule);
        Ok(())
    }

    fn add_layout(&mut self, file: &CatalogFile) -> Result<(), CatalogError> {
        let layout: Layout = file.parse()?;
        self.catalog.own.layouts.insert(layout.id.clone(), file.shown_path());
        self.catalog.layouts.insert(layout.id.clone(), layout);
        Ok(())
    }

    fn add_exhibits(&mut self, file: &CatalogFile) -> Result<(), CatalogError> {
        replace_all(&mut self.catalog.exhibits, file.parse::<ExhibitFile>()?.exhibit);
        Ok(())
    }

    /// Adds one of the files that contain all entries of their kind.
    fn add_single_file(&mut self, file: &CatalogFile) -> Result<(), CatalogError> {
        let catalog = &mut self.catalog;
        match file.path.file_name().and_then(|name| name.to_str()).unwrap_or("") {
            "domains.toml" => catalog.domains = file.parse::<DomainFile>()?.domain,
            "groups.toml" => self.add_groups(file.parse()?),
            "markers.toml" => catalog.markers = file.parse()?,
            "synonyms.toml" => catalog.synonyms = file.parse()?,
            "readiness.toml" => catalog.readiness = file.parse()?,
            "disclosure.toml" => catalog.disclosure.add(file.parse()?),
            "methods.toml" => catalog.methods = file.parse::<MethodFile>()?.method,
            "peers.toml" => catalog.peers = file.parse()?,
            "prices.toml" => catalog.prices = prices(file)?,
            _ => return Err(file.error("is no part of a catalog")),
        }
        Ok(())
    }

    fn add_groups(&mut self, file: GroupFile) {
        self.all_students.extend(file.all);
        self.all_subjects.extend(file.all_subjects);
        replace_all(&mut self.groups, file.group);
        replace_all(&mut self.subjects, file.subject);
    }

    /// The catalog, with its exhibits sorted by domain.
    fn finish(self) -> Catalog {
        let mut catalog = self.catalog;
        catalog.groups = Groups::new(self.groups, self.subjects, self.all_students, self.all_subjects);
        let mut exhibits = std::mem::take(&mut catalog.exhibits);
        exhibits.sort_by_key(|exhibit| catalog.domain_position(&exhibit.domain));
        catalog.exhibits = exhibits;
        catalog
    }
}

impl Catalog {
    /// The position of a domain; if it does not exist, after all others.
    fn domain_position(&self, id: &str) -> usize {
        self.domains.iter().position(|domain| domain.id == id).unwrap_or(usize::MAX)
    }
}

/// An entry in a list with unique ids.
trait ListEntry {
    fn id(&self) -> &str;
}

impl ListEntry for Rule {
    fn id(&self) -> &str {
        &self.id
    }
}

impl ListEntry for ExhibitSpec {
    fn id(&self) -> &str {
        &self.id
    }
}

impl ListEntry for Group {
    fn id(&self) -> &str {
        &self.id
    }
}

impl ListEntry for Subject {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Adds entries to a list; one with a known id replaces the old one.
fn replace_all<T: ListEntry>(all: &mut Vec<T>, entries: Vec<T>) {
    for entry in entries {
        match all.iter_mut().find(|old| old.id() == entry.id()) {
            Some(old) => *old = entry,
            None => all.push(entry),
        }
    }
}

impl CatalogFile {
    fn parse<T: DeserializeOwned>(&self) -> Result<T, CatalogError> {
        parse(&self.path, &self.text)
    }

    fn shown_path(&self) -> String {
        self.path.display().to_string()
    }

    fn error(&self, message: impl Into<String>) -> CatalogError {
        CatalogError::new(self.shown_path(), message)
    }
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, CatalogError> {
    from_toml(text).map_err(|e| CatalogError::new(path.display().to_string(), e))
}

/// Consumer prices by the school year's end.
fn prices(file: &CatalogFile) -> Result<BTreeMap<i32, f64>, CatalogError> {
    let PriceFile { source, index } = file.parse()?;
    let mut prices = BTreeMap::new();
    for (text, price) in index {
        match text.parse() {
            Ok(year) => prices.insert(year, price),
            Err(_) => return Err(file.error(format!("{text:?} is not a year (source: {source})"))),
        };
    }
    Ok(prices)
}

/// The embedded TOML files in a folder; their paths begin with `root`.
fn carried_files(folder: AssetFolder, root: &str) -> Vec<CatalogFile> {
    let mut files = Vec::new();
    for Asset { path, text } in folder.files() {
        if is_toml(&path) {
            files.push(CatalogFile { path: Path::new(root).join(path), text: text.into_owned() });
        }
    }
    files
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

/// The catalog files anywhere in a project's `catalog/`. Targets of links must be inside the folder that
/// contains the catalog.
fn project_files(folder: &Path) -> Result<Vec<CatalogFile>, CatalogError> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let project = canonical(parent)?;
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|e| unreadable(e.path().unwrap_or(folder), &e))?;
        let path = entry.path();
        if !canonical(path)?.starts_with(&project) {
            return Err(path_error(
                path,
                "is a link out of the project's folder: copy what it leads to into the project",
            ));
        }
        if entry.depth() == 0 && !entry.file_type().is_dir() {
            return Err(path_error(
                path,
                "is not a folder; a project's own catalog is a folder of .toml files",
            ));
        }
        if entry.file_type().is_file() && is_toml(path) {
            let text = read_toml(path).map_err(|e| unreadable(path, &e))?;
            files.push(CatalogFile { path: path.to_owned(), text });
        }
    }
    files.sort();
    Ok(files)
}

/// A path with links resolved.
fn canonical(path: &Path) -> Result<PathBuf, CatalogError> {
    path.canonicalize().map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> CatalogError {
    path_error(path, &format!("cannot be read: {error}"))
}

fn path_error(path: &Path, message: &str) -> CatalogError {
    CatalogError::new(path.display().to_string(), message)
}
