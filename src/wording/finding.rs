//! What a chart says: its finding of at most 14 words, with one message, and the line below it of at most 20 words.

use super::listing::in_words;
use super::statement::verb_of;
use super::subject::{SentenceSubject, capitalized, in_the_middle};
use crate::domain::{AllDistricts, SchoolYear, Unit};

/// The maximum number of words in a finding.
pub(crate) const MOST_WORDS: usize = 14;

/// The maximum number of words in the line below it.
pub(crate) const MOST_WORDS_BELOW: usize = 20;

/// The peers, in words that a room understands.
pub(super) const LIKE_OURS: &str = "districts like ours";

/// The number of words in a text.
pub(crate) fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The first of several wordings that is short enough; `None` if none is.
pub(crate) fn first_short(wordings: Vec<String>, most_words: usize) -> Option<String> {
    wordings.into_iter().find(|wording| count_words(wording) <= most_words)
}

/// A change between two values that a chart shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawnChange {
    pub(crate) from: f64,
    pub(crate) from_year: SchoolYear,
    pub(crate) to: f64,
}

impl DrawnChange {
    /// The later value minus the earlier one.
    pub(crate) fn size(self) -> f64 {
        self.to - self.from
    }
}

/// How far a series has come back from its extreme.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CameBack {
    /// About to where it was.
    WhereItWas,
    /// By this share of the way, below 1.
    Part(f64),
    /// Beyond where it was.
    Beyond,
}

/// A turn that a chart shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawnTurn {
    /// The extreme.
    pub(crate) value: f64,
    pub(crate) year: SchoolYear,
    /// The extreme minus the first value.
    pub(crate) change: f64,
    pub(crate) back: CameBack,
}

/// How many peers are higher, or lower.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PeersOnOneSide {
    pub(crate) are_higher: bool,
    pub(crate) districts: usize,
    pub(crate) of: usize,
}

/// What a chart of one series can say about it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SeriesFact {
    /// It left the level that it had until the change's earlier year.
    Shifted(DrawnChange),
    /// It fell to a low and rose again, or rose to a high and fell again.
    Turned(DrawnTurn),
    /// It went one way over the years.
    Moved(DrawnChange),
    /// It differs from the base year; `as_in` is what changed in the same way, if all districts did.
    Since { change: DrawnChange, as_in: Option<AllDistricts> },
    /// It differs from the peers by so much.
    Apart(f64),
    /// It is higher, or lower, in this many of the peers.
    Ranked(PeersOnOneSide),
    /// The lowest and the highest value of the similar districts, where ours is about the same.
    PeerRange([f64; 2]),
    /// It is about the same as in the peers.
    Alike,
    /// It has hardly changed.
    Little(SchoolYear),
    /// It has changed in both directions.
    UpAndDown(SchoolYear),
    /// Its two ends, of too few years for more.
    Ends { change: DrawnChange, year: SchoolYear },
}

impl SeriesFact {
    /// How much it tells, from 0 for what tells most: what left its level, what moved, what differs from the peers, what is alike.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::Shifted(_) => 0,
            Self::Turned(_) | Self::Moved(_) => 1,
            Self::Since { .. } => 2,
            Self::Apart(_) | Self::Ranked(_) | Self::PeerRange(_) => 3,
            Self::Ends { .. } | Self::UpAndDown(_) => 4,
            Self::Alike => 5,
            Self::Little(_) => 6,
        }
    }

    /// The year that it counts from; `None` for the first year shown.
    pub(crate) const fn since(self) -> Option<SchoolYear> {
        match self {
            Self::Shifted(change) | Self::Since { change, .. } => Some(change.from_year),
            _ => None,
        }
    }
}

/// What a chart says, and the line below it.
#[derive(Debug, Clone)]
pub(crate) struct ChartText {
    pub(crate) finding: String,
    pub(crate) sub_line: String,
    /// How much it tells, from 0 for what tells most ([`SeriesFact::rank`]).
    pub(crate) rank: u8,
}

/// How the facts of a series are written.
#[derive(Debug)]
pub(crate) struct FindingSubject {
    /// What it is called (`Chronic absenteeism`).
    pub(crate) name: SentenceSubject,
    /// A grade or a subject alone, with a capital (`Grade 3 reading`). Empty where there is none.
    pub(crate) part: String,
    /// How we say that we have more or less of it, with `{amount}` (`We have {amount} students`).
    pub(crate) we: Option<String>,
    pub(crate) unit: Unit,
    /// Whether the values are in dollars of the latest year.
    pub(crate) is_after_inflation: bool,
    /// By how large a part of itself rounding may change a difference between two values.
    pub(crate) most_by_rounding: f64,
}

impl FindingSubject {
    /// A fact in the first of several wordings that is short enough: what we have, with its name, with its grade or subject,
    /// without either.
    pub(crate) fn say(&self, fact: SeriesFact) -> Option<String> {
        let mut wordings: Vec<String> = self.what_we_have(fact).into_iter().collect();
        wordings.push(self.with_name(fact));
        let alone = self.alone(fact);
        if !self.part.is_empty() {
            wordings.push(format!("{}: {alone}", self.part));
        }
        wordings.push(format!("{}: {alone}", self.name.words));
        wordings.push(capitalized(&alone));
        first_short(wordings, MOST_WORDS)
    }

    /// A fact with what it is about: for a chart that shows several measures. `None` if that is too long.
    pub(crate) fn say_named(&self, fact: SeriesFact) -> Option<String> {
        let wordings = self.what_we_have(fact).into_iter().chain([self.with_name(fact)]).collect();
        first_short(wordings, MOST_WORDS)
    }

    /// `We have 394 fewer students than in 2014-15`.
    fn what_we_have(&self, fact: SeriesFact) -> Option<String> {
        let we = self.we.as_deref()?;
        if matches!(fact, SeriesFact::Alike) {
            let as_much = if self.counts_pieces() { "about as many" } else { "about as much" };
            let place = if we.starts_with("We ") { "" } else { "in " };
            return Some(format!("{} as {place}{LIKE_OURS}", we.replace("{amount}", as_much)));
        }
        let (size, than) = match fact {
            SeriesFact::Moved(change) | SeriesFact::Since { change, as_in: None } => {
                (self.difference(change), format!("in {}{}", change.from_year, self.after_inflation()))
            }
            SeriesFact::Apart(difference) if we.starts_with("We ") => (difference, LIKE_OURS.to_owned()),
            SeriesFact::Apart(difference) => (difference, format!("in {LIKE_OURS}")),
            _ => return None,
        };
        Some(format!("{} than {than}", we.replace("{amount}", &self.amount(size))))
    }

    /// How far a series has moved, between the values that are shown.
    fn difference(&self, change: DrawnChange) -> f64 {
        self.unit.shown_difference(change.to, change.from)
    }

    /// `394 fewer`, `$1,204 more`.
    fn amount(&self, change: f64) -> String {
        let size = self.unit.format_stated_change(change);
        let more_or_less = match self.unit {
            _ if change > 0.0 => "more",
            _ if self.counts_pieces() => "fewer",
            _ => "less",
        };
        format!("{size} {more_or_less}")
    }

    const fn counts_pieces(&self) -> bool {
        matches!(self.unit, Unit::Count | Unit::Fte | Unit::Ratio | Unit::Per100)
    }

    /// `Chronic absenteeism is up 15 points since 2018-19`.
    fn with_name(&self, fact: SeriesFact) -> String {
        let name = &self.name.words;
        match fact {
            SeriesFact::Ranked(rank) => rank.sentence(&format!("{} {}", in_the_middle(name), self.is())),
            SeriesFact::PeerRange(ends) => self.peer_range(&format!(", {}", in_the_middle(name)), ends),
            SeriesFact::Shifted(_) | SeriesFact::Turned(_) | SeriesFact::Ends { .. } => {
                format!("{name} {}", self.rest(fact))
            }
            SeriesFact::Moved(_) | SeriesFact::Little(_) | SeriesFact::UpAndDown(_) => {
                format!("{name} {} {}", self.name.has(), self.rest(fact))
            }
            SeriesFact::Since { .. } | SeriesFact::Apart(_) | SeriesFact::Alike => {
                format!("{name} {} {}", self.is(), self.rest(fact))
            }
        }
    }

    /// The fact without its subject: `up 15 points since 2018-19`.
    fn alone(&self, fact: SeriesFact) -> String {
        match fact {
            SeriesFact::Ranked(rank) => rank.sentence("this is"),
            SeriesFact::PeerRange(ends) => self.peer_range(", this", ends),
            SeriesFact::Moved(change) => {
                let side = if change.size() < 0.0 { "down" } else { "up" };
                format!("{side} {}", self.ends_since(change))
            }
            SeriesFact::Little(since) => format!("little change since {since}{}", self.after_inflation()),
            SeriesFact::UpAndDown(since) => format!("up and down since {since}{}", self.after_inflation()),
            SeriesFact::Ends { change, year } => {
                let [from, to] = self.ends(change);
                format!("from {from} in {} to {to} in {year}", change.from_year)
            }
            fact => self.rest(fact),
        }
    }

    /// What follows the subject and its verb.
    fn rest(&self, fact: SeriesFact) -> String {
        match fact {
            SeriesFact::Shifted(change) => self.shifted(change),
            SeriesFact::Turned(turn) => self.turned(turn),
            SeriesFact::Moved(change) => {
                let verb = if change.size() < 0.0 { "fallen" } else { "risen" };
                format!("{verb} {}", self.ends_since(change))
            }
            SeriesFact::Since { change, as_in } => self.since(change, as_in),
            SeriesFact::Apart(difference) => {
                let side = if difference > 0.0 { "higher" } else { "lower" };
                format!("{} {side} than in {LIKE_OURS}", self.unit.format_stated_change(difference))
            }
            SeriesFact::Alike => format!("about the same as in {LIKE_OURS}"),
            SeriesFact::Little(since) => format!("changed little since {since}{}", self.after_inflation()),
            SeriesFact::UpAndDown(since) => {
                format!("gone up and down since {since}{}", self.after_inflation())
            }
            SeriesFact::Ends { change, year } => {
                let [from, to] = self.ends(change);
                format!("went from {from} in {} to {to} in {year}", change.from_year)
            }
            SeriesFact::Ranked(_) | SeriesFact::PeerRange(_) => String::new(),
        }
    }

    /// `fell from 31% to 15% after 2020-21`.
    fn shifted(&self, change: DrawnChange) -> String {
        let verb = verb_of(change.size());
        if self.is_after_inflation {
            return format!("{verb} {}", self.ends_since(change));
        }
        let [from, to] = self.ends(change);
        format!("{verb} from {from} to {to} after {}", change.from_year)
    }

    /// `fell to 91% in 2021-22 and is back where it was`.
    fn turned(&self, turn: DrawnTurn) -> String {
        let DrawnTurn { value, year, change, back } = turn;
        let (verb, undone) = if change < 0.0 {
            ("fell", "drop has been recovered")
        } else {
            ("rose", "rise has been reversed")
        };
        let value = self.unit.format_stated(value, change);
        let inflation = self.after_inflation();
        let end = match back {
            CameBack::WhereItWas if self.is_after_inflation && change < 0.0 => " and rose again".to_owned(),
            CameBack::WhereItWas if self.is_after_inflation => " and fell back".to_owned(),
            CameBack::WhereItWas => format!(" and {} back where {} was", self.is(), self.it()),
            CameBack::Beyond if change < 0.0 => format!(" and {} higher now than before", self.is()),
            CameBack::Beyond => format!(" and {} lower now than before", self.is()),
            CameBack::Part(share) => format!("; {} of the {undone}", share_in_words(share)),
        };
        format!("{verb} to {value} in {year}{end}{inflation}")
    }

    /// `from 12% to 27% since 2014-15`.
    fn ends_since(&self, change: DrawnChange) -> String {
        let [from, to] = self.ends(change);
        format!("from {from} to {to} since {}{}", change.from_year, self.after_inflation())
    }

    /// `up 15 points since 2018-19, as in the state`.
    fn since(&self, change: DrawnChange, as_in: Option<AllDistricts>) -> String {
        let side = if change.size() < 0.0 { "down" } else { "up" };
        let size = self.unit.format_stated_change(self.difference(change));
        let elsewhere = match as_in {
            Some(AllDistricts::OfState) => ", as in the state",
            Some(AllDistricts::OfData) => ", as in other districts",
            None => "",
        };
        format!("{side} {size} since {}{}{elsewhere}", change.from_year, self.after_inflation())
    }

    fn ends(&self, change: DrawnChange) -> [String; 2] {
        self.unit.format_stated_ends(change.from, change.to, self.most_by_rounding)
    }

    /// `In districts like ours, the average SAT score ranges from 921 to 1,003`.
    fn peer_range(&self, what: &str, ends: [f64; 2]) -> String {
        let [low, high] = ends.map(|end| self.unit.format(end));
        let ranges = if self.name.is_plural { "range" } else { "ranges" };
        format!("In {LIKE_OURS}{what} {ranges} from {low} to {high}")
    }

    pub(super) const fn is(&self) -> &'static str {
        if self.name.is_plural { "are" } else { "is" }
    }

    const fn it(&self) -> &'static str {
        if self.name.is_plural { "they" } else { "it" }
    }

    const fn after_inflation(&self) -> &'static str {
        if self.is_after_inflation { ", after inflation" } else { "" }
    }
}

impl PeersOnOneSide {
    /// `In eight of ten districts like ours, attendance is higher`.
    fn sentence(self, it_is: &str) -> String {
        let side = if self.are_higher { "higher" } else { "lower" };
        let some = if self.districts == self.of {
            format!("all {}", number(self.of))
        } else {
            format!("{} of {}", number(self.districts), number(self.of))
        };
        format!("In {some} {LIKE_OURS}, {it_is} {side}")
    }
}

/// A share of a whole, roughly.
fn share_in_words(share: f64) -> &'static str {
    match share {
        share if share < 0.29 => "a quarter",
        share if share < 0.42 => "a third",
        share if share < 0.58 => "half",
        share if share < 0.71 => "two-thirds",
        share if share < 0.84 => "three-quarters",
        _ => "nearly all",
    }
}

/// Numbers up to twelve in words.
pub(super) fn number(n: usize) -> String {
    match n {
        10 => "ten".to_owned(),
        11 => "eleven".to_owned(),
        12 => "twelve".to_owned(),
        n => in_words(n),
    }
}
