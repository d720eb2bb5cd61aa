//! The parts of the day that look at data: predict, see at a glance, look at the charts, talk, share.

use std::error::Error;

use rayon::prelude::*;

use super::DeckParts;
use super::exhibit_slides::exhibit_slides;
use super::layouts::TEXT;
use super::presentation::DeckSection;
use super::slide::{Slide, SlideLayout};
use super::statement::{TextTable, notes, opener, points, table, timed};
use crate::exhibit::{Exhibit, Figure, Line, LineRole};
use crate::wording::deck as wording;

/// Minutes for a prediction, for talking at the tables, and for sharing.
const PREDICT_MINUTES: u32 = 3;
const TALK_MINUTES: u32 = 15;
const SHARE_MINUTES: u32 = 5;
/// The most rows of the table of latest values.
const MOST_ROWS: usize = 9;

/// A part of the day that looks at some domains.
pub(super) struct DataPart<'a> {
    pub(super) title: String,
    /// The question of its first domain.
    pub(super) question: &'a str,
    pub(super) exhibits: Vec<&'a Exhibit>,
}

/// The slides of a part.
///
/// # Errors
/// Those of the charts' workbooks.
pub(super) fn data_part(
    part: &DataPart<'_>,
    parts: &DeckParts<'_>,
) -> Result<DeckSection, Box<dyn Error + Send + Sync>> {
    let mut slides = vec![opener(
        SlideLayout::Section,
        &part.title,
        &[part.question, wording::PREDICT],
        notes(wording::PREDICT_NOTES, "", PREDICT_MINUTES),
    )];
    slides.extend(glance(part, parts));
    slides.extend(all_exhibit_slides(&part.exhibits, SlideLayout::Exhibit, parts)?);
    slides.push(timed(
        &wording::table_work(&part.title),
        &wording::TABLE_WORK_POINTS,
        TALK_MINUTES,
        parts.palette,
        notes(wording::TABLE_WORK_NOTES, "", TALK_MINUTES),
    ));
    slides.push(points(
        &wording::share(&part.title),
        &wording::SHARE_POINTS,
        notes(wording::SHARE_NOTES, "", SHARE_MINUTES),
    ));
    Ok(DeckSection { title: part.title.clone(), slides })
}

/// The slides of several exhibits, made in parallel, in their order.
///
/// # Errors
/// Those of the charts' workbooks.
pub(super) fn all_exhibit_slides(
    exhibits: &[&Exhibit],
    layout: SlideLayout,
    parts: &DeckParts<'_>,
) -> Result<Vec<Slide>, Box<dyn Error + Send + Sync>> {
    let made: Vec<Result<Vec<Slide>, _>> =
        exhibits.par_iter().map(|exhibit| exhibit_slides(exhibit, layout, parts.palette)).collect();
    let mut slides = Vec::new();
    for made in made {
        slides.extend(made?);
    }
    Ok(slides)
}

/// The latest values of a part; `None` if no chart of it has one.
fn glance(part: &DataPart<'_>, parts: &DeckParts<'_>) -> Option<Slide> {
    let rows: Vec<Vec<String>> =
        part.exhibits.iter().filter_map(|exhibit| glance_row(exhibit)).take(MOST_ROWS).collect();
    if rows.is_empty() {
        return None;
    }
    let shown = TextTable {
        alt: &wording::glance_alt(&part.title),
        headings: &wording::GLANCE_HEADINGS,
        rows,
        widths: vec![1.0, 5.9, 1.9, 1.4, 2.1],
        area: TEXT,
    };
    let notes = notes(wording::GLANCE_NOTES, wording::GLANCE_ASK, 2);
    Some(table(&wording::at_a_glance(&part.title), shown, parts.palette, notes))
}

/// The latest value of a line chart, and the median of similar districts in that year.
fn glance_row(exhibit: &Exhibit) -> Option<Vec<String>> {
    let Figure::Line(line) = &exhibit.figure else { return None };
    let own = line.series.iter().find(|series| series.role == LineRole::District)?;
    let at = own.values.iter().rposition(Option::is_some)?;
    let peers =
        peer_value(line, at).map_or_else(|| wording::NO_VALUE.to_owned(), |value| line.unit.format(value));
    let year = super::charts::year_label(line.years[at]);
    Some(vec![exhibit.code.clone(), exhibit.title.clone(), line.unit.format(own.values[at]?), year, peers])
}

fn peer_value(line: &Line, at: usize) -> Option<f64> {
    line.series.iter().find(|series| series.role == LineRole::PeerMedian)?.values[at]
}
