//! How rows among those of schools show that they are about whole districts.

use std::collections::{BTreeMap, BTreeSet};

use crate::wording::survey_rows as wording;

/// How a row may show that it is about the whole district.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TotalSign {
    /// It names no school.
    Blank,
    /// A known word for a total or for the whole district.
    Word,
    /// The district's own name and such a word.
    NamedWord,
    /// A district's name, where no column is for districts.
    OwnLabel,
    /// A code of zeros.
    Zeros,
    /// A code that consists of the district's part and of this many zeros.
    EndsInZeros(usize),
    /// A code of nines.
    Nines,
    /// The district's own name.
    DistrictName,
    /// Another form of the district's own name, by what is around the name.
    NameForm(String),
    /// A text that may be that of a total.
    MayBeTotal,
    /// A text that most districts share, but for their own names.
    SharedLabel(String),
    /// The same for a code, where another column may name a school.
    SharedCode(String),
}

/// A sign and the column in which it stands, as its position in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlacedSign {
    pub(super) sign: TotalSign,
    pub(super) column: u32,
}

impl TotalSign {
    /// Whether the sign shows nothing unless the rows add up others.
    pub(super) const fn needs_sums(&self) -> bool {
        matches!(
            self,
            Self::Nines
                | Self::DistrictName
                | Self::NameForm(_)
                | Self::MayBeTotal
                | Self::SharedLabel(_)
                | Self::SharedCode(_)
        )
    }

    /// The sign in words.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Blank => wording::SIGN_BLANK.to_owned(),
            Self::Word => wording::SIGN_WORD.to_owned(),
            Self::NamedWord => wording::SIGN_NAMED_WORD.to_owned(),
            Self::OwnLabel => wording::SIGN_OWN_LABEL.to_owned(),
            Self::NameForm(label) => wording::sign_name_form(label),
            Self::MayBeTotal => wording::SIGN_MAY_BE_TOTAL.to_owned(),
            Self::Zeros => wording::SIGN_ZEROS.to_owned(),
            Self::EndsInZeros(_) => wording::SIGN_ZEROS_AT_END.to_owned(),
            Self::Nines => wording::SIGN_NINES.to_owned(),
            Self::DistrictName => wording::SIGN_DISTRICT_NAME.to_owned(),
            Self::SharedLabel(label) | Self::SharedCode(label) => wording::sign_label(label),
        }
    }
}

/// The rows with each sign.
pub(super) type SignedRows = BTreeMap<PlacedSign, BTreeSet<usize>>;
