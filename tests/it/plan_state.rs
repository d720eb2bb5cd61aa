//! The table of targets that a state requires: Texas, by student group.

use crate::plan::{HEADINGS, plan_in, write_plan};
use crate::project::temporary_folder;
use crate::room::sheet_rows;

const LAYOUT: &str = "id = \"made\"\nlabel = \"Made up\"\nauthority = \"a test\"\npublic = true\n[year]\nfrom = \"column\"\n\
    column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\nname = [\"District\"]\n[[part]]\npart = \"group\"\n\
    column = [\"Group\"]\n[[column]]\nname = [\"Read\"]\nmeasure = \"state-test-meets-rate\"\ngrade = \"03\"\n\
    subject = \"reading\"\n[[attribute]]\nid = \"state\"\ncolumn = [\"State\"]\n";

#[test]
fn a_texas_plan_has_the_states_table_by_group_and_says_what_is_missing() {
    let folder = temporary_folder();
    let project = folder.path();
    let mut table = "ID,District,State,Year,Group,Read\n".to_owned();
    for district in 1..=4 {
        for year in 2022..=2024 {
            table.push_str(&format!("0{district},Ash {district},TX,{year},All,4{district}\n"));
            table.push_str(&format!("0{district},Ash {district},TX,{year},Hispanic,3{district}\n"));
        }
    }
    std::fs::write(project.join("made.csv"), table).unwrap();
    std::fs::write(project.join("made.toml"), LAYOUT).unwrap();
    let settings = "[retreat]\ntitle = \"Day\"\ndistrict = \"1\"\n[[source]]\npath = \"made.csv\"\nlayout = \"made.toml\"\n";
    std::fs::write(project.join("retreat.toml"), settings).unwrap();
    std::fs::create_dir(project.join("plan")).unwrap();
    let indicator = "State test, meeting grade level, reading, grade 3, Hispanic";
    let goal = ["Every child reads", indicator, "Dana", "", "40", "", "", "", "", "", ""];
    write_plan(&project.join("plan/plan.xlsx"), &HEADINGS, &[&goal], &[]);
    let (code, told) = plan_in(project);
    assert!(code < Some(2), "{told}");
    let rows = sheet_rows(&project.join("scorecard/plan-checked.xlsx"), "State table");
    let of_measures: Vec<&String> = rows.iter().filter(|row| row.contains(" | higher")).collect();
    assert_eq!(of_measures.len(), 4, "{rows:#?}");
    assert!(
        of_measures[0].contains("grade 3 | reading | all students | higher | 2023-24 | 41%"),
        "{rows:#?}"
    );
    assert!(
        of_measures[1].contains("grade 3 | reading | Hispanic | higher | 2023-24 | 31% | 40%"),
        "{rows:#?}"
    );
    assert!(of_measures[2].ends_with("grade 3 | mathematics | all students | higher"), "{rows:#?}");
    assert!(of_measures[3].ends_with("all students | higher"), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("no recent value")), "{rows:#?}");
}
