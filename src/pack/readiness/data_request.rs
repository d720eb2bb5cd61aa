//! `data-request.docx`: what to ask for, who publishes it, and by when, to edit and to send.

use std::error::Error;

use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::readiness::{PublishedFile, Readiness};
use crate::wording::readiness as wording;

pub(super) fn document(readiness: &Readiness) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut blocks = vec![
        WordBlock::Text(readiness.district_name.clone()),
        WordBlock::Text(readiness.summary.clone()),
        WordBlock::Heading(wording::CALENDAR.to_owned()),
        WordBlock::Table(calendar(readiness)),
        WordBlock::Heading(wording::WHAT_TO_REQUEST.to_owned()),
    ];
    if readiness.requests.is_empty() {
        blocks.push(WordBlock::Text(wording::NOTHING_TO_REQUEST.to_owned()));
    } else {
        blocks.push(WordBlock::Table(requests(readiness)));
    }
    if !readiness.published.is_empty() {
        blocks.push(WordBlock::Heading(wording::WHO_PUBLISHES.to_owned()));
        blocks.push(WordBlock::Table(publishers(&readiness.published)));
    }
    WordDocument { title: wording::data_request_title(&readiness.title), blocks }.bytes()
}

fn calendar(readiness: &Readiness) -> WordTable {
    let lines = readiness.calendar.iter();
    WordTable {
        alt: wording::CALENDAR.to_owned(),
        headings: wording::CALENDAR_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![26, 50, 24],
        rows: lines.map(|line| vec![line.when.clone(), line.what.clone(), String::new()]).collect(),
    }
}

fn requests(readiness: &Readiness) -> WordTable {
    let rows = readiness.requests.iter().map(|request| {
        vec![
            request.domain_label.clone(),
            format!("{}\n{}", request.measure, request.definition),
            request.missing.clone(),
            String::new(),
        ]
    });
    WordTable {
        alt: wording::WHAT_TO_REQUEST.to_owned(),
        headings: wording::REQUEST_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![14, 46, 22, 18],
        rows: rows.collect(),
    }
}

fn publishers(published: &[PublishedFile]) -> WordTable {
    let rows = published.iter().map(|file| {
        vec![file.areas.join(", "), file.title.clone(), file.publisher.clone(), file.address.clone()]
    });
    WordTable {
        alt: wording::WHO_PUBLISHES.to_owned(),
        headings: wording::PUBLISHER_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![20, 28, 22, 30],
        rows: rows.collect(),
    }
}
