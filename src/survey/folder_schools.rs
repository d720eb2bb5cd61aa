//! Ids of schools that begin with the id of their district, as the ids in another table of the folder show.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, ColumnMeaning};
use super::folder_table::{FolderTable, TableIndex};
use super::sheet::TableSurvey;
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

/// Ids of districts with fewer digits may be the beginning of other ids by chance.
const SHORTEST_ID: usize = 4;
/// The longest part of an id that is the school's.
const LONGEST_SUFFIX: usize = 6;
/// With fewer ids of schools, an agreement shows little.
const FEWEST_IDS: usize = 3;
/// At least this share of the ids begins with that of a district.
const LEAST_WITH_PREFIX: f64 = 0.95;
/// If more than this share of the ids are those of districts themselves, they are not ids of schools.
const MOST_SHARED: f64 = 0.5;

/// The ids of the districts in one table.
struct TableDistricts {
    index: TableIndex,
    file: String,
    /// Without leading zeros.
    ids: BTreeSet<String>,
}

/// The ids of the districts in the tables of a folder.
#[derive(Default)]
pub(super) struct FolderDistricts {
    tables: Vec<TableDistricts>,
}

/// How the ids of a column begin with those of districts.
struct SchoolSuffix {
    characters: usize,
    /// Whether most districts have several.
    are_several: bool,
    /// Whether all ids end alike.
    is_constant: bool,
}

impl FolderDistricts {
    pub(super) fn new(tables: &[FolderTable<'_>]) -> Self {
        let mut districts = Self::default();
        for FolderTable { index, file, table, .. } in tables {
            let Some(column) = table.role(Role::DistrictId) else { continue };
            let is_whole = table.evidence.district_prefix.is_none() && table.evidence.joined_ids.is_empty();
            let ids: BTreeSet<String> = codes(column).iter().map(|code| unpadded(code).to_owned()).collect();
            let are_long = ids.iter().any(|id| id.len() >= SHORTEST_ID);
            if is_whole && are_long {
                districts.tables.push(TableDistricts { index: *index, file: (*file).to_owned(), ids });
            }
        }
        // The shortest ids are those of districts.
        districts.tables.sort_by_key(|table| table.ids.iter().map(String::len).max());
        districts
    }

    /// If the ids of a table begin with those of districts, and end with a school's: says so. Returns whether it did.
    pub(super) fn apply(&self, table: &mut TableSurvey, index: TableIndex) -> bool {
        let evidence = &table.evidence;
        if evidence.district_prefix.is_some() || !evidence.joined_ids.is_empty() {
            return false;
        }
        let Some(position) = column_of_ids(table) else { return false };
        let column = &table.columns[position];
        let codes = codes(column);
        if codes.len() < FEWEST_IDS {
            return false;
        }
        let mut others = self.tables.iter().filter(|other| other.index != index);
        let Some((suffix, file)) =
            others.find_map(|other| Some((school_suffix(&codes, &other.ids)?, &other.file)))
        else {
            return false;
        };
        if !suffix.are_several && !suffix.is_constant {
            return false;
        }
        let reason = wording::ids_begin_with_districts(&column.name, suffix.characters, file);
        let column = &mut table.columns[position];
        column.meaning = ColumnMeaning::Role(Role::DistrictId);
        column.why.clone_from(&reason);
        table.evidence.school_suffix = Some(suffix.characters);
        table.evidence.schools |= suffix.are_several;
        table.evidence.reasons.push(reason);
        if table.evidence.are_districts_unknown && table.problem == table.evidence.problem {
            table.problem = None;
        }
        table.evidence.know_districts();
        true
    }
}

/// The position of the column whose ids may begin with those of districts: of schools, in a table that names no district,
/// or else of districts.
fn column_of_ids(table: &TableSurvey) -> Option<usize> {
    let with =
        |role: Role| table.columns.iter().position(|column| column.meaning == ColumnMeaning::Role(role));
    match (with(Role::DistrictId), with(Role::SchoolId)) {
        (None, Some(school)) if table.role(Role::DistrictName).is_none() => Some(school),
        (Some(district), None) => Some(district),
        _ => None,
    }
}

/// The number of characters at the end of nearly all `codes` without which they are ids of districts.
fn school_suffix(codes: &BTreeSet<String>, districts: &BTreeSet<String>) -> Option<SchoolSuffix> {
    let known = codes.iter().filter(|code| districts.contains(unpadded(code))).count();
    if codes.len() < FEWEST_IDS || known as f64 > MOST_SHARED * codes.len() as f64 {
        return None;
    }
    (1..=LONGEST_SUFFIX).find_map(|characters| {
        let mut by_district: BTreeMap<&str, usize> = BTreeMap::new();
        let mut endings: BTreeSet<&str> = BTreeSet::new();
        for code in codes {
            let (beginning, ending) = code.split_at_checked(code.len().saturating_sub(characters))?;
            let district = unpadded(beginning);
            if district.len() >= SHORTEST_ID && districts.contains(district) {
                *by_district.entry(district).or_default() += 1;
                endings.insert(ending);
            }
        }
        let with_prefix: usize = by_district.values().sum();
        let several = by_district.values().filter(|ids| **ids > 1).count();
        (with_prefix as f64 >= LEAST_WITH_PREFIX * codes.len() as f64).then(|| SchoolSuffix {
            characters,
            are_several: several * 2 >= by_district.len(),
            is_constant: endings.len() == 1,
        })
    })
}

/// The ids and names of the districts of a table; empty if it names none.
pub(super) fn codes_of_districts(table: &TableSurvey) -> BTreeSet<String> {
    let column = table.district().filter(|_| table.evidence.joined_ids.is_empty());
    column.map(codes).unwrap_or_default().iter().map(|code| unpadded(code).to_lowercase()).collect()
}

/// The different texts and numbers of a column.
fn codes(column: &Column) -> BTreeSet<String> {
    let numbers = column.cells.numbers.iter().map(|number| format!("{number:.0}"));
    numbers.chain(column.cells.texts.keys().cloned()).collect()
}

fn unpadded(code: &str) -> &str {
    code.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::school_suffix;
    use std::collections::BTreeSet;

    fn set(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn ids_of_schools_begin_with_those_of_districts() {
        let districts = set(&["104018", "57816", "101912"]);
        let schools =
            set(&["1040180001", "1040180041", "578160002", "578160101", "1019120001", "1019120003"]);
        let suffix = school_suffix(&schools, &districts).unwrap();
        assert_eq!((suffix.characters, suffix.are_several), (4, true));
        // The district's id with the same ending everywhere.
        let padded = set(&["104018000", "57816000", "101912000"]);
        let suffix = school_suffix(&padded, &districts).unwrap();
        assert_eq!((suffix.characters, suffix.are_several, suffix.is_constant), (3, false, true));
    }

    #[test]
    fn other_ids_do_not() {
        let districts = set(&["104018", "57816", "101912"]);
        assert!(school_suffix(&districts, &districts).is_none());
        assert!(school_suffix(&set(&["2040180001", "778160002", "3019120001"]), &districts).is_none());
        // Short numbers begin like others by chance.
        let short = set(&["1", "2", "3", "41"]);
        assert!(school_suffix(&set(&["101", "102", "201", "305", "4102"]), &short).is_none());
    }
}
