//! The exhibits of the day, by the parts of the day that look at them.

use super::shown::Shown;
use crate::exhibit::{DayPart, Pack, Section};

/// The exhibits of one part of the day.
pub(super) struct DayGroup<'a> {
    /// What it is about (`Our students`).
    pub(super) label: &'a str,
    /// The letter of its exhibits' codes.
    pub(super) letter: String,
    /// The questions of its domains.
    pub(super) questions: Vec<&'a str>,
    /// Its exhibits; never empty.
    pub(super) exhibits: Vec<Shown<'a>>,
}

/// The groups in the order of the day; then those of domains that no part looks at.
pub(super) fn groups<'a>(pack: &'a Pack, core: Vec<Shown<'a>>) -> Vec<DayGroup<'a>> {
    let parts = pack.day.parts.iter().filter(|part| !part.domains.is_empty());
    let of_day = parts.map(|part| group(&part.title, sections_of(pack, part), &core));
    let rest = pack.sections.iter().filter(|section| !is_in_day(pack, section));
    let of_rest = rest.map(|section| group(&section.label, vec![section], &core));
    of_day.chain(of_rest).filter(|group| !group.exhibits.is_empty()).collect()
}

fn sections_of<'a>(pack: &'a Pack, part: &DayPart) -> Vec<&'a Section> {
    pack.sections.iter().filter(|section| part.domains.contains(&section.id)).collect()
}

fn is_in_day(pack: &Pack, section: &Section) -> bool {
    pack.day.parts.iter().any(|part| part.domains.contains(&section.id))
}

fn group<'a>(label: &'a str, sections: Vec<&'a Section>, core: &[Shown<'a>]) -> DayGroup<'a> {
    let is_here = |shown: &&Shown<'a>| sections.iter().any(|section| section.id == shown.exhibit.domain);
    let exhibits: Vec<Shown<'a>> = core.iter().filter(is_here).copied().collect();
    DayGroup {
        label,
        letter: exhibits.first().map(letter).unwrap_or_default(),
        questions: sections.iter().map(|section| section.question.as_str()).collect(),
        exhibits,
    }
}

/// The letters before the number of a code.
fn letter(shown: &Shown<'_>) -> String {
    shown.exhibit.code.chars().take_while(|c| c.is_alphabetic()).collect()
}
