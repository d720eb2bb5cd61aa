//! The parts of the day that look at data: predict, see at a glance, look at the charts, talk, share.

use std::error::Error;

use rayon::prelude::*;

use super::exhibit_slides::exhibit_slides;
use super::layouts::{SlideLayout, TEXT};
use super::parts::{DataPart, DeckParts};
use super::presentation::DeckSection;
use super::slide::Slide;
use super::statement::{SlideTable, notes, opener, points, table, timed};
use crate::domain::{SchoolYear, Unit};
use crate::exhibit::{Exhibit, Figure, Line, LineRole};
use crate::wording::deck as wording;

/// Minutes for a prediction, for talking at the tables, and for sharing.
const PREDICT_MINUTES: u32 = 3;
const TALK_MINUTES: u32 = 15;
const SHARE_MINUTES: u32 = 5;
/// The most and the fewest rows of the table of latest values.
const MOST_ROWS: usize = 9;
const FEWEST_ROWS: usize = 2;
/// The widths of its columns, in parts of the whole.
const GLANCE_WIDTHS: [f64; 5] = [1.0, 5.9, 1.9, 1.4, 2.1];

/// The slides of a part.
///
/// # Errors
/// Those of the charts' workbooks.
pub(super) fn data_part(
    part: &DataPart<'_>,
    parts: &DeckParts<'_>,
) -> Result<DeckSection, Box<dyn Error + Send + Sync>> {
    if part.exhibits.is_empty() {
        return Ok(DeckSection { title: part.title.clone(), slides: without_charts(part) });
    }
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

/// The slides of a part of the day whose charts are all too old for it.
fn without_charts(part: &DataPart<'_>) -> Vec<Slide> {
    let lines = [part.question, wording::OLD_DATA];
    vec![
        opener(
            SlideLayout::Section,
            &part.title,
            &lines,
            notes(wording::OLD_DATA_NOTES, "", PREDICT_MINUTES),
        ),
        points(
            &wording::not_known(&part.title),
            &wording::NOT_KNOWN_POINTS,
            notes(wording::NOT_KNOWN_NOTES, "", TALK_MINUTES),
        ),
    ]
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

/// The latest values of a part; `None` if hardly any chart of it has one.
fn glance(part: &DataPart<'_>, parts: &DeckParts<'_>) -> Option<Slide> {
    let mut rows: Vec<Vec<String>> =
        part.exhibits.iter().flat_map(|exhibit| glance_rows(exhibit)).take(MOST_ROWS).collect();
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    let has_peers = rows.iter().any(|row| row.last().is_some_and(|peers| peers != wording::NO_VALUE));
    let columns = wording::GLANCE_HEADINGS.len() - usize::from(!has_peers);
    rows.iter_mut().for_each(|row| row.truncate(columns));
    let shown = SlideTable {
        name: wording::table_name(&part.title),
        alt: &wording::glance_alt(&part.title, has_peers),
        headings: &wording::GLANCE_HEADINGS[..columns],
        rows,
        widths: GLANCE_WIDTHS[..columns].to_vec(),
        area: TEXT,
    };
    let notes = notes(wording::GLANCE_NOTES, wording::GLANCE_ASK, 2);
    Some(table(&wording::at_a_glance(&part.title), shown, parts.palette, notes))
}

/// A row for each chart of an exhibit that has a latest value.
fn glance_rows(exhibit: &Exhibit) -> Vec<Vec<String>> {
    let values = match &exhibit.figure {
        Figure::Panels(panels) => {
            panels.iter().filter_map(|panel| latest(&panel.figure, exhibit, &panel.title)).collect()
        }
        figure => latest(figure, exhibit, &exhibit.title).into_iter().collect::<Vec<_>>(),
    };
    values.into_iter().map(|latest| latest.row(exhibit)).collect()
}

/// The district's latest value, and the median of similar districts in that year.
struct GlanceValue<'a> {
    title: &'a str,
    unit: Unit,
    own: f64,
    year: String,
    peers: Option<f64>,
}

impl GlanceValue<'_> {
    fn row(&self, exhibit: &Exhibit) -> Vec<String> {
        let peers = self.peers.map_or_else(|| wording::NO_VALUE.to_owned(), |value| self.unit.format(value));
        let texts = [exhibit.code.as_str(), self.title].map(str::to_owned);
        texts.into_iter().chain([self.unit.format(self.own), self.year.clone(), peers]).collect()
    }
}

fn latest<'a>(figure: &Figure, exhibit: &Exhibit, title: &'a str) -> Option<GlanceValue<'a>> {
    match figure {
        Figure::Line(line) => {
            let own = line.series.iter().find(|series| series.role == LineRole::District)?;
            let at = own.values.iter().rposition(Option::is_some)?;
            let year = SchoolYear::text_of(line.years[at]);
            Some(GlanceValue {
                title,
                unit: line.unit,
                own: own.values[at]?,
                year,
                peers: peer_value(line, at),
            })
        }
        Figure::Dots(dots) => {
            let own = dots.rows.iter().find(|row| row.chosen)?.value;
            let peers = dots.median.as_ref().map(|(_, value)| *value);
            let year = exhibit.basis.window?.1.to_string();
            Some(GlanceValue { title, unit: dots.unit, own, year, peers })
        }
        _ => None,
    }
}

fn peer_value(line: &Line, at: usize) -> Option<f64> {
    line.series.iter().find(|series| series.role == LineRole::PeerMedian)?.values[at]
}
