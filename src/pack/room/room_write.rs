//! The content of the files of the room.

use std::collections::BTreeSet;

use super::{consensus_book, consensus_document, consensus_table, duplicates, feedback_files, final_files};
use crate::pack::{PackError, feedback_form};
use crate::room::{ItemPair, MergedBallots, RoomSpec, SimilarPair};

/// The names of the files, without their endings.
pub(super) const CONSENSUS: &str = "consensus";
pub(super) const FINAL: &str = "final";
pub(super) const LOG: &str = "log";
pub(super) const DUPLICATES: &str = "duplicates";
pub(super) const FEEDBACK: &str = "feedback";
pub(super) const FEEDBACK_FORM: &str = "feedback-form";
pub(super) const FEEDBACK_COMMENTS: &str = "feedback-comments";
/// The files to write, by name. Pairs that a person already has in a file of pairs are not written again.
pub(super) fn new_files(
    merged: &MergedBallots,
    listed: &BTreeSet<ItemPair>,
    spec: &RoomSpec,
) -> Result<Vec<(String, Vec<u8>)>, PackError> {
    let consensus = &merged.consensus;
    let mut files = vec![
        made(CONSENSUS, "csv", consensus_table::consensus_csv(consensus))?,
        made(CONSENSUS, "xlsx", consensus_book::workbook(merged).map_err(Into::into))?,
        made(CONSENSUS, "docx", consensus_document::document(consensus))?,
        made(LOG, "csv", consensus_table::log_csv(&merged.log))?,
    ];
    let form = feedback_files::form(consensus, spec);
    files.push(made(FEEDBACK_FORM, "csv", form.csv())?);
    files.push(made(FEEDBACK_FORM, "docx", form.document())?);
    if let Some(feedback) = &merged.feedback {
        files.push(made(FEEDBACK, "csv", feedback_form::feedback_csv(feedback))?);
        files.push(made(FEEDBACK_COMMENTS, "csv", feedback_form::comments_csv(feedback))?);
    }
    if let Some(swot) = &merged.final_swot {
        let book = final_files::workbook(swot, merged.feedback.as_ref(), spec);
        files.push(made(FINAL, "xlsx", book.map_err(Into::into))?);
        files.push(made(FINAL, "csv", final_files::final_csv(swot))?);
        files.push(made(FINAL, "docx", final_files::document(swot))?);
    }
    let new: Vec<&SimilarPair> =
        consensus.similar.iter().filter(|similar| !listed.contains(&similar.pair)).collect();
    if !new.is_empty() {
        files.push(made(DUPLICATES, "xlsx", duplicates::workbook(&new, consensus).map_err(Into::into))?);
    }
    Ok(files)
}

fn made(
    stem: &str,
    ending: &str,
    bytes: Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>,
) -> Result<(String, Vec<u8>), PackError> {
    let name = format!("{stem}.{ending}");
    match bytes {
        Ok(bytes) => Ok((name, bytes)),
        Err(source) => Err(PackError::File { name, source }),
    }
}
