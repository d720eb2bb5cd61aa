//! A chart alone, without title, finding, and footer, for paper that says these itself.

use super::canvas::{Anchor, Area, Canvas, Face};
use super::common_words::without_common_words;
use super::error::ChartError;
use super::legend::{LegendItem, Sample};
use super::slope::SlopeLabels;
use super::text::FAMILY;
use super::theme::{Color, Theme};
use super::{draw_figure, figure_height, heat_alone, legend, panels, slope};
use crate::exhibit::{BarLayout, Bars, Figure, Line, LineRole, Panel, StackPart, Stacked};
use crate::wording::chart::our_district;

/// How wide a chart is drawn. Text has the same size in both, so that a narrow chart enlarged to a poster has large letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlotForm {
    /// As wide as a page.
    Wide,
    /// Half as wide.
    Narrow,
}

/// The space around a chart, in pixels.
const MARGIN: f64 = 4.0;
/// The space that the title of a small chart takes.
const PANEL_TITLE: f64 = 22.0;
/// The height of a small chart that is above another.
const PANEL: f64 = 120.0;

/// More columns than this are too close together in a narrow chart.
const NARROW_COLUMNS: usize = 6;
/// Every second part is this light, so that neighbors differ without color.
const LIGHT: f64 = 0.4;
/// The least contrast of text.
const READABLE: f64 = 4.5;

impl PlotForm {
    /// The width in pixels: at 7 inches, or at 3.5 inches, the smallest text is 9 points high.
    const fn width(self) -> f64 {
        match self {
            Self::Wide => 640.0,
            Self::Narrow => 336.0,
        }
    }

    /// The height of a chart that does not have rows.
    const fn height(self) -> f64 {
        match self {
            Self::Wide => 262.0,
            Self::Narrow => 200.0,
        }
    }

    const fn slope_labels(self) -> SlopeLabels {
        match self {
            Self::Wide => slope::ON_BOTH_SIDES,
            Self::Narrow => slope::NAMES_AT_END,
        }
    }

    fn figure_height(self, canvas: &Canvas<'_>, figure: &Figure) -> f64 {
        match figure {
            Figure::Panels(panels) if self == Self::Narrow => panels_height(canvas, panels),
            Figure::Heat(heat) => heat_alone::height(canvas, heat, self.width() - 2.0 * MARGIN),
            Figure::Bars(bars) => figure_height(canvas, &Figure::Bars(self.standing(bars))),
            Figure::Dots(_) => figure_height(canvas, figure),
            Figure::Slope(slope) => {
                let width = self.width() - 2.0 * MARGIN;
                self.height().max(slope::height(canvas, slope, width, self.slope_labels()))
            }
            Figure::Stacked(stacked) if self == Self::Narrow => self.height() + names_height(canvas, stacked),
            Figure::Line(_) | Figure::Stacked(_) | Figure::Panels(_) => self.height(),
        }
    }

    /// The bars as there is room for them: many narrow columns would be too close together.
    fn standing(self, bars: &Bars) -> Bars {
        let mut bars = bars.clone();
        let names: Vec<&str> = bars.rows.iter().map(|row| row.label.as_str()).collect();
        let names = without_common_words(&names);
        bars.rows.iter_mut().zip(names).for_each(|(row, name)| row.label = name);
        if self == Self::Narrow && bars.layout == BarLayout::Columns && bars.rows.len() > NARROW_COLUMNS {
            bars.layout = BarLayout::Rows;
        }
        bars
    }
}

/// The height of the names of parts in a legend.
fn names_height(canvas: &Canvas<'_>, stacked: &Stacked) -> f64 {
    let width = canvas.theme.page.width - 2.0 * MARGIN;
    legend::height(canvas, &part_items(canvas, &with_short_names(stacked)), width)
}

/// The height of small charts, one above the other.
fn panels_height(canvas: &Canvas<'_>, panels: &[Panel]) -> f64 {
    let legend =
        legend::height(canvas, &panels::legend_items(canvas, panels), canvas.theme.page.width - 2.0 * MARGIN);
    let charts = panels.iter().map(|panel| panel_height(canvas, panel));
    legend + charts.sum::<f64>()
}

/// The height of a small chart with its title.
fn panel_height(canvas: &Canvas<'_>, panel: &Panel) -> f64 {
    let chart = match &panel.figure {
        Figure::Line(_) | Figure::Slope(_) | Figure::Stacked(_) | Figure::Panels(_) => PANEL,
        rows => figure_height(canvas, rows),
    };
    PANEL_TITLE + chart
}

/// Draws a chart alone as an SVG element: no title, no description, no ids. Its font is that of the document around it.
///
/// # Errors
/// See [`ChartError`].
pub fn draw_plot(figure: &Figure, theme: &Theme, form: PlotForm) -> Result<String, ChartError> {
    let theme = theme_of(theme, form, figure);
    let canvas = plot_canvas(figure, &theme, form)?;
    Ok(with_readable_text(&bare_element(&canvas, &theme)?, &theme))
}

/// The chart before it is written, with the theme of its form.
pub(super) fn plot_canvas<'t>(
    figure: &Figure,
    theme: &'t Theme,
    form: PlotForm,
) -> Result<Canvas<'t>, ChartError> {
    let mut canvas = Canvas::new(theme)?;
    let bottom = MARGIN + form.figure_height(&canvas, figure);
    let area = Area { left: MARGIN, top: MARGIN, right: theme.page.width - MARGIN, bottom };
    canvas.height = bottom + MARGIN;
    draw(&mut canvas, figure, form, area);
    Ok(canvas)
}

fn draw(canvas: &mut Canvas<'_>, figure: &Figure, form: PlotForm, area: Area) {
    match figure {
        Figure::Panels(panels) if form == PlotForm::Narrow => draw_panels(canvas, panels, area),
        Figure::Line(line) if form == PlotForm::Narrow => draw_figure(canvas, &in_few_words(line), area),
        Figure::Heat(heat) => heat_alone::draw(canvas, heat, area),
        Figure::Slope(slope) => slope::draw(canvas, slope, area, form.slope_labels()),
        Figure::Bars(bars) => draw_figure(canvas, &Figure::Bars(form.standing(bars)), area),
        Figure::Stacked(stacked) => draw_stacked(canvas, with_short_names(stacked), form, area),
        figure => draw_figure(canvas, figure, area),
    }
}

/// Lines without what a narrow chart has no room for: the reasons of breaks, and the district's name.
fn in_few_words(line: &Line) -> Figure {
    let mut line = line.clone();
    line.breaks.iter_mut().for_each(|(_, reason)| reason.clear());
    let is_constant = line.series.iter().any(|series| series.role == LineRole::Published);
    let own = line.series.iter_mut().filter(|series| series.role == LineRole::District);
    for series in own.filter(|series| !series.label.is_empty()) {
        our_district(is_constant).clone_into(&mut series.label);
    }
    Figure::Line(line)
}

/// Parts without the words that all of their names share.
fn with_short_names(stacked: &Stacked) -> Stacked {
    let mut stacked = stacked.clone();
    let names: Vec<&str> = stacked.parts.iter().map(|part| part.label.as_str()).collect();
    let names = without_common_words(&names);
    stacked.parts.iter_mut().zip(names).for_each(|(part, name)| part.label = name);
    stacked
}

/// Parts of a whole. A narrow chart has its names in a legend, in the order of the parts from the top.
fn draw_stacked(canvas: &mut Canvas<'_>, mut stacked: Stacked, form: PlotForm, area: Area) {
    let mut area = area;
    if form == PlotForm::Narrow {
        let items = part_items(canvas, &stacked);
        legend::draw(canvas, &items, area);
        area.top += legend::height(canvas, &items, area.width());
        stacked.parts.iter_mut().for_each(|part| part.label.clear());
    }
    draw_figure(canvas, &Figure::Stacked(stacked), area);
}

fn part_items(canvas: &Canvas<'_>, stacked: &Stacked) -> Vec<LegendItem> {
    let item = |(index, part): (usize, &StackPart)| LegendItem {
        color: canvas.theme.part(index),
        sample: Sample::Area,
        label: part.label.clone(),
    };
    stacked.parts.iter().enumerate().map(item).rev().collect()
}

/// The theme at the width of the form. The smallest text is as large as the second smallest.
pub(super) fn theme_of(theme: &Theme, form: PlotForm, figure: &Figure) -> Theme {
    let mut theme = theme.clone();
    theme.page.width = form.width();
    theme.text.footer = theme.text.footer.max(theme.text.axis);
    if matches!(figure, Figure::Stacked(_)) {
        theme.colors.parts.iter_mut().skip(2).step_by(2).for_each(|color| *color = color.tint(LIGHT));
    }
    theme
}

/// The drawing with texts in ink that would be in a light color.
fn with_readable_text(svg: &str, theme: &Theme) -> String {
    let colors = &theme.colors;
    let light: Vec<Color> =
        colors.parts.iter().copied().filter(|color| color.contrast(colors.background) < READABLE).collect();
    let mut parts = svg.split("<text ");
    let mut readable = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let tag =
            light.iter().fold(tag.to_owned(), |tag, color| tag.replace(&fill(*color), &fill(colors.ink)));
        readable.push_str(&format!("<text {tag}>{rest}"));
    }
    readable
}

/// A color as an attribute of SVG.
fn fill(color: Color) -> String {
    format!("fill=\"#{:02X}{:02X}{:02X}\"", color.0, color.1, color.2)
}

/// Small charts, one above the other, with one legend.
fn draw_panels(canvas: &mut Canvas<'_>, panels: &[Panel], area: Area) {
    let items = panels::legend_items(canvas, panels);
    legend::draw(canvas, &items, area);
    let mut top = area.top + legend::height(canvas, &items, area.width());
    for panel in panels {
        let face = Face { bold: true, ..canvas.ink() };
        let title = canvas.ruler.fit(&panel.title, face.size, true, area.width());
        canvas.text((area.left, top + face.size), Anchor::Start, face, &title);
        let bottom = top + panel_height(canvas, panel);
        let below = Area { top: top + PANEL_TITLE, bottom, ..area };
        draw(canvas, &panels::without_names(&panel.figure), PlotForm::Narrow, below);
        top = bottom;
    }
}

/// The drawing without what an HTML document says around it.
fn bare_element(canvas: &Canvas<'_>, theme: &Theme) -> Result<String, ChartError> {
    let family = format!(" font-family=\"{FAMILY}\"");
    let body = canvas.elements(theme)?;
    let body = body.replace(&family, "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    Ok(format!("<svg viewBox=\"{}\">{body}", canvas.view_box(theme)))
}
