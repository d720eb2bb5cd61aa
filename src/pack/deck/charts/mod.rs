//! Charts as PowerPoint's own: each a part of its own with an embedded workbook.

mod axis_span;
mod band;
mod bars;
mod dots;
mod drawn;
mod elements;
mod end_labels;
mod line;
mod number_format;
mod series;
mod sheet;
mod slope;
mod stacked;

use std::error::Error;

use super::palette::Palette;
use super::xml::XmlNode;
use crate::exhibit::{Figure, Table};

pub(super) use self::dots::widest_name;
pub(super) use self::drawn::ChartSize;

/// A chart with the workbook that holds its numbers.
#[derive(Debug, Clone)]
pub(super) struct NativeChart {
    pub(super) xml: XmlNode,
    pub(super) workbook: Vec<u8>,
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
    Ok(Some(NativeChart { xml: drawn.xml, workbook }))
}
