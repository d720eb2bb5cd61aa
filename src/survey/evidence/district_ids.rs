//! Whether the id column identifies the districts: alone, together with another column, or by its beginning.

use std::collections::{BTreeMap, BTreeSet};

use super::{EvidenceSearch, JoinedColumn, RowRule};
use crate::catalog::Role;
use crate::domain::DistrictId;
use crate::survey::cell_profile::ColumnType;
use crate::survey::column::{Column, ColumnMeaning};
use crate::wording::survey_rows::{self as wording, IdWithNames};

/// Two columns together are an id if at most this share of the rows contradicts it.
const MOST_CONTRADICTING: f64 = 0.01;
/// A column completes an id only if nearly every name has one text in it; a school's name has many.
const LEAST_CONSTANT: f64 = 0.9;
/// An id is a school's if at least this share of the districts' names has several.
const LEAST_WITH_SEVERAL: f64 = 0.5;
/// No more districts than this have the same name.
const MOST_OF_ONE_NAME: usize = 2;
/// A single zero at the end of an id shows nothing.
const SHORTEST_SCHOOL_PART: usize = 2;
/// How many characters of two names must agree for one to be a longer form of the other.
const SHORTEST_NAME: usize = 5;

/// How much a column looks like one that completes an id, the likeliest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IdPartLikeness {
    is_unusual: bool,
    is_text: bool,
    /// How many columns it is away from the id.
    distance: u32,
}

/// The names that each id has in one school year.
type NamesById = BTreeMap<String, BTreeSet<String>>;

impl EvidenceSearch<'_> {
    /// Decides how a row identifies its district.
    pub(super) fn identify_districts(&mut self) {
        let (Some(id), Some(name)) = (self.column_of(Role::DistrictId), self.column_of(Role::DistrictName))
        else {
            return;
        };
        self.leave_out_zeros(id);
        if self.split_school_ids(id, name) {
            return;
        }
        let contradicting = contradictions(&self.names_by_id(&[id], name));
        let Some(example) = contradicting.first() else { return };
        match self.completing_column(id, name) {
            Some(other) => self.join(id, other, example),
            None => self.found.problem = Some(wording::id_with_two_names(&self.name_of(id), example)),
        }
    }

    /// Leaves out rows whose id is all zeros, among others that are not: no district has such an id.
    fn leave_out_zeros(&mut self, id: u32) {
        let Some(texts) = self.texts.column(id) else { return };
        let zeros = texts.iter().filter(|text| is_zeros(text)).count();
        let others = texts.iter().filter(|text| !text.is_empty() && !is_zeros(text)).count();
        if zeros > 0 && others > zeros {
            self.found.filters.push(RowRule {
                column: self.name_of(id),
                pattern: "^0+$".to_owned(),
                keeps: false,
                why: wording::ID_OF_ZEROS.to_owned(),
            });
        }
    }

    /// The names of each id, by the texts of `columns` and the school year.
    fn names_by_id(&self, columns: &[u32], name: u32) -> NamesById {
        let year = self.column_of(Role::SchoolYear);
        let mut names = NamesById::new();
        for row in self.identified_rows() {
            let mut key: Vec<&str> = columns.iter().map(|column| self.texts.text(*column, row)).collect();
            key.push(year.map_or("", |column| self.texts.text(column, row)));
            let text = comparable(self.texts.text(name, row));
            if !key[0].is_empty() && !text.is_empty() {
                names.entry(key.join(" ")).or_default().insert(text);
            }
        }
        names
    }

    /// The rows that are not totals and not left out.
    fn identified_rows(&self) -> Vec<usize> {
        let id = self.column_of(Role::DistrictId).unwrap_or(0);
        let mut rows = self.plain_rows();
        rows.retain(|row| !is_zeros(self.texts.text(id, *row)));
        rows
    }

    /// The column that together with the id identifies the districts by their names: one that usually does, of codes,
    /// and nearest to the id.
    fn completing_column(&self, id: u32, name: u32) -> Option<u32> {
        let mut possible: Vec<&Column> =
            self.survey.columns.iter().filter(|column| self.completes(column, id, name)).collect();
        possible.sort_by_key(|column| self.likeness_to_id_part(column, id));
        possible.first().map(|column| column.column)
    }

    /// How much a column looks like one that completes the id; the smallest is the likeliest.
    pub(super) fn likeness_to_id_part(&self, column: &Column, id: u32) -> IdPartLikeness {
        let usual = &self.vocabulary.catalog.synonyms.id_parts.names;
        IdPartLikeness {
            is_unusual: !self.vocabulary.is_one_of(&column.name, usual),
            is_text: column.cells.kind == ColumnType::Text,
            distance: column.column.abs_diff(id),
        }
    }

    fn completes(&self, column: &Column, id: u32, name: u32) -> bool {
        let is_possible = matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_));
        if !is_possible || self.texts.column(column.column).is_none() {
            return false;
        }
        let names = self.names_by_id(&[id, column.column], name);
        let contradicting = contradictions(&names).len() as f64;
        contradicting <= MOST_CONTRADICTING * names.len() as f64
            && self.is_constant_for_names(column.column, name)
    }

    /// Whether a column is filled, and nearly every name has one text in it.
    fn is_constant_for_names(&self, column: u32, name: u32) -> bool {
        let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.identified_rows() {
            let text = self.texts.text(column, row);
            if text.is_empty() {
                return false;
            }
            texts.entry(self.texts.text(name, row)).or_default().insert(text);
        }
        let constant = texts.values().filter(|texts| texts.len() == 1).count();
        constant as f64 >= LEAST_CONSTANT * texts.len() as f64
    }

    /// Joins two columns to an id, in the table's order.
    fn join(&mut self, id: u32, other: u32, example: &IdWithNames) {
        let mut columns = [id, other];
        columns.sort_unstable();
        self.found.joined_ids = columns
            .map(|column| JoinedColumn { name: self.name_of(column), width: self.width_of(column) })
            .to_vec();
        self.found.reasons.push(wording::joined_ids(&self.name_of(id), &self.name_of(other), example));
    }

    /// The length of the longest text of a column, as an id.
    pub(super) fn width_of(&self, column: u32) -> usize {
        let texts = self.texts.column(column).unwrap_or_default();
        let lengths = texts.iter().map(|text| text.chars().filter(|c| c.is_alphanumeric()).count());
        lengths.max().unwrap_or(1).clamp(1, DistrictId::WIDEST)
    }

    /// If most districts have several ids that begin alike: the ids are of schools, and their beginning is the
    /// district's. Returns whether that is so.
    fn split_school_ids(&mut self, id: u32, name: u32) -> bool {
        if self.column_of(Role::SchoolId).is_some() {
            return false;
        }
        let ids = self.ids_by_name(id, name);
        let several = ids.values().filter(|ids| ids.len() > 1).count();
        if ids.len() < 2 || (several as f64) < LEAST_WITH_SEVERAL * ids.len() as f64 {
            return false;
        }
        match district_prefix(&ids) {
            Some(prefix) => {
                self.found.district_prefix = Some(prefix);
                self.found.reasons.push(wording::school_ids(&self.name_of(id), prefix));
            }
            None if self.may_share_names(id, &ids) => {
                self.found.reasons.push(wording::districts_of_one_name(&self.name_of(id)));
                return false;
            }
            None => self.found.problem = Some(wording::name_with_several_ids(&self.name_of(id))),
        }
        true
    }

    /// Whether several districts may have the same name: the column is named like one of districts, its codes are equally long,
    /// and some names have one code and none more than two.
    fn may_share_names(&self, id: u32, ids: &BTreeMap<String, BTreeSet<String>>) -> bool {
        let lengths: BTreeSet<usize> = ids.values().flatten().map(String::len).collect();
        lengths.len() == 1
            && ids.values().any(|ids| ids.len() == 1)
            && ids.values().all(|ids| ids.len() <= MOST_OF_ONE_NAME)
            && self.vocabulary.names_district_id(&self.name_of(id))
    }

    /// The ids of each name in one school year.
    fn ids_by_name(&self, id: u32, name: u32) -> BTreeMap<String, BTreeSet<String>> {
        let year = self.column_of(Role::SchoolYear);
        let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        // A row about the whole district among those of its schools has its id too.
        let rows = (0..self.texts.len())
            .filter(|row| !self.names_total_of_districts(*row) && !self.names_class(*row))
            .filter(|row| self.has_type_of_districts(*row) && !is_zeros(self.texts.text(id, *row)));
        for row in rows {
            let text = self.texts.text(id, row);
            let year = year.map_or("", |column| self.texts.text(column, row));
            if !text.is_empty() {
                let key = format!("{} {year}", comparable(self.texts.text(name, row)));
                ids.entry(key).or_default().insert(text.to_owned());
            }
        }
        ids
    }
}

/// The ids that have names of several districts.
fn contradictions(names: &NamesById) -> Vec<IdWithNames> {
    let mut found = Vec::new();
    for (id, names) in names {
        let mut names = names.iter();
        let Some(first) = names.next() else { continue };
        if let Some(other) = names.find(|other| !are_forms_of_one_name(first, other)) {
            found.push(IdWithNames { id: id.trim().to_owned(), names: [first.clone(), other.clone()] });
        }
    }
    found
}

/// Whether one name is the beginning of the other: `Ash Creek` and `Ash Creek ISD`.
fn are_forms_of_one_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= SHORTEST_NAME && long.starts_with(short)
}

/// A name in lower case, without signs.
fn comparable(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn is_zeros(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte == b'0')
}

/// The number of characters by which the ids of one name begin alike, and no two names do: the number after which the most ids
/// are only zeros, as those of whole districts are, else the smallest. `None` if there is none, or if the ids differ in length,
/// since leading zeros may have been lost.
fn district_prefix(ids: &BTreeMap<String, BTreeSet<String>>) -> Option<usize> {
    let all: Vec<&String> = ids.values().flatten().collect();
    let length = all.first()?.chars().count();
    if all.iter().any(|id| id.chars().count() != length) {
        return None;
    }
    let possible = (1..length).filter(|prefix| separates(ids, *prefix));
    // Of several with as many zeros, `max_by_key` returns the last: the smallest.
    possible.rev().max_by_key(|prefix| {
        let totals = all.iter().filter(|id| ends_in_zeros(id, *prefix)).count();
        if totals * 2 >= ids.len() { totals } else { 0 }
    })
}

/// Whether two or more characters follow the district's part of an id, and all of them are zeros.
pub(super) fn ends_in_zeros(id: &str, prefix: usize) -> bool {
    let school = school_part(id, prefix);
    school.len() >= SHORTEST_SCHOOL_PART && is_zeros(&school)
}

/// Whether ids of one name have the same first characters, and those of different names have not.
fn separates(ids: &BTreeMap<String, BTreeSet<String>>, prefix: usize) -> bool {
    let beginnings: Vec<BTreeSet<String>> =
        ids.values().map(|ids| ids.iter().map(|id| id.chars().take(prefix).collect()).collect()).collect();
    let distinct: BTreeSet<&String> = beginnings.iter().flatten().collect();
    beginnings.iter().all(|beginnings| beginnings.len() == 1) && distinct.len() == names_of_one_year(ids)
}

/// The part of an id after the district's: its letters and digits.
fn school_part(id: &str, prefix: usize) -> String {
    id.chars().skip(prefix).filter(|c| c.is_alphanumeric()).collect()
}

/// How many names there are; a name occurs once for each school year.
fn names_of_one_year(ids: &BTreeMap<String, BTreeSet<String>>) -> usize {
    let names: BTreeSet<&str> =
        ids.keys().map(|key| key.rsplit_once(' ').map_or(key.as_str(), |(name, _)| name)).collect();
    names.len()
}

#[cfg(test)]
mod tests {
    use super::{are_forms_of_one_name, comparable, district_prefix};
    use std::collections::{BTreeMap, BTreeSet};

    fn ids(pairs: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
        pairs
            .iter()
            .map(|(name, ids)| (format!("{name} 2024"), ids.iter().map(ToString::to_string).collect()))
            .collect()
    }

    #[test]
    fn the_beginning_of_school_ids_is_the_districts() {
        assert_eq!(
            district_prefix(&ids(&[("ash", &["010001", "010002"]), ("elm", &["020001", "020005"])])),
            Some(2)
        );
        // No beginning tells these apart.
        assert_eq!(
            district_prefix(&ids(&[("ash", &["010001", "020002"]), ("elm", &["010003", "020005"])])),
            None
        );
        // After the first three characters, one id of each district is only zeros.
        assert_eq!(
            district_prefix(&ids(&[("ash", &["010000", "010002"]), ("elm", &["020000", "020005"])])),
            Some(2)
        );
        assert_eq!(
            district_prefix(&ids(&[("ash", &["011000", "011002"]), ("elm", &["022000", "022005"])])),
            Some(3)
        );
        // A leading zero was lost.
        assert_eq!(
            district_prefix(&ids(&[("ash", &["10001", "10002"]), ("elm", &["120001", "120005"])])),
            None
        );
    }

    #[test]
    fn a_longer_form_is_the_same_name() {
        assert!(are_forms_of_one_name(&comparable("Ash Creek"), &comparable("ASH CREEK I.S.D.")));
        assert!(!are_forms_of_one_name(&comparable("Ash Creek"), &comparable("Ash Hill")));
        assert!(!are_forms_of_one_name(&comparable("Ash"), &comparable("Ashland")));
    }
}
