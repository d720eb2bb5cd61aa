//! Two systems of ids in one folder: the districts of two tables have the same names, and other ids.

use std::collections::BTreeMap;

use super::folder_table::{FolderTable, TableIndex};
use super::sheet::TableSurvey;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::domain::DistrictId;
use crate::wording::survey_rows::{self as wording, IdsElsewhere};

/// With fewer names in common, districts may have the same names by chance.
const FEWEST_NAMES: usize = 3;
/// If this share of the names in common has other ids, the tables have two systems of ids.
const NEARLY_ALL: f64 = 0.9;

/// The tables whose ids are others than those of an earlier table, with what to ask of each.
pub(super) struct FolderIdSystems {
    questions: BTreeMap<TableIndex, String>,
}

/// The districts of a table: the id of each by its name.
struct NamedIds<'t> {
    file: &'t str,
    column: &'t str,
    ids: BTreeMap<String, &'t str>,
}

impl FolderIdSystems {
    pub(super) fn new(tables: &[FolderTable<'_>], vocabulary: &Vocabulary<'_>) -> Self {
        let mut first: Vec<NamedIds<'_>> = Vec::new();
        let mut questions = BTreeMap::new();
        for table in tables {
            let Some(named) = NamedIds::of(table, vocabulary) else { continue };
            match first.iter().find_map(|earlier| named.question(earlier)) {
                Some(question) => drop(questions.insert(table.index, question)),
                None => first.push(named),
            }
        }
        Self { questions }
    }

    pub(super) fn apply(&self, table: &mut TableSurvey, index: TableIndex) {
        if let (Some(question), None) = (self.questions.get(&index), &table.problem) {
            table.problem = Some(question.clone());
        }
    }
}

impl<'t> NamedIds<'t> {
    /// `None` if the table has no ids, or if they are not those of districts as they stand.
    fn of(table: &FolderTable<'t>, vocabulary: &Vocabulary<'_>) -> Option<Self> {
        let column = table.table.role(Role::DistrictId)?;
        let evidence = &table.table.evidence;
        if evidence.district_prefix.or(evidence.school_suffix).is_some() {
            return None;
        }
        let names = evidence.district_names.iter();
        let ids = names.map(|(name, id)| (vocabulary.name_core(name), id.as_str())).collect();
        Some(Self { file: table.file, column: &column.name, ids })
    }

    /// What to ask if nearly all districts with the same names have other ids in an earlier table.
    fn question(&self, earlier: &Self) -> Option<String> {
        let (mut common, mut others) = (0_usize, Vec::new());
        for (name, id) in &self.ids {
            let Some(known) = earlier.ids.get(name) else { continue };
            common += 1;
            if DistrictId::new(id) != DistrictId::new(known) {
                others.push([*id, *known]);
            }
        }
        let [id, known] = *others.first()?;
        let are_others = common >= FEWEST_NAMES && others.len() as f64 >= NEARLY_ALL * common as f64;
        are_others.then(|| {
            wording::other_ids_elsewhere(&IdsElsewhere {
                column: self.column,
                id,
                file: earlier.file,
                known_column: earlier.column,
                known,
            })
        })
    }
}
