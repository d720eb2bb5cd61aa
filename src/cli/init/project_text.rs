//! The text of a proposed `retreat.toml`, with comments that say why.

use super::choice::DistrictChoice;
use crate::survey::{ColumnCounts, PlannedSource, ProjectPlan, UnreadTable};
use crate::wording::init::{SourceColumns, project as wording};

/// The project file of the planned sources, whose files name `districts` districts.
pub(super) fn project_text(
    planned: &ProjectPlan,
    districts: usize,
    district: &DistrictChoice,
    folder_name: &str,
) -> String {
    let DistrictChoice { id, name, reason } = district;
    // An id alone is not a title.
    let title = if name == id && !name.contains(char::is_whitespace) { folder_name } else { name };
    let mut text = format!(
        "{}\n[retreat]\ntitle = {}\n{}district = {}\n{}",
        wording::PROPOSED,
        quoted(&wording::title(title)),
        wording::district(&one_line(name), &one_line(reason), districts),
        quoted(id),
        wording::STATE
    );
    for UnreadTable { name: table, why: reason } in &planned.unread {
        text.push_str(&wording::unread_table(&one_line(table), &one_line(reason)));
    }
    for source in &planned.sources {
        text.push_str(&source_text(source));
    }
    text
}

/// One `[[source]]`, commented out if it cannot be read as it is.
fn source_text(source: &PlannedSource) -> String {
    let ColumnCounts { read, unread } = source.columns;
    let tables = one_line(&source.description);
    let mut text = wording::source(&tables, source.proposed.is_some(), SourceColumns { read, unread });
    text.extend(source.notes.iter().map(|note| wording::note(&one_line(note))));
    if let Some(edition) = &source.edition {
        text.push_str(&wording::edition(&one_line(edition)));
    }
    let mut comment = "";
    if let Some(problem) = &source.problem {
        comment = "# ";
        text.push_str(&wording::not_readable(&one_line(problem)));
    }
    let (path, layout) = (quoted(&source.path), quoted(&source.layout));
    text + &format!("{comment}[[source]]\n{comment}path = {path}\n{comment}layout = {layout}\n")
}

/// A text as a TOML string, which is written like a JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A text without the characters that would end a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
