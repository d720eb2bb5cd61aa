//! `print/*.pdf`: the documents as PDF files, made by an installed browser. They hold dates, so their bytes differ from run to run.

use super::browser::{Browser, PrintFailure};
use super::document::Document;
use crate::diagnostic::{Diagnostic, Warned};
use crate::disk::{Reserved, Temporary};
use crate::pack::error::PackError;
use crate::pack::out_file::{OutFile, WrittenFile};
use crate::wording::paper::browser as wording;

/// The most seconds that a browser may take for one document.
const SECONDS: u64 = 60;

/// Prints documents that were written to `out`. Where that is not possible, there is a problem and no file.
pub(in crate::pack) fn print_all(
    documents: &[Document],
    out: &Reserved,
) -> Result<Warned<Vec<WrittenFile>>, PackError> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    match Browser::installed().as_slice() {
        [] => problems.push(Diagnostic::pdf_missing(&Document::PreRead.file_name(), wording::NONE)),
        [first, others @ ..] => print_with(first, others, documents, out, &mut files, &mut problems)?,
    }
    Ok(Warned { value: files, diagnostics: problems })
}

/// Prints with `browser`. If it makes nothing from the start, it is broken, and the `others` are tried.
fn print_with<'a>(
    mut browser: &'a Browser,
    others: &'a [Browser],
    documents: &[Document],
    out: &Reserved,
    files: &mut Vec<WrittenFile>,
    problems: &mut Vec<Diagnostic>,
) -> Result<(), PackError> {
    let mut others = others.iter();
    for document in documents {
        let name = document.file_name();
        let mut printed = print_one(browser, out, *document);
        while files.is_empty()
            && printed.is_err()
            && let Some(other) = others.next()
        {
            browser = other;
            printed = print_one(browser, out, *document);
        }
        match printed {
            Ok(bytes) => files.push(put(out, *document, &bytes)?),
            Err(PrintFailure::ForOne(why)) => problems.push(Diagnostic::pdf_missing(&name, &why)),
            Err(PrintFailure::ForAll(why)) => {
                problems.push(Diagnostic::pdf_missing(&name, &why));
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The bytes of a document's PDF file.
fn print_one(browser: &Browser, out: &Reserved, document: Document) -> Result<Vec<u8>, PrintFailure> {
    let folder = Temporary::new().map_err(|error| PrintFailure::ForAll(error.to_string()))?;
    let pdf = folder.path().join("document.pdf");
    let html = out.partial().join(document.file_name());
    browser.print(&html, &pdf, &folder.path().join("profile"), SECONDS)?;
    std::fs::read(&pdf).map_err(|error| PrintFailure::ForOne(error.to_string()))
}

fn put(out: &Reserved, document: Document, bytes: &[u8]) -> Result<WrittenFile, PackError> {
    let file = OutFile::bytes(document.pdf_name(), bytes);
    out.put(&file.name, |target| file.write_to(target))
}
