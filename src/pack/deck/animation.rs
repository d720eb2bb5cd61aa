//! What happens on a click: the finding appears, or a timer runs out.

use super::xml::XmlNode;
use crate::assets::AssetFolder;

/// An effect on one shape of a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The shape at this index appears.
    Appears(usize),
    /// The bar at this index is wiped away over this many minutes.
    RunsOut { shape: usize, minutes: u32 },
}

const MILLISECONDS_PER_MINUTE: u32 = 60_000;

impl Effect {
    /// The index of the shape.
    pub(super) const fn shape(self) -> usize {
        match self {
            Self::Appears(shape) | Self::RunsOut { shape, .. } => shape,
        }
    }

    /// As an element of a slide, given the id of the shape.
    pub(super) fn node(self, id: u32) -> XmlNode {
        let (template, milliseconds) = match self {
            Self::Appears(_) => ("deck/appear.xml", 0),
            Self::RunsOut { minutes, .. } => {
                ("deck/timer.xml", minutes.saturating_mul(MILLISECONDS_PER_MINUTE))
            }
        };
        let xml = AssetFolder::Templates.text(template);
        let xml = xml.trim().replace("{shape}", &id.to_string());
        let xml = xml.replace("{milliseconds}", &milliseconds.to_string());
        XmlNode::new("p:timing").template(xml)
    }
}
