//! What to bring, and how much of it: for the guide, and as `kit/materials.docx`.

use std::error::Error;

use crate::domain::Quadrant;
use crate::exhibit::{DayFormat, Pack};
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::wording::kit::{self as wording, MaterialWords};

/// The parts of the width of the columns.
const WIDTHS: [u32; 3] = [40, 16, 60];
/// There is one spare book for this many people.
const SPARE: u32 = 10;
/// Posters beside those of the parts of the day: SWOT, parking lot, agenda.
const OTHER_POSTERS: u32 = 3;
/// Pads of sticky notes, markers, and placemats for a table.
const PADS: u32 = 3;
const MARKERS: u32 = 4;
const PLACEMATS: u32 = 2;
/// Sheets to write on at a station: what people notice, and what they wonder.
const STATION_SHEETS: u32 = 2;

/// A thing to bring.
pub(in crate::pack) struct Material {
    pub(in crate::pack) what: &'static str,
    pub(in crate::pack) how_many: u32,
    pub(in crate::pack) purpose: String,
}

impl Material {
    fn new(MaterialWords { what, purpose }: MaterialWords, how_many: u32) -> Self {
        Self { what, how_many, purpose: purpose.to_owned() }
    }
}

/// What to bring to the day of a pack.
pub(in crate::pack) fn materials(pack: &Pack) -> Vec<Material> {
    let day = &pack.day;
    let (people, tables) = (day.people, day.tables);
    let parts = day.parts.iter().filter(|part| !part.domains.is_empty()).count() as u32;
    let quadrants = Quadrant::ALL.len() as u32;
    let mut all = vec![
        Material::new(wording::BOOK, people + people.div_ceil(SPARE)),
        Material::new(wording::PLACEMATS, parts * tables * PLACEMATS),
        Material::new(wording::PREDICT, predicted(pack) * people),
        Material::new(wording::NOTICE, parts * people),
        Material::new(wording::CARDS, tables),
        Material::new(wording::SWOT_SHEET, tables),
        Material::new(wording::MERGE_SHEET, quadrants),
        Material::new(wording::TABLE_BALLOT, tables),
        Material::new(wording::BALLOT, people),
        Material::new(wording::NOTES, tables * PADS),
        Material {
            what: wording::DOTS,
            how_many: people * pack.room.dots,
            purpose: wording::dots(pack.room.dots),
        },
        Material::new(wording::MARKERS, tables * MARKERS),
        Material::new(wording::POSTERS, parts + OTHER_POSTERS),
    ];
    all.retain(|material| material.how_many > 0);
    if day.format == DayFormat::Carousel {
        let places = day.stations().len() as u32 * day.station_copies();
        all.push(Material::new(wording::STATION_CHARTS, places));
        all.push(Material::new(wording::STATION_SHEETS, places * STATION_SHEETS));
    }
    all
}

/// How many parts of the day have a chart that people can predict.
fn predicted(pack: &Pack) -> u32 {
    let all_are_core = !pack.exhibits().any(|exhibit| exhibit.core);
    let mut count = 0;
    for part in &pack.day.parts {
        let sections = pack.sections.iter().filter(|section| part.domains.contains(&section.id));
        let mut exhibits = sections.flat_map(|section| &section.exhibits);
        let has_one =
            exhibits.any(|exhibit| (all_are_core || exhibit.core) && exhibit.figure.can_be_predicted());
        count += u32::from(has_one);
    }
    count
}

pub(super) fn document(pack: &Pack) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let rows = materials(pack).into_iter();
    let table = WordTable {
        alt: wording::MATERIALS.to_owned(),
        headings: wording::MATERIAL_HEADINGS.map(str::to_owned).to_vec(),
        widths: WIDTHS.to_vec(),
        rows: rows
            .map(|one| vec![one.what.to_owned(), one.how_many.to_string(), one.purpose.clone()])
            .collect(),
    };
    let blocks = vec![WordBlock::Table(table), WordBlock::Small(wording::EDIT.to_owned())];
    WordDocument { title: wording::title(&pack.title, wording::MATERIALS), blocks }.bytes()
}
