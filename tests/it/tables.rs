//! What `retreat init` understands of tables as people publish them: years in names, rows that add up others, levels of
//! achievement, tests, and whom a table is about.

use crate::proposed::Proposed;

/// Tables whose file names have a year, one for each of two school years.
fn two_years(names: [&str; 2]) -> Proposed {
    let rows = |alder: u32| format!("District ID,District,Enrollment\n11,Alder,{alder}\n12,Birch,804\n");
    Proposed::with_files(&[(names[0], &rows(1204)), (names[1], &rows(1190))])
}

#[test]
fn a_school_year_may_be_written_with_underscores_in_a_file_name() {
    for names in [
        ["enrollment_2022_2023.csv", "enrollment_2023_2024.csv"],
        ["enrollment_2022_23.csv", "enrollment_2023_24.csv"],
        ["enrollment_2022-23.csv", "enrollment_2023-24.csv"],
        ["Enrollment_2022-2023.csv", "Enrollment_2023-2024.csv"],
        ["ENR2022_23.csv", "ENR2023_24.csv"],
        ["enrollment_SY22_23.csv", "enrollment_SY23_24.csv"],
        ["table_2_2022_23_final.csv", "table_2_2023_24_final.csv"],
        ["enrollment_as_of_10_01_2022.csv", "enrollment_as_of_10_01_2023.csv"],
    ] {
        let made = two_years(names);
        let found = [2022, 2023, 2024].map(|year| made.enrollment("11", year));
        assert_eq!(found, [None, Some(1204.0), Some(1190.0)], "{names:?}: {}", made.said());
    }
}

#[test]
fn a_school_year_may_be_written_with_underscores_in_a_header() {
    for [first, second] in [
        ["enrollment_2021_22", "enrollment_2022_23"],
        ["enrollment_2021-22", "enrollment_2022-23"],
        ["Enrollment_2021_2022", "Enrollment_2022_2023"],
        ["enrollment_21_22", "enrollment_22_23"],
    ] {
        let made = Proposed::new(&format!(
            "District ID,District,{first},{second}\n11,Alder,1204,1190\n12,Birch,804,820\n"
        ));
        assert_eq!(made.enrollment("11", 2022), Some(1204.0), "{first}: {}", made.said());
        assert_eq!(made.enrollment("12", 2023), Some(820.0), "{second}: {}", made.said());
    }
}

#[test]
fn a_date_with_dashes_is_in_its_school_year() {
    let made = Proposed::new(
        "Enrollment as of 10-01-2022\nDistrict ID,District,Students\n11,Alder,1204\n12,Birch,804\n",
    );
    assert_eq!(made.enrollment("11", 2023), Some(1204.0), "{}", made.said());
}
