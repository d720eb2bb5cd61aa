//! The portfolio: what the packs of all districts have in common, in a folder beside them.
//!
//! `manifest.json` says what they were built from and how each build ended, `portfolio.html` and `portfolio.xlsx` have a row for each
//! district, and `data/` has the values of all. The folder appears as a whole or not at all, as a pack does.

mod files;
mod manifest;
mod page;
mod partitions;
mod row;
mod workbook;

use std::path::{Path, PathBuf};

use files::PortfolioFiles;
pub(super) use manifest::FILE as MANIFEST;
use manifest::PORTFOLIO;
pub use manifest::Portfolio;
use partitions::Partitions;
pub use row::{DistrictSummary, ErrorsElsewhere, PackOutcome, PortfolioBreak, PortfolioRow};

use super::accessibility::AccessibilityReport;
use super::error::PackError;
use super::out_file::OutFile;
use super::report::{FILE as REPORT, PACK};
use crate::disk::{self, KeptFiles, Reserved};

/// The folder of the portfolio, beside those of the packs.
pub const FOLDER: &str = "portfolio";
const PAGE: &str = "portfolio.html";
const WORKBOOK: &str = "portfolio.xlsx";

/// A portfolio that was written.
#[derive(Debug)]
pub struct PortfolioWritten {
    /// Its page.
    pub page: PathBuf,
    /// Files that users changed after they had been checked.
    pub kept: Vec<KeptFiles>,
}

/// Whether the folder holds the pack whose report has this hash, with all its files, unchanged and without any other.
#[must_use]
pub fn is_as_built(folder: &Path, report_sha256: &str) -> bool {
    has_report(folder, report_sha256) && disk::is_as_written(folder, PACK)
}

/// Whether the folder holds the pack whose report has this hash, with all its files. Of these, only the table of all values must be
/// unchanged.
#[must_use]
pub fn is_there(folder: &Path, report_sha256: &str) -> bool {
    has_report(folder, report_sha256)
        && disk::is_complete(folder, PACK)
        && disk::is_unchanged(folder, PACK, partitions::TABLE)
}

fn has_report(folder: &Path, sha256: &str) -> bool {
    std::fs::read(folder.join(REPORT))
        .is_ok_and(|report| disk::sha256(&report[..]).is_ok_and(|hash| hash == sha256))
}

/// Sorts the districts of a portfolio, and writes it beside the packs in the folder `packs`, in the place of an older one.
///
/// # Errors
/// See [`PackError`]; then an older portfolio stays as it was.
pub fn write_portfolio(portfolio: &mut Portfolio, packs: &Path) -> Result<PortfolioWritten, PackError> {
    portfolio.districts.sort_by(|one, other| one.order().cmp(&other.order()));
    let folder = packs.join(FOLDER);
    let out = Reserved::new(&folder, PORTFOLIO)?;
    let page = page::page(portfolio).map_err(|error| failed(PAGE, error.into()))?;
    let workbook = workbook::workbook(portfolio).map_err(|error| failed(WORKBOOK, error.into()))?;
    let mut files = PortfolioFiles { out: &out, written: Vec::new() };
    files.put(&OutFile::bytes(PAGE, page.as_bytes()))?;
    files.put(&OutFile::bytes(WORKBOOK, &workbook))?;
    let mut partitions = Partitions::default();
    for row in portfolio.districts.iter().filter(|row| row.not_built.is_none()) {
        partitions.add(row, &packs.join(&row.folder), &mut files)?;
    }
    partitions.finish(&mut files)?;
    files.written.sort();
    let accessibility = AccessibilityReport::of_folder(out.partial(), &files.written);
    files.put(&accessibility.out_file())?;
    files.written.sort();
    let written = files.written.clone();
    files.put(&manifest::out_file(portfolio, &written))?;
    let kept = out.commit()?;
    Ok(PortfolioWritten { page: folder.join(PAGE), kept })
}

fn failed(name: &str, source: Box<dyn std::error::Error + Send + Sync>) -> PackError {
    PackError::File { name: name.to_owned(), source }
}
