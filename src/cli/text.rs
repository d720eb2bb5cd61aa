//! Text in lines of a limited width.

/// Text built line by line, with wrapped paragraphs.
#[derive(Debug, Default)]
pub(super) struct WrappedText {
    text: String,
    /// Width of a line, in columns.
    pub(super) width: usize,
}

impl WrappedText {
    /// An empty text of `width` columns.
    pub(super) const fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// Adds a line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds a paragraph, its first line indented by `indent` columns and the others by two more.
    pub(super) fn paragraph(&mut self, indent: usize, paragraph: &str) {
        let mut blanks = indent;
        for line in wrapped(paragraph, self.width.saturating_sub(indent + 2)) {
            self.line(&format!("{:blanks$}{line}", ""));
            blanks = indent + 2;
        }
    }

    /// The whole text.
    pub(super) fn into_string(self) -> String {
        self.text
    }
}

/// The words of a text in lines of fewer than `width` columns; a longer word gets a line of its own.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() && line.chars().count() + word.chars().count() >= width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A text of at most `limit` characters; if it is cut off, the last one is an ellipsis.
pub(super) fn clipped(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}
