//! The formats that a user can choose with `--format`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::wording::pack::unknown_format;

/// A file format of the exhibits. The tables, the SWOT candidates and the report are always written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `index.html`: the whole pack in one file.
    Html,
    /// Each chart as SVG.
    Svg,
    /// Each chart as PNG.
    Png,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Html, Self::Svg, Self::Png];

    /// Its name in the project file and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|f| f.id().eq_ignore_ascii_case(word.trim())).ok_or_else(|| {
            let known = Self::ALL.map(Self::id).join(", ");
            unknown_format(word, &known)
        })
    }
}

/// The chosen formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats(BTreeSet<Format>);

impl Formats {
    /// Every format.
    #[must_use]
    pub fn all() -> Self {
        Format::ALL.into_iter().collect()
    }

    /// Whether `format` was chosen.
    #[must_use]
    pub fn has(&self, format: Format) -> bool {
        self.0.contains(&format)
    }
}

impl FromIterator<Format> for Formats {
    fn from_iter<I: IntoIterator<Item = Format>>(formats: I) -> Self {
        Self(formats.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn every_format_is_read_back_and_others_are_named() {
        for format in Format::ALL {
            assert_eq!(format.id().parse(), Ok(format));
        }
        assert_eq!(" SVG ".parse(), Ok(Format::Svg));
        let error = "docx".parse::<Format>().unwrap_err();
        assert_eq!(error, "`docx` is not a format; the formats are html, svg, png");
    }
}
