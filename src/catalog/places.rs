//! Where the entries of the catalog are.

use std::collections::BTreeMap;
use std::path::Path;

use super::OwnEntry;
use super::fault::{EntryPlace, Faults, place};
use super::settings_file::SettingsFile;
use crate::wording::catalog as say;

/// The files of a catalog, in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) files: Vec<SettingsFile>,
}

/// The lists of entries with ids.
const LISTS: [&str; 6] = ["measure", "rule", "exhibit", "group", "subject", "domain"];

impl Places {
    /// The entry with this id in `[[list]]`; of several, the last.
    pub(super) fn entry(&self, list: &str, id: &str) -> EntryPlace<'_> {
        let mut files = self.files.iter().rev();
        let found = files.find_map(|file| Some(file.place_of(file.root.listed(list, id)?)));
        found.unwrap_or(NOWHERE)
    }

    /// The layout with this id.
    pub(super) fn layout(&self, id: &str) -> EntryPlace<'_> {
        let mut files = self.files.iter().rev();
        files.find(|file| file.layout_id() == Some(id)).map_or(NOWHERE, SettingsFile::place)
    }

    /// The last file with this name.
    pub(super) fn file(&self, name: &str) -> EntryPlace<'_> {
        let mut files = self.files.iter().rev();
        files.find(|file| file.is_named(name)).map_or(NOWHERE, SettingsFile::place)
    }

    /// The entries of `[[list]]` in all files with this name, in the order in which they are read.
    pub(super) fn items(&self, name: &str, list: &str) -> Vec<EntryPlace<'_>> {
        let mut items = Vec::new();
        for file in self.files.iter().filter(|file| file.is_named(name)) {
            let nodes = file.root.entry(list).map_or(&[][..], |entry| entry.node.items());
            items.extend(nodes.iter().map(|node| file.place_of(node)));
        }
        items
    }

    /// The last file with this name that has the key or text `mentioned`.
    pub(super) fn mention(&self, name: &str, mentioned: &str) -> EntryPlace<'_> {
        let mut files = self.files.iter().rev().filter(|file| file.is_named(name));
        files.find(|file| file.root.line_of(mentioned).is_some()).map_or(NOWHERE, SettingsFile::place)
    }

    /// The entries of `[[list]]`, by id.
    pub(super) fn own(&self, list: &str) -> BTreeMap<String, OwnEntry> {
        let entries = self.files.iter().flat_map(|file| file.listed(list));
        entries.map(|entry| (entry.id.to_owned(), OwnEntry::at(entry.place))).collect()
    }

    /// The layouts, by id.
    pub(super) fn own_layouts(&self) -> BTreeMap<String, OwnEntry> {
        let layouts = self.files.iter().filter_map(SettingsFile::layout);
        layouts.map(|entry| (entry.id.to_owned(), OwnEntry::at(entry.place))).collect()
    }

    /// Reports entries of the same kind with the same id.
    pub(super) fn report_duplicates(&self, faults: &mut Faults) {
        for list in LISTS {
            let mut entries: Vec<ListedEntry<'_>> = Vec::new();
            for file in &self.files {
                entries.extend(file.listed(list));
            }
            report_same_ids(list, entries, faults);
        }
        let layouts = self.files.iter().filter_map(SettingsFile::layout);
        report_same_ids("layout", layouts.collect(), faults);
    }
}

/// The place of what is in no file.
const NOWHERE: EntryPlace<'static> = EntryPlace { file: "catalog", node: None };

/// An entry with an id.
struct ListedEntry<'a> {
    id: &'a str,
    place: EntryPlace<'a>,
}

fn report_same_ids(what: &str, mut entries: Vec<ListedEntry<'_>>, faults: &mut Faults) {
    entries.sort_by_key(|entry| entry.id);
    for [first, second] in entries.array_windows() {
        if first.id == second.id {
            let first = place(first.place.file, first.place.line());
            faults.push(second.place.fault("id", say::duplicate(what, second.id, &first)));
        }
    }
}

impl SettingsFile {
    fn place_of<'a>(&'a self, node: &'a super::toml_node::Node) -> EntryPlace<'a> {
        EntryPlace { file: &self.shown, node: Some(node) }
    }

    fn is_named(&self, name: &str) -> bool {
        Path::new(&self.shown).file_name().is_some_and(|own| own == name)
    }

    /// Its id if it is a layout.
    fn layout_id(&self) -> Option<&str> {
        self.root.entry("id")?.node.text()
    }

    fn layout(&self) -> Option<ListedEntry<'_>> {
        Some(ListedEntry { id: self.layout_id()?, place: self.place() })
    }

    fn listed(&self, list: &str) -> Vec<ListedEntry<'_>> {
        let mut entries = Vec::new();
        for node in self.root.entry(list).map_or(&[][..], |entry| entry.node.items()) {
            if let Some(id) = node.entry("id").and_then(|entry| entry.node.text()) {
                entries.push(ListedEntry { id, place: self.place_of(node) });
            }
        }
        entries
    }
}
