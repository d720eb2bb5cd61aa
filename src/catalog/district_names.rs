//! How the names of districts are shown: `catalog/district-names.toml`.

use serde::Deserialize;

/// The fewest letters of a word that is not mistaken for initials.
const FEWEST_LETTERS: usize = 2;
/// Names of Scottish and Irish families go on with a capital (`McAllen`).
const FAMILY: &str = "MC";
/// The fewest letters of such a name.
const FAMILY_LETTERS: usize = 5;

/// How the names of districts are shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictNames {
    /// Words that stay in capitals (`ISD`).
    #[serde(default)]
    capitals: Vec<String>,
    /// Words that stay lowercase inside a name (`of`).
    #[serde(default)]
    small: Vec<String>,
    /// The most characters of a name that charts show in full; absent, all names are short enough.
    longest: Option<usize>,
    /// Long kinds of district, with their short forms.
    #[serde(default)]
    short: Vec<ShortName>,
}

/// A long kind of district, and what charts call it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShortName {
    words: String,
    #[serde(rename = "as")]
    short: String,
}

impl DistrictNames {
    /// A name as people write it: one that is published in capitals is changed to lowercase with initial capitals (`BEEVILLE ISD` is `Beeville ISD`).
    #[must_use]
    pub fn shown(&self, name: &str) -> String {
        if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
            return name.to_owned();
        }
        let words: Vec<&str> = name.split(' ').collect();
        let mut shown = Vec::new();
        for (index, word) in words.iter().enumerate() {
            shown.push(self.word(word, index == 0));
        }
        shown.join(" ")
    }

    /// A name as charts show it: with the kind of district in its short form.
    #[must_use]
    pub fn short(&self, name: &str) -> String {
        let found = self.short.iter().find(|short| name.contains(&short.words));
        found.map_or_else(|| name.to_owned(), |short| name.replacen(&short.words, &short.short, 1))
    }

    /// Whether a name has too many characters for a chart.
    #[must_use]
    pub fn is_too_long(&self, name: &str) -> bool {
        self.longest.is_some_and(|longest| name.chars().count() > longest)
    }

    fn word(&self, word: &str, is_first: bool) -> String {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let small = word.to_lowercase();
        if self.capitals.iter().any(|kept| kept == bare) || letters < FEWEST_LETTERS {
            return word.to_owned();
        }
        if !is_first && self.small.contains(&small) {
            return small;
        }
        if bare.starts_with(FAMILY) && letters >= FAMILY_LETTERS && bare.len() == word.len() {
            return format!("Mc{}", capitalized_parts(&word[FAMILY.len()..]));
        }
        capitalized_parts(word)
    }
}

/// A word with a capital after each sign that joins parts (`O'DONNELL`, `SALT-LAKE`), but not after an apostrophe before one last
/// letter (`ST. MARY'S`).
fn capitalized_parts(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut text = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| letters[index]);
        let is_last = letters.get(index + 1).is_none_or(|next| !next.is_alphabetic());
        let begins = match before {
            None => true,
            Some('\'' | '\u{2019}') => !is_last,
            Some(other) => !other.is_alphanumeric(),
        };
        if begins {
            text.push(*letter);
        } else {
            text.extend(letter.to_lowercase());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    #[test]
    fn names_in_capitals_are_shown_as_people_write_them() {
        let names = Catalog::embedded().unwrap().district_names;
        for (published, shown) in [
            ("BEEVILLE ISD", "Beeville ISD"),
            ("SCHOOL OF EXCELLENCE IN EDUCATION", "School of Excellence in Education"),
            ("MCALLEN ISD", "McAllen ISD"),
            ("O'DONNELL ISD", "O'Donnell ISD"),
            ("D'HANIS ISD", "D'Hanis ISD"),
            ("ST. MARY'S ACADEMY", "St. Mary's Academy"),
            ("POR VIDA ACADEMY (SAN ANTONIO)", "Por Vida Academy (San Antonio)"),
            ("S AND S CISD", "S and S CISD"),
            ("Hollis Center CUSD 10", "Hollis Center CUSD 10"),
            ("OAK PARK SD 97", "Oak Park SD 97"),
            ("104018", "104018"),
            ("ÉCOLE ÉLÉMENTAIRE", "École Élémentaire"),
        ] {
            assert_eq!(names.shown(published), shown);
        }
    }

    #[test]
    fn charts_show_the_short_form_of_a_long_name() {
        let names = Catalog::embedded().unwrap().district_names;
        let short = names.short("Larkspur Valley Community Unit School District 18");
        assert_eq!(short, "Larkspur Valley CUSD 18");
        assert_eq!(names.short("Sundial Community Unit District 5"), "Sundial CUD 5");
        assert_eq!(names.short("Beeville ISD"), "Beeville ISD");
        assert!(!names.is_too_long(&short) && !names.is_too_long(&"é".repeat(40)));
        assert!(names.is_too_long(&"é".repeat(41)));
    }
}
