//! Charts: an exhibit's figure, drawn once with plotters as SVG; the PNG is rendered from that SVG.

mod axis;
mod band_label;
mod bars;
mod canvas;
mod columns;
mod common_words;
mod dots;
mod error;
mod frame;
mod hatch;
mod heat;
mod heat_alone;
mod legend;
mod line;
mod line_labels;
mod line_plot;
mod pairs;
mod panels;
mod plot;
mod raster;
mod row_names;
mod slope;
mod stacked;
mod text;
mod theme;

#[cfg(test)]
mod tests;

pub use error::ChartError;
pub use plot::{PlotForm, draw_plot};
pub use raster::rasterize;
pub use theme::Theme;

use crate::exhibit::{BarLayout, Exhibit, Figure};
use canvas::{Area, Canvas};
use raster::ParsedSvg;

/// Which forms of a chart are wanted beside the drawing itself. The PNG takes most of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forms {
    /// The SVG with its text as outlines.
    pub outlined: bool,
    /// The PNG.
    pub png: bool,
}

/// What is made of an exhibit's SVG.
#[derive(Debug, Clone, Default)]
pub struct ChartPictures {
    /// The SVG with its text as outlines; `None` if it was not wanted.
    pub outlined: Option<String>,
    /// The PNG; `None` if it was not wanted.
    pub png: Option<Vec<u8>>,
}

/// A drawn chart.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The chart alone as SVG, without finding, title and source, with its text kept as text: for formats that have the font, and
    /// set the rest as text of their own.
    pub bare: String,
    /// The whole exhibit as SVG with its text as outlines, for files that are opened alone; `None` if it was not wanted.
    pub outlined: Option<String>,
    /// The PNG of the whole exhibit: opaque, twice the page's width; `None` if it was not wanted.
    pub png: Option<Vec<u8>>,
}

/// Draws an exhibit in some forms.
///
/// # Errors
/// See [`ChartError`].
pub fn draw(exhibit: &Exhibit, theme: &Theme, forms: Forms) -> Result<Drawing, ChartError> {
    let bare = draw_bare(exhibit, theme)?;
    if forms == Forms::default() {
        return Ok(Drawing { bare, outlined: None, png: None });
    }
    let ChartPictures { outlined, png } = convert(&draw_svg(exhibit, theme)?, exhibit, theme, forms)?;
    Ok(Drawing { bare, outlined, png })
}

/// Converts the SVG of an exhibit to some forms.
///
/// # Errors
/// [`ChartError::Raster`] if the SVG is invalid.
pub fn convert(
    svg: &str,
    exhibit: &Exhibit,
    theme: &Theme,
    forms: Forms,
) -> Result<ChartPictures, ChartError> {
    let parsed = ParsedSvg::new(svg)?;
    let png = if forms.png { Some(parsed.png(theme)?) } else { None };
    Ok(ChartPictures { outlined: forms.outlined.then(|| parsed.outlined(exhibit)), png })
}

/// Draws an exhibit as SVG.
///
/// # Errors
/// See [`ChartError`].
pub fn draw_svg(exhibit: &Exhibit, theme: &Theme) -> Result<String, ChartError> {
    canvas(exhibit, theme)?.svg(exhibit, theme)
}

/// Draws an exhibit's chart alone as SVG.
///
/// # Errors
/// See [`ChartError`].
pub fn draw_bare(exhibit: &Exhibit, theme: &Theme) -> Result<String, ChartError> {
    let mut canvas = Canvas::new(theme)?;
    let height = figure_height(&canvas, &exhibit.figure);
    let area = frame::bare(&mut canvas, height);
    draw_figure(&mut canvas, &exhibit.figure, area);
    canvas.svg(exhibit, theme)
}

fn canvas<'a>(exhibit: &Exhibit, theme: &'a Theme) -> Result<Canvas<'a>, ChartError> {
    let mut canvas = Canvas::new(theme)?;
    let height = figure_height(&canvas, &exhibit.figure);
    let area = frame::draw(&mut canvas, exhibit, height);
    draw_figure(&mut canvas, &exhibit.figure, area);
    Ok(canvas)
}

/// The height of a chart without rows, in pixels.
const PLOT: f64 = 350.0;

/// The height of the chart in pixels, based on the number of rows if it has rows.
fn figure_height(canvas: &Canvas<'_>, figure: &Figure) -> f64 {
    match figure {
        Figure::Dots(figure) => dots::height(figure),
        Figure::Bars(figure) => match figure.layout {
            BarLayout::Rows => bars::height(figure),
            BarLayout::Pairs => pairs::height(figure),
            BarLayout::Columns => columns::HEIGHT,
        },
        Figure::Heat(figure) => heat::height(canvas, figure),
        Figure::Panels(panels) => panels::height(canvas, panels),
        Figure::Slope(figure) => {
            let width = canvas.theme.page.width - 2.0 * canvas.theme.page.margin;
            slope::height(canvas, figure, width, slope::ON_BOTH_SIDES).max(PLOT)
        }
        Figure::Line(_) | Figure::Stacked(_) => PLOT,
    }
}

fn draw_figure(canvas: &mut Canvas<'_>, figure: &Figure, area: Area) {
    match figure {
        Figure::Line(figure) => line::draw(canvas, figure, area),
        Figure::Dots(figure) => dots::draw(canvas, figure, area),
        Figure::Slope(figure) => slope::draw(canvas, figure, area, slope::ON_BOTH_SIDES),
        Figure::Stacked(figure) => stacked::draw(canvas, figure, area),
        Figure::Bars(figure) => match figure.layout {
            BarLayout::Rows => bars::draw(canvas, figure, area),
            BarLayout::Pairs => pairs::draw(canvas, figure, area),
            BarLayout::Columns => columns::draw(canvas, figure, area),
        },
        Figure::Heat(figure) => heat::draw(canvas, figure, area),
        Figure::Panels(panels) => panels::draw(canvas, panels, area),
    }
}
