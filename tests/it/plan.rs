//! The plan: its menu against a count by hand, what people write on it, and what changes from year to year.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use retreat::catalog::Catalog;
use retreat::diagnostic::Diagnostic;
use retreat::domain::{CalendarDate, DistrictId};
use retreat::plan::{
    ChangeKind, GainVerdict, GoalStatus, MemoryRow, OnePageInput, OnePages, PlanColumn, PlanInput,
    PlanMemory, PlanMenu, PlanSpec, PlanState, TargetTexts, one_pages, read_plan,
};
use retreat::project::Project;
use retreat::run::Session;
use rust_xlsxwriter::{Workbook, Worksheet};
use sheets::{Input, SourceFile};

use crate::project::{key, root, temporary_folder};
use crate::room::{parts, sample_in, sheet_rows};

/// The menu of the sample's district, and each of the other districts' values of chronic absenteeism by year.
pub(crate) struct Sample {
    pub(crate) menu: PlanMenu,
    absent: BTreeMap<String, BTreeMap<i32, f64>>,
}

pub(crate) static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = Session::read(&project).unwrap();
    let released = &session.data.released;
    let run = released.run(&key("chronic-absenteeism-rate")).unwrap();
    let mut absent: BTreeMap<String, BTreeMap<i32, f64>> = BTreeMap::new();
    for row in released.view().unwrap().rows(run.rows.clone()) {
        let district = released.terms().districts[row.district as usize].id.to_string();
        if district != OWN {
            absent.entry(district).or_default().extend(row.value.map(|value| (row.year, value)));
        }
    }
    Sample { menu: session.district(OWN).unwrap().menu(), absent }
});

pub(crate) static SPEC: LazyLock<PlanSpec> = LazyLock::new(|| Catalog::embedded().unwrap().plan);

pub(crate) const OWN: &str = "104018";
pub(crate) const HEADINGS: [&str; 11] = [
    "Goal",
    "Indicator",
    "Owner",
    "Target 2025-26",
    "Target 2026-27",
    "Target 2027-28",
    "Target 2028-29",
    "Target 2029-30",
    "Deadline",
    "Report month",
    "Note",
];

/// The rows of the hidden sheet for the sample.
pub(crate) fn memory() -> Vec<MemoryRow> {
    PlanMemory::of(&SAMPLE.menu).rows()
}

/// The same without the values after a year, as if the plan was written then.
pub(crate) fn memory_of(last: i32) -> Vec<MemoryRow> {
    let is_later = |row: &MemoryRow| row[0] == "value" && row[2].parse::<i32>().unwrap() > last;
    let mut rows: Vec<MemoryRow> = memory().into_iter().filter(|row| !is_later(row)).collect();
    rows.iter_mut().filter(|row| row[0] == "year").for_each(|row| row[1] = last.to_string());
    rows
}

/// Writes a plan as a person would leave it: headings in the fifth row, goals below, and the hidden sheet.
pub(crate) fn write_plan(path: &Path, headings: &[&str], goals: &[&[&str]], memory: &[MemoryRow]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    sheet.write_string(0, 0, "Plan").unwrap();
    for (row, cells) in (5..).zip(std::iter::once(&headings).chain(goals)) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) if !text.starts_with('+') => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, *text).unwrap(),
            };
        }
    }
    write_memory(&mut book, memory);
    book.save(path).unwrap();
}

/// Adds a sheet with headings in a row.
pub(crate) fn add_sheet<'b>(
    book: &'b mut Workbook,
    name: &str,
    row: u32,
    headings: &[&str],
) -> &'b mut Worksheet {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(row, column, *heading).unwrap();
    }
    sheet
}

/// A workbook as the file of a plan.
pub(crate) fn saved(mut book: Workbook) -> SourceFile {
    let folder = temporary_folder();
    let path = folder.path().join("plan.xlsx");
    book.save(&path).unwrap();
    sheets::read(&Input::File(path), "plan/plan.xlsx").value
}

/// Adds the hidden sheet, if it has rows.
pub(crate) fn write_memory(book: &mut Workbook, memory: &[MemoryRow]) {
    if memory.is_empty() {
        return;
    }
    let sheet = book.add_worksheet().set_name("key").unwrap();
    for (row, cells) in (0..).zip(memory) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
}

pub(crate) fn plan_file(
    name: &str,
    headings: &[&str],
    goals: &[&[&str]],
    memory: &[MemoryRow],
) -> SourceFile {
    let folder = temporary_folder();
    let path = folder.path().join(name);
    write_plan(&path, headings, goals, memory);
    sheets::read(&Input::File(path), &format!("plan/{name}")).value
}

pub(crate) fn read_with(files: &[SourceFile], before: &TargetTexts) -> PlanState {
    read_plan(&PlanInput { files, menu: &SAMPLE.menu, spec: &SPEC, targets_before: before })
}

pub(crate) fn read(goals: &[&[&str]]) -> PlanState {
    read_with(&[plan_file("plan.xlsx", &HEADINGS, goals, &memory())], &TargetTexts::new())
}

/// The ids of problems, with their cells.
pub(crate) fn ids(problems: &[Diagnostic]) -> Vec<String> {
    problems.iter().map(|one| format!("{} {}", one.id, one.place.cell.as_deref().unwrap_or("-"))).collect()
}

/// The quantile of type 7, written down independently.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let at = q * (sorted.len() - 1) as f64;
    let (below, share) = (at.floor() as usize, at.fract());
    sorted[below] + share * (sorted[(below + 1).min(sorted.len() - 1)] - sorted[below])
}

/// The falls of the districts that began near 25.8% over a span of years, ascending, counted by hand: in the latest such years for
/// which there are 30 of them.
fn falls(span: i32) -> Vec<f64> {
    (0..=3).map(|back| falls_until(2025 - back, span)).find(|falls| !falls.is_empty()).unwrap_or_default()
}

fn falls_until(last: i32, span: i32) -> Vec<f64> {
    let moves: Vec<[f64; 2]> = SAMPLE
        .absent
        .values()
        .filter_map(|years| Some([*years.get(&(last - span))?, *years.get(&last)?]))
        .collect();
    if moves.is_empty() {
        return Vec::new();
    }
    let mut starts: Vec<f64> = moves.iter().map(|one| one[0]).collect();
    starts.sort_by(f64::total_cmp);
    let spread = quantile(&starts, 0.75) - quantile(&starts, 0.25);
    for share in [0.25, 0.5, 0.75, 1.0] {
        let is_near = |one: &&[f64; 2]| (one[0] - 25.8).abs() <= share * spread + 1e-9;
        let mut near: Vec<f64> = moves.iter().filter(is_near).map(|one| one[0] - one[1]).collect();
        near.sort_by(f64::total_cmp);
        if near.len() >= 30 {
            return near;
        }
    }
    Vec::new()
}

#[test]
fn the_menu_says_what_districts_that_began_alike_did() {
    let row = SAMPLE.menu.rows.iter().find(|row| row.indicator == "Chronic absenteeism").unwrap();
    assert_eq!((row.baseline.value, row.baseline.year.end()), (25.8, 2025));
    let mut checked = 0;
    for span in 1..=5 {
        let by_hand = falls(span);
        let Some(range) = row.over(span) else {
            assert!(by_hand.is_empty(), "{span}");
            continue;
        };
        assert_eq!(range.count(), by_hand.len(), "{span}");
        for (share, q) in [(0.5, 0.5), (0.25, 0.75), (0.1, 0.9)] {
            // Lower is better, so the value that fewer reach is lower.
            assert!(
                (range.reached_by(share) - (25.8 - quantile(&by_hand, q))).abs() < 1e-9,
                "{span} {share}"
            );
        }
        checked += 1;
    }
    assert!(checked >= 3, "{checked}");
    // Totals and measures that are neither good nor bad are not indicators.
    let has = |measure: &str| SAMPLE.menu.rows.iter().any(|row| row.key.measure == measure);
    assert!(!has("enrollment") && !has("fund-balance") && !has("tax-rate") && has("teacher-turnover"));
    let mut names: Vec<&str> = SAMPLE.menu.rows.iter().map(|row| row.indicator.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), SAMPLE.menu.rows.len());
}

/// The pages of the sample's district.
fn sample_pages() -> OnePages {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = Session::read(&project).unwrap();
    let district = session.district(OWN).unwrap();
    one_pages(&OnePageInput {
        catalog: &project.catalog,
        comparisons: &district.comparisons,
        findings: district.findings(),
        consensus: None,
        final_swot: None,
        shown_domains: &std::collections::BTreeSet::new(),
        date: CalendarDate::parse("2026-01-15"),
    })
}

#[test]
fn one_pagers_have_few_words_and_six_numbers() {
    let pages = sample_pages();
    for page in [&pages.orientation, &pages.vision] {
        let texts = page.texts();
        let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
        assert!((40..=250).contains(&words), "{}: {words} words", page.heading);
        // Dates and item numbers are names. A projection's range is one number.
        let of_facts = page.facts.iter().filter(|fact| !fact.value.is_empty()).count();
        let projected = page
            .lists
            .iter()
            .filter(|list| list.heading == "If nothing changes")
            .flat_map(|list| &list.items);
        assert!((3..=6).contains(&(of_facts + projected.count())), "{}", page.heading);
        let others = page
            .lists
            .iter()
            .filter(|list| list.heading != "If nothing changes")
            .flat_map(|list| &list.items);
        for line in others {
            let is_date = line.text == "January 15, 2026";
            let is_grade = line.text.contains("grade ");
            let has_number = line.text.contains(|letter: char| letter.is_ascii_digit());
            assert!(is_date || is_grade || !has_number, "{}", line.text);
        }
    }
    let steps = &pages.orientation.lists[0].items;
    let dated: Vec<&str> =
        steps.iter().filter(|step| !step.text.is_empty()).map(|step| step.name.as_str()).collect();
    assert_eq!((steps.len(), dated), (9, vec!["Data retreat"]));
    assert_eq!(pages.orientation.lists[1].items.len(), 12);
    assert_eq!(pages.orientation.facts[0].value, "2,037");
    let vision: Vec<&str> = pages.vision.lists.iter().map(|list| list.heading.as_str()).collect();
    assert_eq!(
        vision,
        [
            "Strengths",
            "Weaknesses",
            "Opportunities",
            "Threats",
            "If nothing changes",
            "What the data cannot say"
        ]
    );
    assert!(pages.vision.texts().contains(&"There is no data on what people say."));
}

#[test]
fn one_pagers_say_what_the_data_knows() {
    let pages = sample_pages();
    let schools = pages.orientation.facts.iter().find(|fact| fact.label == "Schools").unwrap();
    assert_eq!((schools.value.as_str(), schools.year.as_str()), ("6", "2024-25"));
    // Each item says which way it goes.
    let texts = pages.vision.texts();
    for text in [
        "Proficiency, mathematics: higher than in most districts",
        "Proficiency, reading, students with disabilities: lower than for other students",
        "Proficiency, reading, grade 3: lower than in most districts",
        "Enrollment, kindergarten: lower than grade 12",
    ] {
        assert!(texts.contains(&text), "{text}: {texts:?}");
    }
    // A projection is rounded as on its chart.
    assert!(texts.contains(&"1,860 to 1,940 in 2029-30, if recent patterns continue"), "{texts:?}");
}

#[test]
fn a_goal_is_compared_with_what_similar_districts_gained() {
    let row = SAMPLE.menu.rows.iter().find(|row| row.indicator == "Chronic absenteeism").unwrap();
    let span = row.ranges.iter().map(|range| range.span).max().unwrap();
    let by_hand = falls(span);
    let verdict = |gain: f64| {
        let mut cells = ["", "Chronic absenteeism", "", "", "", "", "", "", "", "", ""].map(str::to_owned);
        cells[2 + span as usize] = (25.8 - gain).to_string();
        let goal: Vec<&str> = cells.iter().map(String::as_str).collect();
        let state = read(&[&goal]);
        let asked = state.goals[0].checked.asked.unwrap();
        let did = asked.did.unwrap();
        assert_eq!(did.of, by_hand.len());
        assert_eq!(did.did, by_hand.iter().filter(|fall| **fall >= gain - 1e-9).count(), "{gain}");
        asked.verdict.unwrap()
    };
    let noise = row.noise.unwrap();
    assert_eq!(verdict(noise * 0.99), GainVerdict::WithinNoise);
    assert_eq!(verdict(-3.0), GainVerdict::WithinNoise);
    // Each verdict beyond the noise follows from the share that did as much.
    for gain in [noise * 1.01, 5.0, 6.0, 7.0, 9.0, 12.0, 20.0] {
        let did = by_hand.iter().filter(|fall| **fall >= gain - 1e-9).count() as f64 / by_hand.len() as f64;
        let expected = match did {
            0.0 => GainVerdict::NeverSeen,
            did if did >= 0.5 => GainVerdict::Typical,
            did if did >= 0.25 => GainVerdict::Ambitious,
            _ => GainVerdict::Exceptional,
        };
        if gain > noise {
            assert_eq!(verdict(gain), expected, "{gain}");
        }
    }
}

#[test]
fn a_goal_is_one_sentence_with_population_measure_from_to_and_by() {
    let state = read(&[
        &["Read", "Proficiency, reading, grade 3", "", "", "", "", "", "40%", "June 2030", "", ""],
        &["", "Chronic absenteeism", "", "", "20", "", "", "", "", "", ""],
    ]);
    let sentences: Vec<String> = state.goals.iter().map(|goal| goal.checked.sentence().unwrap()).collect();
    assert_eq!(
        sentences,
        [
            "The share of grade 3 students proficient in reading will rise from 24.8% in 2024-25 to 40.0% by June 2030.",
            "Chronic absenteeism will fall from 25.8% in 2024-25 to 20.0% by the end of 2026-27.",
        ]
    );
    assert!(state.problems.is_empty(), "{:?}", ids(&state.problems));
}

#[test]
fn a_goal_is_told_as_people_say_it() {
    let state = read(&[
        &["A", "Chronic absenteeism", "", "", "20", "", "", "", "2027-06-30", "", ""],
        &["B", "Chronic absence, weekly", "", "", "20", "", "", "", "", "", ""],
    ]);
    let [fall, unknown] = [&state.goals[0].checked, &state.goals[1].checked];
    assert!(fall.sentence().unwrap().ends_with("to 20.0% by June 30, 2027."), "{:?}", fall.sentence());
    assert_eq!([fall.gain(), fall.due()], ["down 5.8 percentage points", "2027-06-30"]);
    assert!(unknown.sentence().is_none() && unknown.to_do().contains("choose one from the list"));
}

#[test]
fn a_target_that_is_worse_and_a_deadline_of_another_year_are_named() {
    let state = read(&[
        &["A", "Chronic absenteeism", "", "", "30", "", "", "", "2026-27", "", ""],
        &["B", "Chronic absenteeism", "", "", "20", "", "", "", "2029-30", "", ""],
    ]);
    assert_eq!(ids(&state.problems), ["plan-target-worse E7", "plan-deadline-differs I8"]);
    assert_eq!(state.goals[0].checked.verdict(), "worse than now");
    let sentence = state.goals[1].checked.sentence().unwrap();
    assert!(sentence.ends_with("to 20.0% by the end of 2026-27."), "{sentence}");
    // What may get worse is not met before its time: 29.5 in 2022-23, 26.7 in 2023-24, and 25.8 in 2024-25.
    let goal: [&[&str]; 1] = [&["A", "Chronic absenteeism", "", "", "30"]];
    let headings = ["Goal", "Indicator", "Owner", "Target 2024-25", "Target 2026-27"];
    let file = plan_file("plan.xlsx", &headings, &goal, &memory_of(2024));
    let state = read_with(&[file], &TargetTexts::new());
    assert_eq!(state.goals[0].score.status, GoalStatus::OnTrack);
}

#[test]
fn what_cannot_be_used_is_named_by_its_cell_and_kept() {
    let state = read(&[
        &["A", "Chronic absenteeism", "", "better", "", "", "", "", "", "", ""],
        &["B", "Chronic absenteeism", "", "0.2", "", "", "", "", "", "", ""],
        &["C", "Chronic absenteeism", "", "$20", "120%", "+5", "TBD", "", "", "", ""],
        &["D", "Teacher turnovr", "", "20", "", "", "", "", "", "", ""],
        &["E", "", "Dana", "20", "", "", "", "", "", "", "a note"],
        &["F", "Average teacher salary", "", "65%", "64000", "", "", "", "", "", ""],
    ]);
    let mut found = ids(&state.problems);
    found.sort();
    assert_eq!(
        found,
        [
            "plan-indicator-unknown B10",
            "plan-target-change F9",
            "plan-target-fraction D8",
            "plan-target-unit D12",
            "plan-target-unit D9",
            "plan-target-unit E9",
            "plan-target-words D7",
            "plan-without-indicator B11",
        ]
        .map(|id| id.replace("B11", "A11"))
    );
    assert!(state.problems.iter().all(|one| one.place.file == "plan/plan.xlsx" && !one.hint.is_empty()));
    assert_eq!(state.goals.len(), 6);
    assert_eq!(state.goals[0].checked.typed.targets[&2026].text, "better");
    assert_eq!(state.goals[4].checked.typed.text(PlanColumn::Note), "a note");
    assert_eq!(state.goals[5].checked.targets, BTreeMap::from([(2027, 64000.0)]));
    let unknown = state.problems.iter().find(|one| one.id == "plan-indicator-unknown").unwrap();
    assert!(unknown.hint.contains("did you mean \"Teacher turnover\"?"), "{}", unknown.hint);
}

#[test]
fn columns_may_be_deleted_added_and_moved() {
    let headings = ["Cost", "Target 2026-27", "Indicator", "Goal"];
    let goals: [&[&str]; 1] = [&["$40,000", "20%", "Chronic absenteeism", "Here every day"]];
    let state = read_with(&[plan_file("plan.xlsx", &headings, &goals, &memory())], &TargetTexts::new());
    let goal = &state.goals[0].checked;
    assert_eq!(goal.targets, BTreeMap::from([(2027, 20.0)]));
    assert_eq!(goal.typed.others["Cost"].text, "$40,000");
    assert_eq!(
        state.problems.iter().map(|one| one.found.as_str()).collect::<Vec<_>>(),
        ["Owner", "Deadline", "Report month"].map(|name| format!("the plan has no column “{name}”"))
    );
}

#[test]
fn a_plan_of_another_district_or_year_is_named() {
    let goals: [&[&str]; 1] = [&["A", "Chronic absenteeism", "", "", "20", "", "", "", "", "", ""]];
    let with = |kind: &str, text: &str| {
        let mut memory = memory();
        memory.iter_mut().filter(|row| row[0] == kind).for_each(|row| text.clone_into(&mut row[1]));
        read_with(&[plan_file("plan.xlsx", &HEADINGS, &goals, &memory)], &TargetTexts::new())
    };
    let other = with("district", "999");
    assert_eq!((ids(&other.problems), other.goals.len()), (vec!["plan-of-other-district -".to_owned()], 0));
    let later = with("year", "2031");
    assert_eq!((ids(&later.problems), later.goals.len()), (vec!["plan-of-later-year -".to_owned()], 1));
    // The same district in another spelling of its id.
    assert!(with("district", "0104018").problems.is_empty());
    assert!(DistrictId::new("0104018") == DistrictId::new(OWN));
    let without = read_with(&[plan_file("p.xlsx", &HEADINGS, &goals, &[])], &TargetTexts::new());
    assert_eq!((ids(&without.problems), without.goals.len()), (vec!["plan-without-key -".to_owned()], 1));
    let mut headless = read_with(&[plan_file("p.xlsx", &["x", "y"], &goals, &memory())], &TargetTexts::new());
    assert_eq!(ids(&std::mem::take(&mut headless.problems)), ["not-a-plan -"]);
}

#[test]
fn two_copies_count_once_where_they_agree_and_twice_where_they_do_not() {
    let one: [&[&str]; 2] = [
        &["A", "Chronic absenteeism", "Dana", "", "20", "", "", "", "", "", ""],
        &["B", "Teacher turnover", "Lee", "", "18", "", "", "", "", "", ""],
    ];
    let two: [&[&str]; 3] = [
        &["A", "chronic absenteeism", "", "", "20", "", "18", "", "", "May", ""],
        &["B", "Teacher turnover", "Lee", "", "15", "", "", "", "", "", ""],
        &["C", "Attendance", "", "", "95", "", "", "", "", "", ""],
    ];
    let files =
        [plan_file("a.xlsx", &HEADINGS, &one, &memory()), plan_file("b.xlsx", &HEADINGS, &two, &memory())];
    let state = read_with(&files, &TargetTexts::new());
    let shown: Vec<String> = state
        .goals
        .iter()
        .map(|goal| {
            let typed = &goal.checked.typed;
            format!(
                "{} {} {:?}",
                typed.text(PlanColumn::Goal),
                typed.text(PlanColumn::Owner),
                goal.checked.targets
            )
        })
        .collect();
    assert_eq!(
        shown,
        ["A Dana {2027: 20.0, 2029: 18.0}", "B Lee {2027: 18.0}", "B Lee {2027: 15.0}", "C  {2027: 95.0}"]
    );
    assert_eq!(ids(&state.problems), ["plan-copies-differ E8"]);
    assert_eq!(state.problems[0].place.file, "plan/b.xlsx");
}

#[test]
fn the_status_follows_from_targets_and_values() {
    // Chronic absenteeism fell from 33.2 in 2021-22 to 29.5, 26.7, and 25.8.
    let headings = ["Goal", "Indicator", "Owner", "Target 2024-25", "Target 2026-27"];
    let status = |due: &str, last: &str, written: i32| {
        let goal: [&[&str]; 1] = [&["A", "Chronic absenteeism", "", due, last]];
        let file = plan_file("plan.xlsx", &headings, &goal, &memory_of(written));
        read_with(&[file], &TargetTexts::new()).goals[0].score.status
    };
    assert_eq!(status("30", "26", 2022), GoalStatus::Met);
    assert_eq!(status("26", "20", 2022), GoalStatus::OnTrack);
    // 7.4 of 13.2 points.
    assert_eq!(status("20", "15", 2022), GoalStatus::Approaching);
    assert_eq!(status("10", "5", 2022), GoalStatus::OffTrack);
    // Since 2023-24 it moved by 0.9, and chance moves it by 4.0.
    assert_eq!(status("20", "18", 2024), GoalStatus::Stagnant);
    assert_eq!(status("20", "18", 2025), GoalStatus::NoNewYear);
    assert_eq!(status("", "", 2022), GoalStatus::NotMeasured);
    // Without a target this year, the straight line counts: from 33.2 in 2021-22 to 25.2 in 2026-27, 28.4 now.
    assert_eq!(status("", "25.2", 2022), GoalStatus::OnTrack);
    assert_eq!(status("", "10", 2022), GoalStatus::Approaching);
    for status in GoalStatus::ALL {
        assert!(status.label().starts_with(status.sign()) && status.label().ends_with(status.word()));
    }
}

#[test]
fn a_value_after_a_break_is_not_compared_with_the_baseline() {
    let mut menu = SAMPLE.menu.clone();
    for row in &mut menu.rows {
        row.breaks.push(retreat::domain::Break { year: 2024, why: "counted by the hour".to_owned() });
    }
    let goal: [&[&str]; 1] = [&["A", "Chronic absenteeism", "", "20", ""]];
    let file = plan_file("plan.xlsx", &HEADINGS[..5], &goal, &memory_of(2022));
    let before = TargetTexts::new();
    let state = read_plan(&PlanInput { files: &[file], menu: &menu, spec: &SPEC, targets_before: &before });
    assert_eq!(state.goals[0].score.status, GoalStatus::NotComparable);
    let changed = state.changes.iter().find(|change| change.kind == ChangeKind::MethodChanged).unwrap();
    assert_eq!(
        (changed.what.as_str(), changed.after.as_str()),
        ("Chronic absenteeism, 2023-24", "counted by the hour")
    );
}

#[test]
fn next_year_every_change_is_named_with_before_and_after() {
    let mut memory = memory_of(2024);
    for row in &mut memory {
        match [row[0].as_str(), row[1].as_str(), row[2].as_str()] {
            ["value", "chronic-absenteeism-rate", "2024"] => "27.9".clone_into(&mut row[3]),
            ["value", "chronic-absenteeism-rate", "2019"] => "23".clone_into(&mut row[3]),
            ["peer", "102015", _] => {
                "777".clone_into(&mut row[1]);
                "Gone Away USD".clone_into(&mut row[2]);
            }
            ["item", "W2", _] => "T9".clone_into(&mut row[1]),
            ["item", "S1", _] => "gone.measure".clone_into(&mut row[2]),
            ["series", "teacher-turnover", _] => "Teachers who left".clone_into(&mut row[2]),
            _ => {}
        }
    }
    memory.push(["series", "old-test", "The old test", "", ""].map(str::to_owned));
    memory.push(["value", "old-test", "2024", "41.5", "old.xlsx › A › B2"].map(str::to_owned));
    let goals: [&[&str]; 3] = [
        &["A", "Chronic absenteeism", "", "20", "18"],
        &["B", "Teachers who left", "", "20", ""],
        &["C", "The old test", "", "50", ""],
    ];
    let first = read_with(&[plan_file("p.xlsx", &HEADINGS[..5], &goals, &memory)], &TargetTexts::new());
    assert!(first.changes.iter().all(|change| change.kind != ChangeKind::TargetChanged));
    let goals: [&[&str]; 3] = [&["A", "Chronic absenteeism", "", "21", "18"], goals[1], goals[2]];
    let state = read_with(&[plan_file("p.xlsx", &HEADINGS[..5], &goals, &memory)], &first.targets);
    let shown: Vec<String> = state
        .changes
        .iter()
        .filter(|change| !change.what.contains('.') || change.kind == ChangeKind::CandidateMoved)
        .map(|change| format!("{:?}: {}: {} > {}", change.kind, change.what, change.before, change.after))
        .collect();
    for expected in [
        "NewYear: Chronic absenteeism, 2024-25:  > 25.8%",
        "NewYear: Teacher turnover, 2024-25:  > 24.4%",
        "BaselineUpdated: Chronic absenteeism, 2023-24: 27.9% > 26.7%",
        "RevisedValue: Chronic absenteeism, 2018-19: 23.0% > 23.7%",
        "MeasureGone: The old test, 2023-24: 41.5 > ",
        "MeasureRenamed: Teacher turnover: Teachers who left > Teacher turnover",
        "TargetChanged: A: Chronic absenteeism, 2025-26: 20 > 21",
        "PeerIn: Quarry Hill CUSD 15:  > ",
        "PeerOut: Gone Away USD:  > ",
    ] {
        assert!(shown.iter().any(|line| line == expected), "{expected}\n{shown:#?}");
    }
    let of = |kind: ChangeKind| state.changes.iter().filter(|change| change.kind == kind).count();
    assert_eq!(
        [ChangeKind::CandidateNew, ChangeKind::CandidateGone, ChangeKind::CandidateMoved].map(of),
        [1, 1, 1]
    );
    assert!(state.changes.iter().all(|change| !change.why.is_empty()));
    assert!(
        ids(&state.problems).contains(&"plan-indicator-gone B9".to_owned()),
        "{:?}",
        ids(&state.problems)
    );
    // The baseline keeps its year, with the value that the data has now.
    assert_eq!(state.goals[0].checked.baseline.as_ref().map(|value| value.value), Some(26.7));
}

pub(crate) fn plan_in(project: &Path) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_retreat")).args(["plan", "."]).current_dir(project).output();
    let output = output.unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&told).into_owned())
}

#[test]
fn the_command_writes_beside_what_people_wrote_and_never_over_it() {
    let folder = temporary_folder();
    let project = sample_in(folder.path(), "");
    let (code, told) = plan_in(&project);
    assert_eq!(code, Some(2));
    assert!(told.contains("there is no plan in") && told.contains("plan.xlsx"), "{told}");
    std::fs::create_dir(project.join("plan")).unwrap();
    let goals: [&[&str]; 2] = [
        &[
            "Here every day",
            "Chronic absenteeism",
            "Dana",
            "",
            "23",
            "",
            "",
            "20",
            "June 2030",
            "May",
            "=1+1",
        ],
        &["Stay", "Teacher turnover", "", "soon", "", "", "", "", "", "", ""],
    ];
    let plan = project.join("plan/plan.xlsx");
    write_plan(&plan, &HEADINGS, &goals, &memory());
    let typed = std::fs::read(&plan).unwrap();
    let (code, told) = plan_in(&project);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("plan/plan.xlsx › Plan › D8") && told.contains("will fall from 25.8%"), "{told}");
    let checked = project.join("scorecard/plan-checked.xlsx");
    let rows = sheet_rows(&checked, "Plan");
    assert!(rows.iter().any(|row| row.contains("Here every day") && row.contains("=1+1")), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("soon")), "{rows:#?}");
    assert!(sheet_rows(&checked, "Scorecard").iter().any(|row| row.contains("○ not measured")));
    let before: Vec<Vec<u8>> = files_of(&project).iter().map(|path| std::fs::read(path).unwrap()).collect();
    // The same again is the same.
    assert_eq!(plan_in(&project).0, Some(1));
    let again: Vec<Vec<u8>> = files_of(&project).iter().map(|path| std::fs::read(path).unwrap()).collect();
    assert!(before == again && before.len() == 7);
    // Somebody writes on the monitoring page; another goal follows.
    let page = project.join("scorecard/monitoring.docx");
    std::fs::write(&page, "the superintendent's words").unwrap();
    let (_, told) = plan_in(&project);
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "the superintendent's words");
    let beside = project.join("scorecard/monitoring-new.docx");
    assert!(told.contains("monitoring-new.docx"), "{told}");
    let text = parts(&beside, "document.xml");
    assert!(text.contains("Chronic absenteeism will fall") && text.contains("What we ask of the board"));
    assert_eq!(std::fs::read(&plan).unwrap(), typed);
}

/// What the command wrote, sorted.
fn files_of(project: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(project.join("scorecard")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
    files.sort();
    files
}

#[test]
fn series_of_ones_own_get_limits_by_month_and_by_school() {
    let mut book = Workbook::new();
    add_sheet(&mut book, "Plan", 0, &HEADINGS);
    let sheet = add_sheet(&mut book, "Local", 2, &["Series", "Period or school", "Value", "n"]);
    // The flow rates of the NIST/SEMATECH e-Handbook, section 6.3.2.2, and two schools.
    let flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    for (row, value) in (3..).zip(flow) {
        sheet.write_string(row, 0, "Flow").unwrap();
        sheet.write_number(row, 2, value).unwrap();
    }
    for (row, school, value, n) in [(13, "North", 10.0, 100.0), (14, "South", 30.0, 400.0)] {
        sheet.write_string(row, 0, "Absent").unwrap();
        sheet.write_string(row, 1, school).unwrap();
        sheet.write_number(row, 2, value).unwrap();
        sheet.write_number(row, 3, n).unwrap();
    }
    sheet.write_string(15, 0, "Absent").unwrap();
    sheet.write_string(15, 2, "many").unwrap();
    let state = read_with(&[saved(book)], &TargetTexts::new());
    let [months, schools] = state.process.as_slice() else { panic!("{:?}", state.process) };
    let limits = months.points[0].limits.unwrap();
    assert_eq!([limits.low, limits.high].map(|value| format!("{value:.4}")), ["45.8159", "55.8041"]);
    assert!(months.is_provisional && !months.is_of_shares && schools.is_of_shares);
    // 26% of 500 are absent: 26 ± 3 · √(26 · 74 / 100) = 26 ± 13.16, and ± 6.58 of 400.
    let limits: Vec<String> = schools
        .points
        .iter()
        .map(|point| point.limits.map(|limits| format!("{:.2} {:.2}", limits.low, limits.high)).unwrap())
        .collect();
    assert_eq!(limits, ["12.84 39.16", "19.42 32.58"]);
    assert!(schools.points[0].limits.unwrap().is_signal(schools.points[0].value));
    assert!(
        ids(&state.problems).contains(&"local-value-unusable C16".to_owned()),
        "{:?}",
        ids(&state.problems)
    );
}
