//! The consensus and the log as tables: `swot/consensus.csv` and `swot/log.csv`.

use std::error::Error;

use crate::pack::csv_text::table;
use crate::room::{Consensus, ConsensusRow, LogEntry};
use crate::wording::room as wording;

/// The columns of the consensus.
pub(super) const COLUMNS: [&str; 19] = [
    "item",
    "quadrant",
    "statement",
    "origin",
    "tables",
    "kept",
    "moved",
    "dots",
    "people",
    "agreement",
    "objections",
    "merged_from",
    "evidence_id",
    "dropped",
    "elsewhere",
    "rewordings",
    "comments",
    "evidence",
    "newest_data",
];
/// The columns of the log.
pub(super) const LOG_COLUMNS: [&str; 8] = ["step", "table", "item", "action", "from", "to", "note", "place"];
/// Between several texts in a cell.
const BETWEEN: &str = " | ";

/// The cells of a row of the consensus.
pub(super) fn row(row: &ConsensusRow) -> [String; 19] {
    let tables: Vec<String> = row.tables.iter().map(ToString::to_string).collect();
    [
        row.item.clone(),
        row.quadrant.map(|quadrant| quadrant.id().to_owned()).unwrap_or_default(),
        row.statement.clone(),
        row.origin.id().to_owned(),
        tables.join(", "),
        row.kept.to_string(),
        row.moved.to_string(),
        row.dots.to_string(),
        row.people.map(|people| people.to_string()).unwrap_or_default(),
        row.agreement.id().to_owned(),
        row.objections.join(BETWEEN),
        row.merged_from.join(", "),
        row.evidence_id.clone(),
        row.dropped.to_string(),
        row.elsewhere.join(BETWEEN),
        row.rewordings.join(BETWEEN),
        row.comments.join(BETWEEN),
        wording::basis(&row.evidence_id, &row.evidence),
        wording::newest(row.is_supported, row.says_now.as_deref()),
    ]
}

/// The cells of an entry of the log.
pub(super) fn log_row(entry: &LogEntry) -> [String; 8] {
    let LogEntry { step, table, item, action, from, to, note, place } = entry.clone();
    [step.id().to_owned(), table, item, action.id().to_owned(), from, to, note, place]
}

/// `consensus.csv`.
pub(super) fn consensus_csv(consensus: &Consensus) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    table(&COLUMNS, consensus.rows.iter().map(row))
}

/// `log.csv`.
pub(super) fn log_csv(log: &[LogEntry]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    table(&LOG_COLUMNS, log.iter().map(log_row))
}
