//! Reads TOML of limited size and removes invisible characters from its text.
//!
//! The parser limits the nesting of tables and lists to 80 levels.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::domain::{clean, clean_lines};

/// The largest file that is read, in bytes: the layout for a table of 16,384 columns has about 3 MB.
const LARGEST: u64 = 16 << 20;

/// The text of the TOML file at `path`.
///
/// # Errors
/// If it cannot be read, the reason in words.
pub fn read_toml(path: &Path) -> Result<String, String> {
    let bytes = read_bytes(path).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MB, which no settings file is", LARGEST >> 20));
    }
    String::from_utf8(bytes).map_err(|_| "it is not in UTF-8: save it again as UTF-8 text".to_owned())
}

/// The bytes of a file; if it is larger than [`LARGEST`], only one byte more than that.
fn read_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    // Opening a pipe would block until someone writes to it.
    if !path.metadata()?.is_file() {
        return Err(std::io::Error::other("it is no file, but a folder, pipe or device"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The content of the TOML in `text`, with text and names cleaned (see [`clean`]).
///
/// # Errors
/// What is wrong with it, including the line.
pub fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let text = clean_lines(text);
    let read: T = toml::from_str(&text).map_err(|e| e.to_string())?;
    // Only escaped and multi-line strings still need cleaning.
    if !text.contains(['\\', '\t']) && !text.contains("\"\"\"") && !text.contains("'''") {
        return Ok(read);
    }
    let table: Table = toml::from_str(&text).map_err(|e| e.to_string())?;
    let cleaned = cleaned(Value::Table(table));
    cleaned.try_into().map_err(|e: toml::de::Error| e.to_string())
}

fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(&text).into_owned()),
        Value::Array(values) => Value::Array(values.into_iter().map(cleaned).collect()),
        Value::Table(table) => {
            let entries = table.into_iter();
            Value::Table(entries.map(|(key, value)| (clean(&key).into_owned(), cleaned(value))).collect())
        }
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::from_toml;

    type Labels = BTreeMap<String, toml::Value>;

    #[test]
    fn texts_are_cleaned_however_they_are_written() {
        let text = "a = \"x\\u001b\\u200By\\u202E\"\nb = 'Bi\u{200b}rch'\nc = \"\"\"one\ntwo\"\"\"\nd = ['\\d+\t']\n\"e\\u0007\" = 1\r\n";
        let read: Labels = from_toml(text).unwrap();
        let at = |key: &str| read[key].as_str().unwrap();
        assert_eq!([at("a"), at("b"), at("c")], ["xy", "Birch", "one two"]);
        assert_eq!(read["d"].as_array().unwrap()[0].as_str(), Some("\\d+ "));
        assert_eq!(read["e"].as_integer(), Some(1));
    }

    #[test]
    fn what_stands_too_deep_is_refused() {
        let deep = [
            format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000)),
            format!("a = {}1{}", "{ a = ".repeat(100_000), "}".repeat(100_000)),
            format!("{}a = 1", "a.".repeat(100_000)),
            format!("[{}a]", "a.".repeat(100_000)),
            format!("[[{}a]]", "a.".repeat(100_000)),
            format!("a = {{ {}a = 1 }}", "a.".repeat(100_000)),
        ];
        for text in deep {
            let error = from_toml::<Labels>(&text).unwrap_err();
            assert!(error.contains("recurs"), "{}", &error[..200.min(error.len())]);
        }
        // The maximum depth, in every way at once.
        let deepest = format!(
            "[{names}a]\n{names}a = {open}{{ {names}a = '\\' }}{close}",
            names = "a.".repeat(70),
            open = "[".repeat(70),
            close = "]".repeat(70),
        );
        assert!(from_toml::<Labels>(&deepest).is_ok());
    }
}
