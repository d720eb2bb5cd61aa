//! Checks what the catalog says about states: their breaks and their public files.

use super::check_layout::check_state;
use super::ids::EntryChecker;
use super::places::Places;
use super::{Catalog, PublicSource, StateBreak};
use crate::catalog::fault::Faults;
use crate::domain::SchoolYear;
use crate::wording::catalog as say;

/// Checks the entries of `breaks.toml` and `sources.toml`, whose files are at `places`.
pub(super) fn check(catalog: &Catalog, places: &Places, faults: &mut Faults) {
    let mut of_breaks = places.items("breaks.toml", "break").into_iter();
    for found in &catalog.state_breaks {
        let place = of_breaks.next().unwrap_or_else(|| places.file("breaks.toml"));
        check_break(&mut EntryChecker { catalog, place, faults: &mut *faults }, found);
    }
    let mut of_sources = places.items("sources.toml", "source").into_iter();
    for source in &catalog.sources {
        let place = of_sources.next().unwrap_or_else(|| places.file("sources.toml"));
        check_source(&mut EntryChecker { catalog, place, faults: &mut *faults }, source);
    }
}

fn check_break(checker: &mut EntryChecker<'_>, found: &StateBreak) {
    check_state(checker, Some(&found.state));
    checker.measures(&found.measures);
    checker.subjects(&found.subjects);
    if let Err(error) = SchoolYear::ending(found.year) {
        checker.report("year", say::not_a_school_year(found.year, &error.to_string()));
    }
}

fn check_source(checker: &mut EntryChecker<'_>, source: &PublicSource) {
    check_state(checker, source.state.as_ref());
    checker.domains(&source.domains);
    for id in &source.layout {
        checker.known("layout", id, checker.catalog.layouts.keys().map(String::as_str));
    }
    if !source.address.starts_with("https://") && !source.address.starts_with("http://") {
        checker.report("address", say::not_an_address(&source.address));
    }
}
