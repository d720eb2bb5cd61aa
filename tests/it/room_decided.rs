//! What people decided after the tables stays theirs: with other numbers, in renamed or damaged files, and after a rebuild.

use std::path::Path;

use retreat::domain::Quadrant;
use retreat::room::MergedBallots;
use sheets::{Cell, SheetBuilder, SourceFile};

use crate::room::{merged, project, run, text};

/// A form with a heading a column, and a row an answer.
pub(crate) fn form(file: &str, head: &[&str], answers: &[&[&str]]) -> SourceFile {
    let mut sheet = SheetBuilder::new(retreat::diagnostic::Place::sheet(file, None), false);
    for (row, cells) in (0..).zip([&[head][..], answers].concat()) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.push_cell(row, column, Cell::Text(text));
        }
    }
    SourceFile::of_sheets(file, vec![sheet.finish()])
}

fn written(project: &Path, name: &str, change: impl Fn(String) -> String) {
    std::fs::write(project.join("swot").join(name), change(text(project, name))).unwrap();
}

fn told(project: &Path) -> String {
    let output = run(project);
    assert!(output.status.code() < Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_change_follows_a_tables_own_item_to_its_new_number() {
    let project = project();
    told(project.path());
    let before = text(project.path(), "consensus.csv");
    let own = before.lines().find(|line| line.starts_with("A6-1,")).unwrap().to_owned();
    let words = own.split(',').nth(2).unwrap().to_owned();
    written(project.path(), "consensus.csv", |all| all.replace(&words, "Words of the whole team"));
    // Another file of table 6 comes first, so that its own items get other numbers.
    let more = "Table,Own item\n6,Our buses are always on time\n";
    std::fs::write(project.path().join("ballots/0 more.csv"), more).unwrap();
    told(project.path());
    let after = text(project.path(), "consensus-new.csv");
    let line = |words: &str| after.lines().find(|line| line.contains(words)).unwrap_or_default().to_owned();
    assert!(!line("Words of the whole team").is_empty(), "{after}");
    assert!(line("Our buses are always on time").starts_with('A'), "{after}");
}

#[test]
fn a_renamed_copy_of_our_file_is_not_taken_for_a_decision() {
    let project = project();
    told(project.path());
    let before = text(project.path(), "consensus.csv");
    let copy = project.path().join("swot/consensus of Monday.csv");
    std::fs::copy(project.path().join("swot/consensus.csv"), &copy).unwrap();
    std::fs::remove_file(project.path().join("ballots/table 5.xlsx")).unwrap();
    told(project.path());
    let without = text(project.path(), "consensus.csv");
    assert_ne!(before, without, "one table less");
    assert!(!text(project.path(), "log.csv").contains("merge,,S4,reword"), "nobody changed anything");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), before);
}

#[test]
fn a_damaged_list_of_what_we_wrote_costs_no_file() {
    let project = project();
    told(project.path());
    let before = text(project.path(), "consensus.csv");
    std::fs::write(project.path().join("swot/.merged.json"), "{").unwrap();
    let said = told(project.path());
    assert!(said.contains(".merged.json"), "{said}");
    assert_eq!(text(project.path(), "consensus.csv"), before);
    assert_eq!(text(project.path(), "consensus-new.csv"), before);
}

#[test]
fn what_was_decided_in_a_file_counts_when_the_file_can_no_longer_be_read() {
    let project = project();
    told(project.path());
    written(project.path(), "consensus.csv", |all| all.replace("O1,threat,", "O1,opportunity,"));
    told(project.path());
    let broken = project.path().join("swot/consensus.xlsx");
    std::fs::write(&broken, b"PK\x03\x04 not a workbook any more").unwrap();
    let said = told(project.path());
    assert!(said.contains("swot/consensus.xlsx"), "{said}");
    assert!(text(project.path(), "consensus-new.csv").contains("O1,opportunity,"));
    assert_eq!(std::fs::read(broken).unwrap(), b"PK\x03\x04 not a workbook any more");
}

#[test]
fn two_files_that_contradict_each_other_are_named() {
    let project = project();
    told(project.path());
    let ours = text(project.path(), "consensus.csv");
    for (name, quadrant) in [("consensus of Ann.csv", "weakness"), ("consensus of Ben.csv", "opportunity")] {
        let theirs = ours.replace("O1,threat,", &format!("O1,{quadrant},"));
        std::fs::write(project.path().join("swot").join(name), theirs).unwrap();
    }
    let said = told(project.path());
    assert!(said.contains("swot/consensus of Ben.csv") && said.contains("O1"), "{said}");
    assert!(text(project.path(), "consensus.csv").contains("O1,opportunity,"), "the later name counts");
}

#[test]
fn what_is_changed_later_counts_in_whichever_file_and_stays() {
    let project = project();
    told(project.path());
    written(project.path(), "consensus.csv", |all| all.replace("O1,threat,", "O1,opportunity,"));
    told(project.path());
    // The team goes on in the file that was written beside its own.
    written(project.path(), "consensus-new.csv", |all| all.replace("O1,opportunity,", "O1,weakness,"));
    for _ in 0..3 {
        let said = told(project.path());
        assert!(text(project.path(), "consensus-new-2.csv").contains("O1,weakness,"));
        assert!(!said.contains("O1"), "nothing contradicts: {said}");
    }
    // Back to where it was at first, which is a change of the newer file.
    written(project.path(), "consensus-new.csv", |all| all.replace("O1,weakness,", "O1,threat,"));
    for _ in 0..3 {
        told(project.path());
        assert!(text(project.path(), "consensus-new-2.csv").contains("O1,threat,"));
    }
    // Then somebody changes the oldest file again.
    written(project.path(), "consensus.csv", |all| all.replace("O1,opportunity,", "O1,strength,"));
    for _ in 0..3 {
        told(project.path());
        assert!(text(project.path(), "consensus-new-2.csv").contains("O1,strength,"));
    }
}

#[test]
fn merging_again_changes_nothing_that_people_decided() {
    let project = project();
    told(project.path());
    let ours = text(project.path(), "consensus.csv");
    // Two changes in one file, and one in another that the first does not show.
    let moved = |text: &str, item: &str, to: &str| -> String {
        let lines = text.lines().map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells[0] == item {
                cells[1] = to;
            }
            cells.join(",")
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let two = moved(&moved(&ours, "O1", "strength"), "S4", "weakness");
    written(project.path(), "consensus.csv", |_| two.clone());
    let other = moved(&ours, "S1", "opportunity");
    std::fs::write(project.path().join("swot/consensus of Ann.csv"), other).unwrap();
    for _ in 0..3 {
        told(project.path());
        let now = text(project.path(), "consensus-new.csv");
        for wanted in ["O1,strength,", "S4,weakness,", "S1,opportunity,"] {
            assert!(now.lines().any(|line| line.starts_with(wanted)), "{wanted} {now}");
        }
    }
}

#[test]
fn who_moves_an_item_in_an_older_file_does_not_bring_back_its_older_words() {
    let project = project();
    told(project.path());
    let before = text(project.path(), "consensus.csv");
    let own = before.lines().find(|line| line.starts_with("A6-1,")).unwrap().to_owned();
    let [quadrant, words] = [1, 2].map(|column| own.split(',').nth(column).unwrap().to_owned());
    // Not byte for byte what the program writes, so that the file stays a person's.
    written(project.path(), "consensus.csv", |all| all.replace(&words, "Words of Monday") + "\n");
    told(project.path());
    written(project.path(), "consensus-new.csv", |all| all.replace("Words of Monday", "Words of Tuesday"));
    told(project.path());
    let moved = if quadrant == "threat" { "weakness" } else { "threat" };
    written(project.path(), "consensus.csv", |all| {
        all.replace(&format!("A6-1,{quadrant},"), &format!("A6-1,{moved},"))
    });
    for _ in 0..2 {
        told(project.path());
        let after = text(project.path(), "consensus-new.csv");
        assert!(after.contains(&format!("A6-1,{moved},Words of Tuesday")), "{after}");
    }
}

pub(crate) fn ids(merged: &MergedBallots) -> Vec<&str> {
    merged.problems.iter().map(|problem| &*problem.id).collect()
}

const HEAD: [&str; 5] = ["Timestamp", "Your name", "Your table", "Should we keep it? [S1]", "Dots [S1]"];

#[test]
fn who_answered_a_form_gets_into_no_file() {
    let merged =
        merged(&[form("ballots/form.csv", &HEAD, &[&["8/1/2025 9:00:01", "Ada Byron", "1", "Yes", "2"]])]);
    assert!(!format!("{:?}", merged.log).contains("Ada"), "{:?}", merged.log);
    assert!(!format!("{:?}", merged.problems).contains("Ada"), "{:?}", merged.problems);
    assert!(!ids(&merged).contains(&"form-question-about-person"), "a known heading needs no word");
    assert_eq!(merged.consensus.rows.iter().find(|row| row.item == "S1").unwrap().kept, 1);
}

#[test]
fn a_question_that_is_not_read_is_named() {
    let head = ["Timestamp", "Your table", "Name one thing that we missed"];
    let answer: &[&str] = &["8/1/2025 9:00:01", "1", "The buses"];
    let merged = merged(&[form("ballots/form.csv", &head, &[answer])]);
    let named = merged.problems.iter().find(|problem| problem.id == "form-question-about-person").unwrap();
    assert_eq!(named.place.cell.as_deref(), Some("C1"));
}

#[test]
fn an_own_item_may_begin_with_its_quadrant_or_an_answer() {
    let head = ["Your table", "Own item"];
    let answers: [&[&str]; 4] = [
        &["1", "Weakness: Roof leaks"],
        &["2", "Threat - State law may change"],
        &["3", "No, the buses are late"],
        &["4", "no"],
    ];
    let merged = merged(&[form("ballots/form.csv", &head, &answers)]);
    let own = merged.consensus.rows.iter().filter(|row| row.item.starts_with('A'));
    let found: Vec<(String, bool)> =
        own.map(|row| (row.statement.clone(), row.quadrant == Some(Quadrant::Threat))).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    for (words, is_threat) in
        [("Roof leaks", false), ("State law may change", true), ("buses are late", false)]
    {
        let mut found = found.iter();
        assert!(
            found.any(|(said, threat)| said.contains(words) && *threat == is_threat),
            "{words}: {found:?}"
        );
    }
}

#[test]
fn an_answer_that_was_exported_twice_counts_once() {
    let answers: [&[&str]; 2] =
        [&["8/1/2025 9:00:01", "A", "1", "Yes", "2"], &["8/1/2025 9:00:09", "B", "1", "Yes", "2"]];
    let files = [form("ballots/early.csv", &HEAD, &answers[..1]), form("ballots/late.csv", &HEAD, &answers)];
    let merged = merged(&files);
    assert_eq!(merged.consensus.rows.iter().find(|row| row.item == "S1").unwrap().dots, 4);
    assert!(ids(&merged).contains(&"form-row-again"), "{:?}", merged.problems);
}

#[test]
fn items_that_differ_only_by_a_sign_are_two() {
    let head = ["Your table", "Own item"];
    let files = [form(
        "ballots/form.csv",
        &head,
        &[&["1", "Enrollment changed by 5%"], &["2", "Enrollment changed by \u{2212}5%"]],
    )];
    let merged = merged(&files);
    let own: Vec<&str> = merged
        .consensus
        .rows
        .iter()
        .filter(|row| row.evidence_id.is_empty())
        .map(|row| row.item.as_str())
        .collect();
    assert_eq!(own.len(), 2, "{own:?}");
}

#[test]
fn one_persons_words_do_not_replace_a_tables() {
    let head = ["Your table", "In our words [S1]"];
    let merged = merged(&[form("ballots/form.csv", &head, &[&["1", "My own words"]])]);
    let row = merged.consensus.rows.iter().find(|row| row.item == "S1").unwrap();
    assert_ne!(row.statement, "My own words");
    assert_eq!(row.rewordings, ["Table 1: My own words"]);
}
