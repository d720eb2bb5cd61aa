//! Whom the tables without a column of districts are about: the state, or one of several districts, as their titles and the
//! names of their sheets and files say. What is about others must not become the project's district.

use std::collections::BTreeMap;

use super::edition_names::EditionNames;
use super::folder_table::{FolderTable, TableIndex};
use super::name_pattern::file_stem;
use super::sheet::TableSurvey;
use super::table_owner::TableOwner;
use super::tables_alike::{TableComparer, place};
use super::tokens::{has_phrase, tokenize};
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::observation::NumberReader;
use crate::wording::survey_tables as wording;

/// Whom the tables of a folder are about, and those that nothing tells apart.
pub(super) struct FolderOwners {
    /// The settings of all tables, in their order.
    settings: Vec<TableSetting>,
}

/// Whom a table is about, and the tables like it.
struct TableSetting {
    /// The owner, or why it is unknown.
    owner: Result<TableOwner, String>,
    /// Where the tables are that may be about the same and have other values, its own place among them; empty if there are no
    /// others.
    alike: Vec<String>,
}

impl FolderOwners {
    pub(super) fn new(
        tables: &[FolderTable<'_>],
        vocabulary: &Vocabulary<'_>,
        numbers: &NumberReader,
    ) -> Self {
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
        let reader = OwnerReader { ids: &ids, vocabulary, numbers };
        let owners: Vec<Result<TableOwner, String>> =
            tables.iter().map(|table| reader.owner(table)).collect();
        let names = EditionNames::new(&vocabulary.catalog.synonyms.editions).ok();
        let comparer = TableComparer { vocabulary, names };
        let mut settings = Vec::new();
        for (table, owner) in tables.iter().zip(&owners) {
            let mut alike: Vec<String> = Vec::new();
            for (other, others_owner) in tables.iter().zip(&owners) {
                if may_replace(others_owner, owner) && comparer.are_alike(table, other) {
                    alike.push(place(other));
                }
            }
            if !alike.is_empty() {
                alike.push(place(table));
                alike.sort();
                alike.dedup();
            }
            settings.push(TableSetting { owner: owner.clone(), alike });
        }
        Self { settings }
    }

    /// Decides whom a table is about, or says why that is unknown.
    pub(super) fn apply(&self, table: &mut TableSurvey, index: TableIndex) {
        if table.district().is_some() {
            return;
        }
        let setting = &self.settings[index.0];
        let problem = match &setting.owner {
            Ok(_) if !setting.alike.is_empty() => Some(wording::tables_alike(&setting.alike)),
            Ok(owner) => {
                table.owner = owner.clone();
                know_district(table);
                None
            }
            Err(problem) => Some(problem.clone()),
        };
        if table.problem.is_none() {
            table.problem = problem;
        }
    }
}

/// If the text around a table of schools names their district, no column needs to.
fn know_district(table: &mut TableSurvey) {
    let evidence = &table.evidence;
    if table.owner == TableOwner::Unsaid || !evidence.may_be_schools_of_one {
        return;
    }
    if evidence.are_districts_unknown && table.problem == evidence.problem {
        table.problem = evidence.problem_with_districts.clone().or_else(|| table.doubt.clone());
    }
    table.evidence.know_districts();
}

/// Whether a table with one owner would replace values of a table with another: both have the same, or only the first is known.
fn may_replace(one: &Result<TableOwner, String>, other: &Result<TableOwner, String>) -> bool {
    match (one, other) {
        (Ok(TableOwner::Named(_) | TableOwner::Known(_)), Ok(TableOwner::Unsaid)) => true,
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether a name has the words of another, and more.
fn begins_with(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
}

fn has_ids(table: &FolderTable<'_>) -> bool {
    table.table.role(Role::DistrictId).is_some()
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
    /// The id of each district, by its name without the words for its kind; `None` if several districts have that name.
    ids: &'a BTreeMap<String, Option<String>>,
    vocabulary: &'a Vocabulary<'a>,
    numbers: &'a NumberReader,
}

impl OwnerReader<'_> {
    /// Whom a table is about: as its title says, or else its sheet's name, or else its file's name.
    ///
    /// # Errors
    /// If it is about the state, or about a district that is unknown, or if the texts contradict each other.
    fn owner(&self, table: &FolderTable<'_>) -> Result<TableOwner, String> {
        let titles: Vec<&str> = table.table.title.iter().map(String::as_str).collect();
        let sheet = self.mention(table.sheet.as_slice());
        let file = self.mention(&[file_stem(table.file)]);
        let are_named = matches!(file, Some(OwnerMention::District(..))) || !self.ids.is_empty();
        let unnamed = table.sheet.filter(|_| sheet.is_none());
        if let Some(sheet) = unnamed.filter(|sheet| self.is_about_others(sheet, table, are_named)) {
            return Err(wording::about_others(sheet));
        }
        let titled = self.mention(&titles);
        if titled.is_none() && sheet.is_none() {
            let unnamed = stem_if(table.file, file.is_none());
            let mut around = titles.iter().copied().chain(unnamed);
            if let Some(text) = around.find(|text| self.is_text_about_others(text)) {
                return Err(wording::text_about_others(text));
            }
        }
        match (titled, sheet) {
            (Some(OwnerMention::District(title, _)), Some(OwnerMention::State(sheet))) => {
                Err(wording::district_and_state(title, sheet))
            }
            (Some(mention), _) | (None, Some(mention)) => mention.decided(),
            (None, None) => match file {
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
            Some(_) => self.id_of(&core),
            None => self.ids.get(&core).cloned().flatten().filter(|_| !self.names_students(&core)),
        };
        known.map(TableOwner::Known).or_else(|| named.map(TableOwner::Named))
    }

    /// Whether a text is the name of a subject or of a student group, which may also be that of a district (Reading).
    fn names_students(&self, text: &str) -> bool {
        let groups = &self.vocabulary.catalog.groups;
        groups.subject_id(text).is_some() || groups.group_id(text).is_some()
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

    /// Whether the name of a sheet says that its table is about a region, the nation, or other districts; of a state's name
    /// only if the district is named elsewhere.
    fn is_about_others(&self, sheet: &str, table: &FolderTable<'_>, is_named_elsewhere: bool) -> bool {
        let whom = &self.vocabulary.catalog.synonyms.whom;
        let around: Vec<String> = table
            .table
            .title
            .iter()
            .map(String::as_str)
            .chain([file_stem(table.file)])
            .flat_map(tokenize)
            .collect();
        let (_, bare) = self.vocabulary.take_year_and_grade(sheet);
        let mut words = tokenize(&bare);
        words.retain(|word| !whom.others_beside.contains(word) && !word.bytes().all(|b| b.is_ascii_digit()));
        if words.is_empty() || words.iter().all(|word| around.contains(word)) {
            return false;
        }
        words.iter().all(|word| whom.others.contains(word))
            || is_named_elsewhere && self.numbers.markers().is_state(&words.join(" "))
    }

    /// Whether a title or the name of a file says that its table is about a region, the nation, or other districts.
    fn is_text_about_others(&self, text: &str) -> bool {
        let whom = &self.vocabulary.catalog.synonyms.whom;
        let spaced = text.replace('_', " ");
        if tokenize(&spaced).iter().any(|word| whom.around_unless.contains(word)) {
            return false;
        }
        if has_phrase(&spaced, &whom.around) {
            return true;
        }
        let is_named = tokenize(&spaced).iter().any(|word| whom.around_alone.contains(word));
        is_named && self.vocabulary.parse_name(&spaced).words.iter().all(|word| self.is_known_word(word))
    }

    /// Whether a word is one of a measure's, a number, or one for others.
    fn is_known_word(&self, word: &String) -> bool {
        let whom = &self.vocabulary.catalog.synonyms.whom;
        self.vocabulary.index.is_real(word)
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || [&whom.around_alone, &whom.others, &whom.others_beside]
                .into_iter()
                .any(|list| list.contains(word))
    }

    /// Whether a text is about the state; of a state's bare name only if other tables have districts.
    fn is_about_state(&self, text: &str) -> bool {
        self.vocabulary.names_state(text) || !self.ids.is_empty() && self.numbers.markers().is_state(text)
    }
}

/// A file's name without folders and extension, if it is wanted.
fn stem_if(file: &str, is_wanted: bool) -> Option<&str> {
    is_wanted.then(|| file_stem(file))
}
