//! Which public files fill the gaps of a project.

use super::Catalog;
use super::sources::{PublicSource, SourceGap};

impl Catalog {
    /// The publications about districts that fill a gap, at most `per_domain` of the state and as many national ones for
    /// each domain, each once. They are sorted by domain, then by usefulness.
    #[must_use]
    pub fn sources_for(&self, gap: SourceGap<'_>, per_domain: usize) -> Vec<&PublicSource> {
        let mut found: Vec<&PublicSource> = Vec::new();
        for domain in gap.domains {
            if let Some(state) = gap.state {
                self.add_sources(&mut found, domain, Some(state), per_domain);
            }
            self.add_sources(&mut found, domain, None, per_domain);
        }
        found
    }

    /// Adds the most useful publications of a state, or national ones, for a domain, counting those that are there already.
    fn add_sources<'a>(
        &'a self,
        found: &mut Vec<&'a PublicSource>,
        domain: &str,
        state: Option<&str>,
        most: usize,
    ) {
        let of_domain = |source: &&PublicSource| {
            source.state.as_deref() == state && source.domains.iter().any(|id| id == domain)
        };
        let mut useful: Vec<&PublicSource> =
            self.sources.iter().filter(of_domain).filter(|source| source.has_districts()).collect();
        useful.sort_by_key(|source| source.rank());
        let there = found.iter().filter(|source| of_domain(source)).count();
        useful.retain(|source| !found.contains(source));
        found.extend(useful.into_iter().take(most.saturating_sub(there)));
    }
}
