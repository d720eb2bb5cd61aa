//! `kit/carousel.docx`: the stations of a carousel, and which table is where in each round.

use std::error::Error;

use crate::exhibit::{Day, Pack};
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::wording::kit as wording;

/// The parts of the width of the columns of the stations.
const WIDTHS: [u32; 3] = [15, 60, 25];
/// The part of the width of each column of the rounds.
const ROUND_WIDTH: u32 = 10;

pub(super) fn document(pack: &Pack) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let day = &pack.day;
    let mut blocks: Vec<WordBlock> = wording::CAROUSEL_INTRO.map(str::to_owned).map(WordBlock::Text).to_vec();
    let at_station = day.people.div_ceil(day.tables);
    if at_station > day.largest_group {
        let tables = day.people.div_ceil(day.largest_group.max(1));
        blocks.push(WordBlock::Text(wording::group_too_large(at_station, day.largest_group, tables)));
    }
    blocks.push(WordBlock::Heading(wording::STATIONS.to_owned()));
    blocks.push(WordBlock::Table(stations(day)));
    blocks.push(WordBlock::Heading(wording::ROUNDS.to_owned()));
    blocks.push(WordBlock::Table(rounds(day)));
    blocks.push(WordBlock::Small(wording::EDIT.to_owned()));
    WordDocument { title: wording::title(&pack.title, wording::CAROUSEL), blocks }.bytes()
}

fn stations(day: &Day) -> WordTable {
    let copies = day.station_copies().to_string();
    let rows = (1..).zip(day.stations());
    let rows = rows.map(|(number, part)| vec![wording::station(number), part.title.clone(), copies.clone()]);
    WordTable {
        alt: wording::STATIONS.to_owned(),
        headings: wording::STATION_HEADINGS.map(str::to_owned).to_vec(),
        widths: WIDTHS.to_vec(),
        rows: rows.collect(),
    }
}

/// A row a table, and a column a round.
fn rounds(day: &Day) -> WordTable {
    let stations = day.stations();
    let mut headings = vec![wording::TABLE.to_owned()];
    headings
        .extend((1..).zip(&stations).map(|(round, part)| wording::round_at(round, &part.start.to_string())));
    let rows = (0..day.tables).map(|table| {
        let mut row = vec![(table + 1).to_string()];
        let places = (0..).zip(&stations).filter_map(|(round, _)| day.station_of(table, round));
        row.extend(places.map(|station| wording::station(station + 1)));
        row
    });
    WordTable {
        alt: wording::ROUNDS.to_owned(),
        widths: vec![ROUND_WIDTH; headings.len()],
        headings,
        rows: rows.collect(),
    }
}
