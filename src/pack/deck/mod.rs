//! `retreat-deck.pptx`: the deck for the day, with native charts that people can edit, speaker notes and alt text.
//!
//! What the slides hold is decided in `opening`, `domains`, `exhibit_slides` and `closing`; `charts` draws, `presentation` writes
//! the file. The parts of the file that do not vary are in `templates/deck/`.

mod animation;
mod charts;
mod closing;
mod consensus;
mod deck_table;
mod document;
mod domains;
mod exhibit_notes;
mod exhibit_slides;
mod feedback_deck;
mod geometry;
mod heat;
mod layouts;
mod legend;
mod notes;
mod opening;
mod package;
mod palette;
mod parts;
mod presentation;
mod slide;
mod split;
mod statement;
mod template_file;
mod template_layouts;
mod text_box;
mod text_size;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::error::Error;

use self::closing::closing;
use self::domains::{all_exhibit_slides, data_part};
pub(super) use self::feedback_deck::out_file as feedback_out_file;
use self::layouts::SlideLayout;
use self::opening::opening;
use self::palette::Palette;
use self::parts::DeckParts;
use self::presentation::{Deck, DeckSection};
use self::statement::{notes, opener};
pub use self::template_file::DeckTemplate;
use crate::exhibit::{Exhibit, Pack};
use crate::pack::out_file::OutFile;
use crate::wording::deck as wording;

/// The name of the deck in a pack.
pub const FILE: &str = "retreat-deck.pptx";

/// The names by which the texts of a slide are found again.
pub(super) mod places {
    pub(in crate::pack) use crate::wording::deck::{
        PLACE_FINDING as FINDING, PLACE_SOURCE as SOURCE, PLACE_TITLE as TITLE, PROPOSED,
    };
}

/// `retreat-deck.pptx`, on the district's own template if there is one.
pub(super) fn out_file<'a>(pack: &'a Pack, template: Option<&'a DeckTemplate>) -> OutFile<'a> {
    OutFile::new(FILE, move |out| Ok(out.write_all(&file(pack, template)?)?))
}

/// The bytes of the deck.
pub(super) fn file(
    pack: &Pack,
    template: Option<&DeckTemplate>,
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let palette = Palette::embedded()?;
    deck(pack, &palette)?.file(&palette, template)
}

fn deck(pack: &Pack, palette: &Palette) -> Result<Deck, Box<dyn Error + Send + Sync>> {
    let parts = DeckParts::new(pack, palette);
    let mut sections = vec![DeckSection { title: wording::OPENING.to_owned(), slides: opening(&parts)? }];
    for part in parts.data_parts() {
        sections.push(data_part(&part, &parts)?);
    }
    sections.push(DeckSection { title: wording::CLOSING.to_owned(), slides: closing(&parts) });
    sections.extend(appendix(&parts)?);
    let mut deck = Deck { title: pack.title.clone(), sections };
    give_unique_titles(&mut deck);
    Ok(deck)
}

/// The exhibits that are not of the day.
fn appendix(parts: &DeckParts<'_>) -> Result<Option<DeckSection>, Box<dyn Error + Send + Sync>> {
    let rest: Vec<&Exhibit> = parts.pack.exhibits().filter(|exhibit| !parts.is_core(exhibit)).collect();
    if rest.is_empty() {
        return Ok(None);
    }
    let mut slides = vec![opener(
        SlideLayout::Section,
        wording::APPENDIX_TITLE,
        &[wording::APPENDIX_TEXT],
        notes(wording::APPENDIX_NOTES, "", 0),
    )];
    slides.extend(all_exhibit_slides(&rest, SlideLayout::Appendix, parts)?);
    Ok(Some(DeckSection { title: wording::APPENDIX.to_owned(), slides }))
}

/// Screen readers and PowerPoint's list of slides need titles that differ.
fn give_unique_titles(deck: &mut Deck) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for slide in deck.sections.iter_mut().flat_map(|section| &mut section.slides) {
        let count = seen.entry(slide.title.clone()).or_default();
        *count += 1;
        if *count > 1 {
            slide.title = wording::repeated_title(&slide.title, *count);
        }
    }
}
