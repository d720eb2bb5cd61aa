//! Names of rows without the words that all of them share, which the title says.

/// Fewer shared words stay: `Grade 3` is not `3`.
const FEWEST: usize = 2;

/// The names without the words that all begin with, and without those that all end with.
pub(super) fn without_common_words(names: &[&str]) -> Vec<String> {
    let words: Vec<Vec<&str>> = names.iter().map(|name| name.split_whitespace().collect()).collect();
    let backward: Vec<Vec<&str>> = words.iter().map(|words| words.iter().rev().copied().collect()).collect();
    let (first, last) = (common(&words), common(&backward));
    let shortest = words.iter().map(Vec::len).min().unwrap_or_default();
    if names.len() < 2 || first + last >= shortest {
        return names.iter().map(|name| (*name).to_owned()).collect();
    }
    words.iter().map(|words| capitalized(&words[first..words.len() - last].join(" "))).collect()
}

/// How many words all begin with; 0 if they are too few to leave out.
fn common(names: &[Vec<&str>]) -> usize {
    let Some(first) = names.first() else { return 0 };
    let is_shared = |index: usize| names.iter().all(|words| words.get(index) == first.get(index));
    let shared = (0..first.len()).take_while(|index| is_shared(*index)).count();
    if shared < FEWEST { 0 } else { shared }
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::without_common_words;

    #[test]
    fn what_all_names_share_is_left_out() {
        let revenue = ["Revenue from local taxes", "Revenue from the state"];
        assert_eq!(without_common_words(&revenue), ["Local taxes", "The state"]);
        let spending = ["Instruction expenditure per student", "Debt service expenditure per student"];
        assert_eq!(without_common_words(&spending), ["Instruction", "Debt service"]);
    }

    #[test]
    fn names_that_would_say_too_little_stay() {
        for names in
            [["Grade 3", "Grade 4"], ["Students in all", "Students in all grades"], ["White", "Asian"]]
        {
            assert_eq!(without_common_words(&names), names);
        }
        assert_eq!(without_common_words(&["One alone here"]), ["One alone here"]);
        assert!(without_common_words(&[]).is_empty());
    }
}
