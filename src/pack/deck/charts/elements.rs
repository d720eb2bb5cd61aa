//! The elements that all charts share: the chart's frame, its axes, text and data labels. The order of elements is that of the
//! schema (ECMA-376, part 1, 21.2), which PowerPoint insists on.

use super::axis_span::AxisSpan;
use crate::pack::deck::palette::Palette;
use crate::pack::deck::text_box::{LANGUAGE, outline, run_properties};
use crate::pack::deck::xml::XmlNode;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const CHART_2012: &str = "http://schemas.microsoft.com/office/drawing/2012/chart";
const LABELS_EXTENSION: &str = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}";

/// Size of the text on axes, in points.
pub(super) const AXIS_TEXT: f64 = 16.0;
/// Size of labels on lines and bars, in points.
pub(super) const LABEL_TEXT: f64 = 18.0;

/// The ids of the two axes of each chart.
const CATEGORY_AXIS: u32 = 111_111_111;
const VALUE_AXIS: u32 = 222_222_222;

/// The frame of a chart in inches, and the space around its plot.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlotFrame {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl PlotFrame {
    pub(super) fn plot_width(&self) -> f64 {
        (self.width - self.left - self.right).max(0.2)
    }

    pub(super) fn plot_height(&self) -> f64 {
        (self.height - self.top - self.bottom).max(0.2)
    }

    /// The distance from the top of the frame of a value on an upright axis.
    pub(super) fn y(&self, span: &AxisSpan, value: f64) -> f64 {
        self.top + (1.0 - span.share(value)) * self.plot_height()
    }

    fn layout(&self) -> XmlNode {
        let layout = XmlNode::new("c:manualLayout")
            .add(XmlNode::value("c:layoutTarget", "inner"))
            .add(XmlNode::value("c:xMode", "edge"))
            .add(XmlNode::value("c:yMode", "edge"))
            .add(XmlNode::value("c:x", fraction(self.left / self.width)))
            .add(XmlNode::value("c:y", fraction(self.top / self.height)))
            .add(XmlNode::value("c:w", fraction(self.plot_width() / self.width)))
            .add(XmlNode::value("c:h", fraction(self.plot_height() / self.height)));
        XmlNode::new("c:layout").add(layout)
    }
}

fn fraction(value: f64) -> String {
    format!("{value:.5}")
}

/// The whole chart. `drawn` are its groups of series, `axes` its axes.
pub(super) fn chart_space(
    frame: &PlotFrame,
    drawn: impl IntoIterator<Item = XmlNode>,
    axes: [XmlNode; 2],
    legend: Option<XmlNode>,
) -> XmlNode {
    let plot = XmlNode::new("c:plotArea").add(frame.layout()).add_all(drawn).add_all(axes);
    let chart = XmlNode::new("c:chart")
        .add(XmlNode::value("c:autoTitleDeleted", 1))
        .add(plot)
        .add_all(legend)
        .add(XmlNode::value("c:plotVisOnly", 1))
        .add(XmlNode::value("c:dispBlanksAs", "gap"));
    let workbook = XmlNode::new("c:externalData").with("r:id", "rId1").add(XmlNode::value("c:autoUpdate", 0));
    XmlNode::new("c:chartSpace")
        .with("xmlns:c", CHART)
        .with("xmlns:a", MAIN)
        .with("xmlns:r", RELATIONSHIP)
        .add(XmlNode::value("c:date1904", 0))
        .add(XmlNode::value("c:lang", LANGUAGE))
        .add(XmlNode::value("c:roundedCorners", 0))
        .add(chart)
        .add(XmlNode::new("c:spPr").add(XmlNode::new("a:noFill")).add(no_line()))
        .add(text_properties(AXIS_TEXT, false, None, TextFlow::Wrapped))
        .add(workbook)
}

pub(super) fn no_line() -> XmlNode {
    XmlNode::new("a:ln").add(XmlNode::new("a:noFill"))
}

/// How text flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextFlow {
    /// On as many lines as it needs.
    Wrapped,
    /// On the lines that it has.
    Unbroken,
    /// As the program sees fit.
    Automatic,
}

impl TextFlow {
    fn node(self) -> XmlNode {
        let wrap = match self {
            Self::Wrapped => "square",
            Self::Unbroken => "none",
            Self::Automatic => return XmlNode::new("a:bodyPr"),
        };
        XmlNode::new("a:bodyPr").with("rot", 0).with("vert", "horz").with("wrap", wrap)
    }
}

/// The look of a chart's text.
pub(super) fn text_properties(size: f64, is_bold: bool, color: Option<&str>, flow: TextFlow) -> XmlNode {
    let look = XmlNode::new("a:pPr").add(run_properties("a:defRPr", size, is_bold, color));
    let paragraph = XmlNode::new("a:p").add(look).add(XmlNode::new("a:endParaRPr").with("lang", LANGUAGE));
    XmlNode::new("c:txPr").add(flow.node()).add(XmlNode::new("a:lstStyle")).add(paragraph)
}

/// The references of a group of series to its axes.
pub(super) fn axis_ids() -> [XmlNode; 2] {
    [XmlNode::value("c:axId", CATEGORY_AXIS), XmlNode::value("c:axId", VALUE_AXIS)]
}

/// The axis of the categories.
#[derive(Debug, Clone, Copy)]
pub(super) struct CategoryAxis {
    /// Whether the categories are below each other, the first at the top.
    pub(super) is_upright: bool,
    /// Every how manyth category has a label.
    pub(super) every: usize,
}

impl CategoryAxis {
    pub(super) fn node(self, palette: &Palette) -> XmlNode {
        let flow = if self.every > 1 { TextFlow::Automatic } else { TextFlow::Wrapped };
        let orientation = if self.is_upright { "maxMin" } else { "minMax" };
        let line = XmlNode::new("c:spPr").add(outline(&palette.axis, 1.0));
        XmlNode::new("c:catAx")
            .add(XmlNode::value("c:axId", CATEGORY_AXIS))
            .add(XmlNode::new("c:scaling").add(XmlNode::value("c:orientation", orientation)))
            .add(XmlNode::value("c:delete", 0))
            .add(XmlNode::value("c:axPos", if self.is_upright { "l" } else { "b" }))
            .add(XmlNode::new("c:numFmt").with("formatCode", "General").with("sourceLinked", 0))
            .add(XmlNode::value("c:majorTickMark", "none"))
            .add(XmlNode::value("c:minorTickMark", "none"))
            .add(XmlNode::value("c:tickLblPos", "low"))
            .add(line)
            .add(text_properties(AXIS_TEXT, false, Some(&palette.ink), flow))
            .add(XmlNode::value("c:crossAx", VALUE_AXIS))
            .add(XmlNode::value("c:crosses", "autoZero"))
            .add(XmlNode::value("c:auto", 0))
            .add(XmlNode::value("c:lblAlgn", "ctr"))
            .add(XmlNode::value("c:lblOffset", 60))
            .add_all((self.every > 1).then(|| XmlNode::value("c:tickLblSkip", self.every)))
            .add(XmlNode::value("c:noMultiLvlLbl", 1))
    }
}

/// The axis of the values.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValueAxis<'a> {
    pub(super) span: AxisSpan,
    /// Number format of its ticks.
    pub(super) format: &'a str,
    /// Whether it lies below the plot.
    pub(super) is_level: bool,
    /// Whether its values are shown, with lines through the plot.
    pub(super) is_shown: bool,
}

impl ValueAxis<'_> {
    pub(super) fn node(self, palette: &Palette) -> XmlNode {
        let scaling = XmlNode::new("c:scaling")
            .add(XmlNode::value("c:orientation", "minMax"))
            .add(XmlNode::value("c:max", self.span.high))
            .add(XmlNode::value("c:min", self.span.low));
        let grid = XmlNode::new("c:spPr").add(outline(&palette.grid, 0.75));
        let grid = XmlNode::new("c:majorGridlines").add(grid);
        XmlNode::new("c:valAx")
            .add(XmlNode::value("c:axId", VALUE_AXIS))
            .add(scaling)
            .add(XmlNode::value("c:delete", u8::from(!self.is_shown)))
            .add(XmlNode::value("c:axPos", if self.is_level { "t" } else { "l" }))
            .add_all(self.is_shown.then_some(grid))
            .add(XmlNode::new("c:numFmt").with("formatCode", self.format).with("sourceLinked", 0))
            .add(XmlNode::value("c:majorTickMark", "none"))
            .add(XmlNode::value("c:minorTickMark", "none"))
            .add(XmlNode::value("c:tickLblPos", "nextTo"))
            .add(XmlNode::new("c:spPr").add(no_line()))
            .add(text_properties(AXIS_TEXT, false, Some(&palette.quiet), TextFlow::Wrapped))
            .add(XmlNode::value("c:crossAx", CATEGORY_AXIS))
            .add(XmlNode::value("c:crosses", "min"))
            .add(XmlNode::value("c:crossBetween", "between"))
            .add(XmlNode::value("c:majorUnit", self.span.step))
    }
}

/// A legend above or right of the plot.
pub(super) fn legend(position: &str, palette: &Palette) -> XmlNode {
    XmlNode::new("c:legend")
        .add(XmlNode::value("c:legendPos", position))
        .add(XmlNode::value("c:overlay", 0))
        .add(text_properties(AXIS_TEXT, false, Some(&palette.ink), TextFlow::Wrapped))
}

/// The label of one point.
#[derive(Debug, Clone)]
pub(super) struct DataLabel {
    /// Index of the point.
    pub(super) point: usize,
    /// Where it stands: `r`, `l`, `t`, `b`, `ctr`; `None` for the usual place.
    pub(super) position: Option<&'static str>,
    /// How far it is moved from there, as parts of the chart's width and height.
    pub(super) offset: Option<[f64; 2]>,
    pub(super) shows_value: bool,
    pub(super) shows_name: bool,
    /// What stands between name and value.
    pub(super) separator: &'static str,
    pub(super) look: LabelLook,
}

/// How labels look.
#[derive(Debug, Clone)]
pub(super) struct LabelLook {
    pub(super) size: f64,
    pub(super) is_bold: bool,
    pub(super) color: String,
    /// Number format.
    pub(super) format: String,
}

impl DataLabel {
    /// The value at the usual place.
    pub(super) fn of_value(point: usize, position: &'static str, look: &LabelLook) -> Self {
        Self {
            point,
            position: Some(position),
            offset: None,
            shows_value: true,
            shows_name: false,
            separator: " ",
            look: look.clone(),
        }
    }

    fn node(&self) -> XmlNode {
        let offset = self.offset.map(|[x, y]| {
            let layout = XmlNode::new("c:manualLayout").add(XmlNode::value("c:x", fraction(x)));
            XmlNode::new("c:layout").add(layout.add(XmlNode::value("c:y", fraction(y))))
        });
        XmlNode::new("c:dLbl")
            .add(XmlNode::value("c:idx", self.point))
            .add_all(offset)
            .add_all(self.look.nodes())
            .add_all(self.position.map(|position| XmlNode::value("c:dLblPos", position)))
            .add_all(label_flags(self.shows_value, self.shows_name))
            .add(XmlNode::holding("c:separator", self.separator))
    }
}

impl LabelLook {
    fn nodes(&self) -> [XmlNode; 3] {
        [
            XmlNode::new("c:numFmt").with("formatCode", &self.format).with("sourceLinked", 0),
            XmlNode::new("c:spPr").add(XmlNode::new("a:noFill")).add(no_line()),
            text_properties(self.size, self.is_bold, Some(&self.color), TextFlow::Unbroken),
        ]
    }
}

fn label_flags(shows_value: bool, shows_name: bool) -> [XmlNode; 6] {
    [
        ("c:showLegendKey", false),
        ("c:showVal", shows_value),
        ("c:showCatName", false),
        ("c:showSerName", shows_name),
        ("c:showPercent", false),
        ("c:showBubbleSize", false),
    ]
    .map(|(name, is_shown)| XmlNode::value(name, u8::from(is_shown)))
}

/// The labels of a series: `own` for single points, and the value of every other point in the look of `all`. `None` without
/// labels.
pub(super) fn data_labels(
    own: &[DataLabel],
    all: Option<(&LabelLook, Option<&'static str>)>,
) -> Option<XmlNode> {
    if own.is_empty() && all.is_none() {
        return None;
    }
    let labels = XmlNode::new("c:dLbls").add_all(own.iter().map(DataLabel::node));
    let labels = match all {
        Some((look, position)) => {
            let position = position.map(|position| XmlNode::value("c:dLblPos", position));
            labels.add_all(look.nodes()).add_all(position).add_all(label_flags(true, false))
        }
        None => labels.add_all(label_flags(false, false)),
    };
    Some(labels.add(without_leader_lines()))
}

/// Labels that are moved have no line to their point: their color says what they belong to.
fn without_leader_lines() -> XmlNode {
    let lines = XmlNode::value("c15:showLeaderLines", 0).with("xmlns:c15", CHART_2012);
    let extension = XmlNode::new("c:ext").with("uri", LABELS_EXTENSION).add(lines);
    XmlNode::new("c:extLst").add(extension)
}

/// The space between labels. Programs break labels that stand closer together.
const BETWEEN_LABELS: f64 = 0.3;

/// Every how manyth of these labels fits, each with this much room; the last one is shown if it can be.
pub(super) fn label_interval(widest: f64, room: f64, count: usize) -> usize {
    let least = ((widest + BETWEEN_LABELS) / room.max(0.01)).ceil().max(1.0) as usize;
    let ends_at_last = |every: &usize| (count.max(2) - 1).is_multiple_of(*every);
    (least..=least + 2).find(ends_at_last).unwrap_or(least)
}

#[cfg(test)]
mod tests {
    use super::label_interval;

    #[test]
    fn labels_that_would_nearly_touch_are_left_out() {
        assert_eq!(label_interval(0.75, 0.9, 11), 2);
        assert_eq!(label_interval(0.75, 1.1, 11), 1);
    }
}
