//! What is to be drawn, in pixels of the page, and its way through plotters into SVG.
//!
//! plotters rounds to whole pixels, so everything is drawn eight times as large and shown at its size by the
//! root's `width` and `height`.

use plotters::prelude::{
    Circle, DrawingArea, FontStyle, IntoDrawingArea, IntoFont, PathElement, Polygon, RGBColor, Rectangle,
    SVGBackend, ShapeStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, TextStyle};

use super::ChartError;
use super::text::{FAMILY, Ruler};
use super::theme::{Color, Theme};
use crate::exhibit::Exhibit;

/// Characters of a line of text. No page has room for as many, and laying out a line takes time that grows with its
/// square.
const LONGEST_LINE: usize = 500;

const SCALE: f64 = 8.0;
/// plotters writes a font size divided by this.
const FONT_FACTOR: f64 = 1.24;
/// Half the height of a lower-case x, in ems: plotters' vertical centre is that far above the baseline.
const HALF_EX: f64 = 0.25;

/// Where a text's point lies on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) color: Color,
}

enum Shape {
    Line { points: Vec<(f64, f64)>, color: Color, width: f64 },
    Polygon { points: Vec<(f64, f64)>, color: Color },
    Rect { from: (f64, f64), to: (f64, f64), color: Color },
    Circle { at: (f64, f64), radius: f64, color: Color },
    Text { at: (f64, f64), anchor: Anchor, face: Face, text: String },
}

/// A page to draw on.
pub(super) struct Canvas<'a> {
    pub(super) theme: &'a Theme,
    pub(super) ruler: Ruler,
    pub(super) height: f64,
    shapes: Vec<Shape>,
}

/// A rectangle of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(theme: &'a Theme) -> Result<Self, ChartError> {
        Ok(Self { theme, ruler: Ruler::new()?, height: 0.0, shapes: Vec::new() })
    }

    pub(super) fn line(&mut self, points: Vec<(f64, f64)>, color: Color, width: f64) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line { points, color, width });
        }
    }

    /// A line of dashes, each `dash` long with a gap of `gap`.
    pub(super) fn dashed(
        &mut self,
        points: &[(f64, f64)],
        color: Color,
        width: f64,
        (dash, gap): (f64, f64),
    ) {
        let mut walked = 0.0;
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = (x1 - x0).hypot(y1 - y0);
            let at = |d: f64| (x0 + (x1 - x0) * d / length, y0 + (y1 - y0) * d / length);
            let period = dash + gap;
            let mut start = -(walked % period);
            while start < length && length > 0.0 {
                let (from, to) = (start.max(0.0), (start + dash).min(length));
                if to > from {
                    self.line(vec![at(from), at(to)], color, width);
                }
                start += period;
            }
            walked += length;
        }
    }

    pub(super) fn polygon(&mut self, points: Vec<(f64, f64)>, color: Color) {
        if points.len() > 2 {
            self.shapes.push(Shape::Polygon { points, color });
        }
    }

    pub(super) fn rect(&mut self, from: (f64, f64), to: (f64, f64), color: Color) {
        self.shapes.push(Shape::Rect { from, to, color });
    }

    pub(super) fn circle(&mut self, at: (f64, f64), radius: f64, color: Color) {
        self.shapes.push(Shape::Circle { at, radius, color });
    }

    /// A text whose baseline is at `at`.
    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, face: Face, text: &str) {
        if !text.trim().is_empty() {
            let mut text = text.to_owned();
            if let Some((end, _)) = text.char_indices().nth(LONGEST_LINE) {
                text.truncate(end);
                text.push('…');
            }
            self.shapes.push(Shape::Text { at, anchor, face, text });
        }
    }

    pub(super) fn width(&self, text: &str, face: Face) -> f64 {
        self.ruler.width(text, face.size, face.bold)
    }

    pub(super) fn face(&self, size: f64, color: Color) -> Face {
        Face { size, bold: false, color }
    }

    pub(super) fn label(&self, color: Color) -> Face {
        self.face(self.theme.text.label, color)
    }

    pub(super) fn axis_face(&self) -> Face {
        self.face(self.theme.text.axis, self.theme.colors.quiet)
    }

    /// The boxes of all texts: left, top, right, bottom, and the text.
    #[cfg(test)]
    pub(super) fn text_boxes(&self) -> Vec<(Area, &str)> {
        let boxed = |shape: &'_ Shape| match shape {
            Shape::Text { at: (x, y), anchor, face, text } => {
                let width = self.width(text, *face);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                let (top, bottom) = (y - 0.7 * face.size, y + 0.2 * face.size);
                Some(Area { left, top, right: left + width, bottom })
            }
            _ => None,
        };
        let texts = self.shapes.iter().filter_map(|s| match s {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        self.shapes.iter().filter_map(boxed).zip(texts).collect()
    }

    /// The page as SVG, with the exhibit's headline and alt text as title and description.
    pub(super) fn svg(&self, exhibit: &Exhibit, theme: &Theme) -> Result<String, ChartError> {
        let (width, height) = (theme.page.width, self.height.ceil());
        let mut svg = String::new();
        {
            let size = ((width * SCALE) as u32, (height * SCALE) as u32);
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&rgb(theme.colors.background)).map_err(draw_error)?;
            self.shapes.iter().try_for_each(|shape| draw_shape(&root, shape))?;
            root.present().map_err(draw_error)?;
        }
        Ok(finished(&svg, exhibit, width, height))
    }
}

fn draw_error<E: std::error::Error>(error: E) -> ChartError {
    ChartError::Draw(error.to_string())
}

const fn rgb(color: Color) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}

fn scaled((x, y): (f64, f64)) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}

fn draw_shape(
    root: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    shape: &Shape,
) -> Result<(), ChartError> {
    match shape {
        Shape::Line { points, color, width } => {
            let style: ShapeStyle = rgb(*color).stroke_width((width * SCALE).round() as u32);
            root.draw(&PathElement::new(points.iter().copied().map(scaled).collect::<Vec<_>>(), style))
        }
        Shape::Polygon { points, color } => root.draw(&Polygon::new(
            points.iter().copied().map(scaled).collect::<Vec<_>>(),
            rgb(*color).filled(),
        )),
        Shape::Rect { from, to, color } => {
            root.draw(&Rectangle::new([scaled(*from), scaled(*to)], rgb(*color).filled()))
        }
        Shape::Circle { at, radius, color } => {
            root.draw(&Circle::new(scaled(*at), (radius * SCALE).round() as i32, rgb(*color).filled()))
        }
        Shape::Text { at: (x, y), anchor, face, text } => {
            let style = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
            let font = (FAMILY, face.size * FONT_FACTOR * SCALE).into_font().style(style);
            let h = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let color = rgb(face.color);
            let style = TextStyle { font, color: color.to_backend_color(), pos: Pos::new(h, VPos::Center) };
            root.draw_text(text, &style, scaled((*x, y - HALF_EX * face.size)))
        }
    }
    .map_err(draw_error)
}

/// Sizes the root, gives it a role, title and description, and the font a fallback.
fn finished(svg: &str, exhibit: &Exhibit, width: f64, height: f64) -> String {
    let id = &exhibit.id;
    let open = svg.find("<svg").unwrap_or(0);
    let end = svg[open..].find('>').map_or(svg.len(), |i| open + i + 1);
    let root = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">{}</title>\n\
         <desc id=\"{id}-desc\">{}</desc>",
        (width * SCALE) as u32,
        (height * SCALE) as u32,
        escaped(&exhibit.headline),
        escaped(&exhibit.alt)
    );
    let body = svg[end..].replace(
        &format!("font-family=\"{FAMILY}\""),
        &format!("font-family=\"'{FAMILY}', 'Source Sans Pro', sans-serif\""),
    );
    format!("{root}{body}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
