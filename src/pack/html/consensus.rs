//! What the page says of the consensus, or of the final SWOT.

use minijinja::{Value, context};

use crate::domain::Quadrant;
use crate::exhibit::Pack;
use crate::room::{Consensus, ConsensusRow, FinalFeedback, FinalRow, FinalState, Origin};
use crate::wording::final_swot as final_wording;
use crate::wording::room as wording;

/// The final SWOT, or the consensus, by quadrant; none as long as there is only the draft.
pub(super) fn view(pack: &Pack) -> Option<Value> {
    pack.consensus.as_ref()?;
    let quadrants = Quadrant::ALL.map(|quadrant| {
        context! {
            id => quadrant.id(),
            letter => quadrant.letter().to_string(),
            heading => quadrant.heading(),
            meaning => quadrant.meaning(),
            items => items(pack, quadrant),
        }
    });
    Some(context! { quadrants => quadrants.to_vec(), state => state(pack) })
}

fn items(pack: &Pack, quadrant: Quadrant) -> Vec<Value> {
    match (&pack.final_swot, &pack.consensus) {
        (Some(swot), _) => swot.standing_in(quadrant).into_iter().map(final_item).collect(),
        (None, Some(consensus)) => {
            consensus.kept_in(quadrant).into_iter().map(|row| item(row, consensus)).collect()
        }
        (None, None) => Vec::new(),
    }
}

/// An item of the final SWOT, without the team's notes.
fn final_item(row: &FinalRow) -> Value {
    let feedback = match &row.feedback {
        FinalFeedback::None => final_wording::NO_FEEDBACK.to_owned(),
        FinalFeedback::Withheld => final_wording::FEEDBACK_WITHHELD.to_owned(),
        FinalFeedback::Counts(counts) => {
            final_wording::feedback_line(counts.agree, counts.disagree, counts.people)
        }
    };
    context! {
        number => &row.item,
        statement => &row.statement,
        count => feedback,
        basis => wording::final_basis(&row.evidence_id, &row.evidence, row.origin == Origin::Feedback),
        objections => if row.state == FinalState::Open { final_wording::NOT_DECIDED } else { "" },
    }
}

/// Which SWOT the page shows.
pub(super) fn state(pack: &Pack) -> String {
    match (&pack.final_swot, &pack.consensus) {
        (Some(swot), _) => final_wording::shows(swot.people, swot.open(), swot.is_begun),
        (None, Some(consensus)) => wording::shows_consensus(consensus.tables.len()),
        (None, None) => wording::SHOWS_DRAFT.to_owned(),
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
