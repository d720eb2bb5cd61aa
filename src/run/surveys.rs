//! The surveys of a project: their files are read in each run, and nothing of them is kept.

use sheets::SourceFile;

use super::output::Output;
use crate::diagnostic::Warned;
use crate::disclosure::{self, Perception};
use crate::perception::{SurveyCounts, SurveyFile, SurveysRead, read_surveys};
use crate::project::Project;

/// Reads the surveys of a project; a file that cannot be read is a problem.
pub(super) fn read(project: &Project) -> Warned<SurveysRead> {
    let mut diagnostics = Vec::new();
    let output = Output::of(project);
    let mut files = Vec::new();
    for (survey, choice) in project.file.surveys.iter().enumerate() {
        let found = sheets::find(&project.folder, &choice.path, &|folder| output.is(folder));
        for found in Warned::from(found).into(&mut diagnostics) {
            let file: Warned<SourceFile> = sheets::read(&found.input, &found.shown).into();
            files.push(SurveyFile { choice, survey, file: file.into(&mut diagnostics) });
        }
    }
    let mut read = read_surveys(&files, &project.catalog);
    diagnostics.append(&mut read.diagnostics);
    Warned { value: read.value, diagnostics }
}

/// What may be shown of the surveys of a project.
pub(super) fn released(project: &Project, counts: SurveyCounts) -> Perception {
    let smallest = project.file.privacy.smallest_group.unwrap_or_default();
    disclosure::release_surveys(counts, smallest.max(project.catalog.perception.smallest_group))
}
