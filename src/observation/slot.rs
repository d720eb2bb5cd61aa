//! Slots: the columns of a table that hold one observation of each row.

use crate::catalog::Stat;
use crate::domain::SchoolYear;

/// The numbers of an observation, in the order in which slots and rows hold them.
pub(super) const STATS: [Stat; 3] = [Stat::Value, Stat::Numerator, Stat::Denominator];

/// A part of the key of an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyPart {
    Measure,
    Group,
    Grade,
    Subject,
}

impl KeyPart {
    /// The name by which layouts and messages call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Group => "group",
            Self::Grade => "grade",
            Self::Subject => "subject",
        }
    }
}

/// Where a key part of a slot is read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyPartSource {
    /// It is the same in all rows: this standard id, from the header or the layout.
    Fixed(String),
    /// In this column of each row.
    Column(u32),
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
    /// Added to the year of the row.
    pub(super) year_offset: i32,
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
    /// The layout's entry that it is read by; the columns of one entry have one scale.
    pub(super) entry: EntryIndex,
}

/// A column that holds one number of a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotColumn {
    pub(super) column: u32,
    /// What the number is multiplied by, where the layout says so.
    pub(super) times: Option<f64>,
    /// Which number of the cell, where each cell holds several.
    pub(super) part: Option<CellPart>,
}

/// One of several numbers in a cell, such as the second of the two in `6|88`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellPart {
    /// Which number, from 0.
    pub(super) index: usize,
    /// How many numbers the cell holds.
    pub(super) count: usize,
}

impl Slot {
    /// A slot of no columns yet.
    pub(super) const fn new(key: SlotKey, entry: EntryIndex) -> Self {
        Self { key, columns: [None; 3], entry }
    }

    /// The column of a number.
    pub(super) const fn column(&self, stat: Stat) -> Option<SlotColumn> {
        self.columns[stat as usize]
    }

    /// The first of its columns, by which the observation's cell is named.
    pub(super) fn first_column(&self) -> Option<SlotColumn> {
        self.columns.iter().flatten().next().copied()
    }

    /// Its columns, each with the number that it holds.
    pub(super) fn filled_columns(&self) -> impl Iterator<Item = (Stat, SlotColumn)> {
        STATS.into_iter().zip(self.columns).filter_map(|(stat, column)| Some((stat, column?)))
    }
}
