//! From the files of surveys to their counts.

use sheets::{Sheet, SourceFile};

use super::columns::{AnswerColumn, AnswerColumns};
use super::counting::{AnswerCounting, SurveyAnswers};
use super::counts::SurveyCounts;
use super::items::unasked;
use super::roles::{ColumnRole, RoleContext, group_in_name, roles};
use super::scales::{ScaleEvidence, is_almost_on_scale};
use super::waves::WaveFound;
use crate::catalog::{Catalog, SurveyChoice};
use crate::diagnostic::{ColumnIgnored, Diagnostic, SheetRead, SourceRead, Warned};
use crate::domain::SurveyWave;
use crate::wording::perception as words;

/// What stands for a layout where the files of surveys are listed.
pub const SURVEY_LAYOUT: &str = "survey";

/// A file of a survey.
pub struct SurveyFile<'a> {
    /// What the project says of it.
    pub choice: &'a SurveyChoice,
    /// The place of that among the surveys of the project.
    pub survey: usize,
    /// Its content.
    pub file: SourceFile,
}

/// What the surveys of a project come to.
#[derive(Debug, Clone, Default)]
pub struct SurveysRead {
    /// The counts. What of them may be shown is for `disclosure` to decide.
    pub counts: SurveyCounts,
    /// What was read from each file.
    pub sources: Vec<SourceRead>,
}

/// Reads the files of all surveys, in their order.
#[must_use]
pub fn read_surveys(files: &[SurveyFile<'_>], catalog: &Catalog) -> Warned<SurveysRead> {
    let mut evidence = ScaleEvidence::default();
    let mut read: Vec<Vec<Option<AnswerColumns>>> = Vec::new();
    for file in files {
        let columns = file.file.sheets.iter().map(|sheet| answers_of(sheet, catalog));
        let columns: Vec<Option<AnswerColumns>> = columns.collect();
        columns.iter().flatten().for_each(|columns| evidence.add(columns, &catalog.perception));
        read.push(columns);
    }
    let mut counting = AnswerCounting::new(catalog);
    let mut sources = Vec::new();
    for (file, columns) in files.iter().zip(read) {
        sources.push(read_file(file, columns, &evidence, &mut counting));
    }
    let (counts, mut problems) = counting.finish();
    let mut choices: Vec<&SurveyChoice> = files.iter().map(|file| file.choice).collect();
    choices.dedup_by(|a, b| std::ptr::eq(*a, *b));
    choices.iter().for_each(|choice| problems.extend(unasked(choice, &counts.items)));
    Warned { value: SurveysRead { counts, sources }, diagnostics: problems.into_iter().collect() }
}

fn answers_of(sheet: &Sheet, catalog: &Catalog) -> Option<AnswerColumns> {
    if sheet.hidden {
        return None;
    }
    AnswerColumns::read(sheet, &catalog.room.forms, &catalog.perception)
}

/// Counts the answers of a file, and says what was read of it. A hash could tell what somebody answered, so there is none.
fn read_file(
    file: &SurveyFile<'_>,
    columns: Vec<Option<AnswerColumns>>,
    evidence: &ScaleEvidence,
    counting: &mut AnswerCounting<'_>,
) -> SourceRead {
    let mut sheets = Vec::new();
    for (sheet, columns) in file.file.sheets.iter().zip(columns) {
        let mut noted = SheetRead { sheet: sheet.place.sheet.clone(), ..SheetRead::default() };
        match columns.map(|columns| SheetReading { file, sheet, columns }.answers(evidence, counting)) {
            Some(Some(answers)) => {
                note(&answers, &mut noted);
                counting.add(&answers, &mut noted);
            }
            Some(None) => noted.unread = Some(words::NO_ITEMS.to_owned()),
            None => noted.unread = Some(words::NOTHING_IN_SHEET.to_owned()),
        }
        sheets.push(noted);
    }
    SourceRead {
        path: file.file.file.clone(),
        sha256: None,
        bytes: None,
        layout: SURVEY_LAYOUT.to_owned(),
        sheets,
    }
}

/// A sheet before it is known what its columns hold.
struct SheetReading<'a> {
    file: &'a SurveyFile<'a>,
    sheet: &'a Sheet,
    columns: AnswerColumns,
}

impl<'a> SheetReading<'a> {
    /// What its columns hold, who answered, and when; `None` if no question has a scale.
    fn answers(
        self,
        evidence: &ScaleEvidence,
        counting: &mut AnswerCounting<'_>,
    ) -> Option<SurveyAnswers<'a>> {
        let Self { file: SurveyFile { choice, survey, .. }, sheet, columns } = self;
        let catalog = counting.catalog;
        let roles = roles(&columns, RoleContext { catalog, choice, evidence });
        for (column, _) in columns.all.iter().zip(&roles).filter(|(_, role)| **role == ColumnRole::Other) {
            if is_almost_on_scale(column, &catalog.perception) {
                let at = sheet.place.at(columns.heading_row, column.number);
                counting.problems.push(Diagnostic::survey_scale_unclear(at, &column.heading.joined()));
            }
        }
        if !roles.iter().any(|role| matches!(role, ColumnRole::Item(_))) {
            counting.problems.push(Diagnostic::survey_without_items(sheet.place.clone()));
            return None;
        }
        let named = choice.wave.as_deref().and_then(SurveyWave::parse);
        let waves = WaveFound::of(named, sheet, &columns, &roles);
        let respondents = choice.respondents.clone().or_else(|| group_of_names(sheet, &roles, catalog));
        let answers = SurveyAnswers { choice, survey: *survey, sheet, columns, roles, waves, respondents };
        name_doubts(&answers, counting);
        Some(answers)
    }
}

/// The group that the names of a sheet or its file have a word for, unless a column says who answers.
fn group_of_names(sheet: &Sheet, roles: &[ColumnRole], catalog: &Catalog) -> Option<String> {
    let has_column = roles.iter().any(|role| matches!(role, ColumnRole::Respondents(_)));
    if has_column {
        return None;
    }
    let of_sheet = sheet.place.sheet.as_deref().and_then(|name| group_in_name(name, catalog));
    of_sheet.or_else(|| group_in_name(&sheet.place.file, catalog))
}

/// Names what is not known of a sheet, and what was concluded from its numbers.
fn name_doubts(answers: &SurveyAnswers<'_>, counting: &mut AnswerCounting<'_>) {
    let SurveyAnswers { sheet, columns, roles, waves, respondents, .. } = answers;
    let has_column = roles.iter().any(|role| matches!(role, ColumnRole::Respondents(_)));
    if respondents.is_none() && !has_column {
        counting.problems.push(Diagnostic::survey_respondents_unknown(sheet.place.clone()));
    }
    match waves.all().as_slice() {
        [] => counting.problems.push(Diagnostic::survey_wave_unknown(sheet.place.clone())),
        [_] => {}
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            counting.problems.push(Diagnostic::survey_waves_mixed(sheet.place.clone(), &names));
        }
    }
    let numbers = columns.all.iter().zip(roles).find_map(|(column, role)| numbers_of(column, role));
    if let Some((column, scale)) = numbers {
        let at = sheet.place.at(columns.heading_row, column.number);
        counting.problems.push(Diagnostic::survey_numbers(at, scale));
    }
}

/// A column whose answers are numbers, with the ends of its scale.
fn numbers_of<'a>(column: &'a AnswerColumn, role: &ColumnRole) -> Option<(&'a AnswerColumn, [u32; 2])> {
    let ColumnRole::Item(item) = role else { return None };
    let is_number = item.scale.id == format!("{}-{}", item.scale.low, item.scale.high);
    is_number.then_some((column, [item.scale.low, item.scale.high]))
}

/// Notes which columns are read.
fn note(answers: &SurveyAnswers<'_>, noted: &mut SheetRead) {
    noted.header_row = Some(u64::from(answers.columns.heading_row) + 1);
    noted.rows = answers.columns.rows.len() as u64;
    for (column, role) in answers.columns.all.iter().zip(&answers.roles) {
        let heading = column.heading.joined();
        match role {
            ColumnRole::Other => noted.columns_unread.push(heading),
            ColumnRole::Personal | ColumnRole::Identity => {
                noted.columns_ignored.push(ColumnIgnored { column: heading, why: words::PERSONAL.to_owned() })
            }
            ColumnRole::Open => {
                noted.columns_ignored.push(ColumnIgnored { column: heading, why: words::OPEN.to_owned() });
            }
            _ => noted.columns_read += 1,
        }
    }
}
