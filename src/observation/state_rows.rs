//! The row of the state in a table that knows its districts by name only.
//!
//! Districts are called like states too (Nevada in Iowa, Missouri and Texas), and so are counties. A row is taken for the
//! state's where it is the only one of such a name and none counts more: what a state counts, its districts cannot exceed.
//! Where nothing is counted it is taken for the state's as well. What is left out is said.

use std::collections::BTreeMap;

use super::header::{Header, folded};
use super::number::{Number, NumberReader};
use super::plan::{Part, Plan, Slot};
use crate::catalog::{Catalog, Measure};
use sheets::{Row, Sheet};

/// The name of the state whose row stands among the districts of the column `name`, in small letters, with the first of
/// its rows; `None` where there is none.
pub(super) fn state_row(
    sheet: &Sheet,
    (header, name): (&Header, u32),
    plan: &Plan,
    numbers: &NumberReader,
    catalog: &Catalog,
) -> Option<(String, u32)> {
    let named = |row: &Row<'_>| folded(&row.cell(name).to_text()).to_lowercase();
    let rows = || sheet.rows_between(header.data.clone());
    let mut states: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows() {
        let text = named(&row);
        if numbers.markers().is_state(&text) && !numbers.markers().is_total(&text) {
            states.entry(text).or_insert(row.number);
        }
    }
    let (state, first) = states.pop_first().filter(|_| states.is_empty())?;
    // A table of one district is its own, whatever it is called.
    let other = |text: &String| !text.is_empty() && *text != state && !numbers.markers().is_total(text);
    if !rows().any(|row| other(&named(&row))) {
        return None;
    }
    let counts = |slot: &&Slot| match &slot.key.measure {
        Part::Fixed(id) => catalog.measures.get(id).is_some_and(Measure::adds_up),
        Part::Column(_) => false,
    };
    let columns = plan.slots.iter().filter(counts).filter_map(|slot| slot.columns[0]).map(|c| c.column);
    for column in columns {
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for row in rows() {
            let text = named(&row);
            if let (Number::Reported(number), false) =
                (numbers.read(row.cell(column)), numbers.markers().is_total(&text))
            {
                *sums.entry(text).or_default() += number;
            }
        }
        let own = sums.remove(&state);
        if own.is_some_and(|own| sums.values().any(|other| *other > own)) {
            return None;
        }
    }
    Some((state, first))
}
