//! `kit/agenda.docx`: the day part by part, with what comes of each.

use std::error::Error;

use crate::exhibit::{AgendaLine, Day, DayFormat, DayPartKind, Pack};
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::wording::kit::{self as wording, PartWords};

/// The parts of the width of the columns.
const WIDTHS: [u32; 5] = [11, 15, 34, 40, 40];

pub(super) fn document(pack: &Pack) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let day = &pack.day;
    let table = WordTable {
        alt: wording::AGENDA.to_owned(),
        headings: wording::AGENDA_HEADINGS.map(str::to_owned).to_vec(),
        widths: WIDTHS.to_vec(),
        rows: day.agenda().iter().map(|line| row(line, day.format)).collect(),
    };
    let blocks = vec![
        WordBlock::Text(pack.district.name.clone()),
        WordBlock::Text(size(day)),
        WordBlock::Table(table),
        WordBlock::Small(wording::EDIT.to_owned()),
    ];
    WordDocument { title: wording::title(&pack.title, wording::AGENDA), blocks }.bytes()
}

fn size(day: &Day) -> String {
    let start = day.parts.first().map(|part| part.start).unwrap_or_default();
    wording::size(day.people, day.tables, &start.to_string(), &day.end().to_string())
}

fn row(line: &AgendaLine<'_>, format: DayFormat) -> Vec<String> {
    let PartWords { outcome, who } = match (format, line.part.kind) {
        (DayFormat::Carousel, DayPartKind::Domain) => wording::ROUND,
        (_, kind) => words(kind),
    };
    vec![
        line.part.start.to_string(),
        line.part.minutes.to_string(),
        line.title.clone(),
        outcome.to_owned(),
        who.to_owned(),
    ]
}

const fn words(kind: DayPartKind) -> PartWords {
    match kind {
        DayPartKind::Welcome => wording::WELCOME,
        DayPartKind::Peers => wording::PEERS,
        DayPartKind::Domain => wording::DOMAIN,
        DayPartKind::Break => wording::BREAK,
        DayPartKind::Lunch => wording::LUNCH,
        DayPartKind::TableSwot => wording::TABLE_SWOT,
        DayPartKind::Merge => wording::MERGE,
        DayPartKind::Close => wording::CLOSE,
    }
}
