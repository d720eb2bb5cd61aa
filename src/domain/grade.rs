//! Grade levels, by the codes of CEDS "Grade Level": `PK`, `KG`, `01` … `12`, and ranges of them.

use std::fmt;

use super::Interned;

/// The words for the grades from 1 to 12.
const NUMBER_WORDS: [[&str; 2]; 12] = [
    ["first", "one"],
    ["second", "two"],
    ["third", "three"],
    ["fourth", "four"],
    ["fifth", "five"],
    ["sixth", "six"],
    ["seventh", "seven"],
    ["eighth", "eight"],
    ["ninth", "nine"],
    ["tenth", "ten"],
    ["eleventh", "eleven"],
    ["twelfth", "twelve"],
];

/// A grade or a range of grades: `all`, `EE`, `PK`, `KG`, `01` … `12`, `UG` (ungraded), or a range such as `09-12`.
///
/// Sorted as text, which for these codes gives `01 … 12, EE, KG, PK, UG, all`; use [`Grade::order`] for the
/// order in which students go through them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Grade(Interned);

impl Grade {
    /// Every grade.
    #[must_use]
    pub fn all() -> Self {
        Self(Interned::new(super::ALL))
    }

    /// Parses a published grade: `3`, `03`, `Grade 3`, `K`, `KG`, `PK`, `7-8`, `09-12`; `PK-12` is all.
    /// `None` if it is not a grade.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        let bare = without_grade_word(&lower);
        if bare == super::ALL {
            return Some(Self::all());
        }
        Self::parse_one(bare).map(|code| Self(Interned::new(&code))).or_else(|| Self::parse_range(bare))
    }

    /// Parses a range of grades in lower case, such as `7-8` or `k to 5`.
    fn parse_range(text: &str) -> Option<Self> {
        let mut separators = ["-", "–", " to ", " thru ", " through "].into_iter();
        let (from, to) = text.split_once(separators.find(|separator| text.contains(separator))?)?;
        let (from, to) = (Self::parse_one(from.trim())?, Self::parse_one(to.trim())?);
        // From the first possible grade to the last is every grade.
        let is_all = matches!(&*from, "EE" | "PK") && to == "12";
        Some(if is_all { Self::all() } else { Self(Interned::new(&format!("{from}-{to}"))) })
    }

    /// The code of a single grade in lower case.
    fn parse_one(text: &str) -> Option<String> {
        let code = match text {
            "k" | "kg" | "kn" | "kdg" | "kinder" | "kindergarten" => "KG",
            "pk" | "pre-k" | "prek" | "pre k" | "prekindergarten" | "pre-kindergarten"
            | "pre kindergarten" => "PK",
            "ee" => "EE",
            "ug" | "ungraded" => "UG",
            number => return Self::parse_number(number),
        };
        Some(code.to_owned())
    }

    /// The code of a grade from 1 to 12, such as `3`, `3rd` or `third`.
    fn parse_number(text: &str) -> Option<String> {
        if let Some(position) = NUMBER_WORDS.iter().position(|words| words.contains(&text)) {
            return Some(format!("{:02}", position + 1));
        }
        let ordinal = ["st", "nd", "rd", "th"].into_iter().find_map(|end| text.strip_suffix(end));
        let digits = ordinal.unwrap_or(text);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u8 = digits.parse().ok()?;
        (1..=12).contains(&number).then(|| format!("{number:02}"))
    }

    /// The code: `all`, `KG`, `03`, `09-12`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }

    /// The code, as it is kept.
    #[must_use]
    pub const fn interned(&self) -> Interned {
        self.0
    }

    /// Whether this is every grade.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.0 == super::ALL
    }

    /// Position in the order in which students go through school: `EE` −2, `PK` −1, `KG` 0, `01` 1 … `12` 12;
    /// for a range, that of its first grade; `UG` 13 and `all` 14 are last.
    #[must_use]
    pub fn order(&self) -> i8 {
        match self.0.split('-').next().unwrap_or("") {
            "EE" => -2,
            "PK" => -1,
            "KG" => 0,
            "UG" => 13,
            number => number.parse().unwrap_or(14),
        }
    }

    /// In words: `grade 3`, `kindergarten`, `grades 9–12`, `all grades`.
    #[must_use]
    pub fn label(&self) -> String {
        match self.0.split_once('-') {
            _ if self.is_all() => "all grades".to_owned(),
            Some((from, to)) => format!("grades {}–{}", grade_word(from), grade_word(to)),
            None if self.0.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("grade {}", grade_word(&self.0))
            }
            None => grade_word(&self.0).to_owned(),
        }
    }
}

/// The name of a single grade: a word, or its number without a leading zero.
fn grade_word(code: &str) -> &str {
    match code {
        "EE" => "early education",
        "PK" => "prekindergarten",
        "KG" => "kindergarten",
        "UG" => "ungraded",
        number => number.trim_start_matches('0'),
    }
}

/// Lower-case text without the word for a grade before or after it.
fn without_grade_word(lower: &str) -> &str {
    let before = ["grades", "grade", "gr.", "gr"].into_iter().find_map(|word| lower.strip_prefix(word));
    if let Some(rest) = before {
        return rest.trim().trim_start_matches('-').trim();
    }
    let words = ["grades", "graders", "grader", "grade"];
    words.into_iter().find_map(|word| lower.strip_suffix(word)).unwrap_or(lower).trim()
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Grade;

    #[test]
    fn the_usual_spellings() {
        for (text, id, label) in [
            ("3", "03", "grade 3"),
            ("Grade 3", "03", "grade 3"),
            ("3rd", "03", "grade 3"),
            ("3rd Grade", "03", "grade 3"),
            ("Gr 3", "03", "grade 3"),
            ("Gr. 12", "12", "grade 12"),
            ("Grade-3", "03", "grade 3"),
            ("6th-8th", "06-08", "grades 6–8"),
            ("Grades 6 to 8", "06-08", "grades 6–8"),
            ("Kinder", "KG", "kindergarten"),
            ("Third Grade", "03", "grade 3"),
            ("Grade Twelve", "12", "grade 12"),
            ("Pre-K", "PK", "prekindergarten"),
            ("KN", "KG", "kindergarten"),
            ("09-12", "09-12", "grades 9–12"),
            ("K thru 8", "KG-08", "grades kindergarten–8"),
            ("PK-12", "all", "all grades"),
            ("K-12", "KG-12", "grades kindergarten–12"),
            ("all", "all", "all grades"),
        ] {
            let grade = Grade::parse(text).unwrap();
            assert_eq!((grade.id(), grade.label().as_str()), (id, label), "{text}");
        }
        for none in ["", "13", "total", "grade", "3a", "PK3", "-3", "Gr", "+3"] {
            assert_eq!(Grade::parse(none), None, "{none}");
        }
    }
}
