//! Encodes what was decided about a frame, so that it can be kept between runs together with the frame.
//!
//! Rows are given by their indices, and read from the frame again.

use serde::{Deserialize, Serialize};

use super::released::{KeyedRow, UnevenTotal};
use super::suppress::SuppressionDecision;
use crate::observation::Frame;

/// A decision, with indices in place of rows.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EncodedDecision {
    /// The number of rows of the frame.
    rows: usize,
    suppressed: Vec<usize>,
    without_value: Vec<usize>,
    /// The total, and the bits of the sum of its parts.
    uneven: Vec<(usize, u64)>,
    disclosed_by_public: Vec<usize>,
    unknown_base: Vec<usize>,
    for_earlier_pack: u64,
}

impl EncodedDecision {
    pub(crate) fn new(decision: &SuppressionDecision) -> Self {
        let suppressed = decision.suppressed.iter().enumerate().filter(|(_, suppressed)| **suppressed);
        Self {
            rows: decision.suppressed.len(),
            suppressed: suppressed.map(|(row, _)| row).collect(),
            without_value: decision.without_value.clone(),
            uneven: decision.uneven.iter().map(|uneven| (uneven.total.row, uneven.parts.to_bits())).collect(),
            disclosed_by_public: indices(&decision.disclosed_by_public),
            unknown_base: indices(&decision.unknown_base),
            for_earlier_pack: decision.for_earlier_pack,
        }
    }

    /// The decision about `frame`; `None` if it was made about another one.
    pub(crate) fn decision(&self, frame: &Frame) -> Option<SuppressionDecision> {
        let mut suppressed = vec![false; frame.len()];
        for row in &self.suppressed {
            *suppressed.get_mut(*row)? = true;
        }
        let mut uneven = Vec::new();
        for (row, parts) in &self.uneven {
            let KeyedRow { key, row } = keyed(frame, *row)?;
            uneven.push(UnevenTotal { key, total: row, parts: f64::from_bits(*parts) });
        }
        let is_same = self.rows == frame.len() && self.without_value.iter().all(|row| *row < self.rows);
        is_same.then_some(SuppressionDecision {
            suppressed,
            without_value: self.without_value.clone(),
            uneven,
            disclosed_by_public: all_keyed(frame, &self.disclosed_by_public)?,
            unknown_base: all_keyed(frame, &self.unknown_base)?,
            for_earlier_pack: self.for_earlier_pack,
        })
    }
}

fn indices(rows: &[KeyedRow]) -> Vec<usize> {
    rows.iter().map(|keyed| keyed.row.row).collect()
}

fn all_keyed(frame: &Frame, rows: &[usize]) -> Option<Vec<KeyedRow>> {
    rows.iter().map(|row| keyed(frame, *row)).collect()
}

/// The row with this index, and the key of its series.
fn keyed(frame: &Frame, row: usize) -> Option<KeyedRow> {
    let run = frame.runs().partition_point(|run| run.schools.end <= row);
    let key = frame.runs().get(run)?.key;
    Some(KeyedRow { key, row: frame.view().ok()?.row(row) })
}
