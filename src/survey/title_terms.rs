//! The student group, grade and subject that the text around a table names.

use super::tokens::{has_phrase, take_term, tokenize};
use super::vocabulary::Vocabulary;
use crate::catalog::PhrasedSubject;
use crate::domain::ALL;

/// The highest grade.
const LAST_GRADE: u8 = 12;

/// What a title, or a sheet or file name, says of the students in the table below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TitleTerms {
    /// The only group that it names; `None` if it names none, several, or compares groups.
    pub(super) group: Option<String>,
    /// The only grade, or range of grades.
    pub(super) grade: Option<String>,
    /// Whether it names several grades that are not a range (`grades 4 and 8`).
    pub(super) has_grades_apart: bool,
    /// The only subject.
    pub(super) subject: Option<String>,
    /// Whether it leaves the group out (`without`), so that the rows are about all others.
    pub(super) leaves_out: bool,
}

impl Vocabulary<'_> {
    /// The group, grade and subject that a title is about.
    pub(super) fn title_terms(&self, title: &str) -> TitleTerms {
        let words = &self.catalog.synonyms.whole_table;
        let (mut parsed, mut rest) = self.take_year_and_grade(title);
        if parsed.grade.is_none() && rest.contains('_') {
            (parsed, rest) = self.take_year_and_grade(&without_underscores(&rest));
        }
        let mut tokens = tokenize(&rest);
        if let Some(cut) = tokens.iter().position(|token| words.cuts.contains(token)) {
            tokens.truncate(cut);
        }
        let groups = &self.catalog.groups;
        let group = self.take_only_term(&mut tokens, |term| groups.group_id(term), title);
        let subject = self.take_only_term(&mut tokens, |term| groups.subject_id(term), title);
        let is_list = tokens.iter().any(|token| words.lists.contains(token));
        let is_range_of_all =
            |grade: &String| grade.ends_with("-12") && !grade.starts_with(|c: char| c.is_ascii_digit());
        let named = parsed.grade.is_some();
        let is_listed = is_followed_by_list(&rest);
        let grade = parsed.grade.and_then(|first| with_grades_after(first, &tokens, is_listed));
        TitleTerms {
            has_grades_apart: named && grade.is_none(),
            leaves_out: group.is_some() && tokens.iter().any(|token| words.leaves_out.contains(token)),
            group: group.filter(|_| !is_list),
            grade: grade.filter(|grade| grade != ALL && !is_range_of_all(grade) && !is_list),
            subject: subject.filter(|_| !is_list),
        }
    }

    /// Removes the terms of one kind from `tokens`; returns the only one that is not for everybody.
    fn take_only_term<'a>(
        &self,
        tokens: &mut Vec<String>,
        find_id: impl Fn(&str) -> Option<&'a str>,
        title: &str,
    ) -> Option<String> {
        let mut found: Option<String> = None;
        let mut are_several = false;
        let whole = TitleTokens::new(tokens, self.district_in(&title.replace('_', " ")).as_deref());
        while let Some(id) =
            take_term(tokens, |term| find_id(term).filter(|_| self.is_term_in(term, &whole, title)))
        {
            if id != ALL && found.as_ref().is_some_and(|first| *first != id) {
                are_several = true;
            } else if id != ALL {
                found = Some(id);
            }
        }
        found.filter(|id| !are_several && !self.is_part_of_measure(id, title))
    }

    /// Whether a term means a group or a subject where it stands, and not a place that is called like one.
    fn is_term_in(&self, term: &str, whole: &TitleTokens, title: &str) -> bool {
        let words = &self.catalog.synonyms.whole_table;
        // A file may be called "F 2024", or be that of district 504.
        if term.len() == 1 || term.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        if let Some(phrased) = words.in_phrases.iter().find(|phrased| phrased.name == term) {
            return whole.has_in_place(phrased);
        }
        if !words.place_names.iter().any(|name| name == term) {
            return true;
        }
        let length = term.split(' ').count();
        let Some(start) = whole.position_of(term, length) else { return false };
        let is_place = whole.tokens.get(start + length).is_some_and(|next| words.places.contains(next));
        let rest = whole.tokens[..start].iter().chain(&whole.tokens[start + length..]);
        !is_place && (self.are_known(rest) || self.follows_grade(term, title))
    }

    /// Whether a term stands right after a grade: "Grade 3 Reading Guarantee".
    fn follows_grade(&self, term: &str, title: &str) -> bool {
        let spaced = without_underscores(title);
        let Some((_, span)) = self.find_grade(&spaced) else { return false };
        let after = tokenize(spaced.get(span.end..).unwrap_or_default());
        let length = term.split(' ').count();
        after.get(..length).is_some_and(|words| words.join(" ") == term)
    }

    /// Whether all tokens are words that the catalog knows, or numbers.
    fn are_known<'t>(&self, tokens: impl Iterator<Item = &'t String>) -> bool {
        // The name of a test may look like a plural: "mcas".
        let tokens: Vec<String> = tokens
            .filter(|token| !token.bytes().all(|b| b.is_ascii_digit()) && !self.index.is_real(token))
            .cloned()
            .collect();
        self.canonical_words(&tokens).iter().all(|word| self.index.is_real(word))
    }

    /// Whether the words for a group belong to a measure's name that the title has: "Special Education Expenditure".
    fn is_part_of_measure(&self, id: &str, title: &str) -> bool {
        let words = self.words(title);
        let group = self.catalog.groups.group(id);
        let names = group.into_iter().flat_map(|group| group.also.iter().chain([&group.label, &group.id]));
        let terms: Vec<Vec<String>> = names.map(|name| self.words(name)).collect();
        let mut spellings = self.spellings.iter().filter(|spelling| {
            !spelling.needs_group
                && spelling.words.len() > 1
                && spelling.words.iter().all(|word| words.contains(word))
        });
        spellings.any(|spelling| {
            let has = |term: &Vec<String>| {
                !term.is_empty() && term.iter().all(|word| spelling.words.contains(word))
            };
            terms.iter().any(has)
        })
    }
}

/// The tokens of a title without those of the district that it names, whose name may have the words of a group or subject.
struct TitleTokens {
    tokens: Vec<String>,
}

impl TitleTokens {
    fn new(tokens: &[String], district: Option<&str>) -> Self {
        let name = district.map(tokenize).unwrap_or_default();
        let mut tokens = tokens.to_vec();
        let start = (0..tokens.len()).find(|start| !name.is_empty() && tokens[*start..].starts_with(&name));
        if let Some(start) = start {
            tokens.drain(start..start + name.len());
        }
        Self { tokens }
    }

    /// Whether a name that mostly means something else is a subject here.
    fn has_in_place(&self, phrased: &PhrasedSubject) -> bool {
        let is_first = self.tokens.first() == Some(&phrased.name)
            && self.tokens.get(1).is_some_and(|next| phrased.first_before.contains(next));
        is_first || has_phrase(&self.tokens.join(" "), &phrased.phrases)
    }

    /// Where a term of this many tokens stands.
    fn position_of(&self, term: &str, length: usize) -> Option<usize> {
        let mut starts = 0..(self.tokens.len() + 1).saturating_sub(length);
        starts.find(|start| self.tokens[*start..start + length].join(" ") == term)
    }
}

/// The name of a file with spaces instead of underscores, and hyphens instead of those between digits: `grade_3_reading`,
/// `grades_3_8`.
fn without_underscores(name: &str) -> String {
    let mut spaced = String::new();
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let is_after_digit = spaced.ends_with(|last: char| last.is_ascii_digit());
        let is_between = is_after_digit && rest.peek().is_some_and(char::is_ascii_digit);
        spaced.push(match c {
            '_' if is_between => '-',
            '_' => ' ',
            other => other,
        });
    }
    spaced
}

/// Whether a list goes on after the place of the first grade: "Grade: 9, 10, 11".
fn is_followed_by_list(rest: &str) -> bool {
    let after = rest.split_once(" › ").and_then(|(_, after)| after.trim_start().strip_prefix(','));
    after.is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The first grade of a title with those that a list or `and` joins to it, as a range (`grades 11 and 12`). `None` if they are
/// not next to each other.
fn with_grades_after(first: String, tokens: &[String], is_listed: bool) -> Option<String> {
    let numbers =
        tokens.iter().filter_map(|token| token.parse::<u8>().ok()).filter(|number| *number <= LAST_GRADE);
    let others: Vec<u8> = numbers.collect();
    if others.is_empty() || !is_listed && !tokens.iter().any(|token| token == "and") {
        return Some(first);
    }
    let mut last = first.parse::<u8>().ok()?;
    for next in others {
        last = Some(next).filter(|next| *next == last + 1)?;
    }
    Some(format!("{first}-{last:02}"))
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::survey::vocabulary::Vocabulary;

    #[test]
    fn a_title_is_about_one_group_only_if_it_says_so() {
        let catalog = Catalog::embedded().unwrap();
        let vocabulary = Vocabulary::new(&catalog).unwrap();
        let group = |title: &str| vocabulary.title_terms(title).group;
        for (title, id) in [
            ("ohio-lep", "english-learners"),
            ("mcas_math_el", "english-learners"),
            ("limited_english_proficient_enrollment", "english-learners"),
            ("Enrollment of White Students 2023-24", "white"),
            ("Students with Disabilities: Graduation Rate", "students-with-disabilities"),
            ("Special education enrollment by race", "students-with-disabilities"),
            ("Alder School District - White", "white"),
            ("Alder School District_White students", "white"),
        ] {
            assert_eq!(group(title).as_deref(), Some(id), "{title}");
        }
        for title in [
            "White County Enrollment",
            "White Settlement ISD enrollment",
            "White Salmon School District graduation",
            "Enrollment by race",
            "Black and Hispanic students",
            "Special Education Expenditures",
            "Proficiency by English Learner",
            "Graduation rate, English learner status",
            "Enrollment of all students",
            "f 2024",
            "USD 504 enrollment",
        ] {
            assert_eq!(group(title), None, "{title}");
        }
        assert!(vocabulary.title_terms("State test results, LEP students excluded").leaves_out);
    }

    #[test]
    fn a_title_may_name_a_grade_and_a_subject() {
        let catalog = Catalog::embedded().unwrap();
        let vocabulary = Vocabulary::new(&catalog).unwrap();
        let terms = vocabulary.title_terms("Grade 3 Reading proficiency 2023-24");
        assert_eq!(terms.grade.as_deref(), Some("03"));
        assert_eq!(terms.subject.as_deref(), Some("reading"));
        let grade = |title: &str| vocabulary.title_terms(title).grade;
        assert_eq!(grade("grade_3_ela_2022_23").as_deref(), Some("03"));
        assert_eq!(grade("ela_grades_3_8").as_deref(), Some("03-08"));
        assert_eq!(grade("AP: students in grades 11 and 12 in one course").as_deref(), Some("11-12"));
        assert_eq!(grade("Proficiency, grades 3, 4 and 5").as_deref(), Some("03-05"));
        assert_eq!(grade("Proficiency, grades 4 and 8"), None);
        assert!(vocabulary.title_terms("Proficiency, grades 4 and 8").has_grades_apart);
        assert!(!vocabulary.title_terms("Proficiency, grades 4 and 5").has_grades_apart);
        assert_eq!(vocabulary.title_terms("Grade 3 Reading Guarantee").subject.as_deref(), Some("reading"));
        let district = vocabulary.title_terms("Reading School District K-12 proficiency");
        assert_eq!((district.grade, district.subject), (None, None));
        let place = vocabulary.title_terms("Grade 3 White Hills results");
        assert_eq!((place.grade.as_deref(), place.group), (Some("03"), None));
    }

    #[test]
    fn history_is_a_subject_only_in_the_place_of_one() {
        let catalog = Catalog::embedded().unwrap();
        let vocabulary = Vocabulary::new(&catalog).unwrap();
        let subject = |title: &str| vocabulary.title_terms(title).subject;
        for title in
            ["US History EOC 2023", "World history proficiency", "history_results_2023", "SOL History"]
        {
            assert_eq!(subject(title).as_deref(), Some("social-studies"), "{title}");
        }
        for title in
            ["Proficiency history", "History", "District History: Proficiency", "History of test results"]
        {
            assert_eq!(subject(title), None, "{title}");
        }
        assert_eq!(subject("IAR Math history").as_deref(), Some("mathematics"));
    }
}
