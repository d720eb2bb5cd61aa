//! What each kind of chart shows, as data.

use crate::domain::{SchoolYear, Unit};

/// A chart, independent of any output format.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// Lines over years.
    Line(Line),
    /// Dots on one axis.
    Dots(Dots),
    /// Two years joined by lines.
    Slope(SlopeChart),
    /// Parts of a whole by year.
    Stacked(Stacked),
    /// Bars.
    Bars(Bars),
    /// Shaded cells.
    Heat(Heat),
    /// Several small charts side by side.
    Panels(Vec<Panel>),
}

impl Figure {
    /// The line charts that it consists of: itself, or some of its panels.
    #[must_use]
    pub fn lines(&self) -> Vec<&Line> {
        match self {
            Self::Line(line) => vec![line],
            Self::Panels(panels) => panels.iter().flat_map(|panel| panel.figure.lines()).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether people can predict it before they see it: a line chart with a value of the district.
    #[must_use]
    pub fn can_be_predicted(&self) -> bool {
        let Self::Line(line) = self else { return false };
        let own = line.series.iter().find(|series| series.role == LineRole::District);
        own.is_some_and(|own| own.values.iter().any(Option::is_some))
    }
}

/// One of several small charts. Each has its own axis, unless [`Dots::range`] gives them one.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What it shows (`English learners`).
    pub title: String,
    /// The chart: lines or dots, never panels again.
    pub figure: Figure,
    /// The chart in words.
    pub alt: String,
}

/// Lines over the school years, with a band for the middle half of the peers.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Unit of the vertical axis.
    pub unit: Unit,
    /// School years, by their end, ascending and without gaps; years without data are included.
    pub years: Vec<i32>,
    /// The lines; the district's first.
    pub series: Vec<LineSeries>,
    /// The middle half of the peers, or the uncertainty of a projection.
    pub band: Option<Band>,
    /// The least span of the vertical axis, in the unit: a change too small to matter does not fill the chart.
    pub least_span: f64,
    /// Years at which a new definition or test begins, with the reason; no line crosses them.
    pub breaks: Vec<(i32, String)>,
}

impl Line {
    /// Whether one of its lines has this role.
    #[must_use]
    pub fn has(&self, role: LineRole) -> bool {
        self.series.iter().any(|series| series.role == role)
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSeries {
    /// Direct label at its end.
    pub label: String,
    /// How it is drawn.
    pub role: LineRole,
    /// A value for each of the figure's years; `None` leaves a gap.
    pub values: Vec<Option<f64>>,
}

/// The role of a line in the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRole {
    /// The chosen district: the strongest line.
    District,
    /// The median of its peers.
    PeerMedian,
    /// The median of the state.
    State,
    /// The chosen district's amounts as published, beside a line in constant dollars: a thin line.
    Published,
    /// One of several parts (a student group, a grade); colored in order.
    Part,
    /// The chosen district's line carried forward.
    Projected,
    /// What the district wants to reach: the same value in every year.
    Target,
}

/// The middle half of the peers: a low and a high value for each of the figure's years.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Direct label.
    pub label: String,
    /// Quartiles, `None` where fewer than 5 peers have a value.
    pub values: Vec<Option<(f64, f64)>>,
}

/// The district among its peers on one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots {
    /// Unit of the axis.
    pub unit: Unit,
    /// Rows from the top, sorted by value.
    pub rows: Vec<DotRow>,
    /// The peers' median, drawn as a line, with its label.
    pub median: Option<(String, f64)>,
    /// The lowest and the highest value of all charts beside it that show the same measure, itself among them, so that one value has
    /// one place in all of them; `None` if it stands alone.
    pub range: Option<[f64; 2]>,
}

/// One dot.
#[derive(Debug, Clone, PartialEq)]
pub struct DotRow {
    /// District name.
    pub label: String,
    /// Value.
    pub value: f64,
    /// Whether it is the chosen district.
    pub chosen: bool,
}

/// Two years joined by lines.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeChart {
    /// Unit of the axis.
    pub unit: Unit,
    /// Heading of the left end (`2019-20`).
    pub from: String,
    /// Heading of the right end.
    pub to: String,
    /// The lines.
    pub rows: Vec<SlopeRow>,
}

/// One line of a slope chart.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeRow {
    /// Label.
    pub label: String,
    /// Left value.
    pub from: f64,
    /// Right value.
    pub to: f64,
    /// Whether it is drawn strongly (all students).
    pub strong: bool,
}

/// Parts of a whole, stacked, one column per year.
#[derive(Debug, Clone, PartialEq)]
pub struct Stacked {
    /// Unit; percents add up to 100.
    pub unit: Unit,
    /// Column headings (`2019-20`), ascending.
    pub columns: Vec<String>,
    /// The parts, from the bottom.
    pub parts: Vec<StackPart>,
    /// For money: the year whose dollars the amounts are in; `None` if they are as published.
    pub dollars_of: Option<SchoolYear>,
}

/// One part of the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct StackPart {
    /// Label.
    pub label: String,
    /// A value for each column; `None` where masked or missing.
    pub values: Vec<Option<f64>>,
}

/// Bars, each with a value for comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Unit of the axis.
    pub unit: Unit,
    /// Bars from the top, or from the left.
    pub rows: Vec<BarRow>,
    /// The meaning of the bars (`Beeville ISD`).
    pub own: String,
    /// The meaning of the value for comparison (`Peer median`); `None` if no row has one.
    pub mark: Option<String>,
    /// How they stand.
    pub layout: BarLayout,
}

/// How bars stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarLayout {
    /// Horizontal; the value for comparison is a mark across the bar.
    #[default]
    Rows,
    /// Horizontal, two to a row: the value for comparison is a bar of its own.
    Pairs,
    /// Upright, for what has an order (grades); the value for comparison is a mark across the bar.
    Columns,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    /// Label.
    pub label: String,
    /// Value; `None` if masked or missing, in which case `absent` says why.
    pub value: Option<f64>,
    /// Why there is no value.
    pub absent: Option<String>,
    /// The value for comparison.
    pub mark: Option<f64>,
    /// Whether it is about so few people that nothing is concluded from it: it is hatched.
    pub is_of_few: bool,
}

/// A table of shaded cells: measures by years.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Column headings (`2019-20`).
    pub columns: Vec<String>,
    /// Whether the columns are years. Without enough room, the earliest are left out, which no other columns are.
    pub of_years: bool,
    /// Rows from the top.
    pub rows: Vec<HeatRow>,
    /// What the two ends of the shading mean (`worst among peers`, `best among peers`); empty if no cell is shaded.
    pub ends: (String, String),
}

/// One row of a heat map.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// Label.
    pub label: String,
    /// A cell for each column; `None` where there is no value.
    pub cells: Vec<Option<HeatCell>>,
}

/// One shaded cell.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// Text in the cell.
    pub text: String,
    /// Shade from −1 (unfavorable) through 0 (like the peers) to 1 (favorable); `None` is drawn unshaded.
    pub shade: Option<f64>,
}

impl HeatCell {
    /// A shade that is at least this strong has a mark as well as a color, in every format.
    pub const MARKED: f64 = 0.25;
}
