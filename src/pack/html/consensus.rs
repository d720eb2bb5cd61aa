//! What the page says of the consensus.

use minijinja::{Value, context};

use crate::domain::Quadrant;
use crate::exhibit::Pack;
use crate::room::{Consensus, ConsensusRow};
use crate::wording::room as wording;

/// The consensus, by quadrant; none as long as there is only the draft.
pub(super) fn view(pack: &Pack) -> Option<Value> {
    let consensus = pack.consensus.as_ref()?;
    let quadrants = Quadrant::ALL.map(|quadrant| {
        context! {
            id => quadrant.id(),
            letter => quadrant.letter().to_string(),
            heading => quadrant.heading(),
            meaning => quadrant.meaning(),
            items => consensus.kept_in(quadrant).into_iter().map(|row| item(row, consensus)).collect::<Value>(),
        }
    });
    Some(context! { quadrants => quadrants.to_vec(), state => state(pack) })
}

/// Which SWOT the page shows.
pub(super) fn state(pack: &Pack) -> String {
    match &pack.consensus {
        Some(consensus) => wording::shows_consensus(consensus.tables.len()),
        None => wording::SHOWS_DRAFT.to_owned(),
    }
}

/// An item without what people wrote about it, which is for the team.
fn item(row: &ConsensusRow, consensus: &Consensus) -> Value {
    let count = wording::TableCount { kept: row.kept, tables: consensus.tables.len(), dots: row.dots };
    context! {
        number => &row.item,
        statement => &row.statement,
        count => wording::kept_by(&count),
        basis => wording::basis(&row.evidence_id, &row.evidence),
        objections => wording::objections(row.objections.len()),
        elsewhere => row.elsewhere.join("; "),
        newest => wording::newest(row.is_supported, row.says_now.as_deref()),
    }
}
