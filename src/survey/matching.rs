//! Matching a column's name to a measure: every word of the name must be accounted for.

use std::collections::BTreeSet;

use super::index::is_slip;
use super::words::{Name, Spelling, Vocabulary};
use crate::catalog::{Measure, Stat};
use crate::domain::Unit;

/// What a word costs that nothing accounts for, and one that is misspelled.
const UNKNOWN_WORD: f64 = 0.25;
const MISSPELLED_WORD: f64 = 0.08;
/// What it costs that a group, grade, subject or year had to be taken out of the name.
const TAKEN_APART: f64 = 0.03;
/// What it costs that the text above a name had to be left aside.
const HEADING: f64 = 0.1;
/// A column is read where its name matches this well.
pub(super) const SURE: f64 = 0.8;

/// A measure that a name may stand for.
#[derive(Debug, Clone)]
pub(super) struct Match<'a> {
    pub(super) measure: &'a Measure,
    pub(super) spelling: &'a Spelling<'a>,
    pub(super) name: Name,
    /// 0 to 1.
    pub(super) score: f64,
    /// What the number must be multiplied by, as the name says (dollars in thousands).
    pub(super) times: Option<f64>,
    /// What the number is, by the spelling or by a word beside it.
    pub(super) stat: Stat,
    /// Words that nothing accounts for.
    pub(super) unknown: Vec<String>,
}

/// All measures that a name may stand for, best first.
pub(super) fn matches<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Vec<Match<'a>> {
    let exact = vocabulary.folded(text);
    let apart = vocabulary.name(text, false);
    let whole = Some(vocabulary.name(text, true)).filter(|whole| *whole != apart);
    let mut all: Vec<Match<'_>> = Vec::new();
    for name in std::iter::once(apart).chain(whole) {
        let spellings = vocabulary.index.of_words(&name.words).into_iter().map(|i| &vocabulary.spellings[i]);
        all.extend(spellings.filter_map(|spelling| compare(vocabulary, spelling, &name, &exact)));
    }
    let length = |m: &Match<'_>| m.spelling.words.len();
    all.sort_by(|a, b| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| length(b).cmp(&length(a))).then_with(|| a.measure.id.cmp(&b.measure.id))
    });
    let mut seen = BTreeSet::new();
    all.retain(|m| seen.insert((m.measure.id.clone(), m.stat)));
    all
}

/// All measures that a column's name may stand for. Where its upper text is a mere heading, the text below it counts
/// alone, if it is a whole name.
pub(super) fn of_column<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Vec<Match<'a>> {
    let whole = matches(vocabulary, text);
    let other = &vocabulary.catalog.synonyms.left_over.other;
    let Some((upper, last)) = text.rsplit_once(" › ") else { return whole };
    let sure = whole.first().is_some_and(|m| m.score >= SURE && !m.spelling.with_group);
    if sure || vocabulary.words(upper).iter().any(|w| other.contains(w)) {
        return whole;
    }
    let mut below = matches(vocabulary, last);
    below.retain(|m| m.score > 0.95 && m.spelling.words.len() > 1 && !m.spelling.with_group);
    below.iter_mut().for_each(|m| m.score -= HEADING);
    if below.is_empty() { whole } else { below }
}

fn compare<'a>(
    vocabulary: &'a Vocabulary<'a>,
    spelling: &'a Spelling<'a>,
    name: &Name,
    exact: &str,
) -> Option<Match<'a>> {
    let beside = name.group.is_some() || name.grade.is_some();
    if spelling.words.is_empty() || spelling.with_group && !beside {
        return None;
    }
    let measure = vocabulary.catalog.measures.get(spelling.measure)?;
    let mut score = 1.0;
    let mut left: Vec<&String> = name.words.iter().collect();
    for word in &spelling.words {
        let same = left.iter().position(|w| *w == word);
        let at = same.or_else(|| {
            score -= MISSPELLED_WORD;
            left.iter().position(|w| is_slip(w, word))
        })?;
        left.remove(at);
    }
    let words = &vocabulary.catalog.synonyms.left_over;
    let stats = &vocabulary.catalog.synonyms.stats;
    let is_rate = measure.unit == Unit::Percent && spelling.stat == Stat::Value;
    let (mut times, mut stat) = (None, spelling.stat);
    let mut unknown = Vec::new();
    for word in left {
        match () {
            () if is_rate && stats.numerator_words.contains(word) => stat = Stat::Numerator,
            () if is_rate && stats.denominator_words.contains(word) => stat = Stat::Denominator,
            () if words.other.contains(word) || words.per.contains(word) => return None,
            () if measure.unit.is_money() && words.thousands.contains(word) => times = Some(1e3),
            () if measure.unit.is_money() && words.millions.contains(word) => times = Some(1e6),
            () if words.percent.contains(word) && measure.unit != Unit::Percent => return None,
            () if words.number.contains(word) && !matches!(measure.unit, Unit::Count | Unit::Fte) => {
                return None;
            }
            () if words.money.contains(word) && !measure.unit.is_money() => return None,
            () if words.percent.contains(word)
                || words.number.contains(word)
                || words.money.contains(word) => {}
            () if words.harmless.contains(word) => {}
            () => unknown.push(word.clone()),
        }
    }
    score -= UNKNOWN_WORD * unknown.len() as f64;
    if spelling.words.join(" ") != exact {
        score -= TAKEN_APART;
    }
    if spelling.with_group {
        score -= TAKEN_APART;
    }
    (score > 0.3).then(|| Match { measure, spelling, name: name.clone(), score, times, stat, unknown })
}

/// The measure that a title, or a sheet's or file's name, is about: the longest spelling all of whose words stand in
/// it.
pub(super) fn about<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Option<&'a Measure> {
    let name = vocabulary.name(text, false);
    let holds = |s: &&Spelling<'_>| {
        let long = s.words.iter().map(String::len).sum::<usize>() >= 6;
        !s.with_group && long && s.words.iter().all(|w| name.words.contains(w))
    };
    let all: Vec<&Spelling<'_>> = vocabulary.spellings.iter().filter(holds).collect();
    let most = all.iter().map(|s| s.words.len()).max()?;
    let mut best: Vec<&str> = all.iter().filter(|s| s.words.len() == most).map(|s| s.measure).collect();
    best.dedup();
    match best[..] {
        [one] => vocabulary.catalog.measures.get(one),
        _ => None,
    }
}

/// The measures whose names are nearest, to be named in a comment; none where none is near.
pub(super) fn nearest<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Vec<&'a Measure> {
    let words = vocabulary.name(text, false).words;
    let harmless = &vocabulary.catalog.synonyms.left_over.harmless;
    let shared = |s: &Spelling<'_>| {
        let same = s.words.iter().filter(|w| words.contains(w) && !harmless.contains(w)).count() as f64;
        2.0 * same / (s.words.len() + words.len()).max(1) as f64
    };
    // Of the others none is near.
    let spellings = vocabulary.index.with_any(&words).into_iter().map(|i| &vocabulary.spellings[i]);
    let scored: Vec<(f64, &str)> = spellings.map(|s| (shared(s), s.measure)).collect();
    let best = scored.iter().map(|(score, _)| *score).fold(0.5, f64::max);
    let near: BTreeSet<&str> = scored.iter().filter(|(score, _)| *score >= best).map(|(_, id)| *id).collect();
    near.into_iter().filter_map(|id| vocabulary.catalog.measures.get(id)).collect()
}
