//! The schools of the district: side by side, among schools of their type, and over time.
//!
//! No chart sorts schools by a value, and no sentence names a school.

mod capacity;
mod dots;
mod heat;
mod lines;
mod pages;
mod shown;

pub use pages::school_pages;

use super::context::ExhibitContext;
use super::draft::ExhibitDraft;
use crate::catalog::FigureKind;

/// The draft of an exhibit about schools.
///
/// # Errors
/// Why there is nothing to show.
pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    match context.spec.kind {
        FigureKind::SchoolDots => dots::draft(context),
        FigureKind::SchoolLines => lines::draft(context),
        FigureKind::SchoolCapacity => capacity::draft(context),
        _ => heat::draft(context),
    }
}
