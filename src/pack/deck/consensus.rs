//! What the tables agreed on: a slide for each quadrant, in place of the program's proposals.

use super::closing::{quadrant_color, statement};
use super::layouts::TEXT;
use super::palette::Palette;
use super::slide::{Slide, SlideShape};
use super::statement::notes;
use super::text_box::{Paragraph, TextBox};
use super::text_size::{lines_height, wrapped};
use crate::domain::Quadrant;
use crate::room::{Consensus, ConsensusRow};
use crate::wording::room as wording;

/// Sizes of items, in points.
const SIZES: [f64; 3] = [20.0, 18.0, 16.0];
/// The space below an item, in points.
const BELOW: f64 = 8.0;
const MINUTES: u32 = 5;

/// The slides, one for each quadrant.
pub(super) fn slides(consensus: &Consensus, palette: &Palette) -> Vec<Slide> {
    Quadrant::ALL.into_iter().map(|quadrant| slide(consensus, quadrant, palette)).collect()
}

fn slide(consensus: &Consensus, quadrant: Quadrant, palette: &Palette) -> Slide {
    let rows = consensus.kept_in(quadrant);
    let lines: Vec<String> = rows.iter().map(|row| line(row, consensus)).collect();
    let color = quadrant_color(quadrant, palette);
    let text = TextBox::new(quadrant.heading(), TEXT, paragraphs(&lines)).outlined(color);
    let title = wording::consensus_title(quadrant.heading(), consensus.tables.len());
    statement(
        &title,
        vec![SlideShape::Text(text)],
        notes(wording::CONSENSUS_NOTES, wording::CONSENSUS_ASK, MINUTES),
    )
}

/// An item with the number of tables that keep it.
fn line(row: &ConsensusRow, consensus: &Consensus) -> String {
    let count = wording::TableCount { kept: row.kept, tables: consensus.tables.len(), dots: row.dots };
    wording::consensus_item(&row.item, &row.statement, &count)
}

/// The items in the largest size at which all fit; those for which there is no room are counted.
fn paragraphs(lines: &[String]) -> Vec<Paragraph> {
    if lines.is_empty() {
        return vec![Paragraph::plain(wording::NO_CONSENSUS, SIZES[0])];
    }
    let size = SIZES.into_iter().find(|size| height(lines, *size) <= TEXT.height).unwrap_or(SIZES[2]);
    let mut shown = lines.len();
    while shown > 1 && height(&lines[..shown], size) > TEXT.height {
        shown -= 1;
    }
    let mut paragraphs: Vec<Paragraph> =
        lines[..shown].iter().map(|line| Paragraph::bullet(line, size).spaced(BELOW)).collect();
    if shown < lines.len() {
        paragraphs.push(Paragraph::plain(wording::more_items(lines.len() - shown), SIZES[2]));
    }
    paragraphs
}

/// How high items are, with a line for the number of others, in inches.
fn height(lines: &[String], size: f64) -> f64 {
    let wrapped = lines.iter().map(|line| wrapped(line, size, false, TEXT.width - 0.6).len());
    let text: f64 = wrapped.map(|lines| lines_height(lines, size) + BELOW / 72.0).sum();
    text + lines_height(1, SIZES[2]) + 0.15
}
