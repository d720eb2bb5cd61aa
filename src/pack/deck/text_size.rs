//! How wide text is, so that nothing is cut and labels stay apart. Widths are those of Calibri, by kind of letter.

use super::geometry::POINTS_PER_INCH;

/// Bold letters are this much wider.
const BOLD: f64 = 1.035;
/// The distance between lines, in ems.
const LINE_HEIGHT: f64 = 1.22;
/// Widths of the letters from space to tilde, in thousandths of an em.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    226, 326, 401, 498, 507, 715, 682, 221, 303, 303, 498, 498, 250, 306, 252, 386, 507, 507, 507,
    507, 507, 507, 507, 507, 507, 507, 268, 268, 498, 498, 498, 463, 894, 579, 544, 533, 615, 488,
    459, 631, 623, 252, 319, 520, 420, 855, 646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519,
    487, 468, 307, 386, 307, 498, 498, 291, 479, 525, 423, 525, 498, 305, 471, 525, 229, 239, 455,
    229, 799, 525, 527, 525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395, 314, 460, 314, 498,
];

/// The width of a letter in ems.
fn letter_width(c: char) -> f64 {
    let index = (c as usize).checked_sub(' ' as usize);
    if let Some(width) = index.and_then(|index| WIDTHS.get(index)) {
        return f64::from(*width) / 1000.0;
    }
    match c {
        '\u{a0}' => 0.226,
        '’' | '‘' => 0.25,
        // Calibri has no triangles, and those of other fonts are up to this wide.
        '▲' | '▼' => 1.0,
        c if c.is_uppercase() => 0.62,
        c if c < '\u{2e80}' => 0.53,
        _ => 1.0,
    }
}

/// The width of a text in inches, at a size in points.
pub(super) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text.chars().map(letter_width).sum();
    ems * size / POINTS_PER_INCH * if bold { BOLD } else { 1.0 }
}

/// The height of this many lines, in inches.
pub(super) fn lines_height(lines: usize, size: f64) -> f64 {
    lines as f64 * size * LINE_HEIGHT / POINTS_PER_INCH
}

/// The text in lines no wider than `width` inches; only single words may be wider.
pub(super) fn wrapped(text: &str, size: f64, bold: bool, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, bold) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text, cut with an ellipsis if it is wider than `width` inches.
pub(super) fn fitted(text: &str, size: f64, bold: bool, width: f64) -> String {
    if text_width(text, size, bold) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if text_width(&format!("{cut}{c}…"), size, bold) > width {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}

/// The text on at most `most` lines of `width` inches, the last one cut if need be.
pub(super) fn fitted_lines(text: &str, size: f64, bold: bool, width: f64, most: usize) -> Vec<String> {
    let mut lines = wrapped(text, size, bold, width);
    if lines.len() > most {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| fitted(line, size, bold, width)).collect()
}

/// The largest of the sizes at which the text fits into an area; the last one if none does.
pub(super) fn fitting_size(text: &str, sizes: &[f64], bold: bool, width: f64, height: f64) -> f64 {
    let fits = |size: &&f64| lines_height(wrapped(text, **size, bold, width).len(), **size) <= height;
    sizes.iter().find(fits).or(sizes.last()).copied().unwrap_or(16.0)
}

/// Moves positions apart so that things of these heights, centered on them, do not overlap, and stay between `top` and
/// `bottom` where there is room.
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut placed = wanted.to_vec();
    let mut limit = top;
    for index in &order {
        placed[*index] = placed[*index].max(limit + heights[*index] / 2.0);
        limit = placed[*index] + heights[*index] / 2.0;
    }
    let mut limit = bottom;
    for index in order.iter().rev() {
        placed[*index] = placed[*index].min(limit - heights[*index] / 2.0);
        limit = placed[*index] - heights[*index] / 2.0;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::{fitted, fitted_lines, spread, text_width, wrapped};

    #[test]
    fn long_names_are_wrapped_and_cut() {
        let name = "Larkspur Valley Community Unit School District 18";
        let lines = wrapped(name, 18.0, false, 3.0);
        assert!(
            lines.len() == 2 && lines.iter().all(|line| text_width(line, 18.0, false) <= 3.0),
            "{lines:?}"
        );
        assert!(fitted(name, 18.0, false, 2.0).ends_with('…'));
        assert_eq!(fitted_lines(&"x".repeat(120), 18.0, false, 2.0, 2).len(), 1);
    }

    #[test]
    fn a_mark_has_the_width_of_the_font_that_draws_it() {
        assert!(text_width("▼", 16.0, false) >= 16.0 / 72.0);
        assert_eq!(text_width("▲", 16.0, false), text_width("▼", 16.0, false));
    }

    #[test]
    fn labels_that_would_overlap_move_apart() {
        let placed = spread(&[1.0, 1.1, 3.9], &[0.5, 0.5, 0.5], 0.0, 4.0);
        assert!(placed[1] - placed[0] >= 0.499 && placed[2] <= 3.751, "{placed:?}");
    }
}
