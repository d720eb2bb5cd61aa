//! From the files of surveys to their counts.

use sheets::{Sheet, SourceFile};

use super::counting::{AnswerCounting, SurveyAnswers};
use super::counts::SurveyCounts;
use super::doubts::{doubts_of_columns, doubts_of_respondents};
use super::item_texts::item_texts;
use super::opposed::opposed_items;
use super::parts::{DatedSheet, TimePool, WavePart, dated, wave_parts};
use super::roles::{ColumnRole, RoleContext, column_numbers, group_in_name, roles};
use super::scales::{ScaleEvidence, WordEvidence};
use super::translations::translations;
use crate::catalog::{Catalog, SurveyChoice};
use crate::diagnostic::{ColumnIgnored, Diagnostic, SheetRead, SourceRead, Warned};
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
    let mut pool = TimePool::default();
    let all_dated: Vec<Vec<Option<DatedSheet>>> =
        files.iter().map(|file| dated_sheets(file, catalog, &mut pool)).collect();
    let mut evidence = ScaleEvidence::default();
    let mut read: Vec<Vec<Vec<WavePart>>> = Vec::new();
    for (file, sheets) in files.iter().zip(all_dated) {
        let context = RoleContext { catalog, choice: file.choice };
        let parts = file.file.sheets.iter().zip(sheets).map(|(sheet, dated)| {
            dated.map_or_else(Vec::new, |dated| wave_parts(sheet, dated, &pool, context))
        });
        let parts: Vec<Vec<WavePart>> = parts.collect();
        parts.iter().flatten().for_each(|part| add_evidence(part, context, &mut evidence));
        read.push(parts);
    }
    let mut choices: Vec<&SurveyChoice> = files.iter().map(|file| file.choice).collect();
    choices.dedup_by(|a, b| std::ptr::eq(*a, *b));
    let mut counting = AnswerCounting::new(catalog, &choices);
    let prepared: Vec<Vec<PreparedSheet<'_>>> =
        files.iter().zip(read).map(|(file, parts)| prepare_file(file, parts, &evidence, catalog)).collect();
    let all: Vec<&SurveyAnswers<'_>> = prepared.iter().flatten().flat_map(|sheet| &sheet.answers).collect();
    counting.list.opposed = opposed_items(&all, &counting.list, &catalog.perception);
    counting.list.translations = translations(&all);
    let files = files.iter().zip(prepared);
    let sources = files.map(|(file, sheets)| count_file(file, sheets, &mut counting)).collect();
    let (counts, problems) = counting.finish(&choices);
    Warned { value: SurveysRead { counts, sources }, diagnostics: problems.into_iter().collect() }
}

/// The sheets of a file with the times of their answers, which are added to those of all files.
fn dated_sheets(file: &SurveyFile<'_>, catalog: &Catalog, pool: &mut TimePool) -> Vec<Option<DatedSheet>> {
    let context = RoleContext { catalog, choice: file.choice };
    let sheets = &file.file.sheets;
    let read: Vec<Option<DatedSheet>> = sheets.iter().map(|sheet| dated(sheet, context)).collect();
    for (sheet, dated) in sheets.iter().zip(&read) {
        dated.iter().for_each(|dated| pool.add(sheet, dated, context));
    }
    read
}

/// Adds what the columns of a sheet in a wave say of the scales of all.
pub(super) fn add_evidence(part: &WavePart, context: RoleContext<'_>, evidence: &mut ScaleEvidence) {
    let time = part.time(context.choice);
    evidence.add(&time, &WordEvidence::of(&part.columns, &context.catalog.perception));
    let numbers = column_numbers(&part.columns, context);
    let texts = item_texts(&part.columns, &context.catalog.perception);
    evidence.numbers.add(&texts, &numbers, &time);
}

/// A sheet whose columns are understood, before anybody is counted.
struct PreparedSheet<'a> {
    noted: SheetRead,
    /// What is not known of it, each once.
    doubts: Vec<Diagnostic>,
    /// Its answers, wave by wave.
    answers: Vec<SurveyAnswers<'a>>,
}

/// The sheets of a file.
fn prepare_file<'a>(
    file: &'a SurveyFile<'a>,
    parts: Vec<Vec<WavePart>>,
    evidence: &'a ScaleEvidence,
    catalog: &Catalog,
) -> Vec<PreparedSheet<'a>> {
    let sheets = file.file.sheets.iter().zip(parts);
    sheets.map(|(sheet, parts)| SheetReading { file, sheet, evidence }.prepare(parts, catalog)).collect()
}

/// Counts the answers of a file, and says what was read of it. A hash could tell what somebody answered, so there is none.
fn count_file(
    file: &SurveyFile<'_>,
    sheets: Vec<PreparedSheet<'_>>,
    counting: &mut AnswerCounting<'_>,
) -> SourceRead {
    SourceRead {
        path: file.file.file.clone(),
        sha256: None,
        bytes: None,
        layout: SURVEY_LAYOUT.to_owned(),
        sheets: sheets.into_iter().map(|sheet| count_sheet(sheet, counting)).collect(),
    }
}

/// Counts the answers of a sheet.
fn count_sheet(sheet: PreparedSheet<'_>, counting: &mut AnswerCounting<'_>) -> SheetRead {
    let PreparedSheet { mut noted, doubts, answers } = sheet;
    doubts.into_iter().for_each(|doubt| counting.problems.push(doubt));
    answers.iter().for_each(|answers| counting.add(answers, &mut noted));
    noted
}

/// A sheet that is being read.
struct SheetReading<'a> {
    file: &'a SurveyFile<'a>,
    sheet: &'a Sheet,
    evidence: &'a ScaleEvidence,
}

impl<'a> SheetReading<'a> {
    /// The answers of a sheet, wave by wave, and each doubt once.
    fn prepare(&self, parts: Vec<WavePart>, catalog: &Catalog) -> PreparedSheet<'a> {
        let mut noted = SheetRead { sheet: self.sheet.place.sheet.clone(), ..SheetRead::default() };
        if parts.is_empty() {
            noted.unread = Some(words::NOTHING_IN_SHEET.to_owned());
            return PreparedSheet { noted, doubts: Vec::new(), answers: Vec::new() };
        }
        let waves: Vec<String> =
            parts.iter().filter_map(|part| part.wave).map(|wave| wave.to_string()).collect();
        let mut all_doubts = Vec::new();
        let read = parts.into_iter().map(|part| self.answers(part, catalog, &mut all_doubts));
        let answers: Vec<SurveyAnswers<'a>> = read.flatten().collect();
        if answers.is_empty() {
            noted.unread = Some(words::NO_ITEMS.to_owned());
        } else {
            all_doubts.extend(self.doubts_of_waves(&waves));
        }
        let mut doubts: Vec<Diagnostic> = Vec::new();
        for doubt in all_doubts {
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        }
        note(&answers, &mut noted);
        PreparedSheet { noted, doubts, answers }
    }

    /// What the columns hold in a wave, and who answered; `None` if no question has a scale.
    fn answers(
        &self,
        part: WavePart,
        catalog: &Catalog,
        doubts: &mut Vec<Diagnostic>,
    ) -> Option<SurveyAnswers<'a>> {
        let Self { file: SurveyFile { choice, survey, .. }, sheet, evidence } = self;
        let time = part.time(choice);
        let WavePart { wave, is_latest, columns } = part;
        let context = RoleContext { catalog, choice };
        let roles = roles(&columns, context, evidence, &time);
        let has_item = roles.iter().any(|role| matches!(role, ColumnRole::Item(_)));
        let respondents = choice.respondents.clone().or_else(|| group_of_names(sheet, &roles, catalog));
        let answers =
            SurveyAnswers { choice, survey: *survey, sheet, columns, roles, wave, is_latest, respondents };
        doubts.extend(doubts_of_columns(&answers, catalog));
        if !has_item {
            doubts.push(Diagnostic::survey_without_items(sheet.place.clone()));
            return None;
        }
        doubts.extend(doubts_of_respondents(&answers, context));
        Some(answers)
    }

    /// That no answer has a wave, or that the answers have several.
    fn doubts_of_waves(&self, waves: &[String]) -> Option<Diagnostic> {
        let place = self.sheet.place.clone();
        match waves {
            [] => Some(Diagnostic::survey_wave_unknown(place)),
            [_] => None,
            several => Some(Diagnostic::survey_waves_mixed(place, several)),
        }
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

/// Notes which columns are read in any wave.
fn note(waves: &[SurveyAnswers<'_>], noted: &mut SheetRead) {
    let Some(latest) = waves.last() else { return };
    noted.header_row = Some(u64::from(latest.columns.heading_row) + 1);
    noted.rows = waves.iter().map(|answers| answers.columns.rows.len() as u64).sum();
    for (place, column) in latest.columns.all.iter().enumerate() {
        let heading = column.heading.joined();
        let mut roles = waves.iter().rev().map(|answers| &answers.roles[place]);
        match roles.find(|role| !role.is_unread()) {
            None => noted.columns_unread.push(heading),
            Some(ColumnRole::Personal | ColumnRole::Identity) => {
                noted.columns_ignored.push(ColumnIgnored { column: heading, why: words::PERSONAL.to_owned() })
            }
            Some(ColumnRole::Open) => {
                noted.columns_ignored.push(ColumnIgnored { column: heading, why: words::OPEN.to_owned() });
            }
            Some(_) => noted.columns_read += 1,
        }
    }
}
