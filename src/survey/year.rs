//! Where the school year of a table is found.

use super::column::{Column, MeasureColumn};
use super::sheet::{TableSurvey, YearPlace};
use super::vocabulary::Vocabulary;
use super::year_mention::YearMention;
use crate::catalog::Role;
use crate::wording::survey_columns::NO_YEAR_IN_NAME;
use sheets::Sheet;

/// Where the school year of a table is found.
pub(super) struct YearLocation {
    pub(super) place: YearPlace,
    /// Whether a single year there is the year in which a school year begins.
    pub(super) begins: bool,
}

/// Finds the school year in a column, in all column names, in the sheet or file name, above the table, or in the folder's name.
pub(super) fn locate_year(
    survey: &TableSurvey,
    sheet: &Sheet,
    file_stem: &str,
    vocabulary: &Vocabulary<'_>,
) -> YearLocation {
    let folder = sheet.place.file.rsplit('/').nth(1);
    YearLocator { survey, sheet_name: sheet.place.sheet.as_deref(), file_stem, folder, vocabulary }.locate()
}

/// Finds the school year of a table.
struct YearLocator<'a> {
    survey: &'a TableSurvey,
    sheet_name: Option<&'a str>,
    /// The file's name without extension.
    file_stem: &'a str,
    /// The name of the file's folder; `None` if it is in the project's own.
    folder: Option<&'a str>,
    vocabulary: &'a Vocabulary<'a>,
}

/// A school year in text around the table, and the location of that text.
struct PlacedYear {
    place: YearPlace,
    mention: YearMention,
}

impl YearLocator<'_> {
    fn locate(&self) -> YearLocation {
        let is_fall = self.says_fall();
        if let Some(column) = self.survey.role(Role::SchoolYear) {
            let begins = is_fall || self.vocabulary.says_year_begins(&column.name);
            return YearLocation { place: YearPlace::Column, begins };
        }
        if let Some(mentions) = years_of_all_columns(self.survey) {
            let begins = mentions.into_iter().any(|mention| begins_school_year(mention, is_fall));
            return YearLocation { place: YearPlace::Header, begins };
        }
        match self.best_year_around() {
            Some(PlacedYear { place, mention }) => {
                YearLocation { place, begins: begins_school_year(&mention, is_fall) }
            }
            None => YearLocation { place: YearPlace::Unknown, begins: false },
        }
    }

    /// Whether text around the table says that the years in the table are those in which a school year
    /// begins.
    fn says_fall(&self) -> bool {
        let titles = self.survey.title.iter().map(String::as_str);
        let mut texts = titles.chain(self.sheet_name).chain([self.file_stem]);
        texts.any(|text| self.vocabulary.says_year_begins(text))
    }

    /// The year in the sheet name, the file name, and the text above the table, or else in the name of the file's folder. A date
    /// may be that of a count, so a year that is not part of a date takes precedence.
    fn best_year_around(&self) -> Option<PlacedYear> {
        let mut years: Vec<PlacedYear> = Vec::new();
        years.extend(self.sheet_name.and_then(|name| self.year_in(name, YearPlace::Sheet)));
        years.extend(self.year_in(self.file_stem, YearPlace::File));
        years.extend(self.survey.title.iter().filter_map(|title| self.year_in(title, YearPlace::Title)));
        let nearest = years.into_iter().min_by_key(|year| year.mention.is_date());
        nearest.or_else(|| self.year_in(self.folder?, YearPlace::File))
    }

    fn year_in(&self, text: &str, place: fn(String) -> YearPlace) -> Option<PlacedYear> {
        let mention = self.vocabulary.year_of_title(text)?;
        Some(PlacedYear { place: place(mention.text.clone()), mention })
    }
}

/// The years in the names of the measure columns; `None` if there are no such columns, or one has no year.
fn years_of_all_columns(survey: &TableSurvey) -> Option<Vec<&YearMention>> {
    let measures: Vec<&MeasureColumn> = survey.columns.iter().filter_map(Column::measure).collect();
    let have_years = !measures.is_empty() && measures.iter().all(|column| column.year.is_some());
    have_years.then(|| measures.into_iter().filter_map(|column| column.year_mention.as_ref()).collect())
}

fn begins_school_year(mention: &YearMention, is_fall: bool) -> bool {
    mention.begins || is_fall && mention.is_lone()
}

/// If the year is found only in the names of some columns, marks the other columns as not read.
/// If only the names of columns that are not read have a year, and all the same, it is the table's.
pub(super) fn keep_columns_with_years(survey: &mut TableSurvey, vocabulary: &Vocabulary<'_>) {
    let mentions: Vec<YearMention> =
        survey.columns.iter().filter_map(|column| column.measure()?.year_mention.clone()).collect();
    if survey.year != YearPlace::Unknown {
        return;
    }
    if mentions.is_empty() {
        survey.year = only_year_of_names(survey, vocabulary).map_or(YearPlace::Unknown, YearPlace::Named);
        return;
    }
    for column in &mut survey.columns {
        if let Some(measure) = column.measure()
            && measure.year.is_none()
        {
            let nearest = measure.measure.clone();
            column.leave_unread(nearest, NO_YEAR_IN_NAME.to_owned());
        }
    }
    survey.year = YearPlace::Header;
    survey.year_begins = mentions.iter().any(|mention| mention.begins);
}

/// The end of the only school year, written as two years, in the names of a table's columns.
fn only_year_of_names(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<i32> {
    let mentions = survey.columns.iter().filter_map(|column| vocabulary.find_year(&column.name));
    let mut years = mentions.filter(|mention| !mention.is_lone() && !mention.is_date());
    let first = years.next()?.year;
    years.all(|mention| mention.year == first).then(|| first.end())
}
