//! Reads text files of limited size. The TOML parser limits the nesting of tables and lists to 80 levels.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::wording::settings as say;

/// The largest file that is read, in bytes: the layout for a table of 16,384 columns has about 3 MB.
const LARGEST: u64 = 16 << 20;

/// The text of the TOML file at `path`.
///
/// # Errors
/// If it cannot be read, the reason in words.
pub fn read_toml(path: &Path) -> Result<String, String> {
    let bytes = read_bytes(path).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(say::too_large(LARGEST >> 20));
    }
    String::from_utf8(bytes).map_err(|_| say::NOT_UTF_8.to_owned())
}

/// The bytes of a file; if it is larger than [`LARGEST`], only one byte more than that.
fn read_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    // Opening a pipe would block until someone writes to it.
    if !path.metadata()?.is_file() {
        return Err(std::io::Error::other(say::NOT_A_FILE));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
