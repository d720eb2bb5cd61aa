//! The master's layouts: where title, text, chart, finding and source stand.

use super::document::{SLIDE_NUMBER, color_map, number_paragraph, root, shape_tree};
use super::geometry::{CONTENT_WIDTH, MARGIN, SlideArea};
use super::text_box::{LayoutSlot, Paragraph, placeholder};
use super::xml::XmlNode;
use crate::wording::deck as wording;

/// The title of all slides but those that begin a part.
pub(super) const TITLE: SlideArea = SlideArea::new(MARGIN, 0.3, 11.3, 0.98);
/// The title of slides that begin a part.
const BIG_TITLE: SlideArea = SlideArea::new(0.9, 2.1, 11.5, 1.5);
/// The text below it.
pub(super) const BIG_TEXT: SlideArea = SlideArea::new(0.9, 3.8, 11.5, 2.2);
/// What is drawn, below the title of an exhibit.
pub(super) const SUBTITLE: SlideArea = SlideArea::new(MARGIN, 1.3, CONTENT_WIDTH, 0.34);
/// The chart.
pub(super) const CHART: SlideArea = SlideArea::new(MARGIN, 1.72, CONTENT_WIDTH, 3.98);
/// What the chart says.
pub(super) const FINDING: SlideArea = SlideArea::new(MARGIN, 5.78, CONTENT_WIDTH, 1.22);
/// Where the numbers come from.
pub(super) const SOURCE: SlideArea = SlideArea::new(MARGIN, 7.05, 11.5, 0.3);
/// The code of the exhibit.
pub(super) const CODE: SlideArea = SlideArea::new(11.95, 0.38, 0.88, 0.62);
/// All the text of a slide.
pub(super) const TEXT: SlideArea = SlideArea::new(MARGIN, 1.5, CONTENT_WIDTH, 5.3);
const NUMBER: SlideArea = SlideArea::new(12.13, 7.05, 0.7, 0.3);

/// The layouts of the deck, in the order of the master.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SlideLayout {
    Title,
    Section,
    Exhibit,
    TwoExhibits,
    TableWork,
    Statement,
    Appendix,
}

impl SlideLayout {
    pub(super) const ALL: [Self; 7] = [
        Self::Title,
        Self::Section,
        Self::Exhibit,
        Self::TwoExhibits,
        Self::TableWork,
        Self::Statement,
        Self::Appendix,
    ];
}

/// A place for something on a layout.
struct LayoutPlace {
    kind: &'static str,
    index: Option<u32>,
    name: &'static str,
    area: SlideArea,
    /// In points.
    size: f64,
    is_bold: bool,
    /// A color of the theme.
    color: &'static str,
    anchor: &'static str,
    alignment: &'static str,
}

impl LayoutPlace {
    const fn text(name: &'static str, slot: LayoutSlot, area: SlideArea, size: f64) -> Self {
        Self {
            kind: "body",
            index: Some(slot.index()),
            name,
            area,
            size,
            is_bold: false,
            color: "tx1",
            anchor: "t",
            alignment: "l",
        }
    }

    const fn title(area: SlideArea, size: f64) -> Self {
        let place = Self::text(wording::PLACE_TITLE, LayoutSlot::Body, area, size);
        Self { kind: "title", index: None, is_bold: true, anchor: "ctr", ..place }
    }

    const fn chart(index: u32, area: SlideArea) -> Self {
        let place = Self::text(wording::PLACE_CHART, LayoutSlot::Body, area, 18.0);
        Self { kind: "chart", index: Some(index), ..place }
    }

    const fn colored(self, color: &'static str) -> Self {
        Self { color, ..self }
    }

    fn node(&self, id: u32) -> XmlNode {
        let names = XmlNode::new("p:cNvPr").with("id", id).with("name", self.name);
        let locks = XmlNode::new("p:cNvSpPr").add(XmlNode::new("a:spLocks").with("noGrp", 1));
        let place = XmlNode::new("p:nvPr").add(placeholder(self.kind, self.index));
        XmlNode::new("p:sp")
            .add(XmlNode::new("p:nvSpPr").add(names).add(locks).add(place))
            .add(XmlNode::new("p:spPr").add(self.area.transform("a:xfrm")))
            .add(self.body())
    }

    fn body(&self) -> XmlNode {
        let color = XmlNode::new("a:solidFill").add(XmlNode::value("a:schemeClr", self.color));
        let run = XmlNode::new("a:defRPr")
            .with("sz", (self.size * 100.0) as i64)
            .with("b", u8::from(self.is_bold))
            .add(color);
        let level = XmlNode::new("a:lvl1pPr")
            .with("marL", 0)
            .with("indent", 0)
            .with("algn", self.alignment)
            .add(XmlNode::new("a:buNone"))
            .add(run);
        let properties = XmlNode::new("a:bodyPr")
            .with("lIns", 0)
            .with("tIns", 0)
            .with("rIns", 0)
            .with("bIns", 0)
            .with("anchor", self.anchor)
            .add(XmlNode::new("a:normAutofit"));
        XmlNode::new("p:txBody").add(properties).add(XmlNode::new("a:lstStyle").add(level)).add(
            if self.index == Some(SLIDE_NUMBER) { number_paragraph() } else { Paragraph::prompt(self.name) },
        )
    }
}

impl SlideLayout {
    /// The layout as a document.
    pub(super) fn node(self) -> XmlNode {
        let mut tree = shape_tree();
        for (index, place) in self.places().iter().enumerate() {
            tree = tree.add(place.node(index as u32 + 2));
        }
        tree = tree.add(number_place(self, 20));
        let content = XmlNode::new("p:cSld")
            .with("name", self.name())
            .add_all(self.has_dark_ground().then(ground))
            .add(tree);
        root("p:sldLayout")
            .with_some("type", self.kind())
            .with("preserve", 1)
            .with("userDrawn", 1)
            .add(content)
            .add(color_map())
    }

    /// Its name in PowerPoint's list.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Title => wording::LAYOUT_TITLE,
            Self::Section => wording::LAYOUT_SECTION,
            Self::Exhibit => wording::LAYOUT_EXHIBIT,
            Self::TwoExhibits => wording::LAYOUT_TWO_EXHIBITS,
            Self::TableWork => wording::LAYOUT_TABLE_WORK,
            Self::Statement => wording::LAYOUT_STATEMENT,
            Self::Appendix => wording::LAYOUT_APPENDIX,
        }
    }

    /// PowerPoint's kind of layout that comes closest.
    pub(super) const fn kind(self) -> Option<&'static str> {
        match self {
            Self::Title => Some("title"),
            Self::Section => Some("secHead"),
            _ => None,
        }
    }

    /// Whether its ground is the district's color, with white text on it.
    pub(super) const fn has_dark_ground(self) -> bool {
        matches!(self, Self::Title | Self::Section)
    }

    fn places(self) -> Vec<LayoutPlace> {
        match self {
            Self::Title => vec![
                LayoutPlace { kind: "ctrTitle", ..LayoutPlace::title(BIG_TITLE, 44.0).colored("bg1") },
                LayoutPlace::text(wording::PLACE_TEXT, LayoutSlot::Body, BIG_TEXT, 24.0).colored("bg1"),
            ],
            Self::Section => vec![
                LayoutPlace::title(BIG_TITLE, 40.0).colored("bg1"),
                LayoutPlace::text(wording::PLACE_TEXT, LayoutSlot::Body, BIG_TEXT, 28.0).colored("bg1"),
            ],
            Self::Exhibit | Self::Appendix => exhibit_places(),
            Self::TwoExhibits => two_exhibits_places(),
            Self::TableWork | Self::Statement => vec![
                LayoutPlace::title(TITLE, 32.0),
                LayoutPlace::text(wording::PLACE_TEXT, LayoutSlot::Body, TEXT, 24.0),
            ],
        }
    }
}

fn exhibit_places() -> Vec<LayoutPlace> {
    let finding = LayoutPlace::text(wording::PLACE_FINDING, LayoutSlot::Finding, FINDING, 28.0);
    let code = LayoutPlace::text(wording::PLACE_CODE, LayoutSlot::Code, CODE, 24.0);
    vec![
        LayoutPlace::title(TITLE, 32.0),
        LayoutPlace::text(wording::PLACE_TEXT, LayoutSlot::Body, SUBTITLE, 18.0).colored("tx2"),
        LayoutPlace::chart(11, CHART),
        LayoutPlace { is_bold: true, anchor: "ctr", ..finding },
        LayoutPlace {
            anchor: "ctr",
            ..LayoutPlace::text(wording::PLACE_SOURCE, LayoutSlot::Source, SOURCE, 12.0)
        },
        LayoutPlace { is_bold: true, anchor: "ctr", alignment: "ctr", ..code }.colored("accent1"),
    ]
}

/// Two charts side by side, with all else as on the slide of one.
fn two_exhibits_places() -> Vec<LayoutPlace> {
    let mut places = exhibit_places();
    let charts =
        [LayoutPlace::chart(11, CHART.column(0, 2, 0.3)), LayoutPlace::chart(16, CHART.column(1, 2, 0.3))];
    places.splice(2..3, charts);
    places
}

/// The district's color as the ground of a layout.
fn ground() -> XmlNode {
    let fill = XmlNode::new("a:solidFill").add(XmlNode::value("a:schemeClr", "accent1"));
    let properties = XmlNode::new("p:bgPr").add(fill).add(XmlNode::new("a:effectLst"));
    XmlNode::new("p:bg").add(properties)
}

fn number_place(layout: SlideLayout, id: u32) -> XmlNode {
    let color = if layout.has_dark_ground() { "bg1" } else { "tx2" };
    let place = LayoutPlace::text(wording::PLACE_NUMBER, LayoutSlot::Body, NUMBER, 12.0).colored(color);
    LayoutPlace { kind: "sldNum", index: Some(SLIDE_NUMBER), anchor: "ctr", alignment: "r", ..place }.node(id)
}
