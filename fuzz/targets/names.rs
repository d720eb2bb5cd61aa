//! Uses any texts as ids and names: cleaning twice changes nothing, and each text has its own district and
//! folder. Also looks for the text as a path.

#![no_main]

use std::collections::BTreeSet;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use retreat::diagnostic::Place;
use retreat::domain::{DistrictId, FileName, clean, clean_lines, is_clean};
use sheets::{Cell, SheetBuilder, find};
use retreat_fuzz::{folder, on_small_stack, repeated};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(&repeated(bytes)).into_owned();
    on_small_stack(move || {
        let texts: BTreeSet<&str> = text.split('\n').take(50).collect();
        let texts: Vec<&str> = texts.into_iter().collect();
        let names = FileName::for_all(&texts);
        let folded: BTreeSet<String> = names.iter().map(|name| name.as_str().to_lowercase()).collect();
        assert_eq!(folded.len(), texts.len(), "each has a name of its own");
        for name in &names {
            let path = Path::new("out").join(name);
            assert!(path.components().count() == 2 && name.as_str().len() <= FileName::LONGEST);
        }
        let mut builder = SheetBuilder::new(Place::sheet(text.as_str(), Some(&text)), false);
        for (row, text) in texts.iter().enumerate() {
            let once = clean(text);
            assert!(is_clean(&once) && clean(&once) == once && once.len() <= text.len());
            builder.push_cell(row as u32, 0, Cell::Text(text));
            if let Some(id) = DistrictId::new(text) {
                assert_eq!(DistrictId::new(id.as_str()).as_ref(), Some(&id), "an id is its own");
                let _ = id.padded(text.len());
            }
        }
        for row in builder.finish().rows() {
            row.cells().for_each(|(_, cell)| assert!(is_clean(&cell.to_text())));
        }
        let lines = clean_lines(&text);
        assert_eq!(clean_lines(&lines), lines);
        let _ = find(&folder(), texts[0], &|_| false);
    });
});
