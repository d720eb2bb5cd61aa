//! CSV for spreadsheet programs: UTF-8 with the byte-order mark that Excel needs, and no cell that runs as a
//! formula.

use std::borrow::Cow;
use std::error::Error;
use std::io::Write;

/// Excel reads a CSV file as UTF-8 only if it begins with this mark.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes the header and returns a writer for the rows.
pub(super) fn start<'w>(
    out: &'w mut dyn Write,
    header: &[&str],
) -> Result<csv::Writer<&'w mut dyn Write>, Box<dyn Error + Send + Sync>> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(header.iter().map(|h| neutral(h).into_owned()))?;
    Ok(rows)
}

/// Whether a spreadsheet would run a text as a formula.
pub(super) fn runs(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Text, with a leading apostrophe if a spreadsheet would run it as a formula.
pub(super) fn neutral(text: &str) -> Cow<'_, str> {
    if runs(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A number in the fewest digits that read back as the same number; empty if it is not finite.
pub(super) fn number(value: f64) -> String {
    match value {
        v if !v.is_finite() => String::new(),
        v => format!("{}", if v == 0.0 { 0.0 } else { v }),
    }
}

/// A table as CSV, without anything that a spreadsheet would run.
pub(super) fn table<const N: usize>(
    columns: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut bytes = Vec::new();
    let mut writer = start(&mut bytes, columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| neutral(cell).into_owned()))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{neutral, number, start};

    #[test]
    fn text_that_a_spreadsheet_would_run_is_neutralized() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        for text in ["", "Ash 4", "2023-24", "1=1", "'001902", "a\t=b"] {
            assert_eq!(neutral(text), text);
        }
    }

    #[test]
    fn numbers_are_exact_and_short() {
        for (value, text) in [(0.1, "0.1"), (-0.0, "0"), (2144.0, "2144"), (1e15, "1000000000000000")] {
            assert_eq!(number(value), text);
        }
        assert_eq!(number(1.0 / 3.0).parse::<f64>().unwrap().to_bits(), (1.0f64 / 3.0).to_bits());
        assert_eq!(number(f64::NAN), "");
    }

    #[test]
    fn the_file_begins_with_the_mark_and_ends_lines_with_a_line_feed() {
        let mut out = Vec::new();
        {
            let mut rows = start(&mut out, &["a", "=b"]).unwrap();
            rows.write_record(["x,y", "z"]).unwrap();
            rows.flush().unwrap();
        }
        assert_eq!(out, b"\xef\xbb\xbfa,'=b\n\"x,y\",z\n");
    }
}
