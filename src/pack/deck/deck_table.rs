//! Tables on a slide, as PowerPoint's own tables: no merged cells, the first row marked as the header.

use super::geometry::{SlideArea, emu};
use super::text_box::{Paragraph, StyledText, TextAlignment, solid_fill};
use super::xml::XmlNode;

const TABLE: &str = "http://schemas.openxmlformats.org/drawingml/2006/table";
/// PowerPoint's built-in style without lines and fills.
const PLAIN_STYLE: &str = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}";
/// The margins left and right of the text in a cell, in inches.
pub(super) const CELL_MARGINS: f64 = 0.16;

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct TableCell {
    text: String,
    is_bold: bool,
    alignment: TextAlignment,
    fill: Option<String>,
}

impl TableCell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_bold: false, alignment: TextAlignment::Left, fill: None }
    }

    pub(super) fn bold(mut self) -> Self {
        self.is_bold = true;
        self
    }

    pub(super) fn centered(mut self) -> Self {
        self.alignment = TextAlignment::Center;
        self
    }

    pub(super) fn filled(mut self, fill: &str) -> Self {
        self.fill = Some(fill.to_owned());
        self
    }

    fn node(&self, look: &TableLook) -> XmlNode {
        let mut run = StyledText::new(&self.text, look.size);
        run = if self.is_bold { run.bold() } else { run };
        run = run.colored(&look.color);
        let paragraph = Paragraph::of(vec![run]).aligned(self.alignment).node();
        let body = XmlNode::new("a:txBody")
            .add(XmlNode::new("a:bodyPr"))
            .add(XmlNode::new("a:lstStyle"))
            .add(paragraph);
        let properties = XmlNode::new("a:tcPr")
            .with("marL", 64_008)
            .with("marR", 64_008)
            .with("marT", 0)
            .with("marB", 0)
            .with("anchor", "ctr")
            .add(XmlNode::new("a:lnB").with("w", 9_525).add(solid_fill(&look.line)))
            .add(self.fill.as_deref().map_or_else(|| XmlNode::new("a:noFill"), solid_fill));
        XmlNode::new("a:tc").add(body).add(properties)
    }
}

/// How a table looks.
#[derive(Debug, Clone)]
pub(super) struct TableLook {
    /// Size of the text in points.
    pub(super) size: f64,
    /// Color of the text.
    pub(super) color: String,
    /// Color of the lines between rows.
    pub(super) line: String,
}

/// A table with its place on the slide. The first row is the header.
#[derive(Debug, Clone)]
pub(super) struct DeckTable {
    pub(super) name: String,
    /// What it shows, for readers who cannot see it.
    pub(super) alt: String,
    pub(super) area: SlideArea,
    /// Widths of the columns, in parts of the whole.
    pub(super) widths: Vec<f64>,
    /// Heights of the rows, in parts of the whole; rows beyond are as high as the last one.
    pub(super) heights: Vec<f64>,
    pub(super) rows: Vec<Vec<TableCell>>,
    pub(super) look: TableLook,
}

impl DeckTable {
    /// What a graphic frame of a slide holds.
    pub(super) fn graphic(&self) -> XmlNode {
        let properties =
            XmlNode::new("a:tblPr").with("firstRow", 1).add(XmlNode::holding("a:tableStyleId", PLAIN_STYLE));
        let total: f64 = self.widths.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let columns = self.widths.iter().map(|width| self.area.width * width / total);
        let grid = XmlNode::new("a:tblGrid")
            .add_all(columns.map(|width| XmlNode::new("a:gridCol").with("w", emu(width))));
        let heights = self.row_heights();
        let table = XmlNode::new("a:tbl")
            .add(properties)
            .add(grid)
            .add_all(self.rows.iter().zip(heights).map(|(row, height)| self.row(row, emu(height))));
        XmlNode::new("a:graphicData").with("uri", TABLE).add(table)
    }

    /// The height of each row in inches.
    fn row_heights(&self) -> Vec<f64> {
        let last = self.heights.last().copied().unwrap_or(1.0);
        let parts = (0..self.rows.len()).map(|row| self.heights.get(row).copied().unwrap_or(last));
        let total: f64 = parts.clone().sum::<f64>().max(f64::MIN_POSITIVE);
        parts.map(|part| self.area.height * part / total).collect()
    }

    fn row(&self, cells: &[TableCell], height: i64) -> XmlNode {
        let cells = cells.iter().map(|cell| cell.node(&self.look));
        XmlNode::new("a:tr").with("h", height).add_all(cells)
    }
}
