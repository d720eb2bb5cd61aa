//! Whom the tables without a column of districts are about: the state, or one of several districts, as their titles and the
//! names of their sheets and files say. What is about others must not become the project's district.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::folder_table::{FolderTable, TableIndex};
use super::sheet::{TableSurvey, YearPlace};
use super::table_owner::TableOwner;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::observation::NumberReader;
use crate::wording::survey_tables as wording;

/// What tells the rows of tables apart that have the same columns.
const DISTINGUISHING: [Role; 6] =
    [Role::SchoolYear, Role::SchoolId, Role::SchoolName, Role::Group, Role::Grade, Role::Subject];

/// The districts that the tables of a folder name, and the sheets that nothing tells apart.
pub(super) struct FolderOwners {
    /// The id of each district, by its name without the words for its kind; `None` if several districts have that name.
    ids: BTreeMap<String, Option<String>>,
    /// The settings of all tables, in their order.
    settings: Vec<TableSetting>,
}

/// Where a table is, and the sheets of its file that are like it.
struct TableSetting {
    file: String,
    sheet: Option<String>,
    /// The names of the sheets whose tables have the same columns and years, its own among them; empty if there are no others.
    alike: Vec<String>,
}

impl FolderOwners {
    pub(super) fn new(tables: &[FolderTable<'_>], vocabulary: &Vocabulary<'_>) -> Self {
        let have_ids = tables.iter().any(has_ids);
        let mut ids: BTreeMap<String, Option<String>> = BTreeMap::new();
        for table in tables.iter().filter(|table| has_ids(table) == have_ids) {
            for (name, id) in &table.table.evidence.district_names {
                let known = ids.entry(vocabulary.name_core(name)).or_insert_with(|| Some(id.clone()));
                if known.as_ref().is_some_and(|known| known != id) {
                    *known = None;
                }
            }
        }
        Self { ids, settings: tables.iter().map(|table| TableSetting::new(table, tables)).collect() }
    }

    /// The id of the district with this name, or else of the only one whose name begins with it, or with which it begins.
    fn id_of(&self, core: &str) -> Option<String> {
        if let Some(id) = self.ids.get(core) {
            return id.clone();
        }
        let mut similar =
            self.ids.iter().filter(|(name, _)| begins_with(name, core) || begins_with(core, name));
        let (_, id) = similar.next()?;
        id.clone().filter(|_| similar.next().is_none())
    }

    /// Decides whom a table is about, or says why that is unknown.
    pub(super) fn apply(
        &self,
        table: &mut TableSurvey,
        index: TableIndex,
        vocabulary: &Vocabulary<'_>,
        numbers: &NumberReader,
    ) {
        if table.district().is_some() {
            return;
        }
        let setting = &self.settings[index.0];
        let problem = match (OwnerReader { owners: self, vocabulary, numbers }).owner(table, setting) {
            Ok(TableOwner::Unsaid) if !setting.alike.is_empty() => {
                Some(wording::sheets_alike(&setting.alike))
            }
            Ok(owner) => {
                table.owner = owner;
                None
            }
            Err(problem) => Some(problem),
        };
        if table.problem.is_none() {
            table.problem = problem;
        }
    }
}

/// Whether a name has the words of another, and more.
fn begins_with(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
}

fn has_ids(table: &FolderTable<'_>) -> bool {
    table.table.role(Role::DistrictId).is_some()
}

impl TableSetting {
    fn new(table: &FolderTable<'_>, tables: &[FolderTable<'_>]) -> Self {
        let others = tables.iter().filter(|other| are_alike(table, other));
        let mut alike: Vec<String> = others.filter_map(|other| other.sheet.map(str::to_owned)).collect();
        if !alike.is_empty() {
            alike.extend(table.sheet.map(str::to_owned));
            alike.sort();
            alike.dedup();
        }
        Self { file: table.file.to_owned(), sheet: table.sheet.map(str::to_owned), alike }
    }
}

/// Whether two tables in different sheets of a file have the same columns for the same years, and no column of districts.
fn are_alike(one: &FolderTable<'_>, other: &FolderTable<'_>) -> bool {
    one.file == other.file
        && one.sheet != other.sheet
        && is_without_districts(one.table)
        && is_without_districts(other.table)
        && one.table.about == other.table.about
        && column_names(one.table) == column_names(other.table)
        && DISTINGUISHING.into_iter().all(|role| have_in_common(role, one.table, other.table))
}

/// Whether a table has columns of measures and no column of districts, and its years are in the table.
fn is_without_districts(table: &TableSurvey) -> bool {
    let has_years = matches!(table.year, YearPlace::Column | YearPlace::Header);
    has_years && table.role(Role::Measure).is_none() && table.district().is_none() && table.measures() > 0
}

fn column_names(table: &TableSurvey) -> Vec<&str> {
    table.columns.iter().map(|column| column.name.as_str()).collect()
}

/// Whether the columns with a role have a text in common; true if there are none.
fn have_in_common(role: Role, one: &TableSurvey, other: &TableSurvey) -> bool {
    match (one.role(role), other.role(role)) {
        (Some(one), Some(other)) => !texts(one).is_disjoint(&texts(other)),
        _ => true,
    }
}

fn texts(column: &Column) -> BTreeSet<String> {
    let numbers = column.cells.numbers.iter().map(ToString::to_string);
    numbers.chain(column.cells.texts.keys().cloned()).collect()
}

/// What a text says of whom its table is about.
enum OwnerMention<'t> {
    State(&'t str),
    District(&'t str, TableOwner),
}

impl OwnerMention<'_> {
    /// # Errors
    /// If it is the state.
    fn decided(self) -> Result<TableOwner, String> {
        match self {
            Self::State(text) => Err(wording::about_state(text)),
            Self::District(_, owner) => Ok(owner),
        }
    }
}

/// Reads whom a table is about in the text around it.
struct OwnerReader<'a> {
    owners: &'a FolderOwners,
    vocabulary: &'a Vocabulary<'a>,
    numbers: &'a NumberReader,
}

impl OwnerReader<'_> {
    /// Whom a table is about: as its title says, or else its sheet's name, or else its file's name.
    ///
    /// # Errors
    /// If it is about the state, or about a district that is unknown, or if the texts contradict each other.
    fn owner(&self, table: &TableSurvey, setting: &TableSetting) -> Result<TableOwner, String> {
        let titles: Vec<&str> = table.title.iter().map(String::as_str).collect();
        let sheet = self.mention(setting.sheet.as_deref().as_slice());
        match (self.mention(&titles), sheet) {
            (Some(OwnerMention::District(title, _)), Some(OwnerMention::State(sheet))) => {
                Err(wording::district_and_state(title, sheet))
            }
            (Some(mention), _) | (None, Some(mention)) => mention.decided(),
            (None, None) => match self.mention(&[stem(&setting.file)]) {
                Some(mention) => mention.decided(),
                None => Ok(TableOwner::Unsaid),
            },
        }
    }

    /// The district that some texts name, or else the state.
    fn mention<'t>(&self, texts: &[&'t str]) -> Option<OwnerMention<'t>> {
        let district = texts.iter().find_map(|text| Some(OwnerMention::District(text, self.district(text)?)));
        if district.is_some() {
            return district;
        }
        texts.iter().find(|text| self.is_about_state(text)).map(|text| OwnerMention::State(text))
    }

    /// The district that a text names: with a word for its kind, or by a name that another table has.
    fn district(&self, text: &str) -> Option<TableOwner> {
        let spaced = text.replace('_', " ");
        let named = self.vocabulary.district_in(&spaced);
        let core = self.vocabulary.name_core(named.as_deref().unwrap_or(&spaced));
        let known = match named {
            Some(_) => self.owners.id_of(&core),
            None => self.owners.ids.get(&core).cloned().flatten().filter(|_| !self.names_students(&core)),
        };
        known.map(TableOwner::Known).or_else(|| named.map(TableOwner::Named))
    }

    /// Whether a text is the name of a subject or of a student group, which may also be that of a district (Reading).
    fn names_students(&self, text: &str) -> bool {
        let groups = &self.vocabulary.catalog.groups;
        groups.subject_id(text).is_some() || groups.group_id(text).is_some()
    }

    /// Whether a text is about the state; of a state's bare name only if other tables have districts.
    fn is_about_state(&self, text: &str) -> bool {
        self.vocabulary.names_state(text)
            || !self.owners.ids.is_empty() && self.numbers.markers().is_state(text)
    }
}

/// A file's name without folders and extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
