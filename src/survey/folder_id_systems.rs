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

/// The id of a district in the first table that has it.
struct KnownId<'t> {
    id: &'t str,
    column: &'t str,
    file: &'t str,
}

/// The districts of the tables with one system of ids, by their names.
type KnownIds<'t> = BTreeMap<String, KnownId<'t>>;

impl FolderIdSystems {
    pub(super) fn new(tables: &[FolderTable<'_>], vocabulary: &Vocabulary<'_>) -> Self {
        let mut known = KnownIds::new();
        let mut questions = BTreeMap::new();
        for table in tables {
            let ids = ids_of(table, vocabulary);
            if let Some(question) = question(&ids, &known) {
                questions.insert(table.index, question);
                continue;
            }
            for (name, id) in ids {
                known.entry(name).or_insert(id);
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

/// The districts of a table; none if it has no ids, or if they are not those of districts as they stand.
fn ids_of<'t>(table: &FolderTable<'t>, vocabulary: &Vocabulary<'_>) -> KnownIds<'t> {
    let evidence = &table.table.evidence;
    let are_whole = evidence.district_prefix.or(evidence.school_suffix).is_none();
    let Some(column) = table.table.role(Role::DistrictId).filter(|_| are_whole) else {
        return KnownIds::new();
    };
    let names = evidence.district_names.iter();
    names
        .map(|(name, id)| {
            (vocabulary.name_core(name), KnownId { id, column: &column.name, file: table.file })
        })
        .collect()
}

/// What to ask if nearly all districts with the same names have other ids in an earlier table.
fn question(ids: &KnownIds<'_>, known: &KnownIds<'_>) -> Option<String> {
    let (mut common, mut first) = (0_usize, None);
    let mut others = 0_usize;
    for (name, own) in ids {
        let Some(known) = known.get(name) else { continue };
        common += 1;
        if DistrictId::new(own.id) != DistrictId::new(known.id) {
            others += 1;
            first.get_or_insert_with(|| {
                wording::other_ids_elsewhere(&IdsElsewhere {
                    column: own.column,
                    id: own.id,
                    file: known.file,
                    known_column: known.column,
                    known: known.id,
                })
            });
        }
    }
    first.filter(|_| common >= FEWEST_NAMES && others as f64 >= NEARLY_ALL * common as f64)
}
