//! Loads the catalog: the embedded files, then those of a project.

use std::path::Path;

use super::fault::{BUILT_IN, CatalogFault, EntryPlace, Faults, place};
use super::file_kind::CatalogFileKind;
use super::ids::EntryChecker;
use super::loader::CatalogLoader;
use super::own_files::OwnFiles;
use super::places::Places;
use super::settings_file::SettingsFile;
use super::{Catalog, CatalogError, Layout, OwnEntries, OwnEntry, check, check_layout, protection};
use crate::assets::{Asset, AssetFolder};
use crate::wording::catalog as say;

impl Catalog {
    /// The embedded catalog.
    ///
    /// # Errors
    /// All inconsistent entries; a test ensures that the embedded catalog has none.
    pub fn embedded() -> Result<Self, CatalogError> {
        let mut faults = Faults::default();
        let places = embedded_files(&mut faults);
        let catalog = merged(&places, &mut faults);
        check::check(&catalog, &places, &mut faults);
        faults.finish().map(|_| catalog)
    }

    /// The embedded catalog plus that of the project in `folder`, if it has one: its `catalog/` and `charts/exhibits/`, which
    /// are read after it. Entries with a known id replace those in the catalog, others are added. The protection of students
    /// can be raised, not lowered.
    ///
    /// # Errors
    /// All files that cannot be read, and all entries that are inconsistent or lower the protection of students.
    pub fn of_project(folder: &Path) -> Result<Self, CatalogError> {
        let mut faults = Faults::default();
        let catalog = Self::collecting(folder, &mut faults);
        faults.finish().map(|_| catalog)
    }

    /// The same, without the entries that are at fault.
    pub(crate) fn collecting(folder: &Path, faults: &mut Faults) -> Self {
        let mut places = embedded_files(faults);
        let program = merged(&places, faults);
        let own_places = OwnFiles::of_project(folder, faults).parse(faults);
        let own = merged(&own_places, faults);
        let own_entries = OwnEntries::of(&own_places);
        own_places.report_duplicates(faults);
        protection::check(&own, &program, &own_places, faults);
        check_families(&own, &program, &own_places, faults);
        places.files.extend(own_places.files);
        let mut catalog = merged(&places, &mut Faults::default());
        check::check(&catalog, &places, faults);
        catalog.own = own_entries;
        catalog.add_exhibits_of_own();
        catalog
    }

    /// The catalog with the measures in the text of a file in a project.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn with_measures(&self, file: &str, text: &str) -> Result<Self, CatalogError> {
        let mut faults = Faults::default();
        let mut places = Places::default();
        places.files.push(SettingsFile::parse(file, text, &mut faults));
        let own = merged(&places, &mut faults);
        let mut catalog = self.clone();
        catalog.measures.extend(own.measures);
        catalog.own.measures.extend(places.own("measure"));
        check::check_measures(&catalog, &places, &mut faults);
        faults.finish().map(|_| catalog)
    }

    /// Reads a layout from the text of a layout file in a project.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_layout(&self, file: &str, text: &str) -> Result<Layout, CatalogError> {
        let mut faults = Faults::default();
        let layout = self.layout(file, text, &mut faults);
        faults.finish()?;
        layout.ok_or_else(|| CatalogError { faults: Vec::new(), more: 1 })
    }

    /// The same, without what is wrong with it.
    pub(crate) fn layout(&self, file: &str, text: &str, faults: &mut Faults) -> Option<Layout> {
        let file = SettingsFile::parse(file, text, faults);
        let layout: Layout = file.read(faults)?;
        let mut checker = EntryChecker { catalog: self, place: file.place(), faults };
        check_layout::check(&mut checker, &layout);
        Some(layout)
    }
}

/// The entries of all files; if several have the same id, the last one counts.
fn merged(places: &Places, faults: &mut Faults) -> Catalog {
    let mut loader = CatalogLoader::default();
    for file in &places.files {
        loader.add(file, faults);
    }
    loader.finish()
}

/// A project's rule must be in one of the program's families, where it competes with the program's rules.
fn check_families(own: &Catalog, program: &Catalog, places: &Places, faults: &mut Faults) {
    let families = program.rules.iter().map(|rule| rule.family.as_str());
    for rule in &own.rules {
        let place = places.entry("rule", &rule.id).under("family");
        let mut checker = EntryChecker { catalog: program, place, faults: &mut *faults };
        let mut known: Vec<&str> = families.clone().collect();
        known.sort_unstable();
        known.dedup();
        checker.known(say::RULE_FAMILY, &rule.family, known.into_iter());
    }
}

fn embedded_files(faults: &mut Faults) -> Places {
    let mut places = Places::default();
    for (folder, root) in [(AssetFolder::Catalog, "catalog"), (AssetFolder::Exhibits, "charts/exhibits")] {
        for Asset { path, text } in folder.files() {
            let path = Path::new(root).join(path);
            if CatalogFileKind::of(&path).is_some() {
                let shown = format!("{BUILT_IN}{}", path.display());
                places.files.push(SettingsFile::parse(&shown, &text, faults));
            }
        }
    }
    places.report_duplicates(faults);
    places
}

impl OwnEntries {
    fn of(places: &Places) -> Self {
        Self {
            measures: places.own("measure"),
            rules: places.own("rule"),
            layouts: places.own_layouts(),
            exhibits: places.own("exhibit"),
        }
    }
}

impl OwnEntry {
    pub(super) fn at(place: EntryPlace<'_>) -> Self {
        Self { file: place.file.to_owned(), line: place.line() }
    }

    /// A fault of the entry.
    #[must_use]
    pub(crate) fn fault(&self, explained: crate::wording::Explained) -> CatalogFault {
        CatalogFault::new(&*self.file, self.line, explained)
    }

    /// Its file and line, in the words of a list.
    #[must_use]
    pub(crate) fn label(&self) -> String {
        say::own_entry(&place(&self.file, self.line))
    }
}
