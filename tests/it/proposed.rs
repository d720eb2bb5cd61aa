//! A folder of files, read by the layouts that `retreat init` proposes.

use std::path::Path;
use std::process::{Command, Output};

use retreat::domain::Status;
use retreat::project::Project;
use retreat::run::Session;

use crate::project::temporary_folder;

/// A folder with one text table, read by the layout that `init` proposes.
pub(crate) struct Proposed {
    folder: tempfile::TempDir,
    output: Output,
}

impl Proposed {
    pub(crate) fn new(table: &str) -> Self {
        Self::with_files(&[("data.csv", table)])
    }

    /// The same with several files.
    pub(crate) fn with_files(files: &[(&str, &str)]) -> Self {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        Self::with_contents(&files, &[])
    }

    /// The same with files of any kind, and more arguments.
    pub(crate) fn with_contents(files: &[(&str, &[u8])], more: &[&str]) -> Self {
        let folder = temporary_folder();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
        let output = command.arg("init").arg(folder.path()).args(more).output().unwrap();
        Self { folder, output }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What `init` said.
    pub(crate) fn said(&self) -> String {
        let Output { stdout, stderr, .. } = &self.output;
        format!("{}{}", String::from_utf8_lossy(stdout), String::from_utf8_lossy(stderr))
    }

    /// The text of the project file.
    pub(crate) fn project(&self) -> String {
        std::fs::read_to_string(self.path().join("retreat.toml")).unwrap()
    }

    /// The text of a file of the project; empty if there is none.
    pub(crate) fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }

    /// The text of a proposed layout; empty if there is none.
    pub(crate) fn layout(&self) -> String {
        let Ok(mut layouts) = std::fs::read_dir(self.path().join("layouts")) else { return String::new() };
        std::fs::read_to_string(layouts.next().unwrap().unwrap().path()).unwrap()
    }

    /// A district's enrollment; `None` if it was not read.
    pub(crate) fn enrollment(&self, district: &str, year: i32) -> Option<f64> {
        self.value(district, year, "enrollment")
    }

    /// A value by its key, such as `proficiency-rate/all/03/reading`; `None` if it was not read. The figures are
    /// declared public, so none is withheld.
    pub(crate) fn value(&self, district: &str, year: i32, key: &str) -> Option<f64> {
        for path in std::fs::read_dir(self.path().join("layouts")).ok()? {
            let path = path.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace("\n# public = true", "\npublic = true")).unwrap();
        }
        // A project of which no table can be read yet has no source.
        let project = Project::open(self.path()).ok()?;
        let read = crate::project::Read { data: Session::read(&project).unwrap().data };
        let (value, status) = read.at(district, year, key)?;
        (status == Status::Reported).then_some(value?)
    }
}
