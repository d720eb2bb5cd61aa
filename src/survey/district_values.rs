//! A column called "District" that holds the district's numbers beside those of its grades, its schools, or the state. Such
//! numbers are not ids.

use super::cell_profile::ColumnType;
use super::column::{Column, ColumnMeaning};
use super::compiled_patterns::any_match;
use super::vocabulary::Vocabulary;
use super::whole_table::last_part;
use crate::catalog::Role;

/// A district's number is at most this many times the greatest one beside it, unless it is an id.
const MOST_TIMES: f64 = 3.0;
/// One row does not show whether numbers change.
const FEWEST_ROWS: usize = 2;
/// Sums of whole numbers do not differ by this much.
const LESS_THAN_ONE: f64 = 0.5;

/// The position of the column with the district's numbers; `None` if there is none.
pub(super) fn position(vocabulary: &Vocabulary<'_>, columns: &[Column]) -> Option<usize> {
    let mut named = columns.iter().enumerate().filter(|(_, column)| is_called_district(vocabulary, column));
    let (index, district) = named.next()?;
    let is_only = named.next().is_none();
    let table = DistrictBeside { vocabulary, columns, district, index };
    (is_only && table.holds_values()).then_some(index)
}

/// Whether a column is named like one that names districts, and has no other meaning yet.
pub(super) fn is_called_district(vocabulary: &Vocabulary<'_>, column: &Column) -> bool {
    let name = last_part(&column.name);
    column.is_unread()
        && [Role::DistrictName, Role::DistrictId].into_iter().any(|role| vocabulary.is_role_name(role, name))
}

/// A column called "District" among the others of its table.
struct DistrictBeside<'a> {
    vocabulary: &'a Vocabulary<'a>,
    columns: &'a [Column],
    district: &'a Column,
    index: usize,
}

impl DistrictBeside<'_> {
    fn holds_values(&self) -> bool {
        let cells = &self.district.cells;
        let may_be_ids = cells.kind == ColumnType::WholeNumber
            && cells.texts.is_empty()
            && cells.padded_width == 0
            && !self.vocabulary.is_called_id(&self.district.name);
        may_be_ids
            && self.each_row_is_named()
            && (self.is_sum() || self.stands_beside_others() && (self.changes() || self.is_between()))
    }

    /// The other columns of numbers.
    fn others(&self) -> impl Iterator<Item = (usize, &Column)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(index, column)| {
            *index != self.index && column.is_unread() && column.cells.kind.is_number()
        })
    }

    /// Whether each row has its own school year or label, so that rows are not about several districts.
    fn each_row_is_named(&self) -> bool {
        let rows = self.district.cells.filled;
        rows >= FEWEST_ROWS
            && self.columns.iter().any(|column| {
                let is_label = column.meaning == ColumnMeaning::Role(Role::SchoolYear)
                    || column.cells.kind == ColumnType::Text;
                is_label && column.cells.filled == rows && column.cells.different() == rows
            })
    }

    /// Whether other columns of numbers are named after the state, a grade, or a school, and have numbers of that size.
    fn stands_beside_others(&self) -> bool {
        let mut most: Option<f64> = None;
        let mut named = 0;
        let mut are_codes = true;
        for (_, column) in self.others() {
            let name = last_part(&column.name);
            let is_beyond = any_match(&self.vocabulary.patterns.beyond, name);
            let is_within =
                column.parsed.grade.is_some() || any_match(&self.vocabulary.patterns.school_kinds, name);
            if is_beyond || is_within {
                named += 1;
                // A single whole number may be the code of the state.
                are_codes &= is_beyond
                    && column.cells.kind == ColumnType::WholeNumber
                    && column.cells.different() == 1;
                most = column.cells.most.into_iter().chain(most).reduce(f64::max);
            }
        }
        let limit = most.map(|most| MOST_TIMES * most);
        let is_of_size = limit.zip(self.district.cells.most).is_some_and(|(limit, own)| own <= limit);
        is_of_size && (!are_codes || named > 1)
    }

    /// Whether its numbers change from row to row, which the id of a district does not.
    fn changes(&self) -> bool {
        self.district.cells.different() > 1
    }

    /// Whether it comes last and has the sum of the others in each row.
    fn is_sum(&self) -> bool {
        self.comes_last_with(|own, beside| (beside.iter().sum::<f64>() - own).abs() < LESS_THAN_ONE)
    }

    /// Whether it comes last and has a number between those of the others in each row.
    fn is_between(&self) -> bool {
        self.comes_last_with(|own, beside| {
            beside.iter().any(|other| *other <= own) && beside.iter().any(|other| *other >= own)
        })
    }

    /// Whether it comes after several complete columns of numbers, and each of its numbers passes a test with theirs.
    fn comes_last_with(&self, test: fn(f64, &[f64]) -> bool) -> bool {
        let others: Vec<&Column> = self.others().map(|(_, column)| column).collect();
        let own = &self.district.cells.numbers;
        let come_before = self
            .others()
            .all(|(index, column)| index < self.index && column.cells.numbers.len() == own.len());
        others.len() > 1
            && come_before
            && own.iter().enumerate().all(|(row, own)| {
                let beside: Vec<f64> = others.iter().map(|column| column.cells.numbers[row]).collect();
                test(*own, &beside)
            })
    }
}
