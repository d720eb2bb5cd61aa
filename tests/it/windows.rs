//! `retreat init` on tests that are given several times a school year: the values of each time are a measure of their own.

use crate::proposed::Proposed;

/// The id of the district that only a title names.
const RIVERBEND: &str = "RIVERBENDSCHOOLDISTRICT";

fn made(name: &str, table: &str) -> Proposed {
    Proposed::with_files(&[(name, &format!("Riverbend School District\n{table}"))])
}

#[test]
fn each_time_of_the_year_has_a_measure_of_its_own() {
    for (name, table, key, value) in [
        // A column for the time, and one for the year.
        (
            "map.csv",
            "School Year,Window,Percent At or Above Grade Level\n2021-22,Fall,41\n2021-22,Winter,43\n2021-22,Spring,46\n\
             2022-23,Fall,42\n2022-23,Winter,44\n2022-23,Spring,47\n",
            "our-percent-at-or-above-grade-level-winter",
            43.0,
        ),
        (
            "map.csv",
            "School Year,Term,Mean RIT\n2021-22,Fall,201\n2021-22,Spring,209\n2022-23,Fall,202\n2022-23,Spring,210\n",
            "our-mean-rit-spring",
            209.0,
        ),
        // The years across.
        (
            "DIBELS percent at benchmark.csv",
            "Window,2021-22,2022-23,2023-24\nBeginning of Year,41,42,43\nMiddle of Year,44,45,46\nEnd of Year,47,48,49\n",
            "our-dibels-percent-at-benchmark-end-of-year",
            47.0,
        ),
        // A column for each time, below a title.
        (
            "DIBELS percent at benchmark.csv",
            "School Year,BOY,MOY,EOY\n2021-22,41,43,46\n2022-23,42,44,47\n2023-24,42,44,48\n",
            "our-dibels-percent-at-benchmark-moy",
            43.0,
        ),
        // Below each year.
        (
            "DIBELS percent at benchmark.csv",
            "Grade,2021-22,,,2022-23,,\n,BOY,MOY,EOY,BOY,MOY,EOY\nK,40,41,42,43,44,45\n1,50,51,52,53,54,55\n2,60,61,62,63,64,65\n",
            "our-dibels-percent-at-benchmark-eoy/all/KG",
            42.0,
        ),
    ] {
        let made = made(name, table);
        let found = made.value(RIVERBEND, 2022, key);
        assert_eq!(found, Some(value), "{key}: {}{}", made.said(), made.layout());
        let measures = made.file("catalog/measures/our-indicators.toml");
        assert!(
            !measures.contains("label = \"Fall\"") && !measures.contains("label = \"BOY\""),
            "{measures}"
        );
    }
}

#[test]
fn a_time_of_the_year_that_cannot_be_told_apart_is_a_question() {
    let joined = made(
        "map.csv",
        "Term,Grade,Percent Proficient\nFall 2022-23,3,41\nWinter 2022-23,3,42\nFall 2023-24,3,44\nWinter 2023-24,3,45\n",
    );
    assert!(joined.said().contains("a school year and a time within it"), "{}", joined.said());
    // Two measures in each row.
    let two = made(
        "map.csv",
        "School Year,Window,Percent Proficient,Median Percentile\n2021-22,BOY,41,40\n2021-22,EOY,43,41\n2022-23,BOY,41,42\n2022-23,EOY,43,44\n",
    );
    assert_eq!(two.value(RIVERBEND, 2022, "proficiency-rate"), None, "{}", two.layout());
    assert!(two.said().contains("Window"), "{}", two.said());
}

#[test]
fn seasons_in_other_tables_stay_what_they_were() {
    // The year of a count, and a column of other texts.
    let counted =
        made("data.csv", "Enrollment\nGrade,Fall 2021,Fall 2022\nK,80,82\n1,81,83\nTotal,161,165\n");
    assert_eq!(
        counted.value(RIVERBEND, 2022, "enrollment"),
        Some(161.0),
        "{}{}",
        counted.said(),
        counted.layout()
    );
    let levels = made(
        "data.csv",
        "School Year,Level,Graduation Rate\n2021-22,Middle,88\n2021-22,High,87\n2022-23,Middle,89\n2022-23,High,90\n",
    );
    assert!(!levels.layout().contains("our-graduation-rate"), "{}", levels.layout());
}
