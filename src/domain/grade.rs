//! Grade levels, by the codes of CEDS "Grade Level": `PK`, `KG`, `01` … `12`, and ranges of them.

use std::fmt;

/// A grade or a range of grades: `all`, `EE`, `PK`, `KG`, `01` … `12`, `UG` (ungraded), or a range such as `09-12`.
///
/// Ordered by text, which for these codes is `01 … 12, EE, KG, PK, UG, all`; use [`Grade::order`] for the
/// order in which students pass through them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grade(String);

impl Grade {
    /// Every grade.
    #[must_use]
    pub fn all() -> Self {
        Self(super::ALL.to_owned())
    }

    /// Reads a grade as published: `3`, `03`, `Grade 3`, `K`, `KG`, `PK`, `7-8`, `09-12`; `PK-12` is all.
    /// `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        let before = ["grades", "grade", "gr.", "gr"].into_iter().find_map(|word| lower.strip_prefix(word));
        let after =
            ["grades", "graders", "grader", "grade"].into_iter().find_map(|word| lower.strip_suffix(word));
        let bare = match before {
            Some(rest) => rest.trim().trim_start_matches('-').trim(),
            None => after.unwrap_or(&lower).trim(),
        };
        if bare == super::ALL || bare.is_empty() {
            return (bare == super::ALL).then(Self::all);
        }
        if let Some(one) = Self::single(bare) {
            return Some(Self(one));
        }
        let separator = ["-", "–", " to ", " thru ", " through "].into_iter().find(|s| bare.contains(s));
        let (from, to) = bare.split_once(separator?)?;
        let (from, to) = (Self::single(from.trim())?, Self::single(to.trim())?);
        // From the first grade that there is to the last is every grade.
        let is_all = matches!(&*from, "EE" | "PK") && to == "12";
        Some(if is_all { Self::all() } else { Self(format!("{from}-{to}")) })
    }

    fn single(text: &str) -> Option<String> {
        match text {
            "k" | "kg" | "kn" | "kdg" | "kinder" | "kindergarten" => Some("KG".to_owned()),
            "pk" | "pre-k" | "prek" | "pre k" | "prekindergarten" | "pre-kindergarten"
            | "pre kindergarten" => Some("PK".to_owned()),
            "ee" => Some("EE".to_owned()),
            "ug" | "ungraded" => Some("UG".to_owned()),
            _ => {
                let ordinal = ["st", "nd", "rd", "th"].into_iter().find_map(|end| text.strip_suffix(end));
                let digits = ordinal.unwrap_or(text);
                let digits = Some(digits).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
                let number: u8 = digits.parse().ok().filter(|n| (1..=12).contains(n))?;
                Some(format!("{number:02}"))
            }
        }
    }

    /// The code: `all`, `KG`, `03`, `09-12`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }

    /// Whether this stands for every grade.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.0 == super::ALL
    }

    /// Position in a student's way through school: `EE` −2, `PK` −1, `KG` 0, `01` 1 … `12` 12; a range goes by
    /// its first grade; `UG` 13 and `all` 14 come last.
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
        let word = |code: &str| match code {
            "EE" => "early education".to_owned(),
            "PK" => "prekindergarten".to_owned(),
            "KG" => "kindergarten".to_owned(),
            "UG" => "ungraded".to_owned(),
            number => number.trim_start_matches('0').to_owned(),
        };
        match self.0.split_once('-') {
            _ if self.is_all() => "all grades".to_owned(),
            Some((from, to)) => format!("grades {}–{}", word(from), word(to)),
            None if self.0.starts_with(|c: char| c.is_ascii_digit()) => format!("grade {}", word(&self.0)),
            None => word(&self.0),
        }
    }
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
