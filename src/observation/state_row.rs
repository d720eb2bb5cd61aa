//! The state's row in a table that identifies its districts only by name.
//!
//! Districts can have the names of states (Nevada in Iowa, Missouri and Texas), and so can counties. A row
//! counts as the state's if it is the only one with the name of a state and no other row has a larger count:
//! a district's count cannot exceed the state's. This also applies if the table has no counts. The program
//! reports the row that it leaves out.

use std::collections::BTreeMap;

use super::number::{Number, NumberReader};
use super::plan::Plan;
use super::slot::{KeyPartSource, Slot};
use super::table_context::TableContext;
use super::text_match::folded;
use crate::catalog::{Catalog, Measure, Stat};
use sheets::{Row, Sheet};

/// The state's row.
pub(super) struct StateRow<'a> {
    /// The name of the state, folded and in lower case.
    pub(super) name: String,
    /// The first row with that name.
    pub(super) row: Row<'a>,
}

/// The state's row among the districts in the name column `column`; `None` if there is none.
pub(super) fn find_state_row<'a>(
    context: &TableContext<'a>,
    column: u32,
    plan: &Plan,
) -> Option<StateRow<'a>> {
    let table = NamedRows {
        sheet: context.sheet,
        data: context.header.data.clone(),
        column,
        numbers: context.numbers,
    };
    let state = table.only_state()?;
    let mut counts = plan.slots.iter().filter(|slot| is_count(slot, context.ready.catalog));
    // In a table of one district, the row is that district's, whatever its name.
    let is_state =
        table.has_other_districts(&state.name) && counts.all(|slot| table.is_greatest(&state.name, slot));
    is_state.then_some(state)
}

/// Whether a slot contains a measure that adds up.
fn is_count(slot: &Slot, catalog: &Catalog) -> bool {
    match &slot.key.measure {
        KeyPartSource::Fixed(id) => catalog.measures.get(id).is_some_and(Measure::adds_up),
        KeyPartSource::Column(_) | KeyPartSource::Columns(_) | KeyPartSource::Heading(_) => false,
    }
}

/// The rows of a table that identifies its districts by name.
struct NamedRows<'a> {
    sheet: &'a Sheet,
    data: std::ops::Range<u32>,
    /// The name column.
    column: u32,
    numbers: &'a NumberReader,
}

impl<'a> NamedRows<'a> {
    /// The rows, each with its name, folded and in lower case.
    fn rows(&self) -> impl Iterator<Item = (String, Row<'a>)> {
        let column = self.column;
        self.sheet
            .rows_between(self.data.clone())
            .map(move |row| (folded(&row.cell(column).to_text()).to_lowercase(), row))
    }

    /// The only name of a state among the names.
    fn only_state(&self) -> Option<StateRow<'a>> {
        let mut states: BTreeMap<String, Row<'a>> = BTreeMap::new();
        for (name, row) in self.rows() {
            if self.numbers.markers().is_state(&name) && !self.is_total(&name) {
                states.entry(name).or_insert(row);
            }
        }
        let (name, row) = states.pop_first()?;
        states.is_empty().then_some(StateRow { name, row })
    }

    fn has_other_districts(&self, state: &str) -> bool {
        self.rows().any(|(name, _)| !name.is_empty() && name != state && !self.is_total(&name))
    }

    /// Whether no other name has a larger sum of a slot's values than the state.
    fn is_greatest(&self, state: &str, slot: &Slot) -> bool {
        let Some(value) = slot.column(Stat::Value) else { return true };
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for (name, row) in self.rows() {
            if let Number::Reported(number) = self.numbers.read(row.cell(value.column))
                && !self.is_total(&name)
            {
                *sums.entry(name).or_default() += number;
            }
        }
        let Some(own) = sums.remove(state) else { return true };
        !sums.values().any(|other| *other > own)
    }

    fn is_total(&self, name: &str) -> bool {
        self.numbers.markers().is_total(name)
    }
}
