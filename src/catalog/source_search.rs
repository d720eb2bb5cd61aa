//! Which public files fill the gaps of a project.

use super::Catalog;
use super::sources::{PublicSource, SourceGap};
use crate::wording::published::{self, Publication};

impl PublicSource {
    /// Title, publisher, and address in one line, which also says if the address was not checked.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { title, publisher, address, confirmed, .. } = self;
        published::line(&Publication { title, publisher, address, is_confirmed: *confirmed })
    }
}

impl Catalog {
    /// The publications about districts that fill a gap, each once: for each domain, `per_domain` from the state and as many
    /// national ones. Those that a layout reads come first, then those for the most domains of the gap, then those whose
    /// address is confirmed.
    #[must_use]
    pub fn sources_for(&self, gap: SourceGap<'_>, per_domain: usize) -> Vec<&PublicSource> {
        let mut found = Vec::new();
        for domain in gap.domains {
            if gap.state.is_some() {
                self.add_sources(&mut found, domain, gap, per_domain);
            }
            self.add_sources(&mut found, domain, SourceGap { state: None, ..gap }, per_domain);
        }
        found
    }

    /// Adds the most useful publications of the gap's state, or national ones, for a domain, counting those that are there.
    fn add_sources<'a>(
        &'a self,
        found: &mut Vec<&'a PublicSource>,
        domain: &str,
        gap: SourceGap<'_>,
        most: usize,
    ) {
        let mut useful = Vec::new();
        let mut there = 0;
        for source in self.sources.iter().filter(|source| source.is_for(domain, gap.state)) {
            if found.contains(&source) { there += 1 } else { useful.push(source) }
        }
        useful.sort_by_key(|source| source.rank(gap.domains));
        found.extend(useful.into_iter().take(most.saturating_sub(there)));
    }
}
