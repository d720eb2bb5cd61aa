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

/// A point of a series: its place, and its text or number.
#[derive(Debug, PartialEq)]
struct ShownPoint {
    index: u32,
    value: PointValue,
}

/// Numbers are compared as numbers: a program may write 0.1 with more digits.
#[derive(Debug, PartialEq)]
enum PointValue {
    Number(f64),
    Text(String),
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
    let name = name.into_iter().map(|point| match point.value {
        PointValue::Number(number) => number.to_string(),
        PointValue::Text(text) => text,
    });
    SeriesNumbers {
        name: name.collect::<Vec<String>>().join(" "),
        categories: child(series, "cat").map(points).unwrap_or_default(),
        values: child(series, "val").map(points).unwrap_or_default(),
    }
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The points below a node that have a text.
fn points(node: Node<'_, '_>) -> Vec<ShownPoint> {
    let values = node.descendants().filter(|node| node.tag_name().name() == "v");
    let mut points = Vec::new();
    for value in values {
        let index = value.parent().and_then(|point| point.attribute("idx")?.parse().ok()).unwrap_or_default();
        let text = value.text().unwrap_or_default().trim();
        let value = match text.parse::<f64>() {
            Ok(number) if number.is_finite() => PointValue::Number(number),
            _ => PointValue::Text(text.to_owned()),
        };
        points.push(ShownPoint { index, value });
    }
    points
}
