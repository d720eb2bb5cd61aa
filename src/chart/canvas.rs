//! The shapes of a page, in pixels, and how plotters writes them as SVG.
//!
//! plotters rounds to whole pixels, so everything is drawn eight times as large and scaled down by the root's
//! `width` and `height`.

use plotters::prelude::{
    Circle, DrawingArea, FontStyle, IntoDrawingArea, IntoFont, PathElement, Polygon, RGBColor, Rectangle,
    SVGBackend, ShapeStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, TextStyle};

use super::error::ChartError;
use super::text::{FAMILY, Ruler};
use super::theme::{Color, Theme};
use crate::exhibit::Exhibit;

/// The maximum number of characters in a line of text. No page has room for that many, and laying out a line
/// takes time quadratic in its length.
const LONGEST_LINE: usize = 500;

const SCALE: f64 = 8.0;
/// plotters writes a font size divided by this.
const FONT_FACTOR: f64 = 1.24;
/// Half the height of a lower-case x, in ems: the distance of plotters' vertical center above the baseline.
const HALF_EX: f64 = 0.25;

/// Which point of a text is placed at its position.
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

impl Face {
    /// The baseline of a text whose middle is at this height.
    pub(super) fn baseline(self, center: f64) -> f64 {
        center + self.size * 0.33
    }
}

/// The pattern of a dashed line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dashes {
    /// The length of a dash.
    pub(super) dash: f64,
    /// The length of the gap after it.
    pub(super) gap: f64,
}

enum Shape {
    Line { points: Vec<(f64, f64)>, color: Color, width: f64 },
    Polygon { points: Vec<(f64, f64)>, color: Color },
    Rect { from: (f64, f64), to: (f64, f64), color: Color },
    Circle { at: (f64, f64), radius: f64, color: Color },
    Text { at: (f64, f64), anchor: Anchor, face: Face, text: String },
}

impl Dashes {
    /// The start and end of each dash on a straight line of this length, if the pattern began `walked` before
    /// it.
    fn along(self, length: f64, walked: f64) -> Vec<[f64; 2]> {
        let period = self.dash + self.gap;
        let mut dashes = Vec::new();
        let mut start = -(walked % period);
        while start < length && length > 0.0 {
            let (from, to) = (start.max(0.0), (start + self.dash).min(length));
            if to > from {
                dashes.push([from, to]);
            }
            start += period;
        }
        dashes
    }
}

/// A page to draw on.
pub(super) struct Canvas<'a> {
    pub(super) theme: &'a Theme,
    pub(super) ruler: Ruler,
    pub(super) height: f64,
    shapes: Vec<Shape>,
}

/// The start and end of a line along one axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineSpan {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// A rectangle of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn center_x(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }

    pub(super) fn center_y(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
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

    pub(super) fn vertical_line(&mut self, x: f64, span: LineSpan, color: Color, width: f64) {
        self.line(vec![(x, span.from), (x, span.to)], color, width);
    }

    pub(super) fn horizontal_line(&mut self, y: f64, span: LineSpan, color: Color, width: f64) {
        self.line(vec![(span.from, y), (span.to, y)], color, width);
    }

    /// A dashed line whose dashes continue around its corners.
    pub(super) fn dashed(&mut self, points: &[(f64, f64)], color: Color, width: f64, dashes: Dashes) {
        let mut walked = 0.0;
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = (x1 - x0).hypot(y1 - y0);
            for dash in dashes.along(length, walked) {
                let [from, to] = dash.map(|d| (x0 + (x1 - x0) * d / length, y0 + (y1 - y0) * d / length));
                self.line(vec![from, to], color, width);
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

    /// A text with its baseline at `at`.
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

    /// A text centered at `x`, or as close to it as fits inside `area`.
    pub(super) fn text_within(&mut self, area: Area, x: f64, baseline: f64, face: Face, text: &str) {
        let half = self.width(text, face) / 2.0;
        let center = x.clamp(area.left + half, area.right - half);
        self.text((center, baseline), Anchor::Middle, face, text);
    }

    /// The lines of a text whose middle is at the height of `at`, `line_height` apart.
    pub(super) fn text_lines(
        &mut self,
        at: (f64, f64),
        anchor: Anchor,
        face: Face,
        lines: &[String],
        line_height: f64,
    ) {
        let first = face.baseline(at.1) - line_height * (lines.len() as f64 - 1.0) / 2.0;
        for (index, line) in lines.iter().enumerate() {
            self.text((at.0, first + index as f64 * line_height), anchor, face, line);
        }
    }

    pub(super) fn width(&self, text: &str, face: Face) -> f64 {
        self.ruler.width(text, face.size, face.bold)
    }

    /// The width of the widest of the texts; 0 where there are none.
    pub(super) fn widest<'t>(&self, texts: impl IntoIterator<Item = &'t String>, face: Face) -> f64 {
        texts.into_iter().map(|text| self.width(text, face)).fold(0.0, f64::max)
    }

    pub(super) fn face(&self, size: f64, color: Color) -> Face {
        Face { size, bold: false, color }
    }

    pub(super) fn label(&self, color: Color) -> Face {
        self.face(self.theme.text.label, color)
    }

    /// How labels look by default.
    pub(super) fn ink(&self) -> Face {
        self.label(self.theme.colors.ink)
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

    /// The page as SVG, with the exhibit's finding and alt text as title and description.
    pub(super) fn svg(&self, exhibit: &Exhibit, theme: &Theme) -> Result<String, ChartError> {
        Ok(with_metadata(&self.elements(theme)?, exhibit, theme.page.width, self.height.ceil()))
    }

    /// The `viewBox` of the page.
    pub(super) fn view_box(&self, theme: &Theme) -> String {
        view_box(theme.page.width, self.height.ceil())
    }

    /// What the page shows as SVG, from the end of the root's first tag on.
    pub(super) fn elements(&self, theme: &Theme) -> Result<String, ChartError> {
        let (width, height) = (theme.page.width, self.height.ceil());
        let mut svg = String::new();
        {
            let size = ((width * SCALE) as u32, (height * SCALE) as u32);
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&rgb(theme.colors.background)).map_err(draw_error)?;
            self.draw_shapes(&root)?;
            root.present().map_err(draw_error)?;
        }
        let open = svg.find("<svg").unwrap_or(0);
        let end = svg[open..].find('>').map_or(svg.len(), |i| open + i + 1);
        Ok(svg.split_off(end))
    }

    fn draw_shapes(&self, root: &SvgArea<'_>) -> Result<(), ChartError> {
        for shape in &self.shapes {
            draw_shape(root, shape)?;
        }
        Ok(())
    }
}

fn draw_error<E: std::error::Error>(error: E) -> ChartError {
    ChartError::Draw(error.to_string())
}

const fn rgb(color: Color) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}

fn scaled(point: (f64, f64)) -> (i32, i32) {
    ((point.0 * SCALE).round() as i32, (point.1 * SCALE).round() as i32)
}

fn all_scaled(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    points.iter().copied().map(scaled).collect()
}

type SvgArea<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw_shape(root: &SvgArea<'_>, shape: &Shape) -> Result<(), ChartError> {
    match shape {
        Shape::Line { points, color, width } => {
            let style: ShapeStyle = rgb(*color).stroke_width((width * SCALE).round() as u32);
            root.draw(&PathElement::new(all_scaled(points), style))
        }
        Shape::Polygon { points, color } => {
            root.draw(&Polygon::new(all_scaled(points), rgb(*color).filled()))
        }
        Shape::Rect { from, to, color } => {
            root.draw(&Rectangle::new([scaled(*from), scaled(*to)], rgb(*color).filled()))
        }
        Shape::Circle { at, radius, color } => {
            root.draw(&Circle::new(scaled(*at), (radius * SCALE).round() as i32, rgb(*color).filled()))
        }
        Shape::Text { at: (x, y), anchor, face, text } => {
            root.draw_text(text, &text_style(*anchor, *face), scaled((*x, y - HALF_EX * face.size)))
        }
    }
    .map_err(draw_error)
}

fn text_style(anchor: Anchor, face: Face) -> TextStyle<'static> {
    let weight = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
    let horizontal = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    TextStyle {
        font: (FAMILY, face.size * FONT_FACTOR * SCALE).into_font().style(weight),
        color: rgb(face.color).to_backend_color(),
        pos: Pos::new(horizontal, VPos::Center),
    }
}

/// Gives the root of any SVG its role, title and description.
pub(super) fn with_description(svg: &str, exhibit: &Exhibit) -> String {
    let id = &exhibit.id;
    let attributes = format!("<svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"");
    svg.replacen("<svg", &attributes, 1).replacen('>', &format!(">\n{}", description(exhibit)), 1)
}

/// The title and the description of an exhibit.
fn description(exhibit: &Exhibit) -> String {
    let id = &exhibit.id;
    format!(
        "<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>",
        escaped(exhibit.heading()),
        escaped(&exhibit.alt)
    )
}

/// The `viewBox` of a page of this size.
fn view_box(width: f64, height: f64) -> String {
    format!("0 0 {} {}", (width * SCALE) as u32, (height * SCALE) as u32)
}

/// Gives the elements a root with size, role, title and description, and the font a fallback.
fn with_metadata(elements: &str, exhibit: &Exhibit, width: f64, height: f64) -> String {
    let id = &exhibit.id;
    let root = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n{}",
        view_box(width, height),
        description(exhibit)
    );
    let body = elements.replace(
        &format!("font-family=\"{FAMILY}\""),
        &format!("font-family=\"'{FAMILY}', 'Source Sans Pro', sans-serif\""),
    );
    format!("{root}{body}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
