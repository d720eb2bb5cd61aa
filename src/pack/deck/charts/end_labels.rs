//! Labels at the right ends of lines, kept apart.

use super::axis_span::AxisSpan;
use super::elements::{DataLabel, LabelLook, PlotFrame};
use crate::pack::deck::text_size::{lines_height, spread, text_width};

/// Labels this wide stand on one line with their value.
const ONE_LINE: f64 = 2.5;

/// What stands at the end of a line.
#[derive(Debug, Clone)]
pub(super) struct LineEndLabel {
    /// Index of the line in the chart.
    pub(super) line: usize,
    /// Index of the point.
    pub(super) point: usize,
    pub(super) value: f64,
    /// The name of the line, with line breaks.
    pub(super) name: String,
    /// Whether the name is shown.
    pub(super) shows_name: bool,
    /// Its value as text; `None` if only the name is shown.
    pub(super) value_text: Option<String>,
    pub(super) look: LabelLook,
}

/// A label with the line that it belongs to.
pub(super) struct PlacedLabel {
    pub(super) line: usize,
    pub(super) label: DataLabel,
}

impl LineEndLabel {
    fn is_on_one_line(&self) -> bool {
        let value = self.value_text.as_deref().unwrap_or_default();
        let whole = text_width(&format!("{} {value}", self.name), self.look.size, self.look.is_bold);
        !self.name.contains('\n') && whole <= ONE_LINE
    }

    fn separator(&self) -> &'static str {
        if self.is_on_one_line() { " " } else { "\n" }
    }

    fn lines(&self) -> Vec<String> {
        let value = self.value_text.as_deref().unwrap_or_default();
        let name = if self.shows_name { self.name.as_str() } else { "" };
        let text = format!("{name}{}{value}", self.separator());
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn width(&self) -> f64 {
        let widths =
            self.lines().into_iter().map(|line| text_width(&line, self.look.size, self.look.is_bold));
        widths.fold(0.0, f64::max)
    }

    fn height(&self) -> f64 {
        lines_height(self.lines().len(), self.look.size) + 0.04
    }
}

/// A label right of its point, above or below the line that goes on from there, in a chart of this height in inches.
pub(super) fn beside_point(label: &LineEndLabel, is_above: bool, chart_height: f64) -> DataLabel {
    let away = label.height() / 2.0 / chart_height;
    DataLabel {
        offset: Some([0.0, if is_above { -away } else { away }]),
        shows_value: label.value_text.is_some(),
        shows_name: label.shows_name,
        separator: label.separator(),
        ..DataLabel::of_value(label.point, "r", &label.look)
    }
}

/// The width of the widest label, in inches.
pub(super) fn labels_width(labels: &[LineEndLabel]) -> f64 {
    labels.iter().map(LineEndLabel::width).fold(0.0, f64::max)
}

/// The labels, moved up or down so that none overlaps another, and to the right edge of the plot where a line ends before it.
/// `points` is the number of categories.
pub(super) fn place(
    labels: &[LineEndLabel],
    frame: &PlotFrame,
    span: &AxisSpan,
    points: usize,
) -> Vec<PlacedLabel> {
    let wanted: Vec<f64> = labels.iter().map(|label| frame.y(span, label.value)).collect();
    let heights: Vec<f64> = labels.iter().map(LineEndLabel::height).collect();
    let placed = spread(&wanted, &heights, 0.0, frame.height - frame.bottom + 0.06);
    let moved = wanted.iter().zip(placed).map(|(wanted, placed)| placed - wanted);
    labels.iter().zip(moved).map(|(label, moved)| placed_label(label, moved, frame, points)).collect()
}

/// `moved` is how far down the label is moved.
fn placed_label(label: &LineEndLabel, moved: f64, frame: &PlotFrame, points: usize) -> PlacedLabel {
    let before_last = points.saturating_sub(label.point + 1) as f64;
    let right = before_last * frame.plot_width() / points.max(1) as f64;
    let offset = (moved.abs() > 0.02 || right > 0.0).then(|| [right / frame.width, moved / frame.height]);
    let label_at_end = DataLabel {
        offset,
        shows_value: label.value_text.is_some(),
        shows_name: label.shows_name,
        separator: label.separator(),
        ..DataLabel::of_value(label.point, "r", &label.look)
    };
    PlacedLabel { line: label.line, label: label_at_end }
}
