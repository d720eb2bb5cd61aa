//! Checks of the deck and the workbook.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::sync::LazyLock;

use regex::Regex;
use zip::ZipArchive;

use super::check::Check;
use crate::wording::accessibility as wording;

/// The most characters of an alternative text.
const LONGEST_ALT: usize = 250;

static TITLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)<p:ph type="(?:title|ctrTitle)".*?</p:sp>"#).ok());
static TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("<a:t>([^<]*)</a:t>").ok());
static FRAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)<(?:p|xdr):graphicFrame.*?<(?:p|xdr):cNvPr ([^>]*)>"#).ok());
static ALT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"descr="([^"]*)""#).ok());

/// The parts of an Office file that are XML, with their names.
struct Parts(Vec<(String, String)>);

impl Parts {
    /// `None` if it is no zip file.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).ok()?;
            let name = file.name().ok()?.into_owned();
            if name.ends_with(".xml") {
                let mut text = String::new();
                file.read_to_string(&mut text).ok()?;
                parts.push((name, text));
            }
        }
        parts.sort();
        Some(Self(parts))
    }

    /// The parts in a folder, without those below it.
    fn within<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> + 'a {
        let parts = self
            .0
            .iter()
            .filter(move |(name, _)| name.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')));
        parts.map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

pub(super) fn deck_checks(bytes: &[u8]) -> Option<Vec<Check>> {
    let parts = Parts::of(bytes)?;
    let slides: Vec<(&str, &str)> = parts.within("ppt/slides/").collect();
    Some(vec![
        Check::with_places(wording::SLIDES_HAVE_TITLES, slides_without_title(&slides)),
        Check::with_places(wording::TITLES_ONCE, repeated_titles(&slides)),
        Check::with_places(wording::CHARTS_IN_WORDS, frames_without_words(&slides)),
        Check::with_places(wording::TABLES_HAVE_HEADERS, tables_without_header_row(&slides)),
        Check::with_places(wording::HAS_LANGUAGE, without_language(&slides)),
    ])
}

pub(super) fn workbook_checks(bytes: &[u8]) -> Option<Vec<Check>> {
    let parts = Parts::of(bytes)?;
    let drawings: Vec<(&str, &str)> = parts.within("xl/drawings/").collect();
    let sheets = parts.within("xl/worksheets/");
    let merged = sheets.filter(|(_, text)| text.contains("<mergeCell")).map(|(name, _)| name.to_owned());
    let properties = parts.within("docProps/").find(|(name, _)| name.ends_with("core.xml"));
    Some(vec![
        Check::of_file(wording::HAS_TITLE, properties.is_some_and(|(_, text)| text.contains("<dc:title>"))),
        Check::with_places(wording::NO_MERGED_CELLS, merged.collect()),
        Check::with_places(wording::CHARTS_IN_WORDS, frames_without_words(&drawings)),
    ])
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
            if !alt.is_some_and(|length| (1..=LONGEST_ALT).contains(&length)) {
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
