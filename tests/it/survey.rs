//! `retreat init` and `retreat inspect`: what is proposed for tables without a named layout.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use retreat::catalog::{Catalog, Layout, Role, Stat};
use retreat::domain::Status;
use retreat::project::Project;
use retreat::run;
use retreat::survey::{self, ColumnMeaning, LineMeaning, SheetSurvey};
use sheets::Input;

use crate::project::{catalog, root, temporary_folder};

fn retreat(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_retreat")).args(arguments).output().unwrap()
}

fn init(folder: &Path, more: &[&str]) -> Output {
    let folder = folder.to_string_lossy().into_owned();
    retreat(&[&["init", &folder], more].concat())
}

/// A folder with one text table.
fn folder(name: &str, text: &str) -> tempfile::TempDir {
    let folder = temporary_folder();
    std::fs::write(folder.path().join(name), text).unwrap();
    folder
}

fn look(name: &str, text: &str) -> SheetSurvey {
    let folder = folder(name, text);
    let file = sheets::read(&Input::File(folder.path().join(name)), name).value;
    survey::survey(&file, &catalog()).unwrap().sheets.remove(0)
}

/// How each column is interpreted, in short: `enrollment/hispanic`, `district-id`, `unread`.
fn readings(sheet: &SheetSurvey) -> BTreeMap<String, String> {
    let short = |reading: &ColumnMeaning| match reading {
        ColumnMeaning::Role(role) => role.label().to_owned(),
        ColumnMeaning::Attribute(id) => id.clone(),
        ColumnMeaning::Measure(m) => {
            let parts = [&m.group, &m.grade, &m.subject];
            let parts = parts.into_iter().filter(|p| *p != "all").cloned();
            let measure = m.measure.clone().unwrap_or_else(|| "value".to_owned());
            [measure].into_iter().chain(parts).collect::<Vec<_>>().join("/")
        }
        ColumnMeaning::AddedTo(name) => format!("added to {name}"),
        ColumnMeaning::Unread(_) => "unread".to_owned(),
    };
    let table = &sheet.tables[0];
    table.columns.iter().map(|c| (c.name.clone(), short(&c.meaning))).collect()
}

#[test]
fn a_layout_that_knows_all_columns_is_proposed_alone() {
    let path = root().join("tests/corpus/nces/ccd_lea_052_2324_l_1a_073124.csv");
    let file = sheets::read(&Input::File(path), "ccd_lea_052_2324_l_1a_073124.csv").value;
    let known = survey::survey(&file, &catalog()).unwrap().sheets.remove(0).layouts;
    let layouts: Vec<&str> = known.iter().map(|known| known.layout.as_str()).collect();
    assert_eq!(layouts, ["nces-ccd-membership"]);
}

/// The value of the first source's measure for a district and year, after `init` has written the project. The
/// figures are declared public, so nothing is withheld.
fn value(folder: &Path, district: &str, year: i32, key: &str) -> Option<f64> {
    publish(folder);
    let project = Project::open(folder).unwrap();
    let read = crate::project::Read { data: run::Session::read(&project).unwrap().data };
    let (value, status) = read.at(district, year, key)?;
    (status == Status::Reported).then_some(value?)
}

/// Declares the figures of every layout of a project as public.
fn publish(folder: &Path) {
    let Ok(layouts) = std::fs::read_dir(folder.join("layouts")) else { return };
    for path in layouts.map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\n# public = true", "\npublic = true")).unwrap();
    }
}

#[test]
fn the_sample_without_its_layouts_is_read_rightly() {
    let made = tempfile::tempdir().unwrap();
    let files = ["assessment.xlsx", "enrollment.xlsx", "finance.xlsx", "staffing.xlsx"];
    for file in files {
        std::fs::copy(root().join("sample_data").join(file), made.path().join(file)).unwrap();
    }
    let output = init(made.path(), &["--district", "104018"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // As proposed, nothing is public, and disclosure control has the most to do.
    let folder = made.path().to_string_lossy().into_owned();
    let built = retreat(&["build", &folder, "--format", "html"]);
    assert!(built.status.code().is_some_and(|c| c < 2), "{}", String::from_utf8_lossy(&built.stderr));
    // Declared public, every value can be compared, and none is withheld.
    publish(made.path());
    let read = |folder: &Path| run::Session::read(&Project::open(folder).unwrap()).unwrap().data;
    let (by_hand, proposed) = (read(&root().join("sample_data")), read(made.path()));
    let keys = |data: &run::Data| {
        let sources =
            data.sources.iter().filter(|source| files.iter().any(|file| source.path.contains(file)));
        sources.flat_map(|source| &source.sheets).map(|sheet| sheet.columns_read).sum::<u64>()
    };
    assert!(keys(&proposed) * 100 >= keys(&by_hand) * 97, "{} of {}", keys(&proposed), keys(&by_hand));
    // Every value that is read both ways is the same: no column is matched to a wrong measure.
    let (ours, theirs) = (&by_hand.released, &proposed.released);
    let (our_view, their_view) = (ours.view().unwrap(), theirs.view().unwrap());
    let (mut same, mut wrong) = (0, Vec::new());
    for run in theirs.runs() {
        let key = theirs.terms().key(run.key);
        let Some(own) = ours.run(&key) else {
            wrong.push(format!("{} is in no layout of the sample", key.slug()));
            continue;
        };
        for district in 0..theirs.terms().districts.len() as u32 {
            let rows = our_view.rows(our_view.of_district(own, district));
            let known: BTreeMap<i32, Option<f64>> = rows.map(|r| (r.year, r.value)).collect();
            for row in their_view.rows(their_view.of_district(run, district)) {
                let (Some(value), Some(Some(right))) = (row.value, known.get(&row.year)) else { continue };
                if (value - right).abs() < 1e-9 {
                    same += 1;
                } else {
                    wrong.push(format!("{} {district} {}: {value}, not {right}", key.slug(), row.year));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {:?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    assert!(same > 30_000, "{same}");
}

#[test]
fn tables_of_the_states_are_recognised() {
    for (file, layout) in [
        ("texas/profile-apostrophe-id-2023.csv", "tx-tapr-profile"),
        ("texas/profile-earlier-form-2013.csv", "tx-tapr-profile"),
        ("texas/college.csv", "tx-tapr-college"),
        ("texas/graduation-two-years-a.csv", "tx-tapr-graduation"),
        ("texas/reference-2020.csv", "tx-reference"),
        ("texas/tests-plain-headers.csv", "tx-tapr-tests"),
        ("texas/finance-bare-cr.csv", "tx-finance"),
        ("illinois/discipline.xlsx", "il-discipline"),
        ("illinois/finance.xlsx", "il-finance"),
        ("illinois/history.xlsx", "il-report-card-history"),
    ] {
        let read = sheets::read(&Input::File(root().join("tests/corpus").join(file)), file).value;
        let found = survey::survey(&read, &catalog()).unwrap();
        for sheet in &found.sheets {
            let first = sheet.layouts.first().map(|k| k.layout.as_str());
            assert_eq!(first, Some(layout), "{file} {:?}", sheet.sheet);
        }
    }
}

#[test]
fn columns_are_matched_by_name_and_values() {
    let sheet = look(
        "report 2024.csv",
        "LEAID,LEA Name,Total Enrollment,% Low Income,Tchr Turnover %,Avg Tchr Salary,Attendance Rate,Gr 3 Math % Proficient,Superintendent\n\
         0101,Alder,1204,41.2,12.5,\"$61,204\",0.941,44.1,Pat Lee\n0102,Birch,804,38.0,9.1,\"$58,020\",0.953,51.0,Kim Roe\n\
         0103,Cedar,2010,12.9,*,\"$70,411\",0.962,62.3,Lou Fay\n",
    );
    let found = readings(&sheet);
    let expected = [
        ("LEAID", "district id"),
        ("LEA Name", "district name"),
        ("Total Enrollment", "enrollment"),
        ("% Low Income", "enrollment-share/low-income"),
        ("Tchr Turnover %", "teacher-turnover"),
        ("Avg Tchr Salary", "teacher-salary"),
        ("Attendance Rate", "attendance-rate"),
        ("Gr 3 Math % Proficient", "proficiency-rate/03/mathematics"),
        ("Superintendent", "unread"),
    ];
    for (name, reading) in expected {
        assert_eq!(found[name], reading, "{name}");
    }
    let table = &sheet.tables[0];
    let attendance = table.columns.iter().find(|c| c.name == "Attendance Rate").unwrap();
    assert!(
        matches!(&attendance.meaning, ColumnMeaning::Measure(m) if m.times == Some(100.0)),
        "{}",
        attendance.why
    );
}

#[test]
fn what_is_not_sure_is_left_unread_with_a_reason() {
    let sheet = look(
        "x 2024.csv",
        "District ID,Blue,Enrollment Rank,State Graduation Rate,Teacher Turnover,Instruction\n\
         1,3,1,88.1,1204,12\n2,5,2,88.1,804,14\n3,9,3,88.1,905,15\n",
    );
    let table = &sheet.tables[0];
    for column in table.columns.iter().filter(|c| c.meaning != ColumnMeaning::Role(Role::DistrictId)) {
        assert!(matches!(column.meaning, ColumnMeaning::Unread(_)), "{} {:?}", column.name, column.meaning);
        assert!(!column.why.is_empty(), "{}", column.name);
    }
    let turnover = table.columns.iter().find(|c| c.name == "Teacher Turnover").unwrap();
    assert_eq!(turnover.meaning, ColumnMeaning::Unread(Some("teacher-turnover".to_owned())));
}

#[test]
fn a_year_in_each_column_is_read_from_its_name() {
    let made = folder(
        "e.csv",
        "District ID,District,Enrollment 2021-22,Enrollment 2022-23\n11,Alder,1204,1190\n12,Birch,804,820\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "11", 2022, "enrollment"), Some(1204.0));
    assert_eq!(value(made.path(), "12", 2023, "enrollment"), Some(820.0));
}

#[test]
fn one_file_a_year_is_one_source() {
    let made = folder("members_2022.csv", "District ID,District,Membership\n11,Alder,1204\n12,Birch,804\n");
    std::fs::write(
        made.path().join("members_2023.csv"),
        "District ID,District,Membership\n11,Alder,1190\n12,Birch,820\n",
    )
    .unwrap();
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    let project = std::fs::read_to_string(made.path().join("retreat.toml")).unwrap();
    assert!(project.contains("members_*.csv") && project.matches("[[source]]").count() == 1, "{project}");
    assert_eq!(value(made.path(), "11", 2022, "enrollment"), Some(1204.0));
    assert_eq!(value(made.path(), "11", 2023, "enrollment"), Some(1190.0));
}

#[test]
fn rows_may_name_the_measure_or_the_group() {
    let made = folder(
        "long.csv",
        "District ID,District,School Year,Measure,Student Group,Value\n\
         11,Alder,2022-23,Attendance Rate,All students,94.1\n11,Alder,2022-23,Attendance Rate,Hispanic,93.0\n\
         11,Alder,2022-23,Graduation Rate,All students,88.0\n11,Alder,2022-23,Graduation Rate,Hispanic,85.5\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "11", 2023, "attendance-rate/hispanic"), Some(93.0));
    assert_eq!(value(made.path(), "11", 2023, "graduation-rate"), Some(88.0));
}

#[test]
fn schools_are_added_up() {
    let made = folder(
        "schools.csv",
        "District ID,District,School Name,School Year,Enrollment\n11,Alder,North,2022-23,304\n11,Alder,South,2022-23,500\n\
         12,Birch,Only,2022-23,90\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "11", 2023, "enrollment"), Some(804.0));
}

#[test]
fn a_table_of_one_district_needs_no_district_column() {
    let made = folder(
        "board.csv",
        "Board report\n\nSchool Year,Enrollment,Attendance Rate\n2021-22,1204,94.1\n2022-23,1190,93.8\n2023-24,1175,94.0\n",
    );
    assert_eq!(init(made.path(), &["--district", "4711"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "4711", 2023, "enrollment"), Some(1190.0));
    let folder = made.path().to_string_lossy().into_owned();
    assert!(retreat(&["build", &folder, "--format", "html"]).status.code().is_some_and(|c| c < 2));
}

#[test]
fn rows_that_cannot_be_told_apart_are_not_read() {
    let sheet = look(
        "d.csv",
        "District ID,School Year,Action,Enrollment\n11,2022-23,ISS,5\n11,2022-23,OSS,7\n12,2022-23,ISS,5\n12,2022-23,OSS,9\n",
    );
    let problem = sheet.tables[0].problem.clone().unwrap();
    assert!(problem.contains("repeat") && problem.contains("Action"), "{problem}");
}

#[test]
fn nothing_is_overwritten() {
    let made = folder("e.csv", "District ID,School Year,Enrollment\n11,2022-23,1204\n");
    std::fs::write(made.path().join("retreat.toml"), "mine").unwrap();
    let output = init(made.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(made.path().join("retreat.toml")).unwrap(), "mine");
    assert!(!made.path().join("layouts").exists());
    let dry = init(made.path(), &["--dry-run"]);
    assert_eq!(dry.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&dry.stdout).contains("measure = \"enrollment\""));
}

#[test]
fn proposed_layouts_load_and_are_the_same_each_time() {
    let made = folder(
        "e.csv",
        "District ID,School Year,\"En\"\"roll\\ment\",Enrollment\n11,2022-23,1,1204\n12,2022-23,2,900\n",
    );
    let one = init(made.path(), &["--dry-run"]);
    assert_eq!(one.stdout, init(made.path(), &["--dry-run"]).stdout);
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    let text = std::fs::read_to_string(made.path().join("layouts/e.toml")).unwrap();
    let layout: Result<Layout, _> = Catalog::embedded().unwrap().read_layout("e.toml", &text);
    assert!(layout.is_ok(), "{layout:?}");
}

#[test]
fn inspect_shows_what_is_found() {
    let file = root().join("sample_data/staffing.xlsx").to_string_lossy().into_owned();
    let shown = String::from_utf8(retreat(&["inspect", &file]).stdout).unwrap();
    assert!(shown.contains("Teacher turnover %") && shown.contains("teacher-turnover"), "{shown}");
    let json = retreat(&["inspect", &file, "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["sheets"][0]["tables"][0]["header_rows"][0], 4);
}

#[test]
fn a_column_of_dates_called_the_year_is_the_school_year() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_row(0, 0, ["District ID", "School Year", "Enrollment"]).unwrap();
    for row in 1..=6u32 {
        sheet.write_string(row, 0, format!("00{row}")).unwrap();
        let day = ExcelDateTime::from_ymd(2018 + row as u16, 10, 2).unwrap();
        sheet.write_datetime_with_format(row, 1, &day, &date).unwrap();
        sheet.write_number(row, 2, 400 + row).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    workbook.save(folder.path().join("count days.xlsx")).unwrap();
    assert!(init(folder.path(), &[]).status.success());
    assert_eq!(value(folder.path(), "3", 2022, "enrollment"), Some(403.0));
}

#[test]
fn a_list_of_column_names_by_year_is_no_source() {
    let names = "Year,RCDTS,District Name,County,Enrollment\n2008,SCHOOL ID,DISTRICT NAME,COUNTY,SCHOOL TOTAL\n\
                 2018,RCDTS,District,County,Student Enrollment\n2019,RCDTS,District,County,# Student Enrollment\n";
    let folder = folder("crosswalk.csv", names);
    let said = init(folder.path(), &["--dry-run"]);
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert!(!text.contains("[[source]]") || text.contains("# [[source]]"), "{text}");
}

#[test]
fn each_table_of_a_sheet_is_seen_and_read() {
    let text = "Students by year\n\nDistrict ID,District,School Year,Enrollment\n11,Ash,2022-23,1204\n11,Ash,2023-24,1180\n\n\
                Attendance\nDistrict ID,District,School Year,Attendance Rate\n11,Ash,2022-23,93.1\n11,Ash,2023-24,94\n";
    let sheet = look("f.csv", text);
    let rows: Vec<_> = sheet.tables.iter().map(|t| (t.header_rows.clone(), t.rows, t.measures())).collect();
    assert_eq!(rows, [(vec![3], 2, 1), (vec![8], 2, 1)]);
    let made = folder("f.csv", text);
    let output = init(made.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("2 columns with values, 0 unread") && said.contains("Read 4 values"), "{said}");
}

#[test]
fn counts_are_not_taken_for_rates() {
    // 45 chronically absent students are not 45%; next to "% Proficient", "Proficient" is a count.
    let sheet = look(
        "a.csv",
        "District ID,District,Year,Enrollment,Chronically Absent,Proficient,% Proficient,Attendance\n\
         1,Ash,2024,1000,45,400,40,96\n2,Birch,2024,500,30,90,18,95\n3,Cedar,2024,800,12,200,25,94\n",
    );
    let found = readings(&sheet);
    for (column, reading) in [
        ("Enrollment", "enrollment"),
        ("Chronically Absent", "unread"),
        // It matches the percent of those enrolled, so it is the count and not the rate.
        ("Proficient", "proficiency-rate"),
        ("% Proficient", "proficiency-rate"),
        // No attendance rate is as small as a district's count could be.
        ("Attendance", "attendance-rate"),
    ] {
        assert_eq!(found[column], reading, "{column}");
    }
    let heads = sheet.tables[0].columns.iter().find(|c| c.name == "Proficient").unwrap();
    assert!(
        matches!(&heads.meaning, ColumnMeaning::Measure(m) if m.stat == Stat::Numerator),
        "{:?}",
        heads.meaning
    );
}

#[test]
fn a_column_of_one_group_or_grade_says_what_the_values_are_of() {
    for (column, text, key) in [
        ("Student Group", "Hispanic", "proficiency-rate/hispanic"),
        ("Grade", "3", "proficiency-rate/all/3"),
        ("Subject", "Math", "proficiency-rate/all/all/mathematics"),
    ] {
        let made = folder(
            "a.csv",
            &format!(
                "District ID,District,Year,{column},Percent Proficient\n1,Ash,2024,{text},41\n2,Birch,2024,{text},42\n"
            ),
        );
        assert_eq!(init(made.path(), &[]).status.code(), Some(0), "{column}");
        assert_eq!(value(made.path(), "1", 2024, key), Some(41.0), "{column}");
        assert_eq!(value(made.path(), "1", 2024, "proficiency-rate"), None, "{column}");
    }
    let mixed = look(
        "a.csv",
        "District ID,Year,Grade,Percent Proficient\n1,2024,3,41\n1,2024,4,44\n1,2024,All,42\n2,2024,3,40\n2,2024,4,41\n2,2024,All,40\n",
    );
    assert_eq!(readings(&mixed)["Grade"], "grade");
}

#[test]
fn values_of_a_group_that_is_not_known_are_not_those_of_everybody() {
    let sheet = look(
        "a.csv",
        "District ID,District,Year,Student Group,Percent Proficient\n1,Ash,2024,Zorblax,41\n2,Birch,2024,Zorblax,42\n",
    );
    let problem = sheet.tables[0].problem.clone().unwrap();
    assert!(problem.contains("Student Group") && problem.contains("Zorblax"), "{problem}");
}

#[test]
fn a_season_or_a_month_says_which_school_year_it_is() {
    // Fall 2022 and October 1, 2022 are in 2022-23, and so is Spring 2023.
    let rows = "District ID,District,Enrollment\n11,Ash,1204\n12,Birch,804\n";
    for (file, text) in [
        ("fall 2022.csv", rows.to_owned()),
        ("count_spring_2023.csv", rows.to_owned()),
        ("count.csv", format!("Enrollment as of October 1 2022\n{rows}")),
        ("Fall_Enrollment_2022.csv", rows.to_owned()),
        ("count.csv", format!("\"Fall Membership, 2022\"\n{rows}")),
        ("wide.csv", "District ID,District,Fall Enrollment 2022\n11,Ash,1204\n12,Birch,804\n".to_owned()),
        ("wide.csv", "District ID,District,Fall 2022 Enrollment\n11,Ash,1204\n12,Birch,804\n".to_owned()),
    ] {
        let made = folder(file, &text);
        assert_eq!(init(made.path(), &[]).status.code(), Some(0), "{file}");
        assert_eq!(value(made.path(), "11", 2023, "enrollment"), Some(1204.0), "{file}");
    }
}

#[test]
fn a_state_row_among_the_ids_leaves_them_ids() {
    let made = folder(
        "e 2024.csv",
        "District ID,District,Enrollment\n001,Ash,1204\n002,Birch,804\n003,Cedar,900\nState,State,2908\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "1", 2024, "enrollment"), Some(1204.0));
}

#[test]
fn a_header_may_have_its_ids_in_the_upper_row_only() {
    use rust_xlsxwriter::{Format, Workbook};
    for merged_down in [true, false] {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let plain = Format::new();
        for (column, name) in ["District ID", "District", "Total Enrollment"].into_iter().enumerate() {
            let column = column as u16;
            if merged_down {
                sheet.merge_range(0, column, 1, column, name, &plain).unwrap();
            } else {
                sheet.write_string(0, column, name).unwrap();
            }
        }
        sheet.merge_range(0, 3, 0, 4, "Gender", &plain).unwrap();
        sheet.write_row(1, 3, ["Female", "Male"]).unwrap();
        for (row, (id, all, female, male)) in
            [("001", 1426, 700, 726), ("002", 340, 160, 180), ("003", 8015, 4000, 4015)]
                .into_iter()
                .enumerate()
        {
            let row = row as u32 + 2;
            sheet.write_row(row, 0, [id, "Ash"]).unwrap();
            sheet.write_row(row, 2, [all, female, male]).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        workbook.save(folder.path().join("enrollment 2023-24.xlsx")).unwrap();
        assert!(init(folder.path(), &[]).status.success());
        assert_eq!(value(folder.path(), "1", 2024, "enrollment"), Some(1426.0), "{merged_down}");
        assert_eq!(value(folder.path(), "1", 2024, "enrollment/female"), Some(700.0), "{merged_down}");
    }
}

#[test]
fn a_district_may_be_written_once_beside_all_its_schools() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["District ID", "School", "Enrollment"]).unwrap();
    sheet.merge_range(1, 0, 3, 0, "001", &Format::new()).unwrap();
    for (row, (school, students)) in [("North", 100), ("South", 200), ("East", 50)].into_iter().enumerate() {
        sheet.write_string(row as u32 + 1, 1, school).unwrap();
        sheet.write_number(row as u32 + 1, 2, students).unwrap();
    }
    sheet.write_row(4, 0, ["002", "Only"]).unwrap();
    sheet.write_number(4, 2, 40).unwrap();
    let folder = tempfile::tempdir().unwrap();
    workbook.save(folder.path().join("schools 2023-24.xlsx")).unwrap();
    assert!(init(folder.path(), &[]).status.success());
    assert_eq!(value(folder.path(), "1", 2024, "enrollment"), Some(350.0));
}

#[test]
fn counts_that_give_a_rate_row_for_row_are_its_numerator_and_denominator() {
    // 90 of 120 is 75%, 60 of 90 is 66.7%, 44 of 50 is 88%, 7 of 9 is 77.8%; the fees are not part of any
    // rate.
    let sheet = look(
        "results 2024.csv",
        "District ID,Math Proficiency Rate,Met,Fees,Took It\n0101,75,90,1200,120\n0102,66.7,60,900,90\n0103,88,44,500,50\n0104,77.8,7,90,9\n",
    );
    let stat = |name: &str| {
        let column = sheet.tables[0].columns.iter().find(|c| c.name == name).unwrap();
        match &column.meaning {
            ColumnMeaning::Measure(m) => {
                (format!("{:?}", m.stat), m.measure.clone().unwrap_or_default(), m.subject.clone())
            }
            other => (format!("{other:?}"), String::new(), String::new()),
        }
    };
    let of = |stat: &str| (stat.to_owned(), "proficiency-rate".to_owned(), "mathematics".to_owned());
    assert_eq!(stat("Met"), of("Numerator"));
    assert_eq!(stat("Took It"), of("Denominator"));
    assert!(stat("Fees").0.starts_with("Unread"), "{:?}", stat("Fees"));
    // If one count is off by one, the match may be chance.
    let sheet = look(
        "results 2024.csv",
        "District ID,Math Proficiency Rate,Met,Took It\n0101,75,91,120\n0102,66.7,61,90\n0103,88,44,50\n0104,77.8,7,9\n",
    );
    assert_eq!(readings(&sheet)["Met"], "unread");
}

#[test]
fn a_title_over_several_cells_is_one_title() {
    let sheet = look(
        "table.csv",
        "Fall Membership,2022,,\n,,,\nDistrict ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n",
    );
    let table = &sheet.tables[0];
    assert_eq!(table.title, ["Fall Membership 2022"]);
    assert_eq!((&table.year, table.year_begins), (&survey::YearPlace::Title("2022".to_owned()), true));
    // The same if it is directly above the header.
    let sheet = look(
        "table.csv",
        "Fall Membership,2022\nDistrict ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n",
    );
    assert_eq!(
        (sheet.tables[0].title.as_slice(), sheet.tables[0].year_begins),
        (["Fall Membership 2022".to_owned()].as_slice(), true)
    );
    // The words may be in a row of their own, or the year in the file's name.
    let sheet =
        look("2022.csv", "October Count\nDistrict ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n");
    assert!(sheet.tables[0].year_begins);
}

#[test]
fn ranges_hide_numbers_only_beside_numbers() {
    let sheet = look(
        "table 2024.csv",
        "District ID,Grade Span,Code,Math % Proficient\n0101,6-8,10-14,21-39\n0102,9-12,20-24,62\n0103,6-8,30-34,GE95\n0104,3-5,40-44,48\n",
    );
    let masks = |name: &str| {
        let column = sheet.tables[0].columns.iter().find(|c| c.name == name).unwrap();
        column.cells.masks.iter().map(|m| m.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(masks("Math % Proficient"), ["21-39", "GE95"]);
    assert!(masks("Grade Span").is_empty() && masks("Code").is_empty());
}

#[test]
fn enrollment_by_grade_is_read_as_people_write_grades() {
    let sheet = look(
        "Enrollment 2024.csv",
        "October 1 Enrollment by School and Grade\nSchool,PK3,K,1st,2nd,12th,Total\nAsh,30,101,102,103,104,440\nElm,31,111,112,113,114,481\n",
    );
    let found = readings(&sheet);
    for (name, reading) in [("K", "KG"), ("1st", "01"), ("2nd", "02"), ("12th", "12")] {
        assert_eq!(found[name], format!("enrollment/{reading}"), "{name}: {found:?}");
    }
    // Two columns are prekindergarten: neither is all of it.
    assert_eq!(found["PK3"], "unread");
    assert_eq!(found["Total"], "enrollment");
}

#[test]
fn names_alike_are_told_apart_by_the_row_above() {
    let sheet = look(
        "discipline.csv",
        "Discipline by Race\n,Asian,,Hispanic/Latino,,White,\nSchool Year,OSS,ISS,OSS,ISS,OSS,ISS\n2022-23,5,7,12,30,9,8\n2023-24,6,<5,11,31,8,7\n",
    );
    let found = readings(&sheet);
    assert_eq!(found["Hispanic/Latino › OSS"], "out-of-school-suspensions/hispanic", "{found:?}");
    assert_eq!(found["White › ISS"], "in-school-suspensions/white");
}

#[test]
fn tables_of_one_district_are_all_read() {
    let made = folder(
        "dash.csv",
        "Dashboard\n\nYear,Enrollment,,Year,Grad Rate\n2021-2022,2000,,2021-2022,85.1\n2022-2023,2013,,2022-2023,85.4\n2023-2024,2026,,2023-2024,86.2\n\n\
         Attendance\nYear,Attendance Rate,,,\n2022-2023,93.1,,,\n2023-2024,94.2,,,\n",
    );
    assert_eq!(init(made.path(), &["--district", "7"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "7", 2023, "enrollment"), Some(2013.0));
    assert_eq!(value(made.path(), "7", 2024, "graduation-rate"), Some(86.2));
    assert_eq!(value(made.path(), "7", 2024, "attendance-rate"), Some(94.2));
}

#[test]
fn a_column_without_a_name_may_say_what_the_rows_are() {
    let made = folder(
        "budget.csv",
        "General Fund,,,\n,2022-23,2023-24,2024-25\n,Actual,Actual,Budget\nREVENUES,,,\nLocal Sources,21000,22000,23000\nState Sources,18000,19000,20000\nFederal Sources,4000,4100,4200\n",
    );
    assert_eq!(init(made.path(), &["--district", "7"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "7", 2023, "local-revenue"), Some(21000.0));
    assert_eq!(value(made.path(), "7", 2024, "federal-revenue"), Some(4100.0));
    assert_eq!(value(made.path(), "7", 2025, "local-revenue"), None);
}

#[test]
fn rows_that_nothing_tells_apart_are_not_read() {
    let sheet =
        look("monthly 2023-24.csv", "Month,Enrollment,ADA %\nSeptember,2010,94.1\nOctober,2004,93.8\n");
    let problem = sheet.tables[0].problem.clone().unwrap();
    assert!(problem.contains("repeat") && problem.contains("Month"), "{problem}");
}

#[test]
fn a_report_card_of_one_district_gives_its_values_beside_the_states() {
    let made = folder(
        "card.csv",
        "Report Card 2023-24\nIndicator,District,State\nEnrollment,2004,1200000\nAttendance Rate,93.8%,92.1%\n4-Year Graduation Rate,88.0%,87.2%\n",
    );
    assert_eq!(init(made.path(), &["--district", "7"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "7", 2024, "enrollment"), Some(2004.0));
    assert_eq!(value(made.path(), "7", 2024, "attendance-rate"), Some(93.8));
}

#[test]
fn a_percent_of_each_year_is_of_what_the_file_is_about() {
    let sheet = look(
        "graduation rates.csv",
        "District ID,SY 2022-23 #,SY 2022-23 %,SY 2023-24 #,SY 2023-24 %\n101,88,91.2,90,92.0\n102,45,85.1,44,83.0\n",
    );
    let found = readings(&sheet);
    assert_eq!(
        (found["SY 2022-23 %"].as_str(), found["SY 2022-23 #"].as_str()),
        ("graduation-rate", "unread")
    );
}

#[test]
fn when_a_report_was_made_is_not_its_school_year() {
    let sheet = look(
        "export_2024-08-20.csv",
        "Report: PRF0B001\nRun Date: 08/20/2024 08:31 AM\nSchool Year: 2022-2023\nDistrict ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n",
    );
    assert_eq!(sheet.tables[0].year, survey::YearPlace::Title("2022-2023".to_owned()));
    let sheet = look(
        "export.csv",
        "Printed 08/20/2024\nDistrict ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n",
    );
    assert_eq!(sheet.tables[0].year, survey::YearPlace::Unknown);
    let sheet = look(
        "Enrollment 2023 updated.csv",
        "District ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n",
    );
    assert_eq!(sheet.tables[0].year, survey::YearPlace::File("2023".to_owned()));
    // Only the date of the count gives the year.
    let sheet = look(
        "count.csv",
        "Enrollment as of 10/01/2023\nDistrict ID,District,Students\n0101,Alder,1204\n0102,Birch,804\n",
    );
    assert_eq!(sheet.tables[0].year, survey::YearPlace::Title("10/01/2023".to_owned()));
}

#[test]
fn a_year_alone_in_a_column_is_of_its_fall_where_the_title_says_so() {
    let made =
        folder("table.csv", "Fall Membership\nDistrict ID,Year,Students\n11,2021,1204\n11,2022,1190\n");
    let output = init(made.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("a single year, such as 2023, means 2023-24, because the text mentions the fall"),
        "{said}"
    );
    assert_eq!(value(made.path(), "11", 2023, "enrollment"), Some(1190.0));
}

#[test]
fn amounts_in_thousands_are_read_as_the_title_says() {
    let made = folder(
        "budget.csv",
        "General Fund\n(in thousands)\nMeasure,2022-23,2023-24,2024-25\n,Actual,Actual,Budget\nLocal Revenue,21000,22000,23000\nState Revenue,18000,19000,20000\nTotal Expenditures,38500,40000,41000\n",
    );
    assert_eq!(init(made.path(), &["--district", "7"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "7", 2024, "local-revenue"), Some(22_000_000.0));
    // Budgeted amounts have not been spent.
    assert_eq!(value(made.path(), "7", 2025, "local-revenue"), None);
    let sheet = look(
        "f 2024.csv",
        "Finances in $000s\nDistrict ID,Total Revenue,Enrollment\n1,22000,1204\n2,18000,900\n",
    );
    let times = |name: &str| {
        let column = sheet.tables[0].columns.iter().find(|c| c.name == name).unwrap();
        match &column.meaning {
            ColumnMeaning::Measure(m) => m.times,
            other => panic!("{name}: {other:?}"),
        }
    };
    assert_eq!((times("Total Revenue"), times("Enrollment")), (Some(1000.0), None));
    let sheet = look(
        "g.csv",
        "Report card (dollars in thousands)\nIndicator,2022-23,2023-24\nLocal Revenue,21000,22000\nEnrollment,1800,1900\n",
    );
    // The factor is not for the line that is not an amount, so this line is left to the district.
    let items = &sheet.tables[0].columns[0].items;
    let meaning = |text: &str| &items.iter().find(|item| item.text == text).unwrap().meaning;
    assert_eq!(*meaning("Local Revenue"), LineMeaning::Known("local-revenue".to_owned()));
    assert_eq!(*meaning("Enrollment"), LineMeaning::Unread);
}

#[test]
fn a_column_without_a_year_costs_itself_where_others_have_one() {
    let made = folder(
        "groups.csv",
        "Student Group,Enrollment 2022-23,% of Total,Enrollment 2023-24,% of Total\nAll Students,1000,100%,1010,100%\nAsian,30,3.0%,32,3.2%\nHispanic/Latino of any race,500,50.0%,505,50.0%\n",
    );
    assert_eq!(init(made.path(), &["--district", "7"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "7", 2024, "enrollment/hispanic"), Some(505.0));
}

#[test]
fn months_of_a_school_year_are_not_taken_for_it() {
    let sheet = look(
        "attendance.csv",
        "Attendance Rate by Month\nDistrict ID,Aug 2023,Sep 2023,Jan 2024,Aug 2024\n1,94.1,93.2,90.0,95.0\n2,95.1,94.2,91.0,94.8\n",
    );
    let found = readings(&sheet);
    assert_eq!(
        (found["Aug 2023"].as_str(), found["Sep 2023"].as_str(), found["Jan 2024"].as_str()),
        ("unread", "unread", "unread")
    );
    assert_eq!(found["Aug 2024"], "attendance-rate");
}

#[test]
fn a_letter_that_is_a_mark_elsewhere_may_be_a_kind_of_row() {
    let made = folder(
        "chronic.txt",
        "Academic Year\tAggregate Level\tDistrict Code\tDistrict Name\tSchool Name\tChronicAbsenteeismRate\n\
         2022-23\tT\t\t\t\t25.0\n2022-23\tD\t61119\tAlameda\t\t16.7\n2022-23\tD\t61127\tAlbany\t\t11.4\n2022-23\tS\t61119\tAlameda\tAlameda High\t17.6\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "61119", 2023, "chronic-absenteeism-rate"), Some(16.7));
}

#[test]
fn numerator_and_denominator_are_known_beside_the_rates_name() {
    let made = folder(
        "grad.csv",
        "District IRN,District Name,Four Year Graduation Rate Numerator - Class of 2022,Four Year Graduation Rate Denominator - Class of 2022,Four Year Graduation Rate - Class of 2022\n\
         045187,Ada,600,640,93.8\n045492,Akron,1400,1700,82.4\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "45187", 2022, "graduation-rate"), Some(93.8));
    let text = std::fs::read_to_string(made.path().join("layouts/grad.toml")).unwrap();
    assert!(text.contains("stat = \"numerator\"") && text.contains("stat = \"denominator\""), "{text}");
}

#[test]
fn codes_of_groups_that_are_not_known_are_listed_to_be_filled_in() {
    let made = folder(
        "t.csv",
        "District ID,Year,Reporting Category,Attendance Rate\n1,2023,QX,91.2\n1,2023,QY,92.1\n2,2023,QX,90.0\n2,2023,QY,93.3\n",
    );
    std::fs::write(made.path().join("e.csv"), "District ID,Year,Enrollment\n1,2023,1204\n2,2023,804\n")
        .unwrap();
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    let text = std::fs::read_to_string(made.path().join("layouts/t.toml")).unwrap();
    assert!(text.contains("part = \"group\"") && text.contains("# \"QX\" = \"\""), "{text}");
    let project = std::fs::read_to_string(made.path().join("retreat.toml")).unwrap();
    assert!(project.contains("but its values are unknown (QX, QY)"), "{project}");
}

#[test]
fn districts_rows_among_those_of_their_schools_are_not_added_to_them() {
    let made = folder(
        "e.csv",
        "District ID,District,School,School Year,Enrollment\n11,Alder,,2022-23,804\n11,Alder,North,2022-23,304\n11,Alder,South,2022-23,500\n\
         12,Birch,,2022-23,90\n12,Birch,Only,2022-23,*\n13,Cedar,,2022-23,70\n",
    );
    assert_eq!(init(made.path(), &[]).status.code(), Some(0));
    assert_eq!(value(made.path(), "11", 2023, "enrollment"), Some(804.0));
    assert_eq!(value(made.path(), "12", 2023, "enrollment"), Some(90.0));
}

#[test]
fn spans_of_grades_are_names_and_no_hidden_numbers() {
    let sheet = look(
        "Enrollment.csv",
        "District ID,School Year,Enrollment by Grade,,,\n,,K-2,3-5,6-8,9-12\n1,2022-23,301,302,303,304\n2,2022-23,201,202,203,204\n",
    );
    let found = readings(&sheet);
    for (name, grade) in [("K-2", "KG-02"), ("3-5", "03-05"), ("9-12", "09-12")] {
        let reading =
            found.iter().find(|(column, _)| column.ends_with(name)).map(|(_, reading)| reading.as_str());
        assert_eq!(reading, Some(format!("enrollment/{grade}").as_str()), "{found:?}");
    }
}

#[test]
fn what_a_rate_rests_on_row_for_row_weighs_it_among_schools() {
    // 30 of 300, 100 of 500 and 20 of 400 add up to 150 of 1,200: 12.5%.
    let made = folder(
        "absence 2023-24.csv",
        "School,Enrollment,Chronic Absence Rate,How Many\nNorth,300,10%,30\nSouth,500,20%,100\nEast,400,5%,20\n",
    );
    assert_eq!(init(made.path(), &["--district", "7"]).status.code(), Some(0));
    assert_eq!(value(made.path(), "7", 2024, "chronic-absenteeism-rate"), Some(12.5));
    assert_eq!(value(made.path(), "7", 2024, "enrollment"), Some(1200.0));
}

#[test]
fn grades_11_to_12_are_no_school_year() {
    let sheet = look(
        "table.csv",
        "Enrollment, grades 11-12\nDistrict ID,School Year,Enrollment Grades 11-12\n1,22-23,301\n2,22-23,201\n",
    );
    assert_eq!(readings(&sheet)["Enrollment Grades 11-12"], "enrollment/11-12");
    let sheet = look("table.csv", "Enrollment, grades 11-12\nDistrict ID,Enrollment\n1,301\n2,201\n");
    assert_eq!(sheet.tables[0].year, survey::YearPlace::Unknown);
}
