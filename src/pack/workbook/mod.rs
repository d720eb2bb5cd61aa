//! `retreat-data.xlsx`: every table behind every exhibit with its chart, live peers, and sheets to work on.
//!
//! One file a sheet. The domains are laid out first, because other sheets link to their exhibits.

mod baselines;
mod block;
mod book;
mod cell;
mod chart;
mod domain;
mod glance;
mod glossary;
mod groups;
mod live_peers;
mod part;
mod peers;
mod plot;
mod sheet;
mod sheet_names;
mod sources;
mod start;
mod style;
mod swot;
#[cfg(test)]
mod tests;
mod values;
mod votes;
mod withheld;

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::out_file::OutFile;
use super::report::Report;
use super::spreadsheet::new_book;
use crate::exhibit::Pack;
use crate::wording::workbook as words;
pub(super) use cell::BookCell;
pub(super) use sheet::{TableColumn, TableSheet, columns};
pub(super) use style::{NumberLook, Styles};

use book::Book;
use live_peers::LivePeers;

/// The workbook.
pub(super) fn out_file<'a>(pack: &'a Pack, report: &'a Report) -> OutFile<'a> {
    OutFile::new("retreat-data.xlsx", move |out| Ok(out.write_all(&workbook(pack, report)?)?))
}

fn workbook(pack: &Pack, report: &Report) -> Result<Vec<u8>, XlsxError> {
    let title = words::book_title(&pack.title, &pack.district.name);
    let mut file = new_book(&title)?;
    let mut book = Book {
        pack,
        report,
        styles: Styles::new(),
        footer: words::footer(&title),
        live: LivePeers::new(pack, peers::first_candidate(&peers::head(pack))),
        exhibits: BTreeMap::new(),
    };
    let mut domains = Vec::new();
    for (section, name) in pack.sections.iter().zip(sheet_names::of_domains(pack)) {
        let sheet = domain::sheet(&book, section, &name)?;
        book.exhibits.extend(sheet.exhibits);
        domains.push(sheet.sheet);
    }
    let names = domains.iter().map(Worksheet::name).collect::<Vec<_>>();
    file.push_worksheet(start::sheet(&book, &names)?);
    file.push_worksheet(glance::sheet(&book)?);
    file.push_worksheet(peers::sheet(&book)?);
    for domain in domains {
        file.push_worksheet(domain);
    }
    for sheet in [groups::sheet, swot::sheet, votes::sheet, baselines::sheet, glossary::sheet] {
        file.push_worksheet(sheet(&book)?);
    }
    for sheet in [values::sheet, sources::sheet, withheld::sheet] {
        file.push_worksheet(sheet(&book)?);
    }
    file.save_to_buffer()
}
