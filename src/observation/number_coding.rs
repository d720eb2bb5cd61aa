//! Encodes number columns as bytes: whole numbers as differences from the previous one, values as in memory.

/// Appends a whole number as its difference from the previous one: seven bits per byte, the least significant
/// first, with the sign in the lowest bit.
pub(super) fn encode_difference(bytes: &mut Vec<u8>, last: &mut i64, number: u32) {
    let difference = i64::from(number) - *last;
    *last = i64::from(number);
    let mut rest = ((difference << 1) ^ (difference >> 63)) as u64;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Decodes whole numbers that were encoded as differences.
pub(super) struct DifferenceDecoder<'a> {
    bytes: &'a [u8],
    last: i64,
}

impl<'a> DifferenceDecoder<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, last: 0 }
    }

    /// The next number; `None` if the bytes end too early or are not such a number.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u32> {
        let mut rest = 0u64;
        for shift in (0..35).step_by(7) {
            let (byte, tail) = self.bytes.split_first()?;
            self.bytes = tail;
            rest |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                self.last += (rest >> 1) as i64 ^ -((rest & 1) as i64);
                return u32::try_from(self.last).ok();
            }
        }
        None
    }
}

/// Appends numbers of which some may be absent: one bit each for whether it is present, then the present
/// ones.
pub(super) fn encode_optional(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = Option<f64>> + Clone) {
    let mut bits = 0u8;
    let mut count = 0;
    for number in numbers.clone() {
        bits |= u8::from(number.is_some()) << (count % 8);
        count += 1;
        if count % 8 == 0 {
            bytes.push(std::mem::take(&mut bits));
        }
    }
    if count % 8 != 0 {
        bytes.push(bits);
    }
    for number in numbers.flatten() {
        bytes.extend(number.to_le_bytes());
    }
}

/// Decodes numbers of which some may be absent.
pub(super) struct OptionalDecoder<'a> {
    bits: &'a [u8],
    bytes: &'a [u8],
}

impl<'a> OptionalDecoder<'a> {
    /// A decoder for `count` numbers; `None` if there are too few bytes.
    pub(super) fn new(bytes: &'a [u8], count: usize) -> Option<Self> {
        let (bits, bytes) = bytes.split_at_checked(count.div_ceil(8))?;
        Some(Self { bits, bytes })
    }

    /// The number in row `row`, which may be absent; `None` if the bytes end too early. Rows must be decoded
    /// in order.
    #[inline]
    pub(super) fn next(&mut self, row: usize) -> Option<Option<f64>> {
        if self.bits[row / 8] >> (row % 8) & 1 == 0 {
            return Some(None);
        }
        let (number, tail) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = tail;
        Some(Some(f64::from_le_bytes(*number)))
    }
}

#[cfg(test)]
mod tests {
    use super::{DifferenceDecoder, encode_difference};

    proptest::proptest! {
        #[test]
        fn whole_numbers_are_decoded_unchanged(numbers: Vec<u32>) {
            let (mut bytes, mut last) = (Vec::new(), 0);
            numbers.iter().for_each(|number| encode_difference(&mut bytes, &mut last, *number));
            let mut decoder = DifferenceDecoder::new(&bytes);
            for number in numbers {
                proptest::prop_assert_eq!(decoder.next(), Some(number));
            }
            proptest::prop_assert_eq!(decoder.next(), None);
        }
    }
}
