//! From the consensus to the final SWOT: others give feedback, the team decides, and nothing that it wrote is lost.

use std::path::Path;

use crate::project::{root, temporary_folder};
use crate::room::{build_in, parts, project, run, sample_in, text};

/// Twenty people answer on W3 and S1; three of them on S2.
fn answered(project: &Path) {
    let head = "Timestamp,I am a …,W3: Attendance,Comment on W3,S1: Mathematics,S2: Exams\n";
    let rows: String = (0..20)
        .map(|person| {
            let opinion = if person < 14 { "Agree" } else { "Disagree" };
            let more = if person < 3 { "Agree" } else { "" };
            format!("2025/11/10 9:00:{person:02} AM,Parent,{opinion},,Agree,{more}\n")
        })
        .collect();
    std::fs::create_dir(project.join("feedback")).unwrap();
    std::fs::write(project.join("feedback/form.csv"), format!("{head}{rows}")).unwrap();
}

fn merged(project: &Path) -> String {
    let output = run(project);
    assert!(output.status.code() < Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The row of an item in a CSV file of the room.
fn row(project: &Path, name: &str, item: &str) -> String {
    let all = text(project, name);
    let found = all.lines().find(|line| line.starts_with(&format!("{item},")));
    found.unwrap_or_else(|| panic!("{item} is not in {all}")).to_owned()
}

/// Changes a file of the room as a person would.
fn change(project: &Path, name: &str, changes: &[[&str; 2]]) {
    let mut all = text(project, name);
    for [from, to] in changes {
        assert!(all.contains(from), "{from} is not in {all}");
        all = all.replacen(from, to, 1);
    }
    std::fs::write(project.join("swot").join(name), all).unwrap();
}

/// `swot/final.csv` as a person fills it in: the columns of the workbook.
const HEAD: &str = "Item,Quadrant,Statement,Keep?,Note\n";

#[test]
fn the_final_swot_says_what_feedback_changed() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    assert!(row(project, "final.csv", "W3").contains(",open,,program,20,14,6,"), "14 of 20 agree");
    assert!(row(project, "final.csv", "S2").contains(",open,,program,withheld,"), "three people are too few");
    // S4 is dropped, W3 moves, S1 gets other words, and an item is new.
    let statement = row(project, "final.csv", "W3");
    let statement = statement.split('"').nth(1).unwrap();
    let decided = format!(
        "{HEAD}S1,Strength,We are good at mathematics,yes,clearer\nS4,,,no,too few people graduate\n\
         W3,Threat,\"{statement}\",yes,\n,Opportunity,Families want later buses,,from the comments\n"
    );
    std::fs::write(project.join("swot/final decided.csv"), &decided).unwrap();
    let told = merged(project);
    assert!(told.contains("final SWOT: 4 items decided"), "{told}");
    let of = |item: &str| row(project, "final.csv", item);
    assert!(of("S1").starts_with("S1,strength,We are good at mathematics,kept,clearer,program,20,20,0,"));
    assert!(of("S1").contains("The share of students proficient in mathematics"), "its words before");
    assert!(of("W3").starts_with("W3,threat,") && of("W3").contains(",weakness,"), "{}", of("W3"));
    assert!(
        of("N-1").starts_with("N-1,opportunity,Families want later buses,kept,from the comments,feedback,")
    );
    let log = text(project, "log.csv");
    for wanted in [
        "feedback,,W3,vote,,14 of 20 agree,6 disagree; 0 comments,",
        "feedback,,S2,vote,,withheld,",
        "final,,W3,move,weakness,threat,",
        "final,,S4,drop,strength,,too few people graduate",
        "final,,N-1,add,,opportunity,Families want later buses,",
    ] {
        assert!(log.contains(wanted), "{wanted} is not in {log}");
    }
    assert_eq!(std::fs::read_to_string(project.join("swot/final decided.csv")).unwrap(), decided);
}

#[test]
fn decisions_survive_another_ballot_another_answer_and_a_deleted_file() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    change(project, "final.csv", &[["S1,strength", "S1,weakness"]]);
    merged(project);
    assert!(row(project, "final-new.csv", "S1").starts_with("S1,weakness,"));
    std::fs::remove_file(project.join("ballots/table 5.xlsx")).unwrap();
    merged(project);
    assert!(row(project, "final-new.csv", "S1").starts_with("S1,weakness,"));
    std::fs::rename(project.join("swot/final-new.csv"), project.join("swot/final.csv")).unwrap();
    merged(project);
    assert!(row(project, "final.csv", "S1").starts_with("S1,weakness,"));
    assert!(text(project, "log.csv").contains("final,,S1,move,strength,weakness,"));
}

#[test]
fn an_added_item_is_one_item_whatever_people_do_with_it() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    let decided = format!("{HEAD},Threat,Buses are too early,,\n");
    std::fs::write(project.join("swot/final.csv"), decided).unwrap();
    merged(project);
    std::fs::rename(project.join("swot/final-new.csv"), project.join("swot/final.csv")).unwrap();
    merged(project);
    let items = |words: &str| text(project, "final.csv").matches(words).count();
    assert_eq!(items("Buses are too early"), 1);
    // The team words it anew, and then drops it.
    let reworded = format!("{HEAD}N-1,Threat,Buses come before breakfast,,\n");
    std::fs::write(project.join("swot/final.csv"), &reworded).unwrap();
    merged(project);
    let new = text(project, "final-new.csv");
    assert!(new.contains("N-1,threat,Buses come before breakfast,kept"), "{new}");
    assert!(!new.contains("N-2") && !new.contains("too early"), "{new}");
    std::fs::write(project.join("swot/final.csv"), reworded.replace("breakfast,,", "breakfast,no,")).unwrap();
    merged(project);
    assert!(row(project, "final-new.csv", "N-1").contains(",dropped,"));
    assert!(text(project, "log.csv").contains("final,,N-1,drop,threat,,"));
}

#[test]
fn an_addition_is_worded_anew_in_the_file_that_was_written_beside_the_first() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    std::fs::write(project.join("swot/final.csv"), format!("{HEAD},Threat,Buses are too early,,\n")).unwrap();
    merged(project);
    change(project, "final-new.csv", &[["Buses are too early", "Buses come before breakfast"]]);
    for _ in 0..3 {
        merged(project);
        let new = text(project, "final-new-2.csv");
        assert!(new.contains("N-1,threat,Buses come before breakfast"), "{new}");
        assert!(!new.contains("too early") && !new.contains("N-2"), "{new}");
    }
}

#[test]
fn move_under_keep_moves_an_item() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    let decided = format!("{HEAD}S4,Strength,,move to threat,\n");
    std::fs::write(project.join("swot/final.csv"), decided).unwrap();
    for _ in 0..2 {
        merged(project);
        let found = row(project, "final-new.csv", "S4");
        assert!(found.starts_with("S4,threat,") && found.contains(",strength,"), "{found}");
    }
}

#[test]
fn what_cannot_be_understood_in_the_final_swot_is_named_by_its_cell() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    let decided = format!("{HEAD}S1,Success,,perhaps,\nZ9,Threat,No such item,yes,\n");
    std::fs::write(project.join("swot/final.csv"), &decided).unwrap();
    let told = merged(project);
    let named = told.lines().find(|line| line.contains("final-cell-unused")).unwrap_or_default();
    assert!(named.contains("swot/final.csv › B2") && named.contains("D2, A3"), "{told}");
    assert_eq!(std::fs::read_to_string(project.join("swot/final.csv")).unwrap(), decided);
}

#[test]
fn page_and_decks_show_the_feedback_and_then_the_final_swot() {
    let folder = temporary_folder();
    let invited = "[feedback]\ninvited = { families = 40 }\nuntil = \"March 14\"\n";
    let project = sample_in(folder.path(), invited);
    for entry in std::fs::read_dir(root().join("tests/room/day")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), project.join("ballots").join(entry.file_name())).unwrap();
    }
    answered(&project);
    merged(&project);
    build_in(&project, "html,pptx");
    let page = || std::fs::read_to_string(project.join("out/index.html")).unwrap();
    let deck = project.join("out/feedback-deck.pptx");
    let slides = parts(&deck, "ppt/slides/slide");
    assert_eq!(slides.matches("<p:sld ").count(), 12, "fifteen minutes");
    assert!(slides.contains("Please answer by March 14.") && slides.contains("Consensus of 6 tables"));
    assert!(!slides.contains(".xlsx"), "the audience has no workbook");
    // Twenty of forty families answered.
    assert!(page().contains("Who gave feedback on our SWOT?") && page().contains("50.0%"));
    let decided = format!("{HEAD}S4,Strength,Nearly all of our students graduate,yes,\n");
    std::fs::write(project.join("swot/final.csv"), decided).unwrap();
    merged(&project);
    build_in(&project, "html,pptx");
    assert!(page().contains("Final SWOT: what the team decided after feedback from 20 people"));
    assert!(page().contains("Nearly all of our students graduate"));
    let slides = parts(&project.join("out/retreat-deck.pptx"), "ppt/slides/slide");
    assert!(slides.contains("Final SWOT: our strengths") && !slides.contains("Consensus of 6 tables"));
    assert!(!deck.exists(), "nobody is asked any more");
}

#[test]
fn notes_and_moves_in_several_rows_of_an_item_are_kept_or_named() {
    let project = project();
    let project = project.path();
    answered(project);
    merged(project);
    let [w3, s1] = ["W3", "S1"].map(|item| row(project, "final.csv", item));
    let [w3, s1] = [&w3, &s1].map(|row| row.split('"').nth(1).unwrap());
    let decided = format!(
        "{HEAD}W3,Weakness,\"{w3}\",yes,it is our job\nW3,Weakness,\"{w3}\",yes,it may get worse\n\
         S1,Strength,\"{s1}\",Threat,\nS1,Strength,\"{s1}\",Opportunity,\nS4,,,move,\n"
    );
    std::fs::write(project.join("swot/final decided.csv"), decided).unwrap();
    let told = merged(project);
    assert!(row(project, "final.csv", "W3").contains("it is our job; it may get worse"), "{told}");
    assert!(row(project, "final.csv", "S1").starts_with("S1,threat,"), "{told}");
    let named = told.lines().find(|line| line.contains("final-cell-unused")).unwrap_or_default();
    assert!(named.contains("D5") && named.contains("D6"), "{told}");
}
