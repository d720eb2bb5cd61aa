//! Feedback on the draft plan: its form, the numbers of its goals, and the answers as four services export them.

use std::collections::BTreeMap;

use retreat::diagnostic::Warned;
use retreat::domain::FeedbackForm;
use retreat::plan::{NumberedGoal, PlanState, TargetTexts, asked_about_goals, numbered_goals};
use retreat::room::{Feedback, FeedbackInput, read_feedback};
use sheets::SourceFile;

use crate::plan::{HEADINGS, memory, plan_file, plan_in, read, read_with, write_plan};
use crate::project::temporary_folder;
use crate::room::{SPEC, parts, sample_in, sheet_rows};
use crate::room_decided::form;
use crate::room_feedback::exports;

const HERE: [&str; 9] = ["Here every day", "Chronic absenteeism", "Dana", "", "23", "", "", "", ""];
const TAUGHT: [&str; 9] = ["Taught by people who stay", "Teacher turnover", "Lee", "", "12", "", "", "", ""];

fn answered(files: &[SourceFile], goals: &[NumberedGoal]) -> Warned<Feedback> {
    let none = BTreeMap::new();
    read_feedback(&FeedbackInput {
        files,
        form: FeedbackForm::Plan,
        asked: &asked_about_goals(goals),
        invited: &BTreeMap::new(),
        codes: &none,
        groups: &none,
        spec: &SPEC,
    })
}

/// The rows of the counts, as `G2 families 12 8 3`.
fn counted(feedback: &Feedback) -> Vec<String> {
    let rows = feedback.rows.iter().map(|row| match &row.counts {
        None => format!("{} {} hidden", row.item, row.group),
        Some(counts) => {
            format!("{} {} {} {} {}", row.item, row.group, counts.people, counts.agree, counts.disagree)
        }
    });
    rows.collect()
}

fn labels(goals: &[NumberedGoal]) -> Vec<String> {
    goals.iter().map(|goal| format!("{} {} {}", goal.label(), goal.goal, goal.is_in_plan)).collect()
}

#[test]
fn answers_on_goals_count_the_same_from_four_services() {
    let goals = numbered_goals(&[], &read(&[&HERE, &TAUGHT]));
    assert!(goals[1].statement.starts_with("Taught by people who stay. "), "{}", goals[1].statement);
    for file in exports(&format!("{}: {}", goals[1].label(), goals[1].statement)) {
        let name = file.file.clone();
        let feedback = answered(&[file], &goals).value;
        assert_eq!(
            counted(&feedback),
            ["G2 all 27 17 9", "G2 families 12 8 3", "G2 students hidden", "G2 teachers hidden"],
            "{name}"
        );
        assert_eq!(feedback.comments.len(), 2, "{name}");
    }
}

/// The plan as it is read after an earlier reading.
fn read_after(before: &PlanState, goals: &[&[&str]]) -> PlanState {
    read_with(&[plan_file("plan.xlsx", &HEADINGS, goals, &memory())], &before.targets)
}

#[test]
fn a_goal_keeps_its_number_when_the_plan_changes() {
    let before = read(&[&HERE, &TAUGHT]);
    let asked = numbered_goals(&[], &before);
    let old_question = format!("Do you agree with this? {}", asked[1].statement);
    // The second goal comes first now, with other words and another target, and a new one is above the old first one.
    let reworded = ["People who stay teach here", "Teacher turnover", "Lee", "", "10", "", "", "", ""];
    let added = ["Reading", "Graduation rate", "", "", "95", "", "", "", ""];
    let state = read_after(&before, &[&reworded, &added, &HERE]);
    let goals = numbered_goals(&asked, &state);
    let now = ["G2 People who stay teach here true", "G3 Reading true", "G1 Here every day true"];
    assert_eq!(labels(&goals), now);
    // The form that is out still has the old words.
    let answers: Vec<&[&str]> = vec![&["Parent", "Agree"]; 12];
    let feedback = answered(&[form("f.csv", &["I am a …", &old_question], &answers)], &goals).value;
    assert_eq!(counted(&feedback), ["G2 all 12 12 0", "G2 families 12 12 0"]);
    // Without the first goal, its number is not given away, and what people said of it is not lost.
    let state =
        read_after(&state, &[&reworded, &added, &["Money lasts", "Enrollment", "", "", "", "", "", "", ""]]);
    let later = numbered_goals(&goals, &state);
    assert_eq!(labels(&later)[2..], ["G4 Money lasts true", "G1 Here every day false"]);
    let feedback = answered(&[form("f.csv", &["I am a …", "G1: Here every day"], &answers)], &later).value;
    assert_eq!(counted(&feedback)[0], "G1 all 12 12 0");
    // It has its number again when it comes back.
    let state = read_after(&state, &[&HERE]);
    assert_eq!(labels(&numbered_goals(&later, &state))[0], "G1 Here every day true");
}

#[test]
fn the_words_of_a_goal_with_two_indicators_do_not_say_which_is_meant() {
    let twice = ["Here every day", "Teacher turnover", "", "", "12", "", "", "", ""];
    let goals = numbered_goals(
        &[],
        &read_with(&[plan_file("p.xlsx", &HEADINGS, &[&HERE, &twice], &memory())], &TargetTexts::new()),
    );
    let answers: Vec<&[&str]> = vec![&["Parent", "Agree"]; 12];
    let unclear = answered(&[form("f.csv", &["I am a …", "Here every day"], &answers)], &goals);
    assert!(unclear.value.rows.is_empty());
    assert!(unclear.diagnostics.iter().any(|problem| problem.id == "not-feedback"));
    let clear = answered(&[form("f.csv", &["I am a …", "G2: Here every day"], &answers)], &goals);
    assert_eq!(counted(&clear.value)[0], "G2 all 12 12 0");
}

/// Answers on the first goal: 13 families, 12 students, and 3 teachers.
fn google_answers() -> String {
    let mut rows = "Timestamp,I am a …,G1: Here every day,Comment on G1\n".to_owned();
    for (group, opinion, count) in [
        ("Parent", "Agree", 11),
        ("Parent", "Disagree", 2),
        ("Student", "Agree", 11),
        ("Teacher", "Agree", 3),
    ] {
        rows.extend(
            (0..count).map(|number| format!("2026/1/{number} {group}{opinion},{group},{opinion},\n")),
        );
    }
    rows.push_str("2026/2/1,Student,Not sure,Buses are late.\n");
    rows
}

#[test]
fn the_command_writes_a_form_and_reads_its_answers() {
    let folder = temporary_folder();
    let settings = "[plan-feedback]\ninvited = { families = 40, students = 30 }\n";
    let project = sample_in(folder.path(), settings);
    std::fs::create_dir(project.join("plan")).unwrap();
    write_plan(&project.join("plan/plan.xlsx"), &HEADINGS, &[&HERE, &TAUGHT], &memory());
    let (code, told) = plan_in(&project);
    assert!(code < Some(2), "{told}");
    let scorecard = project.join("scorecard");
    let form_text = std::fs::read_to_string(scorecard.join("feedback-form.csv")).unwrap();
    assert!(
        form_text.contains("G1,\"G1: Here every day. ") || form_text.contains("G1,G1: Here every day. "),
        "{form_text}"
    );
    assert!(form_text.contains("Comment on G2 (at most 300 characters)"), "{form_text}");
    let document = parts(&scorecard.join("feedback-form.docx"), "document.xml");
    assert!(document.contains("Taught by people who stay") && !document.contains("our tables"), "{document}");
    // Words that complete "I am a …", and room to write below the last question.
    for form in [&form_text, &document] {
        assert!(form.contains("parent or guardian") && !form.contains("families"), "{form}");
    }
    assert!(
        document.contains("w:val=\"TableHead\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Anything else?"),
        "{document}"
    );
    assert!(!scorecard.join("feedback.csv").exists());
    std::fs::create_dir(project.join("plan-feedback")).unwrap();
    std::fs::write(project.join("plan-feedback/google.csv"), google_answers()).unwrap();
    let (_, told) = plan_in(&project);
    assert!(told.contains("feedback from 28 people, with 1 comment"), "{told}");
    let counts = std::fs::read_to_string(scorecard.join("feedback.csv")).unwrap();
    let lines: Vec<&str> = counts.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "goal,group,n,agree,disagree,low,high,comments,hidden,asked,response_rate",
            ",all,28,,,,,,,,",
            ",families,13,,,,,,,40,32.5",
            // The three teachers could be worked out from all, the families, and the students.
            ",students,,,,,,,yes,30,",
            ",teachers,,,,,,,yes,,",
            "G1,all,28,25,2,72.8,96.3,1,,,",
            "G1,families,13,11,2,57.8,95.7,0,,,",
            "G1,students,,,,,,,yes,,",
            "G1,teachers,,,,,,,yes,,",
        ]
    );
    let comments = std::fs::read_to_string(scorecard.join("feedback-comments.csv")).unwrap();
    assert!(comments.contains("G1,,Buses are late.,plan-feedback/google.csv"), "{comments}");
    let sheet = sheet_rows(&scorecard.join("plan-checked.xlsx"), "Feedback");
    assert!(
        sheet
            .iter()
            .any(|row| row.starts_with("G1 | Here every day.") && row.contains("families | 13 | 11 | 2")),
        "{sheet:#?}"
    );
    assert!(!sheet.iter().any(|row| row.contains("Buses")), "{sheet:#?}");
}
