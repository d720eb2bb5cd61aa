//! Charts as PowerPoint's own: each a part of its own with an embedded workbook.

mod axis_span;
mod band;
mod bars;
mod dots;
mod elements;
mod end_labels;
mod line;
mod number_format;
mod series;
mod sheet;
mod slope;
mod stacked;

use std::error::Error;

use self::elements::LABEL_TEXT;
use self::sheet::ChartSheet;
use super::palette::Palette;
use super::text_size::fitted_lines;
use super::xml::XmlNode;
use crate::exhibit::{Figure, Table};

pub(super) use self::line::year_label;

/// A chart with the workbook that holds its numbers.
#[derive(Debug, Clone)]
pub(super) struct NativeChart {
    pub(super) xml: String,
    pub(super) workbook: Vec<u8>,
}

/// The size of a chart in inches.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChartSize {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The values that the axis covers, for charts that share one; `None` for those of the chart alone.
    pub(super) range: Option<[f64; 2]>,
    /// Whether it is one of several charts whose lines are named above all of them.
    pub(super) is_small: bool,
}

impl ChartSize {
    /// A name on lines that are short enough to stand beside a plot of this size.
    fn label_lines(self, name: &str, is_bold: bool) -> Vec<String> {
        fitted_lines(name, LABEL_TEXT, is_bold, (self.width * 0.27).clamp(1.5, 2.9), 3)
    }
}

/// A chart before it is written.
struct DrawnChart {
    xml: XmlNode,
    sheet: ChartSheet,
}

/// A figure as a native chart; `None` for a table, and for panels, which are charts of their own.
///
/// # Errors
/// Those of the embedded workbook.
pub(super) fn native_chart(
    figure: &Figure,
    table: &Table,
    size: ChartSize,
    palette: &Palette,
) -> Result<Option<NativeChart>, Box<dyn Error + Send + Sync>> {
    let drawn = match figure {
        Figure::Line(figure) => line::chart(figure, size, palette),
        Figure::Bars(figure) => bars::chart(figure, size, palette),
        Figure::Stacked(figure) => stacked::chart(figure, size, palette),
        Figure::Slope(figure) => slope::chart(figure, size, palette),
        Figure::Dots(figure) => dots::chart(figure, size, palette),
        Figure::Heat(_) | Figure::Panels(_) => return Ok(None),
    };
    let workbook = drawn.sheet.workbook(table)?;
    Ok(Some(NativeChart { xml: drawn.xml.document(), workbook }))
}
