//! Reads any bytes as a web page, with one part repeated up to a hundred thousand times, on a small stack: it
//! is read or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use retreat_fuzz::{read_on_small_stack, repeated};

fuzz_target!(|bytes: &[u8]| {
    let mut page = b"<html><table><tr><td>".to_vec();
    page.extend(repeated(bytes));
    read_on_small_stack(page);
});
