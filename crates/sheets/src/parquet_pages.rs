//! Checks the footer and page headers of a Parquet file against its size, before a parser allocates the
//! memory that they claim to need.

use std::io::Cursor;

use polars::prelude::{PolarsError, polars_err};
use polars_io::parquet::read::ParquetReader;
use polars_parquet_format::thrift::protocol::TCompactInputProtocol;
use polars_parquet_format::{DataPageHeader, DataPageHeaderV2, FileMetaData, PageHeader, SchemaElement};

/// The most values in a column chunk.
const MAX_VALUES: i64 = 20_000_000;
/// Decompressed bytes of a row group.
const MAX_GROUP_BYTES: i64 = 160 << 20;
/// The largest footer, in bytes: a table with thousands of columns has a smaller one.
const MAX_FOOTER: usize = 1 << 24;
/// The most columns, including nested ones.
const MAX_ELEMENTS: usize = 1 << 16;
/// How deeply columns may be nested.
const MAX_DEPTH: usize = 24;

/// Reads the footer with a reader that allocates no more memory than its bytes can fill.
///
/// # Errors
/// If the footer is missing, cannot be read, claims more entries than it can contain, or has columns too many
/// or too deeply nested.
pub(super) fn check_footer(bytes: &[u8]) -> Result<(), PolarsError> {
    let footer =
        footer(bytes).ok_or_else(|| polars_err!(ComputeError: "the footer is not where the file says"))?;
    let size = footer.len();
    if size > MAX_FOOTER {
        return Err(polars_err!(ComputeError: "the footer claims {size} bytes"));
    }
    // The reader counts eight bytes per list entry; the smallest entry takes one.
    let mut rest = footer;
    let mut protocol = TCompactInputProtocol::new(&mut rest, 8 * size + 1024);
    let footer = FileMetaData::read_from_in_protocol(&mut protocol)
        .map_err(|e| polars_err!(ComputeError: "its footer cannot be read ({e})"))?;
    check_schema(&footer.schema)
}

/// The bytes of the footer, which precede the file's last eight bytes (its length and a magic number).
fn footer(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, _) = bytes.split_last_chunk::<4>()?;
    let (rest, size) = rest.split_last_chunk::<4>()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).ok()?;
    rest.get(rest.len().checked_sub(size)?..)
}

/// Checks that the columns, including nested ones, are few and shallow enough for a reader that recurses for
/// each.
fn check_schema(elements: &[SchemaElement]) -> Result<(), PolarsError> {
    if elements.len() > MAX_ELEMENTS {
        return Err(
            polars_err!(ComputeError: "it contains more than {MAX_ELEMENTS} columns, including nested ones"),
        );
    }
    // For each open parent column, how many of its children are still to come.
    let mut open: Vec<i32> = Vec::new();
    for element in elements {
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if let Some(within) = element.num_children.filter(|within| *within > 0) {
            open.push(within);
        }
        if open.len() > MAX_DEPTH {
            return Err(
                polars_err!(ComputeError: "it contains columns nested more than {MAX_DEPTH} levels deep"),
            );
        }
        while open.last().is_some_and(|left| *left <= 0) {
            open.pop();
        }
    }
    Ok(())
}

/// Reads all page headers of all columns, and returns the number of rows in each row group.
///
/// # Errors
/// If a header cannot be read, or claims more than its chunk or group can contain.
pub(super) fn check_groups(
    bytes: &[u8],
    reader: &mut ParquetReader<Cursor<&[u8]>>,
) -> Result<Vec<usize>, PolarsError> {
    let mut rows = Vec::new();
    for group in &reader.get_metadata()?.row_groups {
        let mut bytes_left = MAX_GROUP_BYTES;
        for column in group.parquet_columns() {
            let range = column.byte_range();
            let chunk = slice(bytes, range.start, range.end).ok_or_else(outside)?;
            check_chunk(chunk, column.num_values(), &mut bytes_left)?;
        }
        rows.push(group.num_rows());
    }
    Ok(rows)
}

fn slice(bytes: &[u8], start: u64, end: u64) -> Option<&[u8]> {
    bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

/// Checks the pages of a column chunk, which claims this many values; `bytes_left` is how much its group may
/// still expand to.
fn check_chunk(mut chunk: &[u8], values: i64, bytes_left: &mut i64) -> Result<(), PolarsError> {
    if !(0..=MAX_VALUES).contains(&values) {
        return Err(page_claims("more values than can be read"));
    }
    let mut seen = 0;
    while seen < values {
        let size = chunk.len();
        let header = PageHeader::read_from_in_protocol(&mut TCompactInputProtocol::new(&mut chunk, size))
            .map_err(|e| polars_err!(ComputeError: "a page's header cannot be read ({e})"))?;
        *bytes_left -= i64::from(header.uncompressed_page_size);
        if header.uncompressed_page_size < 0 || *bytes_left < 0 {
            return Err(page_claims("more bytes than can be read"));
        }
        check_dictionary(&header)?;
        for of_page in value_counts(&header) {
            seen += i64::from(of_page);
            if of_page < 0 || seen > values {
                return Err(page_claims("a different number of values than its column has"));
            }
        }
        let packed = usize::try_from(header.compressed_page_size).ok();
        chunk = packed.and_then(|packed| chunk.get(packed..)).ok_or_else(outside)?;
    }
    Ok(())
}

/// Checks that a dictionary page has no more entries than fit in it: an entry takes at least one bit.
fn check_dictionary(header: &PageHeader) -> Result<(), PolarsError> {
    let most = header.uncompressed_page_size.saturating_mul(8);
    match &header.dictionary_page_header {
        Some(dictionary) if !(0..=most).contains(&dictionary.num_values) => {
            Err(page_claims("more entries than it can hold"))
        }
        _ => Ok(()),
    }
}

/// How many values a page claims in each version of its header; -1 if the header is invalid.
fn value_counts(header: &PageHeader) -> impl Iterator<Item = i32> {
    let first = header.data_page_header.as_ref().map(values_v1);
    let second = header.data_page_header_v2.as_ref().map(values_v2);
    [first, second].into_iter().flatten()
}

const fn values_v1(header: &DataPageHeader) -> i32 {
    header.num_values
}

fn values_v2(header: &DataPageHeaderV2) -> i32 {
    let counts = [
        header.num_nulls,
        header.num_rows,
        header.definition_levels_byte_length,
        header.repetition_levels_byte_length,
    ];
    if counts.iter().all(|count| *count >= 0) { header.num_values } else { -1 }
}

fn page_claims(what: &str) -> PolarsError {
    polars_err!(ComputeError: "a page claims {what}")
}

fn outside() -> PolarsError {
    polars_err!(ComputeError: "a column's pages lie outside the file")
}

#[cfg(test)]
mod tests {
    use polars_parquet_format::SchemaElement;

    use super::check_schema;

    fn elements(children: impl IntoIterator<Item = Option<i32>>) -> Vec<SchemaElement> {
        let element = |within| {
            SchemaElement::new(None, None, None, "a".to_owned(), within, None, None, None, None, None)
        };
        children.into_iter().map(element).collect()
    }

    #[test]
    fn columns_too_deep_or_too_many_are_refused() {
        let deep = |levels| elements((0..levels).map(|_| Some(1)).chain([None]));
        assert!(check_schema(&deep(100_000 - 1)).is_err());
        assert!(check_schema(&deep(25)).is_err());
        assert!(check_schema(&deep(24)).is_ok());
        // As many columns as a sheet can have, next to each other, each of them a list.
        let wide = [Some(16_384)].into_iter().chain((0..16_384).flat_map(|_| [Some(1), Some(1), None]));
        assert!(check_schema(&elements(wide)).is_ok());
        assert!(check_schema(&elements((0..70_000).map(|_| None))).is_err());
        // The counts may claim more than there is.
        assert!(check_schema(&elements([Some(i32::MAX), Some(-1), Some(i32::MIN), Some(0), None])).is_ok());
    }
}
