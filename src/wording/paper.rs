//! The words of the documents to print that vary with the data. Their other words stand in their templates.

use super::listing::{count, counted};

/// What readers call the documents.
pub(crate) mod document {
    pub(crate) const PRE_READ: &str = "Pre-read";
    pub(crate) const PARTICIPANT_BOOK: &str = "Participant book";
    pub(crate) const PLACEMATS: &str = "Placemats";
    pub(crate) const POSTERS: &str = "Posters";
    pub(crate) const POSTERS_TILED: &str = "Posters on office paper";
    pub(crate) const STATIONS: &str = "Station packets";
    pub(crate) const WORKSHEETS: &str = "Worksheets";
    pub(crate) const FACILITATOR_GUIDE: &str = "Facilitator guide";
    pub(crate) const DATA_APPENDIX: &str = "Data appendix";
    pub(crate) const ORIENTATION: &str = "Orientation";
    pub(crate) const VISION_BRIEF: &str = "Current reality";
    pub(crate) const MENU_POSTER: &str = "Menu of indicators";
    pub(crate) const SCHOOLS: &str = "Our schools";
}

/// Below a part of a table.
pub(crate) const TABLE_GOES_ON: &str = "The whole table is in the data appendix.";

/// The codes of a part of the day: `S1–S7`, or `S1, S3`.
pub(crate) fn codes(codes: &[&str]) -> String {
    match codes {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, second] => format!("{first}, {second}"),
        [first, .., last] if are_in_sequence(codes) => format!("{first}–{last}"),
        all => all.join(", "),
    }
}

/// Whether the numbers of codes with one letter go up by one.
fn are_in_sequence(codes: &[&str]) -> bool {
    let parts: Vec<Option<CodeParts<'_>>> = codes.iter().map(|code| CodeParts::of(code)).collect();
    parts.windows(2).all(|pair| match pair {
        [Some(one), Some(next)] => one.letters == next.letters && next.number == one.number + 1,
        _ => false,
    })
}

/// A code (`S12`) in its parts.
struct CodeParts<'a> {
    letters: &'a str,
    number: u32,
}

impl<'a> CodeParts<'a> {
    fn of(code: &'a str) -> Option<Self> {
        let digits = code.find(|c: char| c.is_ascii_digit())?;
        Some(Self { letters: &code[..digits], number: code[digits..].parse().ok()? })
    }
}

/// What is drawn, where the topic does not say it, and which direction is better.
pub(crate) fn drawn(title: &str, topic: &str, direction: &str) -> String {
    let title = if title == topic { "" } else { title };
    let parts: Vec<&str> = [title, direction].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// The alternative text of a chart.
pub(crate) fn alternative(code: &str, alt: &str) -> String {
    format!("{code}. {alt}")
}

/// What the dotted upright lines of a chart mean; empty if there are none.
pub(crate) fn breaks(reasons: &[&str]) -> String {
    if reasons.is_empty() { String::new() } else { format!("Dotted line: {}.", reasons.join("; ")) }
}

/// How many people the latest values are based on: the fewest and the most; empty if unknown.
pub(crate) fn people(least_and_most: Option<(f64, f64)>) -> String {
    let Some((least, most)) = least_and_most else { return String::new() };
    let [least, most] = [least, most].map(|n| count(n.round() as usize));
    if least == most { most } else { format!("{least} to {most}") }
}

/// How many peers were chosen, from how many districts, by the values of which year.
pub(crate) fn peers_chosen(peers: usize, candidates: usize, year: &str) -> String {
    let these = match peers {
        1 => "This district is".to_owned(),
        peers => format!("These {} are", counted(peers, "district")),
    };
    format!(
        "{these} the most like ours, out of {} that could have been chosen. We compared numbers from {year}.",
        count(candidates)
    )
}

/// How many values are withheld in all files of the pack.
pub(crate) fn withheld_in_all(values: u64) -> String {
    match values {
        0 => "No values had to be withheld.".to_owned(),
        1 => "1 value across all districts is withheld to protect students.".to_owned(),
        _ => format!(
            "{} values across all districts are withheld to protect students.",
            count(values as usize)
        ),
    }
}

/// Why an exhibit needs care in a room.
pub(crate) mod sensitive {
    use crate::wording::listing::counted;

    pub(crate) fn few_people(least: f64) -> String {
        format!(
            "One of its values is based on {}. Do not try to guess who they are.",
            counted(least.round() as usize, "student")
        )
    }

    pub(crate) fn withheld(values: usize) -> String {
        format!(
            "It leaves out {} to protect students. Do not try to work {} out.",
            counted(values, "value"),
            if values == 1 { "it" } else { "them" }
        )
    }

    pub(crate) fn masked(values: usize) -> String {
        format!(
            "The publisher hides {} to protect students. Hidden does not mean zero.",
            counted(values, "value")
        )
    }
}

/// What is wrong with one of the project's own templates.
pub(crate) mod template_fault {
    use std::fmt::Display;

    pub(crate) const TOO_LONG: &str = "it is not a text file, or it is larger than 1 MB";

    pub(crate) fn unreadable(error: &dyn Display) -> String {
        format!("it cannot be read: {error}")
    }

    /// `line` is counted from 1, if known.
    pub(crate) fn at_line(line: Option<usize>, what: &str) -> String {
        match line {
            Some(line) => format!("line {line}: {what}"),
            None => what.to_owned(),
        }
    }
}

/// Why a document could not be made as a PDF.
pub(crate) mod browser {
    use std::fmt::Display;

    pub(crate) const NONE: &str = "no Chrome, Chromium, or Edge browser was found to make the PDF files";

    pub(crate) fn not_started(name: &str, error: &dyn Display) -> String {
        format!("{name} could not be started: {error}")
    }

    pub(crate) fn failed(name: &str) -> String {
        format!("{name} exited without making this file")
    }

    pub(crate) fn too_slow(name: &str, seconds: u64) -> String {
        format!("{name} did not finish within {seconds} seconds")
    }
}

#[cfg(test)]
mod tests {
    use super::{codes, people};

    #[test]
    fn codes_in_sequence_are_a_range() {
        assert_eq!(codes(&["S1", "S2", "S3"]), "S1–S3");
        assert_eq!(codes(&["S1", "S3", "S4"]), "S1, S3, S4");
        assert_eq!(codes(&["S9", "S10"]), "S9, S10");
        assert_eq!(codes(&["S9", "S10", "S11"]), "S9–S11");
        assert_eq!(codes(&["S1", "L2", "L3"]), "S1, L2, L3");
        assert_eq!(codes(&[]), "");
    }

    #[test]
    fn people_are_a_range() {
        assert_eq!(people(Some((12.0, 2037.0))), "12 to 2,037");
        assert_eq!(people(Some((5.0, 5.0))), "5");
        assert_eq!(people(None), "");
    }
}
