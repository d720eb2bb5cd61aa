//! What a heading says of the numbers below it: “(1 = strongly agree, 5 = strongly disagree)”, “on a scale from 0 to 10”.

use std::collections::BTreeMap;

use crate::catalog::{NumberScale, PerceptionSpec};
use crate::form_export::has_words;

/// An end of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ScaleEnd {
    Worst,
    Best,
}

/// What a heading says of the numbers below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HeadingScale {
    /// The scale whose ends it names.
    pub(super) scale: Option<NumberScale>,
    /// Whether the lowest number is the best; `None` if it does not say.
    pub(super) lowest_is_best: Option<bool>,
}

/// The ends that numbers stand for.
type NamedNumbers = BTreeMap<u32, ScaleEnd>;

/// Whether the numbers below a heading count something. The heading is in lowercase and without punctuation.
pub(super) fn asks_for_count(heading: &str, spec: &PerceptionSpec) -> bool {
    spec.heading_numbers.counts.iter().any(|words| has_words(heading, words))
}

impl HeadingScale {
    /// What a heading says, in lowercase and without punctuation.
    pub(super) fn of(heading: &str, spec: &PerceptionSpec) -> Self {
        let words: Vec<&str> = heading.split(' ').collect();
        let named = named_numbers(&words, spec);
        let scale = stated_range(&words, spec).or_else(|| range_of(&named, spec));
        Self { scale, lowest_is_best: scale.and_then(|scale| direction(&named, scale)) }
    }
}

/// The scale between two numbers that stand side by side, or with a word between them. The last such pair counts.
fn stated_range(words: &[&str], spec: &PerceptionSpec) -> Option<NumberScale> {
    (0..words.len()).rev().find_map(|place| range_at(&words[place..], spec))
}

fn range_at(words: &[&str], spec: &PerceptionSpec) -> Option<NumberScale> {
    let low = words.first()?.parse().ok()?;
    let is_joiner =
        words.get(1).is_some_and(|word| spec.heading_numbers.joiners.iter().any(|own| own == word));
    let high = words.get(if is_joiner { 2 } else { 1 })?.parse().ok()?;
    spec.numbers_between([low, high])
}

/// The scale whose lowest and highest numbers stand for something.
fn range_of(named: &NamedNumbers, spec: &PerceptionSpec) -> Option<NumberScale> {
    let (low, high) = (named.keys().next()?, named.keys().next_back()?);
    spec.numbers_between([*low, *high])
}

/// Whether the lowest number of a scale is its best; `None` if its ends are not named, or one way and the other.
fn direction(named: &NamedNumbers, scale: NumberScale) -> Option<bool> {
    let low = named.get(&scale.low).map(|end| *end == ScaleEnd::Best);
    let high = named.get(&scale.high).map(|end| *end == ScaleEnd::Worst);
    match (low, high) {
        (Some(low), Some(high)) => Some(low).filter(|_| low == high),
        (one, other) => one.or(other),
    }
}

/// The numbers that stand for an end. Their words stand after them, or before them: as names more of them.
fn named_numbers(words: &[&str], spec: &PerceptionSpec) -> NamedNumbers {
    let (mut after, mut before) = (NamedNumbers::new(), NamedNumbers::new());
    for (place, word) in words.iter().enumerate() {
        let Ok(number) = word.parse() else { continue };
        after.extend(end_after(&words[place + 1..], spec).map(|end| (number, end)));
        before.extend(end_before(&words[..place], spec).map(|end| (number, end)));
    }
    if before.len() > after.len() { before } else { after }
}

/// The end that the words after a number name.
fn end_after(words: &[&str], spec: &PerceptionSpec) -> Option<ScaleEnd> {
    let connectors = &spec.heading_numbers.connectors;
    let skipped = words.iter().take_while(|word| connectors.iter().any(|own| own == **word)).count();
    let own: Vec<&str> = words[skipped..].iter().copied().take_while(|word| !is_number(word)).collect();
    (1..=own.len()).rev().find_map(|length| {
        let is_whole =
            length == own.len() || spec.heading_numbers.joiners.iter().any(|word| word == own[length]);
        end_named(&own[..length].join(" "), is_whole, spec)
    })
}

/// The end that the words before a number name.
fn end_before(words: &[&str], spec: &PerceptionSpec) -> Option<ScaleEnd> {
    let count = words.iter().rev().take_while(|word| !is_number(word)).count();
    let own = &words[words.len() - count..];
    (0..own.len()).find_map(|start| {
        let is_whole = start == 0 || spec.heading_numbers.joiners.iter().any(|word| word == own[start - 1]);
        end_named(&own[start..].join(" "), is_whole, spec)
    })
}

fn is_number(word: &str) -> bool {
    word.parse::<u32>().is_ok()
}

/// The end that words name: those of the catalog for headings, or those of the first or last point of a scale. One word of a scale
/// counts only if it stands alone, since others may belong to it (“extremely worried”).
fn end_named(words: &str, is_whole: bool, spec: &PerceptionSpec) -> Option<ScaleEnd> {
    let known = &spec.heading_numbers;
    if known.best.iter().any(|own| own == words) {
        return Some(ScaleEnd::Best);
    }
    if known.worst.iter().any(|own| own == words) {
        return Some(ScaleEnd::Worst);
    }
    if !is_whole && !words.contains(' ') {
        return None;
    }
    let points = spec.scale.iter().flat_map(|scale| [&scale.points, &scale.other_words]);
    let mut ends = points.filter_map(|points| Some([points.first()?, points.last()?]));
    ends.find_map(|[worst, best]| {
        match (worst.iter().any(|own| own == words), best.iter().any(|own| own == words)) {
            (true, false) => Some(ScaleEnd::Worst),
            (false, true) => Some(ScaleEnd::Best),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{HeadingScale, asks_for_count};
    use crate::catalog::{Catalog, NumberScale};
    use crate::form_export::plain;

    #[test]
    fn headings_say_the_scale_and_its_best_end() {
        let spec = Catalog::embedded().unwrap().perception;
        for (heading, ends, lowest_is_best) in [
            ("My child is safe. (1 = Strongly agree, 5 = Strongly disagree)", Some([1, 5]), Some(true)),
            ("My child is safe. (1=Strongly disagree; 5=Strongly agree)", Some([1, 5]), Some(false)),
            ("Rate us: strongly agree (1) to strongly disagree (4)", Some([1, 4]), Some(true)),
            ("How clean is it, from 1 (best) to 5 (worst)?", Some([1, 5]), Some(true)),
            ("On a scale of 1 to 5, where 5 is best, how safe is it?", Some([1, 5]), Some(false)),
            ("On a scale of 1 to 5, where 1 means excellent, how safe is it?", Some([1, 5]), Some(true)),
            ("How likely are you to recommend our schools? (0-10)", Some([0, 10]), None),
            (
                "How likely are you to recommend us? 0 = not at all likely, 10 = extremely likely",
                Some([0, 10]),
                Some(false),
            ),
            ("My school is calm (1 never, 2 sometimes, 3 often, 4 always)", Some([1, 4]), Some(false)),
            (
                "Los maestros explican bien (1 = totalmente de acuerdo, 5 = totalmente en desacuerdo)",
                Some([1, 5]),
                Some(true),
            ),
            ("1. My child is safe at school.", None, None),
            ("In the last 30 days, I felt safe", None, None),
        ] {
            let found = HeadingScale::of(&plain(heading), &spec);
            assert_eq!(found.scale.map(NumberScale::ends), ends, "{heading}");
            assert_eq!(found.lowest_is_best, lowest_is_best, "{heading}");
        }
    }

    #[test]
    fn counts_are_no_answers_on_a_scale() {
        let spec = Catalog::embedded().unwrap().perception;
        for (heading, counts) in [
            ("How many children do you have here?", true),
            ("What grade are you in?", true),
            ("Number of years at this school", true),
            ("I feel safe in the building.", false),
        ] {
            assert_eq!(asks_for_count(&plain(heading), &spec), counts, "{heading}");
        }
    }
}
