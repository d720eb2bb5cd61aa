//! Rows of student groups in percent, next to a row with the number of all students: `White` 52%, `Total Students` 1,010. Each
//! row is a line of its own, with its own unit.

use std::collections::BTreeMap;

use super::cell_profile::{CellProfile, ColumnType};
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::ColumnMeaning;
use super::head_counts::counts_of_heads;
use super::line_item::{LineItem, LineMeaning};
use super::line_numbers::LineColumn;
use super::matching::sure_measure;
use crate::catalog::{Measure, Role};
use crate::domain::ALL;
use crate::wording::own_measures as lines_wording;
use crate::wording::survey_columns as wording;

/// A count of people, and its share.
struct CountAndShare<'a> {
    count: &'a Measure,
    share: &'a Measure,
}

/// The numbers of a row of groups, by its text.
struct GroupLine {
    text: String,
    cells: CellProfile,
    /// Whether it stands in several rows about the same, with different numbers.
    differs: bool,
}

impl<'a> ColumnClassifier<'a> {
    /// Reads such rows as lines of two measures.
    pub(super) fn classify_shares_and_total(&mut self) {
        let mut all = self.indexes();
        let group = all.find(|index| self.column(*index).meaning == ColumnMeaning::Role(Role::Group));
        let Some(group) = group.filter(|_| !self.has_role(Role::Measure)) else { return };
        let lines = self.group_lines(group);
        // What the title says is looked up only where there are such rows.
        let heads = if lines.is_empty() { None } else { self.count_and_share() };
        let Some(heads) = heads else { return };
        let totals = lines.iter().filter(|line| self.is_total(line, heads.count)).count();
        let shares = lines.iter().filter(|line| self.is_share(&line.text, &line.cells)).count();
        if totals != 1 || shares == 0 {
            return;
        }
        let items = lines.iter().map(|line| self.item_of_line(line, &heads)).collect();
        let column = self.column_mut(group);
        column.meaning = ColumnMeaning::Role(Role::Measure);
        lines_wording::LINE.clone_into(&mut column.why);
        column.items = items;
    }

    /// The count whose groups may be given as shares, unless the title is about something else.
    fn count_and_share(&self) -> Option<CountAndShare<'a>> {
        counts_of_heads(self.vocabulary.catalog).find_map(|count| {
            let heads = self.head_count(count);
            let share = heads.share.filter(|_| self.may_count(&heads))?;
            Some(CountAndShare { count, share })
        })
    }

    fn group_lines(&self, group: ColumnIndex) -> Vec<GroupLine> {
        let Some(cells) = self.cells else { return Vec::new() };
        let mut values = self.value_columns();
        values.retain(|index| self.column(*index).has_percents_and_others());
        let values: Vec<LineColumn> =
            values.into_iter().map(|index| self.column(index).line_column()).collect();
        let labels = self.indexes().filter(|index| *index != group && self.column(*index).is_label());
        let keys: Vec<u32> = labels.map(|index| self.column(index).column).collect();
        if values.is_empty() {
            return Vec::new();
        }
        let lines = cells.lines(self.column(group).column, &values, &keys, &BTreeMap::new());
        let lines = lines.into_iter().filter(|(text, _)| !text.is_empty());
        lines
            .map(|(text, line)| GroupLine { text, cells: line.cells.finish(), differs: line.differs })
            .collect()
    }

    /// Whether a line has the number of all students.
    fn is_total(&self, line: &GroupLine, count: &Measure) -> bool {
        let names_count = sure_measure(self.vocabulary, &line.text).is_some_and(|named| named.id == count.id);
        (self.vocabulary.is_everybody(&line.text) || names_count) && is_count(&line.cells)
    }

    /// Whether a line has percents of a student group.
    fn is_share(&self, text: &str, cells: &CellProfile) -> bool {
        cells.kind == ColumnType::Percent && self.is_name_of_group(text)
    }

    fn is_name_of_group(&self, text: &str) -> bool {
        self.vocabulary.catalog.groups.group_of_text(text).is_some_and(|id| id != ALL)
    }

    fn item_of_line(&self, line: &GroupLine, heads: &CountAndShare<'_>) -> LineItem {
        let GroupLine { text, cells, differs } = line;
        if cells.numbers.is_empty() {
            return LineItem::unread(text, lines_wording::LINE_WITHOUT_NUMBERS.to_owned());
        }
        if *differs {
            return LineItem::unread(text, lines_wording::LINE_TWICE.to_owned());
        }
        let measure = if self.is_share(text, cells) {
            heads.share
        } else if self.is_total(line, heads.count) || self.is_name_of_group(text) && is_count(cells) {
            heads.count
        } else {
            return LineItem::unread(text, wording::NEITHER_SHARE_NOR_TOTAL.to_owned());
        };
        let why = wording::share_or_total(&measure.label, cells.kind.label());
        LineItem { text: text.clone(), meaning: LineMeaning::Known(measure.id.clone()), why }
    }
}

/// Whether numbers are whole and not percents.
fn is_count(cells: &CellProfile) -> bool {
    cells.kind != ColumnType::Percent && cells.are_counts()
}
