//! Names of sheets that Excel accepts: at most 31 characters, none of them special, and no two alike.

use std::collections::BTreeSet;

use crate::exhibit::Pack;
use crate::wording::workbook as words;

/// The longest name that Excel accepts, in UTF-16.
const LONGEST: usize = 31;

/// The sheets that every workbook has, and the one name that Excel keeps for itself.
const TAKEN: [&str; 12] = [
    words::START,
    words::GLANCE,
    words::PEERS,
    words::GROUPS,
    words::SWOT,
    words::VOTES,
    words::BASELINES,
    words::GLOSSARY,
    words::ALL_VALUES,
    words::SOURCES,
    words::WITHHELD,
    "History",
];

/// The name of each domain's sheet, in order.
pub(super) fn of_domains(pack: &Pack) -> Vec<String> {
    let labels: Vec<&str> = pack.sections.iter().map(|section| section.label.as_str()).collect();
    names(&labels)
}

fn names(labels: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| name.to_lowercase()).collect();
    let mut names = Vec::new();
    for label in labels {
        let plain = plain(label);
        let mut name = cut(&plain, LONGEST);
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            let end = format!(" {number}");
            name = cut(&plain, LONGEST - end.len()) + &end;
            number += 1;
        }
        names.push(name);
    }
    names
}

/// A label without what may not be in a name.
fn plain(label: &str) -> String {
    let letters: String =
        label.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let name = words.join(" ");
    match name.trim_matches(&['\'', ' '][..]) {
        "" => words::DOMAIN.to_owned(),
        name => name.to_owned(),
    }
}

/// The beginning of a text, of at most this length in UTF-16.
fn cut(text: &str, longest: usize) -> String {
    let (mut start, mut used) = (String::new(), 0);
    for letter in text.chars() {
        used += letter.len_utf16();
        if used > longest {
            break;
        }
        start.push(letter);
    }
    start.trim_end_matches(&['\'', ' '][..]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_accepted_and_apart() {
        let long = "Money: what we receive [and] what we spend";
        assert_eq!(
            names(&[long, "groups", "'", "Peers", ""]),
            ["Money what we receive and what", "groups 2", "Domain", "Peers 2", "Domain 2"]
        );
        let same = names(&[long, long]);
        assert_eq!(same[1], "Money what we receive and wha 2");
        for name in same.iter().chain(&names(&["𝄞".repeat(40).as_str()])) {
            assert!(name.encode_utf16().count() <= 31, "{name}");
            rust_xlsxwriter::Worksheet::new().set_name(name).unwrap();
        }
    }
}
