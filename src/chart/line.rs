//! Lines over the school years, with the peers' band.

use super::axis::{self, Scale};
use super::canvas::{Anchor, Area, Canvas, Face};
use super::text::apart;
use super::theme::Color;
use crate::domain::SchoolYear;
use crate::exhibit::{Line, LineRole, LineSeries};

/// The most of the width that the labels at the lines' ends take.
const LABELS: f64 = 0.27;
/// The height of a break's reason.
const REASON: f64 = 14.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Line, area: Area) {
    let values = figure.series.iter().flat_map(|s| s.values.iter().flatten().copied());
    let band = figure.band.iter().flat_map(|b| b.values.iter().flatten().flat_map(|(l, h)| [*l, *h]));
    let scale = Scale::of(values.chain(band), false, 5);
    // Each break's reason has a line of its own above the plot.
    let reasons = figure.breaks.len().max(1) as f64 * REASON;
    let plot = Area { top: area.top + reasons, bottom: area.bottom - 24.0, ..area };
    let labels: Vec<Vec<String>> = figure.series.iter().map(|s| end_label(canvas, figure, s, area)).collect();
    let widest = labels
        .iter()
        .enumerate()
        .flat_map(|(i, lines)| lines.iter().map(move |l| (i, l)))
        .map(|(i, l)| canvas.width(l, face(canvas, figure, i)))
        .fold(0.0, f64::max);
    let plot = Area { right: area.right - widest - 14.0, ..plot };
    let margin = axis::vertical(canvas, &scale, figure.unit, plot);
    let plot = Area { left: plot.left + margin, ..plot };
    let shown = Shown { figure, scale, plot };
    let years: Vec<String> = figure.years.iter().map(|y| year(*y)).collect();
    let xs: Vec<f64> = (0..figure.years.len()).map(|i| shown.x(i)).collect();
    axis::below(canvas, &years, &xs, area.bottom - 6.0);
    shown.band(canvas);
    shown.breaks(canvas);
    for (i, series) in figure.series.iter().enumerate().rev() {
        shown.series(canvas, series, i);
    }
    shown.labels(canvas, &labels);
}

fn year(end: i32) -> String {
    SchoolYear::ending(end).map_or_else(|_| end.to_string(), |y| y.to_string())
}

/// The latest value and the name, in at most three lines.
fn end_label(canvas: &Canvas<'_>, figure: &Line, series: &LineSeries, area: Area) -> Vec<String> {
    let Some(value) = series.values.iter().rev().flatten().next() else { return Vec::new() };
    let size = canvas.theme.text.label;
    let (bold, room) = (series.role == LineRole::District, (area.right - area.left) * LABELS);
    let mut lines =
        canvas.ruler.wrap(&format!("{} {}", figure.unit.format(*value), series.label), size, bold, room);
    if lines.len() > 3 {
        let rest = lines.split_off(2).join(" ");
        lines.push(canvas.ruler.fit(&rest, size, bold, room));
    }
    lines
}

fn color(canvas: &Canvas<'_>, figure: &Line, i: usize) -> Color {
    let colors = &canvas.theme.colors;
    match figure.series[i].role {
        LineRole::District | LineRole::Projected => colors.district,
        LineRole::PeerMedian => colors.peers,
        LineRole::State => colors.state,
        LineRole::Part => {
            let before = figure.series[..i].iter().filter(|s| s.role == LineRole::Part).count();
            // The first colour of the parts is near the district's own.
            canvas.theme.part(before + 1)
        }
    }
}

fn face(canvas: &Canvas<'_>, figure: &Line, i: usize) -> Face {
    let bold = figure.series[i].role == LineRole::District;
    Face { size: canvas.theme.text.label, bold, color: color(canvas, figure, i) }
}

struct Shown<'a> {
    figure: &'a Line,
    scale: Scale,
    plot: Area,
}

impl Shown<'_> {
    fn x(&self, i: usize) -> f64 {
        let last = self.figure.years.len().max(2) - 1;
        self.plot.left + 12.0 + (self.plot.right - self.plot.left - 24.0) * i as f64 / last as f64
    }

    fn y(&self, value: f64) -> f64 {
        self.scale.at(value, self.plot.bottom, self.plot.top)
    }

    /// Whether a line may go from the year before `i` to `i`.
    fn broken(&self, i: usize) -> bool {
        self.figure.breaks.iter().any(|(year, _)| *year == self.figure.years[i])
    }

    fn band(&self, canvas: &mut Canvas<'_>) {
        let Some(band) = &self.figure.band else { return };
        let mut run: Vec<(usize, f64, f64)> = Vec::new();
        let flush = |canvas: &mut Canvas<'_>, run: &mut Vec<(usize, f64, f64)>| {
            let top = run.iter().map(|(i, _, high)| (self.x(*i), self.y(*high)));
            let bottom = run.iter().rev().map(|(i, low, _)| (self.x(*i), self.y(*low)));
            canvas.polygon(top.chain(bottom).collect(), canvas.theme.colors.band);
            run.clear();
        };
        for (i, value) in band.values.iter().enumerate() {
            if self.broken(i) {
                flush(canvas, &mut run);
            }
            match value {
                Some((low, high)) => run.push((i, *low, *high)),
                None => flush(canvas, &mut run),
            }
        }
        flush(canvas, &mut run);
    }

    fn breaks(&self, canvas: &mut Canvas<'_>) {
        let face = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
        for (row, (year, why)) in self.figure.breaks.iter().enumerate() {
            let Some(i) = self.figure.years.iter().position(|y| y == year).filter(|i| *i > 0) else {
                continue;
            };
            let x = f64::midpoint(self.x(i - 1), self.x(i));
            let top = self.plot.top - 4.0 - row as f64 * REASON;
            canvas.dashed(&[(x, top - 8.0), (x, self.plot.bottom)], face.color, 1.2, (2.0, 4.0));
            let left_half = x < f64::midpoint(self.plot.left, self.plot.right);
            let (anchor, at, room) = if left_half {
                (Anchor::Start, x + 5.0, self.plot.right - x - 5.0)
            } else {
                (Anchor::End, x - 5.0, x - 5.0 - self.plot.left)
            };
            let text = canvas.ruler.fit(why, face.size, false, room);
            canvas.text((at, top), anchor, face, &text);
        }
    }

    fn series(&self, canvas: &mut Canvas<'_>, series: &LineSeries, i: usize) {
        let color = color(canvas, self.figure, i);
        let width = if series.role == LineRole::District { 3.4 } else { 2.0 };
        let mut run: Vec<(f64, f64)> = Vec::new();
        let flush = |canvas: &mut Canvas<'_>, run: &mut Vec<(f64, f64)>| {
            match (run.len(), series.role) {
                (1, _) => canvas.circle(run[0], width * 1.2, color),
                (_, LineRole::PeerMedian) => canvas.dashed(run, color, width, (7.0, 4.0)),
                (_, LineRole::State) => canvas.dashed(run, color, width, (2.0, 3.5)),
                (_, LineRole::Projected) => canvas.dashed(run, color, width, (6.0, 5.0)),
                _ => canvas.line(run.clone(), color, width),
            }
            run.clear();
        };
        for (i, value) in series.values.iter().enumerate() {
            if self.broken(i) {
                flush(canvas, &mut run);
            }
            match value {
                Some(value) => run.push((self.x(i), self.y(*value))),
                None => flush(canvas, &mut run),
            }
        }
        flush(canvas, &mut run);
        if series.role == LineRole::District {
            self.ends(canvas, series, color);
        }
    }

    /// Dots at the first and last value, and the first value's number.
    fn ends(&self, canvas: &mut Canvas<'_>, series: &LineSeries, color: Color) {
        let known: Vec<(usize, f64)> =
            series.values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
        for (i, value) in known.first().into_iter().chain(known.last()) {
            canvas.circle((self.x(*i), self.y(*value)), 4.5, color);
        }
        let [(i, first), rest @ ..] = known.as_slice() else { return };
        let Some((_, next)) = rest.first() else { return };
        // Above where the line goes down, below where it goes up; nowhere where something is in the way.
        let (x, y) = (self.x(*i), self.y(*first));
        let others = self.figure.series.iter().filter(|s| s.role != LineRole::District);
        let taken: Vec<f64> =
            others.flat_map(|s| s.values[*i..].iter().take(2).flatten()).map(|v| self.y(*v)).collect();
        let free = |at: f64| {
            let (top, bottom) = (at - 12.0, at + 4.0);
            top > self.plot.top
                && bottom < self.plot.bottom
                && taken.iter().all(|t| *t < top - 2.0 || *t > bottom + 2.0)
        };
        let at = if next <= first { y - 10.0 } else { y + 19.0 };
        if !free(at) {
            return;
        }
        let face = Face { size: canvas.theme.text.label, bold: true, color };
        canvas.text((x - 4.0, at), Anchor::Start, face, &self.figure.unit.format(*first));
    }

    fn labels(&self, canvas: &mut Canvas<'_>, labels: &[Vec<String>]) {
        let ends: Vec<(usize, usize, f64)> = self
            .figure
            .series
            .iter()
            .enumerate()
            .filter_map(|(s, series)| {
                let (i, value) =
                    series.values.iter().enumerate().rev().find_map(|(i, v)| Some((i, (*v)?)))?;
                Some((s, i, self.y(value)))
            })
            .collect();
        let wanted: Vec<f64> = ends.iter().map(|(_, _, y)| *y).collect();
        let size = canvas.theme.text.label;
        let line = size * 1.15;
        let heights: Vec<f64> =
            ends.iter().map(|(s, ..)| labels[*s].len() as f64 * line + size * 0.2).collect();
        let placed = apart(&wanted, &heights, self.plot.top, self.plot.bottom);
        for ((s, i, y), at) in ends.into_iter().zip(placed) {
            let face = face(canvas, self.figure, s);
            let x = self.plot.right + 12.0;
            let from = self.x(i) + 5.0;
            if (at - y).abs() > 3.0 || x - from > 20.0 {
                canvas.line(
                    vec![(from, y), (self.plot.right + 2.0, y), (x - 3.0, at)],
                    face.color.tint(0.5),
                    0.8,
                );
            }
            let first = at + size * 0.33 - line * (labels[s].len() as f64 - 1.0) / 2.0;
            for (i, text) in labels[s].iter().enumerate() {
                canvas.text((x, first + i as f64 * line), Anchor::Start, face, text);
            }
        }
    }
}
