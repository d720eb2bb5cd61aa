//! `retreat-deck.pptx`: the deck for the day, with native charts that people can edit, speaker notes and alt text.
//!
//! What the slides hold is decided in `opening`, `domains`, `exhibit_slides` and `closing`; `charts` draws, `presentation` writes
//! the file. The parts of the file that do not vary are in `templates/deck/`.

mod animation;
mod charts;
mod closing;
mod deck_table;
mod domains;
mod exhibit_notes;
mod exhibit_slides;
mod geometry;
mod heat;
mod layouts;
mod legend;
mod notes;
mod opening;
mod package;
mod palette;
mod presentation;
mod slide;
mod split;
mod statement;
mod text_box;
mod text_size;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::error::Error;

use self::closing::closing;
use self::domains::{DataPart, all_exhibit_slides, data_part};
use self::opening::opening;
use self::palette::Palette;
use self::presentation::{Deck, DeckSection};
use self::slide::SlideLayout;
use self::statement::{notes, opener};
use crate::exhibit::{Exhibit, Pack, Section};
use crate::pack::out_file::OutFile;
use crate::wording::deck as wording;

/// The name of the deck in a pack.
pub const FILE: &str = "retreat-deck.pptx";
/// The code of the exhibit of the peers begins with this letter.
const PEERS_CODE: char = 'R';

/// The names by which the texts of a slide are found again.
pub(super) mod places {
    pub(in crate::pack) use crate::wording::deck::{
        PLACE_FINDING as FINDING, PLACE_SOURCE as SOURCE, PLACE_TITLE as TITLE,
    };
}

/// `retreat-deck.pptx`.
pub(super) fn out_file(pack: &Pack) -> OutFile<'_> {
    OutFile::new(FILE, move |out| Ok(out.write_all(&file(pack)?)?))
}

/// What all parts of the deck are made from.
struct DeckParts<'a> {
    pack: &'a Pack,
    palette: &'a Palette,
    /// Whether the catalog says which exhibits are of the day; if not, all are.
    has_core: bool,
}

/// The bytes of the deck.
pub(super) fn file(pack: &Pack) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let palette = Palette::embedded()?;
    deck(pack, &palette)?.file(&palette)
}

fn deck(pack: &Pack, palette: &Palette) -> Result<Deck, Box<dyn Error + Send + Sync>> {
    let parts = DeckParts { pack, palette, has_core: pack.exhibits().any(|exhibit| exhibit.core) };
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

impl<'a> DeckParts<'a> {
    fn is_core(&self, exhibit: &Exhibit) -> bool {
        exhibit.core || !self.has_core
    }

    /// The exhibits of the day.
    fn core(&self) -> impl Iterator<Item = &'a Exhibit> + Clone {
        let has_core = self.has_core;
        let sections = self.pack.sections.iter().flat_map(|section| &section.exhibits);
        sections.filter(move |exhibit| exhibit.core || !has_core)
    }

    /// The exhibit that shows the peers.
    fn peers(&self) -> Option<&'a Exhibit> {
        self.core().find(|exhibit| exhibit.code.starts_with(PEERS_CODE))
    }

    /// The parts of the day that have exhibits; without a day, one for each domain.
    fn data_parts(&self) -> Vec<DataPart<'a>> {
        let days = self.pack.day.parts.iter().filter(|part| !part.domains.is_empty());
        let mut parts: Vec<DataPart<'a>> = days
            .map(|part| {
                let sections = self.pack.sections.iter().filter(|section| part.domains.contains(&section.id));
                self.data_part(part.title.clone(), sections)
            })
            .collect();
        if parts.is_empty() {
            let sections = self.pack.sections.iter();
            parts = sections.map(|section| self.data_part(section.label.clone(), [section])).collect();
        }
        parts.retain(|part| !part.exhibits.is_empty());
        parts
    }

    fn data_part(&self, title: String, sections: impl IntoIterator<Item = &'a Section>) -> DataPart<'a> {
        let sections: Vec<&Section> = sections.into_iter().collect();
        let exhibits = sections.iter().flat_map(|section| &section.exhibits);
        let shown = exhibits
            .filter(|exhibit| self.is_core(exhibit) && !exhibit.code.starts_with(PEERS_CODE))
            .collect();
        let question = sections.first().map_or("", |section| section.question.as_str());
        DataPart { title, question, exhibits: shown }
    }
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
