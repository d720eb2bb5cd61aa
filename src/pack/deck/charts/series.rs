//! The series of a chart. The order of elements is that of the schema (ECMA-376, part 1, 21.2).

use super::elements::{DataLabel, axis_ids, data_labels, no_line};
use super::sheet::ChartSheet;
use crate::pack::deck::text_box::{hatching, outline, solid_fill};
use crate::pack::deck::xml::XmlNode;

/// How a line is drawn.
#[derive(Debug, Clone)]
pub(super) struct LineStyle {
    pub(super) color: String,
    /// In points; 0 for no line.
    pub(super) width: f64,
    /// The preset dash (`sysDash`); `None` for a solid line.
    pub(super) dash: Option<&'static str>,
    /// Size of the dots on its values, in points; 0 for none.
    pub(super) dots: u32,
}

/// A line of a chart.
#[derive(Debug, Clone)]
pub(super) struct LineTrace {
    /// Its column in the sheet.
    pub(super) column: usize,
    pub(super) style: LineStyle,
    pub(super) labels: Vec<DataLabel>,
    /// How far down from each point a thin dotted line goes: the mark of a break.
    pub(super) drop: Option<f64>,
}

impl LineTrace {
    fn node(&self, sheet: &ChartSheet, order: usize) -> XmlNode {
        let dots = self.isolated(sheet).into_iter().map(|point| dotted_point(point, &self.style));
        series_start(sheet, self.column, order)
            .add(XmlNode::new("c:spPr").add(self.style.node()))
            .add(marker(self.style.dots, &self.style.color))
            .add_all(dots)
            .add_all(data_labels(&self.labels, None))
            .add_all(self.drop.map(|length| drop_line(length, &self.style.color)))
            .add(sheet.categories_node())
            .add(sheet.values_node(self.column))
            .add(XmlNode::value("c:smooth", 0))
    }

    /// The points without neighbors, which would not be seen without a dot.
    fn isolated(&self, sheet: &ChartSheet) -> Vec<usize> {
        if self.style.dots > 0 || self.style.width == 0.0 {
            return Vec::new();
        }
        let values = sheet.values(self.column);
        let is_known = |at: Option<usize>| at.and_then(|at| values.get(at)).is_some_and(Option::is_some);
        (0..values.len())
            .filter(|at| is_known(Some(*at)) && !is_known(at.checked_sub(1)) && !is_known(Some(at + 1)))
            .collect()
    }
}

impl LineStyle {
    fn node(&self) -> XmlNode {
        if self.width == 0.0 {
            return no_line();
        }
        let line = outline(&self.color, self.width).with("cap", "rnd");
        line.add_all(self.dash.map(|dash| XmlNode::value("a:prstDash", dash))).add(XmlNode::new("a:round"))
    }
}

fn marker(size: u32, color: &str) -> XmlNode {
    let marker = XmlNode::new("c:marker");
    if size == 0 {
        return marker.add(XmlNode::value("c:symbol", "none"));
    }
    marker
        .add(XmlNode::value("c:symbol", "circle"))
        .add(XmlNode::value("c:size", size))
        .add(XmlNode::new("c:spPr").add(solid_fill(color)).add(no_line()))
}

fn dotted_point(point: usize, style: &LineStyle) -> XmlNode {
    XmlNode::new("c:dPt")
        .add(XmlNode::value("c:idx", point))
        .add(marker(7, &style.color))
        .add(XmlNode::value("c:bubble3D", 0))
}

fn drop_line(length: f64, color: &str) -> XmlNode {
    let dots = outline(color, 1.25).add(XmlNode::value("a:prstDash", "sysDot"));
    XmlNode::new("c:errBars")
        .add(XmlNode::value("c:errDir", "y"))
        .add(XmlNode::value("c:errBarType", "minus"))
        .add(XmlNode::value("c:errValType", "fixedVal"))
        .add(XmlNode::value("c:noEndCap", 1))
        .add(XmlNode::value("c:val", length))
        .add(XmlNode::new("c:spPr").add(dots))
}

/// What all series begin with.
fn series_start(sheet: &ChartSheet, column: usize, order: usize) -> XmlNode {
    XmlNode::new("c:ser")
        .add(XmlNode::value("c:idx", column))
        .add(XmlNode::value("c:order", order))
        .add(sheet.name_node(column))
}

/// A group of lines. The first is drawn last, on top of the others.
pub(super) fn line_group(sheet: &ChartSheet, lines: &[LineTrace]) -> Option<XmlNode> {
    let on_top = lines.iter().rev().enumerate();
    let group = XmlNode::new("c:lineChart")
        .add(XmlNode::value("c:grouping", "standard"))
        .add(XmlNode::value("c:varyColors", 0))
        .add_all(on_top.map(|(order, line)| line.node(sheet, sheet.columns() + order)))
        .add(XmlNode::value("c:marker", 1))
        .add_all(axis_ids());
    (!lines.is_empty()).then_some(group)
}

/// A filled series: bars, or the area of a band.
#[derive(Debug, Clone)]
pub(super) struct FilledTrace {
    /// Its column in the sheet.
    pub(super) column: usize,
    /// `None` for a series that only lifts the one on top of it.
    pub(super) fill: Option<String>,
    /// The color of its edge.
    pub(super) edge: Option<String>,
    /// Points with a look of their own.
    pub(super) points: Vec<PointFill>,
    /// The labels, already as an element.
    pub(super) labels: Option<XmlNode>,
}

/// A point with a look of its own.
#[derive(Debug, Clone)]
pub(super) struct PointFill {
    pub(super) point: usize,
    pub(super) color: String,
    /// Whether it is hatched and has an edge.
    pub(super) is_hatched: bool,
}

impl FilledTrace {
    pub(super) fn new(column: usize, fill: Option<&str>) -> Self {
        Self { column, fill: fill.map(str::to_owned), edge: None, points: Vec::new(), labels: None }
    }

    fn shape(&self) -> XmlNode {
        let fill = self.fill.as_deref().map_or_else(|| XmlNode::new("a:noFill"), solid_fill);
        let edge = self.edge.as_deref().map_or_else(no_line, |color| outline(color, 1.0));
        XmlNode::new("c:spPr").add(fill).add(edge)
    }

    fn bar(&self, sheet: &ChartSheet) -> XmlNode {
        series_start(sheet, self.column, self.column)
            .add(self.shape())
            .add(XmlNode::value("c:invertIfNegative", 0))
            .add_all(self.points.iter().map(PointFill::node))
            .add_all(self.labels.clone())
            .add(sheet.categories_node())
            .add(sheet.values_node(self.column))
    }

    fn area(&self, sheet: &ChartSheet) -> XmlNode {
        series_start(sheet, self.column, self.column)
            .add(self.shape())
            .add(sheet.categories_node())
            .add(sheet.values_node(self.column))
    }
}

impl PointFill {
    fn node(&self) -> XmlNode {
        XmlNode::new("c:dPt")
            .add(XmlNode::value("c:idx", self.point))
            .add(XmlNode::value("c:invertIfNegative", 0))
            .add(XmlNode::value("c:bubble3D", 0))
            .add(self.shape())
    }

    fn shape(&self) -> XmlNode {
        let shape = XmlNode::new("c:spPr");
        if self.is_hatched {
            return shape.add(hatching(&self.color)).add(outline(&self.color, 1.0));
        }
        shape.add(solid_fill(&self.color)).add(no_line())
    }
}

/// How bars stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct BarStand {
    /// Whether they lie, from left to right.
    pub(super) is_level: bool,
    /// Whether those of a category are stacked.
    pub(super) is_stacked: bool,
    /// The gap between categories, in percent of a bar's width.
    pub(super) gap: u32,
}

/// A group of bars.
pub(super) fn bar_group(sheet: &ChartSheet, bars: &[FilledTrace], stand: BarStand) -> XmlNode {
    XmlNode::new("c:barChart")
        .add(XmlNode::value("c:barDir", if stand.is_level { "bar" } else { "col" }))
        .add(XmlNode::value("c:grouping", if stand.is_stacked { "stacked" } else { "clustered" }))
        .add(XmlNode::value("c:varyColors", 0))
        .add_all(bars.iter().map(|bar| bar.bar(sheet)))
        .add(XmlNode::value("c:gapWidth", stand.gap))
        .add(XmlNode::value("c:overlap", if stand.is_stacked { 100 } else { 0 }))
        .add_all(axis_ids())
}

/// A group of stacked areas.
pub(super) fn area_group(sheet: &ChartSheet, areas: &[FilledTrace]) -> XmlNode {
    XmlNode::new("c:areaChart")
        .add(XmlNode::value("c:grouping", "stacked"))
        .add(XmlNode::value("c:varyColors", 0))
        .add_all(areas.iter().map(|area| area.area(sheet)))
        .add_all(axis_ids())
}
