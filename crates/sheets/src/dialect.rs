//! How a text table is written: its encoding and its delimiter, found from its bytes.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Refusal;
use super::content::Content;

/// How much of its lines that are no ASCII an encoding is found from.
const LEGACY_SAMPLE: usize = 1 << 20;

/// UTF-16 without a byte-order mark: every other byte of a text that is mostly Latin is zero.
pub(super) fn unmarked_utf16(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if half >= 4 && odd * 10 > half * 8 && even * 20 < half => Some((UTF_16LE, 0)),
        () if half >= 4 && even * 10 > half * 8 && odd * 20 < half => Some((UTF_16BE, 0)),
        () => None,
    }
}

/// The likeliest encoding of a text that is not UTF-8 (mostly Windows-1252).
pub(super) fn legacy(content: &Content) -> Result<&'static Encoding, Refusal> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let mut fed = 0;
    content.each_piece(|piece| {
        for line in piece.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
            // It reads a few megabytes a second, and is sure after far less.
            if fed < LEGACY_SAMPLE {
                detector.feed(line, false);
            }
            fed += line.len();
        }
        Ok(())
    })?;
    detector.feed(&[], true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    Ok(if encoding == UTF_8 { encoding_rs::WINDOWS_1252 } else { encoding })
}

/// The delimiter that divides the first lines most evenly: `,`, `;`, tab or `|`; a comma where none does.
pub(super) fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.split(['\n', '\r']).filter(|l| !l.trim().is_empty()).take(30).collect();
    let count = |line: &str, delimiter: u8| {
        let mut quoted = false;
        line.bytes().fold(0usize, |n, byte| {
            quoted ^= byte == b'"';
            n + usize::from(byte == delimiter && !quoted)
        })
    };
    let score = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|l| count(l, delimiter)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let like_most = counts.iter().filter(|c| **c == most && most > 0).count();
        (like_most * 4 >= lines.len(), most)
    };
    let candidates = [b',', b'\t', b';', b'|'];
    let best = candidates.iter().copied().map(|d| (score(d), d)).rev().max_by_key(|(score, _)| *score);
    best.filter(|((_, most), _)| *most > 0).map_or(b',', |(_, d)| d)
}
