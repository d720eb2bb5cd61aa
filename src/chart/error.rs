//! Why a chart cannot be drawn.

use crate::wording;

/// Why a chart cannot be drawn. None of these depends on the user's data.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The theme is not valid.
    #[error("{}", wording::chart::bad_theme(.0))]
    Theme(String),
    /// The embedded font cannot be read.
    #[error("{}", wording::chart::FONT_UNREADABLE)]
    Font,
    /// plotters cannot draw.
    #[error("{}", wording::chart::not_drawn(.0))]
    Draw(String),
    /// The SVG cannot be turned into a PNG.
    #[error("{}", wording::chart::not_rendered(.0))]
    Raster(String),
}
