//! What people stumble over when they carry the pack into a room: names that are cut, hints that lead nowhere.

use retreat::domain::Format;
use retreat::exhibit::{Exhibit, Figure, LineRole};
use retreat::run::Session;

use crate::paper::districts_called;

/// The name of our line on the chart of enrollment.
fn own_label(name: &str) -> String {
    let made = districts_called(name);
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let exhibits: Vec<Exhibit> = session.district("1").unwrap().exhibits().value.clone();
    let lines = exhibits.iter().filter_map(|exhibit| match &exhibit.figure {
        Figure::Line(line) => Some(line),
        _ => None,
    });
    let mut series = lines.flat_map(|line| &line.series);
    series.find(|series| series.role == LineRole::District).unwrap().label.clone()
}

#[test]
fn a_name_that_charts_would_cut_is_our_district() {
    let long = "Northwestern Upper Meadowbrook and Larkspur Valley ".repeat(3)[..120].trim().to_owned();
    assert_eq!(own_label(&long), "Our district");
    let forty = "Saint Bartholomew and Meadow Brook Isd 4";
    assert_eq!((forty.len(), own_label(forty).as_str()), (40, forty));
    assert_eq!(own_label("Larkspur Valley Community Unit School District 18"), "Larkspur Valley CUSD 18");
}

#[test]
fn a_template_that_is_not_there_is_named_and_costs_only_itself() {
    let made = districts_called("Ash").also("[deck]\ntemplate = \"ours.pptx\"\n");
    let project = made.open("1");
    let out = made.path().join("out");
    let session = Session::read(&project).unwrap();
    let built = session.build("1", &out, &[Format::Pptx].into_iter().collect()).unwrap();
    let problem = built.diagnostics.iter().find(|problem| problem.id == "deck-template-unusable").unwrap();
    assert!(problem.found.contains("there is no such file"), "{}", problem.found);
    assert!(problem.hint.contains("retreat.toml") && !problem.hint.contains("password"), "{}", problem.hint);
    assert!(out.join("retreat-deck.pptx").is_file());
}
