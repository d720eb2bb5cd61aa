//! What the tables agreed on, or what was decided after feedback: a slide for each quadrant, in place of the program's proposals.

use super::closing::{quadrant_color, statement};
use super::layouts::TEXT;
use super::palette::Palette;
use super::slide::{Slide, SlideShape};
use super::statement::notes;
use super::text_box::{Paragraph, TextBox};
use super::text_size::{lines_height, wrapped};
use crate::domain::Quadrant;
use crate::room::{Consensus, ConsensusRow, FinalState, FinalSwot};
use crate::wording::final_swot as final_wording;
use crate::wording::room as wording;

/// Sizes of items, in points.
const SIZES: [f64; 5] = [28.0, 24.0, 20.0, 18.0, SMALLEST];
const SMALLEST: f64 = 16.0;
/// The space below an item, in points.
const BELOW: f64 = 8.0;
const MINUTES: u32 = 5;

/// What is said about the items for which a slide has no room.
pub(super) type MoreItems = fn(usize) -> String;

/// The slides, one for each quadrant.
pub(super) fn slides(consensus: &Consensus, more: MoreItems, palette: &Palette) -> Vec<Slide> {
    Quadrant::ALL.into_iter().map(|quadrant| slide(consensus, quadrant, more, palette)).collect()
}

fn slide(consensus: &Consensus, quadrant: Quadrant, more: MoreItems, palette: &Palette) -> Slide {
    let rows = consensus.kept_in(quadrant);
    let lines: Vec<String> = rows.iter().map(|row| line(row, consensus)).collect();
    let items = SlideItems { lines, none: wording::NO_CONSENSUS, more };
    let title = wording::consensus_title(quadrant.heading(), consensus.tables.len());
    let text = items.text_box(quadrant, palette);
    statement(&title, vec![text], notes(wording::CONSENSUS_NOTES, wording::CONSENSUS_ASK, MINUTES))
}

/// The slides of the final SWOT, one for each quadrant.
pub(super) fn final_slides(swot: &FinalSwot, palette: &Palette) -> Vec<Slide> {
    Quadrant::ALL.into_iter().map(|quadrant| final_slide(swot, quadrant, palette)).collect()
}

fn final_slide(swot: &FinalSwot, quadrant: Quadrant, palette: &Palette) -> Slide {
    let rows = swot.standing_in(quadrant).into_iter();
    let lines =
        rows.map(|row| final_wording::slide_item(&row.item, &row.statement, row.state == FinalState::Open));
    let items = SlideItems {
        lines: lines.collect(),
        none: final_wording::NONE_HERE,
        more: final_wording::more_items,
    };
    let title = final_wording::slide_title(quadrant.heading());
    let text = items.text_box(quadrant, palette);
    statement(&title, vec![text], notes(final_wording::SLIDE_NOTES, final_wording::SLIDE_ASK, MINUTES))
}

/// The items of a slide.
struct SlideItems {
    lines: Vec<String>,
    /// The text if there is none.
    none: &'static str,
    more: MoreItems,
}

impl SlideItems {
    fn text_box(&self, quadrant: Quadrant, palette: &Palette) -> SlideShape {
        let color = quadrant_color(quadrant, palette);
        SlideShape::Text(TextBox::new(quadrant.heading(), TEXT, paragraphs(self)).outlined(color))
    }
}

/// An item with the number of tables that keep it.
fn line(row: &ConsensusRow, consensus: &Consensus) -> String {
    let count = wording::TableCount { kept: row.kept, tables: consensus.tables.len(), dots: row.dots };
    wording::consensus_item(&row.item, &row.statement, &count)
}

/// The items in the largest size at which all fit; those for which there is no room are counted.
fn paragraphs(items: &SlideItems) -> Vec<Paragraph> {
    let lines = items.lines.as_slice();
    if lines.is_empty() {
        return vec![Paragraph::plain(items.none, SIZES[0])];
    }
    let size = SIZES.into_iter().find(|size| height(lines, *size) <= TEXT.height).unwrap_or(SMALLEST);
    let mut shown = lines.len();
    while shown > 1 && height(&lines[..shown], size) > TEXT.height {
        shown -= 1;
    }
    let mut paragraphs: Vec<Paragraph> =
        lines[..shown].iter().map(|line| Paragraph::bullet(line, size).spaced(BELOW)).collect();
    if shown < lines.len() {
        paragraphs.push(Paragraph::plain((items.more)(lines.len() - shown), SMALLEST));
    }
    paragraphs
}

/// How high items are, with a line for the number of others, in inches.
fn height(lines: &[String], size: f64) -> f64 {
    let wrapped = lines.iter().map(|line| wrapped(line, size, false, TEXT.width - 0.6).len());
    let text: f64 = wrapped.map(|lines| lines_height(lines, size) + BELOW / 72.0).sum();
    text + lines_height(1, SMALLEST) + 0.15
}
