//! The slides before the first chart: why, when, how, and what is in the data.

use std::error::Error;

use super::exhibit_slides::{chart_alone, exhibit_slides};
use super::geometry::SlideArea;
use super::layouts::{SOURCE, SlideLayout, TEXT};
use super::parts::DeckParts;
use super::slide::{Slide, SlideShape};
use super::statement::{SlideTable, notes, opener, points, table, with_closing_line};
use super::text_box::{Paragraph, StyledText, TextBox};
use crate::exhibit::{Exhibit, Figure, LineRole, Pack};
use crate::wording::deck as wording;
use crate::wording::exhibit::{NOTHING_TO_SHOW, OUR_DISTRICT, key_state};
use crate::wording::listing::from_to;

/// The most rows of a table of the opening.
const MOST_ROWS: usize = 15;

/// The slides of the opening.
///
/// # Errors
/// Those of the charts' workbooks.
pub(super) fn opening(parts: &DeckParts<'_>) -> Result<Vec<Slide>, Box<dyn Error + Send + Sync>> {
    let mut slides = vec![title(parts.pack)];
    slides.push(points(wording::WHY, &wording::WHY_POINTS, notes(wording::WHY_NOTES, "", 3)));
    slides.extend(agenda(parts));
    slides.push(norms(parts));
    slides.extend(how_to_read(parts)?);
    slides.push(coverage(parts));
    if let Some(peers) = parts.peers() {
        slides.extend(exhibit_slides(peers, SlideLayout::Exhibit, parts.palette)?);
    }
    slides.extend(fair(parts));
    Ok(slides)
}

fn title(pack: &Pack) -> Slide {
    let through = pack.year.map(|year| wording::data_through(&year.to_string())).unwrap_or_default();
    let lines = [pack.district.name.as_str(), through.as_str()];
    opener(SlideLayout::Title, &pack.title, &lines, notes(wording::TITLE_NOTES, "", 1))
}

fn agenda(parts: &DeckParts<'_>) -> Option<Slide> {
    let day = &parts.pack.day;
    if day.parts.is_empty() {
        return None;
    }
    let rows = day.agenda().into_iter().take(MOST_ROWS);
    let rows = rows.map(|line| vec![line.part.start.to_string(), line.part.minutes.to_string(), line.title]);
    let shown = SlideTable {
        name: wording::AGENDA_ALT.to_owned(),
        alt: wording::AGENDA_ALT,
        headings: &wording::AGENDA_HEADINGS,
        rows: rows.collect(),
        widths: vec![1.4, 1.4, 9.5],
        area: TEXT,
    };
    Some(table(wording::AGENDA, shown, parts.palette, notes(wording::AGENDA_NOTES, "", 2)))
}

fn norms(parts: &DeckParts<'_>) -> Slide {
    let shown = wording::norm_points(parts.example_code());
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    points(wording::NORMS, &shown, notes(wording::NORM_NOTES, "", 4))
}

/// The first line chart with a band, with a key beside it.
pub(super) fn how_to_read(parts: &DeckParts<'_>) -> Result<Option<Slide>, Box<dyn Error + Send + Sync>> {
    let lines = parts.core().filter(|exhibit| matches!(exhibit.figure, Figure::Line(_)));
    let Some(exhibit) = lines.clone().find(|exhibit| has_band(exhibit)).or_else(|| lines.clone().next())
    else {
        return Ok(None);
    };
    let say = if has_band(exhibit) { wording::HOW_TO_READ_NOTES } else { wording::HOW_TO_READ_ALONE_NOTES };
    let area = SlideArea::new(TEXT.left, 1.6, 8.1, 5.1);
    let Some(mut frame) = chart_alone(exhibit, area, parts.palette)? else { return Ok(None) };
    frame.name = wording::HOW_TO_READ.to_owned();
    let shapes = vec![
        SlideShape::Chart(frame),
        SlideShape::Text(key(exhibit, parts)),
        SlideShape::Text(code_line(exhibit, parts)),
    ];
    Ok(Some(Slide {
        layout: SlideLayout::Statement,
        title: wording::HOW_TO_READ.to_owned(),
        shapes,
        effect: None,
        notes: notes(say, "", 5),
        exhibit: None,
    }))
}

fn has_band(exhibit: &Exhibit) -> bool {
    let Figure::Line(line) = &exhibit.figure else { return false };
    line.band.is_some() && line.series.iter().any(|series| series.role == LineRole::PeerMedian)
}

/// What the marks of the chart mean, in their colors.
fn key(exhibit: &Exhibit, parts: &DeckParts<'_>) -> TextBox {
    let palette = parts.palette;
    // Here is room for a name that charts do not show.
    let label = label_of(exhibit, LineRole::District).filter(|label| *label != OUR_DISTRICT);
    let own = wording::key_own(label.unwrap_or(&parts.pack.district.name));
    let mut lines = vec![(own.as_str(), palette.district.as_str())];
    if has_band(exhibit) {
        lines.push((wording::KEY_PEERS, &palette.peers));
        lines.push((wording::KEY_BAND, &palette.quiet));
    }
    let state = label_of(exhibit, LineRole::State).map(key_state);
    lines.extend(state.iter().map(|text| (text.as_str(), palette.state.as_str())));
    lines.extend([(wording::KEY_GAP, palette.ink.as_str()), (wording::KEY_CODE, palette.ink.as_str())]);
    let paragraphs = lines
        .into_iter()
        .map(|(text, color)| Paragraph::of(vec![StyledText::new(text, 20.0).colored(color)]).spaced(12.0));
    let area = SlideArea::new(8.8, 1.5, 4.03, 5.4);
    TextBox::new(wording::PLACE_TEXT, area, paragraphs.collect())
}

/// The label of the line with this role.
fn label_of(exhibit: &Exhibit, role: LineRole) -> Option<&str> {
    let Figure::Line(line) = &exhibit.figure else { return None };
    line.series.iter().find(|series| series.role == role).map(|series| series.label.as_str())
}

/// What the chart shows, and its code.
fn code_line(exhibit: &Exhibit, parts: &DeckParts<'_>) -> TextBox {
    let text = wording::source_line(&exhibit.title, &exhibit.code);
    let run = StyledText::new(text, 16.0).bold().colored(&parts.palette.district);
    TextBox::new(wording::PLACE_CODE, SlideArea { top: 6.72, ..SOURCE }, vec![Paragraph::of(vec![run])])
}

/// What is in the data: a row for each part of the day.
fn coverage(parts: &DeckParts<'_>) -> Slide {
    let rows = parts.pack.sections.iter().map(|section| {
        let exhibits = &section.exhibits;
        let windows = exhibits.iter().filter_map(|exhibit| exhibit.basis.window);
        let first = windows.clone().map(|(first, _)| first).min();
        let last = windows.map(|(_, last)| last).max();
        let years = first.zip(last);
        let years = years.map(|(first, last)| from_to(first, last));
        let hidden: usize =
            exhibits.iter().map(|exhibit| exhibit.basis.masked + exhibit.basis.withheld).sum();
        vec![section.label.clone(), exhibits.len().to_string(), years.unwrap_or_default(), hidden.to_string()]
    });
    // A domain without charts is missing from the day; here people see that it is.
    let empty = parts
        .pack
        .without_exhibits
        .iter()
        .map(|label| vec![label.clone(), "0".to_owned(), NOTHING_TO_SHOW.to_owned(), String::new()]);
    let rows = rows.chain(empty);
    let shown = SlideTable {
        name: wording::table_name(wording::COVERAGE_NAME),
        alt: wording::COVERAGE_ALT,
        headings: &wording::COVERAGE_HEADINGS,
        rows: rows.take(MOST_ROWS).collect(),
        widths: vec![4.5, 1.6, 3.6, 2.6],
        area: SlideArea { height: 4.4, ..TEXT },
    };
    let mut notes = notes(wording::COVERAGE_NOTES, "", 3);
    notes.if_asked = wording::COVERAGE_IF_ASKED.to_owned();
    let slide = table(wording::COVERAGE, shown, parts.palette, notes);
    with_closing_line(slide, wording::COVERAGE_LIMITS, parts.palette)
}

/// What the peers were matched by; `None` without peers.
fn fair(parts: &DeckParts<'_>) -> Option<Slide> {
    let group = &parts.pack.peers;
    if group.peers.is_empty() {
        return None;
    }
    let rows = group.variables.iter().enumerate().map(|(index, variable)| {
        let values = group.peers.iter().filter_map(|peer| peer.values.get(index).copied());
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        let numbers = [variable.value, low, high].map(|value| variable.shown(value));
        std::iter::once(variable.label.clone()).chain(numbers).collect()
    });
    let shown = SlideTable {
        name: wording::table_name(wording::FAIR_NAME),
        alt: wording::FAIR_ALT,
        headings: &wording::FAIR_HEADINGS,
        rows: rows.take(8).collect(),
        widths: vec![5.0, 2.4, 2.45, 2.45],
        area: SlideArea { height: 4.4, ..TEXT },
    };
    let mut notes = notes(wording::FAIR_NOTES, wording::FAIR_ASK, 5);
    notes.if_asked = group.alike.as_ref().map(crate::finding::likeness).unwrap_or_default();
    let slide = table(wording::FAIR, shown, parts.palette, notes);
    Some(with_closing_line(slide, wording::FAIR_PROMPT, parts.palette))
}
