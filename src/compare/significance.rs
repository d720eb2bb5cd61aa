//! From when on a result is clear.

/// The false discovery rate: the share of the tests passed in a family that may be false.
pub(super) const FALSE_DISCOVERY_RATE: f64 = 0.10;
