//! Measuring and breaking text in the embedded font, and keeping labels apart.

use ab_glyph::{Font, FontRef};

use super::canvas::Face;
use super::error::ChartError;

/// The family's name, as browsers and the rasterizer know it.
pub(super) const FAMILY: &str = "Source Sans 3";
pub(super) static REGULAR: &[u8] = include_bytes!("../../charts/fonts/SourceSans3-Regular.ttf");
pub(super) static SEMIBOLD: &[u8] = include_bytes!("../../charts/fonts/SourceSans3-SemiBold.ttf");

/// Measures text.
pub(super) struct Ruler {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Ruler {
    pub(super) fn new() -> Result<Self, ChartError> {
        Ok(Self { regular: embedded_font(REGULAR)?, bold: embedded_font(SEMIBOLD)? })
    }

    /// The width of `text` at `size` pixels per em.
    pub(super) fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        self.scaled(self.units(text, bold), size, bold)
    }

    fn font(&self, bold: bool) -> &FontRef<'static> {
        if bold { &self.bold } else { &self.regular }
    }

    /// The width of `text` in the font's own units: whole numbers, so that the widths of parts add up to that
    /// of the whole.
    fn units(&self, text: &str, bold: bool) -> f64 {
        let font = self.font(bold);
        text.chars().map(|c| f64::from(font.h_advance_unscaled(font.glyph_id(c)))).sum()
    }

    fn scaled(&self, units: f64, size: f64, bold: bool) -> f64 {
        units * size / f64::from(self.font(bold).units_per_em().unwrap_or(1000.0))
    }

    /// `text` in lines no wider than `width`; a wider single word gets a line of its own.
    pub(super) fn wrap(&self, text: &str, size: f64, bold: bool, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        // The width of the current line grows word by word, so that a long text is measured once.
        let (space, mut line_units) = (self.units(" ", bold), 0.0);
        // A non-breaking space keeps a number with its unit.
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let own = self.units(word, bold);
            let longer = line_units + space + own;
            match lines.last_mut() {
                Some(line) if self.scaled(longer, size, bold) <= width => {
                    line.push(' ');
                    line.push_str(word);
                    line_units = longer;
                }
                _ => {
                    lines.push(word.to_owned());
                    line_units = own;
                }
            }
        }
        lines
    }

    /// `text` in at most `most` lines no wider than `width`, the last with an ellipsis if there is more.
    pub(super) fn wrap_to(&self, text: &str, face: Face, width: f64, most: usize) -> Vec<String> {
        let mut lines = self.wrap(text, face.size, face.bold, width);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(rest);
        }
        lines.iter().map(|line| self.fit(line, face.size, face.bold, width)).collect()
    }

    /// `text`, or its beginning with an ellipsis if it is wider than `width`.
    pub(super) fn fit(&self, text: &str, size: f64, bold: bool, width: f64) -> String {
        if self.width(text, size, bold) <= width {
            return text.to_owned();
        }
        let (mut units, mut kept) = (self.units("…", bold), 0);
        for (at, character) in text.char_indices() {
            units += self.units(character.encode_utf8(&mut [0; 4]), bold);
            if self.scaled(units, size, bold) > width {
                break;
            }
            kept = at + character.len_utf8();
        }
        format!("{}…", text[..kept].trim_end())
    }
}

fn embedded_font(bytes: &'static [u8]) -> Result<FontRef<'static>, ChartError> {
    FontRef::try_from_slice(bytes).map_err(|_| ChartError::Font)
}

/// Moves the middles of labels apart, as little as possible, so that labels of these heights do not touch,
/// within `low..=high` if they fit. Their order is kept; the middles are returned in the order given.
pub(super) fn spread_apart(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let order = ascending_order(wanted);
    let mut placed: Vec<f64> = order.iter().map(|i| wanted[*i].clamp(low, high.max(low))).collect();
    let distances: Vec<f64> =
        order.windows(2).map(|pair| f64::midpoint(heights[pair[0]], heights[pair[1]])).collect();
    push_down(&mut placed, &distances);
    if let Some(last) = placed.last_mut() {
        *last = last.min(high.max(low));
    }
    push_up(&mut placed, &distances);
    let mut result = vec![0.0; wanted.len()];
    for (middle, i) in placed.into_iter().zip(order) {
        result[i] = middle;
    }
    result
}

/// Moves each middle down until it is far enough from the one above it.
fn push_down(placed: &mut [f64], distances: &[f64]) {
    for i in 1..placed.len() {
        placed[i] = placed[i].max(placed[i - 1] + distances[i - 1]);
    }
}

/// Moves each middle up until it is far enough from the one below it.
fn push_up(placed: &mut [f64], distances: &[f64]) {
    for i in (1..placed.len()).rev() {
        placed[i - 1] = placed[i - 1].min(placed[i] - distances[i - 1]);
    }
}

/// The indices of the values in ascending order; equal values stay in order.
fn ascending_order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    order
}

#[cfg(test)]
mod tests {
    use super::{Ruler, spread_apart};

    #[test]
    fn wrapping_loses_no_word() {
        let ruler = Ruler::new().unwrap();
        let text = "Teacher turnover was 24.1% in 2023-24, above 9 of its 10 peer districts";
        for width in [10.0, 80.0, 200.0, 2000.0] {
            assert_eq!(ruler.wrap(text, 13.0, false, width).join(" "), text, "{width}");
        }
    }

    #[test]
    fn a_fitted_text_is_no_wider_than_asked() {
        let ruler = Ruler::new().unwrap();
        let fitted = ruler.fit("Consolidated Community Unit School District", 13.0, true, 120.0);
        assert!(fitted.ends_with('…') && ruler.width(&fitted, 13.0, true) <= 120.0);
        assert_eq!(ruler.fit("Ash 4", 13.0, true, 120.0), "Ash 4");
    }

    proptest::proptest! {
        #[test]
        fn labels_keep_their_distance_and_order(wanted in proptest::collection::vec(0.0f64..400.0, 0..12)) {
            let placed = spread_apart(&wanted, &vec![15.0; wanted.len()], 0.0, 400.0);
            for (i, a) in wanted.iter().enumerate() {
                for (j, b) in wanted.iter().enumerate().filter(|(j, _)| *j != i) {
                    proptest::prop_assert!((placed[i] - placed[j]).abs() >= 15.0 - 1e-9);
                    proptest::prop_assert!(a >= b || placed[i] < placed[j]);
                }
            }
        }
    }
}
