//! Titles that name a measure and more: "Students Transported" is not about all students, and "Teacher Vacancies" not about
//! teachers. What such a title says is an indicator of its own, or a question.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::head_counts::share_of_heads;
use super::matching::spelling_in_title;
use super::narrowed_table::{TextsAround, names_past, names_projections};
use super::spelling::Spelling;
use super::vocabulary::Vocabulary;
use super::whole_table::may_be_of_a_subject;
use crate::catalog::Measure;
use crate::domain::{ALL, Unit};
use crate::wording::survey_columns as wording;

/// What separates the parts of a title: words of another part do not narrow a measure.
const SEPARATORS: [&str; 16] =
    [" - ", " – ", " — ", " › ", "|", ":", ";", ",", "(", ")", "/", "_", ". ", " & ", " and ", " vs"];

/// In a part of a title with more words than this, only listed words narrow a measure.
const LONGEST_TITLE: usize = 7;

/// A text around a table that names a measure.
#[derive(Clone, Copy)]
pub(super) struct NamingTitle<'a> {
    pub(super) measure: &'a Measure,
    pub(super) title: &'a String,
    spelling: &'a Spelling<'a>,
    /// Whether any word beside those of the measure may narrow it, as in a title above the table. The name of a sheet or a file
    /// may have any other word.
    any_word_narrows: bool,
}

impl<'a> ColumnClassifier<'a> {
    /// The first text around the table that names a measure, with more words or without.
    pub(super) fn naming_title(&self) -> Option<NamingTitle<'a>> {
        let vocabulary = self.vocabulary;
        let mut texts = self.context.iter().enumerate();
        texts.find_map(|(position, title)| {
            if vocabulary.names_share_at_rank(title) {
                return None;
            }
            let any_word_narrows = position < self.titles;
            let spelling = spelling_in_title(vocabulary, title)?;
            let measure = vocabulary.catalog.measures.get(spelling.measure)?;
            Some(NamingTitle { measure, title, spelling, any_word_narrows })
        })
    }

    /// The same, if its other words narrow the measure. The file with projections also has the sheet "Actual".
    pub(super) fn narrowed_title(&self) -> Option<NamingTitle<'a>> {
        self.naming_title().filter(|naming| self.is_narrowed(naming))
    }

    /// Whether the other words of a title narrow the measure that it names.
    pub(super) fn is_narrowed(&self, naming: &NamingTitle<'_>) -> bool {
        let words = &self.vocabulary.catalog.synonyms.whom.narrows;
        let around = TextsAround { texts: self.context, titles: self.titles };
        let is_past = names_projections(naming.title, words) && around.are_past(words);
        !is_past && self.vocabulary.narrows(naming)
    }

    /// Asks about columns whose names say no more than the measure that the title narrows.
    pub(super) fn question_narrowed(&mut self) {
        let Some(narrowed) = self.narrowed_title() else { return };
        let by_known_words = NamingTitle { any_word_narrows: false, ..narrowed };
        let is_surely_narrowed = self.vocabulary.narrows(&by_known_words);
        let share = share_of_heads(self.vocabulary.catalog, narrowed.measure);
        let words = &self.vocabulary.catalog.synonyms.whom.narrows;
        let has_projections = names_projections(narrowed.title, words);
        for index in self.indexes() {
            let column = self.column(index);
            let Some(held) = column.measure() else { continue };
            // The name of a student group says whom the title is about, and "Actual Enrollment" is beside projections.
            let is_explained = held.group != ALL && !is_surely_narrowed
                || has_projections && names_past(&column.name, words);
            if is_explained {
                continue;
            }
            let Some(measure) = self.measure_of(held) else { continue };
            let is_concerned =
                measure.id == narrowed.measure.id || share.is_some_and(|share| share.id == measure.id);
            let is_told_by_itself = !is_surely_narrowed && self.has_whole_name(index, measure);
            if is_concerned && !is_told_by_itself && self.says_no_more_than(index, narrowed.title) {
                let why = wording::narrowed(narrowed.title, &narrowed.measure.label);
                self.question(index, Some(measure.id.clone()), why);
            }
        }
    }

    /// Whether the name of a column is a whole name of its measure, which no unknown word of a title changes. Of a number of people,
    /// any word may say that only some are counted.
    fn has_whole_name(&self, index: ColumnIndex, measure: &Measure) -> bool {
        let words = &self.column(index).parsed.words;
        let harmless = &self.vocabulary.catalog.synonyms.left_over.harmless;
        !matches!(measure.unit, Unit::Count | Unit::Fte)
            && self.vocabulary.spellings.iter().any(|spelling| {
                spelling.measure == measure.id
                    && !spelling.needs_group
                    && spelling.words.iter().all(|word| words.contains(word))
                    && words.iter().all(|word| spelling.words.contains(word) || harmless.contains(word))
            })
    }

    /// Asks about columns that have a measure by a short name, where a title has the whole name of another: "Expenditures" below
    /// "Special Education Expenditures".
    pub(super) fn question_short_names(&mut self) {
        let Some(naming) = self.naming_title() else { return };
        let is_own = self.measures().any(|held| held.measure.as_ref() == Some(&naming.measure.id));
        let phrase = format!(" {} ", naming.spelling.words.join(" "));
        let words = format!(" {} ", self.vocabulary.joined_words(naming.title));
        if is_own || !words.contains(&phrase) {
            return;
        }
        let harmless = &self.vocabulary.catalog.synonyms.left_over.harmless;
        for index in self.indexes() {
            let column = self.column(index);
            let Some(held) = column.measure().filter(|held| held.group == ALL) else { continue };
            let of_same_unit = self.measure_of(held).is_some_and(|known| known.unit == naming.measure.unit);
            let mut telling = column.parsed.words.iter().filter(|word| !harmless.contains(word)).peekable();
            let is_short =
                telling.peek().is_some() && telling.all(|word| naming.spelling.words.contains(word));
            if of_same_unit && is_short {
                let why = wording::short_name(naming.title, &naming.measure.label);
                self.question(index, Some(naming.measure.id.clone()), why);
            }
        }
    }

    /// Whether all words in the name of a column are in a title, or insignificant.
    fn says_no_more_than(&self, index: ColumnIndex, title: &str) -> bool {
        let left_over = &self.vocabulary.catalog.synonyms.left_over;
        let titled = self.vocabulary.words(title);
        self.column(index).parsed.words.iter().all(|word| {
            let lists = [&left_over.harmless, &left_over.number, &left_over.percent];
            titled.contains(word) || lists.iter().any(|list| list.contains(word))
        })
    }
}

impl Vocabulary<'_> {
    /// Whether a title has words beside those of the measure that it names that make it about something else.
    fn narrows(&self, naming: &NamingTitle<'_>) -> bool {
        let mut parts = vec![naming.title.clone()];
        if let Some(district) = self.district_in(naming.title) {
            parts = vec![naming.title.replace(&district, " , ")];
        }
        for separator in SEPARATORS {
            parts = parts.iter().flat_map(|part| part.split(separator)).map(str::to_owned).collect();
        }
        parts.iter().any(|part| self.narrows_in(part, naming))
    }

    fn narrows_in(&self, part: &str, naming: &NamingTitle<'_>) -> bool {
        let cuts = &self.catalog.synonyms.whole_table.cuts;
        let texts: Vec<&str> =
            part.split_whitespace().take_while(|text| !cuts.contains(&text.to_lowercase())).collect();
        let place = self.place_in(&texts, naming);
        let (before, after) = texts.split_at(place.unwrap_or(texts.len()));
        let words = self.parse_name(&before.join(" ")).words;
        let Some(last) = words.iter().rposition(|word| naming.spelling.words.contains(word)) else {
            return false;
        };
        let has_all = naming.spelling.words.iter().all(|word| words.contains(word));
        let of_places = self.parse_name(&after.join(" ")).words;
        // Words next to results are often the names of tests, and a long text is a note.
        let is_of_test = may_be_of_a_subject(naming.measure, self);
        let is_short = texts.len() <= LONGEST_TITLE;
        let is_narrowed = words.iter().enumerate().any(|(position, word)| {
            let may_narrow = if naming.any_word_narrows { is_short } else { self.own.is_known(word) };
            let is_after = position > last && !is_of_test && may_narrow;
            (self.own.narrows(word) || is_after) && !self.says_nothing(word, naming)
        });
        let is_of_others = of_places.iter().any(|word| {
            (self.own.narrows(word) || self.own.is_known(word)) && !self.says_nothing(word, naming)
        });
        has_all && (is_narrowed || is_of_others)
    }

    /// Where the name of a place may begin, after all words of a measure that says more than whom it counts.
    fn place_in(&self, texts: &[&str], naming: &NamingTitle<'_>) -> Option<usize> {
        let harmless = &self.catalog.synonyms.left_over.harmless;
        if naming.spelling.words.iter().all(|word| harmless.contains(word)) {
            return None;
        }
        (0..texts.len()).find(|position| {
            let before = self.words(&texts[..*position].join(" "));
            self.catalog.synonyms.whole_table.before_places.contains(&texts[*position].to_lowercase())
                && naming.spelling.words.iter().all(|word| before.contains(word))
        })
    }

    /// Whether a word of a title does not change what its measure is about.
    fn says_nothing(&self, word: &String, naming: &NamingTitle<'_>) -> bool {
        let titled = self.parse_name(naming.title);
        let is_of_group = titled.group.is_some();
        let synonyms = &self.catalog.synonyms;
        let (left_over, editions) = (&synonyms.left_over, &synonyms.editions);
        let lists = [
            &left_over.harmless,
            &left_over.percent,
            &left_over.number,
            &left_over.money,
            &left_over.thousands,
            &left_over.millions,
            &editions.preliminary,
            &editions.revised,
            &synonyms.whole_table.places,
        ];
        word.len() == 1
            || word.bytes().any(|byte| byte.is_ascii_digit())
            || lists.iter().any(|list| list.contains(word))
            || self.own.is_neutral(word)
            || is_of_group && (self.own.belongs_to_groups(word) || !titled.words.contains(word))
            || naming.measure.unit == Unit::Fte && self.own.is_neutral_of_staff(word)
            || self.is_in_name_of_state(word)
            || self
                .spellings
                .iter()
                .any(|spelling| spelling.measure == naming.measure.id && spelling.words.contains(word))
    }

    fn is_in_name_of_state(&self, word: &str) -> bool {
        self.catalog.states.all.iter().any(|state| {
            state.code.eq_ignore_ascii_case(word)
                || state.name.split(' ').any(|part| part.eq_ignore_ascii_case(word))
        })
    }
}
