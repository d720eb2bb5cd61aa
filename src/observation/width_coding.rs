//! Encodes columns of whole numbers as bytes, each number in as many bytes as the largest needs.

/// The column as bytes: the width of a number (1, 2, or 4 bytes), then the numbers, the least significant byte first.
pub(super) fn encode_widths(numbers: &[u32]) -> Vec<u8> {
    let width = match numbers.iter().copied().max().unwrap_or(0) {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 4,
    };
    let mut bytes = Vec::with_capacity(1 + width * numbers.len());
    bytes.push(width as u8);
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes()[..width]);
    }
    bytes
}

/// The numbers of an encoded column; `None` if it is damaged.
pub(super) fn decode_widths(bytes: &[u8]) -> Option<Vec<u32>> {
    let (width, bytes) = bytes.split_first()?;
    match width {
        1 => Some(bytes.iter().map(|byte| u32::from(*byte)).collect()),
        2 => {
            let (numbers, rest) = bytes.as_chunks::<2>();
            rest.is_empty()
                .then(|| numbers.iter().map(|bytes| u32::from(u16::from_le_bytes(*bytes))).collect())
        }
        4 => {
            let (numbers, rest) = bytes.as_chunks::<4>();
            rest.is_empty().then(|| numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode_widths, encode_widths};

    proptest::proptest! {
        #[test]
        fn columns_are_decoded_unchanged(numbers: Vec<u32>, bits in 0u32..32) {
            let numbers: Vec<u32> = numbers.into_iter().map(|number| number >> bits).collect();
            proptest::prop_assert_eq!(decode_widths(&encode_widths(&numbers)), Some(numbers));
        }

        #[test]
        fn any_bytes_are_a_column_or_refused(bytes: Vec<u8>) {
            let _ = decode_widths(&bytes);
        }
    }
}
