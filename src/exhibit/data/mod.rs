//! The tables of `data/`: every number behind the pack, with the cell that it comes from.
//!
//! They cover the chosen district and its peers, the only districts that charts name, and the district's schools. The state statistics
//! that the district is compared with are in `comparisons`. Each row gives the years it covers
//! (`school_year`, or the first and last), the number of people (`n`, `denominator`), years or districts it
//! is based on, how it was computed (`method`), and what is hidden: masked by the publisher, or withheld
//! here.

mod columns;
mod gaps;
mod hidden;
mod peers;
mod perception;
mod projections;
mod rates;
mod standings;
mod trends;
mod values;

use polars::prelude::PolarsError;

use super::pack::DataTable;
use crate::catalog::Catalog;
use crate::compare::Comparisons;
use crate::disclosure::Released;

/// Builds the tables.
///
/// # Errors
/// If polars rejects the columns, which it does not if they have equal lengths.
pub fn tables(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<Vec<DataTable>, PolarsError> {
    let observations = values::observations(released, comparisons, catalog)?;
    let schools = values::schools(released, comparisons, catalog)?;
    let mut tables = vec![
        DataTable { name: "observations", frame: observations, parquet: true },
        DataTable::csv_only("measures", values::measures(released, comparisons, catalog)?),
        DataTable::csv_only("comparisons", standings::standings(released, comparisons, catalog)?),
        DataTable::csv_only("trends", trends::trends(comparisons, catalog)?),
        DataTable::csv_only("gaps", gaps::gaps(comparisons)?),
        DataTable::csv_only("projections", projections::projections(comparisons)?),
        DataTable::csv_only("peers", peers::peers(comparisons)?),
    ];
    if !comparisons.perception.is_empty() {
        tables.push(DataTable::csv_only("perception", perception::perception(comparisons)?));
    }
    tables.extend(schools.map(|frame| DataTable::csv_only("schools", frame)));
    Ok(tables)
}
