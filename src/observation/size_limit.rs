//! The size above which a table cannot be about districts.

use super::district::DistrictRegister;
use super::rows::{BYTES, PRIVATE_VALUES, VALUES};
use super::table_context::TableContext;
use crate::diagnostic::Diagnostic;

/// The most districts in one table. The United States has some 19,500 (NCES, Common Core of Data): a table
/// with more than twice as many is about something else.
const DISTRICTS: usize = 50_000;
/// The most combinations of names and attributes for the districts of a file.
const DISTRICT_ENTRIES: usize = 4 * DISTRICTS;

/// Checks that the file read so far can still be about districts.
///
/// # Errors
/// If it has more districts or values, or longer text, than any table of districts: the problem.
pub(super) fn check_size(
    context: &TableContext<'_>,
    districts: &DistrictRegister<'_>,
) -> Result<(), Box<Diagnostic>> {
    let reading = &context.progress.reading;
    context.file.reserve(reading.rows.bytes());
    let most = if reading.public { VALUES } else { PRIVATE_VALUES };
    if reading.rows.len() > most {
        return Err(Box::new(Diagnostic::values_beyond_number(context.sheet_place(), most, reading.public)));
    }
    if context.progress.bytes() > BYTES {
        return Err(Box::new(Diagnostic::words_beyond_number(context.sheet_place(), BYTES >> 20)));
    }
    if districts.len() > DISTRICTS || reading.districts.len() > DISTRICT_ENTRIES {
        let column = districts.key_column().map_or("", |column| context.header.name(column));
        return Err(Box::new(Diagnostic::districts_beyond_number(context.sheet_place(), DISTRICTS, column)));
    }
    Ok(())
}
