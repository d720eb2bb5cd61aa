//! Rows with one text and no numbers between the rows of a table: headings of the rows below them.

use std::collections::BTreeMap;

use super::cell_profiler::is_year_text;
use super::matching::sure_measure;
use super::table_region::TableRegion;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::domain::{ALL, Grade};
use crate::observation::folded;
use sheets::{Cell, Row, Sheet, without_raised_marks};

/// Longer texts (in bytes) are notes.
const LONGEST_HEADING: usize = 80;

/// The headings of a table that have rows below them.
#[derive(Debug, Default)]
pub(super) struct BlockHeadings {
    pub(super) headings: Vec<BlockHeading>,
    /// The row of the sheet, from 0, of each row of data below a heading → the position of its heading. A blank row ends a block.
    pub(super) heading_of: BTreeMap<u32, usize>,
    /// Whether all rows of data are below a heading.
    pub(super) are_everywhere: bool,
}

/// A heading.
#[derive(Debug)]
pub(super) struct BlockHeading {
    /// Its row in the sheet, from 0.
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: String,
    /// Whether another heading is right above it.
    pub(super) is_below_another: bool,
}

/// What a heading says about the rows below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockMeaning {
    /// Their group, grade or subject, in words that the reader of layouts knows.
    Part(Role),
    /// The same in other words.
    PartInWords(Role),
    /// That they are about everybody.
    Everybody,
    /// Their school year.
    Year,
    /// Their measure.
    Measure,
    /// That they are percents, numbers, or per student.
    Unit,
    /// Something else: `REVENUES`, the name of a place.
    Other,
}

impl BlockHeadings {
    /// The headings between the rows of a table.
    pub(super) fn find(sheet: &Sheet, table: &TableRegion) -> Self {
        let mut found = Self { are_everywhere: true, ..Self::default() };
        let mut open: Vec<BlockHeading> = Vec::new();
        let mut current: Option<usize> = None;
        let mut last: Option<u32> = None;
        for row in sheet.rows_between(table.header.data.clone()) {
            let follows = last.is_none_or(|last| last + 1 == row.number);
            last = Some(row.number);
            let (heading, is_data) = (heading_in(table, &row), table.is_data(&row));
            if !follows || heading.is_some() || !is_data {
                current = None;
            }
            if !follows {
                open.clear();
            }
            if let Some(heading) = heading {
                open.push(BlockHeading { is_below_another: !open.is_empty(), ..heading });
            } else if is_data {
                if !open.is_empty() {
                    found.headings.append(&mut open);
                    current = Some(found.headings.len() - 1);
                }
                found.are_everywhere &= current.is_some();
                found.heading_of.extend(current.map(|heading| (row.number, heading)));
            } else {
                open.clear();
            }
        }
        found.are_everywhere &= !found.headings.is_empty();
        found
    }
}

/// The heading in a row: its only text in the columns of the table.
fn heading_in(table: &TableRegion, row: &Row<'_>) -> Option<BlockHeading> {
    let names = &table.header.names;
    let mut cells = row.cells().filter(|(column, cell)| names.contains_key(column) && !cell.is_blank());
    let (Some((column, cell)), None) = (cells.next(), cells.next()) else { return None };
    let Cell::Text(text) = cell else { return None };
    let text = folded(&without_raised_marks(text).unwrap_or_else(|| text.to_owned()));
    let is_heading = names.len() > 1 && !text.is_empty() && text.len() <= LONGEST_HEADING;
    is_heading.then_some(BlockHeading { row: row.number, column, text, is_below_another: false })
}

impl Vocabulary<'_> {
    /// Whether a heading is the name of a group, grade or subject.
    pub(super) fn names_part(&self, heading: &str) -> bool {
        matches!(self.heading_meaning(heading), BlockMeaning::Part(_))
    }

    /// What a heading says about the rows below it.
    pub(super) fn heading_meaning(&self, text: &str) -> BlockMeaning {
        let text = text.trim_end_matches(':').trim();
        let groups = &self.catalog.groups;
        if is_year_text(text) {
            return BlockMeaning::Year;
        }
        let grade = Grade::parse(text);
        let ids = [groups.group_id(text), groups.subject_id(text), grade.as_ref().map(Grade::id)];
        for (id, role) in ids.into_iter().zip([Role::Group, Role::Subject, Role::Grade]) {
            match id {
                Some(id) if id == ALL => return BlockMeaning::Everybody,
                Some(_) => return BlockMeaning::Part(role),
                None => {}
            }
        }
        let left_over = &self.catalog.synonyms.left_over;
        let name = self.parse_name(text);
        if name.has_any(&left_over.per) {
            return BlockMeaning::Unit;
        }
        if sure_measure(self, text).is_some() {
            return BlockMeaning::Measure;
        }
        let is_part = name.has_only(&left_over.harmless);
        if is_part && (name.group.is_some() || name.subject.is_some() || name.grade.is_some()) {
            let named =
                [(&name.group, Role::Group), (&name.subject, Role::Subject), (&name.grade, Role::Grade)];
            let mut roles = named.into_iter().filter(|(id, _)| id.as_ref().is_some_and(|id| id != ALL));
            return roles.next().map_or(BlockMeaning::Everybody, |(_, role)| BlockMeaning::PartInWords(role));
        }
        if is_part && name.year.is_some() {
            return BlockMeaning::Year;
        }
        let says_percent = name.has_any(&self.catalog.synonyms.around.percents);
        let is_unit = says_percent || is_part && name.has_any(&left_over.number);
        if is_unit { BlockMeaning::Unit } else { BlockMeaning::Other }
    }
}
