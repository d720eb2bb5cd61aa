//! One slide: its layout, title, shapes, what happens on a click, and its notes.

use super::animation::Effect;
use super::charts::NativeChart;
use super::deck_table::DeckTable;
use super::document::{SLIDE_NUMBER, color_map, number_paragraph, root, shape_tree};
use super::geometry::SlideArea;
use super::layouts::{SlideLayout, TITLE};
use super::notes::SpeakerNotes;
use super::template_layouts::TemplateLayout;
use super::text_box::{LANGUAGE, TextBox, TextPlace, placeholder};
use super::text_size::{fitting_size, wrapped};
use super::xml::XmlNode;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// The sizes that a title may take, in points.
const TITLE_SIZES: [f64; 3] = [32.0, 28.0, 24.0];

/// A slide.
#[derive(Debug, Clone)]
pub(super) struct Slide {
    pub(super) layout: SlideLayout,
    /// No other slide of the deck has the same.
    pub(super) title: String,
    /// What stands on it, in the order in which it is read.
    pub(super) shapes: Vec<SlideShape>,
    pub(super) effect: Option<Effect>,
    pub(super) notes: SpeakerNotes,
    /// Id of the exhibit that it shows.
    pub(super) exhibit: Option<String>,
}

/// What stands on a slide.
#[derive(Debug, Clone)]
pub(super) enum SlideShape {
    Text(TextBox),
    Table(DeckTable),
    Chart(ChartFrame),
}

/// A chart with its place.
#[derive(Debug, Clone)]
pub(super) struct ChartFrame {
    /// By this name the chart is found again.
    pub(super) name: String,
    /// What it shows, for readers who cannot see it.
    pub(super) alt: String,
    pub(super) area: SlideArea,
    pub(super) chart: NativeChart,
}

/// The relationships of a slide's charts and of its tags.
pub(super) struct SlideLinks<'a> {
    /// Of each chart, in order.
    pub(super) charts: &'a [String],
    /// Of the exhibit's id.
    pub(super) tags: Option<&'a str>,
    /// The layout, if it is that of a district's own template.
    pub(super) template: Option<&'a TemplateLayout>,
}

/// The ids that PowerPoint gives to the first shapes of a slide.
const TITLE_ID: u32 = 2;
const FIRST_ID: u32 = 3;

impl Slide {
    /// The id of the shape at an index.
    const fn shape_id(index: usize) -> u32 {
        FIRST_ID + index as u32
    }

    pub(super) fn charts(&self) -> impl Iterator<Item = &ChartFrame> {
        self.shapes.iter().filter_map(|shape| match shape {
            SlideShape::Chart(chart) => Some(chart),
            _ => None,
        })
    }

    /// The slide as a document.
    pub(super) fn node(&self, links: &SlideLinks<'_>) -> XmlNode {
        let mut charts = links.charts.iter();
        let mut tree = shape_tree().add(self.title_node(links.template.is_some()));
        for (index, shape) in self.shapes.iter().enumerate() {
            let id = Self::shape_id(index);
            tree = tree.add(match shape {
                SlideShape::Text(text) => text.node(id, self.place(text, links)),
                SlideShape::Table(table) => frame(id, &table.name, &table.alt, table.area, table.graphic()),
                SlideShape::Chart(chart) => chart_frame(id, chart, charts.next()),
            });
        }
        let number = links.template.map_or(Some(SLIDE_NUMBER), |layout| layout.number);
        tree = tree.add_all(number.map(|number| slide_number(Self::shape_id(self.shapes.len()), number)));
        let tags =
            links.tags.map(|id| XmlNode::new("p:custDataLst").add(XmlNode::new("p:tags").with("r:id", id)));
        let content = XmlNode::new("p:cSld").add(tree).add_all(tags);
        let timing = self.effect.map(|effect| effect.node(Self::shape_id(effect.shape())));
        root("p:sld").add(content).add(color_map()).add_all(timing)
    }

    /// The place of a text in the slide's layout.
    fn place(&self, text: &TextBox, links: &SlideLinks<'_>) -> TextPlace {
        let Some(slot) = text.slot else { return TextPlace::Free };
        let Some(layout) = links.template else { return TextPlace::Ours(slot) };
        match &layout.body {
            Some(place) if self.layout.has_dark_ground() => {
                let kind = (!place.kind.is_empty()).then_some(place.kind.as_str());
                let mark = XmlNode::new("p:ph").with_some("type", kind).with_some("idx", place.index);
                TextPlace::Theirs(mark)
            }
            _ => TextPlace::Free,
        }
    }

    /// The title. On slides with content of a district's own layout, it stands where ours does, so that nothing overlaps.
    fn title_node(&self, is_of_template: bool) -> XmlNode {
        let kind = if self.layout == SlideLayout::Title { "ctrTitle" } else { "title" };
        let names = XmlNode::new("p:cNvPr").with("id", TITLE_ID).with("name", "Title");
        let locks = XmlNode::new("p:cNvSpPr").add(XmlNode::new("a:spLocks").with("noGrp", 1));
        let place = XmlNode::new("p:nvPr").add(placeholder(kind, None));
        let size = self
            .title_size()
            .or((is_of_template && !self.layout.has_dark_ground()).then_some(TITLE_SIZES[0]));
        let properties =
            XmlNode::new("a:rPr").with("lang", LANGUAGE).with_some("sz", size.map(|size| size as i64 * 100));
        let run = XmlNode::new("a:r").add(properties).add(XmlNode::holding("a:t", &self.title));
        let body = XmlNode::new("p:txBody")
            .add(XmlNode::new("a:bodyPr").add(XmlNode::new("a:normAutofit")))
            .add(XmlNode::new("a:lstStyle"))
            .add(XmlNode::new("a:p").add(run));
        let area = (is_of_template && !self.layout.has_dark_ground()).then(|| TITLE.transform("a:xfrm"));
        XmlNode::new("p:sp")
            .add(XmlNode::new("p:nvSpPr").add(names).add(locks).add(place))
            .add(XmlNode::new("p:spPr").add_all(area))
            .add(body)
    }

    /// The size of the title, if that of the layout is too large for it.
    fn title_size(&self) -> Option<f64> {
        let (width, height) = match self.layout {
            SlideLayout::Title | SlideLayout::Section => {
                return (wrapped(&self.title, 40.0, true, 11.5).len() > 2).then_some(28.0);
            }
            _ => (TITLE.width, TITLE.height),
        };
        let size = fitting_size(&self.title, &TITLE_SIZES, true, width, height);
        (size < TITLE_SIZES[0]).then_some(size)
    }
}

fn chart_frame(id: u32, chart: &ChartFrame, relationship: Option<&String>) -> XmlNode {
    let reference = XmlNode::new("c:chart").with("xmlns:c", CHART).with_some("r:id", relationship);
    let graphic = XmlNode::new("a:graphicData").with("uri", CHART).add(reference);
    frame(id, &chart.name, &chart.alt, chart.area, graphic)
}

/// A frame that holds a chart or a table.
fn frame(id: u32, name: &str, alt: &str, area: SlideArea, graphic: XmlNode) -> XmlNode {
    let names = XmlNode::new("p:cNvPr").with("id", id).with("name", name).with("descr", alt);
    let locks = XmlNode::new("a:graphicFrameLocks").with("noGrp", 1);
    let properties = XmlNode::new("p:nvGraphicFramePr")
        .add(names)
        .add(XmlNode::new("p:cNvGraphicFramePr").add(locks))
        .add(XmlNode::new("p:nvPr"));
    XmlNode::new("p:graphicFrame")
        .add(properties)
        .add(area.transform("p:xfrm"))
        .add(XmlNode::new("a:graphic").add(graphic))
}

/// The slide's number, in its place of the layout.
fn slide_number(id: u32, index: u32) -> XmlNode {
    let names = XmlNode::new("p:cNvPr").with("id", id).with("name", "Slide number");
    let locks = XmlNode::new("p:cNvSpPr").add(XmlNode::new("a:spLocks").with("noGrp", 1));
    let place = placeholder("sldNum", Some(index)).with("sz", "quarter");
    let body = XmlNode::new("p:txBody")
        .add(XmlNode::new("a:bodyPr"))
        .add(XmlNode::new("a:lstStyle"))
        .add(number_paragraph());
    XmlNode::new("p:sp")
        .add(XmlNode::new("p:nvSpPr").add(names).add(locks).add(XmlNode::new("p:nvPr").add(place)))
        .add(XmlNode::new("p:spPr"))
        .add(body)
}
