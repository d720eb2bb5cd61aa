//! The end of the day: sort, write, merge, compare, vote, and what comes next.

use super::consensus;
use super::geometry::SlideArea;
use super::layouts::{SlideLayout, TEXT};
use super::palette::{Palette, tint};
use super::parts::DeckParts;
use super::slide::{Slide, SlideShape};
use super::statement::{SlideTable, notes, points, table, timed};
use super::text_box::{Paragraph, StyledText, TextBox};
use super::text_size::{lines_height, wrapped};
use crate::domain::Quadrant;
use crate::exhibit::Pack;
use crate::wording::deck as wording;
use crate::wording::room::more_items;

/// The most proposals of a quadrant.
const MOST_PROPOSALS: usize = 3;
/// Minutes of the tables' SWOT, unless the day says otherwise.
const SWOT_MINUTES: u32 = 40;
/// The part of the day in which tables write their SWOT.
const SWOT_PART: &str = "table-swot";

pub(super) fn closing(parts: &DeckParts<'_>) -> Vec<Slide> {
    let palette = parts.palette;
    let mut slides = vec![
        sort(palette),
        points(
            wording::HOW_TO_WRITE,
            &wording::HOW_TO_WRITE_POINTS,
            notes(wording::HOW_TO_WRITE_NOTES, "", 5),
        ),
        table_swot(parts),
        merge(palette),
    ];
    slides.extend(match (&parts.pack.final_swot, &parts.pack.consensus) {
        (Some(swot), _) => consensus::final_slides(swot, palette),
        (None, Some(consensus)) => consensus::slides(consensus, more_items, palette),
        (None, None) => compare(parts.pack, palette),
    });
    slides.push(points(wording::VOTE, &wording::VOTE_POINTS, notes(wording::VOTE_NOTES, "", 8)));
    slides.push(points(wording::MISSING, &wording::MISSING_POINTS, notes(wording::MISSING_NOTES, "", 4)));
    slides.push(next_steps(palette));
    slides.push(points(wording::EXIT, &wording::EXIT_POINTS, notes(wording::EXIT_NOTES, "", 3)));
    slides
}

/// One of the four boxes of a slide.
fn quadrant_area(index: usize) -> SlideArea {
    let whole = SlideArea::new(TEXT.left, 1.45, TEXT.width, 5.4);
    let column = whole.column(index % 2, 2, 0.3);
    let height = (whole.height - 0.25) / 2.0;
    SlideArea { top: whole.top + (index / 2) as f64 * (height + 0.25), height, ..column }
}

pub(super) fn quadrant_color(quadrant: Quadrant, palette: &Palette) -> &str {
    match quadrant {
        Quadrant::Strength => &palette.district,
        Quadrant::Weakness => palette.part(0),
        Quadrant::Opportunity => palette.part(1),
        Quadrant::Threat => palette.part(2),
    }
}

/// The heading of a quadrant in plain words.
fn heading(quadrant: Quadrant) -> String {
    format!("{}: {}", quadrant.heading(), quadrant.meaning())
}

fn sort(palette: &Palette) -> Slide {
    let mut shapes = Vec::new();
    for (index, (quadrant, question)) in Quadrant::ALL.into_iter().zip(wording::SORT_QUESTIONS).enumerate() {
        let color = quadrant_color(quadrant, palette);
        let title = Paragraph::of(vec![StyledText::new(heading(quadrant), 28.0).bold().colored(color)]);
        let text = Paragraph::of(vec![StyledText::new(question, 24.0).colored(&palette.ink)]).spaced(12.0);
        let shape = TextBox::new(quadrant.heading(), quadrant_area(index), vec![title, text]);
        shapes.push(SlideShape::Text(shape.filled(&tint(color, 0.1)).outlined(color).middle()));
    }
    statement(wording::SORT, shapes, notes(wording::SORT_NOTES, "", 5))
}

pub(super) fn statement(title: &str, shapes: Vec<SlideShape>, notes: super::notes::SpeakerNotes) -> Slide {
    let title = title.to_owned();
    Slide { layout: SlideLayout::Statement, title, shapes, effect: None, notes, exhibit: None }
}

fn table_swot(parts: &DeckParts<'_>) -> Slide {
    let planned = parts.pack.day.parts.iter().find(|part| part.id == SWOT_PART);
    let minutes = planned.map_or(SWOT_MINUTES, |part| part.minutes);
    let notes = notes(wording::TABLE_SWOT_NOTES, "", minutes);
    timed(wording::TABLE_SWOT, &wording::TABLE_SWOT_POINTS, minutes, parts.palette, notes)
}

/// Four boxes to type into.
fn merge(palette: &Palette) -> Slide {
    let mut shapes = Vec::new();
    for (index, quadrant) in Quadrant::ALL.into_iter().enumerate() {
        let color = quadrant_color(quadrant, palette);
        let title = Paragraph::of(vec![StyledText::new(heading(quadrant), 20.0).bold().colored(color)]);
        let text = Paragraph::bullet(wording::MERGE_TYPE_HERE, 18.0);
        let shape = TextBox::new(quadrant.heading(), quadrant_area(index), vec![title, text]);
        shapes.push(SlideShape::Text(shape.outlined(color)));
    }
    statement(wording::MERGE, shapes, notes(wording::MERGE_NOTES, "", 25))
}

/// The program's proposals, two quadrants to a slide.
fn compare(pack: &Pack, palette: &Palette) -> Vec<Slide> {
    Quadrant::ALL.chunks(2).map(|pair| compare_slide(pack, pair, palette)).collect()
}

fn compare_slide(pack: &Pack, pair: &[Quadrant], palette: &Palette) -> Slide {
    let whole = SlideArea::new(TEXT.left, 1.45, TEXT.width, 5.4);
    let mut shapes = Vec::new();
    for (index, quadrant) in pair.iter().enumerate() {
        let area = whole.column(index, 2, 0.3);
        let color = quadrant_color(*quadrant, palette);
        let title = StyledText::new(heading(*quadrant), 24.0).bold().colored(color);
        let mut paragraphs = vec![Paragraph::of(vec![title])];
        paragraphs.extend(proposals(pack, *quadrant, area));
        shapes.push(SlideShape::Text(TextBox::new(quadrant.heading(), area, paragraphs).outlined(color)));
    }
    let headings = [pair[0], pair[pair.len() - 1]].map(|quadrant| quadrant.heading().to_lowercase());
    statement(&wording::compare(&headings), shapes, notes(wording::COMPARE_NOTES, wording::COMPARE_ASK, 5))
}

fn proposals(pack: &Pack, quadrant: Quadrant, area: SlideArea) -> Vec<Paragraph> {
    let shown = pack.findings.of(quadrant).filter(|finding| finding.is_shown).take(MOST_PROPOSALS);
    let statements: Vec<String> =
        shown.map(|finding| wording::numbered(&finding.number.to_string(), &finding.statement)).collect();
    if statements.is_empty() {
        return vec![Paragraph::plain(wording::COMPARE_NONE, 20.0).spaced(10.0)];
    }
    let size =
        [24.0, 20.0, 18.0, 16.0].into_iter().find(|size| fits(&statements, *size, area)).unwrap_or(16.0);
    statements.iter().map(|statement| Paragraph::bullet(statement, size).spaced(10.0)).collect()
}

fn fits(statements: &[String], size: f64, area: SlideArea) -> bool {
    let lines = statements.iter().map(|text| wrapped(text, size, false, area.width - 0.6).len());
    let height: f64 = lines.map(|lines| lines_height(lines, size) + 0.16).sum();
    height <= area.height - 0.65
}

fn next_steps(palette: &Palette) -> Slide {
    let rows = wording::NEXT_ROWS.map(|step| vec![step.to_owned(), String::new(), String::new()]);
    let shown = SlideTable {
        name: wording::NEXT_ALT.to_owned(),
        alt: wording::NEXT_ALT,
        headings: &wording::NEXT_HEADINGS,
        rows: rows.into(),
        widths: vec![6.5, 3.2, 2.6],
        area: TEXT,
    };
    table(wording::NEXT_STEPS, shown, palette, notes(wording::NEXT_NOTES, "", 4))
}
