//! What the deck is made from: the pack by the parts of its day.

use super::palette::Palette;
use crate::exhibit::{Exhibit, Pack, Section};

/// The code of the exhibit of the peers begins with this letter.
const PEERS_CODE: char = 'R';

/// What all parts of the deck are made from.
pub(super) struct DeckParts<'a> {
    pub(super) pack: &'a Pack,
    pub(super) palette: &'a Palette,
    /// Whether the catalog says which exhibits are of the day; if not, all are.
    has_core: bool,
}

/// A part of the day that looks at some domains.
pub(super) struct DataPart<'a> {
    pub(super) title: String,
    /// The question of its first domain.
    pub(super) question: &'a str,
    /// Whether it has data that are too old for the day.
    pub(super) is_old: bool,
    /// Those of the day.
    pub(super) exhibits: Vec<&'a Exhibit>,
}

impl<'a> DeckParts<'a> {
    pub(super) fn new(pack: &'a Pack, palette: &'a Palette) -> Self {
        Self { pack, palette, has_core: pack.exhibits().any(|exhibit| exhibit.core) }
    }

    pub(super) fn is_core(&self, exhibit: &Exhibit) -> bool {
        exhibit.core || !self.has_core
    }

    /// The exhibits of the day.
    pub(super) fn core(&self) -> impl Iterator<Item = &'a Exhibit> + Clone {
        let has_core = self.has_core;
        let sections = self.pack.sections.iter().flat_map(|section| &section.exhibits);
        sections.filter(move |exhibit| exhibit.core || !has_core)
    }

    /// The exhibit that shows the peers.
    pub(super) fn peers(&self) -> Option<&'a Exhibit> {
        self.core().find(|exhibit| exhibit.code.starts_with(PEERS_CODE))
    }

    /// The code of the first chart of the day; `None` without any.
    pub(super) fn example_code(&self) -> Option<&'a str> {
        let code = self.core().find(|exhibit| !exhibit.code.starts_with(PEERS_CODE))?.code.as_str();
        (!code.is_empty()).then_some(code)
    }

    /// The parts of the day that look at data; without a day, one for each domain that has exhibits.
    pub(super) fn data_parts(&self) -> Vec<DataPart<'a>> {
        let days = self.pack.day.parts.iter().filter(|part| !part.domains.is_empty());
        let mut parts: Vec<DataPart<'a>> = days
            .map(|part| {
                let sections = self.pack.sections.iter().filter(|section| part.domains.contains(&section.id));
                self.data_part(part.title.clone(), sections)
            })
            .collect();
        if parts.is_empty() {
            let sections = self.pack.sections.iter();
            parts = sections.map(|section| self.data_part(section.label.clone(), [section])).collect();
        }
        parts.retain(|part| !part.exhibits.is_empty() || part.is_old);
        parts
    }

    fn data_part(&self, title: String, sections: impl IntoIterator<Item = &'a Section>) -> DataPart<'a> {
        let sections: Vec<&Section> = sections.into_iter().collect();
        let exhibits = sections.iter().flat_map(|section| &section.exhibits);
        let shown = exhibits
            .filter(|exhibit| self.is_core(exhibit) && !exhibit.code.starts_with(PEERS_CODE))
            .collect();
        let is_old =
            sections.iter().flat_map(|section| &section.exhibits).any(|exhibit| !exhibit.age.is_empty());
        let question = sections.first().map_or("", |section| section.question.as_str());
        DataPart { title, question, is_old, exhibits: shown }
    }
}
