//! Columns named only by student groups whose numbers add up to 100 in each row: shares of all students, although whole numbers
//! look like counts.

use std::collections::{BTreeMap, BTreeSet};

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::MeasureColumn;
use super::head_counts::HeadCount;
use super::numeric_fit::fit_numbers;
use crate::catalog::{Measure, Stat};
use crate::wording::survey_columns as wording;

/// The confidence that groups that add up to 100 are shares.
const SCORE: f64 = 0.85;
/// Fewer numbers than this that follow from the others may add up by chance: one in each row.
const ENOUGH: usize = 4;
/// The percents of all groups together.
const WHOLE: f64 = 100.0;
/// How far each percent may be from its exact value.
const ROUNDING: f64 = 0.5;

/// The groups of one kind, for one grade and year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKind {
    dimension: String,
    grade: Option<String>,
    year: Option<i32>,
}

impl ColumnClassifier<'_> {
    /// Reads columns named only by a group as shares of all students if those of one kind add up to 100 in nearly all rows.
    pub(super) fn classify_group_shares(&mut self, heads: &HeadCount<'_>) {
        let Some(share) = heads.share.filter(|share| self.is_about_heads(heads, share)) else { return };
        for columns in self.group_kinds().into_values() {
            let rows = self.rows_adding_up(&columns);
            if rows.is_none_or(|rows| rows * (columns.len() - 1) < ENOUGH) {
                continue;
            }
            for index in columns {
                self.set_group_share(index, share);
            }
            self.close_total_of_shares(heads.measure);
        }
    }

    /// Whether the title names the count or its share, or a column has the total.
    fn is_about_heads(&self, heads: &HeadCount<'_>, share: &Measure) -> bool {
        let titled = self.title_measure().map(|titled| &titled.measure.id);
        heads.is_in_title || heads.total.is_some() || titled == Some(&share.id)
    }

    /// The open columns named only by a group, by the kind of their groups.
    fn group_kinds(&self) -> BTreeMap<GroupKind, Vec<ColumnIndex>> {
        let words = &self.vocabulary.catalog.synonyms.left_over;
        let mut kinds: BTreeMap<GroupKind, Vec<ColumnIndex>> = BTreeMap::new();
        for index in self.open_columns() {
            let name = self.parsed_name(index);
            let group = name.group.as_ref().and_then(|id| self.vocabulary.catalog.groups.group(id));
            let says_number = name.has_any(&words.number);
            if let Some(group) = group.filter(|_| name.has_only(&words.harmless) && !says_number) {
                let key = GroupKind {
                    dimension: group.dimension.clone(),
                    grade: name.grade.clone(),
                    year: name.year_end(),
                };
                kinds.entry(key).or_default().push(index);
            }
        }
        kinds.retain(|_, columns| columns.len() > 1);
        kinds
    }

    fn set_group_share(&mut self, index: ColumnIndex, share: &Measure) {
        let Ok(fit) = fit_numbers(&self.column(index).cells, share, None) else { return };
        let why = wording::shares_add_up(&share.label, &fit.why);
        let measure = MeasureColumn::new(&self.parsed_name(index), share, Stat::Value, SCORE, fit);
        self.doubtful.remove(&index);
        self.set_measure(index, measure, why);
    }

    /// Leaves a column of the total unread that has 100 percent in every row.
    fn close_total_of_shares(&mut self, counted: &Measure) {
        for index in self.indexes() {
            let column = self.column(index);
            let is_count =
                column.measure().is_some_and(|measure| measure.measure.as_ref() == Some(&counted.id));
            let is_total = column.is_open() && self.vocabulary.means_all(&column.name);
            if (is_count || is_total) && column.cells.least == Some(WHOLE) && column.cells.most == Some(WHOLE)
            {
                self.close(index, None, wording::TOTAL_OF_SHARES.to_owned());
            }
        }
    }

    /// The open columns of groups whose numbers may be percents: those of one kind together are at most 100 in every row.
    pub(super) fn possible_shares(&self) -> BTreeSet<ColumnIndex> {
        let mut possible = BTreeSet::new();
        for columns in self.group_kinds().into_values() {
            let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
            for column in &columns {
                let cells = &self.column(*column).cells;
                for (row, number) in cells.rows.iter().zip(&cells.numbers) {
                    *sums.entry(*row).or_default() += number;
                }
            }
            let most = WHOLE + ROUNDING * columns.len() as f64;
            if sums.values().all(|sum| *sum <= most) {
                possible.extend(columns);
            }
        }
        possible
    }
}
