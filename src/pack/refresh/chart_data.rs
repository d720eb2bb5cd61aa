//! New numbers in a chart part, with the looks that people gave it where they still fit.

use super::slide_frames::elements;

/// A chart part with new numbers.
pub(super) struct MergedChart {
    pub(super) text: String,
    /// Whether the looks are those of the newest deck, because the series or points are others than before.
    pub(super) is_reset: bool,
}

/// The elements of a series that hold its numbers and names.
const DATA: [&str; 3] = ["c:tx", "c:cat", "c:val"];
/// A label of one point, and its place.
const LABEL: &str = "c:dLbl";
const PLACE: &str = "c:layout";
/// Elements of the axes that must follow the numbers.
const SCALING: &str = "c:scaling";

/// The chart `old` with the numbers of `new`. `workbook` is the id of its relationship to its workbook; `None` if it has none.
pub(super) fn merged(old: &str, new: &str, workbook: Option<&str>) -> MergedChart {
    match with_data(old, new) {
        Some(text) => MergedChart { text, is_reset: false },
        None => MergedChart { text: with_workbook(new, workbook), is_reset: true },
    }
}

/// The old chart with the new numbers in each series; `None` if the series do not correspond.
fn with_data(old: &str, new: &str) -> Option<String> {
    let (old_series, new_series) = (elements(old, "c:ser"), elements(new, "c:ser"));
    if old_series.len() != new_series.len() || old_series.is_empty() {
        return None;
    }
    let mut text = old.to_owned();
    for (old_range, new_range) in old_series.into_iter().zip(new_series).rev() {
        let series = series_with_data(&old[old_range.clone()], &new[new_range])?;
        text.replace_range(old_range, &series);
    }
    with_scaling(&text, new)
}

fn series_with_data(old: &str, new: &str) -> Option<String> {
    let (old_points, new_points) = (points(old), points(new));
    // Points with looks of their own (ours among its peers), and labeled points, are known by their place.
    let (has_own_looks, has_labels) = (old.contains("<c:dPt>"), old.contains("<c:dLbl>"));
    let is_other_order = has_own_looks && old_points != new_points;
    let are_others_known = (has_own_looks || has_labels) && known_points(old) != known_points(new);
    if old_points.len() != new_points.len() || is_other_order || are_others_known {
        return None;
    }
    let mut text = old.to_owned();
    for name in DATA {
        let (old_data, new_data) = (elements(&text, name), elements(new, name));
        let (Some(old_data), Some(new_data)) = (old_data.first(), new_data.first()) else { continue };
        text.replace_range(old_data.clone(), &new[new_data.clone()]);
    }
    Some(with_label_places(&text, new))
}

/// The series with the places of the new labels, which keep them apart; their looks stay.
fn with_label_places(old: &str, new: &str) -> String {
    let (old_labels, new_labels) = (elements(old, LABEL), elements(new, LABEL));
    let mut text = old.to_owned();
    if old_labels.len() != new_labels.len() {
        return text;
    }
    for (old_label, new_label) in old_labels.into_iter().zip(new_labels).rev() {
        let new_label = &new[new_label];
        let (old_place, new_place) = (elements(&old[old_label.clone()], PLACE), elements(new_label, PLACE));
        if let (Some(old_place), Some(new_place)) = (old_place.first(), new_place.first()) {
            let start = old_label.start;
            text.replace_range(start + old_place.start..start + old_place.end, &new_label[new_place.clone()]);
        }
    }
    text
}

/// The names of a series' points.
fn points(series: &str) -> Vec<&str> {
    let Some(categories) = elements(series, "c:cat").into_iter().next() else { return Vec::new() };
    let categories = &series[categories];
    elements(categories, "c:v").into_iter().map(|range| &categories[range]).collect()
}

/// Which points of a series have a number.
fn known_points(series: &str) -> Vec<&str> {
    let Some(values) = elements(series, "c:val").into_iter().next() else { return Vec::new() };
    let values = &series[values];
    let starts = values.match_indices("<c:pt idx=\"").map(|(at, start)| at + start.len());
    starts.map(|at| values[at..].split('"').next().unwrap_or_default()).collect()
}

/// The chart with the ends of the new chart's axes; `None` if it has other axes.
fn with_scaling(old: &str, new: &str) -> Option<String> {
    let (old_scaling, new_scaling) = (elements(old, SCALING), elements(new, SCALING));
    if old_scaling.len() != new_scaling.len() {
        return None;
    }
    let mut text = old.to_owned();
    for (old_range, new_range) in old_scaling.into_iter().zip(new_scaling).rev() {
        text.replace_range(old_range, &new[new_range]);
    }
    Some(text)
}

/// The new chart with the relationship to the old workbook, or without one if there is none.
fn with_workbook(new: &str, workbook: Option<&str>) -> String {
    let Some(range) = elements(new, "c:externalData").into_iter().next() else { return new.to_owned() };
    let link = workbook.map_or_else(String::new, |id| {
        format!("<c:externalData r:id=\"{id}\"><c:autoUpdate val=\"0\"/></c:externalData>")
    });
    format!("{}{link}{}", &new[..range.start], &new[range.end..])
}
