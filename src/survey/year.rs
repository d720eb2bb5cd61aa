//! Where the school year of a table stands.

use super::decide::Reading;
use super::sheet::{TableSurvey, YearPlace};
use super::words::{FoundYear, Vocabulary};
use crate::catalog::Role;
use sheets::Sheet;

/// Where the school year stands, and whether a year alone there is one in which a school year begins.
pub(super) fn year(
    survey: &TableSurvey,
    sheet: &Sheet,
    stem: &str,
    vocabulary: &Vocabulary<'_>,
) -> (YearPlace, bool) {
    let sheet_name = sheet.place.sheet.as_deref();
    let texts = survey.title.iter().map(String::as_str).chain(sheet_name).chain([stem]);
    let fall = texts.into_iter().any(|text| vocabulary.says_begins(text));
    if let Some(column) = survey.role(Role::SchoolYear) {
        return (YearPlace::Column, fall || vocabulary.says_begins(&column.name));
    }
    let begins = |year: &FoundYear| year.begins || fall && year.is_lone();
    let measures = survey.columns.iter().filter_map(|c| match &c.reading {
        Reading::Measure(m) => Some(m),
        _ => None,
    });
    let (with, without): (Vec<_>, Vec<_>) = measures.partition(|m| m.year.is_some());
    if !with.is_empty() && without.is_empty() {
        return (YearPlace::Header, with.iter().any(|m| m.year_text.as_ref().is_some_and(begins)));
    }
    let titles = survey.title.iter().map(|text| (YearPlace::Title as fn(String) -> YearPlace, text.as_str()));
    let named = sheet_name.map(|name| (YearPlace::Sheet as fn(String) -> YearPlace, name)).into_iter();
    let places = named.chain([(YearPlace::File as fn(String) -> YearPlace, stem)]).chain(titles);
    let found = places.filter_map(|(place, text)| Some((place, vocabulary.told_year(text)?)));
    // A date may be that of the count, but a year that is written as one is surer.
    let best = found.min_by_key(|(_, (is_date, _))| *is_date);
    best.map_or((YearPlace::Unknown, false), |(place, (_, year))| (place(year.text.clone()), begins(&year)))
}

/// Where only some of the columns say their year, and nothing else does, the others are not read.
pub(super) fn years_of_their_own(survey: &mut TableSurvey) {
    let year = |reading: &Reading| match reading {
        Reading::Measure(m) => m.year_text.clone(),
        _ => None,
    };
    let years: Vec<FoundYear> = survey.columns.iter().filter_map(|c| year(&c.reading)).collect();
    if survey.year != YearPlace::Unknown || years.is_empty() {
        return;
    }
    for column in &mut survey.columns {
        if let Reading::Measure(m) = &column.reading
            && m.year.is_none()
        {
            column.reading = Reading::Unread(m.measure.clone());
            "its name says no school year, as those of others do".clone_into(&mut column.why);
        }
    }
    (survey.year, survey.year_begins) = (YearPlace::Header, years.iter().any(|year| year.begins));
}
