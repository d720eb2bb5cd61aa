//! `charts/gallery/`: each kind of chart, from the sample. The pictures are those that the program draws now.

use std::fs;

use retreat::chart::{Forms, Theme, draw};
use retreat::project::Project;
use retreat::run;

use crate::project::root;

/// An exhibit of the sample for each kind of chart.
const KINDS: [&str; 11] = [
    "peer-likeness",
    "enrollment-by-year",
    "enrollment-by-grade",
    "enrollment-by-race",
    "program-shares",
    "chronic-absenteeism-by-group",
    "attendance-by-group",
    "grades-and-subjects",
    "assessment-at-a-glance",
    "taxes",
    "teacher-turnover",
];

/// The picture of each kind, with its file name.
fn gallery() -> Vec<(String, String)> {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = run::Session::read(&project).unwrap();
    let district = session.district("104018").unwrap();
    let theme = Theme::embedded().unwrap();
    let mut files = Vec::new();
    for id in KINDS {
        let exhibit = district.exhibits().value.iter().find(|exhibit| exhibit.id == id).unwrap();
        let drawing = draw(exhibit, &theme, Forms { outlined: true, png: false }).unwrap();
        files.push((format!("{id}.svg"), drawing.outlined.unwrap()));
    }
    files
}

#[test]
fn the_gallery_shows_what_the_program_draws() {
    let folder = root().join("charts/gallery");
    let mut known: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    known.retain(|name| name.ends_with(".svg"));
    known.sort();
    let drawn = gallery();
    let mut names: Vec<&String> = drawn.iter().map(|(name, _)| name).collect();
    names.sort();
    assert_eq!(known.iter().collect::<Vec<_>>(), names);
    for (name, svg) in &drawn {
        let is_same = fs::read_to_string(folder.join(name)).unwrap() == *svg;
        assert!(
            is_same,
            "{name} has changed: look at it, then run `cargo test --test it -- --ignored rebuild_the_gallery`"
        );
    }
}

#[test]
#[ignore = "writes charts/gallery/"]
fn rebuild_the_gallery() {
    let folder = root().join("charts/gallery");
    fs::create_dir_all(&folder).unwrap();
    for (name, svg) in gallery() {
        fs::write(folder.join(name), svg).unwrap();
    }
}
