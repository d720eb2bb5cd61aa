//! Where shapes stand on a slide, in inches.

use super::xml::XmlNode;

/// English metric units, the unit of length of Office files, to the inch.
const EMU_PER_INCH: f64 = 914_400.0;
/// Points to the inch.
pub(super) const POINTS_PER_INCH: f64 = 72.0;

/// Size of a slide, in inches.
pub(super) const SLIDE_WIDTH: f64 = 40.0 / 3.0;
pub(super) const SLIDE_HEIGHT: f64 = 7.5;
/// The margin left and right of everything on a slide.
pub(super) const MARGIN: f64 = 0.5;
/// The width between the margins.
pub(super) const CONTENT_WIDTH: f64 = SLIDE_WIDTH - 2.0 * MARGIN;

/// A length in English metric units.
pub(super) fn emu(inches: f64) -> i64 {
    (inches * EMU_PER_INCH).round() as i64
}

/// A rectangle on a slide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SlideArea {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl SlideArea {
    pub(super) const fn new(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, width, height }
    }

    /// The `index`-th of `count` columns with a gap between them.
    pub(super) fn column(self, index: usize, count: usize, gap: f64) -> Self {
        let count = count.max(1) as f64;
        let width = (self.width - gap * (count - 1.0)) / count;
        Self { left: self.left + index as f64 * (width + gap), width, ..self }
    }

    pub(super) fn bottom(self) -> f64 {
        self.top + self.height
    }

    /// As a transform: `a:xfrm` of shapes, `p:xfrm` of graphic frames.
    pub(super) fn transform(self, name: &'static str) -> XmlNode {
        let offset = XmlNode::new("a:off").with("x", emu(self.left)).with("y", emu(self.top));
        let extent = XmlNode::new("a:ext").with("cx", emu(self.width)).with("cy", emu(self.height));
        XmlNode::new(name).add(offset).add(extent)
    }
}
