//! The folder `scorecard` of a project: what came of the plan. A file that a person changed is never replaced; the new one is written
//! beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::plan_files::plan_files;
use super::plan_output::PlanOutput;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, sha256};
use crate::pack::{PackError, WrittenBeside};
use crate::plan::{NumberedGoal, TargetTexts};

/// The list of what was written.
const LIST: &str = ".planned.json";
/// The end of the name of a file that is being written.
const PARTIAL: &str = ".partial";

/// What was written, and the targets that were read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct PlannedList {
    program: String,
    /// The SHA-256 of all that may be in each file: while it is written, of the old and of the new content.
    #[serde(default)]
    files: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    targets: TargetTexts,
    #[serde(default)]
    numbered: Vec<NumberedGoal>,
}

/// The folder.
#[derive(Debug)]
pub struct PlanFolder {
    folder: PathBuf,
    list: PlannedList,
    /// What could not be read there.
    pub problems: Vec<Diagnostic>,
}

/// What was written.
#[derive(Debug, Default)]
pub struct PlanWritten {
    /// The files.
    pub files: Vec<PathBuf>,
    /// Those that a person had changed, each with the file beside it.
    pub beside: Vec<WrittenBeside>,
}

impl PlanFolder {
    /// Looks into the folder.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, PackError> {
        let path = folder.join(LIST);
        let mut opened =
            Self { folder: folder.to_owned(), list: PlannedList::default(), problems: Vec::new() };
        let bytes = match std::fs::read(&path) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(opened);
            }
            bytes => bytes.map_err(|error| file_error(&path, error))?,
        };
        match serde_json::from_slice(&bytes) {
            Ok(list) => opened.list = list,
            // Without the list, all files are those of people, and none of them is replaced.
            Err(_) => opened.problems.push(Diagnostic::room_list_damaged(&opened.shown(LIST))),
        }
        Ok(opened)
    }

    /// The targets when the plan was last read.
    #[must_use]
    pub const fn targets(&self) -> &TargetTexts {
        &self.list.targets
    }

    /// The numbers of the goals when the plan was last read.
    #[must_use]
    pub fn numbered(&self) -> &[NumberedGoal] {
        &self.list.numbered
    }

    /// The name of a file, as messages show it.
    fn shown(&self, name: &str) -> String {
        format!("{}/{name}", self.folder.file_name().unwrap_or_default().to_string_lossy())
    }

    /// Writes all files of a plan.
    ///
    /// # Errors
    /// [`PackError::File`] if a file cannot be made or written.
    pub fn write(mut self, output: &PlanOutput<'_>) -> Result<PlanWritten, PackError> {
        let files = plan_files(output)?;
        disk::create_folders(&self.folder).map_err(|error| file_error(&self.folder, error))?;
        self.remove_leftovers()?;
        let mut written = PlanWritten::default();
        for file in files {
            let free = self.free_name(file.name)?;
            let path = self.folder.join(&free);
            let hash = sha256(file.bytes.as_slice()).map_err(|error| file_error(&path, error))?;
            self.list.files.entry(free.clone()).or_default().insert(hash.clone());
            self.write_list()?;
            disk::replace_file(&path, &self.temporary(&free), &file.bytes)
                .map_err(|error| file_error(&path, error))?;
            self.list.files.insert(free.clone(), BTreeSet::from([hash]));
            if free != file.name {
                let kept = self.folder.join(file.name);
                written.beside.push(WrittenBeside { kept, beside: path.clone() });
            }
            written.files.push(path);
        }
        self.list.targets.clone_from(&output.state.targets);
        self.list.numbered = output.numbered.to_vec();
        self.write_list()?;
        Ok(written)
    }

    /// Removes what a killed run left half written.
    fn remove_leftovers(&self) -> Result<(), PackError> {
        let entries = std::fs::read_dir(&self.folder).map_err(|error| file_error(&self.folder, error))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of = name.strip_prefix('.').and_then(|name| name.strip_suffix(PARTIAL));
            if of.is_some_and(|of| of == LIST || self.list.files.contains_key(of)) {
                disk::remove_file(&entry.path()).map_err(|error| file_error(&entry.path(), error))?;
            }
        }
        Ok(())
    }

    /// The name itself, or one beside it if a person changed that file.
    fn free_name(&self, name: &str) -> Result<String, PackError> {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut number = 0;
        loop {
            let free = match number {
                0 => name.to_owned(),
                1 => format!("{stem}-new.{ending}"),
                number => format!("{stem}-new-{number}.{ending}"),
            };
            if self.may_replace(&free)? {
                return Ok(free);
            }
            number += 1;
        }
    }

    /// Whether there is no such file, or one that is as the program wrote it.
    fn may_replace(&self, name: &str) -> Result<bool, PackError> {
        let path = self.folder.join(name);
        match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(file_error(&path, error)),
            Ok(bytes) => {
                let hash = sha256(bytes.as_slice()).map_err(|error| file_error(&path, error))?;
                Ok(self.list.files.values().any(|known| known.contains(&hash)))
            }
        }
    }

    fn write_list(&mut self) -> Result<(), PackError> {
        "retreat".clone_into(&mut self.list.program);
        let path = self.folder.join(LIST);
        let bytes = serde_json::to_vec_pretty(&self.list)
            .map_err(|error| PackError::File { name: LIST.to_owned(), source: error.into() })?;
        disk::replace_file(&path, &self.temporary(LIST), &bytes).map_err(|error| file_error(&path, error))
    }

    fn temporary(&self, name: &str) -> PathBuf {
        self.folder.join(format!(".{name}{PARTIAL}"))
    }
}

fn file_error(path: &Path, error: io::Error) -> PackError {
    PackError::File { name: path.display().to_string(), source: error.into() }
}
