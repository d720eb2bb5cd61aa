//! The words of a column's name: spelled alike where people mean the same, without group, grade, subject and year.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;

use super::index::SpellingIndex;
use crate::catalog::{Catalog, Stat};
use crate::domain::{Grade, LoneYear, SchoolYear};

/// A school year no longer than `11-12` may be grades.
const SHORT_YEAR: usize = 5;
/// A student group's name is no longer than this.
const LONGEST_GROUP: usize = 8;

/// One spelling of a measure's column.
#[derive(Debug)]
pub(super) struct Spelling<'a> {
    pub(super) measure: &'a str,
    pub(super) words: Vec<String>,
    pub(super) stat: Stat,
    /// Whether it is enough only beside a group or a grade.
    pub(super) with_group: bool,
}

/// The catalog's synonyms, made ready to compare with.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) spellings: Vec<Spelling<'a>>,
    /// The words of these.
    pub(super) index: SpellingIndex,
    years: Vec<Regex>,
    begins: Vec<Regex>,
    made: Vec<Regex>,
    thousands: Vec<Regex>,
    millions: Vec<Regex>,
    grades: Vec<Regex>,
    /// The words of each name in the catalog's lists, put together once: they are compared with every column's.
    known: BTreeMap<&'a str, String>,
}

/// A column's name, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// What is left of it, word by word.
    pub(super) words: Vec<String>,
    pub(super) group: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) year: Option<FoundYear>,
}

/// A school year within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundYear {
    pub(super) year: SchoolYear,
    /// As written.
    pub(super) text: String,
    /// Where, in bytes.
    pub(super) at: Range<usize>,
    /// Where it begins with the words before it that say that it is one (`SY`).
    start: usize,
    /// Whether the words around it say that a school year begins in it (`Fall Enrollment 2022`).
    pub(super) begins: bool,
}

impl FoundYear {
    /// Whether it is one year alone, which may be the first or the last of a school year.
    pub(super) fn is_lone(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_digit())
    }
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let ready = |patterns: &[String]| {
            patterns.iter().map(|p| crate::catalog::pattern(p)).collect::<Result<_, _>>()
        };
        let find = &catalog.synonyms.find;
        let mut vocabulary = Self {
            catalog,
            spellings: Vec::new(),
            index: SpellingIndex::default(),
            years: ready(&find.year)?,
            begins: ready(&find.begins)?,
            made: ready(&find.made)?,
            thousands: ready(&find.thousands)?,
            millions: ready(&find.millions)?,
            grades: ready(&find.grade)?,
            known: BTreeMap::new(),
        };
        let synonyms = &catalog.synonyms;
        let stats = [&synonyms.stats.denominator, &synonyms.stats.numerator];
        let types = [&synonyms.row_types.district, &synonyms.row_types.school];
        let lists = synonyms.roles.values().chain(synonyms.attributes.values()).chain(stats).chain(types);
        for name in lists.chain([&synonyms.all.texts, &synonyms.unread.names]).flatten() {
            let folded = vocabulary.folded(name);
            vocabulary.known.insert(name, folded);
        }
        let mut spellings = Vec::new();
        for (measure, names) in &catalog.synonyms.measures {
            let label = catalog.measures.get(measure).map(|m| &m.label);
            let lists = [
                (&names.spellings, Stat::Value, false),
                (&names.with_group, Stat::Value, true),
                (&names.denominator, Stat::Denominator, false),
                (&names.numerator, Stat::Numerator, false),
            ];
            let all = lists.into_iter().flat_map(|(l, stat, with)| l.iter().map(move |t| (t, stat, with)));
            for (text, stat, with_group) in all.chain(label.map(|l| (l, Stat::Value, false))) {
                let words = vocabulary.words(text);
                spellings.push(Spelling { measure, words, stat, with_group });
            }
        }
        vocabulary.index = SpellingIndex::new(&spellings);
        vocabulary.spellings = spellings;
        Ok(vocabulary)
    }

    /// The words of a text: lower case, split at signs, digits and humps, each as its synonym.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        let stop = &self.catalog.synonyms.left_over.stop;
        tokens(text).iter().map(|t| self.canonical(t)).filter(|w| !stop.contains(w)).collect()
    }

    fn canonical(&self, token: &str) -> String {
        let words = &self.catalog.synonyms.words;
        if let Some(word) = words.get(token) {
            return word.clone();
        }
        let plural = token.len() > 3 && token.ends_with('s') && !token.ends_with("ss");
        let single = if plural { &token[..token.len() - 1] } else { token };
        words.get(single).cloned().unwrap_or_else(|| single.to_owned())
    }

    /// The words of a text as one, to compare whole names.
    pub(super) fn folded(&self, text: &str) -> String {
        self.words(text).join(" ")
    }

    /// Whether `text` is one of `names`, word by word.
    pub(super) fn is_one_of(&self, text: &str, names: &[String]) -> bool {
        self.position(text, names).is_some()
    }

    /// Which of `names` the text is, word by word.
    pub(super) fn position(&self, text: &str, names: &[String]) -> Option<usize> {
        let words = self.folded(text);
        names.iter().position(|n| self.has_words(n, &words)).filter(|_| !words.is_empty())
    }

    /// Whether a name of the catalog has these words.
    pub(super) fn has_words(&self, name: &str, words: &str) -> bool {
        self.known.get(name).map_or_else(|| self.folded(name) == words, |known| known == words)
    }

    /// Whether `text` says that the number is a percent or a rate.
    pub(super) fn says_rate(&self, text: &str) -> bool {
        self.words(text).iter().any(|word| self.catalog.synonyms.left_over.percent.contains(word))
    }

    /// Whether `text` means everybody.
    pub(super) fn means_all(&self, text: &str) -> bool {
        self.is_one_of(text, &self.catalog.synonyms.all.texts)
    }

    /// The first school year in a text.
    pub(super) fn year(&self, text: &str) -> Option<FoundYear> {
        self.years.iter().find_map(|pattern| {
            let captures = pattern.captures(text)?;
            let (part, start) = (captures.name("year")?, captures.get(0)?.start());
            // Grades 11-12 are no year.
            let is_grade = |grade: regex::Match<'_>| grade.start() < part.end() && part.start() < grade.end();
            let mut grades = self.grades.iter().filter_map(|pattern| pattern.captures(text)?.name("grade"));
            if part.len() <= SHORT_YEAR && grades.any(is_grade) {
                return None;
            }
            let lone = part.as_str().bytes().all(|b| b.is_ascii_digit());
            let begins = lone && self.begins.iter().any(|pattern| pattern.is_match(text));
            let means = if begins { LoneYear::Start } else { LoneYear::End };
            let year = SchoolYear::parse(part.as_str(), means).ok()?;
            Some(FoundYear { year, text: part.as_str().to_owned(), at: part.range(), start, begins })
        })
    }

    /// What a title says that amounts of money below it are multiplied by.
    pub(super) fn says_times(&self, title: &str) -> Option<f64> {
        let says = |patterns: &[Regex]| patterns.iter().any(|pattern| pattern.is_match(title));
        match (says(&self.thousands), says(&self.millions)) {
            (true, false) => Some(1e3),
            (false, true) => Some(1e6),
            _ => None,
        }
    }

    /// The school year in a title or a name, and whether it is that of a date. When a report was made says nothing of its
    /// year.
    pub(super) fn told_year(&self, text: &str) -> Option<(bool, FoundYear)> {
        let found = self.year(text)?;
        let numbers = found.text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
        let is_date = numbers > 2 || numbers > 1 && found.text.contains(char::is_alphabetic);
        let before = text.get(..found.start).unwrap_or("");
        let of_report = is_date && self.made.iter().any(|pattern| pattern.is_match(before));
        (!of_report).then_some((is_date, found))
    }

    /// Whether a text without a year of its own says that a school year begins in the years beside it (`Fall Membership`).
    pub(super) fn says_begins(&self, text: &str) -> bool {
        self.begins.iter().any(|pattern| pattern.is_match(text)) && self.year(text).is_none()
    }

    /// A name taken apart; `whole` keeps the words that name a group or subject where they stand.
    pub(super) fn name(&self, text: &str, whole: bool) -> Name {
        let mut name = Name::default();
        let mut rest = text.to_owned();
        if let Some(found) = self.year(&rest) {
            rest.replace_range(found.start..found.at.end, " ");
            name.year = Some(found);
        }
        let grade = self.grades.iter().find_map(|pattern| {
            let captures = pattern.captures(&rest)?;
            let grade = Grade::parse(captures.name("grade")?.as_str())?;
            Some((grade.id().to_owned(), captures.get(0)?.range()))
        });
        if let Some((grade, at)) = grade {
            rest.replace_range(at, " › ");
            name.grade = Some(grade);
        }
        let mut tokens = tokens(&rest);
        if !whole {
            name.group = take(&mut tokens, |text| self.catalog.groups.group_id(text).map(str::to_owned));
            name.subject = take(&mut tokens, |text| self.catalog.groups.subject_id(text).map(str::to_owned));
        }
        let stop = &self.catalog.synonyms.left_over.stop;
        name.words = tokens.iter().map(|t| self.canonical(t)).filter(|w| !stop.contains(w)).collect();
        name
    }
}

/// Takes the longest run of tokens that `find` knows out of them. A single letter counts only where it is alone.
fn take(tokens: &mut Vec<String>, find: impl Fn(&str) -> Option<String>) -> Option<String> {
    for length in (1..=LONGEST_GROUP.min(tokens.len())).rev() {
        for start in 0..=tokens.len() - length {
            let text = tokens[start..start + length].join(" ");
            if text.len() == 1 && tokens.len() > 1 {
                continue;
            }
            if let Some(id) = find(&text) {
                tokens.drain(start..start + length);
                return Some(id);
            }
        }
    }
    None
}

/// Words in lower case; `%`, `#` and `$` are words too.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        let sign = match c {
            '%' => Some("percent"),
            '#' => Some("number"),
            '$' => Some("dollar"),
            _ => None,
        };
        let hump = before.is_lowercase() && c.is_uppercase();
        let digit = before.is_alphabetic() && c.is_ascii_digit();
        if (!c.is_alphanumeric() || hump || digit) && !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        tokens.extend(sign.map(str::to_owned));
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    tokens.extend((!word.is_empty()).then_some(word));
    tokens
}
