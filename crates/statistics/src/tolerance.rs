//! Whether a difference reaches a threshold, with a tolerance for rounding: 95.1 − 94.1 reaches 1, although
//! it is less in binary.
//!
//! Degenerate: a difference of 0 reaches no threshold, not even 0.

/// The share by which a difference may miss a threshold and still reach it.
const TOLERANCE: f64 = 1e-9;

/// Whether `size`, which is not 0, is at least the threshold.
pub(crate) fn reaches(size: f64, threshold: f64) -> bool {
    size > 0.0 && size >= threshold * (1.0 - TOLERANCE)
}
