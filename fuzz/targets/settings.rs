//! Uses any text as a project file, a layout or a part of a catalog, with one part repeated up to a hundred
//! thousand times, on a small stack. It is accepted or refused; an accepted one reads a small table.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use retreat::catalog::Catalog;
use retreat::diagnostic::Place;
use retreat::observation::read_file;
use retreat::project::Project;
use sheets::{Cell, SheetBuilder, SourceFile};
use retreat_fuzz::{folder, on_small_stack, repeated};

static KNOWN: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().expect("the embedded catalog holds together"));

fn table() -> SourceFile {
    let mut builder = SheetBuilder::new(Place::sheet("fuzz 2024.xlsx", Some("2023-24")), false);
    for (row, cells) in [["ID", "District", "Year", "Students"], ["01", "Ash", "2024", "120"]].iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            builder.push_cell(row as u32, column as u32, Cell::Text(text));
        }
    }
    let sheets = vec![builder.finish()];
    SourceFile::of_sheets("fuzz 2024.xlsx", sheets)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let which = *which % 8;
    let text = String::from_utf8_lossy(&repeated(rest)).into_owned();
    on_small_stack(move || match which {
        0..=3 => {
            if let Ok(layout) = KNOWN.read_layout("fuzz.toml", &text) {
                read_file(&table(), &layout, &KNOWN).expect("a checked layout has no bad pattern");
            }
        }
        4 | 5 => {
            let folder = folder();
            if std::fs::write(folder.join("retreat.toml"), text).is_ok() {
                let _ = Project::open(&folder);
            }
        }
        _ => {
            let folder = folder().join("catalog");
            let file = folder.join(if which == 6 { "groups.toml" } else { "measures/own.toml" });
            let made = file.parent().is_some_and(|parent| std::fs::create_dir_all(parent).is_ok());
            if made && std::fs::write(&file, text).is_ok() {
                let _ = Catalog::with_project(Some(&folder));
                let _ = std::fs::remove_dir_all(&folder);
            }
        }
    });
});
