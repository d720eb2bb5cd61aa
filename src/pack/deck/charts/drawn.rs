//! What a chart is drawn for, and what comes out of it.

use super::elements::LABEL_TEXT;
use super::sheet::ChartSheet;
use crate::pack::deck::text_size::fitted_lines;
use crate::pack::deck::xml::XmlNode;

/// The size of a chart in inches.
#[derive(Debug, Clone, Copy)]
pub(in crate::pack::deck) struct ChartSize {
    pub(in crate::pack::deck) width: f64,
    pub(in crate::pack::deck) height: f64,
    /// The values that the axis covers, for charts that share one; `None` for those of the chart alone.
    pub(in crate::pack::deck) range: Option<[f64; 2]>,
    /// How far apart the values are by which labels are rounded, for charts that stand side by side; `None` for those of the chart alone.
    pub(in crate::pack::deck) label_span: Option<f64>,
    /// The least width of the names of bars, in inches, for charts side by side on one scale; `None` for that of the chart alone.
    pub(in crate::pack::deck) names: Option<f64>,
    /// Whether it is one of several charts whose lines are named above all of them.
    pub(in crate::pack::deck) is_small: bool,
}

impl ChartSize {
    /// A name on lines that are short enough to stand beside a plot of this size.
    pub(super) fn label_lines(self, name: &str, is_bold: bool) -> Vec<String> {
        fitted_lines(name, LABEL_TEXT, is_bold, (self.width * 0.27).clamp(1.5, 2.9), 3)
    }
}

/// A chart before it is written.
pub(super) struct DrawnChart {
    pub(super) xml: XmlNode,
    pub(super) sheet: ChartSheet,
}
