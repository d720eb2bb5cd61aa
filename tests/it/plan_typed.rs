//! A plan as people leave it: other headings, merged cells, dates and percents in words, and last year's checked copy.

use std::path::Path;

use rust_xlsxwriter::Workbook;

use crate::plan::{HEADINGS, memory_of, plan_in, write_plan};
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
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let sheet = book.add_worksheet().set_name("Local").unwrap();
    for (column, heading) in (0..).zip(["Series", "Period or school", "Value", "n"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
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
