//! The documents.

use minijinja::Value;

use super::input::Paper;
use super::{
    appendix, book, cards, guide, one_page, placemats, posters, pre_read, school_pages, stations, worksheets,
};
use crate::domain::Format;
use crate::exhibit::Pack;
use crate::pack::format::Formats;
use crate::wording::paper::document as wording;

/// The folder of the documents in the pack, and of their templates.
pub(super) const FOLDER: &str = "print";

/// One document to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pack) enum Document {
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
    /// One page for the orientation.
    Orientation,
    /// One page for the vision retreat, with findings.
    VisionBrief,
    /// For the wall on the day of the goals.
    MenuPoster,
    /// A page for each school, with its numbers.
    Schools,
}

impl Document {
    pub(super) const ALL: [Self; 13] = [
        Self::PreRead,
        Self::ParticipantBook,
        Self::Placemats,
        Self::Posters,
        Self::PostersTiled,
        Self::Stations,
        Self::Worksheets,
        Self::FacilitatorGuide,
        Self::DataAppendix,
        Self::Orientation,
        Self::VisionBrief,
        Self::MenuPoster,
        Self::Schools,
    ];

    /// Those that are written for some formats.
    pub(in crate::pack) fn wanted(pack: &Pack, formats: &Formats) -> Vec<Self> {
        let is_of_schools = formats.has(Format::Schools) && !pack.school_pages.is_empty();
        let all = Self::ALL.into_iter();
        all.filter(|document| match document {
            Self::Schools => is_of_schools,
            Self::MenuPoster => formats.has_paper() && !one_page::on_poster(pack).is_empty(),
            _ => formats.has_paper(),
        })
        .collect()
    }

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
            Self::Orientation => "orientation",
            Self::VisionBrief => "vision-brief",
            Self::MenuPoster => "menu-poster",
            Self::Schools => "schools",
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
            Self::Orientation => wording::ORIENTATION,
            Self::VisionBrief => wording::VISION_BRIEF,
            Self::MenuPoster => wording::MENU_POSTER,
            Self::Schools => wording::SCHOOLS,
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
            Self::Orientation => one_page::view(&paper.pack.pages.orientation),
            Self::VisionBrief => one_page::view(&paper.pack.pages.vision),
            Self::MenuPoster => one_page::poster(paper),
            Self::Schools => school_pages::view(paper),
        }
    }
}
