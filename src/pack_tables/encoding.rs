//! The tables of packs as a text, to keep what an earlier pack shows.

use serde::{Deserialize, Serialize};

use super::{CellKey, DistrictYear, PackCell, PackTables};

/// The tables of packs as they are kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct EncodedTables(Vec<EncodedYear>);

#[derive(Debug, Serialize, Deserialize)]
struct EncodedYear {
    at: DistrictYear,
    cells: Vec<EncodedCell>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EncodedCell {
    key: CellKey,
    cell: PackCell,
}

impl EncodedTables {
    /// Those tables.
    #[must_use]
    pub fn new(tables: &PackTables) -> Self {
        let years = tables.years().iter().map(|(at, cells)| EncodedYear {
            at: at.clone(),
            cells: cells
                .iter()
                .map(|(key, cell)| EncodedCell { key: key.clone(), cell: cell.clone() })
                .collect(),
        });
        Self(years.collect())
    }

    /// The tables.
    #[must_use]
    pub fn decoded(self) -> PackTables {
        let mut tables = PackTables::default();
        for EncodedYear { at, cells } in self.0 {
            cells.into_iter().for_each(|EncodedCell { key, cell }| tables.insert(&at, key, cell));
        }
        tables
    }
}
