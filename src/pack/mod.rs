//! Writes the pack: one source file per format; the folder appears as a whole or not at all.
//!
//! [`write()`] gathers the files of every format as `OutFile`s, writes them in parallel into a temporary
//! folder next to the requested one, and swaps it in. A new format needs one file here that returns
//! `OutFile`s, a line in `out_files` and, if users may choose it, a variant of [`Format`].

mod accessibility;
mod csv_text;
mod deck;
mod error;
mod feedback_form;
mod format;
mod html;
mod kit;
mod office_archive;
mod out_file;
mod paper;
mod picture;
mod plan;
mod portfolio;
mod readiness;
mod refresh;
mod report;
mod room;
mod spreadsheet;
mod swot;
mod table;
mod templates;
mod word;
mod word_text;
mod workbook;
mod written;
mod xml_text;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::io;
use std::path::Path;

use rayon::prelude::*;

pub use accessibility::FILE as ACCESSIBILITY;
pub use deck::{DeckTemplate, FILE as DECK};
pub use error::PackError;
pub use format::Formats;
pub use out_file::WrittenFile;
pub use paper::PaperChoice;
pub use picture::{Picture, Plots};
pub use plan::{PLAN, PlanFolder, PlanOutput, PlanWritten};
pub use portfolio::{
    DistrictSummary, ErrorsElsewhere, FOLDER as PORTFOLIO, PackOutcome, Portfolio, PortfolioBreak,
    PortfolioRow, PortfolioWritten, is_as_built, is_there, write_portfolio,
};
pub use readiness::{ReadinessWritten, write as write_readiness};
pub use refresh::{RefreshError, RefreshReport, Refreshed, refresh};
pub use report::{
    BuildVerdict, Counts, Decision, DiagnosticList, DistrictName, ExhibitLeftOut, ExhibitReport,
    ExplanationText, MethodDescription, PROGRAM, Report, RevisedValue,
};
pub use room::{BALLOT, RoomFolder, RoomWritten, WrittenBeside};
pub use templates::Templates;
pub use written::is_written;

use crate::diagnostic::{Diagnostic, Warned};
use crate::disk::{KeptFiles, Reserved};
use crate::domain::{FileName, Format};
use crate::exhibit::{Exhibit, Pack};
use crate::finding::Findings;
use accessibility::AccessibilityReport;
use out_file::OutFile;

/// The files of a pack that was written.
#[derive(Debug)]
pub struct PackWritten {
    /// The files, sorted by name.
    pub files: Vec<WrittenFile>,
    /// Files that users added to the old pack, or changed in it, after it had been checked.
    pub kept: Vec<KeptFiles>,
    /// The problems of templates, PDF files, and formats that could not be written.
    pub problems: Vec<Diagnostic>,
    /// How many files fail a check of `accessibility.json`.
    pub failing_accessibility: usize,
}

/// Reserves the folder `out` for a pack, so that no other run writes to it, and cleans up after a killed run:
/// afterward, `out` holds the whole old pack or none. Call it before the work begins.
///
/// # Errors
/// [`PackError::Out`], mainly if `out` holds something that this program did not write.
pub fn reserve(out: &Path) -> Result<Reserved, PackError> {
    Ok(Reserved::new(out, report::PACK)?)
}

/// Writes the pack into the folder that was reserved for it.
///
/// Fills in `report.files`. `look` is the final check of the folder of finished files. The old pack is
/// replaced only if the new one is complete and passes this check; on any error, it stays as it was.
///
/// # Errors
/// See [`PackError`].
pub fn write(
    pack: &Pack,
    pictures: &[Picture<'_>],
    report: &Report,
    out: Reserved,
    formats: &Formats,
    paper: &PaperChoice,
    look: impl Fn(&Path) -> Result<(), PackError>,
) -> Result<PackWritten, PackError> {
    let mut problems = Vec::new();
    let mut files = out_files(pack, pictures, report, formats, paper.deck.as_ref());
    if formats.has(Format::Html) {
        files.push(html::out_file(pack, pictures, report, &paper.templates)?.into(&mut problems));
    }
    let documents = paper::Document::wanted(pack, formats);
    files.extend(paper::out_files(&documents, pack, pictures, report, paper)?.into(&mut problems));
    out_file::check_names(&files)?;
    let mut written = write_all(&files, &out)?.into(&mut problems);
    if formats.has(Format::Pdf) {
        written.extend(paper::print_all(&documents, &out)?.into(&mut problems));
        written.sort();
    }
    let accessibility = AccessibilityReport::of_folder(out.partial(), &written);
    if !formats.is_only_data() {
        written.push(write_file(&accessibility.out_file(), &out)?);
        written.sort();
    }
    let verdict = report.verdict.max(BuildVerdict::of(&problems));
    let report = Report { verdict, files: written.clone(), ..report.clone() };
    written.push(write_file(&report::out_file(&report), &out)?);
    written.sort();
    look(out.partial())?;
    let kept = out.commit()?;
    Ok(PackWritten { files: written, kept, problems, failing_accessibility: accessibility.failing() })
}

/// Writes the files in parallel, and returns them sorted by name. A file of a format that cannot be made costs that file; the
/// tables must all be there.
fn write_all(files: &[OutFile<'_>], out: &Reserved) -> Result<Warned<Vec<WrittenFile>>, PackError> {
    let results: Vec<Result<WrittenFile, PackError>> =
        files.par_iter().map(|file| write_file(file, out)).collect();
    let mut written = Warned::clean(Vec::new());
    for result in results {
        match result {
            Ok(file) => written.value.push(file),
            Err(PackError::File { name, source }) if is_of_format(&name) && !is_of_disk(&*source) => {
                out.discard(&name)?;
                written.diagnostics.push(Diagnostic::format_failed(&name, &source.to_string()));
            }
            Err(error) => return Err(error),
        }
    }
    written.value.sort();
    Ok(written)
}

/// Whether a file is of a format that users choose.
fn is_of_format(name: &str) -> bool {
    let mut endings = Format::ALL.into_iter().map(Format::ending).filter(|ending| !ending.is_empty());
    endings.any(|ending| name.ends_with(ending))
}

/// Whether a file could not be written because of the disk, in which case the others cannot be written either.
fn is_of_disk(error: &(dyn Error + Send + Sync + 'static)) -> bool {
    error.is::<io::Error>() || error::is_of_system(error)
}

fn write_file(file: &OutFile<'_>, out: &Reserved) -> Result<WrittenFile, PackError> {
    out.put(&file.name, |target| file.write_to(target))
}

/// All files except `report.json`, which lists the others, and those of templates. The tables take longest, so they come first.
fn out_files<'a>(
    pack: &'a Pack,
    pictures: &'a [Picture<'a>],
    report: &'a Report,
    formats: &Formats,
    deck_template: Option<&'a DeckTemplate>,
) -> Vec<OutFile<'a>> {
    let mut files: Vec<OutFile<'a>> = pack.tables.iter().flat_map(table::out_files).collect();
    files.extend(swot::out_files(&pack.findings));
    if formats.is_only_data() {
        return files;
    }
    if formats.has(Format::Pptx) {
        files.push(deck::out_file(pack, deck_template));
        files.extend(deck::feedback_out_file(pack, deck_template));
    }
    if formats.has(Format::Xlsx) {
        files.push(workbook::out_file(pack, report));
    }
    files.extend(chart_files(pictures, formats));
    files.push(room::out_file(pack));
    files.extend(plan::out_file(pack));
    files.extend(kit::out_files(pack));
    files
}

/// Each drawing in the requested formats: `charts/DOMAIN/EXHIBIT.svg` and `.png`.
fn chart_files<'a>(pictures: &'a [Picture<'a>], formats: &Formats) -> Vec<OutFile<'a>> {
    let folders = file_names(pictures, |exhibit| &exhibit.domain);
    let stems = file_names(pictures, |exhibit| &exhibit.id);
    let mut files = Vec::new();
    for ((picture, folder), stem) in pictures.iter().zip(folders).zip(stems) {
        if let Some(svg) = picture.outlined.filter(|_| formats.has(Format::Svg)) {
            files.push(OutFile::bytes(format!("charts/{folder}/{stem}.svg"), svg.as_bytes()));
        }
        if let Some(png) = picture.png.filter(|_| formats.has(Format::Png)) {
            files.push(OutFile::bytes(format!("charts/{folder}/{stem}.png"), png));
        }
    }
    files
}

/// A text of each exhibit as a file's name.
fn file_names(pictures: &[Picture<'_>], text: fn(&Exhibit) -> &str) -> Vec<FileName> {
    FileName::for_all(&pictures.iter().map(|picture| text(picture.exhibit)).collect::<Vec<_>>())
}

/// Writes the candidates as JSON, as in `swot/candidates.json`.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_candidates(out: &mut dyn std::io::Write, findings: &Findings) -> std::io::Result<()> {
    swot::write_json(findings, out).map_err(|e| std::io::Error::other(e.to_string()))
}
