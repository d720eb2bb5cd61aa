//! What the data said when a plan was written. It stands on a hidden sheet of the plan's file, so that a later year can be compared
//! with it even if the older pack is gone.

use std::collections::{BTreeMap, BTreeSet};

use sheets::{Row, Sheet, SourceFile};

use super::menu::{MenuRow, PeerName, PlanMenu};
use crate::domain::ItemNumber;
use crate::room::DraftItem;

/// The name of the sheet.
pub const MEMORY_SHEET: &str = "key";
/// The text of its first cell.
pub const MEMORY_FORMAT: &str = "retreat-plan";

// The kinds of its rows.
const DISTRICT: &str = "district";
const TITLE: &str = "title";
const YEAR: &str = "year";
const SERIES: &str = "series";
const VALUE: &str = "value";
const BREAK: &str = "break";
const PEER: &str = "peer";
const ITEM: &str = "item";

/// The cells of a row: its kind, and up to four texts.
pub type MemoryRow = [String; 5];

/// What the data said when a plan was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanMemory {
    /// The district's id, as shown.
    pub district: String,
    /// Title of the retreat.
    pub title: String,
    /// The newest year of the data, by its end; `None` if it had none.
    pub year: Option<i32>,
    /// The indicators, by the slugs of their series.
    pub series: BTreeMap<String, RememberedSeries>,
    /// The peers.
    pub peers: BTreeSet<PeerName>,
    /// The candidates that the build showed.
    pub items: Vec<DraftItem>,
}

/// An indicator as it was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RememberedSeries {
    /// Its name.
    pub indicator: String,
    /// Its values, by the ends of their years.
    pub values: BTreeMap<i32, RememberedValue>,
    /// Its breaks, with their reasons.
    pub breaks: BTreeMap<i32, String>,
}

/// A value as it was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RememberedValue {
    /// The value, in the measure's unit.
    pub value: f64,
    /// The cell that it came from; empty if it was computed.
    pub source: String,
}

impl RememberedSeries {
    /// The latest year with a value, and the value.
    #[must_use]
    pub fn latest(&self) -> Option<(i32, &RememberedValue)> {
        self.values.last_key_value().map(|(year, value)| (*year, value))
    }
}

impl PlanMemory {
    /// What a menu says.
    #[must_use]
    pub fn of(menu: &PlanMenu) -> Self {
        Self {
            district: menu.district.clone(),
            title: menu.title.clone(),
            year: menu.newest.map(|year| year.end()),
            series: menu.rows.iter().map(|row| (row.key.slug(), remembered(row))).collect(),
            peers: menu.peers.iter().cloned().collect(),
            items: menu.items.clone(),
        }
    }

    /// The same with the indicators of a newer menu that it does not know, so that a goal for one of them keeps its baseline too.
    #[must_use]
    pub(super) fn with_new_indicators(mut self, menu: &PlanMenu) -> Self {
        for row in &menu.rows {
            self.series.entry(row.key.slug()).or_insert_with(|| remembered(row));
        }
        self
    }

    /// The rows of the hidden sheet.
    #[must_use]
    pub fn rows(&self) -> Vec<MemoryRow> {
        let mut rows = vec![
            row(MEMORY_FORMAT, &["1"]),
            row(DISTRICT, &[&self.district]),
            row(TITLE, &[&self.title]),
            row(YEAR, &[&self.year.map(|year| year.to_string()).unwrap_or_default()]),
        ];
        for (slug, series) in &self.series {
            rows.push(row(SERIES, &[slug, &series.indicator]));
            for (year, value) in &series.values {
                let cells = [slug, &year.to_string(), &value.value.to_string(), &value.source];
                rows.push(row(VALUE, &cells.map(String::as_str)));
            }
            rows.extend(series.breaks.iter().map(|(year, why)| row(BREAK, &[slug, &year.to_string(), why])));
        }
        rows.extend(self.peers.iter().map(|peer| row(PEER, &[&peer.id, &peer.name])));
        for item in &self.items {
            rows.push(row(ITEM, &[&item.number.to_string(), &item.id, &item.statement, &item.evidence]));
        }
        rows
    }

    /// What a file of a plan remembers; `None` if its hidden sheet was deleted.
    #[must_use]
    pub fn read(file: &SourceFile) -> Option<Self> {
        let sheet = file.sheets.iter().find(|sheet| is_memory(sheet))?;
        let mut memory = Self::default();
        sheet.rows().for_each(|row| memory.add(row));
        Some(memory)
    }

    fn add(&mut self, row: Row<'_>) {
        let [kind, first, second, third, fourth] = [0, 1, 2, 3, 4].map(|column| row.cell(column).to_text());
        match kind.as_str() {
            DISTRICT => self.district = first,
            TITLE => self.title = first,
            YEAR => self.year = first.parse().ok(),
            SERIES => self.series.entry(first).or_default().indicator = second,
            VALUE => {
                if let (Ok(year), Ok(value)) = (second.parse(), third.parse()) {
                    let remembered = RememberedValue { value, source: fourth };
                    self.series.entry(first).or_default().values.insert(year, remembered);
                }
            }
            BREAK => {
                if let Ok(year) = second.parse() {
                    self.series.entry(first).or_default().breaks.insert(year, third);
                }
            }
            PEER => {
                self.peers.insert(PeerName { id: first, name: second });
            }
            ITEM => {
                if let Some(number) = ItemNumber::parse(&first) {
                    self.items.push(DraftItem { number, id: second, statement: third, evidence: fourth });
                }
            }
            _ => {}
        }
    }

    /// The slug of the series that an indicator's name meant; `None` if it is none of the plan's.
    #[must_use]
    pub fn slug_of(&self, indicator: &str) -> Option<&str> {
        let mut series = self.series.iter();
        series.find(|(_, series)| series.indicator == indicator).map(|(slug, _)| slug.as_str())
    }
}

/// Whether a sheet is the memory of a plan.
pub(super) fn is_memory(sheet: &Sheet) -> bool {
    sheet.row(0).is_some_and(|row| row.cell(0).to_text() == MEMORY_FORMAT)
}

fn remembered(row: &MenuRow) -> RememberedSeries {
    let values = row.values.iter().map(|value| {
        (value.year.end(), RememberedValue { value: value.value, source: value.source.clone() })
    });
    RememberedSeries {
        indicator: row.indicator.clone(),
        values: values.collect(),
        breaks: row.breaks.iter().map(|found| (found.year, found.why.clone())).collect(),
    }
}

fn row(kind: &str, cells: &[&str]) -> MemoryRow {
    let mut row = MemoryRow::default();
    kind.clone_into(&mut row[0]);
    for (cell, text) in row[1..].iter_mut().zip(cells) {
        (*text).clone_into(cell);
    }
    row
}
