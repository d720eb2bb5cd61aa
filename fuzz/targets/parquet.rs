//! Reads any bytes as a Parquet file, or as its footer, on a small stack: it is read or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use retreat_fuzz::{read_on_small_stack, repeated};

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let file = if which % 2 == 0 {
        rest.to_vec()
    } else {
        let footer = repeated(rest);
        let mut file = b"PAR1".to_vec();
        file.extend(&footer);
        file.extend((footer.len() as u32).to_le_bytes());
        file.extend(b"PAR1");
        file
    };
    read_on_small_stack(file);
});
