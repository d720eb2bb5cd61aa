//! The standard normal distribution: two-sided p-values and their inverse.
//!
//! `p = erfc(|z| / √2)`; the inverse is found by bisection. `erfc` is from `libm`, which gives the same bits
//! on every machine, unlike the system's.
//!
//! Degenerate: z = 0 gives p = 1; NaN gives NaN.

use libm::erfc;

/// The 97.5% point, used for 95% intervals.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The probability that a standard normal variable is at least `z` (not negative) away from 0.
#[must_use]
pub fn two_sided_p(z: f64) -> f64 {
    erfc(z / std::f64::consts::SQRT_2)
}

/// The z (0–40) whose two-sided p-value is `p`, by bisection to full precision.
#[must_use]
pub fn two_sided_point(p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if two_sided_p(middle) > p { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::{two_sided_p, two_sided_point};

    #[test]
    fn the_normals_points() {
        // R: qnorm(0.975), qnorm(1 - 0.05).
        assert!((two_sided_point(0.05) - 1.959_963_984_540_054).abs() < 1e-12);
        assert!((two_sided_point(0.10) - 1.644_853_626_951_472_2).abs() < 1e-12);
        assert!((two_sided_p(1.959_963_984_540_054) - 0.05).abs() < 1e-15);
    }
}
