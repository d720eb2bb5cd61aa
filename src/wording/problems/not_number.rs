//! What to do about a cell that should hold a number and does not.

/// The first three letters of the months.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The likeliest remedy for a cell with this text.
pub(super) fn not_number_hint(text: &str) -> &'static str {
    if is_date(text.trim()) {
        "a spreadsheet program may have turned a range such as 10-14 into a date; correct the cell and format it as text"
    } else if has_letter_for_digit(text.trim()) {
        "if the letter O or l was typed instead of 0 or 1, correct the cell"
    } else {
        "correct the cell; if its text means that a value is hidden or missing, add it to the layout's markers"
    }
}

/// Whether a text is a date as spreadsheet programs write it: `Oct-14`, `14-Oct`, `2024-10-14`, `10/14/2024`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '/', ' ']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = parts.iter().filter(|part| is_number(part)).count();
    let months = parts.iter().filter(|part| is_month(part)).count();
    let is_whole = numbers + months == parts.len();
    is_whole && (months == 1 && (1..=2).contains(&numbers) || numbers == 3)
}

fn is_month(part: &str) -> bool {
    let beginning = part.get(..3).unwrap_or_default();
    part.bytes().all(|b| b.is_ascii_alphabetic()) && MONTHS.iter().any(|m| m.eq_ignore_ascii_case(beginning))
}

/// Whether a text would be a number if its letters O, l and I were digits.
fn has_letter_for_digit(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | 'I');
    let is_part = |c: char| is_digit(c) || matches!(c, '.' | ',' | '%' | '$' | '-' | ' ');
    text.contains(['O', 'o', 'l', 'I'])
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::{has_letter_for_digit, is_date};

    #[test]
    fn the_hint_is_about_what_is_there() {
        for date in ["Oct-14", "14-Oct", "14 October", "2024-10-14", "10/14/2024"] {
            assert!(is_date(date) && !has_letter_for_digit(date), "{date}");
        }
        for letters in ["1O4", "l2", "$1,2O4", "9O.5%"] {
            assert!(has_letter_for_digit(letters) && !is_date(letters), "{letters}");
        }
        for other in ["10 to 14", "Only 5", "12x", "O", "2023-24", "May"] {
            assert!(!has_letter_for_digit(other) && !is_date(other), "{other}");
        }
    }
}
