//! How similar the peers are to the district, and which of them do better.

use super::listing::{counted, joined_with_and};
use super::subject::in_the_middle;

/// How many peers are close, fair, and loose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LikenessCounts {
    pub(crate) peers: usize,
    pub(crate) close: usize,
    pub(crate) fair: usize,
    pub(crate) loose: usize,
}

fn counts(counts: LikenessCounts) -> String {
    let LikenessCounts { peers, close, fair, loose } = counts;
    let are = if close == 1 { "is" } else { "are" };
    format!("Of {}, {close} {are} close, {fair} fair, and {loose} loose", counted(peers, "peer"))
}

pub(crate) fn good_group(likeness: LikenessCounts) -> String {
    format!("{}: a good peer group.", counts(likeness))
}

pub(crate) fn fair_group(likeness: LikenessCounts) -> String {
    format!("{}: a fair peer group, so read comparisons with care.", counts(likeness))
}

/// A group that is only fair because other peers would change how the district compares.
pub(crate) fn unstable_group(likeness: LikenessCounts, changed: &str, outcomes: ShareOf) -> String {
    let ShareOf { some, all } = outcomes;
    format!(
        "{}; {changed}, the comparison would change in {some} of {all} outcomes: a fair peer group.",
        counts(likeness)
    )
}

pub(crate) fn no_true_peers(likeness: LikenessCounts) -> String {
    format!("{}: this district has no true peers, so comparisons mean little.", counts(likeness))
}

/// So many of all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShareOf {
    pub(crate) some: usize,
    pub(crate) all: usize,
}

/// Another choice of peers: without a matching variable.
pub(crate) fn without_variable(label: &str) -> String {
    format!("without {}", in_the_middle(label))
}

/// Another choice of peers: more of them, or fewer.
pub(crate) fn with_peers(n: usize) -> String {
    format!("with {}", counted(n, "peer"))
}

/// What the distances and shades of the peers' table mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DistanceScale {
    /// The usual distance of a district from its nearest neighbor.
    pub(crate) usual: f64,
    /// How many times that a close peer is away at most.
    pub(crate) close: f64,
    pub(crate) fair: f64,
    /// The difference with the full shade, in standard deviations.
    pub(crate) full_shade: f64,
}

pub(crate) fn distances(scale: DistanceScale) -> String {
    let DistanceScale { usual, close, fair, full_shade } = scale;
    format!(
        "“Close” means a distance of up to {:.2}, and “fair” up to {:.2}. Full shading means {full_shade} standard deviations \
         from ours.",
        close * usual,
        fair * usual
    )
}

/// The change in the choice of peers that replaces most of them.
pub(crate) fn least_stable(changed: &str, stay: ShareOf) -> String {
    let ShareOf { some, all } = stay;
    format!(
        "If the peers were chosen {changed}, {some} of {all} would stay: the largest change from leaving out any one variable."
    )
}

/// In how many outcomes the comparison stays the same with another choice of peers.
pub(crate) fn same_outcomes(changed: &str, same: ShareOf) -> String {
    let ShareOf { some, all } = same;
    format!("{some} of {} {changed}", counted(all, "outcome"))
}

/// The outcomes that stay the same with more peers or fewer.
pub(crate) fn with_other_counts(shares: &[String]) -> String {
    format!(
        "The comparison with the peer median (above, below, or not clearly different) would stay the same in {}.",
        joined_with_and(shares)
    )
}

/// The peers that do better with similar students.
pub(crate) fn better_peers(peers: &[String]) -> String {
    format!("Better results with similar students: {}.", joined_with_and(peers))
}

/// A peer with better outcomes, and their years.
pub(crate) fn better_peer(name: &str, better: ShareOf, years: &str) -> String {
    let ShareOf { some, all } = better;
    let noun = if all == 1 { "outcome" } else { "outcomes" };
    format!("{name} ({some} of {all} {noun}, {years})")
}

#[cfg(test)]
mod tests {
    use super::without_variable;

    #[test]
    fn a_variable_is_named_within_a_sentence() {
        assert_eq!(without_variable("Low-income students"), "without low-income students");
        assert_eq!(without_variable("English learners"), "without English learners");
    }
}
