//! What can be worked out from a district's own figures without a table that adds up by groups and grades.
//! Before it became a test, each case was disclosed exactly or cost the whole table.

use retreat::domain::Status;
use retreat::pack::Formats;
use retreat::run;

use crate::privacy::LAYOUT;
use crate::project::Made;

const HEADER: &str = "ID,District,Year,Measure,Group,Grade,Subject,Value,N\n";

fn layout(id: &str, public: bool) -> String {
    let subject = "[[part]]\npart = \"subject\"\ncolumn = [\"Subject\"]\n\n[[column]]";
    let layout = LAYOUT.replace("\"private\"", &format!("\"{id}\"")).replace("[[column]]", subject);
    layout.replace("public = false", &format!("public = {public}"))
}

/// One `measure group grade subject value n` per line, from the district itself and from what the state has
/// published.
fn made(own: &[&str], state: &[&str]) -> Made {
    let table = |rows: &[&str]| {
        let row = |row: &&str| {
            let cells: Vec<&str> = row.split(' ').collect();
            format!("1,Small District,2024,{}\n", cells.join(","))
        };
        format!("{HEADER}{}", rows.iter().map(row).collect::<String>())
    };
    let made = Made::new().layout("own.toml", &layout("own", false));
    let made = made.write("own.csv", table(own).as_bytes(), "own.toml");
    if state.is_empty() {
        return made;
    }
    let made = made.layout("state.toml", &layout("state", true));
    made.write("state.csv", table(state).as_bytes(), "state.toml")
}

/// Which of the district's own rows are withheld before the audit, in order; a pack can be built. It is not in the project's own
/// output folder, where the next reading would find it.
fn withheld(own: &[&str], state: &[&str]) -> Vec<bool> {
    let project = made(own, state);
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    session.build("1", &project.path().join("pack"), &Formats::all()).unwrap();
    let read = project.read();
    let place = |row: &&str| {
        let [measure, group, grade, subject] = std::array::from_fn(|i| row.split(' ').nth(i).unwrap());
        let found = read.at("1", 2024, &format!("{measure}/{group}/{grade}/{subject}"));
        found.map(|(_, status)| status) == Some(Status::Withheld)
    };
    own.iter().map(place).collect()
}

#[test]
fn public_rates_without_n_withhold_one_more_group_and_not_the_pack() {
    // Together with the rates of all, 17% and 25% of the two smallest would reveal how they share the ten; a
    // third joins them.
    let own = [
        "enrollment all all all 70 ",
        "enrollment white all all 34 ",
        "enrollment hispanic all all 18 ",
        "enrollment black all all 12 ",
        "enrollment asian all all 6 ",
    ];
    let state = [
        "chronic-truancy-rate all all all 11.0 ",
        "chronic-truancy-rate white all all 6.0 ",
        "chronic-truancy-rate hispanic all all 11.0 ",
        "chronic-truancy-rate black all all 25.0 ",
        "chronic-truancy-rate asian all all 17.0 ",
    ];
    let hidden = withheld(&own, &state);
    assert!(hidden[4] && !hidden[0] && hidden.iter().filter(|hidden| **hidden).count() < 4, "{hidden:?}");
}

#[test]
fn a_mask_of_a_few_withholds_one_more_value_and_not_the_table() {
    let own = [
        "enrollment all all all 1200 ",
        "enrollment white all all 800 ",
        "enrollment hispanic all all 300 ",
        "enrollment black all all 96 ",
        "enrollment asian all all <5 ",
    ];
    // The mask itself reveals more than the policy does.
    assert_eq!(withheld(&own, &[]), [false, false, false, true, true]);
}

#[test]
fn a_rate_without_n_uses_what_else_is_known_about_its_students() {
    // Based on the masked count: 42.9% of fewer than ten is 3 of 7.
    let masked = [
        "enrollment all all all 240 ",
        "enrollment white all all 160 ",
        "enrollment asian all all <10 ",
        "disciplinary-placement-rate all all all 20.0 ",
        "disciplinary-placement-rate asian all all 42.9 ",
    ];
    assert!(withheld(&masked, &[])[4]);
    // Based on the people of another rate: 6.7% of 134 is nine.
    let other =
        ["chronic-absenteeism-rate white all all 38.1 134", "disciplinary-placement-rate white all all 6.7 "];
    assert_eq!(withheld(&other, &[]), [false, true]);
    // Based on at most the whole group, which has five students in all grades.
    let group = [
        "enrollment all all all 200 ",
        "enrollment white all all 195 ",
        "enrollment asian all all 5 ",
        "state-test-meets-rate asian 03 reading 50.0 ",
    ];
    assert!(withheld(&group, &[])[3]);
    // A college entrance test that some students take says nothing about how many may graduate; nothing else
    // does either.
    let entrance = ["sat-mean all all mathematics 520 14", "graduation-rate all all all 91.0 "];
    assert_eq!(withheld(&entrance, &[]), [false, true]);
    // Based on those that the other groups leave over: seven.
    let left = [
        "state-test-meets-rate all 03 reading 50.0 100",
        "state-test-meets-rate white 03 reading 55.0 60",
        "state-test-meets-rate black 03 reading 45.5 33",
        "state-test-meets-rate asian 03 reading 28.6 ",
    ];
    assert!(withheld(&left, &[])[3]);
    // Based on those of another rate in the same subject.
    let subject = [
        "enrollment asian 03 all 40 ",
        "growth-percentile asian 03 reading 55 8",
        "proficiency-rate asian 03 reading 37.5 ",
    ];
    assert_eq!(withheld(&subject, &[]), [false, true, true]);
}

#[test]
fn subjects_add_up_to_all_if_each_student_counts_once_in_each() {
    let tests = |all: &str| {
        let all = format!("state-test-meets-rate black all all 50.0 {all}");
        let rows = [
            all.as_str(),
            "state-test-meets-rate black all reading 52.0 100",
            "state-test-meets-rate black all mathematics 49.0 100",
            "state-test-meets-rate black all science 37.5 8",
        ];
        withheld(&rows, &[])
    };
    // 208 tests: science has 208 - 100 - 100.
    assert_eq!(tests("208"), [false, true, true, true]);
    // With 240 tests in all, 32 are in other subjects; with 100 students in all, the subjects add up to more.
    // Either way they reveal nothing about each other.
    assert_eq!(tests("240"), [false, false, false, true]);
    assert_eq!(tests("100"), [false, false, false, true]);
}

#[test]
fn spans_of_grades_add_up_in_every_way() {
    // KG to 2 is 300 - 203 - 90.
    let spans = [
        "enrollment all all all 300 ",
        "enrollment all KG-05 all 130 ",
        "enrollment all 06-08 all 80 ",
        "enrollment all 09-12 all 90 ",
        "enrollment all KG-02 all 7 ",
        "enrollment all 03-08 all 203 ",
    ];
    let hidden = withheld(&spans, &[]);
    assert!(hidden[4] && (hidden[0] || hidden[3] || hidden[5]), "{hidden:?}");
    // Grades 6 to 8 are in both spans that cover all grades: 150 + 150 - 293.
    let crossing = [
        "enrollment all all all 293 ",
        "enrollment all KG-08 all 150 ",
        "enrollment all 06-12 all 150 ",
        "enrollment all 06-08 all 7 ",
    ];
    let hidden = withheld(&crossing, &[]);
    assert!(hidden[3] && hidden[..3].contains(&true), "{hidden:?}");
    // The same for the n of rates.
    let rates = crossing.map(|row| {
        let n = row.split(' ').nth(4).unwrap();
        row.replace("enrollment", "chronic-absenteeism-rate")
            .replace(&format!(" {n} "), &format!(" 30.0 {n}"))
    });
    let rates: Vec<&str> = rates.iter().map(String::as_str).collect();
    let hidden = withheld(&rates, &[]);
    assert!(hidden[3] && hidden[..3].contains(&true), "{hidden:?}");
}

#[test]
fn two_nested_levels_disclose_who_is_exactly_at_one() {
    // 80 and 76 of 100 reach a level, so four are exactly at the lower one.
    let levels = [
        "state-test-approaches-rate all all reading 80.0 100",
        "state-test-meets-rate all all reading 76.0 100",
        "state-test-masters-rate all all reading 20.0 100",
    ];
    let hidden = withheld(&levels, &[]);
    assert!(hidden[0] || hidden[1], "{hidden:?}");
    assert!(!hidden[2], "{hidden:?}");
    // The same if one has no n of its own, or the level in between is not listed.
    let [_, meets, masters] = levels.map(|level| level.replace(" 100", " "));
    assert!(withheld(&[levels[0], &meets], &[]).contains(&true));
    let masters = masters.replace("20.0", "75.0");
    assert!(withheld(&[levels[0], &masters], &[]).contains(&true));
}

#[test]
fn a_rate_without_n_is_withheld_with_the_count_of_its_students() {
    // 52.2% of at most thirty is 12 of 23, which would leave seven for the other group.
    let rates = [
        "enrollment all all all 200 ",
        "enrollment white all all 170 ",
        "enrollment black all all 23 ",
        "enrollment asian all all 7 ",
        "proficiency-rate black all all 52.2 ",
        "proficiency-rate white all all 55.3 ",
    ];
    assert_eq!(withheld(&rates, &[]), [false, false, true, true, true, false]);
}

#[test]
fn whole_looking_rates_are_not_assumed_to_be_rounded_if_one_has_decimals() {
    // 25.0% of 2,400 is known to one part in a thousand: of the 20 students in no listed group, few are
    // absent.
    let rates = [
        "chronic-absenteeism-rate all all all 25.0 2400",
        "chronic-absenteeism-rate white all all 26.1 1500",
        "chronic-absenteeism-rate hispanic all all 23.4 880",
    ];
    assert!(withheld(&rates, &[]).contains(&true));
}

#[test]
fn the_pack_has_no_hash_of_a_private_file() {
    // Somebody who knows all but two cells of a file could try their possible values until the hash matches.
    let project = made(&["enrollment all all all 200 "], &["attendance-rate all all all 93.0 200"]);
    let opened = project.open("1");
    let session = run::Session::read(&opened).unwrap();
    let out = project.path().join("out");
    session.build("1", &out, &Formats::all()).unwrap();
    let report = std::fs::read_to_string(out.join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let told = report["sources"].as_array().unwrap().iter().map(|source| {
        let has = |field: &str| source.get(field).is_some();
        (source["path"].as_str().unwrap(), has("sha256"), has("bytes"))
    });
    assert_eq!(told.collect::<Vec<_>>(), [("own.csv", false, false), ("state.csv", true, true)]);
}
