use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{RefreshError, places, refresh};
use crate::exhibit::{ExhibitCell, Figure, Pack};
use crate::pack::fixture;

/// The deck of the made-up district.
fn deck(pack: &Pack) -> Vec<u8> {
    crate::pack::deck::file(pack, None).unwrap()
}

fn pack() -> Pack {
    fixture::pack("Ash ISD")
}

/// The pack with other numbers in the latest year of each chart.
fn newer() -> Pack {
    let mut pack = pack();
    for exhibit in pack.sections.iter_mut().flat_map(|section| &mut section.exhibits) {
        let Figure::Line(line) = &mut exhibit.figure else { continue };
        for value in line.series.iter_mut().filter_map(|series| series.values.last_mut()) {
            *value = value.map(|value| value * 1.01);
        }
        if let Some(ExhibitCell::Number(value, _)) = exhibit.table.rows.last_mut().map(|row| &mut row[1]) {
            *value *= 1.01;
        }
        exhibit.finding = format!("{} now", exhibit.finding);
        exhibit.source = "Source: a newer file".to_owned();
    }
    for finding in &mut pack.findings.all {
        finding.statement.push_str(" now");
    }
    pack
}

fn parts(deck: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(deck)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        parts.push((file.name().unwrap().into_owned(), content));
    }
    parts
}

/// The deck with the text of each part changed.
fn edited(deck: &[u8], edit: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts(deck) {
        let content = match String::from_utf8(content.clone()) {
            Ok(text) => edit(&name, text).map(String::into_bytes),
            Err(_) => Some(content),
        };
        if let Some(content) = content {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&content).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// The lines on charts, without those on tables that sum up several.
fn charts_of(lines: &[String]) -> Vec<&String> {
    lines.iter().filter(|line| !line.contains("at a glance")).collect()
}

#[test]
fn a_deck_with_the_newest_numbers_stays_byte_for_byte() {
    let deck = deck(&pack());
    let refreshed = refresh(&deck, &deck).unwrap();
    assert_eq!(refreshed.report.changed, Vec::<String>::new());
    assert!(refreshed.report.unchanged > 5);
    assert_eq!(parts(&refreshed.bytes), parts(&deck));
}

/// A part as other programs write it: single quotes, no closing slash in an empty element, more digits, other names of titles.
fn as_others_write(name: &str, text: String) -> Option<String> {
    let text =
        text.replace("<c:autoTitleDeleted val=\"1\"/>", "<c:autoTitleDeleted val='1' ></c:autoTitleDeleted>");
    let text =
        text.replace("<a:noFill/>", "<a:noFill></a:noFill>").replace("<c:v>50</c:v>", "<c:v>50.0</c:v>");
    if !name.starts_with("ppt/slides/slide") {
        return Some(text);
    }
    let names = ["Title", "Text", places::FINDING, places::SOURCE, "Code", "Slide number"];
    let numbered = names.iter().enumerate();
    Some(numbered.fold(text, |text, (number, name)| {
        text.replace(&format!("name=\"{name}\""), &format!("name=\"PlaceHolder {}\"", number + 1))
    }))
}

#[test]
fn a_deck_that_another_program_saved_has_the_newest_numbers_and_keeps_its_tables() {
    let newest = deck(&pack());
    let saved = edited(&newest, as_others_write);
    assert_ne!(parts(&saved), parts(&newest));
    let refreshed = refresh(&saved, &newest).unwrap();
    assert_eq!(refreshed.report.changed, Vec::<String>::new());
    assert!(refreshed.report.unchanged > 5);
    assert_eq!(parts(&refreshed.bytes), parts(&saved));
    // New numbers are reported with the title of their slide.
    let refreshed = refresh(&saved, &deck(&newer())).unwrap();
    let (changed, unfit) = (refreshed.report.changed, refreshed.report.unfit);
    assert!(changed.len() > 5 && changed.iter().all(|line| !line.contains(":  (")), "{changed:?}");
    assert!(changed.iter().all(|line| line.split_once(": ").is_some_and(|(_, title)| !title.is_empty())));
    // So are words that no longer fit, and the source is the newest.
    assert!(unfit.iter().any(|line| line.contains("the newest deck says")), "{unfit:?}");
    let after = parts(&refreshed.bytes);
    assert!(after.iter().any(|(_, part)| String::from_utf8_lossy(part).contains("Source: a newer file")));
}

#[test]
fn words_that_cannot_be_found_are_named() {
    // Another program renamed all placeholders, and somebody deleted the first.
    let saved = edited(&deck(&pack()), as_others_write);
    let saved = edited(&saved, |name, text| {
        let start = text.find("<p:sp>").filter(|_| name.starts_with("ppt/slides/slide"));
        let end = start.and_then(|start| Some(start + text[start..].find("</p:sp>")? + "</p:sp>".len()));
        Some(match (start, end) {
            (Some(start), Some(end)) => format!("{}{}", &text[..start], &text[end..]),
            _ => text,
        })
    });
    let unfit = refresh(&saved, &deck(&newer())).unwrap().report.unfit;
    assert!(unfit.iter().any(|line| line.contains("were not recognized")), "{unfit:?}");
}

#[test]
fn new_numbers_come_in_and_what_people_wrote_stays() {
    let people = |name: &str, text: String| {
        if name.starts_with("ppt/slides/slide") {
            return Some(text.replace("Why are we here?", "Why are we here, friends?"));
        }
        // A color that somebody chose for a line.
        Some(if name.starts_with("ppt/charts/chart") { text.replace("0B4F8A", "AA0011") } else { text })
    };
    let ours = edited(&deck(&pack()), people);
    let newest = deck(&newer());
    let refreshed = refresh(&ours, &newest).unwrap();
    assert!(refreshed.report.changed.len() > 5, "{:?}", refreshed.report);
    let (before, after, newest) = (parts(&ours), parts(&refreshed.bytes), parts(&newest));
    assert_eq!(before.len(), after.len());
    let (mut charts, mut workbooks) = (0, 0);
    for ((name, old), (_, new)) in before.iter().zip(&after) {
        let text = String::from_utf8_lossy(new);
        assert!(!text.contains("Why are we here?"), "{name}");
        if name.starts_with("ppt/charts/chart") {
            assert!(text.contains("AA0011") && !text.contains("0B4F8A"), "{name} keeps its color");
            charts += usize::from(old != new);
        }
        if name.starts_with("ppt/embeddings/") && old != new {
            workbooks += 1;
            assert!(newest.iter().any(|(_, workbook)| workbook == new), "{name} is a newest workbook");
        }
    }
    assert_eq!(workbooks, charts);
    assert!(charts >= charts_of(&refreshed.report.changed).len());
    // The finding on the slide is people's word: it is named, not changed.
    assert!(refreshed.report.unfit.iter().any(|line| line.contains("the newest deck says")));
    assert!(refreshed.report.unfit.iter().any(|line| line.contains("proposes different items")));
    assert!(after.iter().any(|(_, part)| String::from_utf8_lossy(part).contains("Source: a newer file")));
}

#[test]
fn a_chart_of_another_year_gets_the_looks_of_the_newest_deck() {
    let mut longer = newer();
    for exhibit in longer.sections.iter_mut().flat_map(|section| &mut section.exhibits) {
        let Figure::Line(line) = &mut exhibit.figure else { continue };
        line.years.push(2026);
        for series in &mut line.series {
            series.values.push(Some(50.0));
        }
    }
    let refreshed = refresh(&deck(&pack()), &deck(&longer)).unwrap();
    let changed = charts_of(&refreshed.report.changed);
    assert!(
        changed.len() > 5
            && changed.iter().all(|line| line.contains("it now has the formatting of the newest deck"))
    );
}

#[test]
fn copied_deleted_and_unlinked_charts_cost_nothing_else() {
    let original = deck(&pack());
    // Somebody deleted the workbooks of all charts.
    let unlinked = edited(&original, |name, text| (!name.starts_with("ppt/charts/_rels/")).then_some(text));
    let refreshed = refresh(&unlinked, &deck(&newer())).unwrap();
    let changed = charts_of(&refreshed.report.changed);
    assert!(changed.len() > 5 && changed.iter().all(|line| line.contains("workbook was removed")));
    // Somebody renamed the frames of all charts: nothing is recognized, and all exhibits are new.
    let renamed = edited(&original, |_, text| {
        Some(text.replace("name=\"exhibit:", "name=\"mine ").replace("name=\"table:", "name=\"my "))
    });
    let refreshed = refresh(&renamed, &deck(&newer())).unwrap();
    assert!(refreshed.report.changed.is_empty() && refreshed.report.new.len() > 5);
    assert_eq!(parts(&refreshed.bytes), parts(&renamed));
}

#[test]
fn what_is_no_deck_is_refused_with_its_reason() {
    let newest = deck(&pack());
    let refused = |bytes: &[u8]| refresh(bytes, &newest).unwrap_err();
    assert_eq!(refused(b"not a deck"), RefreshError::NotADeck);
    assert_eq!(refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00]), RefreshError::Protected);
    assert_eq!(
        refused(&edited(&newest, |name, text| (name != "ppt/presentation.xml").then_some(text))),
        RefreshError::NotADeck
    );
    let half = &newest[..newest.len() / 2];
    assert!(matches!(refused(half), RefreshError::NotADeck | RefreshError::Damaged(_)));
}
