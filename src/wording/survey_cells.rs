//! What the survey says about cells that hold more than one number, or a number and text.

/// Why a column is a question; `label` is the measure that its name means.
pub(crate) fn numbers_unclear(label: &str, shown: &str) -> String {
    format!("named like {label}, but which number in a cell such as {shown:?} is it?")
}

/// The same for a column of texts.
pub(crate) fn text_beside_numbers(label: &str, shown: &str) -> String {
    format!(
        "named like {label}, but its cells hold text and not just a number ({shown:?}); put the number in a column of its own"
    )
}

/// A number beside the one that is read.
pub(crate) fn number_unread(column: &str, shown: &str) -> String {
    format!(
        "of the numbers in cells such as {shown:?} (column {column:?}), not all are read; the layout says which"
    )
}
