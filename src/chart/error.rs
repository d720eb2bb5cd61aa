//! Why a chart cannot be drawn.

/// Why a chart cannot be drawn. None of these depends on the user's data.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The theme is not valid.
    #[error("charts/theme.toml: {0}")]
    Theme(String),
    /// The embedded font cannot be read.
    #[error("the embedded font cannot be read")]
    Font,
    /// plotters cannot draw.
    #[error("a chart cannot be drawn: {0}")]
    Draw(String),
    /// The SVG cannot be turned into a PNG.
    #[error("a chart cannot be made a picture: {0}")]
    Raster(String),
}
