//! `retreat refresh`: the newest numbers in a deck that people have edited.
//!
//! A chart is known by the name of its frame. If it shows other numbers than the newest deck, its numbers, its workbook and the slide's source are taken from the newest deck. All
//! else is people's own: their words, their order, their slides and their looks stay byte for byte.

mod chart_data;
mod deck_file;
mod error;
mod shown_numbers;
mod slide_frames;

use std::collections::{BTreeMap, BTreeSet};

pub use error::RefreshError;

use chart_data::merged;
use deck_file::{DeckFile, DeckSlide};
use shown_numbers::{say_the_same, show_the_same};
use slide_frames::{
    SlideFrame, all_text, exhibit_of, frames, is_ours, is_renamed, name_on, shape_text, with_shape_text,
};

use super::deck::places;
use super::office_archive::{OfficeArchive, PartLink};
use crate::wording::refresh as wording;

/// The kind of a chart's relationship to its workbook.
const WORKBOOK: &str = "package";

/// A deck with the newest numbers.
#[derive(Debug)]
pub struct Refreshed {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done, and what a person has to do.
    pub report: RefreshReport,
}

/// What was done with a deck, each as a line of text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RefreshReport {
    /// Charts with new numbers.
    pub changed: Vec<String>,
    /// How many charts had the newest numbers already.
    pub unchanged: usize,
    /// What no longer fits: words that the numbers contradict, charts that the newest deck does not have.
    pub unfit: Vec<String>,
    /// Exhibits of the newest deck that the edited one does not show.
    pub new: Vec<String>,
}

/// The edited deck with the numbers of the newest one.
///
/// # Errors
/// [`RefreshError`] if the edited file is not a deck that can be read.
pub fn refresh(edited: &[u8], newest: &[u8]) -> Result<Refreshed, RefreshError> {
    let mut refresher = Refresher {
        edited: DeckFile::read(edited)?,
        newest: NewestFrames::new(DeckFile::read(newest)?)?,
        replaced: BTreeMap::new(),
        shown: BTreeSet::new(),
        report: RefreshReport::default(),
    };
    for slide in refresher.edited.slides()? {
        refresher.slide(&slide);
    }
    refresher.list_new();
    refresher.report.changed.dedup();
    refresher.report.unfit.dedup();
    let bytes = refresher.edited.with(&refresher.replaced)?;
    Ok(Refreshed { bytes, report: refresher.report })
}

/// The charts of the newest deck, by the names of their frames.
struct NewestFrames {
    deck: DeckFile,
    slides: Vec<DeckSlide>,
    /// The slides of each frame, by index: a chart may also explain how to read charts.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl NewestFrames {
    fn new(deck: DeckFile) -> Result<Self, RefreshError> {
        let slides = deck.slides()?;
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, slide) in slides.iter().enumerate() {
            for frame in frames(&slide.text) {
                if is_ours(&frame.name) {
                    by_name.entry(frame.name).or_default().push(index);
                }
            }
        }
        Ok(Self { deck, slides, by_name })
    }

    /// The slide that shows a frame: the one with this title, else the last.
    fn slide(&self, name: &str, title: &str) -> Option<&DeckSlide> {
        let slides: Vec<&DeckSlide> =
            self.by_name.get(name)?.iter().map(|index| &self.slides[*index]).collect();
        slides.iter().find(|slide| slide.title() == title).or(slides.last()).copied()
    }
}

/// An edited deck while it is refreshed.
struct Refresher {
    edited: DeckFile,
    newest: NewestFrames,
    /// The new content of parts, by their names.
    replaced: BTreeMap<String, Vec<u8>>,
    /// The exhibits that the edited deck shows.
    shown: BTreeSet<String>,
    report: RefreshReport,
}

/// What became of a chart.
enum FrameChange {
    Same,
    /// New numbers; the text says what else people should know.
    New(Option<&'static str>),
    /// Nothing was done, and why.
    Unfit(&'static str),
}

impl Refresher {
    fn slide(&mut self, slide: &DeckSlide) {
        let mut text = slide.text.clone();
        let mut has_changed = false;
        let mut shown = None;
        // From the last frame to the first, so that the places of those before stay right.
        for frame in frames(&slide.text).into_iter().rev() {
            if !is_ours(&frame.name) {
                continue;
            }
            self.shown.extend(exhibit_of(&frame.name).map(str::to_owned));
            let title = wording::on_slide(slide.number, &self.title(slide, &frame));
            match self.frame(slide, &frame, &mut text) {
                FrameChange::Same => self.report.unchanged += 1,
                FrameChange::New(note) => {
                    has_changed = true;
                    self.report.changed.push(wording::with_note(&title, note));
                }
                FrameChange::Unfit(why) => self.report.unfit.push(wording::with_note(&title, Some(why))),
            }
            shown = Some(frame.name);
        }
        let newest = shown.and_then(|name| self.newest.slide(&name, &slide.title()));
        let Some(newest) = newest else {
            self.report.unfit.extend(self.other_proposals(slide));
            return;
        };
        if has_changed {
            self.report.unfit.extend(contradicted(slide, newest));
            let source = shape_text(&newest.text, places::SOURCE);
            match (name_on(&text, &newest.text, places::SOURCE), source) {
                (Some(name), Some(source)) => text = with_shape_text(&text, &name, &source),
                (None, Some(_)) if is_renamed(&text, &newest.text) => {
                    let title = wording::on_slide(slide.number, &newest.title());
                    self.report.unfit.push(wording::with_note(&title, Some(wording::WORDS_NOT_FOUND)));
                }
                _ => {}
            }
        }
        if text != slide.text {
            self.replaced.insert(slide.part.clone(), text.into_bytes());
        }
    }

    /// The title of a slide; if it has none, that of the newest slide with the same chart.
    fn title(&self, slide: &DeckSlide, frame: &SlideFrame) -> String {
        let title = slide.title();
        let newest = self.newest.slide(&frame.name, &title).filter(|_| title.is_empty());
        newest.map_or(title, DeckSlide::title)
    }

    /// That the newest deck proposes other items than a slide; `None` if it proposes the same, or the slide proposes none.
    fn other_proposals(&self, slide: &DeckSlide) -> Option<String> {
        let title = slide.title();
        if !title.ends_with(places::PROPOSED) {
            return None;
        }
        let newest = self.newest.slides.iter().find(|newest| newest.title() == title)?;
        let is_other = all_text(&newest.text) != all_text(&slide.text);
        let line = wording::on_slide(slide.number, &title);
        is_other.then(|| wording::with_note(&line, Some(wording::OTHER_PROPOSALS)))
    }

    /// Brings one chart or table up to date. A table is in the slide's own `text`.
    fn frame(&mut self, slide: &DeckSlide, frame: &SlideFrame, text: &mut String) -> FrameChange {
        let Some(newest) = self.newest.slide(&frame.name, &slide.title()) else {
            return FrameChange::Unfit(wording::NOT_IN_NEWEST);
        };
        let Some(new) = frames(&newest.text).into_iter().find(|other| other.name == frame.name) else {
            return FrameChange::Unfit(wording::NOT_IN_NEWEST);
        };
        match (&frame.table, &new.table, &frame.chart, &new.chart) {
            (Some(old_table), Some(new_table), ..) => {
                let table = &newest.text[new_table.clone()];
                if say_the_same(&slide.text[old_table.clone()], table) {
                    return FrameChange::Same;
                }
                text.replace_range(old_table.clone(), table);
                FrameChange::New(Some(wording::WHOLE_TABLE))
            }
            (_, _, Some(old_id), Some(new_id)) => {
                let old = self.edited.archive.target(&slide.part, old_id);
                let new = self.newest.deck.archive.target(&newest.part, new_id);
                match (old, new) {
                    (Some(old), Some(new)) => self.chart(&old, &new),
                    _ => FrameChange::Unfit(wording::NO_CHART),
                }
            }
            _ => FrameChange::Unfit(wording::OTHER_KIND),
        }
    }

    /// Brings the chart part `old` up to date with the part `new` of the newest deck.
    fn chart(&mut self, old: &str, new: &str) -> FrameChange {
        let (edited, newest) = (&self.edited.archive, &self.newest.deck.archive);
        let (Some(old_text), Some(new_text)) = (edited.text(old), newest.text(new)) else {
            return FrameChange::Unfit(wording::NO_CHART);
        };
        let workbook = workbook_of(edited, old);
        let merged = merged(old_text, new_text, workbook.as_ref().map(|link| link.id.as_str()));
        let newest_workbook = workbook_of(newest, new).and_then(|link| newest.bytes(&link.part));
        let old_workbook = workbook.as_ref().and_then(|link| edited.bytes(&link.part));
        let has_newest_workbook = old_workbook.is_none() || old_workbook == newest_workbook;
        if has_newest_workbook && (merged.text == old_text || show_the_same(old_text, new_text)) {
            return FrameChange::Same;
        }
        let note = match (workbook, newest_workbook) {
            (Some(workbook), Some(bytes)) => {
                self.replaced.insert(workbook.part, bytes.to_vec());
                merged.is_reset.then_some(wording::LOOKS_RESET)
            }
            _ => Some(wording::NO_WORKBOOK),
        };
        self.replaced.insert(old.to_owned(), merged.text.into_bytes());
        FrameChange::New(note)
    }

    /// Lists the exhibits that only the newest deck shows.
    fn list_new(&mut self) {
        let mut listed = BTreeSet::new();
        for name in self.newest.by_name.keys() {
            let (Some(exhibit), Some(slide)) = (exhibit_of(name), self.newest.slide(name, "")) else {
                continue;
            };
            if !self.shown.contains(exhibit) && listed.insert(exhibit.to_owned()) {
                self.report.new.push(wording::on_newest_slide(slide.number, &slide.title()));
            }
        }
        self.report.new.sort();
    }
}

/// The workbook of a chart; `None` if somebody has removed it.
fn workbook_of(archive: &OfficeArchive, chart: &str) -> Option<PartLink> {
    let links = archive.relationships(chart).into_iter();
    links.filter(|link| link.kind == WORKBOOK).find(|link| archive.bytes(&link.part).is_some())
}

/// What the slide says and the newest one does not; `None` if they say the same, or if people removed it.
fn contradicted(slide: &DeckSlide, newest: &DeckSlide) -> Option<String> {
    let name = name_on(&slide.text, &newest.text, places::FINDING)?;
    let said = shape_text(&slide.text, &name)?;
    let says = shape_text(&newest.text, places::FINDING).unwrap_or_default();
    let (said, says) = (said.join(wording::NEXT_LINE), says.join(wording::NEXT_LINE));
    (said != says).then(|| wording::says_now(slide.number, &said, &says))
}

#[cfg(test)]
mod tests;
