//! The names of rows, left of what is drawn: whole if there is any room for that, on several lines or in smaller letters.

use super::canvas::{Anchor, Canvas, Face};

/// The distance between the lines of a name, in ems.
const LINE_HEIGHT: f64 = 1.08;
/// The height of letters with what goes above and below them, in ems.
const LETTERS: f64 = 0.95;

/// The names of all rows.
pub(super) struct RowNames {
    names: Vec<RowName>,
    face: Face,
}

/// The name of a row, in lines.
struct RowName {
    lines: Vec<String>,
    /// The size of its letters.
    size: f64,
    /// Whether the lines hold all of it.
    is_whole: bool,
}

impl RowNames {
    /// The names in a chart of this width, whose rows are this high. `shares` are the shares of the width that they may take: the
    /// later ones only where names would be cut. A name that does not fit even then has smaller letters.
    pub(super) fn new(
        canvas: &Canvas<'_>,
        labels: &[&str],
        face: Face,
        width: f64,
        row_height: f64,
        shares: &[f64],
    ) -> Self {
        let mut names = Vec::new();
        for share in shares {
            let room = NameRoom { width: width * share, height: row_height };
            names = labels.iter().map(|label| room.fitted(canvas, label, face)).collect::<Vec<RowName>>();
            if names.iter().all(|name| name.is_whole && name.size >= face.size) {
                break;
            }
        }
        Self { names, face }
    }

    /// Whether no name is cut.
    pub(super) fn are_whole(&self) -> bool {
        self.names.iter().all(|name| name.is_whole)
    }

    /// How many lines the name of a row takes.
    pub(super) fn lines(&self, row: usize) -> usize {
        self.names.get(row).map_or(0, |name| name.lines.len())
    }

    /// The width of the widest name.
    pub(super) fn width(&self, canvas: &Canvas<'_>) -> f64 {
        (0..self.names.len()).map(|row| self.width_of(canvas, row, self.face)).fold(0.0, f64::max)
    }

    /// The width of the name of a row that looks like this.
    pub(super) fn width_of(&self, canvas: &Canvas<'_>, row: usize, face: Face) -> f64 {
        self.names.get(row).map_or(0.0, |name| canvas.widest(&name.lines, Face { size: name.size, ..face }))
    }

    /// Draws the name of a row so that it ends at `right`, around the height `y`.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, row: usize, right: f64, y: f64) {
        self.draw_as(canvas, row, self.face, right, y);
    }

    /// Draws the name of a row that looks different, in the size that it has room for.
    pub(super) fn draw_as(&self, canvas: &mut Canvas<'_>, row: usize, face: Face, right: f64, y: f64) {
        let Some(name) = self.names.get(row) else { return };
        let face = Face { size: name.size, ..face };
        canvas.text_lines((right, y), Anchor::End, face, &name.lines, face.size * LINE_HEIGHT);
    }
}

/// The room that the name of a row has.
struct NameRoom {
    width: f64,
    height: f64,
}

impl NameRoom {
    /// The name in the largest letters in which it is whole; in the smallest, it may be cut.
    fn fitted(&self, canvas: &Canvas<'_>, label: &str, face: Face) -> RowName {
        let text = &canvas.theme.text;
        let sizes = [face.size, text.axis.min(face.size), text.footer.min(face.size)];
        let mut name = RowName { lines: Vec::new(), size: face.size, is_whole: false };
        for size in sizes {
            let lines =
                canvas.ruler.wrap_to(label, Face { size, ..face }, self.width, self.lines_within(size));
            let is_whole = is_whole(&lines, label);
            name = RowName { lines, size, is_whole };
            if is_whole {
                break;
            }
        }
        name
    }

    /// How many lines of letters of this size there is room for.
    fn lines_within(&self, size: f64) -> usize {
        let more = (self.height / size - LETTERS) / LINE_HEIGHT;
        more.max(0.0) as usize + 1
    }
}

/// Whether the lines hold all words of a name.
fn is_whole(lines: &[String], label: &str) -> bool {
    lines.iter().flat_map(|line| line.split_whitespace()).eq(label.split_whitespace())
}
