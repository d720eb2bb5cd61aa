//! What two packs of a project reveal together: nothing that either of them withholds.

use std::path::Path;

use retreat::disclosure::Released;
use retreat::domain::Format;
use retreat::pack::Formats;
use retreat::pack_tables::DistrictYear;
use retreat::project::Project;
use retreat::run;

use crate::privacy::LAYOUT;
use crate::project::{Made, root};

/// The groups of a district in one year; the group of 7 must not be revealed.
fn groups(white: u32, black: u32) -> String {
    let all = white + black + 7;
    let rows = [("all", all), ("white", white), ("black", black), ("asian", 7)];
    let row =
        |(group, count): (&str, u32)| format!("1,Small District,2024,enrollment,{group},all,{count},\n");
    "ID,District,Year,Measure,Group,Grade,Value,N\n".to_owned() + &rows.map(row).concat()
}

fn project(table: &str) -> Made {
    Made::new().layout("private.toml", LAYOUT).write("own.csv", table.as_bytes(), "private.toml")
}

fn build(project: &Project, out: &Path) {
    let session = run::Session::read(project).unwrap();
    session.build("1", out, &Formats::all()).unwrap();
}

/// Whether a message says that more is withheld because of an earlier pack.
fn is_told_of_more(project: &Project) -> bool {
    let session = run::Session::read(project).unwrap();
    session.data.diagnostics.iter().any(|problem| problem.id == "withheld-for-earlier-pack")
}

/// The groups whose number a pack withholds.
fn withheld(out: &Path) -> Vec<String> {
    let table = std::fs::read_to_string(out.join("data/observations.csv")).unwrap();
    let rows = table.lines().filter(|row| row.contains(",withheld,"));
    let groups = ["white", "black", "asian"];
    let mut found: Vec<String> = rows
        .filter_map(|row| groups.iter().find(|group| row.contains(&format!(",enrollment,{group},"))))
        .map(|group| (*group).to_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn a_revised_pack_does_not_disclose_what_the_earlier_one_withheld() {
    // With 7 Asian students, the smaller of the other groups is also withheld: 43 at first, 50 after the
    // revision.
    let first = project(&groups(50, 43));
    let out = first.path().join("out");
    build(&first.open("1"), &out);
    assert_eq!(withheld(&out), ["asian", "black"]);

    let revised = project(&groups(50, 60));
    let alone = revised.path().join("alone");
    build(&revised.open("1"), &alone);
    assert_eq!(withheld(&alone), ["asian", "white"]);

    // Somebody who knows the 50 from the first pack must not learn the 60 from the second.
    let mut opened = revised.open("1");
    assert!(!is_told_of_more(&opened));
    opened.previous = Some(out.clone());
    assert!(is_told_of_more(&opened));
    let both = revised.path().join("both");
    build(&opened, &both);
    assert_eq!(withheld(&both), ["asian", "black", "white"]);

    // This also holds if the second replaces the first.
    let mut opened = revised.open("1");
    opened.out.clone_from(&out);
    build(&opened, &out);
    assert_eq!(withheld(&out), ["asian", "black", "white"]);
}

#[test]
fn a_pack_that_replaces_the_same_pack_is_the_same() {
    let project = project(&groups(50, 43));
    let out = project.path().join("out");
    let table = || std::fs::read(out.join("data/observations.csv")).unwrap();
    build(&project.open("1"), &out);
    let first = table();
    build(&project.open("1"), &out);
    assert_eq!(table(), first);
}

/// In this region, all that is private had to be withheld in some years, so that the first decision alone was not enough.
#[test]
fn the_same_region_gives_the_same_pack_again() {
    let mut project = Project::open(&root().join("examples/texas-region")).unwrap();
    let made = tempfile::tempdir().unwrap();
    project.out = made.path().join("out");
    let mut tables = Vec::new();
    for _ in 0..2 {
        let session = run::Session::read(&project).unwrap();
        session.build("013901", &project.out, &[Format::Data].into_iter().collect()).unwrap();
        tables.push(std::fs::read_to_string(project.out.join("data/observations.csv")).unwrap());
    }
    assert!(tables[0].contains(",withheld,"));
    let changed = tables[0].lines().zip(tables[1].lines()).find(|(first, second)| first != second);
    assert_eq!(changed, None);
    assert_eq!(tables[0].lines().count(), tables[1].lines().count());
}

#[test]
fn a_corrected_number_is_shown_although_the_earlier_pack_withheld_it() {
    let wrong = project(&groups(50, 43));
    let out = wrong.path().join("out");
    build(&wrong.open("1"), &out);
    assert_eq!(withheld(&out), ["asian", "black"]);
    // It was 17, not 7.
    let right = project(&groups(50, 43).replace(",7,", ",17,").replace("all,all,100,", "all,all,110,"));
    let mut opened = right.open("1");
    opened.out.clone_from(&out);
    build(&opened, &out);
    assert!(withheld(&out).is_empty(), "{:?}", withheld(&out));
}

#[test]
fn an_edited_table_of_the_earlier_pack_is_skipped_and_reported() {
    let project = project(&groups(50, 43));
    let out = project.path().join("out");
    build(&project.open("1"), &out);
    std::fs::write(out.join("data/observations.csv"), "notes\n").unwrap();
    let mut opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    assert!(session.data.diagnostics.iter().any(|problem| problem.id == "earlier-pack-unread"));
    opened.previous = Some(out);
    assert!(run::Session::read(&opened).is_err());
    opened.previous = Some(project.path().join("nothing"));
    let error = run::Session::read(&opened).unwrap_err().to_string();
    assert!(error.contains("does not contain a pack") && error.contains("--previous"), "{error}");
}

#[test]
fn public_figures_do_not_need_the_earlier_pack() {
    let public = LAYOUT.replace("public = false", "public = true");
    let made = Made::new().layout("public.toml", &public);
    let made = made.write("own.csv", groups(50, 43).as_bytes(), "public.toml");
    let out = made.path().join("out");
    build(&made.open("1"), &out);
    std::fs::write(out.join("data/observations.csv"), "notes\n").unwrap();
    let opened = made.open("1");
    let session = run::Session::read(&opened).unwrap();
    assert!(session.data.diagnostics.iter().all(|problem| problem.id != "earlier-pack-unread"));
    assert!(session.data.earlier.years().is_empty());
}

#[test]
fn a_year_that_discloses_too_much_loses_all_private_values() {
    let table = groups(50, 43) + "1,Small District,2023,enrollment,all,all,100,\n";
    let made = project(&table);
    let opened = made.open("1");
    let session = run::Session::read(&opened).unwrap();
    let at = DistrictYear { district: "1".to_owned(), year: 2024 };
    let less = session.data.released.without(&[at].into(), &opened.catalog).unwrap();
    let shown = |released: &Released, year: i32| {
        let view = released.view().unwrap();
        let rows = released.runs().iter().flat_map(|run| view.rows(run.rows.clone()));
        rows.filter(|row| row.year == year && row.value.is_some()).count()
    };
    assert_eq!(shown(&less, 2024), 0);
    assert_eq!(shown(&less, 2023), shown(&session.data.released, 2023));
    assert!(shown(&less, 2023) > 0);
    assert!(less.withheld() > session.data.released.withheld());
}
