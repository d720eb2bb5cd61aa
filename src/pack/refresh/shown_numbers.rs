//! What a chart or a table says, however a program writes it: PowerPoint, LibreOffice and others save the same numbers in other bytes.

use roxmltree::{Document, Node};

use super::slide_frames::{all_text, elements};

/// What a series of a chart is drawn from.
#[derive(Debug, PartialEq)]
struct SeriesNumbers {
    name: String,
    categories: Vec<ShownPoint>,
    values: Vec<ShownPoint>,
}

/// A point of a series: its place, and its text. Numbers have as many digits as all programs keep.
#[derive(Debug, PartialEq)]
struct ShownPoint {
    index: u32,
    text: String,
}

/// Whether two chart parts show the same numbers under the same names.
pub(super) fn show_the_same(old: &str, new: &str) -> bool {
    let (old, new) = (series_of(old), series_of(new));
    old.is_some_and(|series| !series.is_empty() && Some(series) == new)
}

/// Whether two tables have the same words in the same cells.
pub(super) fn say_the_same(old: &str, new: &str) -> bool {
    table_words(old) == table_words(new)
}

/// The words of each cell, row by row.
fn table_words(table: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for row in elements(table, "a:tr") {
        let row = &table[row];
        let cells = elements(row, "a:tc").into_iter();
        rows.push(cells.map(|cell| all_text(&row[cell]).join("\n").trim().to_owned()).collect());
    }
    rows
}

/// The series of a chart part, in order; `None` if it cannot be read.
fn series_of(chart: &str) -> Option<Vec<SeriesNumbers>> {
    let document = Document::parse(chart).ok()?;
    let series = document.descendants().filter(|node| node.tag_name().name() == "ser");
    Some(series.map(series_numbers).collect())
}

fn series_numbers(series: Node<'_, '_>) -> SeriesNumbers {
    let name = child(series, "tx").map(points).unwrap_or_default();
    SeriesNumbers {
        name: name.into_iter().map(|point| point.text).collect(),
        categories: child(series, "cat").map(points).unwrap_or_default(),
        values: child(series, "val").map(points).unwrap_or_default(),
    }
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The points below a node that have a text: LibreOffice writes an empty one where there is none.
fn points(node: Node<'_, '_>) -> Vec<ShownPoint> {
    let mut points = Vec::new();
    for value in node.descendants().filter(|node| node.tag_name().name() == "v") {
        let index = value.parent().and_then(|point| point.attribute("idx")?.parse().ok()).unwrap_or_default();
        let text = value.text().unwrap_or_default().trim();
        if !text.is_empty() {
            points.push(ShownPoint { index, text: as_all_write(text) });
        }
    }
    points
}

/// A number with the digits that every program keeps: PowerPoint may write one more than we do, LibreOffice one less.
fn as_all_write(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => format!("{number:.11e}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::show_the_same;

    fn chart(category: &str, value: &str) -> String {
        let point = |name: &str, text: &str| format!("<{name}><pt idx='0'><v>{text}</v></pt></{name}>");
        let parts = [point("tx", "Ours"), point("cat", category), point("val", value)];
        format!("<chart><ser>{}</ser></chart>", parts.concat())
    }

    #[test]
    fn the_same_numbers_in_other_digits_are_the_same() {
        let ours = chart("2024-25", "43.699999999999996");
        for other in ["43.7", "43.699999999999996", "43.700", "4.37E1"] {
            assert!(show_the_same(&chart("2024-25", other), &ours), "{other}");
        }
        for other in ["43.8", "43.6999", "", "none"] {
            assert!(!show_the_same(&chart("2024-25", other), &ours), "{other}");
        }
        assert!(!show_the_same(&chart("2023-24", "43.7"), &ours));
        assert!(show_the_same(
            &chart("", "1"),
            "<c><ser><tx><pt idx='0'><v>Ours</v></pt></tx><val><pt><v>1</v></pt></val></ser></c>"
        ));
        assert!(!show_the_same("<chart/>", "<chart/>") && !show_the_same("<", &ours));
    }
}
