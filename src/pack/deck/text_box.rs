//! Text on a slide.

use super::geometry::SlideArea;
use super::palette::WHITE;
use super::xml::XmlNode;

/// The language of all texts of the deck.
pub(super) const LANGUAGE: &str = "en-US";

/// A piece of text of one look.
#[derive(Debug, Clone)]
pub(super) struct StyledText {
    text: String,
    /// In points.
    size: f64,
    is_bold: bool,
    /// Six hexadecimal digits; `None` for the color of the layout.
    color: Option<String>,
}

impl StyledText {
    pub(super) fn new(text: impl Into<String>, size: f64) -> Self {
        Self { text: text.into(), size, is_bold: false, color: None }
    }

    pub(super) fn bold(mut self) -> Self {
        self.is_bold = true;
        self
    }

    pub(super) fn colored(mut self, color: &str) -> Self {
        self.color = Some(color.to_owned());
        self
    }

    pub(super) fn node(&self) -> XmlNode {
        let properties = run_properties("a:rPr", self.size, self.is_bold, self.color.as_deref());
        XmlNode::new("a:r").add(properties.with("lang", LANGUAGE)).add(XmlNode::holding("a:t", &self.text))
    }
}

/// The look of text: size in points, weight, color.
pub(super) fn run_properties(name: &'static str, size: f64, is_bold: bool, color: Option<&str>) -> XmlNode {
    let size = (size * 100.0).round() as i64;
    XmlNode::new(name).with("sz", size).with("b", u8::from(is_bold)).add_all(color.map(solid_fill))
}

/// A fill of one color.
pub(super) fn solid_fill(color: &str) -> XmlNode {
    XmlNode::new("a:solidFill").add(XmlNode::value("a:srgbClr", color))
}

/// Lines of a color on white.
pub(super) fn hatching(color: &str) -> XmlNode {
    let lines = XmlNode::new("a:fgClr").add(XmlNode::value("a:srgbClr", color));
    let ground = XmlNode::new("a:bgClr").add(XmlNode::value("a:srgbClr", WHITE));
    XmlNode::new("a:pattFill").with("prst", "wdUpDiag").add(lines).add(ground)
}

/// Where the lines of a paragraph begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextAlignment {
    Left,
    Center,
    Right,
}

impl TextAlignment {
    const fn id(self) -> &'static str {
        match self {
            Self::Left => "l",
            Self::Center => "ctr",
            Self::Right => "r",
        }
    }
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    runs: Vec<StyledText>,
    has_bullet: bool,
    alignment: TextAlignment,
    /// The space above it, in points.
    space: f64,
}

impl Paragraph {
    pub(super) const fn of(runs: Vec<StyledText>) -> Self {
        Self { runs, has_bullet: false, alignment: TextAlignment::Left, space: 0.0 }
    }

    pub(super) fn plain(text: impl Into<String>, size: f64) -> Self {
        Self::of(vec![StyledText::new(text, size)])
    }

    pub(super) fn bullet(text: impl Into<String>, size: f64) -> Self {
        Self { has_bullet: true, space: size * 0.4, ..Self::plain(text, size) }
    }

    pub(super) fn aligned(mut self, alignment: TextAlignment) -> Self {
        self.alignment = alignment;
        self
    }

    pub(super) fn spaced(mut self, points: f64) -> Self {
        self.space = points;
        self
    }

    /// The text of an empty place of a layout.
    pub(super) fn prompt(text: &str) -> XmlNode {
        let properties = XmlNode::new("a:rPr").with("lang", LANGUAGE);
        let run = XmlNode::new("a:r").add(properties).add(XmlNode::holding("a:t", text));
        XmlNode::new("a:p").add(run)
    }

    pub(super) fn node(&self) -> XmlNode {
        XmlNode::new("a:p").add(self.properties()).add_all(self.runs.iter().map(StyledText::node))
    }

    fn properties(&self) -> XmlNode {
        let indent = if self.has_bullet { 285_750 } else { 0 };
        let properties = XmlNode::new("a:pPr")
            .with("marL", indent)
            .with("indent", -indent)
            .with("algn", self.alignment.id());
        let space = XmlNode::value("a:spcPts", (self.space * 100.0).round() as i64);
        let properties = properties.add(XmlNode::new("a:spcBef").add(space));
        if self.has_bullet {
            let font = XmlNode::new("a:buFont").with("typeface", "Arial");
            properties.add(font).add(XmlNode::new("a:buChar").with("char", "•"))
        } else {
            properties.add(XmlNode::new("a:buNone"))
        }
    }
}

/// A place of a layout that a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LayoutSlot {
    /// The text below the title, or all of a slide's text.
    Body,
    /// What the chart says.
    Finding,
    /// Where the numbers come from.
    Source,
    /// The code of the exhibit.
    Code,
}

impl LayoutSlot {
    /// The number by which a slide's text finds its place in the layout.
    pub(super) const fn index(self) -> u32 {
        match self {
            Self::Body => 10,
            Self::Finding => 12,
            Self::Source => 13,
            Self::Code => 14,
        }
    }
}

/// The place that a text takes in the layout of its slide.
pub(super) enum TextPlace {
    /// None: it stands for itself.
    Free,
    /// A place of our layouts.
    Ours(LayoutSlot),
    /// A place of another layout, by its mark; it stands where the layout says.
    Theirs(XmlNode),
}

/// A text with its place on the slide.
#[derive(Debug, Clone)]
pub(super) struct TextBox {
    pub(super) name: String,
    pub(super) area: SlideArea,
    /// The place of the layout that it takes; `None` for a text of its own.
    pub(super) slot: Option<LayoutSlot>,
    paragraphs: Vec<Paragraph>,
    anchor: &'static str,
    fill: Option<String>,
    outline: Option<String>,
    /// What it shows, for a box without words.
    alt: Option<String>,
}

impl TextBox {
    pub(super) fn new(name: impl Into<String>, area: SlideArea, paragraphs: Vec<Paragraph>) -> Self {
        Self {
            name: name.into(),
            area,
            slot: None,
            paragraphs,
            anchor: "t",
            fill: None,
            outline: None,
            alt: None,
        }
    }

    pub(super) fn in_slot(mut self, slot: LayoutSlot) -> Self {
        self.slot = Some(slot);
        self
    }

    pub(super) fn middle(mut self) -> Self {
        self.anchor = "ctr";
        self
    }

    pub(super) fn filled(mut self, color: &str) -> Self {
        self.fill = Some(color.to_owned());
        self
    }

    pub(super) fn outlined(mut self, color: &str) -> Self {
        self.outline = Some(color.to_owned());
        self
    }

    pub(super) fn described(mut self, alt: impl Into<String>) -> Self {
        self.alt = Some(alt.into());
        self
    }

    /// As a shape of a slide.
    pub(super) fn node(&self, id: u32, place: TextPlace) -> XmlNode {
        let names = XmlNode::new("p:cNvPr").with("id", id).with("name", &self.name);
        let names = names.with_some("descr", self.alt.as_ref());
        let is_free = matches!(place, TextPlace::Free);
        let kind = XmlNode::new("p:cNvSpPr").with_some("txBox", is_free.then_some(1));
        let (mark, properties) = match place {
            TextPlace::Free => (None, self.shape_properties()),
            TextPlace::Ours(slot) => (Some(placeholder("body", Some(slot.index()))), self.shape_properties()),
            TextPlace::Theirs(mark) => (Some(mark), XmlNode::new("p:spPr")),
        };
        let mark = XmlNode::new("p:nvPr").add_all(mark);
        XmlNode::new("p:sp")
            .add(XmlNode::new("p:nvSpPr").add(names).add(kind).add(mark))
            .add(properties)
            .add(self.body())
    }

    fn shape_properties(&self) -> XmlNode {
        let geometry = XmlNode::new("a:prstGeom").with("prst", "rect").add(XmlNode::new("a:avLst"));
        let fill = self.fill.as_deref().map_or_else(|| XmlNode::new("a:noFill"), solid_fill);
        let line = self.outline.as_deref().map(|color| outline(color, 1.5));
        XmlNode::new("p:spPr").add(self.area.transform("a:xfrm")).add(geometry).add(fill).add_all(line)
    }

    fn body(&self) -> XmlNode {
        let inset = if self.fill.is_some() || self.outline.is_some() { 91_440 } else { 0 };
        let properties = XmlNode::new("a:bodyPr")
            .with("wrap", "square")
            .with("lIns", inset)
            .with("tIns", inset / 2)
            .with("rIns", inset)
            .with("bIns", inset / 2)
            .with("anchor", self.anchor)
            .add(XmlNode::new("a:normAutofit"));
        let empty = self.paragraphs.is_empty().then(|| XmlNode::new("a:p"));
        XmlNode::new("p:txBody")
            .add(properties)
            .add(XmlNode::new("a:lstStyle"))
            .add_all(self.paragraphs.iter().map(Paragraph::node))
            .add_all(empty)
    }
}

/// A line of a color, this many points wide.
pub(super) fn outline(color: &str, points: f64) -> XmlNode {
    XmlNode::new("a:ln").with("w", (points * 12_700.0).round() as i64).add(solid_fill(color))
}

/// The mark by which a shape takes a place of its layout.
pub(super) fn placeholder(kind: &'static str, index: Option<u32>) -> XmlNode {
    XmlNode::new("p:ph").with("type", kind).with_some("idx", index)
}
