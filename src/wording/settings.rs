//! What is wrong with settings files in general: keys, types, and files that cannot be read.

/// A fault: what was found, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What was found.
    pub(crate) found: String,
    /// What to do.
    pub(crate) hint: String,
}

impl Explained {
    pub(super) fn new(found: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { found: found.into(), hint: hint.into() }
    }
}

/// How many bytes of a value are quoted.
const QUOTED: usize = 120;

pub(crate) const A_LIST: &str = "a list";
pub(crate) const A_TABLE: &str = "a table";
pub(crate) const NOT_UTF_8: &str = "the file is not UTF-8; save it again as UTF-8 text";
pub(crate) const NOT_A_FILE: &str = "it is a folder, pipe, or device, not a file";

pub(crate) fn too_large(megabytes: u64) -> String {
    format!("the file is larger than {megabytes} MB, so it is not a settings file")
}

/// A fault as it is printed.
pub(crate) fn fault(place: &str, found: &str, hint: &str) -> String {
    format!("error {place}: {found}\n  hint: {hint}")
}

pub(crate) fn more_faults(more: usize) -> String {
    format!("… and {more} more; correct these first")
}

/// What the parser says about a backslash before the wrong letter.
const ESCAPE_FAULT: &str = "missing escape";

/// `message` is the parser's own.
pub(crate) fn not_toml(message: &str) -> Explained {
    if message.contains(ESCAPE_FAULT) {
        return Explained::new(
            "a backslash in a text is followed by a letter that is not allowed after it",
            "write paths with `/`, as in \"raw/table.csv\", or put them in single quotes",
        );
    }
    Explained::new(
        format!("this is not valid TOML: {message}"),
        "check the quotes, brackets, and equal signs on this line and the line before",
    )
}

pub(crate) fn unknown_key(key: &str, nearest: Option<&str>, allowed: &[&str]) -> Explained {
    Explained::new(format!("there is no key `{}` here", clipped(key)), suggestion(nearest, allowed))
}

pub(crate) fn unknown_word(key: &str, word: &str, nearest: Option<&str>, allowed: &[&str]) -> Explained {
    let word = clipped(word);
    let found = if key.is_empty() || key == word {
        format!("{word:?} is not allowed here")
    } else {
        format!("{word:?} is not allowed for `{}`", clipped(key))
    };
    Explained::new(found, suggestion(nearest, allowed))
}

/// The nearest name, and all that are allowed.
pub(crate) fn suggestion(nearest: Option<&str>, allowed: &[&str]) -> String {
    let quoted: Vec<String> = allowed.iter().map(|name| format!("{name:?}")).collect();
    let allowed = match quoted.as_slice() {
        [] => "nothing is allowed here; delete it".to_owned(),
        all => format!("allowed here: {}", all.join(", ")),
    };
    nearest.map_or_else(|| allowed.clone(), |name| format!("did you mean {name:?}? ({allowed})"))
}

/// `entry` is the key of the table; empty for the whole file.
pub(crate) fn missing_key(key: &str, entry: &str) -> Explained {
    let found = match entry {
        "" => format!("the file has no `{key}`"),
        entry => format!("this entry of `{}` has no `{key}`", clipped(entry)),
    };
    Explained::new(found, format!("add `{key}`"))
}

/// `expected` is serde's name of the type.
pub(crate) fn wrong_type(key: &str, found: &str, expected: &str) -> Explained {
    let hint = match expected {
        "a string" | "string" if key == "than" => {
            "write the name of a threshold in quotes, and its number under [rule.thresholds]"
        }
        "a string" | "string" => "write text in quotes",
        "a boolean" => "write true or false, without quotes",
        "a sequence" => "write a list in brackets: [\"first\", \"second\"]",
        "u8" | "u16" | "u32" | "u64" | "usize" => "write a whole number, 0 or more, without quotes",
        "i8" | "i16" | "i32" | "i64" | "isize" => "write a whole number, without quotes",
        "f32" | "f64" => "write a number, without quotes",
        "an array of length 2" => "write two numbers in brackets: [0, 100]",
        _ if found == A_LIST => "write a table ([name], with single brackets), not a list",
        _ => "write a table: [name], or key = value pairs in braces",
    };
    Explained::new(found_at(key, found), hint)
}

/// `message` says what is allowed.
pub(crate) fn wrong_value(key: &str, found: &str, message: &str) -> Explained {
    Explained::new(found_at(key, found), message)
}

fn found_at(key: &str, found: &str) -> String {
    let found = clipped(found);
    match key {
        "" => format!("{found} is not allowed here"),
        key => format!("`{}` cannot be {found}", clipped(key)),
    }
}

/// `unreadable` says why.
pub(crate) fn cannot_be_read(why: &str) -> Explained {
    Explained::new(format!("the file cannot be read: {why}"), "correct or remove the file")
}

/// The beginning of a text that is quoted.
fn clipped(text: &str) -> String {
    if text.len() <= QUOTED {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(QUOTED / 2).collect();
    format!("{beginning}…")
}
