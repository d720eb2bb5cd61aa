//! A chart alone, without title, finding, and footer, for paper that says these itself.

use super::canvas::{Anchor, Area, Canvas, Face};
use super::error::ChartError;
use super::text::FAMILY;
use super::theme::Theme;
use super::{draw_figure, figure_height};
use crate::exhibit::{Exhibit, Figure, Panel};

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
/// The height of a small chart that stands above another.
const PANEL: f64 = 120.0;

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
            Self::Narrow => 236.0,
        }
    }

    fn figure_height(self, figure: &Figure) -> f64 {
        match figure {
            Figure::Panels(panels) if self == Self::Narrow => panels.len() as f64 * (PANEL + PANEL_TITLE),
            Figure::Dots(_) | Figure::Bars(_) | Figure::Heat(_) => figure_height(figure),
            Figure::Line(_) | Figure::Slope(_) | Figure::Stacked(_) | Figure::Panels(_) => self.height(),
        }
    }
}

/// Draws an exhibit's chart alone as an SVG element: no title, no description, no ids. Its font is that of the document around it.
///
/// # Errors
/// See [`ChartError`].
pub fn draw_plot(exhibit: &Exhibit, theme: &Theme, form: PlotForm) -> Result<String, ChartError> {
    let theme = theme_of(theme, form);
    let mut canvas = Canvas::new(&theme)?;
    let bottom = MARGIN + form.figure_height(&exhibit.figure);
    let area = Area { left: MARGIN, top: MARGIN, right: theme.page.width - MARGIN, bottom };
    canvas.height = bottom + MARGIN;
    match &exhibit.figure {
        Figure::Panels(panels) if form == PlotForm::Narrow => draw_panels(&mut canvas, panels, area),
        figure => draw_figure(&mut canvas, figure, area),
    }
    Ok(bare_element(&canvas.svg(exhibit, &theme)?))
}

/// The theme at the width of the form. The smallest text is as large as the second smallest.
fn theme_of(theme: &Theme, form: PlotForm) -> Theme {
    let mut theme = theme.clone();
    theme.page.width = form.width();
    theme.text.footer = theme.text.footer.max(theme.text.axis);
    theme
}

/// Small charts, one above the other.
fn draw_panels(canvas: &mut Canvas<'_>, panels: &[Panel], area: Area) {
    for (index, panel) in panels.iter().enumerate() {
        let top = area.top + index as f64 * (PANEL + PANEL_TITLE);
        let face = Face { bold: true, ..canvas.ink() };
        let title = canvas.ruler.fit(&panel.title, face.size, true, area.width());
        canvas.text((area.left, top + face.size), Anchor::Start, face, &title);
        let below = Area { top: top + PANEL_TITLE, bottom: top + PANEL_TITLE + PANEL, ..area };
        draw_figure(canvas, &panel.figure, below);
    }
}

/// The drawing without what an HTML document says around it.
fn bare_element(svg: &str) -> String {
    let view_box = svg.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let body = svg.split_once("</desc>").map_or("", |(_, body)| body);
    let family = format!(" font-family=\"'{FAMILY}', 'Source Sans Pro', sans-serif\"");
    let body = body.replace(&family, "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    format!("<svg viewBox=\"{view_box}\" aria-hidden=\"true\" focusable=\"false\">{body}")
}
