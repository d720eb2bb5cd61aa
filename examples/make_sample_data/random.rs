//! Pseudorandom numbers that are the same in every run, regardless of what else is drawn before or after
//! them.

/// The one seed of the sample.
const SEED: u64 = 20_250_214;

/// A standard normal number for a place in the sample: a district, a stream of numbers, a year, a cell.
///
/// Each place has its own generator (`SplitMix64`), so that a change to one figure does not change others.
pub(crate) fn normal(district: u32, stream: &str, year: usize, cell: usize) -> f64 {
    let mut state = place(district, stream, year, cell);
    let radius = (-2.0 * uniform(&mut state).ln()).sqrt();
    // A value beyond three standard deviations would look like a mistake.
    (radius * (std::f64::consts::TAU * uniform(&mut state)).cos()).clamp(-3.0, 3.0)
}

/// FNV-1a over everything that names the place.
fn place(district: u32, stream: &str, year: usize, cell: usize) -> u64 {
    let numbers = [SEED, u64::from(district), year as u64, cell as u64];
    let bytes = numbers.iter().flat_map(|n| n.to_le_bytes());
    bytes.chain(stream.bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The next number above 0 and at most 1.
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    ((mixed >> 11) as f64 + 1.0) / (1u64 << 53) as f64
}
