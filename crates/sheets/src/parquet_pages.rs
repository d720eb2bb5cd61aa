//! The footer and the page headers of a Parquet file, held against its size before a parser sets memory aside for what
//! they claim.

use polars::prelude::{PolarsError, polars_err};
use polars_io::parquet::read::ParquetReader;
use polars_parquet_format::thrift::protocol::TCompactInputProtocol;
use polars_parquet_format::{FileMetaData, PageHeader, SchemaElement};

/// Values of a column chunk, and bytes of a group of rows unpacked, beyond which a file is not read.
const VALUES: i64 = 20_000_000;
const BYTES: i64 = 160 << 20;

/// Bytes of a footer beyond which a file is not read: a table of thousands of columns has less.
const FOOTER: usize = 1 << 24;
/// Columns with those within them, and how deep they may stand in each other.
const ELEMENTS: usize = 1 << 16;
const DEPTH: usize = 24;

/// Reads the footer with a reader that sets no memory aside beyond what its bytes can hold.
///
/// # Errors
/// A footer that is not there, cannot be read, claims more entries than it can hold, or columns too many or too deep.
pub(super) fn check_footer(bytes: &[u8]) -> Result<(), PolarsError> {
    let missing = || polars_err!(ComputeError: "the footer is not where the file says");
    let (rest, _) = bytes.split_last_chunk::<4>().ok_or_else(missing)?;
    let (rest, size) = rest.split_last_chunk::<4>().ok_or_else(missing)?;
    let size = usize::try_from(u32::from_le_bytes(*size)).map_err(|_| missing())?;
    let mut footer = rest.len().checked_sub(size).and_then(|from| rest.get(from..)).ok_or_else(missing)?;
    if size > FOOTER {
        return Err(polars_err!(ComputeError: "the footer claims {size} bytes"));
    }
    // The reader counts eight bytes for an entry of a list; the least entry takes one.
    let footer =
        FileMetaData::read_from_in_protocol(&mut TCompactInputProtocol::new(&mut footer, 8 * size + 1024))
            .map_err(|e| polars_err!(ComputeError: "its footer cannot be read ({e})"))?;
    check_schema(&footer.schema)
}

/// Makes sure that the columns, listed with those within them, are of a depth and number that a reader can follow that
/// calls itself for each.
fn check_schema(elements: &[SchemaElement]) -> Result<(), PolarsError> {
    if elements.len() > ELEMENTS {
        return Err(
            polars_err!(ComputeError: "it holds more than {ELEMENTS} columns, with those within them"),
        );
    }
    // Of each column that has others within it: how many are still to come.
    let mut open: Vec<i32> = Vec::new();
    for element in elements {
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if let Some(within) = element.num_children.filter(|within| *within > 0) {
            open.push(within);
        }
        if open.len() > DEPTH {
            return Err(polars_err!(ComputeError: "it holds columns within columns, more than {DEPTH} deep"));
        }
        while open.last().is_some_and(|left| *left <= 0) {
            open.pop();
        }
    }
    Ok(())
}

/// Walks the headers of all pages of all columns, and gives the number of rows of each group of rows.
///
/// # Errors
/// A header that cannot be read, or that claims more than its chunk or a group can hold.
pub(super) fn check(
    bytes: &[u8],
    reader: &mut ParquetReader<std::io::Cursor<&[u8]>>,
) -> Result<Vec<usize>, PolarsError> {
    let mut rows = Vec::new();
    for group in &reader.get_metadata()?.row_groups {
        let mut left = BYTES;
        for column in group.parquet_columns() {
            let range = column.byte_range();
            let chunk = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
            let chunk = chunk.and_then(|(start, end)| bytes.get(start..end)).ok_or_else(outside)?;
            check_chunk(chunk, column.num_values(), &mut left)?;
        }
        rows.push(group.num_rows());
    }
    Ok(rows)
}

fn outside() -> PolarsError {
    polars_err!(ComputeError: "a column's pages lie outside the file")
}

fn check_chunk(mut chunk: &[u8], values: i64, left: &mut i64) -> Result<(), PolarsError> {
    let claims = |what: &str| Err(polars_err!(ComputeError: "a page claims {what}"));
    if !(0..=VALUES).contains(&values) {
        return claims("more values than can be read");
    }
    let mut seen = 0;
    while seen < values {
        let size = chunk.len();
        let header = PageHeader::read_from_in_protocol(&mut TCompactInputProtocol::new(&mut chunk, size))
            .map_err(|e| polars_err!(ComputeError: "a page's header cannot be read ({e})"))?;
        *left -= i64::from(header.uncompressed_page_size);
        if header.uncompressed_page_size < 0 || *left < 0 {
            return claims("more bytes than can be read");
        }
        if let Some(dictionary) = &header.dictionary_page_header {
            // An entry takes at least a bit.
            if !(0..=header.uncompressed_page_size.saturating_mul(8)).contains(&dictionary.num_values) {
                return claims("more words than it can hold");
            }
        }
        let first = header.data_page_header.as_ref().map(|h| h.num_values);
        let second = header.data_page_header_v2.as_ref().map(|h| {
            let parts =
                [h.num_nulls, h.num_rows, h.definition_levels_byte_length, h.repetition_levels_byte_length];
            if parts.iter().all(|part| *part >= 0) { h.num_values } else { -1 }
        });
        for of_page in [first, second].into_iter().flatten().map(i64::from) {
            seen += of_page;
            if of_page < 0 || seen > values {
                return claims("other values than its column has");
            }
        }
        let packed = usize::try_from(header.compressed_page_size).ok();
        chunk = packed.and_then(|packed| chunk.get(packed..)).ok_or_else(outside)?;
    }
    Ok(())
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
        // As many columns as a sheet can have, side by side, and each a list.
        let wide = [Some(16_384)].into_iter().chain((0..16_384).flat_map(|_| [Some(1), Some(1), None]));
        assert!(check_schema(&elements(wide)).is_ok());
        assert!(check_schema(&elements((0..70_000).map(|_| None))).is_err());
        // What the numbers claim need not be there.
        assert!(check_schema(&elements([Some(i32::MAX), Some(-1), Some(i32::MIN), Some(0), None])).is_ok());
    }
}
