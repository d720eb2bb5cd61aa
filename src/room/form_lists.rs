//! Answers to questions of a form without the number of an item: lists of items, and what is said of each.

use super::answer::Said;
use super::answer_words::{is_bare_answer, is_empty_talk, is_nothing_in, new_quadrant, objection};
use super::ballot_sheet::BallotContext;
use super::form::FormReading;
use super::form_question::NamedFor;
use super::item_statements::{ItemStatement, ItemStatements};
use super::named_items::{NamedItems, mentions};
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::{ItemNumber, Quadrant};
use crate::form_export::{Typed, plain};
use crate::wording::room as wording;

impl FormReading<'_> {
    /// An answer that names items.
    pub(super) fn naming_items(&mut self, cell: &Typed, asked: NamedFor) {
        match asked {
            NamedFor::Dots | NamedFor::Keep | NamedFor::Drop => self.list(cell, asked),
            NamedFor::Objection | NamedFor::Reword | NamedFor::Move | NamedFor::Note => {
                self.statements(cell, asked);
            }
        }
    }

    /// A list of items: each gets dots, stays, or goes.
    fn list(&mut self, cell: &Typed, asked: NamedFor) {
        let BallotContext { board, draft, spec } = self.context;
        let named = NamedItems::read(&cell.text, spec, &|number| {
            board.of_number(number, draft).map(|item| item.statement.clone()).unwrap_or_default()
        });
        if named.items.is_empty() {
            return self.without_item(cell, &cell.text, asked);
        }
        let is_unclear =
            if asked == NamedFor::Dots { named.has_unclear_dots } else { named.has_unclear_items };
        if is_unclear {
            return self.unclear(cell, asked);
        }
        for item in &named.items {
            let label = self.label(item.number, cell);
            let said = match asked {
                NamedFor::Dots => Said::Vote(item.dots),
                NamedFor::Drop => Said::Drop,
                _ => Said::Keep,
            };
            self.say(&label, said, cell);
        }
        if !named.rest.is_empty() {
            if lists_other_things(&cell.text, &named.rest, spec) {
                let problem = Diagnostic::ballot_cell_elsewhere(cell.place.clone(), wording::PART_NO_NUMBER);
                self.problems.push(problem);
            }
            self.say("", Said::Comment(cell.text.clone()), cell);
        }
    }

    /// An answer that says something of items: an objection, other words, another quadrant, or a comment.
    fn statements(&mut self, cell: &Typed, asked: NamedFor) {
        let BallotContext { board, draft, spec } = self.context;
        let read = ItemStatements::read(&cell.text, asked == NamedFor::Move, spec, &|number| {
            board.of_number(number, draft).map(|item| item.statement.clone()).unwrap_or_default()
        });
        let is_about_items = read.said.iter().all(|said| said.lead.is_empty()) && read.rest.is_empty();
        if asked == NamedFor::Note && (read.is_unclear || read.said.is_empty() || !is_about_items) {
            return self.say("", Said::Comment(cell.text.clone()), cell);
        }
        if read.is_unclear {
            return self.unclear(cell, asked);
        }
        for said in &read.said {
            for number in &said.numbers {
                self.statement(cell, *number, said, asked);
            }
        }
        for rest in &read.rest {
            self.without_item(cell, rest, asked);
        }
    }

    /// What an answer says of one item.
    fn statement(&mut self, cell: &Typed, number: ItemNumber, of: &ItemStatement, asked: NamedFor) {
        let spec = self.context.spec;
        let label = self.label(number, cell);
        let words = if of.lead.is_empty() && !of.after.is_empty() { &of.after } else { &of.whole };
        let said = match asked {
            NamedFor::Objection if of.lead.is_empty() && of.after.is_empty() => {
                Some(Said::Object(of.whole.clone()))
            }
            NamedFor::Objection => objection(words, spec),
            NamedFor::Note => Some(Said::Comment(words.clone())),
            NamedFor::Reword => new_words(of, spec).map(Said::Reword),
            _ => quadrant_of(of, spec).map(Said::Move),
        };
        if let Some(said) = said {
            return self.say(&label, said, cell);
        }
        if asked != NamedFor::Objection {
            let why = if asked == NamedFor::Reword { wording::NO_NEW_WORDS } else { wording::NO_QUADRANT };
            self.problems.push(Diagnostic::ballot_cell_elsewhere(cell.place.clone(), why));
            self.say(&label, Said::Comment(of.whole.clone()), cell);
        }
    }

    /// A text that names no item where items are asked for.
    fn without_item(&mut self, cell: &Typed, text: &str, asked: NamedFor) {
        let spec = self.context.spec;
        let says_nothing = is_nothing_in(asked.column(), text, spec) || is_empty_talk(text, spec);
        if !says_nothing {
            let problem = Diagnostic::ballot_cell_elsewhere(cell.place.clone(), wording::NO_NUMBER);
            self.problems.push(problem);
        }
        self.say("", Said::Comment(text.to_owned()), cell);
    }

    /// An answer that can be read in several ways.
    fn unclear(&mut self, cell: &Typed, asked: NamedFor) {
        let is_of_dots = asked == NamedFor::Dots;
        self.problems.push(Diagnostic::form_list_unclear(cell.place.clone(), is_of_dots));
        self.say("", Said::Comment(cell.text.clone()), cell);
    }
}

impl NamedFor {
    /// The column of a ballot for what is asked.
    const fn column(self) -> BallotColumn {
        match self {
            Self::Dots => BallotColumn::Dots,
            Self::Keep | Self::Drop => BallotColumn::Own,
            Self::Objection => BallotColumn::Objection,
            Self::Reword => BallotColumn::Reworded,
            Self::Move => BallotColumn::MoveTo,
            Self::Note => BallotColumn::Note,
        }
    }
}

/// Whether a part of a list is something without the number of an item ("W1, late buses"), which may be a new item. Words in
/// parentheses, reasons ("because …"), and sentences ("it matters") say something of the items. So do all parts if words stand beside a
/// number ("W3 Absenteeism, highest in the state"), as in an option of the form.
fn lists_other_things(text: &str, rest: &[String], spec: &RoomSpec) -> bool {
    let parts = text.split([',', ';']).filter(|part| mentions(part).is_empty()).map(plain);
    let parts: Vec<String> = parts.filter(|part| part.contains(char::is_alphabetic)).collect();
    let mut words = rest.iter().map(|rest| plain(rest));
    let are_apart = words.all(|words| parts.iter().any(|part| part.contains(&words)));
    are_apart && !text.contains(['(', ')']) && parts.iter().any(|part| is_other_thing(part, spec))
}

/// Whether words are neither a reason, nor a sentence about what is before them, nor polite ("thanks").
fn is_other_thing(words: &str, spec: &RoomSpec) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    let mut beginnings = spec.answers.before_reason.iter().chain(&spec.similar.small);
    let is_polite = words.split(' ').all(|word| spec.empty_words.others.iter().any(|other| other == word));
    !beginnings.any(|beginning| beginning == first) && !is_polite && !is_empty_talk(words, spec)
}

/// The new words of one item; `None` if there are none, or if they are for several items.
fn new_words(of: &ItemStatement, spec: &RoomSpec) -> Option<String> {
    let are_for_it = of.numbers.len() == 1 && of.lead.is_empty() && !of.after.is_empty();
    let are_words = are_for_it
        && !is_bare_answer(&of.after, spec)
        && !is_nothing_in(BallotColumn::Reworded, &of.after, spec);
    are_words.then(|| of.after.clone())
}

/// Where items move: the quadrant that their words name, or that stands before them ("to threats: W3, W4").
fn quadrant_of(of: &ItemStatement, spec: &RoomSpec) -> Option<Quadrant> {
    let named = [&of.after, &of.lead].map(|words| quadrant_in(words, spec));
    match named {
        [Some(after), Some(lead)] => (after == lead).then_some(after),
        [after, lead] => after.or(lead),
    }
}

/// The one quadrant that words name, or the one after the last "to"; `None` if there is none, or if they leave it open.
fn quadrant_in(words: &str, spec: &RoomSpec) -> Option<Quadrant> {
    let known = plain(words);
    let is_doubted = words.contains('?')
        || known.split(' ').any(|word| spec.lists.doubts.iter().any(|doubt| doubt == word));
    if is_doubted {
        return None;
    }
    let after_to = known.rsplit_once(" to ").map(|(_, to)| to);
    let named: Vec<Quadrant> =
        known.split(' ').filter(|word| word.len() > 1).filter_map(|word| spec.quadrant(word)).collect();
    let is_one = named.windows(2).all(|pair| pair[0] == pair[1]);
    let only = named.first().copied().filter(|_| is_one);
    new_quadrant(words, spec).or_else(|| new_quadrant(after_to?, spec)).or(only)
}
