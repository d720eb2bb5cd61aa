//! Locations in files: a file, a sheet, a cell.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::clean::{clean, is_clean};

/// A location in a file: `sales.xlsx › By Month › C7`, as precise as is known. Names are cleaned (see
/// [`clean`]).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file's name or path, as shown to the user.
    pub file: String,
    /// The sheet's name; `None` for text files and for problems that affect the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The cell in A1 notation (`C7`); `None` if the problem is not about a single cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl Place {
    /// The whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: cleaned(file), ..Self::default() }
    }

    /// A sheet of a file (`None` for a text file, which has only one).
    pub fn sheet(file: impl Into<String>, sheet: Option<&str>) -> Self {
        Self { file: cleaned(file), sheet: sheet.map(|name| clean(name).into_owned()), cell: None }
    }

    /// The same location, narrowed to a cell. `row` and `column` count from 0.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> Self {
        Self { cell: Some(cell_name(row, column)), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for part in [&self.sheet, &self.cell].into_iter().flatten() {
            write!(f, " › {part}")?;
        }
        Ok(())
    }
}

fn cleaned(name: impl Into<String>) -> String {
    let name = name.into();
    if is_clean(&name) { name } else { clean(&name).into_owned() }
}

/// A cell's address in A1 notation: row 6, column 2 is `C7`. Both count from 0.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), u64::from(row) + 1)
}

/// A column's letters: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::{cell_name, column_name};

    #[test]
    fn addresses_are_those_of_the_spreadsheet() {
        assert_eq!(cell_name(6, 2), "C7");
        assert_eq!(column_name(25), "Z");
        assert_eq!(column_name(26), "AA");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }
}
