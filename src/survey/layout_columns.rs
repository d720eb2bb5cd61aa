//! The parts of a proposed layout that say which columns contain which measures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::column::{Column, ColumnContent, ColumnMeaning, MeasureColumn};
use super::layout_draft::{LayoutDraft, distinct_names};
use super::own_measure::values_seen;
use super::toml_text::{comment_text, toml_list, toml_string};
use super::year_pattern::column_pattern;
use crate::catalog::{SplitPart, Stat};
use crate::domain::{ALL, Unit};
use crate::observation::ROW_LABELS;
use crate::wording::layout_drafts as wording;
use crate::wording::own_measures;

/// Columns that one `[[column]]` describes.
struct ColumnBlock<'a> {
    key: BlockKey<'a>,
    first: &'a Column,
    /// What the first column contains.
    measure: &'a MeasureColumn,
    columns: Vec<&'a Column>,
}

/// What the columns of one `[[column]]` have in common.
#[derive(PartialEq)]
struct BlockKey<'a> {
    /// Without the year.
    content: ColumnContent,
    /// Except for percents and fractions of 1: the same column may have percents in one table and fractions in another.
    times: Option<f64>,
    /// The columns that are added up.
    sum: &'a [String],
    /// What the numbers in each cell are; empty if there is only one.
    split: &'a [SplitPart],
    name: BlockName,
}

/// How the columns of a block are found.
#[derive(PartialEq)]
enum BlockName {
    /// A pattern for names with years.
    Years(Option<String>),
    /// Names, and which of several columns with the same name.
    Names { occurrence: Option<usize> },
}

impl<'a> BlockKey<'a> {
    fn new(column: &'a Column, measure: &MeasureColumn) -> Self {
        let name = match measure.year {
            Some(_) => BlockName::Years(column_pattern(&column.name, measure)),
            None => BlockName::Names { occurrence: column.occurrence },
        };
        let content = ColumnContent { year: None, ..measure.content() };
        let split = column.split.as_ref().map_or(&[][..], |split| &split.parts);
        Self { content, times: measure.times_of_amount(), sum: &column.sum, split, name }
    }
}

// Writing to a `String` cannot fail.
impl<'a> LayoutDraft<'a> {
    /// Whether the column by which the tables are found may have no name, and their headers are in the same rows.
    pub(super) fn has_unnamed_key(&self) -> bool {
        let rows = &self.tables[0].header_rows;
        let mut tables = self.tables.iter();
        tables
            .all(|table| table.key().is_some_and(|key| key.name == ROW_LABELS) && table.header_rows == *rows)
    }

    pub(super) fn write_columns(&self, text: &mut String) {
        let blocks = self.column_blocks();
        for block in &blocks {
            self.write_block(text, block);
        }
        self.write_unread(text, &blocks);
    }

    fn column_blocks(&self) -> Vec<ColumnBlock<'a>> {
        let mut blocks: Vec<ColumnBlock<'a>> = Vec::new();
        for column in self.columns() {
            let Some(measure) = self.measure_of(column) else { continue };
            let key = BlockKey::new(column, measure);
            match blocks.iter_mut().find(|block| block.key == key) {
                Some(block) => block.columns.push(column),
                None => blocks.push(ColumnBlock { key, first: column, measure, columns: vec![column] }),
            }
        }
        blocks
    }

    /// The columns that are not read in any table, each name once.
    fn unread_columns(&self, blocks: &[ColumnBlock<'_>]) -> Vec<&'a Column> {
        let read: BTreeSet<&String> =
            blocks.iter().flat_map(|block| &block.columns).map(|column| &column.name).collect();
        let mut seen = BTreeSet::new();
        let mut unread = Vec::new();
        for column in self.columns() {
            let is_unread =
                column.is_unread() || column.measure().is_some() && self.measure_of(column).is_none();
            if is_unread && seen.insert(&column.name) && !read.contains(&column.name) {
                unread.push(column);
            }
        }
        unread
    }

    fn write_unread(&self, text: &mut String, blocks: &[ColumnBlock<'_>]) {
        let unread = self.unread_columns(blocks);
        if !unread.is_empty() {
            let _ = writeln!(text, "\n# {}", wording::UNREAD_COLUMNS);
        }
        for column in unread {
            let why = self.why_own_is_unread(column).unwrap_or_else(|| column.why.clone());
            let _ = writeln!(text, "\n# {}", comment_text(&wording::column(&column.name, &why)));
            let nearest = match &column.meaning {
                ColumnMeaning::Unread(nearest) => nearest.as_deref(),
                _ => None,
            };
            if nearest.is_some() || column.cells.kind.is_number() {
                let names = match &column.sum[..] {
                    [] => format!("name = {}", toml_list([&column.name])),
                    sum => format!("sum = {}", toml_list(sum)),
                };
                let measure = toml_string(nearest.unwrap_or_default());
                let _ = write!(text, "# [[column]]\n# {names}\n# measure = {measure}\n");
                if let Some(split) = &column.split {
                    let _ = writeln!(text, "# split = {}", split_list(&split.parts));
                }
                write_breakdown(text, "# ", &column.parsed.breakdown());
            }
        }
    }

    /// Why a column that could be one of the project's own measures is not read; `None` if it is none.
    fn why_own_is_unread(&self, column: &Column) -> Option<String> {
        column.measure()?.own.as_ref()?;
        let seen = values_seen(&column.cells);
        Some(if self.spans_years { own_measures::two_kinds(&seen) } else { own_measures::one_year(&seen) })
    }

    /// Whether a column of its own has the denominators of a rate.
    fn has_denominator(&self, rate: &MeasureColumn) -> bool {
        let content = ColumnContent { stat: Stat::Denominator, ..rate.content() };
        self.columns().filter_map(Column::measure).any(|measure| measure.content() == content)
    }

    /// What the numbers in each cell are. Only of rates is a number of people the denominator.
    fn write_split(&self, text: &mut String, block: &ColumnBlock<'_>) {
        let Some(split) = block.first.split.as_ref().filter(|_| block.first.sum.is_empty()) else { return };
        let own = block.measure.own.as_ref().map(|own| own.unit);
        let known = block.measure.measure.as_ref().and_then(|id| self.vocabulary.catalog.measures.get(id));
        let unit = own.or_else(|| known.map(|measure| measure.unit));
        let are_rates =
            block.measure.measure.is_none() && self.are_lines_percents() || unit == Some(Unit::Percent);
        let is_rate = block.measure.stat == Stat::Value && are_rates;
        let mut parts = split.parts.clone();
        for part in &mut parts {
            *part = match *part {
                SplitPart::Value => SplitPart::of(block.measure.stat),
                SplitPart::Denominator if self.has_denominator(block.measure) => SplitPart::Unread,
                _ if !is_rate => SplitPart::Unread,
                other => other,
            };
        }
        let _ = writeln!(
            text,
            "split = {}    # {}",
            split_list(&parts),
            comment_text(&wording::split(&split.shown, split.is_open))
        );
    }

    fn write_block(&self, text: &mut String, block: &ColumnBlock<'_>) {
        let (first, measure) = (block.first, block.measure);
        let _ = writeln!(text, "\n# {}", column_comment(first));
        text.push_str("[[column]]\n");
        let _ = match column_pattern(&first.name, measure) {
            _ if !first.sum.is_empty() => writeln!(text, "sum = {}", toml_list(&first.sum)),
            Some(pattern) => writeln!(text, "matching = {}", toml_string(&pattern)),
            None => writeln!(text, "name = {}", toml_list(distinct_names(block.columns.iter().copied()))),
        };
        write_content(text, measure);
        if let Some(number) = first.occurrence {
            let _ = writeln!(text, "occurrence = {number}    # {}", wording::SAME_NAME);
        }
        self.write_split(text, block);
        block.write_times(text);
        block.write_weights(text);
        let tables = self.tables.len();
        if tables > 1 && block.columns.len() < tables {
            let _ = writeln!(text, "optional = true    # {}", wording::OPTIONAL);
        }
    }
}

fn split_list(parts: &[SplitPart]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part.id().to_owned()).collect();
    toml_list(&parts)
}

/// What a column was read as, or why it was not read, on one line.
fn column_comment(column: &Column) -> String {
    comment_text(&wording::column(&column.name, &column.why))
}

/// Measure, group, grade and subject, and whether the number is a numerator or denominator.
fn write_content(text: &mut String, measure: &MeasureColumn) {
    if let Some(id) = measure.measure.as_ref().filter(|id| *id != ALL) {
        let _ = writeln!(text, "measure = {}", toml_string(id));
    }
    write_breakdown(text, "", &measure.breakdown());
    match measure.stat {
        Stat::Value => {}
        Stat::Numerator => text.push_str("stat = \"numerator\"\n"),
        Stat::Denominator => text.push_str("stat = \"denominator\"\n"),
    }
}

/// Group, grade, and subject, each on a line that begins with `start`.
fn write_breakdown(text: &mut String, start: &str, breakdown: &[String; 3]) {
    for (key, id) in ["group", "grade", "subject"].iter().zip(breakdown) {
        if id != ALL {
            let _ = writeln!(text, "{start}{key} = {}", toml_string(id));
        }
    }
}

impl ColumnBlock<'_> {
    fn measures(&self) -> impl Iterator<Item = &MeasureColumn> {
        self.columns.iter().filter_map(|column| column.measure())
    }

    fn write_times(&self, text: &mut String) {
        let shares = self.measures().filter(|measure| measure.is_share()).count();
        let are_small = self.measures().any(MeasureColumn::is_small_percent);
        if let Some(times) = self.measure.times_of_amount() {
            let _ = writeln!(text, "times = {times}    # {}", wording::FACTOR_IN_NAME);
        } else if shares == 0 && are_small {
            let _ = writeln!(text, "times = 1    # {}", wording::SMALL_PERCENTS);
        } else if shares == self.columns.len() {
            let _ = writeln!(text, "times = 100    # {}", wording::FRACTIONS);
        } else if shares > 0 {
            let _ = writeln!(text, "# {}", wording::SOME_FRACTIONS);
        }
    }

    /// The names of the denominator columns.
    fn weights(&self) -> BTreeSet<&String> {
        self.measures().filter_map(|measure| measure.weight.as_ref()).collect()
    }

    fn write_weights(&self, text: &mut String) {
        let weights = self.weights();
        if !weights.is_empty() {
            let list = toml_list(weights);
            let _ = writeln!(text, "weight = {list}    # {}", wording::WEIGHT);
        }
    }
}
