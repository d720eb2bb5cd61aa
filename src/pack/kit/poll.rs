//! `kit/poll-form.docx` and `.csv`: a short poll for a district that has no survey.

use std::error::Error;
use std::io::Write;

use crate::exhibit::{AnswerScale, Construct, ConstructItem, Pack, PerceptionSpec};
use crate::pack::csv_text::{neutral, start};
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::wording::kit;
use crate::wording::perception as wording;

const COLUMNS: [&str; 5] = ["construct", "text", "ask", "scale", "reverse"];
/// Between the answers to choose from.
const BETWEEN: &str = "; ";
/// The parts of the width that the statement takes, and each answer.
const STATEMENT_WIDTH: u32 = 50;
const ANSWER_WIDTH: u32 = 14;

/// The answers to choose from: the first words of each point of the poll's scale.
fn answers(spec: &PerceptionSpec) -> Vec<&str> {
    let scale = spec.scale.iter().find(|scale| scale.id == spec.poll_scale);
    let points = scale.into_iter().flat_map(|scale: &AnswerScale| &scale.points);
    points.filter_map(|point| Some(point.first()?.as_str())).collect()
}

/// Who is asked an item.
fn asked<'a>(item: &'a ConstructItem, spec: &'a PerceptionSpec) -> Vec<&'a str> {
    let groups = if item.ask.is_empty() { &spec.poll_groups } else { &item.ask };
    groups.iter().map(|group| spec.label(group)).collect()
}

/// The form, a question a row.
pub(super) fn csv(spec: &PerceptionSpec, out: &mut dyn Write) -> Result<(), Box<dyn Error + Send + Sync>> {
    let scale = answers(spec).join(BETWEEN);
    let mut rows = start(out, &COLUMNS)?;
    for construct in &spec.construct {
        for item in &construct.item {
            let ask = asked(item, spec).join(BETWEEN);
            let reverse = wording::yes_or_no(item.reverse);
            let cells = [construct.label.as_str(), &item.text, &ask, &scale, reverse];
            rows.write_record(cells.map(|cell| neutral(cell).into_owned()))?;
        }
    }
    rows.flush()?;
    Ok(())
}

/// The form on paper.
pub(super) fn document(pack: &Pack, spec: &PerceptionSpec) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let groups = spec.poll_groups.iter().map(|group| format!("{} {}", wording::BOX, spec.label(group)));
    let groups: Vec<String> = groups.collect();
    let mut blocks = vec![
        WordBlock::Text(wording::POLL_INTRO.to_owned()),
        WordBlock::Text(format!("{} {}", wording::POLL_WHO, groups.join("   "))),
        WordBlock::Text(wording::POLL_SCHOOL.to_owned()),
    ];
    for construct in &spec.construct {
        blocks.push(WordBlock::Heading(construct.label.clone()));
        blocks.push(WordBlock::Table(statements(construct, spec)));
    }
    blocks.push(WordBlock::Table(WordTable::to_write_in(wording::POLL_ANYTHING)));
    blocks.push(WordBlock::Small(wording::POLL_HOW.to_owned()));
    WordDocument { title: kit::title(&pack.title, wording::POLL), blocks }.bytes()
}

/// The items of a construct, with a box for each answer.
fn statements(construct: &Construct, spec: &PerceptionSpec) -> WordTable {
    let answers = answers(spec);
    let mut headings = vec![wording::POLL_STATEMENT.to_owned()];
    headings.extend(answers.iter().map(|answer| crate::wording::subject::capitalized(answer)));
    let mut widths = vec![STATEMENT_WIDTH];
    widths.resize(headings.len(), ANSWER_WIDTH);
    let rows = construct.item.iter().map(|item| statement(item, headings.len())).collect();
    WordTable { alt: wording::POLL_ALT.to_owned(), rows, headings, widths }
}

/// An item, with a box below each answer.
fn statement(item: &ConstructItem, columns: usize) -> Vec<String> {
    let mut cells = vec![item.text.clone()];
    cells.resize(columns, wording::BOX.to_owned());
    cells
}
