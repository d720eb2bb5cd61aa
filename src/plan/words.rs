//! What a goal says, in words.

use super::check::{CheckedGoal, GainVerdict, NoVerdict};
use super::scorecard::GoalStatus;
use crate::catalog::PlanColumn;
use crate::wording::plan::{self as wording, GoalWords};
use crate::wording::plan_pages as pages;

impl CheckedGoal {
    /// The goal as one sentence: population, measure, from, to, by. `None` without an indicator or a last target.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let (row, baseline) = self.row.as_ref().zip(self.baseline.as_ref())?;
        let (_, target) = self.last_target()?;
        let [from, to] = [baseline.value, target].map(|value| row.unit.format(value));
        let words = GoalWords {
            subject: &row.sentence,
            rises: target > baseline.value,
            from: &from,
            from_year: &baseline.year.to_string(),
            to: &to,
            until: &self.until(&self.deadline.in_words()),
        };
        Some(if from == to { wording::goal_holds(&words) } else { wording::goal_sentence(&words) })
    }

    /// When it is to be reached: by this deadline, or the end of the last target's year if nothing, another year, or nothing clear
    /// was typed.
    fn until(&self, deadline: &str) -> String {
        let is_of_target = self.deadline.year.is_some() && self.deadline.year == self.until;
        let end = self.until.map(|year| wording::end_of(&year.to_string()));
        if is_of_target { deadline.to_owned() } else { end.unwrap_or_default() }
    }

    /// The same for other programs, with the deadline as it was typed.
    #[must_use]
    pub fn due(&self) -> String {
        let typed = self.typed.text(PlanColumn::Deadline).trim();
        if self.deadline.is_unclear() { typed.to_owned() } else { self.until(&self.deadline.text) }
    }

    /// The same for people; what is not clear stays as it was typed.
    #[must_use]
    pub fn due_in_words(&self) -> String {
        if self.deadline.is_unclear() { self.due() } else { self.until(&self.deadline.in_words()) }
    }

    /// What people have to do before the goal can be said in a sentence; empty if nothing.
    #[must_use]
    pub fn to_do(&self) -> &'static str {
        match self.unchecked {
            Some(NoVerdict::NoIndicator) => pages::CHOOSE_INDICATOR,
            Some(NoVerdict::NoTarget) => pages::SET_TARGET,
            Some(NoVerdict::UnreadTarget) => pages::CORRECT_TARGET,
            Some(NoVerdict::TooFew | NoVerdict::TooFar) | None => "",
        }
    }

    /// How much the goal asks for, in a word, or why that is not known.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        match (&self.asked, self.unchecked) {
            (Some(asked), _) => asked.verdict.map_or_else(NoVerdict::word, GainVerdict::word),
            (None, why) => why.map_or("", NoVerdict::word),
        }
    }

    /// How many similar districts did as much; empty if that is not known.
    #[must_use]
    pub fn did_it(&self) -> String {
        let asked = self.asked.as_ref();
        let did = asked.and_then(|asked| Some((asked.did?, asked.span)));
        did.map(|(found, span)| wording::did_it(found.did, found.of, span)).unwrap_or_default()
    }

    /// How far, and in which direction, the newest value has to go, in the unit of its indicator; empty without one.
    #[must_use]
    pub fn gain(&self) -> String {
        let target = self.last_target().filter(|_| self.asked.is_some());
        let Some((row, (_, target))) = self.row.as_ref().zip(target) else { return String::new() };
        let change = target - row.baseline.value;
        if change == 0.0 {
            return wording::NO_WAY_TO_GO.to_owned();
        }
        wording::way_to_go(change > 0.0, &row.unit.format_change(change))
    }
}

impl GainVerdict {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Worse => wording::WORSE,
            Self::WithinNoise => wording::WITHIN_NOISE,
            Self::Typical => wording::TYPICAL,
            Self::Ambitious => wording::AMBITIOUS,
            Self::Exceptional => wording::EXCEPTIONAL,
            Self::NeverSeen => wording::NEVER_SEEN,
        }
    }
}

impl NoVerdict {
    /// Why there is no verdict.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoTarget => wording::NO_TARGET,
            Self::UnreadTarget => wording::UNREAD_TARGET,
            Self::NoIndicator => wording::NO_INDICATOR,
            Self::TooFew => wording::TOO_FEW,
            Self::TooFar => wording::TOO_FAR,
        }
    }
}

impl GoalStatus {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => wording::MET,
            Self::OnTrack => wording::ON_TRACK,
            Self::Approaching => wording::APPROACHING,
            Self::Stagnant => wording::STAGNANT,
            Self::OffTrack => wording::OFF_TRACK,
            Self::NoNewYear => wording::NO_NEW_YEAR,
            Self::NotMeasured => wording::NOT_MEASURED,
            Self::NotComparable => wording::NOT_COMPARABLE,
        }
    }

    /// Its word with its sign.
    #[must_use]
    pub fn label(self) -> String {
        wording::with_sign(self.sign(), self.word())
    }
}
