//! The folder `swot` of a project: what the program writes there, and what people change.
//!
//! A file that a person changed is never replaced: the new one gets another name, and what the person changed counts in it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use sheets::{Input, SourceFile};

use super::changed_document::RoomDocument;
use super::decided::MergedList;
use super::differing_rows::{WrittenRows, changed_in_two_ways};
use super::room_write::{CONSENSUS, DUPLICATES, FEEDBACK, FINAL, LOG, new_files};
use crate::diagnostic::{Diagnostic, Place, Warned};
use crate::disk::{self, sha256};
use crate::pack::PackError;
use crate::room::{
    Draft, ItemPair, MergeDecisions, MergedBallots, RoomSpec, ShownItem, confirmed_pairs, consensus_cells,
    final_decisions, gone_from_list, shown_items, typed_elsewhere, written_cells,
};

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
    /// What could not be read there, or is not used.
    pub problems: Vec<Diagnostic>,
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
        let mut room = Self {
            folder: folder.to_owned(),
            list: MergedList::default(),
            changed: BTreeSet::new(),
            listed: BTreeSet::new(),
            decisions: MergeDecisions::default(),
            problems: Vec::new(),
        };
        room.read_list()?;
        for name in room.files_there()? {
            room.read_changed(&name, spec)?;
        }
        let decided = room.list.decisions(&room.changed);
        room.list.number_additions(&decided.decisions.additions);
        room.decisions = decided.decisions;
        for (name, item) in decided.contradictions {
            room.problems.push(Diagnostic::consensus_edited_twice(&room.shown(&name), &item));
        }
        Ok(room)
    }

    /// The draft with whose numbers an earlier merge read the ballots.
    #[must_use]
    pub fn recorded(&self) -> Option<&Draft> {
        self.list.draft.as_ref()
    }

    /// Reads what was written before. A damaged list makes all files those of people, so that none of them is replaced.
    fn read_list(&mut self) -> Result<(), PackError> {
        let path = self.folder.join(LIST);
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(()),
            bytes => bytes.map_err(|error| file_error(&path, error))?,
        };
        match MergedList::read(&bytes) {
            Some(list) => self.list = list,
            None => self.problems.push(Diagnostic::room_list_damaged(&self.shown(LIST))),
        }
        Ok(())
    }

    /// The name of a file, as messages show it.
    fn shown(&self, name: &str) -> String {
        let folder = self.folder.file_name().unwrap_or_default().to_string_lossy();
        format!("{folder}/{name}")
    }

    /// The files of the room that are there, sorted.
    fn files_there(&self) -> Result<Vec<String>, PackError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| file_error(&self.folder, error))?,
        };
        let files = entries.flatten().filter(|entry| entry.path().is_file());
        let mut names: Vec<String> =
            files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        // On some systems, names that differ in their case are one.
        names.retain(|name| {
            let name = name.to_lowercase();
            [CONSENSUS, LOG, DUPLICATES, FEEDBACK, FINAL].iter().any(|stem| name.starts_with(stem))
        });
        names.sort();
        Ok(names)
    }

    fn read_changed(&mut self, name: &str, spec: &RoomSpec) -> Result<(), PackError> {
        let path = self.folder.join(name);
        let bytes = std::fs::read(&path).map_err(|error| file_error(&path, error))?;
        let hash = sha256(bytes.as_slice()).map_err(|error| file_error(&path, error))?;
        if self.list.is_ours(&hash) {
            return Ok(());
        }
        self.changed.insert(name.to_owned());
        let stem =
            [CONSENSUS, DUPLICATES, FINAL].into_iter().find(|stem| name.to_lowercase().starts_with(stem));
        let Some(stem) = stem else { return Ok(()) };
        if is_document(name) {
            self.read_document(name, stem, &bytes);
            return Ok(());
        }
        let read: Warned<SourceFile> = sheets::read(&Input::File(path), &self.shown(name)).into();
        let file = read.into(&mut self.problems);
        // What was decided in it before it became unreadable still counts.
        if file.sheets.is_empty() {
            return Ok(());
        }
        match stem {
            CONSENSUS => self.read_consensus(name, &file, spec),
            FINAL => self.read_final(name, &file, spec),
            _ => self.read_pairs(name, &file, spec),
        }
        Ok(())
    }

    fn read_consensus(&mut self, name: &str, file: &SourceFile, spec: &RoomSpec) {
        let now = shown_items(file, spec);
        let cells = consensus_cells(file, spec, &|number| self.list.has_item(CONSENSUS, number));
        self.problems.extend(cells.unused.iter().cloned().map(Diagnostic::consensus_cell_unused));
        self.name_the_rest(CONSENSUS, file, cells.read.into_iter().chain(cells.unused).collect());
        self.name_what_is_gone(name, CONSENSUS, file, spec);
        self.name_rows_that_differ(name, CONSENSUS, &now);
        let edits = self.list.edits_of(name, CONSENSUS, &now);
        self.list.edits.insert(name.to_owned(), edits);
    }

    fn read_final(&mut self, name: &str, file: &SourceFile, spec: &RoomSpec) {
        let earlier = self.list.finals.get(name).cloned().unwrap_or_default();
        let read = |before: &BTreeMap<String, ShownItem>| final_decisions(file, before, &earlier, spec);
        let read = self.list.finals_of(name, FINAL, &read);
        self.problems.extend(read.unused.iter().cloned().map(Diagnostic::final_cell_unused));
        self.name_the_rest(FINAL, file, read.read.into_iter().chain(read.unused).collect());
        self.name_what_is_gone(name, FINAL, file, spec);
        self.name_rows_that_differ(name, FINAL, &shown_items(file, spec));
        let decided = self.list.dated_finals(name, read.decided);
        self.list.finals.insert(name.to_owned(), decided);
    }

    /// Reads a Word document: words and quadrants of the consensus count; other changes are named.
    fn read_document(&mut self, name: &str, stem: &str, bytes: &[u8]) {
        let shown = self.shown(name);
        let origin = self.list.document_origin(name, stem).map(str::to_owned);
        let written = origin.as_deref().and_then(|origin| self.list.files.get(origin));
        let Some((written, document)) = written.zip(RoomDocument::read(bytes)) else {
            return self.problems.push(Diagnostic::room_document_unread(&shown));
        };
        let origin = origin.as_deref().unwrap_or_default();
        let items = self.list.items(origin);
        let changes = document.changes(&written.document, &items, &shown, name != origin);
        if document.comments > 0 {
            self.problems.push(Diagnostic::room_document_comments(&shown, document.comments));
        }
        if !changes.gone.is_empty() {
            self.problems.push(Diagnostic::room_rows_deleted(&shown, &changes.gone));
        }
        self.problems.extend(changes.emptied.into_iter().map(Diagnostic::room_statement_deleted));
        self.problems.extend(changes.unused.into_iter().map(Diagnostic::room_document_typed));
        if stem != CONSENSUS {
            self.problems.extend(changes.changed.into_iter().map(Diagnostic::final_document_changed));
            return;
        }
        if !changes.lost_headings.is_empty() {
            self.problems.push(Diagnostic::room_document_headings(&shown, &changes.lost_headings));
        }
        self.name_rows_that_differ(name, CONSENSUS, &changes.items);
        let edits = self.list.edits_since(name, origin, &changes.items);
        self.list.edits.insert(name.to_owned(), edits);
    }

    fn read_pairs(&mut self, name: &str, file: &SourceFile, spec: &RoomSpec) {
        let read = confirmed_pairs(file, spec);
        self.problems.extend(read.unclear.into_iter().map(Diagnostic::pair_answer_unclear));
        self.name_the_rest(DUPLICATES, file, read.read.into_iter().collect());
        self.listed.extend(read.pairs.iter().map(|confirmed| confirmed.pair.clone()));
        let judged = self.list.judged(read.pairs);
        self.list.pairs.insert(name.to_owned(), judged);
    }

    /// Names the cells in which a person typed something that is not read. Without a record of what was written, nothing can be told.
    fn name_the_rest(&mut self, stem: &str, file: &SourceFile, read: BTreeSet<Place>) {
        for sheet in &file.sheets {
            let notes = sheet.notes.iter().map(|note| sheet.place.at(note.row, note.column));
            self.problems.extend(notes.map(Diagnostic::cell_note));
        }
        let Some(written) = self.list.cells.get(stem) else { return };
        let typed = typed_elsewhere(file, written, &read);
        self.problems.extend(typed.into_iter().map(Diagnostic::room_cell_typed));
    }

    /// Names items whose rows a person changed differently.
    fn name_rows_that_differ(&mut self, name: &str, stem: &str, now: &BTreeMap<String, ShownItem>) {
        let names = self.list.files.keys().filter(|known| known.starts_with(stem));
        let all: Vec<BTreeMap<String, ShownItem>> = names.map(|known| self.list.items(known)).collect();
        let is_own = self.list.files.contains_key(name);
        let own = if is_own { vec![self.list.items(name)] } else { all.clone() };
        let items = changed_in_two_ways(now, &WrittenRows { own, all });
        if !items.is_empty() {
            self.problems.push(Diagnostic::room_rows_differ(&self.shown(name), &items));
        }
    }

    /// Names rows and statements that a person deleted.
    fn name_what_is_gone(&mut self, name: &str, stem: &str, file: &SourceFile, spec: &RoomSpec) {
        let gone = gone_from_list(file, &self.list.listed_items(name, stem), spec);
        if !gone.rows.is_empty() {
            self.problems.push(Diagnostic::room_rows_deleted(&self.shown(name), &gone.rows));
        }
        self.problems.extend(gone.statements.into_iter().map(Diagnostic::room_statement_deleted));
    }

    /// Writes consensus, log, and new pairs.
    ///
    /// # Errors
    /// [`PackError::File`] if a file cannot be made or written.
    pub fn write(mut self, merged: &MergedBallots, spec: &RoomSpec) -> Result<RoomWritten, PackError> {
        disk::create_folders(&self.folder).map_err(|error| file_error(&self.folder, error))?;
        self.list.draft.clone_from(&merged.draft);
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

    fn write_file(
        &mut self,
        name: &str,
        bytes: &[u8],
        merged: &MergedBallots,
        written: &mut RoomWritten,
    ) -> Result<PathBuf, PackError> {
        let hash = sha256(bytes).map_err(|error| file_error(&self.folder.join(name), error))?;
        let free = self.free_name(name);
        let document = Some(bytes).filter(|_| is_document(name)).and_then(RoomDocument::read);
        let document = document.map(|document| document.written()).unwrap_or_default();
        self.list.begin(&free, &hash, merged, document);
        self.write_list()?;
        let path = self.folder.join(&free);
        disk::replace_file(&path, &self.temporary(&free), bytes).map_err(|error| file_error(&path, error))?;
        self.list.end(&free, &hash);
        self.note_cells(&free, &path);
        if free != name {
            written.beside.push(WrittenBeside { kept: self.folder.join(name), beside: path.clone() });
        }
        written.files.push(path.clone());
        Ok(path)
    }

    /// Notes the cells of a file that people may change, as they will be read.
    fn note_cells(&mut self, name: &str, path: &Path) {
        let stem = [CONSENSUS, DUPLICATES, FINAL].into_iter().find(|stem| name.starts_with(stem));
        if let Some(stem) = stem.filter(|_| !is_document(name)) {
            let file = sheets::read(&Input::File(path.to_owned()), name).value;
            self.list.cells.entry(stem.to_owned()).or_default().extend(written_cells(&file));
        }
    }

    /// Removes a file of ours that has nothing to say any more, unless a person changed it.
    fn remove_old(&mut self, name: &str) -> Result<(), PackError> {
        let is_ours = self.list.files.contains_key(name) && !self.changed.contains(name);
        if is_ours && self.folder.join(name).is_file() {
            let path = self.folder.join(name);
            disk::remove_file(&path).map_err(|error| file_error(&path, error))?;
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
        disk::replace_file(&path, &self.temporary(LIST), &bytes).map_err(|error| file_error(&path, error))
    }

    fn temporary(&self, name: &str) -> PathBuf {
        self.folder.join(format!(".{name}{PARTIAL}"))
    }
}

fn is_document(name: &str) -> bool {
    name.to_lowercase().ends_with(".docx")
}

fn file_error(path: &Path, error: io::Error) -> PackError {
    PackError::File { name: path.display().to_string(), source: error.into() }
}
