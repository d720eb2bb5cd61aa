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
        let words = without_denied_parts(part, spec);
        let before_end = without_denied_parts(&without_end(part, spec), spec);
        let named = groups_in(&before_end, spec);
        groups.extend(if named.is_empty() { groups_in(&words, spec) } else { named });
    }
    groups
}

/// Whether a text says what somebody is not, or no longer is ("not a parent", "retired teacher", "teacher (retired)"), so that the
/// words in it name no group.
pub(super) fn is_denied(text: &str, spec: &RoomSpec) -> bool {
    let inside = text.split('(').skip(1).map(|part| part.split(')').next().unwrap_or_default());
    let before = text.split(BETWEEN).map(|part| without_end(part, spec));
    inside.map(plain).any(|words| words.split(' ').all(|word| denies(word, spec)))
        || before.map(|part| without_denied_parts(&part, spec)).any(|words| denies_group(&words, spec))
}

/// Whether words deny the name of a group that follows, or are nothing but a denial ("retired").
fn denies_group(words: &str, spec: &RoomSpec) -> bool {
    let mut parts = words.split(' ');
    if parts.clone().all(|word| denies(word, spec)) {
        return true;
    }
    let has_denial = parts.any(|word| denies(word, spec));
    has_denial && !groups_in(&parts.collect::<Vec<_>>().join(" "), spec).is_empty()
}

fn denies(word: &str, spec: &RoomSpec) -> bool {
    spec.feedback.denies.iter().any(|denies| denies == word)
}

/// A text without the words that a denial in front of them cancels ("non-certified").
fn without_denied_parts(text: &str, spec: &RoomSpec) -> String {
    let words = plain(text);
    let mut rest = format!(" {words} ");
    for part in &spec.feedback.denied_parts {
        rest = rest.replace(&format!(" {part} "), " ");
    }
    rest.trim().to_owned()
}

/// The words of a text up to those that no longer say who answers ("parent" of "parent of a student").
fn without_end(text: &str, spec: &RoomSpec) -> String {
    let before = text.split('(').next().unwrap_or_default();
    let words = plain(before);
    let ends = &spec.feedback.group_ends;
    words.split(' ').take_while(|word| !ends.iter().any(|end| end == word)).collect::<Vec<_>>().join(" ")
}

/// The groups whose names are in a text. The longest name counts, so that a staff member is not a member of something else.
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
    use super::{groups_named, is_denied};
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
            ("Non-certified staff (aide, custodian)", "staff"),
            ("Noncertified staff", "staff"),
            ("Parent of a former student", "families"),
            ("Staff member (not a teacher)", "staff"),
            ("Community member, no children in school", "community"),
        ] {
            let named: Vec<&str> = groups_named(text, &spec).into_iter().collect();
            assert_eq!(named.join(" "), groups, "{text}");
            assert!(!is_denied(text, &spec), "{text}");
        }
    }

    #[test]
    fn what_somebody_is_not_is_no_group() {
        let spec = Catalog::embedded().unwrap().room;
        for text in [
            "Not a parent",
            "Former student",
            "Retired teacher",
            "non-parent",
            "Teacher (retired)",
            "Teacher, retired",
        ] {
            assert!(is_denied(text, &spec), "{text}");
        }
    }
}
