//! The documents.

use minijinja::Value;

use super::input::Paper;
use super::{appendix, book, cards, guide, placemats, posters, pre_read, stations, worksheets};
use crate::wording::paper::document as wording;

/// The folder of the documents in the pack, and of their templates.
pub(super) const FOLDER: &str = "print";

/// One document to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Document {
    /// Sent a week before.
    PreRead,
    /// A booklet for each participant.
    ParticipantBook,
    /// For the tables, one a part of the day.
    Placemats,
    /// For the walls, one a part of the day.
    Posters,
    /// The posters in eight sheets each, for an office printer.
    PostersTiled,
    /// Packets for a carousel.
    Stations,
    /// What people write on.
    Worksheets,
    /// For whoever leads the day; the only document with findings beside the appendix.
    FacilitatorGuide,
    /// Every table, and how the numbers were made.
    DataAppendix,
}

impl Document {
    pub(super) const ALL: [Self; 9] = [
        Self::PreRead,
        Self::ParticipantBook,
        Self::Placemats,
        Self::Posters,
        Self::PostersTiled,
        Self::Stations,
        Self::Worksheets,
        Self::FacilitatorGuide,
        Self::DataAppendix,
    ];

    /// The name of its template, and of its file without the ending.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::PreRead => "pre-read",
            Self::ParticipantBook => "participant-book",
            Self::Placemats => "placemats",
            Self::Posters => "posters",
            Self::PostersTiled => "posters-tiled",
            Self::Stations => "stations",
            Self::Worksheets => "worksheets",
            Self::FacilitatorGuide => "facilitator-guide",
            Self::DataAppendix => "data-appendix",
        }
    }

    /// What readers call it.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::PreRead => wording::PRE_READ,
            Self::ParticipantBook => wording::PARTICIPANT_BOOK,
            Self::Placemats => wording::PLACEMATS,
            Self::Posters => wording::POSTERS,
            Self::PostersTiled => wording::POSTERS_TILED,
            Self::Stations => wording::STATIONS,
            Self::Worksheets => wording::WORKSHEETS,
            Self::FacilitatorGuide => wording::FACILITATOR_GUIDE,
            Self::DataAppendix => wording::DATA_APPENDIX,
        }
    }

    /// Its name in the pack.
    pub(super) fn file_name(self) -> String {
        format!("{FOLDER}/{}.html", self.id())
    }

    /// The name of its PDF file in the pack.
    pub(super) fn pdf_name(self) -> String {
        format!("{FOLDER}/{}.pdf", self.id())
    }

    /// What its template receives beside what all receive.
    pub(super) fn view(self, paper: &Paper<'_>) -> Value {
        match self {
            Self::PreRead => pre_read::view(paper),
            Self::ParticipantBook => book::view(paper),
            Self::Placemats => placemats::view(paper),
            Self::Posters | Self::PostersTiled => posters::view(paper),
            Self::Stations => stations::view(paper),
            Self::Worksheets => worksheets::view(paper, &cards::view(paper.pack)),
            Self::FacilitatorGuide => guide::view(paper),
            Self::DataAppendix => appendix::view(paper),
        }
    }
}
