//! `feedback-deck.pptx`: twelve slides for those who were not in the room, once there is a consensus.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::error::Error;

use super::consensus;
use super::exhibit_slides::exhibit_slides;
use super::layouts::SlideLayout;
use super::opening::how_to_read;
use super::palette::Palette;
use super::parts::DeckParts;
use super::presentation::{Deck, DeckSection};
use super::slide::Slide;
use super::statement::{notes, opener, points};
use super::template_file::DeckTemplate;
use crate::exhibit::{Exhibit, Pack};
use crate::pack::out_file::OutFile;
use crate::room::{Consensus, TableAgreement};
use crate::wording::feedback_deck as wording;

/// The name of the deck in a pack.
const FILE: &str = "feedback-deck.pptx";
/// How many slides it has at most: people give it 15 minutes.
const SLIDES: usize = 12;

/// The deck, if the tables have met and nothing is final yet.
pub(in crate::pack) fn out_file<'a>(
    pack: &'a Pack,
    template: Option<&'a DeckTemplate>,
) -> Option<OutFile<'a>> {
    let consensus = pack.consensus.as_ref().filter(|_| pack.final_swot.is_none())?;
    Some(OutFile::new(FILE, move |out| Ok(out.write_all(&file(pack, consensus, template)?)?)))
}

fn file(
    pack: &Pack,
    consensus: &Consensus,
    template: Option<&DeckTemplate>,
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let palette = Palette::embedded()?;
    let parts = DeckParts::new(pack, &palette);
    let mut slides = vec![title(pack), what_we_did(pack, consensus)];
    slides.extend(how_to_read(&parts)?);
    let closing = closing(pack, consensus, &palette);
    let room = SLIDES.saturating_sub(slides.len() + closing.len());
    slides.extend(charts(&parts, consensus, room)?);
    slides.extend(closing);
    let title = wording::title(&pack.title);
    let sections = vec![DeckSection { title: title.clone(), slides }];
    let mut deck = Deck { title, sections };
    super::give_unique_titles(&mut deck);
    deck.file(&palette, template)
}

fn title(pack: &Pack) -> Slide {
    let lines = [pack.district.name.as_str(), wording::SUBTITLE];
    opener(SlideLayout::Title, &wording::title(&pack.title), &lines, notes(wording::TITLE_NOTES, "", 1))
}

fn what_we_did(pack: &Pack, consensus: &Consensus) -> Slide {
    let items: BTreeSet<&str> = consensus
        .rows
        .iter()
        .filter(|row| row.agreement != TableAgreement::None)
        .map(|row| row.item.as_str())
        .collect();
    let done = wording::what_we_did(pack.day.people as usize, consensus.tables.len(), items.len());
    let texts: Vec<&str> = done.iter().map(String::as_str).chain(wording::ASKED).collect();
    points(wording::WHAT_WE_DID, &texts, notes(wording::WHAT_WE_DID_NOTES, "", 1))
}

/// The consensus, and how to answer.
fn closing(pack: &Pack, consensus: &Consensus, palette: &Palette) -> Vec<Slide> {
    let mut slides = consensus::slides(consensus, wording::more_items, palette);
    let ask = wording::how_to_answer(pack.feedback_ask.until.as_deref(), pack.feedback_ask.link.as_deref());
    let texts: Vec<&str> = ask.iter().map(String::as_str).collect();
    slides.push(points(wording::ANSWER, &texts, notes(wording::ANSWER_NOTES, "", 1)));
    slides
}

/// So many slides with the charts behind the consensus: of each domain the one with the most kept items, then others.
fn charts(
    parts: &DeckParts<'_>,
    consensus: &Consensus,
    room: usize,
) -> Result<Vec<Slide>, Box<dyn Error + Send + Sync>> {
    let mut slides = Vec::new();
    for exhibit in chosen(parts, consensus) {
        let of_exhibit = exhibit_slides(exhibit, SlideLayout::Exhibit, parts.palette)?;
        if slides.len() + of_exhibit.len() <= room {
            slides.extend(of_exhibit);
        }
    }
    Ok(slides)
}

/// The exhibits of the day, those that the deck shows first.
fn chosen<'a>(parts: &DeckParts<'a>, consensus: &Consensus) -> Vec<&'a Exhibit> {
    let kept: BTreeSet<&str> = consensus
        .rows
        .iter()
        .filter(|row| row.agreement != TableAgreement::None && !row.evidence_id.is_empty())
        .map(|row| row.evidence_id.as_str())
        .collect();
    let peers = parts.peers().map(|exhibit| exhibit.code.as_str());
    let mut ranked: Vec<&Exhibit> =
        parts.core().filter(|exhibit| Some(exhibit.code.as_str()) != peers).collect();
    ranked.sort_by_key(|exhibit| Reverse(supported(exhibit, &kept)));
    let mut domains = BTreeSet::new();
    let (first, rest): (Vec<&Exhibit>, Vec<&Exhibit>) =
        ranked.into_iter().partition(|exhibit| domains.insert(exhibit.domain.as_str()));
    first.into_iter().chain(rest).collect()
}

/// How many of the kept items are based on what an exhibit shows.
fn supported(exhibit: &Exhibit, kept: &BTreeSet<&str>) -> usize {
    exhibit.findings.iter().filter(|id| kept.contains(id.as_str())).count()
}
