//! Whether a difference reaches a threshold, with a tolerance for rounding: 95.1 − 94.1 reaches 1, although
//! it is less in binary.

/// The share by which a difference may miss a threshold and still reach it.
const TOLERANCE: f64 = 1e-9;

/// Whether `size` is at least the threshold.
pub(super) fn reaches(size: f64, threshold: f64) -> bool {
    size >= threshold * (1.0 - TOLERANCE)
}

/// Whether `size` is at most the threshold.
pub(super) fn stays_within(size: f64, threshold: f64) -> bool {
    size <= threshold * (1.0 + TOLERANCE)
}
