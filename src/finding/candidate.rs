//! Findings: SWOT candidates with their evidence.

use serde::Serialize;

use crate::domain::{ItemNumber, MeasureKey, Quadrant, SchoolYear, Unit};

/// The candidates of one district, ranked: by quadrant, tentative ones last, then by score, highest first, ties by id.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The candidates.
    pub all: Vec<Finding>,
    /// For a district with few candidates: its largest changes, then its largest differences from the state, as sentences
    /// without judgment.
    pub worth_noticing: Vec<String>,
}

impl Findings {
    /// The candidates of one quadrant, highest score first.
    pub fn of(&self, quadrant: Quadrant) -> impl Iterator<Item = &Finding> {
        self.all.iter().filter(move |finding| finding.quadrant == quadrant)
    }
}

/// How sure a candidate is (`methods.md` 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A clear result, confirmed by a second, different line of evidence.
    Strong,
    /// A clear result.
    Moderate,
    /// Meets the rule's thresholds, nothing more.
    Tentative,
}

impl Confidence {
    /// The id used in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Moderate => "moderate",
            Self::Tentative => "tentative",
        }
    }
}

/// One SWOT candidate.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Stable id: `RULE.KEY-SLUG`.
    pub id: String,
    /// Its number, by which people call it: those that are shown come first in their quadrant, then the others.
    pub number: ItemNumber,
    /// The proposed quadrant; users may move it.
    pub quadrant: Quadrant,
    /// One sentence, at most 25 words: what, when, compared with what, since when.
    pub statement: String,
    /// What it is about and says, in few words and without numbers: `Proficiency, mathematics: higher than in most districts`.
    pub brief: String,
    /// What it is based on, in at most 30 words: the people and the file.
    pub evidence_line: String,
    /// The first thing that speaks against it, or limits it; empty where nothing does.
    pub doubt_line: String,
    /// A question for the room to discuss.
    pub question: String,
    /// Domain id.
    pub domain: String,
    /// What it is about.
    pub key: MeasureKey,
    /// Latest value, exact.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// Its year.
    pub year: SchoolYear,
    /// The comparison in words (`higher than in 9 of 10 peer districts (peer median 17.5%)`), or empty.
    pub comparison: String,
    /// The trend in words, or empty.
    pub trend: String,
    /// How sure.
    pub confidence: Confidence,
    /// Rank score.
    pub score: f64,
    /// Rule id.
    pub rule: String,
    /// Evidence for it: every condition of the rule with its fact's value, and the cells behind them.
    pub evidence: Vec<Evidence>,
    /// Evidence against it, and what limits it.
    pub counter_evidence: Vec<Evidence>,
    /// The ids of the candidates that say the same and were folded into it.
    pub absorbed: Vec<String>,
    /// The story that it tells: the catalog's, or its measure's id.
    pub story: String,
    /// Whether it is one of the few that are shown for its quadrant; the others are listed after them.
    pub is_shown: bool,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// In plain words, with the numbers.
    pub text: String,
    /// The cells behind it (`file › sheet › cell`), at most a dozen.
    pub sources: Vec<String>,
}
