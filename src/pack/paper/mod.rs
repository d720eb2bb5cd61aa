//! `print/*.html`: what is printed for the day, each document in one file that needs no other file and no network.
//!
//! The templates are in `templates/print/`. A browser's own engine lays the documents out: pages of a fixed content are boxes of a
//! fixed size, the others flow. What goes on which page is decided here, from the size of the drawings.

mod appendix;
mod board;
mod book;
mod browser;
mod cards;
mod document;
mod exhibit_view;
mod group;
mod guide;
mod heading;
mod input;
mod marks;
mod markup;
mod one_page;
mod pdf;
mod placemats;
mod posters;
mod pre_read;
mod school_pages;
mod sheet;
mod shown;
mod stations;
mod view;
mod worksheets;

pub(super) use document::Document;
pub(super) use pdf::print_all;

use minijinja::Value;
use rayon::prelude::*;

use super::error::PackError;
use super::out_file::OutFile;
use super::picture::Picture;
use super::report::Report;
use super::templates::Templates;
use crate::diagnostic::Warned;
use crate::domain::PaperSize;
use crate::exhibit::Pack;
use document::FOLDER;
use input::Paper;

/// What the templates of several documents share.
const SHARED: [&str; 6] = ["one-page", "base", "parts", "glossary", "poster", "poster-style"];

/// How the documents of a pack look.
#[derive(Debug, Clone, Default)]
pub struct PaperChoice {
    /// The paper.
    pub size: PaperSize,
    /// The templates, of the page too.
    pub templates: Templates,
    /// The template of the deck; `None` for ours.
    pub deck: Option<crate::pack::DeckTemplate>,
    /// The drawings of the pages of schools, in their order; `None` where a page has none.
    pub school_charts: Vec<Option<String>>,
}

/// Some documents, and the problems of the project's own templates.
pub(super) fn out_files(
    documents: &[Document],
    pack: &Pack,
    pictures: &[Picture<'_>],
    report: &Report,
    choice: &PaperChoice,
) -> Result<Warned<Vec<OutFile<'static>>>, PackError> {
    let paper = Paper::new(pack, pictures, report, choice.size, &choice.school_charts);
    let made: Vec<Result<Warned<OutFile<'static>>, PackError>> =
        documents.par_iter().map(|document| out_file(&paper, *document, &choice.templates)).collect();
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for file in made {
        files.push(file?.into(&mut problems));
    }
    problems.sort();
    problems.dedup();
    Ok(Warned { value: files, diagnostics: problems })
}

fn out_file(
    paper: &Paper<'_>,
    document: Document,
    templates: &Templates,
) -> Result<Warned<OutFile<'static>>, PackError> {
    let name = document.file_name();
    let values = document.view(paper);
    let Warned { value: html, diagnostics } = templates
        .render(FOLDER, document.id(), |templates| rendered(document, &values, paper, templates))
        .map_err(|error| PackError::File { name: name.clone(), source: error.into() })?;
    let file = OutFile::new(name, move |out| Ok(out.write_all(html.as_bytes())?));
    Ok(Warned { value: file, diagnostics })
}

fn rendered(
    document: Document,
    values: &Value,
    paper: &Paper<'_>,
    templates: &Templates,
) -> Result<String, minijinja::Error> {
    let names = [&SHARED[..], &[document.id()]].concat();
    let environment = templates.environment(FOLDER, &names)?;
    let style = templates.text("print/style.css");
    let view = view::document_view(paper, document, &style, values);
    environment.get_template(document.id())?.render(view)
}
