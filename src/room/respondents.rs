//! Which groups an answer to "I am a …" names.

use std::collections::BTreeSet;

use crate::catalog::RoomSpec;
use crate::form_export::{has_words, plain};

/// What separates the choices of one person, or the names of one group.
const BETWEEN: [char; 6] = [',', ';', '/', '|', '&', '+'];

/// The groups that a text names, by the words in it: families for "Parents/Guardians", teachers and staff for "Teacher or staff
/// member". Empty if it names none.
pub(super) fn groups_named<'s>(text: &str, spec: &'s RoomSpec) -> BTreeSet<&'s str> {
    let mut groups = BTreeSet::new();
    for part in text.split(BETWEEN) {
        let words = plain(part);
        let before_end = without_end(part, spec);
        let named = groups_in(&before_end, spec);
        groups.extend(if named.is_empty() { groups_in(&words, spec) } else { named });
    }
    groups
}

/// The words of a text up to those that no longer say who answers ("parent" of "parent of a student").
fn without_end(text: &str, spec: &RoomSpec) -> String {
    let before = text.split('(').next().unwrap_or_default();
    let words = plain(before);
    let ends = &spec.feedback.group_ends;
    words.split(' ').take_while(|word| !ends.iter().any(|end| end == word)).collect::<Vec<_>>().join(" ")
}

/// The groups whose names are in a text. The longest name counts, so that a staff member is no member of something else.
fn groups_in<'s>(words: &str, spec: &'s RoomSpec) -> BTreeSet<&'s str> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for (group, known) in &spec.respondents {
        names.extend(known.iter().map(|name| (name.as_str(), group.as_str())));
    }
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut rest = singular(words);
    let mut groups = BTreeSet::new();
    for (name, group) in names {
        let name = singular(name);
        if has_words(&rest, &name) {
            groups.insert(group);
            rest = format!(" {rest} ").replace(&format!(" {name} "), " ").trim().to_owned();
        }
    }
    groups
}

/// The words of a text without the ending of the plural.
fn singular(words: &str) -> String {
    words.split(' ').map(|word| word.strip_suffix('s').unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::groups_named;
    use crate::catalog::Catalog;

    #[test]
    fn groups_are_known_by_their_words() {
        let spec = Catalog::embedded().unwrap().room;
        for (text, groups) in [
            ("Parents/Guardians", "families"),
            ("Parent or caregiver", "families"),
            ("I'm a parent of a student at Lincoln", "families"),
            ("Family member (parent, grandparent)", "families"),
            ("Teachers", "teachers"),
            ("Teacher or staff member", "staff teachers"),
            ("Parent, Community member", "community families"),
            ("School board member", "board"),
            ("Member of the community", "community"),
            ("Students (grades 6-12)", "students"),
            ("Principal / administrator", "administrators"),
            ("Alien", ""),
        ] {
            let named: Vec<&str> = groups_named(text, &spec).into_iter().collect();
            assert_eq!(named.join(" "), groups, "{text}");
        }
    }
}
