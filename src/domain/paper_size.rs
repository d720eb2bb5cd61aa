//! The paper that a pack is printed on.

/// The paper of the documents in `print/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PaperSize {
    /// 8.5 × 11 inches; placemats on 11 × 17, posters on 24 × 36.
    #[default]
    Letter,
    /// A4; placemats on A3, posters on A1.
    A4,
}

impl PaperSize {
    /// All of them. The check of `retreat.toml` knows those listed here.
    pub const ALL: [Self; 2] = [Self::Letter, Self::A4];

    /// Its name in the project file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::A4 => "a4",
        }
    }

    /// The paper with this name, in capitals or not.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.id().eq_ignore_ascii_case(word.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::PaperSize;

    #[test]
    fn every_paper_is_read_back() {
        for size in PaperSize::ALL {
            assert_eq!(PaperSize::named(size.id()), Some(size));
        }
        assert_eq!(PaperSize::named(" A4 "), Some(PaperSize::A4));
        assert_eq!(PaperSize::named("legal"), None);
    }
}
