//! The files of a plan that was read: what they are made from, and their content.

use super::checked_book::workbook;
use super::export::export_csv;
use super::feedback_files::{feedback_csv, form};
use super::goal_pages::{monitoring, pdsa, smart};
use super::plan_output::PlanOutput;
use crate::pack::PackError;
use crate::pack::feedback_form::comments_csv;

/// A file with its content.
pub(super) struct PlanFile {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// All files of a plan.
pub(super) fn plan_files(output: &PlanOutput<'_>) -> Result<Vec<PlanFile>, PackError> {
    let mut made = vec![
        ("plan-checked.xlsx", workbook(output).map_err(Into::into)),
        ("export.csv", export_csv(output.state)),
        ("monitoring.docx", monitoring(output)),
        ("pdsa.docx", pdsa(output)),
        ("smart.docx", smart(output)),
        ("feedback-form.csv", form(output).csv()),
        ("feedback-form.docx", form(output).document()),
    ];
    if let Some(feedback) = output.feedback {
        made.push(("feedback.csv", feedback_csv(feedback)));
        made.push(("feedback-comments.csv", comments_csv(feedback)));
    }
    let mut files = Vec::new();
    for (name, bytes) in made {
        let bytes = bytes.map_err(|source| PackError::File { name: name.to_owned(), source })?;
        files.push(PlanFile { name, bytes });
    }
    Ok(files)
}
