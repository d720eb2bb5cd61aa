//! Checks of the deck and the workbook.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::check::Check;
use crate::pack::office_archive::OfficeArchive;
use crate::wording::accessibility as wording;
use crate::wording::alt::MOST_CHARACTERS;

static TITLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)<p:ph type="(?:title|ctrTitle)".*?</p:sp>"#).ok());
static TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("<a:t>([^<]*)</a:t>").ok());
static FRAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)<(?:p|xdr):graphicFrame.*?<(?:p|xdr):cNvPr ([^>]*)>"#).ok());
static ALT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"descr="([^"]*)""#).ok());

pub(super) fn deck_checks(bytes: &[u8]) -> Vec<Check> {
    let Ok(archive) = OfficeArchive::open(bytes) else { return not_readable() };
    let slides = archive.texts_in("ppt/slides/");
    vec![
        Check::with_places(wording::SLIDES_HAVE_TITLES, slides_without_title(&slides)),
        Check::with_places(wording::TITLES_ONCE, repeated_titles(&slides)),
        Check::with_places(wording::CHARTS_IN_WORDS, frames_without_words(&slides)),
        Check::with_places(wording::TABLES_HAVE_HEADERS, tables_without_header_row(&slides)),
        Check::with_places(wording::HAS_LANGUAGE, without_language(&slides)),
    ]
}

pub(super) fn workbook_checks(bytes: &[u8]) -> Vec<Check> {
    let Ok(archive) = OfficeArchive::open(bytes) else { return not_readable() };
    let sheets = archive.texts_in("xl/worksheets/");
    let merged =
        sheets.iter().filter(|(_, text)| text.contains("<mergeCell")).map(|(name, _)| (*name).to_owned());
    let has_title = archive.text("docProps/core.xml").is_some_and(|text| text.contains("<dc:title>"));
    vec![
        Check::of_file(wording::HAS_TITLE, has_title),
        Check::with_places(wording::NO_MERGED_CELLS, merged.collect()),
        Check::with_places(wording::CHARTS_IN_WORDS, frames_without_words(&archive.texts_in("xl/drawings/"))),
    ]
}

fn not_readable() -> Vec<Check> {
    vec![Check::of_file(wording::READABLE, false)]
}

/// The title of a slide; `None` if it has no title placeholder, or an empty one.
fn title(slide: &str) -> Option<String> {
    let shape = TITLE.as_ref()?.find(slide)?;
    let texts = TEXT.as_ref()?.captures_iter(shape.as_str());
    let title: String = texts.map(|text| text[1].to_owned()).collect();
    Some(title).filter(|title| !title.trim().is_empty())
}

fn slides_without_title(slides: &[(&str, &str)]) -> Vec<String> {
    let without = slides.iter().filter(|(_, text)| title(text).is_none());
    without.map(|(name, _)| (*name).to_owned()).collect()
}

fn repeated_titles(slides: &[(&str, &str)]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let titles = slides.iter().filter_map(|(_, text)| title(text));
    titles.filter(|title| !seen.insert(title.clone())).collect()
}

/// Charts and tables without an alternative text, or with one that is too long to listen to.
fn frames_without_words(parts: &[(&str, &str)]) -> Vec<String> {
    let mut places = Vec::new();
    for (name, text) in parts {
        for frame in FRAME.iter().flat_map(|frame| frame.captures_iter(text)) {
            let alt = ALT.as_ref().and_then(|alt| Some(alt.captures(&frame[1])?[1].chars().count()));
            if !alt.is_some_and(|length| (1..=MOST_CHARACTERS).contains(&length)) {
                places.push((*name).to_owned());
            }
        }
    }
    places
}

fn tables_without_header_row(slides: &[(&str, &str)]) -> Vec<String> {
    let without = slides
        .iter()
        .filter(|(_, text)| text.matches("<a:tblPr").count() > text.matches("firstRow=\"1\"").count());
    without.map(|(name, _)| (*name).to_owned()).collect()
}

fn without_language(slides: &[(&str, &str)]) -> Vec<String> {
    let without = slides.iter().filter(|(_, text)| text.contains("<a:t>") && !text.contains("lang=\""));
    without.map(|(name, _)| (*name).to_owned()).collect()
}
