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
/// How many times as large as its file a picture usually is; only saves memory from being moved.
const USUAL_COMPRESSION: usize = 32;

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
    let opaque = without_alpha(picture.data());
    let mut file = Vec::with_capacity(opaque.len() / USUAL_COMPRESSION);
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(DEFLATE));
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&opaque)?;
    Ok(file)
}

/// The red, green, and blue of each pixel.
fn without_alpha(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<4>();
    let mut opaque = vec![0; 3 * pixels.len()];
    for (color, [red, green, blue, _]) in opaque.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
        *color = [*red, *green, *blue];
    }
    opaque
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use resvg::tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Transform};

    use super::encode;

    /// An independent reader finds the same pixels in the file.
    #[test]
    fn a_picture_is_encoded_without_loss_and_without_alpha() {
        let mut picture = Pixmap::new(301, 77).unwrap();
        picture.fill(Color::WHITE);
        let mut paint = Paint::default();
        for (at, radius) in [(40.0, 30.0), (150.5, 22.25), (260.0, 37.0)] {
            paint.set_color_rgba8(at as u8, 200, radius as u8, 255);
            let circle = PathBuilder::from_circle(at, 38.0, radius).unwrap();
            picture.fill_path(&circle, &paint, FillRule::Winding, Transform::identity(), None);
        }
        let file = encode(&picture).unwrap();
        let mut reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height, info.color_type), (301, 77, png::ColorType::Rgb));
        let expected = picture.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
        assert!(expected.eq(pixels));
        assert!(picture.pixels().iter().all(|pixel| pixel.alpha() == 255));
    }
}
