//! Slides that hold points or a table and no chart.

use super::animation::Effect;
use super::deck_table::{CELL_MARGINS, DeckTable, TableCell, TableLook};
use super::geometry::SlideArea;
use super::layouts::{BIG_TEXT, SlideLayout, TEXT};
use super::notes::SpeakerNotes;
use super::palette::{Palette, tint};
use super::slide::{Slide, SlideShape};
use super::text_box::{LayoutSlot, Paragraph, StyledText, TextAlignment, TextBox};
use super::text_size::{lines_height, wrapped};
use crate::wording::deck as wording;

/// Sizes of points, in points.
const POINT_SIZES: [f64; 3] = [28.0, 24.0, 20.0];
/// Size of the text of tables.
const TABLE_SIZE: f64 = 18.0;
/// The height of a row of a table that has room.
const ROW_HEIGHT: f64 = 0.5;
/// The bar that empties while the time runs.
const TIMER: SlideArea = SlideArea::new(0.5, 6.15, 10.4, 0.55);
const TIMER_LABEL: SlideArea = SlideArea::new(11.1, 6.0, 1.73, 0.85);

/// Notes of a slide without a chart.
pub(super) fn notes(say: &str, ask: &str, minutes: u32) -> SpeakerNotes {
    SpeakerNotes { say: say.to_owned(), ask: ask.to_owned(), minutes, ..SpeakerNotes::default() }
}

/// A slide with points.
pub(super) fn points(title: &str, points: &[&str], notes: SpeakerNotes) -> Slide {
    points_in(title, points, TEXT, SlideLayout::Statement, notes)
}

fn points_in(
    title: &str,
    points: &[&str],
    area: SlideArea,
    layout: SlideLayout,
    notes: SpeakerNotes,
) -> Slide {
    let size = points_size(points, area);
    let paragraphs = points.iter().map(|point| Paragraph::bullet(*point, size).spaced(size * 0.6)).collect();
    let text = TextBox::new(wording::PLACE_TEXT, area, paragraphs).in_slot(LayoutSlot::Body);
    text_slide(layout, title, text, notes)
}

/// A slide with one text below its title.
fn text_slide(layout: SlideLayout, title: &str, text: TextBox, notes: SpeakerNotes) -> Slide {
    let shapes = vec![SlideShape::Text(text)];
    Slide { layout, title: title.to_owned(), shapes, effect: None, notes, exhibit: None }
}

/// The largest size at which all points fit.
fn points_size(points: &[&str], area: SlideArea) -> f64 {
    let height = |size: f64| -> f64 {
        let lines = points.iter().map(|point| wrapped(point, size, false, area.width - 0.5).len());
        let text: f64 = lines.map(|lines| lines_height(lines, size)).sum();
        text + points.len() as f64 * size * 0.6 / 72.0
    };
    POINT_SIZES.into_iter().find(|size| height(*size) <= area.height).unwrap_or(POINT_SIZES[2])
}

/// A slide with points for the tables, and a bar that shows how the time runs.
pub(super) fn timed(
    title: &str,
    texts: &[&str],
    minutes: u32,
    palette: &Palette,
    notes: SpeakerNotes,
) -> Slide {
    let area = SlideArea { height: TIMER.top - TEXT.top - 0.2, ..TEXT };
    let mut slide = points_in(title, texts, area, SlideLayout::TableWork, notes);
    let ground = TextBox::new(wording::PLACE_TIMER, TIMER, Vec::new()).filled(&tint(&palette.district, 0.15));
    let bar = TextBox::new(wording::PLACE_TIMER, TIMER, Vec::new())
        .filled(&palette.district)
        .described(wording::TIMER_ALT);
    let run = StyledText::new(wording::timer(minutes), 32.0).bold().colored(&palette.district);
    let label = Paragraph::of(vec![run]).aligned(TextAlignment::Right);
    slide.shapes.push(SlideShape::Text(ground));
    slide.effect = Some(Effect::RunsOut { shape: slide.shapes.len(), minutes });
    slide.shapes.push(SlideShape::Text(bar));
    slide
        .shapes
        .push(SlideShape::Text(TextBox::new(wording::PLACE_TIMER, TIMER_LABEL, vec![label]).middle()));
    slide
}

/// A slide on the district's color, which begins a part.
pub(super) fn opener(layout: SlideLayout, title: &str, lines: &[&str], notes: SpeakerNotes) -> Slide {
    let paragraphs = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| Paragraph::plain(*line, 28.0).spaced(10.0))
        .collect();
    let text = TextBox::new(wording::PLACE_TEXT, BIG_TEXT, paragraphs).in_slot(LayoutSlot::Body);
    text_slide(layout, title, text, notes)
}

/// A table of text for a slide without a chart.
pub(super) struct SlideTable<'a> {
    /// By this name it is found again, if it holds numbers.
    pub(super) name: String,
    pub(super) alt: &'a str,
    pub(super) headings: &'a [&'a str],
    pub(super) rows: Vec<Vec<String>>,
    /// Widths of the columns, in parts of the whole.
    pub(super) widths: Vec<f64>,
    /// Where it stands.
    pub(super) area: SlideArea,
}

/// A slide with a table.
pub(super) fn table(title: &str, table: SlideTable<'_>, palette: &Palette, notes: SpeakerNotes) -> Slide {
    let shape = SlideShape::Table(deck_table(table, palette));
    Slide {
        layout: SlideLayout::Statement,
        title: title.to_owned(),
        shapes: vec![shape],
        effect: None,
        notes,
        exhibit: None,
    }
}

/// How many lines the widest text of each row needs, from the header on.
fn lines_of_rows(table: &SlideTable<'_>) -> Vec<f64> {
    let total = table.widths.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let header: Vec<String> = table.headings.iter().map(|heading| (*heading).to_owned()).collect();
    let mut lines = Vec::new();
    for (index, row) in std::iter::once(&header).chain(&table.rows).enumerate() {
        let mut most = 1;
        for (text, part) in row.iter().zip(&table.widths) {
            let width = table.area.width * part / total - CELL_MARGINS;
            most = most.max(wrapped(text, TABLE_SIZE, index == 0, width).len());
        }
        lines.push(most as f64);
    }
    lines
}

fn deck_table(table: SlideTable<'_>, palette: &Palette) -> DeckTable {
    let heights = lines_of_rows(&table);
    let fill = tint(&palette.district, 0.12);
    let header = table.headings.iter().map(|heading| TableCell::new(*heading).bold().filled(&fill));
    let mut rows: Vec<Vec<TableCell>> = vec![header.collect()];
    rows.extend(table.rows.into_iter().map(|row| row.into_iter().map(TableCell::new).collect()));
    let height = (heights.iter().sum::<f64>() * ROW_HEIGHT).min(table.area.height);
    DeckTable {
        name: table.name,
        alt: table.alt.to_owned(),
        area: SlideArea { height, ..table.area },
        widths: table.widths,
        heights,
        rows,
        look: TableLook { size: TABLE_SIZE, color: palette.ink.clone(), line: palette.axis.clone() },
    }
}

/// Adds a line of text below everything else of a slide.
pub(super) fn with_closing_line(mut slide: Slide, text: &str, palette: &Palette) -> Slide {
    let area = SlideArea::new(TEXT.left, 6.1, TEXT.width, 0.8);
    let run = StyledText::new(text, 20.0).bold().colored(&palette.district);
    slide.shapes.push(SlideShape::Text(
        TextBox::new(wording::PLACE_TEXT, area, vec![Paragraph::of(vec![run])]).middle(),
    ));
    slide
}
