//! The colors of charts and slides, from `charts/theme.toml`.

use serde::Deserialize;

use crate::assets;

/// The colors, each as six hexadecimal digits.
#[derive(Debug, Clone)]
pub(super) struct Palette {
    pub(super) ink: String,
    pub(super) quiet: String,
    pub(super) grid: String,
    pub(super) axis: String,
    pub(super) district: String,
    pub(super) peers: String,
    pub(super) band: String,
    pub(super) state: String,
    pub(super) target: String,
    pub(super) bar: String,
    pub(super) unfavorable: String,
    pub(super) favorable: String,
    parts: Vec<String>,
}

#[derive(Deserialize)]
struct ThemeFile {
    colors: ThemeColors,
}

#[derive(Deserialize)]
struct ThemeColors {
    ink: String,
    quiet: String,
    grid: String,
    axis: String,
    district: String,
    peers: String,
    band: String,
    state: String,
    target: String,
    bar: String,
    unfavorable: String,
    favorable: String,
    parts: Vec<String>,
}

impl Palette {
    /// The colors of the embedded theme.
    ///
    /// # Errors
    /// If the theme cannot be read; a test makes sure that it can.
    pub(super) fn embedded() -> Result<Self, toml::de::Error> {
        let ThemeFile { colors } = toml::from_str(&assets::theme())?;
        Ok(Self {
            ink: digits(&colors.ink),
            quiet: digits(&colors.quiet),
            grid: digits(&colors.grid),
            axis: digits(&colors.axis),
            district: digits(&colors.district),
            peers: digits(&colors.peers),
            band: digits(&colors.band),
            state: digits(&colors.state),
            target: digits(&colors.target),
            bar: digits(&colors.bar),
            unfavorable: digits(&colors.unfavorable),
            favorable: digits(&colors.favorable),
            parts: colors.parts.iter().map(|color| digits(color)).collect(),
        })
    }

    /// The color of the `index`-th part. The first of the theme is left out: it is close to the district's.
    pub(super) fn part(&self, index: usize) -> &str {
        let own = self.parts.get(1..).unwrap_or_default();
        if own.is_empty() { &self.peers } else { &own[index % own.len()] }
    }

    /// The more readable text color on a fill: ink or white.
    pub(super) fn text_on(&self, fill: &str) -> &str {
        if lightness(fill) > 0.52 { &self.ink } else { WHITE }
    }
}

/// White.
pub(super) const WHITE: &str = "FFFFFF";

fn digits(color: &str) -> String {
    color.trim_start_matches('#').to_uppercase()
}

fn channels(color: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| {
        let digits = color.get(at..at + 2).unwrap_or("00");
        f64::from(u8::from_str_radix(digits, 16).unwrap_or(0))
    })
}

/// How light a color seems, 0 to 1.
fn lightness(color: &str) -> f64 {
    let [red, green, blue] = channels(color);
    (0.299 * red + 0.587 * green + 0.114 * blue) / 255.0
}

/// The color mixed with white: 1 is the color itself, 0 white.
pub(super) fn tint(color: &str, share: f64) -> String {
    let share = share.clamp(0.0, 1.0);
    let mixed = channels(color).map(|channel| (255.0 - (255.0 - channel) * share).round() as u8);
    format!("{:02X}{:02X}{:02X}", mixed[0], mixed[1], mixed[2])
}

#[cfg(test)]
mod tests {
    use super::{Palette, tint};

    #[test]
    fn the_theme_is_read() {
        let palette = Palette::embedded().unwrap();
        assert_eq!((palette.district.as_str(), palette.part(0)), ("0B4F8A", "B34700"));
        assert_eq!((tint("000000", 0.0), tint("D9822B", 1.0)), ("FFFFFF".to_owned(), "D9822B".to_owned()));
        assert_eq!(palette.text_on(&palette.district), "FFFFFF");
    }
}
