//! The theme: sizes and colors.

use crate::assets;
use serde::Deserialize;

use super::error::ChartError;
use crate::wording;

/// `charts/theme.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub(super) page: PageSize,
    pub(super) text: TextSizes,
    pub(super) colors: Colors,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PageSize {
    pub(super) width: f64,
    pub(super) margin: f64,
    pub(super) png_width: u32,
}

/// Text sizes, in pixels per em.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextSizes {
    pub(super) finding: f64,
    pub(super) title: f64,
    pub(super) label: f64,
    pub(super) axis: f64,
    pub(super) footer: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Colors {
    pub(super) background: Color,
    pub(super) ink: Color,
    pub(super) quiet: Color,
    pub(super) grid: Color,
    pub(super) axis: Color,
    pub(super) district: Color,
    pub(super) peers: Color,
    pub(super) band: Color,
    pub(super) state: Color,
    pub(super) target: Color,
    pub(super) bar: Color,
    pub(super) unfavorable: Color,
    pub(super) favorable: Color,
    pub(super) parts: Vec<Color>,
}

/// A color, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Color(pub(super) u8, pub(super) u8, pub(super) u8);

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parsed_color(&text).ok_or_else(|| wording::chart::not_a_color(&text))
    }
}

fn parsed_color(text: &str) -> Option<Color> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    Some(Color(hex_byte(&digits[0..2])?, hex_byte(&digits[2..4])?, hex_byte(&digits[4..6])?))
}

fn hex_byte(digits: &str) -> Option<u8> {
    u8::from_str_radix(digits, 16).ok()
}

impl Color {
    /// This color mixed with white: 1 is the color itself, 0 white.
    pub(super) fn tint(self, share: f64) -> Self {
        Self(
            mixed_with_white(self.0, share),
            mixed_with_white(self.1, share),
            mixed_with_white(self.2, share),
        )
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast of two colors, 1 to 21 (WCAG 2.2).
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

fn mixed_with_white(channel: u8, share: f64) -> u8 {
    (255.0 - (255.0 - f64::from(channel)) * share.clamp(0.0, 1.0)).round() as u8
}

/// A channel of sRGB as linear light, 0 to 1 (WCAG 2.2).
fn linear(channel: u8) -> f64 {
    match f64::from(channel) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    }
}

impl Theme {
    /// The theme that is embedded in the program.
    ///
    /// # Errors
    /// [`ChartError::Theme`]; a test makes sure that it does not happen.
    pub fn embedded() -> Result<Self, ChartError> {
        let theme: Self = toml::from_str(&assets::theme()).map_err(|e| ChartError::Theme(e.to_string()))?;
        if theme.colors.parts.is_empty() {
            return Err(ChartError::Theme(wording::chart::NO_PART_COLOR.to_owned()));
        }
        Ok(theme)
    }

    /// The more readable text color on `background`: ink or white.
    pub(super) fn ink_on(&self, background: Color) -> Color {
        let (dark, light) = (self.colors.ink, self.colors.background);
        if background.contrast(dark) >= background.contrast(light) { dark } else { light }
    }

    /// The color of the `i`-th part, the same on slides and in workbooks. The first of the theme is left out, because it is close to
    /// the district's.
    pub(super) fn part(&self, i: usize) -> Color {
        match self.colors.parts.get(1..).unwrap_or_default() {
            [] => self.colors.peers,
            own => own[i % own.len()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn text_is_readable_on_every_color_that_it_stands_on() {
        let theme = Theme::embedded().unwrap();
        let colors = &theme.colors;
        let shades = (0..=20).map(|i| f64::from(i) / 20.0 * 0.85);
        let cells = shades.flat_map(|s| [colors.favorable.tint(s), colors.unfavorable.tint(s)]);
        for color in cells.chain(colors.parts.iter().copied()) {
            assert!(color.contrast(theme.ink_on(color)) >= 4.5, "{color:?}");
        }
        for text in colors.parts.iter().chain([
            &colors.quiet,
            &colors.district,
            &colors.peers,
            &colors.state,
            &colors.target,
        ]) {
            assert!(text.contrast(colors.background) >= 4.5, "{text:?}");
        }
    }
}
