//! A plan as people leave it: other headings, merged cells, dates and percents in words, and last year's checked copy.

use std::path::Path;

use retreat::domain::Better;
use retreat::plan::{ChangeKind, GoalStatus, PlanColumn, PlanInput, PlanState, TargetTexts, read_plan};
use rust_xlsxwriter::{Format, Note, Workbook};

use crate::plan::{
    HEADINGS, SAMPLE, SPEC, add_sheet, ids, memory, memory_of, plan_file, plan_in, read_with, saved,
    write_memory, write_plan,
};
use crate::project::temporary_folder;
use crate::room::{sample_in, sheet_rows};

/// The table for other programs.
fn export(project: &Path) -> String {
    std::fs::read_to_string(project.join("scorecard/export.csv")).unwrap()
}

#[test]
fn the_checked_copy_remembers_what_the_plan_did() {
    let folder = temporary_folder();
    let project = sample_in(folder.path(), "");
    std::fs::create_dir(project.join("plan")).unwrap();
    let plan = project.join("plan/plan.xlsx");
    let checked = project.join("scorecard/plan-checked.xlsx");
    let headings = ["Goal", "Indicator", "Owner", "Target 2024-25", "Target 2026-27"];
    let goal: [&[&str]; 1] = [&["Here", "Chronic absenteeism", "Dana", "26", "20"]];
    // The plan was written a year before the newest data.
    write_plan(&plan, &headings, &goal, &memory_of(2024));
    let (_, told) = plan_in(&project);
    assert!(told.contains("on track") && told.contains("from 26.7% in 2023-24"), "{told}");
    let first = export(&project);
    let changes = sheet_rows(&checked, "Changes");
    assert!(changes.iter().any(|row| row.contains("new year")), "{changes:#?}");
    // Whoever carries the checked copy forward has the same baseline, status, and changes.
    std::fs::copy(&checked, &plan).unwrap();
    let (_, told) = plan_in(&project);
    assert!(told.contains("on track") && told.contains("from 26.7% in 2023-24"), "{told}");
    assert_eq!(export(&project), first);
    assert_eq!(sheet_rows(&checked, "Changes"), changes);
    // Both together count once.
    write_plan(&project.join("plan/old.xlsx"), &headings, &goal, &memory_of(2024));
    plan_in(&project);
    assert_eq!(export(&project), first);
}

#[test]
fn the_checked_copy_has_the_series_of_the_plan() {
    let folder = temporary_folder();
    let project = sample_in(folder.path(), "");
    std::fs::create_dir(project.join("plan")).unwrap();
    let plan = project.join("plan/plan.xlsx");
    let mut book = Workbook::new();
    add_sheet(&mut book, "Plan", 0, &HEADINGS);
    let sheet = add_sheet(&mut book, "Local", 0, &["Series", "Period or school", "Value", "n"]);
    for (row, value) in (1..).zip(["49.6", "49.6", "many"]) {
        sheet.write_string(row, 0, "Flow").unwrap();
        sheet.write_string(row, 2, value).unwrap();
    }
    book.save(&plan).unwrap();
    plan_in(&project);
    let checked = project.join("scorecard/plan-checked.xlsx");
    let flow = |name: &str| {
        let rows = sheet_rows(&checked, name);
        rows.into_iter().filter(|row| row.contains("Flow")).collect::<Vec<_>>()
    };
    let typed = flow("Local");
    assert_eq!(typed.len(), 3, "{typed:?}");
    assert!(typed[2].contains("many"), "{typed:?}");
    let drawn = flow("Process charts");
    std::fs::copy(&checked, &plan).unwrap();
    plan_in(&project);
    assert_eq!((flow("Local"), flow("Process charts")), (typed, drawn));
}

/// A plan with these headings and one goal, as it is read.
fn read_row(headings: &[&str], goal: &[&str]) -> PlanState {
    read_with(&[plan_file("plan.xlsx", headings, &[goal], &memory())], &TargetTexts::new())
}

/// A plan with headings in two rows: words over several years, merged or not.
fn two_rows(is_merged: bool) -> PlanState {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    let above = ["Goal", "Indicator", "Owner", "Targets", "", "", "Actual", "", "Deadline"];
    let below = ["", "", "", "2024-25", "2025-26", "2026-27", "2024-25", "2025-26", ""];
    let goal = ["Here", "Chronic absenteeism", "Dana", "26", "25", "23", "25.8", "", "June 2027"];
    for (row, cells) in (3..).zip([above, below, goal]) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    if is_merged {
        sheet.merge_range(3, 3, 3, 5, "Targets", &Format::new()).unwrap();
        sheet.merge_range(3, 6, 3, 7, "Actual", &Format::new()).unwrap();
        for column in [0, 1, 2, 8] {
            sheet.merge_range(3, column, 4, column, above[usize::from(column)], &Format::new()).unwrap();
        }
    }
    write_memory(&mut book, &memory());
    read_with(&[saved(book)], &TargetTexts::new())
}

#[test]
fn a_heading_over_the_columns_of_several_years_is_that_of_each() {
    for is_merged in [false, true] {
        let state = two_rows(is_merged);
        assert_eq!(state.goals.len(), 1, "{is_merged}");
        let typed = &state.goals[0].checked.typed;
        let targets: Vec<String> =
            typed.targets.iter().map(|(year, cell)| format!("{year}: {}", cell.text)).collect();
        assert_eq!(targets, ["2025: 26", "2026: 25", "2027: 23"], "{is_merged}");
        assert_eq!(typed.text(PlanColumn::Deadline), "June 2027");
        let own: Vec<&str> = typed.others.keys().map(String::as_str).collect();
        assert_eq!(own, ["Actual 2024-25"], "{is_merged}: an empty cell is nothing");
        assert_eq!(ids(&state.problems), ["plan-column-missing A5"], "{is_merged}: the month of the report");
    }
}

#[test]
fn of_two_columns_of_one_kind_one_is_used_and_the_other_kept() {
    let cells = [
        ("Priority", "1"),
        ("Goal", "Here"),
        ("Indicator", "Attendance"),
        ("Owner", "Dana"),
        ("Target 2026-27", "95"),
        ("Deadline", ""),
        ("Report month", ""),
        ("Note", "a note"),
        ("Responsible", "Lee"),
        ("Comments", "a comment"),
        ("Strategy", "one"),
        ("Strategy", "two"),
        ("How ambitious that is", "ours"),
        ("2026-27", "96"),
        ("", "loose"),
    ];
    let (headings, goal): (Vec<&str>, Vec<&str>) = cells.into_iter().unzip();
    let state = read_row(&headings, &goal);
    let typed = &state.goals[0].checked.typed;
    let used = [PlanColumn::Goal, PlanColumn::Owner, PlanColumn::Note].map(|column| typed.text(column));
    assert_eq!(used, ["Here", "Dana", "a note"]);
    assert_eq!(typed.targets[&2027].text, "95");
    let kept: Vec<String> =
        typed.others.iter().map(|(name, cell)| format!("{name}: {}", cell.text)).collect();
    assert_eq!(
        kept,
        [
            "2026-27: 96",
            "Column O: loose",
            "Comments: a comment",
            "How ambitious that is: ours",
            "Priority: 1",
            "Responsible: Lee",
            "Strategy: one",
            "Strategy (column L): two",
        ]
    );
    let twice = "plan-column-twice";
    assert_eq!(
        ids(&state.problems),
        [format!("{twice} A6"), format!("{twice} I6"), format!("{twice} J6"), format!("{twice} N6")]
    );
    let problem = &state.problems[1];
    assert!(
        problem.found.contains("“Owner” (D6)") && problem.found.contains("“Responsible”"),
        "{}",
        problem.found
    );
}

#[test]
fn columns_of_ones_own_are_in_the_checked_copy_and_stay_there() {
    let folder = temporary_folder();
    let project = sample_in(folder.path(), "");
    std::fs::create_dir(project.join("plan")).unwrap();
    let plan = project.join("plan/plan.xlsx");
    let headings = [
        "Goal",
        "Indicator",
        "Owner",
        "Target 2026-27",
        "Lead",
        "Strategy",
        "Strategy",
        "How ambitious that is",
    ];
    let goal: [&[&str]; 1] = [&[
        "Here",
        "Attendance",
        "first owner",
        "95",
        "second owner",
        "one way",
        "another way",
        "our remark",
    ]];
    write_plan(&plan, &headings, &goal, &memory());
    let checked = project.join("scorecard/plan-checked.xlsx");
    for _ in 0..2 {
        plan_in(&project);
        let rows = sheet_rows(&checked, "Plan");
        let row = rows.iter().find(|row| row.contains("first owner")).unwrap();
        for text in ["second owner", "one way", "another way", "our remark"] {
            assert_eq!(row.matches(text).count(), 1, "{row}");
        }
        assert_eq!(row.matches("will rise").count(), 1, "{row}");
        std::fs::copy(&checked, &plan).unwrap();
    }
}

#[test]
fn a_merged_cell_belongs_to_all_its_rows() {
    let mut book = Workbook::new();
    let sheet = add_sheet(&mut book, "Plan", 0, &HEADINGS);
    let plain = Format::new();
    sheet.merge_range(1, 0, 3, 0, "Every child reads", &plain).unwrap();
    sheet.merge_range(1, 2, 2, 2, "Dana", &plain).unwrap();
    sheet.merge_range(1, 8, 3, 8, "2029-30", &plain).unwrap();
    for (row, grade) in [(1, 3), (2, 4)] {
        sheet.write_string(row, 1, format!("Proficiency, reading, grade {grade}")).unwrap();
        sheet.write_number(row, 7, 50.0).unwrap();
    }
    // The fourth row has nothing but the merged cells, so it is not a goal.
    sheet.write_string(4, 0, "Stay").unwrap();
    let state = read_with(&[saved(book)], &TargetTexts::new());
    let shown: Vec<String> = state
        .goals
        .iter()
        .map(|goal| {
            let typed = &goal.checked.typed;
            [PlanColumn::Goal, PlanColumn::Indicator, PlanColumn::Owner, PlanColumn::Deadline]
                .map(|column| typed.text(column))
                .join(" | ")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Every child reads | Proficiency, reading, grade 3 | Dana | 2029-30",
            "Every child reads | Proficiency, reading, grade 4 | Dana | 2029-30",
            "Stay |  |  | ",
        ]
    );
}

#[test]
fn a_target_over_several_years_is_that_of_the_last_and_notes_are_named() {
    let mut book = Workbook::new();
    let headings = ["Goal", "Indicator", "Owner", "Target 2025-26", "Target 2026-27", "Target 2027-28"];
    let sheet = add_sheet(&mut book, "Plan", 0, &headings);
    sheet.write_string(1, 0, "Here").unwrap();
    sheet.write_string(1, 1, "Attendance").unwrap();
    sheet.merge_range(1, 3, 1, 5, "95", &Format::new()).unwrap();
    sheet.insert_note(1, 1, &Note::new("Ask Dana")).unwrap();
    let state = read_with(&[saved(book)], &TargetTexts::new());
    assert_eq!(state.goals[0].checked.targets.iter().collect::<Vec<_>>(), [(&2028, &95.0)]);
    let found = ids(&state.problems);
    assert!(found.contains(&"plan-target-merged D2".to_owned()), "{found:?}");
    assert!(found.contains(&"plan-cell-note B2".to_owned()), "{found:?}");
}

#[test]
fn a_heading_with_a_school_year_is_a_target() {
    for heading in [
        "2026-27 target",
        "Target 2026-27",
        "Target for 2026-2027",
        "2026–27 Target (%)",
        "Target (SY 2026-27)",
        "Goal for 2026-27",
        "2026-27 goal",
        "2026-27",
        "2026-27 School Year",
        "2027",
        "FY27",
        "FY 2027",
        "Year 2 (2026-27)",
        "Target by June 2027",
        "Spring 2027 target",
        "End-of-year target 2027",
    ] {
        let state = read_row(&["Goal", "Indicator", "Owner", heading], &["A", "Attendance", "", "95"]);
        assert_eq!(state.goals[0].checked.targets.get(&2027), Some(&95.0), "{heading}: {:?}", state.problems);
        assert!(!ids(&state.problems).iter().any(|id| id.starts_with("plan-target")), "{heading}");
    }
}

#[test]
fn a_year_alone_may_have_results() {
    let past = ["Goal", "Indicator", "Owner", "2023-24", "2026-27"];
    let beside = ["Goal", "Indicator", "Owner", "2025-26", "Target 2026-27"];
    for headings in [past, beside] {
        let state = read_row(&headings, &["A", "Attendance", "", "94", "95"]);
        let goal = &state.goals[0].checked;
        assert_eq!(goal.targets.iter().collect::<Vec<_>>(), [(&2027, &95.0)], "{headings:?}");
        assert_eq!(goal.typed.others[headings[3]].text, "94");
        let found = ids(&state.problems);
        assert!(found.contains(&"plan-year-heading-unclear D6".to_owned()), "{found:?}");
    }
}

#[test]
fn a_number_of_a_goal_is_not_the_goal() {
    for heading in ["Goal #", "Goal No.", "Goal Number", "#"] {
        let headings = [heading, "Goal", "Indicator", "Owner", "Target 2026-27", "Deadline", "Report month"];
        let state = read_row(&headings, &["1", "Attend", "Attendance", "", "95", "", ""]);
        let typed = &state.goals[0].checked.typed;
        assert_eq!((typed.text(PlanColumn::Goal), typed.targets.len()), ("Attend", 1), "{heading}");
        assert_eq!(typed.others[heading].text, "1");
        assert!(
            !ids(&state.problems).iter().any(|id| id.ends_with(" A6")),
            "{heading}: {:?}",
            state.problems
        );
    }
}

#[test]
fn what_may_be_a_target_is_named() {
    for heading in [
        "Year 3",
        "Yr 3",
        "Y3",
        "Target",
        "Target, year 3",
        "Target 3",
        "Long-term target",
        "Spring 2027",
        "Goal 3 2026",
    ] {
        let headings = ["Goal", "Indicator", "Owner", "Target 2025-26", heading];
        let state = read_row(&headings, &["A", "Attendance", "", "94", "95"]);
        let found = ids(&state.problems);
        let is_read = state.goals[0].checked.targets.len() == 2;
        assert!(
            is_read || found.contains(&"plan-target-heading-unclear E6".to_owned()),
            "{heading}: {found:?}"
        );
        assert!(is_read || state.goals[0].checked.typed.others[heading].text == "95");
    }
    for heading in [
        "Cost",
        "Actual 2024-25",
        "Budget 2026-27",
        "Target group",
        "Goal area",
        "Grades 3-5",
        "Strategy",
        "Last year",
    ] {
        let headings = ["Goal", "Indicator", "Owner", "Target 2025-26", heading];
        let state = read_row(&headings, &["A", "Attendance", "", "94", "95"]);
        assert!(
            !ids(&state.problems).iter().any(|id| id.ends_with(" E6")),
            "{heading}: {:?}",
            ids(&state.problems)
        );
        assert_eq!(state.goals[0].checked.typed.others[heading].text, "95");
    }
}

/// A goal of the sample for chronic absenteeism, or another indicator, with what was typed for two years and as the deadline.
fn read_goal(indicator: &str, targets: [&str; 2], deadline: &str) -> PlanState {
    let headings =
        ["Goal", "Indicator", "Owner", "Target 2025-26", "Target 2026-27", "Deadline", "Report month"];
    read_row(&headings, &["A", indicator, "", targets[0], targets[1], deadline, ""])
}

#[test]
fn a_deadline_may_be_in_words() {
    for deadline in [
        "by June 2027",
        "By 2026-27",
        "before June 30, 2027",
        "no later than 6/30/27",
        "the end of 2026-27",
        "by the end of the 2026-27 school year",
        "end of school year 2026-27",
        "EOY 2027",
        "spring 2027",
        "in Spring of 2027",
        "summer 2027",
        "June '27",
        "Jun-27",
        "6/2027",
        "2027-06",
        "Wednesday, June 30, 2027",
        "FY27",
        "TBD",
        "",
    ] {
        let state = read_goal("Attendance", ["", "95"], deadline);
        assert!(ids(&state.problems).is_empty(), "{deadline}: {:?}", ids(&state.problems));
        let sentence = state.goals[0].checked.sentence().unwrap();
        assert_eq!(sentence.matches(" by ").count(), 1, "{sentence}");
        assert!(!sentence.contains("by before") && !sentence.contains("by in"), "{sentence}");
    }
    for deadline in ["by June 2031", "the end of 2030-31", "spring 2031", "6/30/31", "Jun-31", "summer 2031"]
    {
        let state = read_goal("Attendance", ["", "95"], deadline);
        assert_eq!(ids(&state.problems), ["plan-deadline-differs F7"], "{deadline}");
        assert!(state.problems[0].found.contains("2030-31"), "{}", state.problems[0].found);
        let sentence = state.goals[0].checked.sentence().unwrap();
        assert!(sentence.ends_with("by the end of 2026-27."), "{sentence}");
    }
}

#[test]
fn a_deadline_that_is_not_understood_is_named_and_kept() {
    for deadline in
        ["when funding allows", "in five years", "ongoing", "winter 2027", "by the next board meeting"]
    {
        let state = read_goal("Attendance", ["", "95"], deadline);
        assert_eq!(ids(&state.problems), ["plan-deadline-unclear F7"], "{deadline}");
        let checked = &state.goals[0].checked;
        assert!(checked.sentence().unwrap().ends_with("by the end of 2026-27."));
        assert_eq!(checked.due(), deadline);
    }
}

#[test]
fn a_percent_may_be_a_word() {
    for target in ["20 percent", "20 pct", "20 Pct.", "20 %", "20percent", "20 per cent", "20.0%"] {
        let state = read_goal("Chronic absenteeism", ["24", target], "");
        assert_eq!(state.goals[0].checked.last_target(), Some((2027, 20.0)), "{target}");
        assert!(state.problems.is_empty(), "{target}: {:?}", state.problems);
    }
    let state = read_goal("Average teacher salary", ["", "$70,000 dollars"], "");
    assert_eq!(state.goals[0].checked.last_target(), Some((2027, 70_000.0)));
    // Points are a change, and a percent of dollars is none.
    for (indicator, target) in
        [("Chronic absenteeism", "5 percentage points"), ("Average teacher salary", "5 percent")]
    {
        assert_eq!(read_goal(indicator, ["", target], "").goals[0].checked.last_target(), None, "{target}");
    }
}

#[test]
fn a_step_is_not_stated_as_the_goal_if_the_last_target_cannot_be_read() {
    let state = read_goal("Chronic absenteeism", ["24", "a fifth"], "2026-27");
    assert_eq!(ids(&state.problems), ["plan-target-words E7"]);
    let goal = &state.goals[0];
    assert_eq!((goal.checked.sentence(), goal.checked.last_target(), goal.checked.asked), (None, None, None));
    assert_eq!(goal.checked.verdict(), "the last target cannot be read");
    // Nor is it met when a year reaches the step: 25.8 in 2024-25.
    let headings = ["Goal", "Indicator", "Owner", "Target 2024-25", "Target 2026-27"];
    let row: [&[&str]; 1] = [&["A", "Chronic absenteeism", "", "26", "a fifth"]];
    let file = plan_file("plan.xlsx", &headings, &row, &memory_of(2024));
    let state = read_with(&[file], &TargetTexts::new());
    assert_eq!(state.goals[0].score.status, GoalStatus::OnTrack);
    // An earlier target that cannot be read leaves the last as it is.
    let state = read_goal("Chronic absenteeism", ["a quarter", "20"], "");
    assert_eq!(state.goals[0].checked.last_target(), Some((2027, 20.0)));
}

/// What becomes of targets of a percent whose newest value is known: the last target, and the problems.
fn percent_targets(newest: f64, better: Better, targets: [&str; 2]) -> (Option<f64>, Vec<String>) {
    let mut menu = SAMPLE.menu.clone();
    let row = menu.rows.iter_mut().find(|row| row.indicator == "Chronic absenteeism").unwrap();
    row.baseline.value = newest;
    row.better = better;
    let headings =
        ["Goal", "Indicator", "Owner", "Target 2025-26", "Target 2026-27", "Deadline", "Report month"];
    let goal: [&[&str]; 1] = [&["A", "Chronic absenteeism", "", targets[0], targets[1], "", ""]];
    let file = plan_file("plan.xlsx", &headings, &goal, &memory());
    let before = TargetTexts::new();
    let state = read_plan(&PlanInput { files: &[file], menu: &menu, spec: &SPEC, targets_before: &before });
    let last = state.goals[0].checked.last_target().map(|(_, value)| value);
    // That a target is worse than now is another question.
    let questions = state.problems.iter().filter(|one| one.id != "plan-target-worse");
    (last, questions.map(|one| format!("{}: {}", one.id, one.found)).collect())
}

#[test]
fn a_small_number_is_a_percent_or_a_question() {
    // A dropout rate of 2.3% is to fall to 1%, and 100% would be worse; a year later it is 2.0%.
    for newest in [2.3, 2.0, 1.2] {
        assert_eq!(percent_targets(newest, Better::Lower, ["", "1"]), (Some(1.0), vec![]), "{newest}");
    }
    // Step by step.
    assert_eq!(percent_targets(8.0, Better::Lower, ["2", "0.8"]), (Some(0.8), vec![]));
    assert_eq!(percent_targets(0.4, Better::Higher, ["", "0.6"]), (Some(0.6), vec![]));
    // 27 for 100 is meant, or 0.27: both readings are named.
    for targets in [["", "0.27"], ["25", "0.27"]] {
        let (last, questions) = percent_targets(23.0, Better::Higher, targets);
        assert_eq!((last, questions.len()), (None, 1));
        assert!(
            questions[0].contains("0.27%") && questions[0].contains("27% written as a fraction"),
            "{questions:?}"
        );
    }
    // With a percent sign it counts as it stands, with the question.
    let (last, questions) = percent_targets(23.0, Better::Higher, ["", "0.27%"]);
    assert_eq!((last, questions.len()), (Some(0.27), 1));
    assert!(
        questions[0].starts_with("plan-target-small") && questions[0].contains("27% would"),
        "{questions:?}"
    );
    assert_eq!(percent_targets(2.3, Better::Lower, ["", "0.5%"]), (Some(0.5), vec![]));
    assert_eq!(percent_targets(95.0, Better::Higher, ["", "1"]).0, None);
}

/// The changes of targets between two versions of a plan, each with its goal, indicator, and target for 2026-27.
fn target_changes(before: &[&[&str]], after: &[&[&str]]) -> Vec<String> {
    let headings = ["Goal", "Indicator", "Owner", "Target 2026-27", "Deadline"];
    let read = |goals: &[&[&str]], before: &TargetTexts| {
        read_with(&[plan_file("plan.xlsx", &headings, goals, &memory())], before)
    };
    let first = read(before, &TargetTexts::new());
    assert!(first.changes.iter().all(|change| change.kind != ChangeKind::TargetChanged));
    let changes = read(after, &first.targets).changes;
    let of_targets = changes.iter().filter(|change| change.kind == ChangeKind::TargetChanged);
    of_targets
        .map(|change| {
            let renamed = if change.why.contains("renamed") { " (renamed)" } else { "" };
            format!("{}: {} > {}{renamed}", change.what, change.before, change.after)
        })
        .collect()
}

#[test]
fn a_changed_target_is_found_though_its_goal_was_renamed() {
    let before: [&[&str]; 2] = [&["att", "Attendance", "", "94"], &["Stay", "Teacher turnover", "", "20"]];
    let renamed: [&[&str]; 2] = [&["Attendance goal", "Attendance", "", "95"], before[1]];
    assert_eq!(
        target_changes(&before, &renamed),
        ["Attendance goal: Attendance, 2026-27: 94 > 95 (renamed)"]
    );
    let unchanged: [&[&str]; 2] = [&["Attendance goal", "Attendance", "", "94"], before[1]];
    assert!(target_changes(&before, &unchanged).is_empty());
    let without_text: [&[&str]; 2] = [&["", "Attendance", "", "95"], before[1]];
    assert_eq!(target_changes(&before, &without_text), ["Attendance, 2026-27: 94 > 95 (renamed)"]);
    // Two goals of one indicator: the one with the same target was renamed, so the other changed.
    let two: [&[&str]; 2] = [&["A", "Attendance", "", "94"], &["B", "Attendance", "", "96"]];
    let both: [&[&str]; 2] = [&["C", "Attendance", "", "96"], &["D", "Attendance", "", "95"]];
    assert_eq!(target_changes(&two, &both), ["D: Attendance, 2026-27: 94 > 95 (renamed)"]);
    // Where it cannot be said which is which, nothing is lost.
    let neither: [&[&str]; 2] = [&["C", "Attendance", "", "97"], &["D", "Attendance", "", "95"]];
    assert_eq!(
        target_changes(&two, &neither),
        [
            "A: Attendance, 2026-27: 94 > ",
            "B: Attendance, 2026-27: 96 > ",
            "C: Attendance, 2026-27:  > 97",
            "D: Attendance, 2026-27:  > 95",
        ]
    );
    // A goal that was added, and one that is gone.
    let other: [&[&str]; 2] = [before[1], &["Here", "Chronic absenteeism", "", "22"]];
    assert_eq!(
        target_changes(&before, &other),
        ["Here: Chronic absenteeism, 2026-27:  > 22", "att: Attendance, 2026-27: 94 > "]
    );
}

#[test]
fn limits_of_percents_end_at_0_and_100() {
    let mut book = Workbook::new();
    add_sheet(&mut book, "Plan", 0, &HEADINGS);
    let sheet = add_sheet(&mut book, "Local", 0, &["Series", "Period or school", "Value", "n"]);
    let values = [99.0, 96.0, 99.5, 97.0, 99.0, 96.5, 99.5, 98.0];
    let mut row = 1;
    for name in ["Attendance, Ash School", "Present (%)", "Homework percent", "With signs", "Points"] {
        for value in values {
            sheet.write_string(row, 0, name).unwrap();
            match name {
                "With signs" => sheet.write_string(row, 2, format!("{value}%")).unwrap(),
                _ => sheet.write_number(row, 2, value).unwrap(),
            };
            row += 1;
        }
    }
    for value in [1.0, 4.0, 0.5, 3.0, 1.0, 3.5, 0.5, 2.0] {
        sheet.write_string(row, 0, "Suspended, percent").unwrap();
        sheet.write_number(row, 2, value).unwrap();
        row += 1;
    }
    let state = read_with(&[saved(book)], &TargetTexts::new());
    let ends: Vec<String> = state
        .process
        .iter()
        .map(|series| {
            let limits = series.points[0].limits.unwrap();
            format!("{}: {} {}", series.name, limits.low <= 0.0, limits.high > 100.0)
        })
        .collect();
    assert_eq!(
        ends,
        [
            "Attendance, Ash School: false false",
            "Present (%): false false",
            "Homework percent: false false",
            "With signs: false false",
            // What is not known to be a percent may go beyond 100.
            "Points: false true",
            "Suspended, percent: true false",
        ]
    );
    let [first, .., last] = state.process.as_slice() else { panic!() };
    assert_eq!((first.points[0].limits.unwrap().high, last.points[0].limits.unwrap().low), (100.0, 0.0));
}

#[test]
fn a_comma_that_separates_no_thousands_is_a_question() {
    for (indicator, target, value) in [
        ("Attendance", "93,5", None),
        ("Attendance", "93,50 %", None),
        ("Teacher turnover", "1,2", None),
        ("Teacher turnover", "1 2", None),
        ("Average teacher salary", "62,00", None),
        ("Average teacher salary", "62,000", Some(62_000.0)),
        ("Average teacher salary", "$ 62 000.50", Some(62_000.5)),
        ("Attendance", "94.5 %", Some(94.5)),
    ] {
        let state = read_goal(indicator, ["", target], "");
        let goal = &state.goals[0].checked;
        assert_eq!(goal.targets.get(&2027).copied(), value, "{indicator}: {target}");
        let is_named = ids(&state.problems).contains(&"plan-target-words E7".to_owned());
        assert_eq!(is_named, value.is_none(), "{target}: {:?}", ids(&state.problems));
    }
}
