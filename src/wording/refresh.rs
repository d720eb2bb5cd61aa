//! What `retreat refresh` says.

pub(crate) const NOT_A_DECK: &str = "this is not a PowerPoint file that can be read\n  hint: use a .pptx file; save an older .ppt file as .pptx first";
pub(crate) const PROTECTED: &str = "this file is password-protected or is from PowerPoint 2003 or earlier\n  hint: \
                                    save it as .pptx without a password";
pub(crate) const TOO_LARGE: &str =
    "this file is too large to be a deck\n  hint: check that it is the right file";

pub(crate) const NOT_IN_NEWEST: &str = "the newest deck has no such chart; left as it was";
pub(crate) const NO_CHART: &str = "its chart is missing; left as it was";
pub(crate) const OTHER_PROPOSALS: &str = "the newest deck proposes different items; left as it was";
pub(crate) const WORDS_NOT_FOUND: &str =
    "its finding and source were not recognized; compare them with the newest deck";
pub(crate) const OTHER_KIND: &str = "the newest deck shows this in another way; left as it was";
pub(crate) const WHOLE_TABLE: &str = "the whole table was replaced, including its words and formatting";
pub(crate) const LOOKS_RESET: &str =
    "its series or points changed, so it now has the formatting of the newest deck";
pub(crate) const NO_WORKBOOK: &str = "its workbook was removed, so “Edit Data” does not work";

/// Between the lines of a text on a slide.
pub(crate) const NEXT_LINE: &str = " / ";

pub(crate) const CHANGED: &str = "New numbers:";
pub(crate) const UNFIT: &str = "No longer fits; please check:";
pub(crate) const NEW: &str = "New in the newest deck, but not added:";

pub(crate) fn damaged(why: &str) -> String {
    format!("this file is damaged: {why}\n  hint: open it in PowerPoint and save it again")
}

/// A slide of the edited deck.
pub(crate) fn on_slide(number: usize, title: &str) -> String {
    format!("slide {number}: {title}")
}

/// A slide of the newest deck.
pub(crate) fn on_newest_slide(number: usize, title: &str) -> String {
    format!("its slide {number}: {title}")
}

/// A line with a remark.
pub(crate) fn with_note(line: &str, note: Option<&str>) -> String {
    note.map_or_else(|| line.to_owned(), |note| format!("{line} ({note})"))
}

/// Words on a slide that are not in the newest deck.
pub(crate) fn says_now(number: usize, said: &str, says: &str) -> String {
    match says {
        "" => format!("slide {number} says “{said}”; the newest deck says nothing there"),
        says => format!("slide {number} says “{said}”; the newest deck says “{says}”"),
    }
}

/// How many charts needed nothing.
pub(crate) fn unchanged(charts: usize) -> String {
    match charts {
        1 => "1 chart already had the newest numbers.".to_owned(),
        charts => format!("{charts} charts already had the newest numbers."),
    }
}

/// The newest deck is missing.
pub(crate) fn no_newest_deck(path: &str) -> String {
    format!("there is no {path}\n  hint: run `retreat build` first, so that there are new numbers to use")
}

/// The file to write is already there.
pub(crate) fn is_there(path: &str) -> String {
    format!("{path} already exists\n  hint: move it or choose another name with --out")
}

/// A file that cannot be read.
pub(crate) fn cannot_read(path: &str, why: &str) -> String {
    format!("cannot read {path}: {why}")
}

/// A file that cannot be written.
pub(crate) fn cannot_write(path: &str, why: &str) -> String {
    format!("cannot write {path}: {why}")
}
