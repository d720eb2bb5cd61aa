//! Why a deck cannot be refreshed.

use crate::pack::office_archive::OfficeFault;
use crate::wording::refresh as wording;

/// Why a deck cannot be refreshed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RefreshError {
    /// The file is not a deck.
    #[error("{}", wording::NOT_A_DECK)]
    NotADeck,
    /// The file is protected by a password.
    #[error("{}", wording::PROTECTED)]
    Protected,
    /// The file is larger than any deck.
    #[error("{}", wording::TOO_LARGE)]
    TooLarge,
    /// The file cannot be read or written as a zip file.
    #[error("{}", wording::damaged(.0))]
    Damaged(String),
}

impl From<OfficeFault> for RefreshError {
    fn from(fault: OfficeFault) -> Self {
        match fault {
            OfficeFault::NotAnArchive => Self::NotADeck,
            OfficeFault::OldOrLocked => Self::Protected,
            OfficeFault::TooLarge => Self::TooLarge,
            OfficeFault::Damaged(why) => Self::Damaged(why),
        }
    }
}

impl From<zip::result::ZipError> for RefreshError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<std::io::Error> for RefreshError {
    fn from(error: std::io::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
