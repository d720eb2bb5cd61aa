//! The names of the lines of several small charts, once for all of them.

use super::palette::{Palette, tint};
use crate::exhibit::{Figure, Line, LineRole, Panel};
use crate::wording::deck as wording;

/// A mark with its name, and its color.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LegendMark {
    pub(super) mark: &'static str,
    pub(super) name: String,
    pub(super) color: String,
}

/// The marks of all charts, each once.
pub(super) fn legend_marks(panels: &[Panel], palette: &Palette) -> Vec<LegendMark> {
    let mut marks: Vec<LegendMark> = Vec::new();
    for panel in panels {
        let Figure::Line(line) = &panel.figure else { continue };
        for mark in marks_of(line, palette) {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    marks
}

fn marks_of(line: &Line, palette: &Palette) -> Vec<LegendMark> {
    let mut parts = 0;
    let mut marks = Vec::new();
    for series in &line.series {
        let (mark, color) = match series.role {
            LineRole::District | LineRole::Published => (wording::SOLID_LINE, palette.district.as_str()),
            LineRole::PeerMedian => (wording::DASHED_LINE, palette.peers.as_str()),
            LineRole::State => (wording::DOTTED_LINE, palette.state.as_str()),
            LineRole::Projected => (wording::DASHED_LINE, palette.district.as_str()),
            LineRole::Target => (wording::SOLID_LINE, palette.target.as_str()),
            LineRole::Part => {
                parts += 1;
                (wording::SOLID_LINE, palette.part(parts - 1))
            }
        };
        marks.push(LegendMark { mark, name: series.label.clone(), color: color.to_owned() });
    }
    marks.extend(line.band.as_ref().map(|band| LegendMark {
        mark: wording::SHADED_BAND,
        name: band.label.clone(),
        color: tint(&palette.district, 0.3),
    }));
    marks
}
