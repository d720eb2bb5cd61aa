//! Columns that say what a row is about.

use std::collections::BTreeMap;

use super::category_pair;
use super::cell_profile::{CellProfile, ColumnType};
use super::cell_profiler::is_year_text;
use super::column::{Column, ColumnMeaning};
use super::compiled_patterns::any_match;
use super::district_values;
use super::matching::sure_measure;
use super::vocabulary::Vocabulary;
use super::whole_table::last_part;
use crate::catalog::Role;
use crate::domain::{ALL, DistrictId, Grade};
use crate::observation::ROW_LABELS;
use crate::wording::survey_columns as wording;

/// A column that fits two roles gets the one that comes first in this list.
const ORDER: [Role; 10] = [
    Role::RowType,
    Role::SchoolYear,
    Role::DistrictId,
    Role::DistrictName,
    Role::SchoolId,
    Role::SchoolName,
    Role::Measure,
    Role::Group,
    Role::Subject,
    Role::Grade,
];
/// A column of categories (groups, subjects) has at most this many distinct texts.
const MOST_CATEGORIES: usize = 60;
/// A column of years with a few other texts has at least this many years, and this many for each other text.
const FEWEST_YEARS: usize = 2;
const YEARS_FOR_EACH_OTHER: usize = 2;
/// Among codes of numbers, words have at most this many characters, and there is at most one for this many numbers.
const LONGEST_CODE: usize = 8;
const NUMBERS_FOR_EACH_WORD: usize = 2;
const YEAR_DIGITS: usize = 4;
/// Fewer names like those of districts show nothing.
const FEWEST_DISTRICTS: usize = 3;
/// A column that is named so has at least this many grades if some of its codes are unknown.
const FEWEST_GRADES: usize = 3;
/// A column of years with an unknown name has at least this many.
const FEWEST_IN_A_ROW: usize = 3;
/// A column of row types has at most this many distinct texts.
const MOST_ROW_TYPES: usize = 12;

/// Assigns each role to the column whose name and cells fit it best, and attributes to the columns named
/// after them.
pub(super) fn assign(vocabulary: &Vocabulary<'_>, columns: &mut [Column]) {
    let synonyms = &vocabulary.catalog.synonyms;
    category_pair::assign(vocabulary, columns);
    for role in ORDER {
        if columns.iter().any(|column| column.meaning == ColumnMeaning::Role(role)) {
            continue;
        }
        if let Some(names) = synonyms.roles.get(&role) {
            assign_role(&RoleFinder { vocabulary, role, names }, columns);
        }
    }
    for (id, names) in &synonyms.attributes {
        assign_attribute(vocabulary, id, names, columns);
    }
}

fn assign_role(finder: &RoleFinder<'_>, columns: &mut [Column]) {
    let values = match finder.role {
        Role::DistrictId => district_values::position(finder.vocabulary, columns),
        _ => None,
    };
    let values = values.map(|index| columns[index].column);
    let ranked = columns.iter_mut().filter_map(|column| Some((finder.rank(column)?, column)));
    let ranked = ranked.filter(|(_, column)| Some(column.column) != values);
    // The first column of those with equal ranks.
    if let Some((rank, column)) = ranked.min_by_key(|(rank, _)| *rank) {
        let explain = if finder.is_by_name(rank) { wording::role_by_name } else { wording::role_by_cells };
        column.meaning = ColumnMeaning::Role(finder.role);
        column.why = explain(column.cells.kind.label());
    }
}

/// Assigns an attribute to a column with one of these names; if there is a code and a name, to the name.
fn assign_attribute(vocabulary: &Vocabulary<'_>, id: &str, names: &[String], columns: &mut [Column]) {
    let named = columns.iter_mut().filter(|column| may_be_attribute(vocabulary, names, column));
    if let Some(column) = named.min_by_key(|column| column.cells.kind != ColumnType::Text) {
        column.meaning = ColumnMeaning::Attribute(id.to_owned());
        column.why = wording::ATTRIBUTE.to_owned();
    }
}

fn may_be_attribute(vocabulary: &Vocabulary<'_>, names: &[String], column: &Column) -> bool {
    let are_labels = column.cells.kind == ColumnType::Text || is_code(&column.cells);
    are_labels && column.is_unread() && vocabulary.is_one_of(&column.name, names)
}

/// Finds the column of one role.
struct RoleFinder<'a> {
    vocabulary: &'a Vocabulary<'a>,
    role: Role,
    /// Usual names for such a column, most common first.
    names: &'a [String],
}

impl RoleFinder<'_> {
    /// How well an unread column fits the role (0 is best): the index of its name among the role's names, or
    /// the number of names if only its cells fit. `None` if it does not fit.
    fn rank(&self, column: &Column) -> Option<usize> {
        if !column.is_unread() {
            return None;
        }
        let rank = match self.name_rank(&column.name) {
            Some(rank) => rank,
            None if self.is_said_by(&column.cells) => self.names.len(),
            None if self.role == Role::SchoolYear && self.has_years_in_a_row(column) => self.names.len(),
            None => return None,
        };
        (self.fits(column, self.is_by_name(rank)) && !self.is_only_a_total(column)).then_some(rank)
    }

    /// Whether the only group in a column is everybody, and its name may mean other things too: "Grand Total" among the row labels of
    /// a pivot table is below districts, schools, or anything else.
    fn is_only_a_total(&self, column: &Column) -> bool {
        let roles = &self.vocabulary.catalog.synonyms.roles;
        let is_name_of =
            |names: &&Vec<String>| names.iter().any(|name| name.eq_ignore_ascii_case(&column.name));
        let mut known = column.cells.texts.keys().filter(|text| is_group(text, self.vocabulary));
        self.role == Role::Group
            && roles.values().filter(is_name_of).count() > 1
            && known.all(|text| self.vocabulary.is_everybody(text))
    }

    /// Whether the numbers of a column are years that follow one another, each in about as many rows, and its name says nothing
    /// else.
    fn has_years_in_a_row(&self, column: &Column) -> bool {
        if !column.cells.is_year() || !column.cells.texts.is_empty() {
            return false;
        }
        let mut rows: BTreeMap<i64, usize> = BTreeMap::new();
        for number in &column.cells.numbers {
            *rows.entry(*number as i64).or_default() += 1;
        }
        let [Some(first), Some(last)] = [rows.keys().next(), rows.keys().last()] else { return false };
        let are_in_a_row = rows.len() >= FEWEST_IN_A_ROW && last - first + 1 == rows.len() as i64;
        let [fewest, most] = [rows.values().min(), rows.values().max()];
        are_in_a_row
            && most <= fewest.map(|fewest| fewest * 2).as_ref()
            && (column.name == ROW_LABELS || !self.vocabulary.names_role(&column.name))
            && !self.vocabulary.is_called_id(&column.name)
            && sure_measure(self.vocabulary, &column.name).is_none()
    }

    const fn is_by_name(&self, rank: usize) -> bool {
        rank < self.names.len()
    }

    /// The index of a column's name, or of its lowest header text, among the role's names: an exact match,
    /// otherwise word by word.
    fn name_rank(&self, name: &str) -> Option<usize> {
        let last = last_part(name);
        let exact = self.exact_position(name).or_else(|| self.exact_position(last));
        let position = exact.or_else(|| self.vocabulary.position(name, self.names));
        let position = position.or_else(|| self.vocabulary.position(last, self.names));
        position.or_else(|| self.is_name_of_codes(name).then(|| self.names.len().saturating_sub(1)))
    }

    /// Whether a column is named as one of codes for groups, grades or subjects: `Subgroup Code`.
    fn is_name_of_codes(&self, name: &str) -> bool {
        matches!(self.role, Role::Group | Role::Grade | Role::Subject)
            && self.vocabulary.is_role_or_code_name(self.role, name)
    }

    fn exact_position(&self, text: &str) -> Option<usize> {
        self.names.iter().position(|name| name.eq_ignore_ascii_case(text))
    }

    /// Whether the cells alone are enough to give a column the role.
    fn is_said_by(&self, cells: &CellProfile) -> bool {
        let are_categories = is_categorical(cells) && cells.different_texts >= 2;
        match self.role {
            Role::SchoolYear => cells.kind == ColumnType::SchoolYear && !cells.texts.is_empty(),
            Role::DistrictName => self.are_names_of_districts(cells),
            Role::Group => {
                are_categories
                    && cells.mostly(2, |text| is_group(text, self.vocabulary))
                    && (cells.texts.len() > 2 || self.are_two_groups(cells))
            }
            Role::Grade => self.are_surely_grades(cells),
            Role::Subject => are_categories && cells.mostly(2, |text| self.is_subject(text)),
            _ => false,
        }
    }

    /// Whether both of two texts are groups, other than all students.
    fn are_two_groups(&self, cells: &CellProfile) -> bool {
        let groups = &self.vocabulary.catalog.groups;
        cells.texts.keys().all(|text| groups.group_of_text(text).is_some_and(|id| id != ALL))
    }

    /// Whether the role is possible with these cells. If the column has one of the role's names, one known
    /// text is enough.
    fn fits(&self, column: &Column, is_named: bool) -> bool {
        let cells = &column.cells;
        let fewest = if is_named { 1 } else { 2 };
        if self.lists_names(cells) {
            return false;
        }
        match self.role {
            Role::RowType => self.are_row_types(cells),
            Role::SchoolYear => cells.is_year() || is_named && has_years_and_few_others(cells),
            Role::DistrictId | Role::SchoolId => {
                is_code(cells)
                    || has_coded_texts(cells)
                    || is_named && (has_codes_and_few_words(cells) || are_numbers_like_years(cells))
            }
            Role::DistrictName | Role::SchoolName => {
                cells.kind == ColumnType::Text && !has_coded_texts(cells)
            }
            Role::Measure => {
                is_categorical(cells)
                    && cells.mostly(fewest, |text| sure_measure(self.vocabulary, text).is_some())
            }
            Role::Group => self.are_groups(column, is_named),
            Role::Subject => {
                let has_subject = is_named && cells.texts.keys().any(|text| self.is_subject(text));
                is_categorical(cells)
                    && (has_subject
                        || cells
                            .mostly(fewest, |text| self.is_subject(text) || self.vocabulary.means_all(text)))
            }
            Role::Grade => {
                self.are_grades(cells, fewest) || is_named && self.are_grades_and_few_others(cells)
            }
            Role::Value => false,
        }
    }

    /// Whether all cells are names of the role's columns: the table is then a list of columns, such as one
    /// for each year.
    fn lists_names(&self, cells: &CellProfile) -> bool {
        let mut texts = cells.texts.keys();
        !cells.texts.is_empty() && texts.all(|text| self.vocabulary.is_one_of(text, self.names))
    }

    fn are_row_types(&self, cells: &CellProfile) -> bool {
        let types = &self.vocabulary.catalog.synonyms.row_types;
        is_categorical(cells)
            && cells.different_texts <= MOST_ROW_TYPES
            && cells.has_text(self.vocabulary, &types.district)
            && cells.has_text(self.vocabulary, &types.school)
    }

    /// Whether the cells are groups. In a column that is named so, one known text is enough: only the rows of the others are
    /// left out.
    fn are_groups(&self, column: &Column, is_named: bool) -> bool {
        let (cells, unclear) = (&column.cells, self.vocabulary.unclear_letters(column));
        let mut clear = cells.texts.keys().filter(|text| !unclear.contains(text));
        let has_group = is_named && clear.any(|text| is_group(text, self.vocabulary));
        is_categorical(cells)
            && (has_group || cells.mostly(2, |text| is_group(text, self.vocabulary)))
            && cells.texts.keys().any(|text| !self.vocabulary.means_all(text))
    }

    /// Whether the cells are grades: six in ten of the different texts and numbers are, and all numbers are whole; one may be
    /// negative.
    fn are_grades(&self, cells: &CellProfile, fewest: usize) -> bool {
        let labels = cells.labels();
        let grades = labels.iter().filter(|label| is_grade(label, self.vocabulary)).count();
        !cells.is_year() && cells.are_whole() && grades >= fewest && grades * 10 >= labels.len() * 6
    }

    /// Whether most of the cells in a column that is named so are grades, and the others are a few codes: only their rows are left
    /// out.
    fn are_grades_and_few_others(&self, cells: &CellProfile) -> bool {
        let labels = cells.labels();
        let has_first =
            labels.iter().any(|label| Grade::parse(label).is_some_and(|grade| grade.id() == "01"));
        let known = labels.iter().filter(|label| {
            is_grade(label, self.vocabulary) || has_first && matches!(label.as_str(), "-1" | "0" | "00")
        });
        let known = known.count();
        !cells.is_year() && cells.are_whole() && known >= FEWEST_GRADES && known * 2 > labels.len()
    }

    /// Whether the cells alone show that they are grades: nearly all of several are, and some are in words.
    fn are_surely_grades(&self, cells: &CellProfile) -> bool {
        let labels = cells.labels();
        let grades = labels.iter().filter(|label| Grade::parse(label).is_some()).count();
        let in_words =
            cells.texts.keys().filter(|text| Grade::parse(text).is_some_and(|grade| !grade.is_all()));
        grades >= 3 && grades * 10 >= labels.len() * 8 && in_words.count() > 0
    }

    /// Whether nearly all (9 of 10) of several texts end with words for a district: `Alder School District`.
    fn are_names_of_districts(&self, cells: &CellProfile) -> bool {
        let own = &self.vocabulary.patterns.own_districts;
        let (named, others): (Vec<&String>, Vec<&String>) =
            cells.texts.keys().partition(|text| any_match(own, text));
        // Below districts that each stand in one row, what repeats are their parts.
        let are_single = named.iter().all(|text| cells.texts[*text] == 1);
        let others = others.into_iter().filter(|text| {
            let is_part = are_single && cells.texts[*text] > 1;
            !is_part && !self.vocabulary.means_all(text)
        });
        let others = others.count();
        cells.kind == ColumnType::Text
            && named.len() >= FEWEST_DISTRICTS
            && named.len() * 10 >= (named.len() + others) * 9
    }

    fn is_subject(&self, text: &str) -> bool {
        self.vocabulary.catalog.groups.subject_id(text).is_some()
    }
}

/// Whether a text means a student group or everybody.
pub(super) fn is_group(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    vocabulary.catalog.groups.group_of_text(text).is_some() || vocabulary.means_all(text)
}

fn is_grade(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    Grade::parse(text).is_some() || vocabulary.means_all(text)
}

/// Whether the cells have few distinct texts.
pub(super) fn is_categorical(cells: &CellProfile) -> bool {
    cells.kind == ColumnType::Text && cells.different_texts <= MOST_CATEGORIES
}

/// Whether most cells are school years, and a few are texts of other rows: a projection, the year to date, an average.
fn has_years_and_few_others(cells: &CellProfile) -> bool {
    let are_years = cells.numbers.iter().all(|n| is_year_text(&format!("{n}")));
    let (mut years, mut others) = (cells.numbers.len(), 0);
    for (text, count) in &cells.texts {
        *(if is_year_text(text) { &mut years } else { &mut others }) += count;
    }
    are_years && years >= FEWEST_YEARS && others * YEARS_FOR_EACH_OTHER <= years
}

const fn is_code(cells: &CellProfile) -> bool {
    matches!(cells.kind, ColumnType::Code | ColumnType::WholeNumber)
}

/// Whether the cells are whole numbers and, in fewer cells, single short words: the codes of totals.
fn has_codes_and_few_words(cells: &CellProfile) -> bool {
    let words: usize = cells.texts.values().sum();
    !cells.numbers.is_empty()
        && cells.are_counts()
        && words * NUMBERS_FOR_EACH_WORD <= cells.numbers.len()
        && cells.texts.keys().all(|text| text.len() <= LONGEST_CODE && !text.contains(' '))
}

/// Whether all cells are whole numbers that happen to be in the range of years: 2000, 2001.
fn are_numbers_like_years(cells: &CellProfile) -> bool {
    cells.kind == ColumnType::SchoolYear
        && cells.texts.is_empty()
        && cells.number_texts.iter().all(|text| text.len() == YEAR_DIGITS)
}

/// Whether nearly all texts (19 of 20) are ids.
fn has_coded_texts(cells: &CellProfile) -> bool {
    let all = cells.texts.len();
    let coded = cells.texts.keys().filter(|text| is_coded(text)).count();
    all > 0 && coded * 20 >= all * 19
}

/// Whether a text may be an id: it has digits and no spaces.
fn is_coded(text: &str) -> bool {
    !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit()) && DistrictId::new(text).is_some()
}
