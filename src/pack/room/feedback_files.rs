//! The form for feedback on the consensus: `swot/feedback-form.csv` and `.docx`.

use std::collections::BTreeSet;

use crate::domain::Quadrant;
use crate::pack::feedback_form::{FormContent, FormSection};
use crate::room::{AskedStatement, Consensus, RoomSpec};
use crate::wording::feedback as wording;
use crate::wording::room::heading;

/// What the form asks. An item that the tables split is in two quadrants, and is asked about once.
pub(super) fn form<'a>(consensus: &Consensus, spec: &'a RoomSpec) -> FormContent<'a> {
    let mut known = BTreeSet::new();
    let mut sections = Vec::new();
    for quadrant in Quadrant::ALL {
        let rows = consensus.kept_in(quadrant).into_iter().filter(|row| known.insert(row.item.as_str()));
        let asked = rows.map(|row| AskedStatement { number: row.item.clone(), words: row.statement.clone() });
        let heading = heading(quadrant.heading(), quadrant.meaning());
        sections.push(FormSection { heading, asked: asked.collect() });
    }
    FormContent { title: wording::form_title(&consensus.title), intro: wording::FORM_INTRO, sections, spec }
}
