//! Slots: the columns of a table that contain one observation in each row.

use crate::catalog::Stat;
use crate::domain::SchoolYear;

/// The numbers of an observation, in the order used by slots and rows.
pub(super) const STATS: [Stat; 3] = [Stat::Value, Stat::Numerator, Stat::Denominator];

/// A part of an observation's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyPart {
    Measure,
    Group,
    Grade,
    Subject,
}

impl KeyPart {
    /// The name used for it in layouts and messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Group => "group",
            Self::Grade => "grade",
            Self::Subject => "subject",
        }
    }
}

/// Where a key part of a slot is found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyPartSource {
    /// It is the same in all rows: this standard id, from the header or the layout.
    Fixed(String),
    /// In this column of each row.
    Column(u32),
    /// In these columns of each row, of which at most one narrows it.
    Columns(Vec<u32>),
    /// In this column of the heading above each row.
    Heading(u32),
}

/// What the observations of a slot are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SlotKey {
    pub(super) measure: KeyPartSource,
    pub(super) group: KeyPartSource,
    pub(super) grade: KeyPartSource,
    pub(super) subject: KeyPartSource,
    /// The year in the column's own header.
    pub(super) year: Option<SchoolYear>,
    /// Added to the row's year.
    pub(super) year_offset: i32,
}

impl SlotKey {
    /// Whether no part of it is in the rows.
    pub(super) fn is_fixed(&self) -> bool {
        let parts = [&self.measure, &self.group, &self.grade, &self.subject];
        parts.into_iter().all(|part| matches!(part, KeyPartSource::Fixed(_)))
    }
}

/// Index of an entry (`[[column]]`) of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntryIndex(pub(super) usize);

/// The columns of one observation.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) key: SlotKey,
    /// The columns of the value, the numerator and the denominator, in the order of [`STATS`].
    pub(super) columns: [Option<SlotColumn>; 3],
    /// Further columns whose numbers are added to those of `columns`.
    pub(super) added: Vec<AddedColumn>,
    /// The layout entry with which it is read; the columns of one entry have the same scale.
    pub(super) entry: EntryIndex,
    /// The number of people behind the rates of all students, from the column's name.
    pub(super) people: Option<f64>,
}

/// A column that contains one number of a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotColumn {
    pub(super) column: u32,
    /// The factor for the number, if the layout gives one.
    pub(super) times: Option<f64>,
    /// Which number in the cell, if each cell contains several.
    pub(super) part: Option<CellPart>,
}

/// A column whose number is added to one of a slot's numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct AddedColumn {
    pub(super) stat: Stat,
    pub(super) column: SlotColumn,
}

impl SlotColumn {
    /// Whether the layout multiplies its numbers because they are in thousands or millions.
    pub(super) fn is_in_thousands(&self) -> bool {
        self.times.is_some_and(|times| times >= 1000.0)
    }
}

/// One of several numbers in a cell, such as the second of the two in `6|88`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellPart {
    /// Which number, from 0.
    pub(super) index: usize,
    /// How many numbers the cell contains.
    pub(super) count: usize,
    /// The first of them that is read, from 0.
    pub(super) first: usize,
}

impl Slot {
    /// A slot without columns.
    pub(super) const fn new(key: SlotKey, entry: EntryIndex) -> Self {
        Self { key, columns: [None; 3], added: Vec::new(), entry, people: None }
    }

    /// The column of a number.
    pub(super) const fn column(&self, stat: Stat) -> Option<SlotColumn> {
        self.columns[stat as usize]
    }

    /// The first of its columns, whose cell represents the observation.
    pub(super) fn first_column(&self) -> Option<SlotColumn> {
        self.columns.iter().flatten().next().copied()
    }

    /// Its columns, each with the number that it contains.
    pub(super) fn filled_columns(&self) -> impl Iterator<Item = (Stat, SlotColumn)> {
        STATS.into_iter().zip(self.columns).filter_map(|(stat, column)| Some((stat, column?)))
    }

    /// All columns that it is read from.
    pub(super) fn all_columns(&self) -> impl Iterator<Item = SlotColumn> {
        self.columns.iter().flatten().copied().chain(self.added.iter().map(|added| added.column))
    }
}
