//! The pre-read: at most twelve pages, two charts on a page.

use minijinja::{Value, context};

use super::exhibit_view::{all_noticing, noticing};
use super::input::Paper;
use super::sheet::{Size, lines};
use super::shown::Shown;
use crate::wording::paper as wording;

/// The pages for charts: twelve without the letter, how to read, peers, and glossary.
const PAGES: usize = 8;
/// The inches above and below a chart that are not for its topic: what is drawn, source, lines for notes.
const AROUND: f64 = 1.25;
/// The size of a topic, in points.
const TOPIC: f64 = 15.0;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let half = Size::page(paper.size).inside().height / 2.0;
    let width = Size::page(paper.size).inside().width;
    let chosen = choose(paper, Half { width, height: half });
    let shown: Vec<&str> = chosen.iter().flatten().map(|shown| shown.exhibit.code.as_str()).collect();
    let in_groups = paper.groups.iter().flat_map(|group| &group.exhibits);
    let of_day = in_groups.map(|core| core.exhibit.code.as_str());
    let elsewhere: Vec<&str> = of_day.filter(|code| !shown.contains(code)).collect();
    context! {
        pages => chosen.iter().map(|page| all_noticing(page)).collect::<Value>(),
        shown => shown.len(),
        elsewhere => wording::codes(&elsewhere),
        example => paper.core().find(|shown| shown.is_typical()).map(noticing),
    }
}

/// Half a page, in inches.
#[derive(Clone, Copy)]
struct Half {
    width: f64,
    height: f64,
}

/// Whether a chart fits on half a page.
fn fits(shown: &Shown<'_>, half: Half) -> bool {
    let topic = lines(&shown.exhibit.topic, TOPIC, half.width) * TOPIC * 1.25 / 72.0;
    half.width * shown.wide_ratio() + topic + AROUND <= half.height
}

/// The charts page by page: the first of each part of the day, then the second of each, as long as there are pages.
fn choose<'a>(paper: &Paper<'a>, half: Half) -> Vec<Vec<Shown<'a>>> {
    let mut counts = vec![0; paper.groups.len()];
    let mut has_room = true;
    while has_room {
        has_room = false;
        for group in 0..counts.len() {
            if counts[group] < paper.groups[group].exhibits.len() {
                counts[group] += 1;
                if pages(paper, &counts, half).len() > PAGES {
                    counts[group] -= 1;
                } else {
                    has_room = true;
                }
            }
        }
    }
    pages(paper, &counts, half)
}

/// The given number of charts of each group, from the first, page by page.
fn pages<'a>(paper: &Paper<'a>, counts: &[usize], half: Half) -> Vec<Vec<Shown<'a>>> {
    let mut pages: Vec<Vec<Shown<'a>>> = Vec::new();
    // The page with half of it free; a chart may stand before one of the same part of the day that needs a whole page.
    let mut open: Option<usize> = None;
    for (group, count) in paper.groups.iter().zip(counts) {
        for shown in group.exhibits.iter().take(*count) {
            let is_half = fits(shown, half);
            match open.filter(|_| is_half) {
                Some(page) => {
                    pages[page].push(*shown);
                    open = None;
                }
                None => {
                    open = if is_half { Some(pages.len()) } else { open };
                    pages.push(vec![*shown]);
                }
            }
        }
    }
    pages
}
