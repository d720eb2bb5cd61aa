//! What is made of a drawn SVG with resvg, using only the embedded font: the SVG with its text as outlines, and the PNG.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::canvas::with_description;
use super::error::ChartError;
use super::text::{FAMILY, REGULAR, SEMIBOLD};
use super::theme::Theme;
use crate::exhibit::Exhibit;
use crate::wording;

/// Digits after the point in the outlines. The drawing is eight times as large as the page, so whole numbers are fine enough.
const PRECISION: u8 = 0;
/// How hard the PNG is compressed, from 1 to 9. Flat colors gain little from more.
const DEFLATE: u8 = 3;

/// An SVG that this stage drew, parsed.
pub(super) struct ParsedSvg(usvg::Tree);

impl ParsedSvg {
    /// # Errors
    /// [`ChartError::Raster`] if the SVG is invalid.
    pub(super) fn new(svg: &str) -> Result<Self, ChartError> {
        let options =
            usvg::Options { fontdb: fonts(), font_family: FAMILY.to_owned(), ..usvg::Options::default() };
        usvg::Tree::from_str(svg, &options).map(Self).map_err(raster_error)
    }

    /// The SVG with its text as outlines: programs for slides and texts, and browsers without the font, show it as it was laid
    /// out, with nothing cut. They ignore a font inside the file.
    pub(super) fn outlined(&self, exhibit: &Exhibit) -> String {
        let options = usvg::WriteOptions {
            coordinates_precision: PRECISION,
            indent: usvg::Indent::None,
            ..usvg::WriteOptions::default()
        };
        with_description(&self.0.to_string(&options), exhibit)
    }

    /// The PNG in the theme's width: opaque, so that it has no alpha channel.
    ///
    /// # Errors
    /// [`ChartError::Raster`] if it has no size.
    pub(super) fn png(&self, theme: &Theme) -> Result<Vec<u8>, ChartError> {
        let size = self.0.size();
        let factor = theme.page.png_width as f32 / size.width();
        let height = (size.height() * factor).round() as u32;
        let mut picture =
            Pixmap::new(theme.page.png_width, height).ok_or_else(|| raster_error(wording::chart::NO_SIZE))?;
        picture.fill(Color::WHITE);
        resvg::render(&self.0, Transform::from_scale(factor, factor), &mut picture.as_mut());
        encode(&picture).map_err(raster_error)
    }
}

/// The PNG of an SVG that this stage drew, in the theme's width.
///
/// # Errors
/// [`ChartError::Raster`] if the SVG is invalid.
pub fn rasterize(svg: &str, theme: &Theme) -> Result<Vec<u8>, ChartError> {
    ParsedSvg::new(svg)?.png(theme)
}

fn encode(picture: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut opaque = Vec::with_capacity(picture.data().len() / 4 * 3);
    for pixel in picture.data().chunks_exact(4) {
        opaque.extend_from_slice(&pixel[..3]);
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(DEFLATE));
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&opaque)?;
    Ok(file)
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
