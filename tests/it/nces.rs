//! National files: the Common Core of Data and the School District Finance Survey; see
//! `tests/corpus/nces/README.md`.

use retreat::catalog::Catalog;
use retreat::domain::Status;
use retreat::observation::{LayoutReader, read_file};
use sheets::{Input, SourceFile};

use crate::project::{Made, Read, root};

const AREA: &str = "5500001";
const LITTLE: &str = "5500002";

fn read() -> Read {
    let nces = |name: &str| format!("tests/corpus/nces/{name}");
    Made::new()
        .copy(&nces("ccd_lea_052_2223_l_1a_083023.csv"), "nces-ccd-membership")
        .copy(&nces("ccd_lea_052_2324_l_1a_073124.csv"), "nces-ccd-membership")
        .copy(&nces("ccd_lea_059_2324_l_1a_073124.csv"), "nces-ccd-staff")
        .copy(&nces("ccd_lea_029_2324_w_1a_073124.csv"), "nces-ccd-directory")
        .copy(&nces("sdf23_1a.txt"), "nces-f33")
        .read()
}

#[test]
fn membership_is_without_adult_education_and_each_total_is_read_once() {
    let membership = Made::new()
        .copy("tests/corpus/nces/ccd_lea_052_2223_l_1a_083023.csv", "nces-ccd-membership")
        .copy("tests/corpus/nces/ccd_lea_052_2324_l_1a_073124.csv", "nces-ccd-membership")
        .read();
    assert_eq!(membership.value(AREA, 2023, "enrollment"), 1750.0);
    assert_eq!(membership.value(AREA, 2024, "enrollment"), 1830.0);
    assert_eq!(membership.value(AREA, 2024, "enrollment/all/03"), 200.0);
    assert_eq!(membership.value(AREA, 2024, "enrollment/all/KG"), 180.0);
    assert_eq!(membership.at(AREA, 2024, "enrollment/all/PK"), Some((None, Status::Missing)));
    // 740 girls and 760 boys of 1,830.
    assert_eq!(membership.value(AREA, 2024, "enrollment/white"), 1500.0);
    assert!((membership.value(AREA, 2024, "enrollment-share/white") - 100.0 * 1500.0 / 1830.0).abs() < 1e-9);
}

#[test]
fn only_needed_rows_of_a_national_file_are_kept_in_memory() {
    let made = Made::new();
    let file =
        std::fs::read_to_string(root().join("tests/corpus/nces/ccd_lea_052_2324_l_1a_073124.csv")).unwrap();
    let (header, rows) = file.split_once('\n').unwrap();
    // 70 MB; each copy has different districts, and most rows are the most detailed ones, as in the national
    // file.
    let fine: String = rows.split_inclusive('\n').filter(|row| row.contains("Category Set A")).collect();
    let rows = format!("{rows}{}", fine.repeat(20));
    let copies = (0..4_000).map(|i| rows.replace(",5500", &format!(",{}", 1000 + i)));
    let path = made.path().join("ccd_lea_052_2324_l_1a_073124.csv");
    std::fs::write(&path, format!("{header}\n{}", copies.collect::<String>())).unwrap();
    let catalog = Catalog::embedded().unwrap();
    let layout = &catalog.layouts["nces-ccd-membership"];
    let reader = LayoutReader::new(layout, &catalog).unwrap();
    let (input, mut sieve) = (Input::File(path), reader.sieve());
    let (whole, sieved) =
        (sheets::read(&input, "ccd.csv"), sheets::read_sieved(&input, "ccd.csv", &mut sieve));
    let rows = |file: &SourceFile| file.sheets[0].row_count();
    assert!(2 * rows(&sieved.value) < rows(&whole.value), "{} {}", rows(&sieved.value), rows(&whole.value));
    let told = |file: &SourceFile| {
        let mut reading = read_file(file, layout, &catalog).unwrap();
        reading.report.sheets[0].rows_left_out.sort_by(|a, b| a.why.cmp(&b.why));
        format!("{reading:?}")
    };
    assert!(told(&whole.value) == told(&sieved.value));
}

#[test]
fn a_race_of_which_one_sex_is_suppressed_is_not_the_other_sex_alone() {
    assert_eq!(read().at(AREA, 2024, "enrollment/pacific-islander"), Some((None, Status::Missing)));
}

#[test]
fn staff_totals_are_read_and_categories_that_no_total_includes() {
    let read = read();
    assert_eq!(read.value(AREA, 2024, "teachers"), 127.0);
    assert_eq!(read.value(AREA, 2024, "staff"), 257.5);
    assert_eq!(read.value(AREA, 2024, "counselors"), 5.5);
    assert_eq!(read.value(AREA, 2024, "paraprofessionals"), 31.7);
    assert!((read.value(AREA, 2024, "students-per-teacher") - 1830.0 / 127.0).abs() < 1e-9);
    assert_eq!(read.at(LITTLE, 2024, "librarians"), Some((None, Status::Missing)));
}

#[test]
fn the_finance_survey_has_the_year_in_its_name_and_negative_numbers_are_markers() {
    let read = read();
    assert_eq!(read.value(AREA, 2023, "total-revenue"), 26_000_000.0);
    assert_eq!(read.value(AREA, 2023, "operating-expenditure"), 22_000_000.0);
    // 12.5 million in salaries and 4.6 million in benefits.
    assert_eq!(read.value(AREA, 2023, "payroll-expenditure"), 17_100_000.0);
    assert_eq!(read.at(LITTLE, 2023, "long-term-debt"), Some((None, Status::NotApplicable)));
    assert_eq!(read.at(LITTLE, 2023, "employee-benefits"), Some((None, Status::Missing)));
    assert_eq!(read.at(LITTLE, 2023, "local-revenue"), Some((None, Status::Masked)));
}

#[test]
fn thousands_of_dollars_are_dollars() {
    let read = Made::new().copy("tests/corpus/nces/elsec21.xlsx", "census-f33").read();
    assert_eq!(read.value(AREA, 2021, "total-revenue"), 23_400_000.0);
    assert_eq!(read.value(AREA, 2021, "enrollment"), 1700.0);
    assert!(!read.ids().contains(&"columns-unread"), "{:?}", read.ids());
}

#[test]
fn no_column_of_them_is_unread_and_districts_have_their_states() {
    let read = read();
    for id in ["columns-unread", "column-missing", "part-unknown", "two-values", "rate-without-weight"] {
        assert!(!read.ids().contains(&id), "{:?}", read.data.diagnostics);
    }
    let districts = &read.data.released.terms().districts;
    assert!(districts.iter().all(|d| d.attribute("state", None) == Some("WI")), "{districts:?}");
    assert_eq!(districts[0].name, "Made-Up Area");
}
