//! Matches a column's name to a measure. Every word of the name must be explained.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::parsed_name::ParsedName;
use super::spelling::{Spelling, SpellingIndex};
use super::vocabulary::Vocabulary;
use crate::catalog::{Measure, Stat};
use crate::domain::Unit;

/// Penalty for each unexplained word.
const UNKNOWN_WORD: f64 = 0.25;
/// Penalty for each misspelled word.
const MISSPELLED_WORD: f64 = 0.08;
/// Penalty if a group, grade, subject or year had to be removed from the name.
const TAKEN_APART: f64 = 0.03;
/// Penalty for ignoring the heading above a name.
const HEADING: f64 = 0.1;
/// Lower scores are not matches.
const LEAST_SCORE: f64 = 0.3;
/// The minimum score of the text below a heading for it to count by itself.
const WHOLE_NAME: f64 = 0.95;
/// The minimum score for a column to be read.
const SURE: f64 = 0.8;
/// The minimum number of letters in a spelling for recognizing a title by it.
const SHORTEST_IN_TITLE: usize = 6;
/// Measures are similar to a name if at least half of the words agree.
const LEAST_OVERLAP: f64 = 0.5;

/// A measure that a name may mean.
#[derive(Debug, Clone)]
pub(super) struct MeasureMatch<'a> {
    pub(super) measure: &'a Measure,
    pub(super) spelling: &'a Spelling<'a>,
    pub(super) name: ParsedName,
    /// 0 to 1.
    pub(super) score: f64,
    /// The factor for the number, as stated in the name (dollars in thousands).
    pub(super) times: Option<f64>,
    /// What kind of number it is, as given by the spelling or by another word of the name.
    pub(super) stat: Stat,
    /// Unexplained words.
    pub(super) unknown_words: Vec<String>,
}

impl MeasureMatch<'_> {
    /// Whether it is good enough for the column to be read.
    pub(super) fn is_sure(&self) -> bool {
        self.score >= SURE
    }

    /// Whether it is good enough without a title that names the measure.
    pub(super) fn is_sure_by_itself(&self) -> bool {
        self.is_sure() && !self.spelling.needs_group
    }

    /// Whether its score is lower, or its spelling shorter.
    pub(super) fn is_weaker_than(&self, other: &MeasureMatch<'_>) -> bool {
        self.score < other.score || self.spelling.words.len() < other.spelling.words.len()
    }

    /// Whether it is a whole name of several words, not just one used next to a group.
    fn is_whole_name(&self) -> bool {
        self.score > WHOLE_NAME && self.spelling.words.len() > 1 && !self.spelling.needs_group
    }

    /// Whether its spelling only says that people are counted (`Student Count`), and not which.
    pub(super) fn is_bare_count(&self, vocabulary: &Vocabulary<'_>) -> bool {
        let left_over = &vocabulary.catalog.synonyms.left_over;
        self.measure.unit == Unit::Count
            && self
                .spelling
                .words
                .iter()
                .all(|word| left_over.harmless.contains(word) || left_over.number.contains(word))
    }

    /// By score, then by the length of the spelling, both descending; then by id.
    fn cmp_best_first(&self, other: &MeasureMatch<'_>) -> Ordering {
        let by_score = other.score.total_cmp(&self.score);
        let by_length = other.spelling.words.len().cmp(&self.spelling.words.len());
        by_score.then(by_length).then_with(|| self.measure.id.cmp(&other.measure.id))
    }
}

/// All measures that a column's name may mean, best first. If its upper text is just a heading, the text
/// below it is used alone, provided that it is a whole name.
pub(super) fn matches_of_column<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Vec<MeasureMatch<'a>> {
    let whole = matches(vocabulary, text);
    let Some((heading, last)) = text.rsplit_once(" › ") else { return whole };
    let is_sure = whole.first().is_some_and(MeasureMatch::is_sure_by_itself);
    if is_sure || changes_number(vocabulary, heading) {
        return whole;
    }
    let mut below = matches(vocabulary, last);
    below.retain(|found| found.is_whole_name() && !is_count_of_others(vocabulary, heading, found));
    for found in &mut below {
        found.score -= HEADING;
    }
    if below.is_empty() { whole } else { below }
}

/// Whether a heading says that people are counted below it whom the text below does not name: the "Student Count"
/// under "Chronically Absent" is not of all students.
fn is_count_of_others(vocabulary: &Vocabulary<'_>, heading: &str, found: &MeasureMatch<'_>) -> bool {
    let words = vocabulary.parse_name(heading).words;
    found.is_bare_count(vocabulary)
        && words.iter().any(|word| !is_about_heads(vocabulary, word, found.measure))
}

/// Whether a word is insignificant, or one of a measure's names.
fn is_about_heads(vocabulary: &Vocabulary<'_>, word: &String, measure: &Measure) -> bool {
    let own = vocabulary.spellings.iter().filter(|spelling| spelling.measure == measure.id);
    vocabulary.catalog.synonyms.left_over.harmless.contains(word)
        || word.bytes().all(|byte| byte.is_ascii_digit())
        || own.into_iter().any(|spelling| spelling.words.contains(word))
}

/// Whether a heading contains a word that makes the number below it different from the one named.
fn changes_number(vocabulary: &Vocabulary<'_>, heading: &str) -> bool {
    let changing = &vocabulary.catalog.synonyms.left_over.other;
    vocabulary.words(heading).iter().any(|word| changing.contains(word))
}

/// All measures that a name may mean, best first.
pub(super) fn matches<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Vec<MeasureMatch<'a>> {
    let joined_words = vocabulary.joined_words(text);
    let parsed = vocabulary.parse_name(text);
    let with_terms = vocabulary.parse_name_with_terms(text);
    let names = if with_terms == parsed { vec![parsed] } else { vec![parsed, with_terms] };
    let mut matches: Vec<MeasureMatch<'_>> = Vec::new();
    for name in &names {
        for id in vocabulary.index.covered_by(&name.words) {
            matches.extend(compare(vocabulary, vocabulary.spelling(id), name, &joined_words));
        }
    }
    matches.sort_by(MeasureMatch::cmp_best_first);
    let mut seen = BTreeSet::new();
    matches.retain(|found| seen.insert((&found.measure.id, found.stat)));
    matches
}

/// The best match for a name, if it is sure.
pub(super) fn sure_match<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Option<MeasureMatch<'a>> {
    matches(vocabulary, text).into_iter().next().filter(MeasureMatch::is_sure)
}

/// Whether the best match for a name is sure, and its measure.
pub(super) fn sure_measure<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Option<&'a Measure> {
    sure_match(vocabulary, text).map(|best| best.measure)
}

/// Compares a name with one spelling; `joined_words` are the words of the name before parsing.
fn compare<'a>(
    vocabulary: &'a Vocabulary<'a>,
    spelling: &'a Spelling<'a>,
    name: &ParsedName,
    joined_words: &str,
) -> Option<MeasureMatch<'a>> {
    let lacks_grade = spelling.grade.is_some() && spelling.grade != name.grade;
    if spelling.words.is_empty() || lacks_grade || spelling.needs_group && !name.has_group_or_grade() {
        return None;
    }
    let measure = vocabulary.catalog.measures.get(spelling.measure)?;
    let alignment = Alignment::new(name, spelling, &vocabulary.index)?;
    let mut found = MeasureMatch {
        measure,
        spelling,
        name: ParsedName { grade: name.grade.clone().filter(|_| spelling.grade.is_none()), ..name.clone() },
        score: 1.0,
        times: None,
        stat: spelling.stat,
        unknown_words: Vec::new(),
    };
    for word in alignment.extra_words {
        found.account_for(vocabulary, word)?;
    }
    for _ in 0..alignment.typos {
        found.score -= MISSPELLED_WORD;
    }
    found.score -= UNKNOWN_WORD * found.unknown_words.len() as f64;
    if spelling.words.join(" ") != joined_words {
        found.score -= TAKEN_APART;
    }
    if spelling.needs_group {
        found.score -= TAKEN_APART;
    }
    (found.score > LEAST_SCORE).then_some(found)
}

/// How the words of a spelling are found in a name.
struct Alignment<'a> {
    /// Words of the name that are not in the spelling.
    extra_words: Vec<&'a String>,
    /// Words with a typo.
    typos: usize,
}

impl<'a> Alignment<'a> {
    /// `None` if a word of the spelling is missing from the name.
    fn new(name: &'a ParsedName, spelling: &Spelling<'_>, index: &SpellingIndex) -> Option<Self> {
        let mut alignment = Self { extra_words: name.words.iter().collect(), typos: 0 };
        for word in &spelling.words {
            let position = match alignment.extra_words.iter().position(|extra| *extra == word) {
                Some(position) => position,
                None => {
                    alignment.typos += 1;
                    alignment.extra_words.iter().position(|extra| index.is_typo_of(extra, word))?
                }
            };
            alignment.extra_words.remove(position);
        }
        Some(alignment)
    }
}

/// What a word that is not in the spelling means for the number.
enum WordEffect {
    Stat(Stat),
    Times(f64),
    /// The number is not that of the measure.
    Contradiction,
    Nothing,
    Unknown,
}

impl MeasureMatch<'_> {
    /// Applies the effect of a word that is not in the spelling; `None` if the number is not the measure's.
    fn account_for(&mut self, vocabulary: &Vocabulary<'_>, word: &String) -> Option<()> {
        match self.word_effect(vocabulary, word) {
            WordEffect::Stat(stat) => self.stat = stat,
            WordEffect::Times(times) => self.times = Some(times),
            WordEffect::Contradiction => return None,
            WordEffect::Nothing => {}
            WordEffect::Unknown => self.unknown_words.push(word.clone()),
        }
        Some(())
    }

    fn word_effect(&self, vocabulary: &Vocabulary<'_>, word: &String) -> WordEffect {
        let words = &vocabulary.catalog.synonyms.left_over;
        let stats = &vocabulary.catalog.synonyms.stats;
        let unit = self.measure.unit;
        if unit == Unit::Percent && self.spelling.stat == Stat::Value {
            if stats.numerator_words.contains(word) {
                return WordEffect::Stat(Stat::Numerator);
            }
            if stats.denominator_words.contains(word) {
                return WordEffect::Stat(Stat::Denominator);
            }
        }
        if words.other.contains(word) || words.per.contains(word) {
            return WordEffect::Contradiction;
        }
        if unit.is_money() && words.thousands.contains(word) {
            return WordEffect::Times(1e3);
        }
        if unit.is_money() && words.millions.contains(word) {
            return WordEffect::Times(1e6);
        }
        self.unit_word_effect(vocabulary, word)
    }

    /// Like [`Self::word_effect`], for words that name a unit and for insignificant words.
    fn unit_word_effect(&self, vocabulary: &Vocabulary<'_>, word: &String) -> WordEffect {
        let words = &vocabulary.catalog.synonyms.left_over;
        let unit = self.measure.unit;
        let is_percent = words.percent.contains(word);
        let is_number = words.number.contains(word);
        let is_money = words.money.contains(word);
        if is_percent && unit != Unit::Percent
            || is_number && !matches!(unit, Unit::Count | Unit::Fte)
            || is_money && !unit.is_money()
        {
            return WordEffect::Contradiction;
        }
        if is_percent || is_number || is_money || words.harmless.contains(word) {
            return WordEffect::Nothing;
        }
        WordEffect::Unknown
    }
}

/// The longest spelling whose words are all in a title; `None` if spellings of several measures are equally long. All words for
/// a group may belong to it: "Special Education Expenditures".
pub(super) fn spelling_in_title<'a>(vocabulary: &'a Vocabulary<'a>, title: &str) -> Option<&'a Spelling<'a>> {
    let (name, whole) = (vocabulary.parse_name(title), vocabulary.parse_name_with_terms(title));
    let terms: Vec<&String> = whole.words.iter().filter(|word| !name.words.contains(word)).collect();
    let mut named: Vec<&Spelling<'_>> = Vec::new();
    for spelling in &vocabulary.spellings {
        let has_terms = terms.iter().all(|term| spelling.words.contains(term));
        if is_named_in(spelling, &name) || has_terms && is_named_in(spelling, &whole) {
            named.push(spelling);
        }
    }
    let most = named.iter().map(|spelling| spelling.words.len()).max()?;
    named.retain(|spelling| spelling.words.len() == most);
    let first = named.first().copied()?;
    named.iter().all(|spelling| spelling.measure == first.measure).then_some(first)
}

fn is_named_in(spelling: &Spelling<'_>, title: &ParsedName) -> bool {
    !spelling.needs_group
        && (spelling.grade.is_none() || spelling.grade == title.grade)
        && spelling.letter_count() >= SHORTEST_IN_TITLE
        && spelling.words.iter().all(|word| title.words.contains(word))
}

/// The measures whose names share the most words with `text`, for a comment; empty if none shares half of
/// them.
pub(super) fn nearest_measures<'a>(vocabulary: &'a Vocabulary<'a>, text: &str) -> Vec<&'a Measure> {
    let mut overlaps = word_overlaps(vocabulary, &vocabulary.parse_name(text).words);
    let best = overlaps.iter().map(|overlap| overlap.share).fold(LEAST_OVERLAP, f64::max);
    overlaps.retain(|overlap| overlap.share >= best);
    let nearest: BTreeSet<&str> = overlaps.into_iter().map(|overlap| overlap.measure).collect();
    nearest.into_iter().filter_map(|id| vocabulary.catalog.measures.get(id)).collect()
}

/// How much of a measure's spelling is in a name.
struct WordOverlap<'a> {
    measure: &'a str,
    /// 0 to 1.
    share: f64,
}

/// The overlap of a name's words with each spelling that shares at least one.
fn word_overlaps<'a>(vocabulary: &'a Vocabulary<'a>, words: &[String]) -> Vec<WordOverlap<'a>> {
    let harmless = &vocabulary.catalog.synonyms.left_over.harmless;
    let mut overlaps = Vec::new();
    for id in vocabulary.index.sharing_a_word(words) {
        let spelling = vocabulary.spelling(id);
        overlaps
            .push(WordOverlap { measure: spelling.measure, share: shared_words(spelling, words, harmless) });
    }
    overlaps
}

/// The share of words that a spelling and a name have in common (Dice's coefficient), ignoring insignificant
/// ones; 0 to 1.
fn shared_words(spelling: &Spelling<'_>, words: &[String], harmless: &[String]) -> f64 {
    let shared = spelling.words.iter().filter(|word| words.contains(word) && !harmless.contains(word));
    2.0 * shared.count() as f64 / (spelling.words.len() + words.len()).max(1) as f64
}
