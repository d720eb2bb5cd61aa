//! The participant book: a booklet whose pages are a multiple of four.

use minijinja::{Value, context};

use super::board::{BoardSpace, arrange};
use super::exhibit_view::{board, noticing};
use super::heading::heading;
use super::input::Paper;
use super::placemats::text_height;
use super::sheet::Size;

const COLUMNS: usize = 2;
const MOST: usize = 6;
const HEADING: f64 = 1.15;
/// The pages beside those of the parts of the day, and that about the peers.
const OTHER_PAGES: usize = 7;
/// A booklet with notes opposite each part of the day has this many parts at most.
const PARTS_WITH_NOTES: usize = 4;
/// Pages on a folded sheet.
const FOLD: usize = 4;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let inside = Size::page(paper.size).inside();
    let space = BoardSpace { columns: COLUMNS, column: inside.below(HEADING).column(COLUMNS), most: MOST };
    let mats = paper.groups.iter().map(|group| {
        let arranged = arrange(&group.exhibits, space, |shown| text_height(shown, space.column.width));
        context! { topic => heading(group), board => board(&arranged) }
    });
    let parts = paper.groups.len();
    let notes = parts <= PARTS_WITH_NOTES;
    let of_peers = usize::from(!paper.pack.peers.peers.is_empty());
    let pages = OTHER_PAGES + of_peers + if notes { 2 * parts } else { parts };
    context! {
        mats => mats.collect::<Value>(),
        notes,
        blank_pages => pages.next_multiple_of(FOLD) - pages,
        example => paper.core().find(|shown| shown.is_typical()).map(noticing),
    }
}
