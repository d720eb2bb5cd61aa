//! `kit/`: what the facilitator prepares: the agenda, the materials, and who sits where. All are to be edited.

mod agenda;
mod carousel;
mod materials;
mod one_page;
mod poll;
mod seats;

use super::out_file::OutFile;
use crate::exhibit::{DayFormat, Pack};
use crate::wording::one_page as wording;

pub(super) use materials::{Material, materials};

/// The files of the kit. The poll form is only there if there is no survey, and table assignments if the project has a list of
/// people.
pub(super) fn out_files(pack: &Pack) -> Vec<OutFile<'_>> {
    let mut files = vec![
        OutFile::new("kit/agenda.docx", move |out| Ok(out.write_all(&agenda::document(pack)?)?)),
        OutFile::new("kit/materials.docx", move |out| Ok(out.write_all(&materials::document(pack)?)?)),
    ];
    if pack.day.format == DayFormat::Carousel {
        files.push(OutFile::new("kit/carousel.docx", move |out| {
            Ok(out.write_all(&carousel::document(pack)?)?)
        }));
    }
    if let Some(spec) = &pack.poll {
        files.push(OutFile::new("kit/poll-form.csv", move |out| poll::csv(spec, out)));
        files.push(OutFile::new("kit/poll-form.docx", move |out| {
            Ok(out.write_all(&poll::document(pack, spec)?)?)
        }));
    }
    for (file, name, page) in [
        ("kit/orientation.docx", wording::ORIENTATION, &pack.pages.orientation),
        ("kit/vision-brief.docx", wording::VISION, &pack.pages.vision),
    ] {
        files.push(OutFile::new(file, move |out| Ok(out.write_all(&one_page::document(pack, page, name)?)?)));
    }
    if !pack.seats.is_empty() {
        files.push(OutFile::new("kit/tables.xlsx", move |out| Ok(out.write_all(&seats::workbook(pack)?)?)));
    }
    files
}
