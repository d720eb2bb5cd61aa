//! Problems with settings files that do not stop the program.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::SchoolYear;
use crate::wording::listing::joined_with_and;

impl Diagnostic {
    /// A district has no values for the newest years.
    #[must_use]
    pub fn district_ended(district: &str, last: &str, newest: &str) -> Self {
        problem(
            Severity::Warning,
            "district-ended",
            Place::file("retreat.toml"),
            "",
            [
                format!("{district} has no values newer than {last}, but other districts have values through {newest}"),
                "proposed no SWOT items for it".to_owned(),
                "if it merged or now has another id, list it in a crosswalk; if newer files include it, add them".to_owned(),
            ],
        )
    }

    /// Amounts of some years cannot be adjusted for inflation; `last` is the last of the years. `is_latest` says whether one of
    /// them is the latest year of a series, which then cannot be judged over time.
    #[must_use]
    pub fn price_index_missing(years: &[String], last: SchoolYear, is_latest: bool) -> Self {
        let (severity, done) = if is_latest {
            (
                Severity::Warning,
                "showed the amounts as published; did not judge trends or changes in dollar amounts that end in a year without \
                 an index",
            )
        } else {
            (
                Severity::Note,
                "showed these years as published, and left them out of trends and changes in dollar amounts",
            )
        };
        let (year, begins) = (last.end(), last.end() - 1);
        problem(
            severity,
            "price-index-missing",
            Place::file("catalog/prices.toml"),
            "",
            [
                format!(
                    "there is no price index for {}, so dollar amounts cannot be adjusted for inflation",
                    joined_with_and(years)
                ),
                done.to_owned(),
                format!(
                    "create catalog/prices.toml in the project folder with the lines `source = \"CPI-U\"`, `[index]`, and \
                     `\"{year}\" = ` followed by the index. The index is the average of the monthly CPI-U from July {begins} \
                     to June {year} (series CUUR0000SA0 of the Bureau of Labor Statistics)"
                ),
            ],
        )
    }

    /// A key is in snake_case, with `_` for `-`. `place` is its file and line.
    #[must_use]
    pub fn key_in_snake_case(place: &str, old: &str, new: &str) -> Self {
        problem(
            Severity::Warning,
            "key-in-snake-case",
            Place::file(place),
            old,
            [
                format!("the key `{old}` is written with `_`"),
                format!("read it as `{new}`"),
                format!("write `{new}`"),
            ],
        )
    }

    /// Nothing says the district's state, so breaks of its state are not applied to `measure`.
    #[must_use]
    pub fn state_unknown(district: &str, measure: &str) -> Self {
        problem(
            Severity::Warning,
            "state-unknown",
            Place::file("retreat.toml"),
            "state",
            [
                format!(
                    "no file or layout says which state {district} is in; its tests may have changed ({measure})"
                ),
                "compared all years, ignoring any state's new tests and cut scores".to_owned(),
                "under [retreat], write `state = \"NJ\"` with your own state's two-letter code, or \"none\""
                    .to_owned(),
            ],
        )
    }

    /// A file in the project's catalog is not read because of its ending.
    #[must_use]
    pub fn catalog_file_unread(file: &str, wanted: &str) -> Self {
        problem(
            Severity::Warning,
            "catalog-file-unread",
            Place::file(file),
            file,
            [
                "the name of this file does not end in .toml, so it is not part of the catalog".to_owned(),
                "did not read it".to_owned(),
                format!("if it contains settings, rename it to {wanted}; otherwise, move it elsewhere"),
            ],
        )
    }
}
