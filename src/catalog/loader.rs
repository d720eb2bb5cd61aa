//! Collects the entries of catalog files.

use std::path::Path;

use super::breaks::BreakFile;
use super::exhibit::ExhibitFile;
use super::fault::Faults;
use super::file_kind::CatalogFileKind;
use super::groups::{DomainFile, GroupFile, PeopleWords};
use super::measure::MeasureFile;
use super::methods::MethodFile;
use super::prices::prices;
use super::rule::RuleFile;
use super::settings_file::SettingsFile;
use super::sources::SourcesFile;
use super::states::StateFile;
use super::{Catalog, ExhibitSpec, Group, Groups, Layout, Rule, Subject};

/// Collects the entries of catalog files, in their order.
#[derive(Default)]
pub(super) struct CatalogLoader {
    /// All entries except groups and subjects.
    catalog: Catalog,
    groups: Vec<Group>,
    subjects: Vec<Subject>,
    /// Spellings of "all students".
    all_students: Vec<String>,
    /// Spellings of "all subjects".
    all_subjects: Vec<String>,
    /// Words for students in names of groups.
    people: PeopleWords,
}

impl CatalogLoader {
    /// Adds the entries of a file, of the kind that follows from its name.
    pub(super) fn add(&mut self, file: &SettingsFile, faults: &mut Faults) {
        match CatalogFileKind::of(Path::new(&file.shown)) {
            Some(CatalogFileKind::Measures) => self.add_measures(file.read(faults)),
            Some(CatalogFileKind::Rules) => self.add_rules(file.read(faults)),
            Some(CatalogFileKind::Layout) => self.add_layout(file.read(faults)),
            Some(CatalogFileKind::Exhibits) => self.add_exhibits(file.read(faults)),
            Some(CatalogFileKind::Named(name)) => self.add_named(name, file, faults),
            None => {}
        }
    }

    fn add_measures(&mut self, file: Option<MeasureFile>) {
        for measure in file.into_iter().flat_map(|file| file.measure) {
            self.catalog.measures.insert(measure.id.clone(), measure);
        }
    }

    fn add_rules(&mut self, file: Option<RuleFile>) {
        replace_all(&mut self.catalog.rules, file.map(|file| file.rule));
    }

    fn add_layout(&mut self, layout: Option<Layout>) {
        if let Some(layout) = layout {
            self.catalog.layouts.insert(layout.id.clone(), layout);
        }
    }

    fn add_exhibits(&mut self, file: Option<ExhibitFile>) {
        if let Some(file) = file {
            replace_all(&mut self.catalog.exhibits, Some(file.exhibit));
            self.catalog.each_own.extend(file.each_own);
        }
    }

    /// Adds one of the files that contain all entries of their kind.
    fn add_named(&mut self, name: &str, file: &SettingsFile, faults: &mut Faults) {
        let catalog = &mut self.catalog;
        match name {
            "domains.toml" => {
                replace(&mut catalog.domains, file.read(faults).map(|file: DomainFile| file.domain));
            }
            "groups.toml" => self.add_groups(file.read(faults)),
            "markers.toml" => replace(&mut catalog.markers, file.read(faults)),
            "synonyms.toml" => replace(&mut catalog.synonyms, file.read(faults)),
            "readiness.toml" => replace(&mut catalog.readiness, file.read(faults)),
            "disclosure.toml" => catalog.disclosure.add(file.read(faults).unwrap_or_default()),
            "methods.toml" => self.add_methods(file.read(faults)),
            "district-names.toml" => replace(&mut catalog.district_names, file.read(faults)),
            "schools.toml" => replace(&mut catalog.schools, file.read(faults)),
            "day.toml" => replace(&mut catalog.day, file.read(faults)),
            "perception.toml" => catalog.perception.add(file.read(faults).unwrap_or_default()),
            "room.toml" => replace(&mut catalog.room, file.read(faults)),
            "plan.toml" => replace(&mut catalog.plan, file.read(faults)),
            "findings.toml" => replace(&mut catalog.findings, file.read(faults)),
            "peers.toml" => replace(&mut catalog.peers, file.read(faults)),
            "prices.toml" => catalog.prices.extend(prices(file, faults)),
            "states.toml" => {
                replace(&mut catalog.states.all, file.read(faults).map(|file: StateFile| file.state));
            }
            "breaks.toml" => {
                catalog
                    .state_breaks
                    .extend(file.read(faults).into_iter().flat_map(|file: BreakFile| file.breaks));
            }
            "sources.toml" => {
                catalog
                    .sources
                    .extend(file.read(faults).into_iter().flat_map(|file: SourcesFile| file.source));
            }
            _ => {}
        }
    }

    fn add_methods(&mut self, file: Option<MethodFile>) {
        if let Some(file) = file {
            self.catalog.methods = file.method;
            self.catalog.explanations = file.explanation;
        }
    }

    fn add_groups(&mut self, file: Option<GroupFile>) {
        if let Some(file) = file {
            self.all_students.extend(file.all);
            self.all_subjects.extend(file.all_subjects);
            self.people.extend(file.people);
            replace_all(&mut self.groups, Some(file.group));
            replace_all(&mut self.subjects, Some(file.subject));
        }
    }

    /// The catalog, with its exhibits sorted by domain.
    pub(super) fn finish(self) -> Catalog {
        let mut catalog = self.catalog;
        catalog.groups =
            Groups::new(self.groups, self.subjects, self.all_students, self.all_subjects, self.people);
        catalog.sort_exhibits();
        catalog.complete_exhibits();
        catalog.name_states_by_code();
        catalog
    }
}

impl Catalog {
    /// Replaces names of states by their codes; the check reports those that are unknown.
    fn name_states_by_code(&mut self) {
        let states = &self.states;
        let of_breaks = self.state_breaks.iter_mut().map(|found| &mut found.state);
        for state in of_breaks.chain(self.sources.iter_mut().filter_map(|source| source.state.as_mut())) {
            if let Some(code) = states.code(state) {
                code.clone_into(state);
            }
        }
    }

    fn sort_exhibits(&mut self) {
        let mut exhibits = std::mem::take(&mut self.exhibits);
        exhibits.sort_by_key(|exhibit| self.domain_position(&exhibit.domain));
        self.exhibits = exhibits;
    }

    /// Adds an exhibit for each of the project's own measures that none shows.
    pub(super) fn add_exhibits_of_own(&mut self) {
        let mut added = Vec::new();
        for id in self.own.measures.keys() {
            let is_shown =
                self.exhibits.iter().any(|exhibit| exhibit.measures.contains(id) || exhibit.id == *id);
            if let Some(measure) = self.measures.get(id).filter(|_| !is_shown) {
                added.extend(self.each_own.iter().map(|spec| spec.exhibit_of(measure)));
            }
        }
        self.exhibits.extend(added);
        self.sort_exhibits();
        self.complete_exhibits();
    }

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
fn replace_all<T: ListEntry>(all: &mut Vec<T>, entries: Option<Vec<T>>) {
    for entry in entries.into_iter().flatten() {
        match all.iter_mut().find(|old| old.id() == entry.id()) {
            Some(old) => *old = entry,
            None => all.push(entry),
        }
    }
}

/// Replaces a part of the catalog by that of a file which could be read.
fn replace<T>(part: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *part = new;
    }
}
