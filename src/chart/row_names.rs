//! The names of rows, left of what is drawn: whole if there is any room for that, on several lines or in smaller letters.

use super::canvas::{Anchor, Canvas, Face};

/// The distance between the lines of a name, in ems.
const LINE_HEIGHT: f64 = 1.08;
/// The height of letters with what goes above and below them, in ems.
const LETTERS: f64 = 0.95;

/// The names of all rows, in lines, with how they look.
pub(super) struct RowNames {
    pub(super) lines: Vec<Vec<String>>,
    pub(super) face: Face,
}

impl RowNames {
    /// The names in a chart of this width, whose rows are this high. `shares` are the shares of the width that they may take: the
    /// later ones only where names would be cut.
    pub(super) fn new(
        canvas: &Canvas<'_>,
        labels: &[&str],
        face: Face,
        width: f64,
        row_height: f64,
        shares: &[f64],
    ) -> Self {
        let mut names = Self { lines: Vec::new(), face };
        let text = &canvas.theme.text;
        for size in [face.size, text.axis.min(face.size), text.footer.min(face.size)] {
            let face = Face { size, ..face };
            let most = lines_within(row_height, size);
            for share in shares {
                let room = width * share;
                let lines: Vec<Vec<String>> =
                    labels.iter().map(|label| canvas.ruler.wrap_to(label, face, room, most)).collect();
                let is_whole = lines.iter().zip(labels).all(|(lines, label)| is_whole(lines, label));
                names = Self { lines, face };
                if is_whole {
                    return names;
                }
            }
        }
        names
    }

    /// The width of the widest name.
    pub(super) fn width(&self, canvas: &Canvas<'_>) -> f64 {
        canvas.widest(self.lines.iter().flatten(), self.face)
    }

    /// Draws the name of a row so that it ends at `right`, around the height `y`.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, row: usize, right: f64, y: f64) {
        self.draw_as(canvas, row, self.face, right, y);
    }

    /// Draws the name of a row that looks different, in the size of all names.
    pub(super) fn draw_as(&self, canvas: &mut Canvas<'_>, row: usize, face: Face, right: f64, y: f64) {
        let Some(lines) = self.lines.get(row) else { return };
        let face = Face { size: self.face.size, ..face };
        canvas.text_lines((right, y), Anchor::End, face, lines, face.size * LINE_HEIGHT);
    }
}

/// How many lines of letters of this size a row of this height has room for.
fn lines_within(height: f64, size: f64) -> usize {
    let more = (height / size - LETTERS) / LINE_HEIGHT;
    more.max(0.0) as usize + 1
}

/// Whether the lines hold all words of a name.
fn is_whole(lines: &[String], label: &str) -> bool {
    lines.iter().flat_map(|line| line.split_whitespace()).eq(label.split_whitespace())
}
