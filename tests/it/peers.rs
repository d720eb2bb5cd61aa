//! Peers as a project asks for them.

use crate::project::Made;

/// What is said of a project that has `toml` in it and cannot be opened.
fn refused(toml: &str) -> String {
    let made = Made::new().write("table.csv", b"District,Year\n", "template").also(toml);
    made.try_open("1").unwrap_err().to_string()
}

#[test]
fn a_missing_value_is_read_as_a_number_or_not_at_all() {
    for value in ["nan", "inf", "-inf"] {
        let told = refused(&format!("[peers]\nmissing = {{ low-income = {value} }}\n"));
        assert!(
            told.contains("missing") && told.contains("low-income") && told.contains("no number"),
            "{told}"
        );
    }
}
