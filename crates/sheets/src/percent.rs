//! Percents as displayed.

/// A stored fraction as the percent that is displayed, without the rounding error of the multiplication.
pub(super) fn displayed_percent(share: f64) -> f64 {
    let rounded = (share * 1e12).round() / 1e10;
    if rounded.is_finite() { rounded } else { share * 100.0 }
}
