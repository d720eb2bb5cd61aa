//! Tables with line items down and years across (finance summaries, lists of indicators), and long tables with an
//! indicator in each row: what each line is.

use std::collections::BTreeMap;

use super::block_headings::BlockHeadings;
use super::cell_profile::{CellProfile, ColumnType, HIDDEN};
use super::cell_profiler::is_year_text;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning};
use super::indicator_numbers::Surroundings;
use super::line_item::{LineItem, LineMeaning};
use super::line_numbers::{LineColumn, TableCells};
use super::line_unit::LineUnit;
use super::matching::sure_measure;
use super::numeric_fit::{fit_numbers, fit_unlabeled_numbers};
use super::own_measure::{own_measure, values_seen};
use super::sums_of_parts::{LineWithNumbers, settle_unsure_lines};
use crate::catalog::{Measure, Role};
use crate::domain::Unit;
use crate::wording::own_measures as wording;
use crate::wording::survey_columns::RANK;

/// Years across are at least this many columns.
const FEWEST_YEARS: usize = 2;

/// A line item whose meaning is not known yet.
struct OpenLine {
    text: String,
    cells: CellProfile,
    /// Whether it stands in several rows about the same, with different numbers.
    differs: bool,
    /// What another column says of its unit; `None` if nothing does.
    stated: Option<LineUnit>,
}

impl ColumnClassifier<'_> {
    /// Reads the lines of a table that has a column for their names, if there is one.
    pub(super) fn classify_line_items(&mut self) {
        let (Some(index), values) = (self.line_column(), self.value_columns()) else { return };
        if values.is_empty() || !self.column(index).items.is_empty() {
            return;
        }
        let items = self.line_items(index, &values);
        let is_named = self.column(index).meaning == ColumnMeaning::Role(Role::Measure);
        if is_named || self.are_measures(&items) {
            let column = self.column_mut(index);
            column.meaning = ColumnMeaning::Role(Role::Measure);
            wording::LINE.clone_into(&mut column.why);
            column.items = items;
        }
    }

    /// The column that names the measure of each row, or the only one that may.
    fn line_column(&self) -> Option<ColumnIndex> {
        let mut all = self.indexes();
        let role = ColumnMeaning::Role(Role::Measure);
        if let Some(index) = all.find(|index| self.column(*index).meaning == role) {
            return Some(index);
        }
        let mut texts: Vec<ColumnIndex> =
            self.indexes().filter(|index| self.may_name_lines(self.column(*index))).collect();
        let years = self.value_columns();
        let has_years =
            years.len() >= FEWEST_YEARS && years.iter().all(|index| self.is_named_by_year_only(*index));
        let is_long = years.len() == 1 && self.has_role(Role::SchoolYear);
        let named = texts
            .iter()
            .copied()
            .find(|index| self.vocabulary.is_role_name(Role::Measure, &self.column(*index).name));
        match (has_years, is_long) {
            (true, _) => {
                let first = years.first().copied()?;
                texts.retain(|index| *index < first);
                named.or_else(|| texts.first().copied().filter(|_| texts.len() == 1))
            }
            (false, true) => named.or_else(|| self.column_of_measures(&texts, *years.first()?)),
            _ => None,
        }
    }

    fn may_name_lines(&self, column: &Column) -> bool {
        column.is_unread()
            && column.cells.kind == ColumnType::Text
            && !self.rules.iter().any(|rule| rule.column == column.name)
            && !self.vocabulary.is_unread_name(&column.name)
    }

    fn line_items(&self, index: ColumnIndex, values: &[ColumnIndex]) -> Vec<LineItem> {
        let Some(cells) = self.cells else { return Vec::new() };
        let columns: Vec<LineColumn> = values.iter().map(|value| self.column(*value).line_column()).collect();
        let mut keys = Vec::new();
        for other in self.indexes().filter(|other| *other != index && self.column(*other).is_label()) {
            keys.push(self.column(other).column);
        }
        let (mut lines, units) = (Vec::new(), self.stated_units(index, cells));
        let headings = self.headings_with_parts(cells);
        let are_percents =
            values.iter().all(|value| self.vocabulary.titles_percents(&self.column(*value).name));
        let percents = are_percents.then_some(LineUnit::Known(Unit::Percent));
        for (text, line) in cells.lines(self.column(index).column, &columns, &keys, &headings) {
            // A blank row has no label; a row with numbers should have one.
            if !text.is_empty() || !line.rows.is_empty() {
                let stated = units.get(&text).copied().or(percents);
                lines.push(OpenLine { text, cells: line.cells.finish(), differs: line.differs, stated });
            }
        }
        let around = self.surroundings();
        let items: Vec<LineItem> = lines.iter().map(|line| self.line_item(line, around)).collect();
        if around.times.is_none() && !self.are_amounts(&items) {
            return self.without_unsure_lines(items, &lines);
        }
        let around = Surroundings { is_money: true, ..around };
        let items = lines.iter().map(|line| self.line_item(line, around)).collect();
        self.without_unsure_lines(items, &lines)
    }

    /// The items, of which those with a name of several meanings are not read unless other lines confirm it.
    fn without_unsure_lines(&self, mut items: Vec<LineItem>, lines: &[OpenLine]) -> Vec<LineItem> {
        let cells: Vec<&CellProfile> = lines.iter().map(|line| &line.cells).collect();
        self.read_lines_per_head(&mut items, &cells);
        let mut with_numbers = Vec::new();
        for (item, line) in items.iter_mut().zip(lines) {
            let seen = values_seen(&line.cells);
            with_numbers.push(LineWithNumbers { item, numbers: &line.cells.numbers, seen });
        }
        settle_unsure_lines(&mut with_numbers, self.vocabulary);
        items
    }

    /// The headings that give the group, grade or subject of rows, by the rows in the sheet, from 0.
    fn headings_with_parts(&self, cells: TableCells<'_>) -> BTreeMap<u32, String> {
        let blocks = BlockHeadings::find(cells.sheet, cells.table);
        let texts = blocks.headings.iter().map(|heading| &heading.text);
        let parts: Vec<Option<&String>> =
            texts.map(|text| Some(text).filter(|text| self.vocabulary.names_part(text))).collect();
        let of_rows = blocks.heading_of.iter();
        of_rows.filter_map(|(row, position)| Some((*row, parts[*position]?.clone()))).collect()
    }

    /// What a column says of the unit of each line.
    fn stated_units(&self, lines: ColumnIndex, cells: TableCells<'_>) -> BTreeMap<String, LineUnit> {
        let around = &self.vocabulary.catalog.synonyms.around;
        let mut columns = self.indexes().filter(|index| {
            *index != lines && self.vocabulary.is_one_of(&self.column(*index).name, &around.unit_columns)
        });
        let Some(column) = columns.next() else { return BTreeMap::new() };
        let mut units = BTreeMap::new();
        for (line, text) in cells.texts_beside(self.column(lines).column, self.column(column).column) {
            units.extend(self.vocabulary.stated_unit(&text).map(|unit| (line, unit)));
        }
        units
    }

    /// Whether most of the lines that are read are amounts of money.
    fn are_amounts(&self, items: &[LineItem]) -> bool {
        let units: Vec<Unit> = items.iter().filter_map(|item| item.unit(self.vocabulary)).collect();
        let amounts = units.iter().filter(|unit| **unit == Unit::Dollars).count();
        amounts > 1 && amounts * 2 > units.len()
    }

    fn line_item(&self, line: &OpenLine, around: Surroundings) -> LineItem {
        let OpenLine { text, cells, differs, stated } = line;
        let around = Surroundings { stated: stated.and_then(LineUnit::unit), ..around };
        if cells.numbers.is_empty() {
            return LineItem::unread(text, why_without_numbers(cells).to_owned());
        }
        if *stated == Some(LineUnit::Scaled) && around.times.is_none() {
            return LineItem::unread(text, wording::LINE_SCALED.to_owned());
        }
        if *differs {
            return LineItem::unread(text, wording::LINE_TWICE.to_owned());
        }
        if self.vocabulary.names_rank(text) {
            return LineItem::unread(text, RANK.to_owned());
        }
        if let Some(measure) = sure_measure(self.vocabulary, text) {
            if around.stated == Some(Unit::Percent) && measure.unit != Unit::Percent {
                return LineItem::unread(text, wording::LINE_NOT_PERCENT.to_owned());
            }
            if let Some(why) = self.other_meaning_titled(&measure.id) {
                return LineItem::unread(text, why.to_owned());
            }
            return match self.fit_line(text, cells, measure) {
                Ok(why) => {
                    let meaning = LineMeaning::Known(measure.id.clone());
                    LineItem { text: text.to_owned(), meaning, why }
                }
                Err(why) => LineItem::unread(text, why),
            };
        }
        match own_measure(self.vocabulary, text, cells, around) {
            Ok(own) => {
                let why = own.why.clone();
                LineItem { text: text.to_owned(), meaning: LineMeaning::Own(Box::new(own)), why }
            }
            Err(why) => LineItem::unread(text, why),
        }
    }

    /// How the numbers of a line fit its measure, in words.
    ///
    /// # Errors
    /// Why they do not.
    fn fit_line(&self, text: &str, cells: &CellProfile, measure: &Measure) -> Result<String, String> {
        let fit = if self.vocabulary.says_rate(text) { fit_numbers } else { fit_unlabeled_numbers };
        fit(cells, measure, self.stated_times(text, measure.unit)).map(|fit| fit.why)
    }

    /// Whether texts are the names of measures: at least half of those with numbers, and one by a known name if the title
    /// names a measure of its own.
    fn are_measures(&self, items: &[LineItem]) -> bool {
        let known = items.iter().filter(|item| matches!(item.meaning, LineMeaning::Known(_))).count();
        let own = items.iter().filter(|item| item.own().is_some()).count();
        // Changes, ranks and the like next to the lines of measures say nothing about what the lines are.
        let telling = items.iter().filter(|item| {
            let is_derived =
                item.own().is_none() && self.vocabulary.own.is_never_read(&self.vocabulary.words(&item.text));
            item.has_numbers() && !is_derived
        });
        let with_numbers = telling.count();
        known + own > 0 && (known + own) * 2 >= with_numbers && (known > 0 || self.title_measure().is_none())
    }
}

/// Why a line without numbers is not read: a heading has none, others have texts with digits or marks in their place.
fn why_without_numbers(cells: &CellProfile) -> &'static str {
    let mut texts = cells.texts.keys();
    if texts.any(|text| text.contains(|c: char| c.is_ascii_digit()) && !is_year_text(text)) {
        wording::LINE_OF_TEXTS
    } else if cells.masks.iter().any(|mask| mask.means == HIDDEN) {
        wording::LINE_WITHHELD
    } else {
        wording::LINE_WITHOUT_NUMBERS
    }
}
