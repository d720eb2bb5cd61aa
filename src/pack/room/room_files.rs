//! The folder `swot` of a project: what the program writes there, and what people change.
//!
//! A file that a person changed is never replaced: the new one gets another name, and what the person changed counts in it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use sheets::{Input, SourceFile};

use super::decided::MergedList;
use super::room_write::new_files;
use crate::disk::{self, sha256};
use crate::pack::PackError;
use crate::room::{
    ItemPair, MergeDecisions, MergedBallots, RoomEdit, RoomSpec, confirmed_pairs, room_edits, shown_items,
};

/// The names of the files, without their endings.
pub(super) const CONSENSUS: &str = "consensus";
pub(super) const LOG: &str = "log";
pub(super) const DUPLICATES: &str = "duplicates";
pub(super) const FEEDBACK: &str = "feedback";
pub(super) const FEEDBACK_FORM: &str = "feedback-form";
pub(super) const FEEDBACK_COMMENTS: &str = "feedback-comments";
/// The list of what was written.
const LIST: &str = ".merged.json";
/// The end of the name of a file that is being written.
const PARTIAL: &str = ".partial";

/// The folder of the room in a project.
#[derive(Debug)]
pub struct RoomFolder {
    folder: PathBuf,
    list: MergedList,
    /// The files that people changed.
    changed: BTreeSet<String>,
    /// The pairs in files that people changed, judged or not.
    listed: BTreeSet<ItemPair>,
    /// What people decided.
    pub decisions: MergeDecisions,
}

/// What was written.
#[derive(Debug, Default)]
pub struct RoomWritten {
    /// The files that were written.
    pub files: Vec<PathBuf>,
    /// Files that a person changed, each with the name of the one that was written beside it.
    pub beside: Vec<WrittenBeside>,
    /// The file with pairs to judge, if there are any that are new.
    pub pairs: Option<PathBuf>,
}

/// A file that was written beside one that a person changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenBeside {
    /// The file that stays.
    pub kept: PathBuf,
    /// The new one.
    pub beside: PathBuf,
}

impl RoomFolder {
    /// Whether something was merged into the folder.
    #[must_use]
    pub fn is_merged(folder: &Path) -> bool {
        folder.join(LIST).is_file()
    }

    /// Looks into the folder, and reads what people decided there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(folder: &Path, spec: &RoomSpec) -> Result<Self, PackError> {
        let bytes = std::fs::read(folder.join(LIST)).unwrap_or_default();
        let mut room = Self {
            folder: folder.to_owned(),
            list: MergedList::read(&bytes),
            changed: BTreeSet::new(),
            listed: BTreeSet::new(),
            decisions: MergeDecisions::default(),
        };
        for name in room.files_there()? {
            room.read_changed(&name, spec)?;
        }
        room.decide();
        Ok(room)
    }

    /// The files of the room that are there, sorted.
    fn files_there(&self) -> Result<Vec<String>, PackError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| file_error(&self.folder.display().to_string(), error))?,
        };
        let mut names: Vec<String> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| [CONSENSUS, LOG, DUPLICATES, FEEDBACK].iter().any(|stem| name.starts_with(stem)));
        names.sort();
        Ok(names)
    }

    fn read_changed(&mut self, name: &str, spec: &RoomSpec) -> Result<(), PackError> {
        let path = self.folder.join(name);
        let bytes = std::fs::read(&path).map_err(|error| file_error(name, error))?;
        let hash = sha256(bytes.as_slice()).map_err(|error| file_error(name, error))?;
        if self.list.is_ours(name, &hash) {
            return Ok(());
        }
        self.changed.insert(name.to_owned());
        let file: SourceFile = sheets::read(&Input::File(path), name).value;
        if name.starts_with(CONSENSUS) {
            let edits = room_edits(&self.list.items(name), &shown_items(&file, spec));
            self.list.edits.insert(name.to_owned(), edits);
        } else if name.starts_with(DUPLICATES) {
            let pairs = confirmed_pairs(&file, spec);
            self.listed.extend(pairs.iter().map(|confirmed| confirmed.pair.clone()));
            self.list.pairs.insert(name.to_owned(), pairs.into_iter().map(Into::into).collect());
        }
        Ok(())
    }

    /// All decisions together. What people changed in files that are there counts more than in files that are gone.
    fn decide(&mut self) {
        let mut edits: BTreeMap<String, RoomEdit> = BTreeMap::new();
        for is_there in [false, true] {
            let of_files =
                self.list.edits.iter().filter(|(name, _)| self.changed.contains(*name) == is_there);
            for edit in of_files.flat_map(|(_, edits)| edits) {
                let whole = edits.entry(edit.item.clone()).or_insert_with(|| RoomEdit {
                    item: edit.item.clone(),
                    quadrant: None,
                    statement: None,
                });
                whole.quadrant = edit.quadrant.or(whole.quadrant);
                whole.statement = edit.statement.clone().or(whole.statement.take());
            }
        }
        self.decisions.edits = edits.into_values().collect();
        self.decisions.pairs = self.list.pairs.values().flatten().map(Into::into).collect();
        self.decisions.pairs.sort();
        self.decisions.pairs.dedup();
    }

    /// Writes consensus, log, and new pairs.
    ///
    /// # Errors
    /// [`PackError::File`] if a file cannot be made or written.
    pub fn write(mut self, merged: &MergedBallots, spec: &RoomSpec) -> Result<RoomWritten, PackError> {
        disk::create_folders(&self.folder)
            .map_err(|error| file_error(&self.folder.display().to_string(), error))?;
        self.remove_leftovers()?;
        let mut written = RoomWritten::default();
        let files = new_files(merged, &self.listed, spec)?;
        let pairs = format!("{DUPLICATES}.xlsx");
        if files.iter().all(|(name, _)| *name != pairs) {
            self.remove_old(&pairs)?;
        }
        for (name, bytes) in files {
            let path = self.write_file(&name, &bytes, merged, &mut written)?;
            if name == pairs {
                written.pairs = Some(path);
            }
        }
        self.write_list()?;
        Ok(written)
    }

    /// Removes what a killed run left half written.
    fn remove_leftovers(&self) -> Result<(), PackError> {
        let folder = self.folder.display().to_string();
        let entries = std::fs::read_dir(&self.folder).map_err(|error| file_error(&folder, error))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of = name.strip_prefix('.').and_then(|name| name.strip_suffix(PARTIAL));
            if of.is_some_and(|of| of == LIST || self.list.files.contains_key(of)) {
                disk::remove_file(&entry.path()).map_err(|error| file_error(&name, error))?;
            }
        }
        Ok(())
    }

    fn write_file(
        &mut self,
        name: &str,
        bytes: &[u8],
        merged: &MergedBallots,
        written: &mut RoomWritten,
    ) -> Result<PathBuf, PackError> {
        let hash = sha256(bytes).map_err(|error| file_error(name, error))?;
        let free = self.free_name(name);
        self.list.begin(&free, &hash, &merged.consensus);
        self.write_list()?;
        let path = self.folder.join(&free);
        disk::replace_file(&path, &self.temporary(&free), bytes).map_err(|error| file_error(&free, error))?;
        self.list.end(&free, &hash);
        if free != name {
            written.beside.push(WrittenBeside { kept: self.folder.join(name), beside: path.clone() });
        }
        written.files.push(path.clone());
        Ok(path)
    }

    /// Removes a file of ours that has nothing to say any more, unless a person changed it.
    fn remove_old(&mut self, name: &str) -> Result<(), PackError> {
        let is_ours = self.list.files.contains_key(name) && !self.changed.contains(name);
        if is_ours && self.folder.join(name).is_file() {
            disk::remove_file(&self.folder.join(name)).map_err(|error| file_error(name, error))?;
        }
        Ok(())
    }

    /// The name itself, or one beside it if a person changed that file.
    fn free_name(&self, name: &str) -> String {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let beside = (1..).map(|number| match number {
            1 => format!("{stem}-new.{ending}"),
            number => format!("{stem}-new-{number}.{ending}"),
        });
        let mut names = std::iter::once(name.to_owned()).chain(beside);
        names.find(|name| !self.changed.contains(name)).unwrap_or_else(|| name.to_owned())
    }

    fn write_list(&mut self) -> Result<(), PackError> {
        let bytes = self
            .list
            .bytes()
            .map_err(|error| PackError::File { name: LIST.to_owned(), source: error.into() })?;
        let path = self.folder.join(LIST);
        disk::replace_file(&path, &self.temporary(LIST), &bytes).map_err(|error| file_error(LIST, error))
    }

    fn temporary(&self, name: &str) -> PathBuf {
        self.folder.join(format!(".{name}{PARTIAL}"))
    }
}

fn file_error(name: &str, error: io::Error) -> PackError {
    PackError::File { name: name.to_owned(), source: error.into() }
}
