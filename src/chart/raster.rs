//! Renders an SVG with resvg, using only the embedded font.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::error::ChartError;
use super::text::{FAMILY, REGULAR, SEMIBOLD};
use super::theme::Theme;
use crate::wording;

/// The PNG of an SVG that this stage drew, in the theme's width.
///
/// # Errors
/// [`ChartError::Raster`] if the SVG is invalid.
pub fn rasterize(svg: &str, theme: &Theme) -> Result<Vec<u8>, ChartError> {
    let options =
        usvg::Options { fontdb: fonts(), font_family: FAMILY.to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(raster_error)?;
    let factor = theme.page.png_width as f32 / tree.size().width();
    let height = (tree.size().height() * factor).round() as u32;
    let mut picture =
        Pixmap::new(theme.page.png_width, height).ok_or_else(|| raster_error(wording::chart::NO_SIZE))?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(factor, factor), &mut picture.as_mut());
    picture.encode_png().map_err(raster_error)
}

fn raster_error(error: impl std::fmt::Display) -> ChartError {
    ChartError::Raster(error.to_string())
}

/// The embedded font, loaded once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(load_fonts))
}

fn load_fonts() -> Arc<fontdb::Database> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(SEMIBOLD.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
}
