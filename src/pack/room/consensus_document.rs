//! `swot/consensus.docx`: what the tables agree on, to edit and to hand out.

use std::error::Error;

use crate::domain::Quadrant;
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::room::{Consensus, ConsensusRow, TableAgreement};
use crate::wording::room as wording;

/// The parts of the width of the columns.
const WIDTHS: [u32; 4] = [10, 52, 20, 38];

/// The document.
pub(super) fn document(consensus: &Consensus) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut blocks = vec![WordBlock::Text(wording::shows_consensus(consensus.tables.len()))];
    blocks.extend(wording::document_intro(consensus.most).into_iter().map(WordBlock::Small));
    for quadrant in Quadrant::ALL {
        add(
            &mut blocks,
            &wording::heading(quadrant.heading(), quadrant.meaning()),
            &consensus.kept_in(quadrant),
            consensus,
        );
    }
    let kept = consensus.rows.iter().filter(|row| row.agreement != TableAgreement::None);
    let unsorted: Vec<&ConsensusRow> = kept.filter(|row| row.quadrant.is_none()).collect();
    if !unsorted.is_empty() {
        add(&mut blocks, wording::UNSORTED, &unsorted, consensus);
    }
    WordDocument { title: wording::consensus_book(&consensus.title), blocks }.bytes()
}

/// A heading, and a table with its items.
fn add(blocks: &mut Vec<WordBlock>, heading: &str, rows: &[&ConsensusRow], consensus: &Consensus) {
    blocks.push(WordBlock::Heading(heading.to_owned()));
    if rows.is_empty() {
        blocks.push(WordBlock::Text(wording::NO_CONSENSUS.to_owned()));
        return;
    }
    blocks.push(WordBlock::Table(WordTable {
        alt: heading.to_owned(),
        headings: wording::DOCUMENT_HEADINGS.map(str::to_owned).to_vec(),
        widths: WIDTHS.to_vec(),
        rows: rows.iter().map(|row| cells(row, consensus)).collect(),
    }));
}

fn cells(row: &ConsensusRow, consensus: &Consensus) -> Vec<String> {
    let count = wording::TableCount { kept: row.kept, tables: consensus.tables.len(), dots: row.dots };
    let basis = wording::basis(&row.evidence_id, &row.evidence);
    let newest = wording::newest(row.is_supported, row.says_now.as_deref());
    let statement: Vec<&str> =
        [row.statement.as_str(), &basis, &newest].into_iter().filter(|line| !line.is_empty()).collect();
    let other_views: Vec<&str> =
        row.elsewhere.iter().chain(&row.objections).chain(&row.rewordings).map(String::as_str).collect();
    vec![row.item.clone(), statement.join("\n"), wording::kept_by(&count), other_views.join("\n")]
}
