//! The slides of an exhibit: topic, chart, and the finding that appears on a click.

use std::error::Error;

use super::animation::Effect;
use super::charts::{ChartSize, native_chart};
use super::exhibit_notes::exhibit_notes;
use super::geometry::SlideArea;
use super::heat::heat_tables;
use super::layouts::{CHART, CODE, FINDING, SOURCE, SUBTITLE, SlideLayout};
use super::legend::legend_marks;
use super::palette::Palette;
use super::slide::{ChartFrame, Slide, SlideShape};
use super::split::{label_span, label_span_of, names_of, shared_range, split};
use super::text_box::{LayoutSlot, Paragraph, StyledText, TextAlignment, TextBox};
use super::text_size::{fitted, fitted_lines, fitting_size, lines_height, text_width};
use crate::domain::Unit;
use crate::exhibit::{Exhibit, Figure, Panel};
use crate::wording::alt::{as_bars, of_part};
use crate::wording::deck as wording;
use crate::wording::exhibit::in_few_words;

/// Sizes of text on an exhibit's slide, in points.
const SUBTITLE_SIZE: f64 = 18.0;
const SMALL_SUBTITLE_SIZE: f64 = 16.0;
const FINDING_SIZES: [f64; 4] = [28.0, 26.0, 24.0, 22.0];
const SUB_LINE_SIZE: f64 = 18.0;
const SOURCE_SIZE: f64 = 12.0;
const CODE_SIZE: f64 = 24.0;
const PANEL_TITLE_SIZE: f64 = 18.0;
const PANEL_TITLE_LINES: usize = 2;
/// The least space for the title of one of several charts.
const PANEL_TITLE_HEIGHT: f64 = 0.34;
/// The space between charts.
const GAP: f64 = 0.3;

/// What the middle of a slide shows.
struct SlideContent {
    shapes: Vec<SlideShape>,
    /// What the marks in it mean.
    key: String,
}

/// An exhibit while its slides are made.
struct ExhibitSlides<'a> {
    exhibit: &'a Exhibit,
    palette: &'a Palette,
    layout: SlideLayout,
    /// Where the chart stands.
    area: SlideArea,
}

/// The slides of an exhibit: one, or more if its rows do not fit on one.
///
/// # Errors
/// Those of the charts' workbooks.
pub(super) fn exhibit_slides(
    exhibit: &Exhibit,
    layout: SlideLayout,
    palette: &Palette,
) -> Result<Vec<Slide>, Box<dyn Error + Send + Sync>> {
    let has_text = !exhibit.finding.is_empty() || !exhibit.sub_line.is_empty();
    let height = if has_text { CHART.height } else { FINDING.bottom() - CHART.top };
    let slides = ExhibitSlides { exhibit, palette, layout, area: SlideArea { height, ..CHART } };
    let pages = slides.pages()?;
    let count = pages.len();
    Ok(pages.into_iter().enumerate().map(|(page, content)| slides.slide(content, page, count)).collect())
}

/// The chart of an exhibit alone, as one frame of this area.
///
/// # Errors
/// Those of the chart's workbook.
pub(super) fn chart_alone(
    exhibit: &Exhibit,
    area: SlideArea,
    palette: &Palette,
) -> Result<Option<ChartFrame>, Box<dyn Error + Send + Sync>> {
    let slides = ExhibitSlides { exhibit, palette, layout: SlideLayout::Exhibit, area };
    slides.frame(&exhibit.figure, DrawnPart { index: 0, alt: &exhibit.alt }, area, SharedScale::default())
}

/// What charts side by side have in common.
#[derive(Clone, Copy, Default)]
struct SharedScale {
    /// The values that the axis covers.
    range: Option<[f64; 2]>,
    /// How far apart the values are by which labels are rounded.
    label_span: Option<f64>,
    /// The width of the names of bars, in inches.
    names: Option<f64>,
}

/// One of the charts of an exhibit.
struct DrawnPart<'a> {
    index: usize,
    /// The chart in words.
    alt: &'a str,
}

impl ExhibitSlides<'_> {
    fn pages(&self) -> Result<Vec<SlideContent>, Box<dyn Error + Send + Sync>> {
        match &self.exhibit.figure {
            Figure::Heat(heat) => {
                let name = wording::frame_name(&self.exhibit.id, 0);
                let tables = heat_tables(heat, &name, &self.exhibit.alt, self.area, self.palette);
                let key = heat_key(&heat.ends);
                Ok(tables
                    .into_iter()
                    .map(|table| SlideContent { shapes: vec![SlideShape::Table(table)], key: key.clone() })
                    .collect())
            }
            Figure::Panels(panels) => Ok(vec![self.panels(panels)?]),
            figure => self.split_pages(figure),
        }
    }

    /// Charts with too many rows to fit are shown in parts, two to a slide.
    fn split_pages(&self, figure: &Figure) -> Result<Vec<SlideContent>, Box<dyn Error + Send + Sync>> {
        let parts = split(figure);
        let key = figure_key(figure).to_owned();
        if let [only] = parts.as_slice() {
            let part = DrawnPart { index: 0, alt: &self.exhibit.alt };
            let shapes = self
                .frame(only, part, self.area, SharedScale::default())?
                .into_iter()
                .map(SlideShape::Chart)
                .collect();
            return Ok(vec![SlideContent { shapes, key }]);
        }
        let scale = SharedScale { range: shared_range(figure), label_span: label_span(figure), names: None };
        let mut pages = Vec::new();
        for (page, pair) in parts.chunks(2).enumerate() {
            let mut shapes = Vec::new();
            for (index, part) in pair.iter().enumerate() {
                let area = self.area.column(index, 2, GAP);
                let place = page * 2 + index;
                let alt = of_part(place + 1, parts.len(), &self.exhibit.alt);
                let drawn = DrawnPart { index: place, alt: &alt };
                shapes.extend(self.frame(part, drawn, area, scale)?.map(SlideShape::Chart));
            }
            pages.push(SlideContent { shapes, key: key.clone() });
        }
        Ok(pages)
    }

    /// Small charts side by side, under a line that names their marks.
    fn panels(&self, panels: &[Panel]) -> Result<SlideContent, Box<dyn Error + Send + Sync>> {
        let key = self.panels_key(panels);
        let top = if key.is_some() { PANEL_TITLE_HEIGHT } else { 0.0 };
        let below = SlideArea { top: self.area.top + top, height: self.area.height - top, ..self.area };
        let mut shapes: Vec<SlideShape> = key.into_iter().map(SlideShape::Text).collect();
        let height = panel_titles_height(panels, below.column(0, panels.len(), GAP).width);
        let scale = SharedScale { range: None, label_span: label_span_of(panels), names: names_of(panels) };
        for (index, panel) in panels.iter().enumerate() {
            let column = below.column(index, panels.len(), GAP);
            shapes.push(SlideShape::Text(panel_title(panel, SlideArea { height, ..column })));
            let area = SlideArea { top: column.top + height, height: column.height - height, ..column };
            let drawn = DrawnPart { index, alt: &panel.alt };
            shapes.extend(self.frame(&panel.figure, drawn, area, scale)?.map(SlideShape::Chart));
        }
        Ok(SlideContent { shapes, key: String::new() })
    }

    /// The names of the lines of small charts, each in its color; `None` without lines.
    fn panels_key(&self, panels: &[Panel]) -> Option<TextBox> {
        let marks = legend_marks(panels, self.palette);
        let size = SMALL_SUBTITLE_SIZE;
        let mut runs = Vec::new();
        for mark in &marks {
            runs.push(StyledText::new(mark.mark, size).bold().colored(&mark.color));
            runs.push(StyledText::new(wording::legend_name(&mark.name), size).colored(&self.palette.ink));
        }
        let area = SlideArea { height: PANEL_TITLE_HEIGHT, ..self.area };
        (!runs.is_empty()).then(|| TextBox::new(wording::PLACE_KEY, area, vec![Paragraph::of(runs)]))
    }

    fn frame(
        &self,
        figure: &Figure,
        part: DrawnPart<'_>,
        area: SlideArea,
        scale: SharedScale,
    ) -> Result<Option<ChartFrame>, Box<dyn Error + Send + Sync>> {
        let is_small = matches!(self.exhibit.figure, Figure::Panels(_));
        let SharedScale { range, label_span, names } = scale;
        let size = ChartSize { width: area.width, height: area.height, range, label_span, names, is_small };
        let chart = native_chart(figure, &self.exhibit.table, size, self.palette)?;
        let name = wording::frame_name(&self.exhibit.id, part.index);
        // Slides rank values as bars.
        let is_dots = matches!(figure, Figure::Dots(_));
        let alt = if is_dots { as_bars(part.alt) } else { part.alt.to_owned() };
        Ok(chart.map(|chart| ChartFrame { name, alt, area, chart }))
    }

    fn slide(&self, content: SlideContent, page: usize, pages: usize) -> Slide {
        let exhibit = self.exhibit;
        let title =
            if pages > 1 { wording::page_of(&exhibit.topic, page + 1, pages) } else { exhibit.topic.clone() };
        let layout = self.layout_of(&content.shapes);
        let mut shapes = vec![SlideShape::Text(self.subtitle(&content.key))];
        shapes.extend(content.shapes);
        let finding = self.finding();
        let effect = finding.as_ref().map(|_| Effect::Appears(shapes.len()));
        shapes.extend(finding.map(SlideShape::Text));
        shapes.push(SlideShape::Text(self.source()));
        shapes.push(SlideShape::Text(self.code()));
        Slide {
            layout,
            title,
            shapes,
            effect,
            notes: exhibit_notes(exhibit),
            exhibit: Some(exhibit.id.clone()),
        }
    }

    /// The layout of a slide with these shapes: two charts have their own.
    fn layout_of(&self, shapes: &[SlideShape]) -> SlideLayout {
        let charts = shapes.iter().filter(|shape| matches!(shape, SlideShape::Chart(_))).count();
        match (self.layout, charts) {
            (SlideLayout::Exhibit, 2) => SlideLayout::TwoExhibits,
            (layout, _) => layout,
        }
    }

    /// What is drawn, which direction is better, and what limits it.
    fn subtitle(&self, key: &str) -> TextBox {
        let exhibit = self.exhibit;
        let warning = wording::subtitle(&[&exhibit.caveat, &exhibit.age]);
        let warning = if warning.is_empty() { warning } else { wording::subtitle(&[" ", &warning]) };
        let whole = wording::subtitle(&[&exhibit.title, exhibit.direction, key]);
        let short = wording::subtitle(&[&exhibit.title, key]);
        let shortest = wording::subtitle(&[&exhibit.title, &shortest_key(&exhibit.figure, key)]);
        let candidates = [
            (&whole, SUBTITLE_SIZE),
            (&short, SUBTITLE_SIZE),
            (&short, SMALL_SUBTITLE_SIZE),
            (&shortest, SMALL_SUBTITLE_SIZE),
        ];
        let room = |size: f64| SUBTITLE.width - text_width(&warning, size, true);
        let fits = candidates.into_iter().find(|(text, size)| text_width(text, *size, false) <= room(*size));
        let (text, size) = fits.unwrap_or(candidates[3]);
        let text = fitted(text, size, false, room(size));
        let mut runs = vec![StyledText::new(text, size).colored(&self.palette.quiet)];
        if !warning.is_empty() {
            runs.push(StyledText::new(&warning, size).bold().colored(&self.palette.ink));
        }
        TextBox::new(wording::PLACE_TEXT, SUBTITLE, vec![Paragraph::of(runs)]).in_slot(LayoutSlot::Body)
    }

    /// What the chart says, and the values behind it; `None` if it says nothing.
    fn finding(&self) -> Option<TextBox> {
        let exhibit = self.exhibit;
        let sub_line_height = lines_height(1, SUB_LINE_SIZE);
        let room = FINDING.height - sub_line_height;
        let size = fitting_size(&exhibit.finding, &FINDING_SIZES, true, FINDING.width - 0.1, room);
        let mut paragraphs = Vec::new();
        if !exhibit.finding.is_empty() {
            let run = StyledText::new(&exhibit.finding, size).bold().colored(&self.palette.district);
            paragraphs.push(Paragraph::of(vec![run]));
        }
        if !exhibit.sub_line.is_empty() {
            let text = fitted(&exhibit.sub_line, SUB_LINE_SIZE, false, FINDING.width * 1.9);
            paragraphs
                .push(Paragraph::of(vec![StyledText::new(text, SUB_LINE_SIZE).colored(&self.palette.ink)]));
        }
        let text = TextBox::new(wording::PLACE_FINDING, FINDING, paragraphs.clone());
        (!paragraphs.is_empty()).then(|| text.middle().in_slot(LayoutSlot::Finding))
    }

    fn source(&self) -> TextBox {
        let exhibit = self.exhibit;
        let room = SOURCE.width - text_width(&wording::source_line(" ", &exhibit.code), SOURCE_SIZE, false);
        let source = fitted(&exhibit.source, SOURCE_SIZE, false, room.max(1.0));
        let text = wording::source_line(&source, &exhibit.code);
        let run = StyledText::new(text, SOURCE_SIZE).colored(&self.palette.quiet);
        TextBox::new(wording::PLACE_SOURCE, SOURCE, vec![Paragraph::of(vec![run])])
            .middle()
            .in_slot(LayoutSlot::Source)
    }

    fn code(&self) -> TextBox {
        let run = StyledText::new(&self.exhibit.code, CODE_SIZE).bold().colored(&self.palette.district);
        let paragraph = Paragraph::of(vec![run]).aligned(TextAlignment::Center);
        TextBox::new(wording::PLACE_CODE, CODE, vec![paragraph])
            .middle()
            .outlined(&self.palette.district)
            .in_slot(LayoutSlot::Code)
    }
}

/// The height of the titles of charts side by side, so that the charts stand at one height.
fn panel_titles_height(panels: &[Panel], width: f64) -> f64 {
    let lines = panels.iter().map(|panel| panel_title_lines(panel, width).len()).max().unwrap_or(1);
    lines_height(lines, PANEL_TITLE_SIZE).max(PANEL_TITLE_HEIGHT)
}

fn panel_title_lines(panel: &Panel, width: f64) -> Vec<String> {
    fitted_lines(&panel.title, PANEL_TITLE_SIZE, true, width - 0.05, PANEL_TITLE_LINES)
}

fn panel_title(panel: &Panel, area: SlideArea) -> TextBox {
    let title = panel_title_lines(panel, area.width).join(" ");
    let run = StyledText::new(title, PANEL_TITLE_SIZE).bold();
    TextBox::new(&panel.title, area, vec![Paragraph::of(vec![run])])
}

fn heat_key(ends: &(String, String)) -> String {
    if ends.0.is_empty() { String::new() } else { wording::shades(&ends.0, &ends.1) }
}

/// What the marks mean, in as few words as possible.
fn shortest_key(figure: &Figure, key: &str) -> String {
    match figure {
        Figure::Heat(heat) if !heat.ends.0.is_empty() => {
            let [low, high] = in_few_words(&heat.ends.0, &heat.ends.1);
            wording::shades(&low, &high)
        }
        _ => key.to_owned(),
    }
}

/// What must be said of a chart whose bars have no names of their own.
fn figure_key(figure: &Figure) -> &'static str {
    match figure {
        Figure::Dots(_) => wording::OURS_IS_DARK,
        _ => "",
    }
}

/// A number of people as text.
pub(super) fn people(count: f64) -> String {
    Unit::Count.format(count)
}
