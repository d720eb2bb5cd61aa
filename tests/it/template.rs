//! The template workbook reads back exactly what was typed into it.

use retreat::domain::Status;
use retreat::template::{self, TemplateRow};

use crate::project::{Made, catalog};

#[test]
fn an_untouched_template_says_nothing_and_is_the_same_each_time() {
    let book = template::workbook(&catalog()).unwrap();
    assert_eq!(book, template::workbook(&catalog()).unwrap());
    let read = Made::new().write("data.xlsx", &book, "template").read();
    assert_eq!(read.data.observations, 0);
    let errors: Vec<String> = read.data.diagnostics.iter().map(ToString::to_string).collect();
    assert!(
        read.data.diagnostics.iter().all(|d| d.severity == retreat::diagnostic::Severity::Note),
        "{errors:?}"
    );
    let sheets = &read.data.sources[0].sheets;
    assert_eq!(sheets.iter().filter(|s| s.unread.is_none()).count(), 5, "five domains have a sheet");
    assert!(sheets.iter().all(|s| s.columns_unread.is_empty()), "{sheets:?}");
}

#[test]
fn typed_values_are_read() {
    let rows = |domain: &retreat::catalog::Domain| {
        let row = |year: &str, group: &str, grade: &str, subject: &str, value: f64| TemplateRow {
            texts: ["0042", "Ash", year, group, grade, subject].map(str::to_owned).to_vec(),
            values: vec![Some(value)],
        };
        match domain.id.as_str() {
            "enrollment" => vec![
                row("2022-23", "All", "All", "All", 1204.0),
                row("2023-24", "Hispanic", "3", "All", 41.0),
                // Without this row, nothing says how many students were tested.
                row("2023-24", "All", "3", "All", 64.0),
            ],
            "assessment" => vec![row("2023-24", "All", "3", "mathematics", 45.3)],
            _ => Vec::new(),
        }
    };
    let book = template::filled(&catalog(), &rows).unwrap();
    let read = Made::new().write("data.xlsx", &book, "template").read();
    assert_eq!(
        read.data.observations,
        3 * 2 + 7,
        "a row has a value or a blank for each measure of its sheet"
    );
    assert_eq!(read.value("42", 2023, "enrollment"), 1204.0);
    assert_eq!(read.value("42", 2024, "enrollment/hispanic/03"), 41.0);
    assert_eq!(read.value("42", 2024, "proficiency-rate/all/03/mathematics"), 45.3);
    assert_eq!(read.at("42", 2023, "mobility-rate"), Some((None, Status::Missing)));
    assert_eq!(read.cells("42", 2023, "enrollment"), ["data.xlsx › Enrollment › G3"]);
}
