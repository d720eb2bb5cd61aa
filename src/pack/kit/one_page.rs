//! The pages for the other days of the plan, as Word documents.

use std::error::Error;

use crate::exhibit::Pack;
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::plan::{OnePage, PageList};
use crate::wording::one_page as wording;

/// One of the pages.
pub(super) fn document(
    pack: &Pack,
    page: &OnePage,
    name: &str,
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut blocks = vec![
        WordBlock::Text(pack.district.name.clone()),
        WordBlock::Heading(page.heading.clone()),
        WordBlock::Text(page.lead.clone()),
        WordBlock::Table(facts(page)),
    ];
    blocks.extend(
        page.lists.iter().filter(|list| !list.items.is_empty()).map(list_table).map(WordBlock::Table),
    );
    if !page.note.is_empty() {
        blocks.push(WordBlock::Small(page.note.clone()));
    }
    WordDocument { title: wording::title(&pack.title, name), blocks }.bytes()
}

fn facts(page: &OnePage) -> WordTable {
    let rows = page.facts.iter().map(|fact| {
        let value = if fact.value.is_empty() { wording::BLANK.to_owned() } else { fact.value.clone() };
        vec![fact.label.clone(), value, fact.year.clone()]
    });
    WordTable {
        alt: page.heading.clone(),
        headings: wording::FACT_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![50, 25, 25],
        rows: rows.collect(),
    }
}

/// A list with more lines than this takes two columns.
const LONGEST_COLUMN: usize = 4;

/// A list, in two columns if it is long, so that the page stays one page.
fn list_table(list: &PageList) -> WordTable {
    let lines: Vec<String> = list
        .items
        .iter()
        .map(|line| match (line.name.as_str(), line.text.as_str()) {
            ("", text) => text.to_owned(),
            (name, "") => format!("{name}: {}", wording::BLANK),
            (name, text) => format!("{name}: {text}"),
        })
        .collect();
    if lines.len() <= LONGEST_COLUMN {
        return WordTable {
            alt: list.heading.clone(),
            headings: vec![list.heading.clone()],
            widths: vec![1],
            rows: vec![vec![lines.join("\n")]],
        };
    }
    let (first, second) = lines.split_at(lines.len().div_ceil(2));
    WordTable {
        alt: list.heading.clone(),
        headings: vec![list.heading.clone(), wording::CONTINUED.to_owned()],
        widths: vec![50, 50],
        rows: vec![vec![first.join("\n"), second.join("\n")]],
    }
}
