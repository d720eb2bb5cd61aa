//! `retreat init --template`: a workbook to fill in by hand, and the project that reads it.

use super::project_text::quoted;
use crate::catalog::Catalog;
use crate::cli::arguments::InitArguments;
use crate::cli::ending::{CliError, Ending};
use crate::cli::output::Reporter;
use crate::disk::{NewFile, NewFiles};
use crate::domain::clean;
use crate::project::FILE;
use crate::template;
use crate::wording::init::{self as wording, project};

/// The file name of the workbook.
const TEMPLATE: &str = "retreat-template.xlsx";

/// Writes the template workbook and its project.
pub(super) fn write_template(
    arguments: &InitArguments,
    new_files: Option<NewFiles>,
    reporter: Reporter,
) -> Result<Ending, CliError> {
    let bytes =
        template::workbook(&Catalog::embedded()?).map_err(|error| CliError::Unknown(error.to_string()))?;
    let project = project_text(arguments.district.as_deref().unwrap_or("1"));
    if let Some(new_files) = new_files {
        new_files.put(&[NewFile { name: TEMPLATE, bytes: &bytes }], project.as_bytes())?;
    }
    let folder = &arguments.folder;
    let (workbook, file) = (folder.join(TEMPLATE), folder.join(FILE));
    reporter.progress(&wording::template_written(&workbook.display(), &file.display()))?;
    reporter.progress(&wording::fill_in(&folder.display()))?;
    Ok(Ending::Done)
}

/// The project file that reads the template, for the district with this id.
fn project_text(district: &str) -> String {
    format!(
        "{}\n[retreat]\ntitle = {}\n{}district = {}\n\n[[source]]\npath = {TEMPLATE:?}\nlayout = {:?}\n",
        project::FROM_TEMPLATE,
        quoted(project::TEMPLATE_TITLE),
        project::ID_AS_TYPED,
        quoted(&clean(district)),
        template::LAYOUT
    )
}
