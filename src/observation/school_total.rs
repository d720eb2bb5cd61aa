//! Recognizes, in a table of schools, the rows about whole districts.

use super::district::DistrictColumns;
use super::table_context::TableContext;
use super::table_row::TableRow;
use crate::catalog::Level;

/// Whether a row of a table of schools is about the whole district: the layout says so, or the school is a word for it.
pub(super) fn is_school_total(
    context: &TableContext<'_>,
    columns: &DistrictColumns<'_>,
    row: &TableRow<'_>,
) -> bool {
    let layout = context.ready.layout;
    if layout.level != Level::School {
        return false;
    }
    columns.schools.iter().map(|column| row.folded_text(*column)).any(|school| {
        context.ready.is_school_total(&school)
            || context.numbers.markers().is_whole_district(&school)
            || layout.district_name_is_total && is_district_name(&school, columns, row)
    })
}

fn is_district_name(school: &str, columns: &DistrictColumns<'_>, row: &TableRow<'_>) -> bool {
    let name = columns.name.map(|column| row.folded_text(column));
    !school.is_empty() && name.is_some_and(|name| name.eq_ignore_ascii_case(school))
}
