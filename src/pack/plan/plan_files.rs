//! The files of a plan that was read: what they are made from, and their content.

use super::checked_book::workbook;
use super::export::export_csv;
use super::goal_pages::{monitoring, pdsa, smart};
use crate::pack::PackError;
use crate::plan::{PlanMenu, PlanSpec, PlanState};

/// What the files of a plan are made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanOutput<'a> {
    /// Name of the district.
    pub district: &'a str,
    /// The code of its state; `None` if it is not known.
    pub us_state: Option<&'a str>,
    /// The plan.
    pub state: &'a PlanState,
    /// The newest menu.
    pub menu: &'a PlanMenu,
    /// How plans are made.
    pub spec: &'a PlanSpec,
}

/// A file with its content.
pub(super) struct PlanFile {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// All files of a plan.
pub(super) fn plan_files(output: &PlanOutput<'_>) -> Result<Vec<PlanFile>, PackError> {
    let made = [
        ("plan-checked.xlsx", workbook(output).map_err(Into::into)),
        ("export.csv", export_csv(output.state)),
        ("monitoring.docx", monitoring(output)),
        ("pdsa.docx", pdsa(output)),
        ("smart.docx", smart(output)),
    ];
    let mut files = Vec::new();
    for (name, bytes) in made {
        let bytes = bytes.map_err(|source| PackError::File { name: name.to_owned(), source })?;
        files.push(PlanFile { name, bytes });
    }
    Ok(files)
}
