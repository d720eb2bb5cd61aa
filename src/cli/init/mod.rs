//! `retreat init`: a proposed project for a folder of spreadsheets.

mod choice;
mod project_text;
mod spreadsheets;
mod summary;
mod surveys_text;
mod template;
mod trial;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;

use super::arguments::InitArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::progress::follower;
use crate::catalog::{Catalog, SourceGap};
use crate::disk::{self, DiskError, NewFile, NewFiles};
use crate::perception::RecognizedSurvey;
use crate::project::FILE;
use crate::run::{Activity, RunError};
use crate::survey::{self, FileSurvey, ProjectPlan};
use crate::wording::disk::action;
use crate::wording::init as wording;
use crate::wording::published;
use choice::{DistrictChoice, WantedDistrict};
use project_text::project_text;
use spreadsheets::{LookedAt, find_spreadsheets, look_at};
use summary::{summary, unreadable_tables};
use surveys_text::surveys_text;
use trial::Trial;

/// Proposes a project for a folder of spreadsheets, or writes the template workbook with its project.
pub(super) fn init(arguments: &InitArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let folder = &arguments.folder;
    if arguments.template {
        create_folder(folder)?;
    }
    if !folder.is_dir() {
        return Err(CliError::Unknown(wording::not_a_folder(&folder.display())));
    }
    let new_files = if arguments.dry_run { None } else { Some(new_files(folder)?) };
    if arguments.template {
        return template::write_template(arguments, new_files, reporter);
    }
    propose(arguments, new_files, reporter)
}

fn create_folder(folder: &Path) -> Result<(), DiskError> {
    disk::create_folders(folder).map_err(|source| DiskError::Io {
        action: action::CREATE_FOLDER,
        path: folder.to_owned(),
        source,
    })
}

/// The files to write into a folder, which must not hold a project already.
fn new_files(folder: &Path) -> Result<NewFiles, DiskError> {
    let new_files = NewFiles::new(folder, FILE)?;
    new_files.check_free(FILE)?;
    Ok(new_files)
}

/// Surveys the spreadsheets, and writes or prints a project that reads them.
fn propose(
    arguments: &InitArguments,
    new_files: Option<NewFiles>,
    reporter: Reporter,
) -> Result<Ending, CliError> {
    let folder = &arguments.folder;
    let catalog = Catalog::of_project(folder)?;
    let mut problems = Vec::new();
    let found = find_spreadsheets(folder, &mut problems)?;
    reporter.progress(&wording::looking_at(found.len()))?;
    let progress = follower(reporter.verbosity);
    progress.begin(Activity::Surveying);
    let LookedAt { surveys, answers } = look_at(&found, &catalog, &mut problems)?;
    progress.begin(Activity::Reading);
    let proposal = ProjectProposal { answers, ..ProjectProposal::new(arguments, &surveys, &catalog)? };
    progress.end();
    if proposal.planned.sources.is_empty() && proposal.answers.is_empty() {
        reporter.problems(problems)?;
        return Err(CliError::Unknown(wording::nothing_readable(&unreadable_tables(&proposal.planned))));
    }
    match new_files {
        Some(new_files) => proposal.write(new_files)?,
        None => proposal.print()?,
    }
    reporter.progress(&summary(&proposal, folder))?;
    if proposal.trial.districts.len() < 2 {
        reporter.progress(&public_files(&catalog))?;
    }
    let ending = reporter.problems(problems)?;
    Ok(if proposal.has_no_readable_table() { Ending::WithoutSomeData } else { ending })
}

/// National public files with other districts, for each area that they cover.
fn public_files(catalog: &Catalog) -> String {
    let domains: Vec<&str> = catalog.domains.iter().map(|domain| domain.id.as_str()).collect();
    let sources = catalog.sources_for(SourceGap { state: None, domains: &domains }, 1);
    let lines: Vec<String> = sources.iter().take(PUBLIC_FILES).map(|source| source.line()).collect();
    published::after_init(&lines)
}

/// How many public files are named.
const PUBLIC_FILES: usize = 3;

/// A project that reads the spreadsheets of a folder.
struct ProjectProposal {
    planned: ProjectPlan,
    /// The result of a trial reading of the planned sources.
    trial: Trial,
    district: DistrictChoice,
    /// The name of the folder, which names the district if nothing else does.
    folder_name: String,
    /// The files with answers of people.
    answers: Vec<RecognizedSurvey>,
}

impl ProjectProposal {
    fn new(arguments: &InitArguments, surveys: &[FileSurvey], catalog: &Catalog) -> Result<Self, CliError> {
        let folder_name = folder_name(&arguments.folder);
        let named = survey::named_district(surveys, catalog).map_err(RunError::from)?;
        let wanted = WantedDistrict {
            requested: arguments.district.as_deref(),
            named: named.as_ref(),
            folder: &folder_name,
        };
        let planned = plan(surveys, catalog, wanted.stand_in())?;
        let trial = Trial::read(&arguments.folder, &planned)?;
        let district = DistrictChoice::new(&trial.districts, &wanted);
        // Tables that name no district are about the chosen one.
        let planned = plan(surveys, catalog, &district.id)?;
        Ok(Self { planned, trial, district, folder_name, answers: Vec::new() })
    }

    /// Whether there are tables, but none can be read as it is.
    fn has_no_readable_table(&self) -> bool {
        let sources = &self.planned.sources;
        !sources.is_empty() && sources.iter().all(|source| source.problem.is_some())
    }

    /// The texts of the proposed layouts and of the project's own measures, by file.
    fn texts(&self) -> BTreeMap<&str, &str> {
        let mut texts = BTreeMap::new();
        for source in &self.planned.sources {
            if let Some(proposed) = &source.proposed {
                texts.insert(source.layout.as_str(), proposed.text.as_str());
            }
        }
        if let Some(text) = &self.planned.measures {
            texts.insert(survey::OWN_MEASURES_FILE, text);
        }
        texts
    }

    fn project_text(&self) -> String {
        let text = project_text(&self.planned, self.trial.districts.len(), &self.district, &self.folder_name);
        text + &surveys_text(&self.answers)
    }

    /// Writes the layouts first, then the project file.
    fn write(&self, new_files: NewFiles) -> Result<(), DiskError> {
        let texts = self.texts().into_iter();
        let files: Vec<NewFile<'_>> =
            texts.map(|(name, text)| NewFile { name, bytes: text.as_bytes() }).collect();
        new_files.put(&files, self.project_text().as_bytes())
    }

    /// Prints what would be written.
    fn print(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        writeln!(stdout, "# ---- {FILE}\n{}", self.project_text())?;
        for (path, text) in self.texts() {
            writeln!(stdout, "# ---- {path}\n{text}")?;
        }
        Ok(())
    }
}

fn plan(surveys: &[FileSurvey], catalog: &Catalog, district: &str) -> Result<ProjectPlan, CliError> {
    survey::plan(surveys, catalog, district).map_err(CliError::Unknown)
}

fn folder_name(folder: &Path) -> String {
    let absolute = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    absolute
        .file_name()
        .map_or_else(|| wording::OUR_DISTRICT.to_owned(), |name| name.to_string_lossy().into_owned())
}
