//! What the words, the methods and the measures mean.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use crate::exhibit::SeriesFacts;
use crate::pack::report::{ExplanationText, MethodDescription};
use crate::wording::workbook as words;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_KIND, 16.0),
        (words::H_TERM, 34.0),
        (words::H_MEANING, 70.0),
        (words::H_UNIT, 16.0),
        (words::H_BETTER, 10.0),
        (words::H_DEFINED_BY, 34.0),
    ]);
    let mut rows: Vec<Vec<BookCell>> = words::TERMS
        .iter()
        .map(|(term, meaning)| entry([words::H_TERM, term, meaning, "", "", ""]))
        .collect();
    rows.extend(book.report.explanations.iter().map(explanation));
    rows.extend(measures(book).into_iter().map(measure));
    rows.extend(book.report.methods.iter().map(method));
    let intro = vec![words::GLOSSARY_INTRO.to_owned()];
    book.write(&TableSheet { name: words::GLOSSARY, intro, columns, rows, frozen: 2, is_filtered: true })
}

/// The first series of each measure.
fn measures<'b>(book: &'b Book<'_>) -> Vec<&'b SeriesFacts> {
    let mut seen = BTreeSet::new();
    let mut measures: Vec<&SeriesFacts> =
        book.pack.facts.iter().filter(|facts| seen.insert(&facts.key.measure)).collect();
    measures.sort_by_key(|facts| facts.measure.to_lowercase());
    measures
}

fn measure(facts: &SeriesFacts) -> Vec<BookCell> {
    let SeriesFacts { measure, definition, authority, .. } = facts;
    entry([
        words::H_MEASURE,
        measure,
        definition,
        words::unit(facts.unit),
        words::better(facts.better),
        authority,
    ])
}

fn explanation(explanation: &ExplanationText) -> Vec<BookCell> {
    let text = [explanation.text.as_slice(), &explanation.points].concat().join(" ");
    entry([words::EXPLANATION, &explanation.title, &text, "", "", ""])
}

fn method(method: &MethodDescription) -> Vec<BookCell> {
    entry([words::METHOD, &method.what, &words::method(&method.how), "", "", &method.source])
}

fn entry(texts: [&str; 6]) -> Vec<BookCell> {
    texts.map(BookCell::text).to_vec()
}
