//! Code that the targets share.

use std::path::PathBuf;

use sheets::Input;

/// The maximum length of an input after repetition, in bytes.
const LONGEST: usize = 1 << 20;

/// The bytes, with the part between the first two bytes 0xFE repeated 2ⁿ times, where n comes from the first
/// byte.
pub fn repeated(bytes: &[u8]) -> Vec<u8> {
    let Some((times, rest)) = bytes.split_first() else { return Vec::new() };
    let mut parts = rest.splitn(3, |byte| *byte == 0xFE);
    let (Some(before), Some(part), Some(after)) = (parts.next(), parts.next(), parts.next()) else {
        return rest.to_vec();
    };
    let most = LONGEST / part.len().max(1);
    let times = (1usize << (times % 18)).min(most);
    [before, &part.repeat(times), after].concat()
}

/// Runs `work` on a stack that is no larger than those of the program's threads.
pub fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread can be made");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// A temporary folder of this process.
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("retreat-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Reads the bytes as a file, and every cell of it.
pub fn read_on_small_stack(bytes: Vec<u8>) {
    on_small_stack(move || {
        let path = folder().join("file");
        std::fs::write(&path, bytes).expect("a file can be written");
        let file = sheets::read(&Input::File(path), "fuzz").value;
        for row in file.sheets.iter().flat_map(sheets::Sheet::rows) {
            row.cells().for_each(|(column, cell)| assert_eq!(row.cell(column), cell));
        }
    });
}
