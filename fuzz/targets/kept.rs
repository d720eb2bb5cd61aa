//! Reads any bytes as a cache entry of an earlier run: it is loaded or rejected, but never trusted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use retreat::observation::FileReading;

fuzz_target!(|bytes: &[u8]| {
    // Adds the right checksum, so that the code after the check is reached.
    let mut whole = b"retreat1".to_vec();
    whole.extend_from_slice(bytes);
    let check = whole.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    whole.extend((!check).to_le_bytes());
    let _ = FileReading::from_bytes(&whole);
});
