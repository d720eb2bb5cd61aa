//! Small projects for tests, and what is read from them.

use std::path::{Path, PathBuf};

use retreat::catalog::Catalog;
use retreat::diagnostic::Diagnostic;
use retreat::domain::{DistrictId, Grade, MeasureKey, Status};
use retreat::project::{Project, ProjectError};
use retreat::run::{Data, Session};

/// The repository's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A temporary folder for a small project, in memory where the system has a folder for that: the program flushes what it
/// writes, and waiting for a disk proves nothing.
pub(crate) fn temporary_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// A project in its own temporary folder, with files copied or written into it.
pub(crate) struct Made {
    pub(crate) folder: tempfile::TempDir,
    /// Further lines of `[retreat]`.
    retreat: String,
    sources: String,
    rest: String,
}

impl Made {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, retreat: String::new(), sources: String::new(), rest: String::new() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Copies a file of the repository and adds it as a source.
    pub(crate) fn copy(self, file: &str, layout: &str) -> Self {
        let from = root().join(file);
        let name = from.file_name().unwrap().to_string_lossy().into_owned();
        std::fs::copy(&from, self.path().join(&name)).unwrap();
        self.source(&name, layout)
    }

    /// Writes a file and adds it as a source.
    pub(crate) fn write(self, name: &str, content: &[u8], layout: &str) -> Self {
        std::fs::write(self.path().join(name), content).unwrap();
        self.source(name, layout)
    }

    pub(crate) fn source(mut self, path: &str, layout: &str) -> Self {
        self.sources.push_str(&format!("[[source]]\npath = {path:?}\nlayout = {layout:?}\n"));
        self
    }

    /// Sets the school year of the last source.
    pub(crate) fn year(mut self, year: i32) -> Self {
        self.sources.push_str(&format!("year = {year}\n"));
        self
    }

    /// Writes a layout file that sources can name.
    pub(crate) fn layout(self, name: &str, text: &str) -> Self {
        std::fs::write(self.path().join(name), text).unwrap();
        self
    }

    /// Adds a line to `[retreat]`.
    pub(crate) fn retreat(mut self, line: &str) -> Self {
        self.retreat.push_str(line);
        self
    }

    pub(crate) fn also(mut self, toml: &str) -> Self {
        self.rest.push_str(toml);
        self
    }

    pub(crate) fn open(&self, district: &str) -> Project {
        self.try_open(district).unwrap()
    }

    /// Opens it, or returns why it cannot be opened.
    pub(crate) fn try_open(&self, district: &str) -> Result<Project, ProjectError> {
        let Self { retreat, sources, rest, .. } = self;
        let text =
            format!("[retreat]\ntitle = \"Test\"\ndistrict = {district:?}\n{retreat}\n{sources}\n{rest}");
        std::fs::write(self.path().join("retreat.toml"), text).unwrap();
        Project::open(self.path())
    }

    /// Reads everything.
    pub(crate) fn read(&self) -> Read {
        Read { data: Session::read(&self.open("1")).unwrap().data }
    }
}

/// What was read.
pub(crate) struct Read {
    pub(crate) data: Data,
}

/// A key from `measure`, `measure/group`, `measure/group/grade` or `measure/group/grade/subject`.
pub(crate) fn key(text: &str) -> MeasureKey {
    let mut parts = text.split('/').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_else(|| "all".to_owned());
    MeasureKey { measure: next(), group: next(), grade: Grade::parse(&next()).unwrap(), subject: next() }
}

impl Read {
    /// Value and status of a series in a year; `None` if there is no row.
    pub(crate) fn at(&self, district: &str, year: i32, text: &str) -> Option<(Option<f64>, Status)> {
        let released = &self.data.released;
        let run = released.run(&key(text))?;
        let code = released.terms().district(&DistrictId::new(district).unwrap())?;
        let view = released.view().unwrap();
        let row = view.rows(view.of_district(run, code)).find(|r| r.year == year)?;
        Some((row.value, row.status))
    }

    /// The value, or NaN if there is none (so that a comparison fails).
    pub(crate) fn value(&self, district: &str, year: i32, text: &str) -> f64 {
        self.at(district, year, text).and_then(|(value, _)| value).unwrap_or(f64::NAN)
    }

    /// The cells behind a value, as shown.
    pub(crate) fn cells(&self, district: &str, year: i32, text: &str) -> Vec<String> {
        let released = &self.data.released;
        let run = released.run(&key(text)).unwrap();
        let code = released.terms().district(&DistrictId::new(district).unwrap()).unwrap();
        let view = released.view().unwrap();
        let row = view.rows(view.of_district(run, code)).find(|r| r.year == year).unwrap();
        released.places(row.row).iter().map(ToString::to_string).collect()
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<_> = self.data.diagnostics.iter().map(|d| d.id.as_ref()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    pub(crate) fn problem(&self, id: &str) -> &Diagnostic {
        let found = self.data.diagnostics.iter().find(|d| d.id == id);
        found.unwrap_or_else(|| panic!("no {id} among {:?}", self.ids()))
    }
}

/// The embedded catalog.
pub(crate) fn catalog() -> Catalog {
    Catalog::embedded().unwrap()
}
