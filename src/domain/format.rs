//! The formats of a pack that a user can choose.

use std::fmt;

/// What a pack is written as, beside the tables, the SWOT candidates and the report, which are always written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `index.html`: the whole pack in one file.
    Html,
    /// `retreat-deck.pptx`: the deck, with charts that can be edited.
    Pptx,
    /// `retreat-data.xlsx`: every table with its chart, live peers, and sheets to work on.
    Xlsx,
    /// Each chart as SVG.
    Svg,
    /// Each chart as PNG.
    Png,
    /// `print/*.html`: what is printed for the day.
    Print,
    /// `print/*.pdf`: the same as PDF, made by an installed browser. Written only if asked for.
    Pdf,
    /// `print/schools.html`: a page for each school of the district. Written only if asked for.
    Schools,
    /// Nothing else: alone, it makes a pack of tables, candidates and the report; beside others, it adds nothing.
    Data,
}

impl Format {
    /// All of them. The command line, its help, and the check of `retreat.toml` know those listed here.
    pub const ALL: [Self; 9] = [
        Self::Html,
        Self::Pptx,
        Self::Xlsx,
        Self::Print,
        Self::Pdf,
        Self::Svg,
        Self::Png,
        Self::Schools,
        Self::Data,
    ];

    /// Its name in the project file and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Print => "print",
            Self::Pdf => "pdf",
            Self::Schools => "schools",
            Self::Data => "data",
        }
    }

    /// How the names of its files end; empty if it has none of its own.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html | Self::Print | Self::Schools => ".html",
            Self::Pptx => ".pptx",
            Self::Xlsx => ".xlsx",
            Self::Svg => ".svg",
            Self::Png => ".png",
            Self::Pdf => ".pdf",
            Self::Data => "",
        }
    }

    /// Whether it is written only if asked for: PDF needs another program, the pages of schools are not for everybody, and
    /// data is in every pack.
    #[must_use]
    pub const fn is_on_request(self) -> bool {
        matches!(self, Self::Pdf | Self::Schools | Self::Data)
    }

    /// The format with this name, in capitals or not.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id().eq_ignore_ascii_case(word.trim()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn every_format_is_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.id()), Some(format));
        }
        assert_eq!(Format::named(" SVG "), Some(Format::Svg));
        assert_eq!(Format::named("docx"), None);
    }
}
