//! What the rows of a table say of whom they are about: evidence that no column's name gives.
//!
//! A name says which column might hold an id. Whether the id is unique, whether a row adds up others, and whether a
//! blank cell repeats the label above it, only the rows can say. Each decision comes with its reason, for the
//! comments of the proposed layout; where the rows contradict each other, the table is not read.

mod beyond;
mod composite_ids;
mod district_ids;
mod fill_down;
mod grade_totals;
mod mixed_ids;
mod named_total;
mod nested_rows;
mod odd_years;
mod percent_rows;
mod region_rows;
mod repeats;
mod row_kinds;
mod school_labels;
mod school_totals;
mod shared_labels;
mod state_rows;
mod subtotals;
mod sums;
mod table_texts;
mod total_sign;
mod two_names;
mod unclear_letters;
mod wholes;
mod withheld_rows;

use std::collections::{BTreeMap, BTreeSet};

use super::column::ColumnMeaning;
pub(super) use super::row_evidence::{JoinedColumn, RowEvidence, RowRule};
use super::sheet::TableSurvey;
use super::table_region::TableRegion;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::observation::NumberReader;
use crate::wording::survey_rows as wording;
use sheets::Sheet;
pub(super) use table_texts::TableTexts;

/// The search for evidence in the rows of one table.
struct EvidenceSearch<'a> {
    survey: &'a TableSurvey,
    texts: TableTexts,
    vocabulary: &'a Vocabulary<'a>,
    numbers: &'a NumberReader,
    /// The texts that mean a row about a district, in the column of row types.
    types: BTreeSet<String>,
    /// The columns that say what a row is about besides its district and school.
    breakdowns: Vec<u32>,
    /// Whether the school columns name more than one school.
    names_schools: bool,
    /// The rows in a table of schools that are about the state, the nation, or a region.
    beyond: BTreeSet<usize>,
    /// The rows about whole districts among those of schools.
    totals: BTreeSet<usize>,
    /// By column of schools: the labels of rows about some schools of a district.
    subtotals: BTreeMap<u32, BTreeSet<String>>,
    /// The district's own name among those of schools, in a table without a column of districts.
    own_label: Option<String>,
    found: RowEvidence,
}

/// Searches the rows of a surveyed table for evidence.
pub(super) fn search(
    survey: &TableSurvey,
    sheet: &Sheet,
    table: &TableRegion,
    vocabulary: &Vocabulary<'_>,
    numbers: &NumberReader,
) -> RowEvidence {
    let texts = TableTexts::new(survey, sheet, table);
    let found = RowEvidence { filters: survey.rules.clone(), ..RowEvidence::default() };
    let types = types_of_districts(&texts, survey, vocabulary);
    let mut schools = [Role::SchoolId, Role::SchoolName].into_iter().filter_map(|role| survey.role(role));
    let names_schools = schools.any(|column| column.cells.different() > 1);
    let mut search = EvidenceSearch {
        survey,
        texts,
        vocabulary,
        numbers,
        types,
        breakdowns: breakdowns(survey),
        names_schools,
        beyond: BTreeSet::new(),
        totals: BTreeSet::new(),
        subtotals: BTreeMap::new(),
        own_label: None,
        found,
    };
    search.fill_labels_down();
    search.leave_out_nested();
    search.leave_out_compared();
    search.note_classes();
    search.leave_out_kinds();
    search.identify_districts();
    search.keep_wholes();
    search.separate_mixed_ids();
    search.leave_out_withheld();
    search.leave_out_odd_years();
    search.leave_out_other_unit();
    search.leave_out_letters();
    search.leave_out_regions();
    search.leave_out_states();
    search.decide_level();
    search.find_codes_of_all_grades();
    search.find_labels_of_schools();
    search.check_repeats();
    search.compare_names();
    search.list_districts();
    search.note_totals_of_groups();
    search.found
}

/// The columns that give the year, measure, group, grade, or subject of a row.
fn breakdowns(survey: &TableSurvey) -> Vec<u32> {
    const ROLES: [Role; 5] = [Role::SchoolYear, Role::Measure, Role::Group, Role::Grade, Role::Subject];
    let columns = ROLES
        .iter()
        .flat_map(|role| survey.columns.iter().filter(|column| column.meaning == ColumnMeaning::Role(*role)));
    columns.map(|column| column.column).collect()
}

fn types_of_districts(
    texts: &TableTexts,
    survey: &TableSurvey,
    vocabulary: &Vocabulary<'_>,
) -> BTreeSet<String> {
    let column = survey.role(Role::RowType).and_then(|column| texts.column(column.column));
    let mut types: BTreeSet<String> = column.into_iter().flatten().cloned().collect();
    types.retain(|text| vocabulary.is_one_of(text, &vocabulary.catalog.synonyms.row_types.district));
    types
}

impl EvidenceSearch<'_> {
    /// Lists the districts with their names, unless ids have several parts or are those of schools.
    fn list_districts(&mut self) {
        let found = &self.found;
        let Some(name) = self.column_of(Role::DistrictName) else { return };
        if !found.joined_ids.is_empty() || found.district_prefix.or(found.school_suffix).is_some() {
            return;
        }
        let id = self.column_of(Role::DistrictId).unwrap_or(name);
        let mut names = BTreeMap::new();
        for row in self.rows_read() {
            let [id, name] = [id, name].map(|column| self.texts.text(column, row));
            if !id.is_empty() && !name.is_empty() {
                names.entry(name.to_owned()).or_insert_with(|| id.to_owned());
            }
        }
        self.found.district_names = names;
    }

    /// Says that totals of districts are left out if only they are about all students: no row of a group means everybody.
    fn note_totals_of_groups(&mut self) {
        let (Some(group), Some(district)) = (self.survey.role(Role::Group), self.survey.district()) else {
            return;
        };
        if group.cells.texts.keys().any(|text| self.vocabulary.is_everybody(text)) {
            return;
        }
        let texts = self.texts.column(district.column).unwrap_or_default();
        let totals: Vec<&String> = texts.iter().filter(|text| self.is_total(text)).collect();
        let different: BTreeSet<&String> = totals.iter().copied().collect();
        if let Some(first) = totals.first().filter(|_| different.len() > 1) {
            self.found.notes.push(wording::totals_of_groups(first, totals.len(), &group.name));
        }
    }

    /// The column with a role, as its position in the sheet.
    fn column_of(&self, role: Role) -> Option<u32> {
        self.survey.role(role).map(|column| column.column)
    }

    fn name_of(&self, column: u32) -> String {
        let mut columns = self.survey.columns.iter();
        columns.find(|known| known.column == column).map_or_else(String::new, |known| known.name.clone())
    }

    fn is_total(&self, text: &str) -> bool {
        self.numbers.markers().is_total(text)
    }

    /// Whether the text of a school column is a known word for a total.
    fn is_total_of_schools(&self, text: &str) -> bool {
        self.is_total(text) || self.numbers.markers().is_whole_district(text)
    }

    /// Whether the id, the name or the school of a row is a known word for a total.
    fn names_total(&self, row: usize) -> bool {
        let districts = self.texts_with([Role::DistrictId, Role::DistrictName], row);
        let schools = self.texts_with([Role::SchoolId, Role::SchoolName], row);
        districts.into_iter().any(|text| self.is_total(text))
            || self.names_class(row)
            || self.names_schools && schools.into_iter().any(|text| self.is_total_of_schools(text))
    }

    /// Whether a row is about a class of districts.
    fn names_class(&self, row: usize) -> bool {
        let Some(name) = self.column_of(Role::DistrictName) else { return false };
        let id = self.column_of(Role::DistrictId).map_or("", |id| self.texts.text(id, row));
        self.numbers.markers().is_class(self.texts.text(name, row), id)
    }

    /// The texts of a row in the columns with these roles.
    fn texts_with(&self, roles: [Role; 2], row: usize) -> Vec<&str> {
        let columns = roles.into_iter().filter_map(|role| self.column_of(role));
        columns.map(|column| self.texts.text(column, row)).collect()
    }

    /// The rows that no known word calls a total, and that are not of a type of row that is left out.
    fn plain_rows(&self) -> Vec<usize> {
        (0..self.texts.len())
            .filter(|row| !self.names_total(*row) && self.has_type_of_districts(*row))
            .collect()
    }

    /// Whether a row is about a district, as far as a column says the type of each row.
    fn has_type_of_districts(&self, row: usize) -> bool {
        self.column_of(Role::RowType).is_none_or(|column| self.types.contains(self.texts.text(column, row)))
    }

    /// What a row is about besides its district and school: its year, measure, group, grade and subject.
    fn breakdown(&self, row: usize) -> String {
        let columns = self.breakdowns.iter();
        let texts = columns.map(|column| self.texts.text(*column, row)).chain([self.texts.heading(row)]);
        texts.collect::<Vec<_>>().join("\u{1f}")
    }

    /// The district of a row: its id, of several columns if need be, or its name.
    fn district(&self, row: usize) -> String {
        let joined: Vec<&str> =
            self.found.joined_ids.iter().map(|part| self.text_in(&part.name, row)).collect();
        if !joined.is_empty() {
            return joined.join("\u{1f}");
        }
        let Some(column) = self.survey.district() else { return String::new() };
        let text = self.texts.text(column.column, row);
        match self.found.district_prefix {
            Some(prefix) => text.chars().take(prefix).collect(),
            None => text.to_lowercase(),
        }
    }

    /// The text of a row in the column with this name.
    fn text_in(&self, name: &str, row: usize) -> &str {
        let column = self.survey.columns.iter().find(|known| known.name == name);
        column.map_or("", |column| self.texts.text(column.column, row))
    }
}
