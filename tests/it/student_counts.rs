//! What `retreat init` makes of counts of students next to rates and scores: of those tested, not of all.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Results of two schools of a district by subject, with a count in a column of this name.
fn of_schools(count: &str) -> Proposed {
    let mut table =
        format!("School Year,District Code,District Name,School Name,Subject,{count},Percent Proficient\n");
    for year in ["2022-23", "2023-24"] {
        for (school, subject, tested, rate) in [
            ("Ash Elementary", "Math", 100, 40),
            ("Ash Elementary", "ELA", 100, 45),
            ("Ash Middle", "Math", 300, 60),
            ("Ash Middle", "ELA", 300, 55),
        ] {
            let _ = writeln!(table, "{year},0101,Ashland,{school},{subject},{tested},{rate}.0");
        }
    }
    Proposed::new(&table)
}

#[test]
fn the_number_tested_is_the_weight_of_a_rate() {
    for count in ["N Tested", "Tested Count", "Number Scored", "Valid Scores", "Cell Size"] {
        let made = of_schools(count);
        let found = made.value("101", 2024, "proficiency-rate/all/all/mathematics");
        assert_eq!(found, Some(55.0), "{count}: {}{}", made.said(), made.layout());
    }
}

#[test]
fn a_count_by_subject_is_not_the_enrollment() {
    let scores = "School Year,District Name,Subject,Grade,Student Count,Mean RIT\n\
                  2022-23,Riverbend SD 101,Mathematics,3,93,208.5\n2022-23,Riverbend SD 101,Reading,3,92,201.5\n\
                  2023-24,Riverbend SD 101,Mathematics,3,95,209.5\n2023-24,Riverbend SD 101,Reading,3,94,202.5\n";
    let tested = "School Year,District Code,District Name,Grade,Subject,Enrolled,Percent Tested,Percent Proficient\n\
                  2022-23,0101,Ashland,03,Math,400,90.0,40.0\n2022-23,0101,Ashland,03,ELA,400,91.0,44.0\n\
                  2023-24,0101,Ashland,03,Math,410,92.0,41.0\n2023-24,0101,Ashland,03,ELA,410,93.0,45.0\n";
    for (table, column) in [(scores, "Student Count"), (tested, "Enrolled")] {
        let made = Proposed::new(table);
        let layout = made.layout();
        assert!(!layout.contains("\nmeasure = \"enrollment\""), "{column}: {layout}");
    }
    let layout = Proposed::new(tested).layout();
    assert!(layout.contains("stat = \"denominator\""), "{layout}");
    // Whoever is enrolled in all subjects is enrolled.
    let all = "School Year,District Code,District Name,Subject,Enrollment\n2022-23,0101,Ashland,All Subjects,812\n\
               2023-24,0101,Ashland,All Subjects,820\n";
    let made = Proposed::new(all);
    assert_eq!(made.enrollment("101", 2024), Some(820.0), "{}{}", made.said(), made.layout());
}

#[test]
fn a_table_of_which_nothing_is_read_names_the_column_that_is_like_a_measure() {
    let mut table = "School Year,District Code,District Name,Month,Attendance Rate\n".to_owned();
    for (month, rate) in [("Sep", 92), ("Oct", 195), ("Nov", 298)] {
        let _ = writeln!(table, "2022-23,0101,Ashland,{month},{rate}\n2023-24,0101,Ashland,{month},{rate}");
    }
    let made = Proposed::new(&table);
    let is_named = made.said().contains("\"Attendance Rate\"") && made.said().contains("not percents");
    assert!(is_named, "{}", made.said());
}

#[test]
fn the_students_of_a_test_are_the_weight_of_own_averages() {
    let mut table =
        "School Year,District Name,School Name,Subject,StudentCount,MeanRITScore,MedianGrowth\n".to_owned();
    for year in ["2022-23", "2023-24"] {
        for (school, count, mean) in [("Oak Elementary", 100, 200), ("Elm Elementary", 300, 220)] {
            let _ = writeln!(table, "{year},Riverbend SD 101,{school},Mathematics,{count},{mean}.5,53");
        }
    }
    let made = Proposed::new(&table);
    let layout = made.layout();
    assert!(layout.contains("weight = [\"StudentCount\"]"), "{} {layout}", made.said());
    assert!(!made.said().contains("“StudentCount” is not read"), "{}", made.said());
    assert_eq!(layout.matches("weight = ").count(), 1, "{layout}");
}
