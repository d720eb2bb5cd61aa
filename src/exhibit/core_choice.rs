//! Which exhibits are of the day where the catalog does not say it: a project with many measures of its own.

use super::pack::Section;

/// Marks exhibits as core if none is, and if all of them are more than `most`, which a room can take in within a day: those that
/// say something first, in their order, and as many of each section.
pub fn choose_core(sections: &mut [Section], most: usize) {
    let count: usize = sections.iter().map(|section| section.exhibits.len()).sum();
    if most == 0
        || count <= most
        || sections.iter().flat_map(|section| &section.exhibits).any(|exhibit| exhibit.core)
    {
        return;
    }
    let share = (most / sections.len()).max(1);
    for section in sections {
        let mut order: Vec<usize> = (0..section.exhibits.len()).collect();
        // Data that are too old for the day come last.
        order.sort_by_key(|index| {
            let exhibit = &section.exhibits[*index];
            [!exhibit.age.is_empty(), exhibit.finding.is_empty()]
        });
        for index in order.into_iter().take(share) {
            section.exhibits[index].core = true;
        }
    }
}
