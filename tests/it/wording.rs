//! Every sentence that users can meet is written in `src/wording/` or in the catalog, and is short enough to read.

use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item};

use crate::density::{is_of_tests, rust_files};

/// The longest sentence, in words, and the most at the median.
const WORDS: usize = 30;
const WORDS_MEDIAN: usize = 16;
/// Texts of fewer words are names, units and parts of code.
const WORDS_OF_A_SENTENCE: usize = 3;
/// What follows these words is for programmers, not for users.
const FOR_PROGRAMMERS: [&str; 8] =
    ["assert", "assert_eq", "assert_ne", "debug_assert", "panic", "unreachable", "expect", "todo"];
/// Texts with these are code: TOML, SVG, CSS.
const CODE: [&str; 7] = ["= {", "<svg", "<desc", "<c:", "font-family", "level = ", "rows = \""];
/// The stage below `wording`, whose few words other stages parse or repeat.
const BELOW: &str = "src/domain/";
/// Derives whose doc comments are the texts of `--help`.
const HELP: [&str; 4] = ["Args", "Parser", "Subcommand", "ValueEnum"];
/// What a native speaker would not say.
const DIALECT: [&str; 14] = [
    "is told",
    "are told",
    "tells of",
    "rests on",
    "rest on",
    "the one that matters",
    "what chance brings",
    "in the middle one of",
    "speaks of",
    "stands out from",
    "comes to what",
    "of which is said",
    "nothing is said",
    " mend ",
];

/// The text of every literal in `stream` that is long enough to be a sentence.
fn sentences(stream: TokenStream, found: &mut Vec<String>) {
    let mut is_for_programmers = false;
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Ident(ident) => {
                is_for_programmers = FOR_PROGRAMMERS.contains(&ident.to_string().as_str());
            }
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let attribute = trees.next_if(|tree| matches!(tree, TokenTree::Group(_)));
                if let Some(TokenTree::Group(group)) = attribute
                    && is_for_users(&group.stream())
                {
                    sentences(group.stream(), found);
                }
            }
            TokenTree::Punct(_) => {}
            TokenTree::Group(group) => {
                if !is_for_programmers || group.delimiter() != Delimiter::Parenthesis {
                    sentences(group.stream(), found);
                }
                is_for_programmers = false;
            }
            TokenTree::Literal(literal) => {
                if let syn::Lit::Str(text) = syn::Lit::new(literal)
                    && words(&text.value()) >= WORDS_OF_A_SENTENCE
                    && !CODE.iter().any(|sign| text.value().contains(sign))
                {
                    found.push(text.value());
                }
            }
        }
    }
}

/// Whether an attribute can hold text for users: that of an error, or of the command line.
fn is_for_users(attribute: &TokenStream) -> bool {
    let name = attribute.clone().into_iter().next().map(|tree| tree.to_string()).unwrap_or_default();
    ["error", "arg", "command", "value"].contains(&name.as_str())
}

/// The number of words, without what a format string replaces.
fn words(text: &str) -> usize {
    let mut depth = 0_i32;
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth <= 0 => plain.push(c),
            _ => {}
        }
    }
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    plain.split_whitespace().filter(is_word).count()
}

/// The doc comments that clap shows.
fn help_texts(item: &Item) -> Vec<String> {
    let (attributes, documented) = match item {
        Item::Struct(item) => (&item.attrs, item.to_token_stream()),
        Item::Enum(item) => (&item.attrs, item.to_token_stream()),
        _ => return Vec::new(),
    };
    let is_help = attributes.iter().any(|attribute| {
        attribute.path().is_ident("derive")
            && HELP.iter().any(|derive| attribute.to_token_stream().to_string().contains(derive))
    });
    if is_help { doc_texts(documented) } else { Vec::new() }
}

/// The texts of all doc comments in `stream`.
fn doc_texts(stream: TokenStream) -> Vec<String> {
    let mut texts = Vec::new();
    for tree in stream {
        let TokenTree::Group(group) = tree else { continue };
        let mut inner = group.stream().into_iter();
        if inner.next().is_some_and(|tree| tree.to_string() == "doc") {
            texts.extend(inner.filter_map(|tree| match tree {
                TokenTree::Literal(literal) => Some(literal.to_string()),
                _ => None,
            }));
        } else {
            texts.extend(doc_texts(group.stream()));
        }
    }
    texts
}

/// The sentences of a file of Rust, without those of its tests.
fn sentences_of(path: &Path) -> Vec<String> {
    let file = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut found = Vec::new();
    for item in file.items.iter().filter(|item| !attributes(item).iter().any(is_of_tests)) {
        found.extend(help_texts(item).into_iter().filter(|text| words(text) >= WORDS_OF_A_SENTENCE));
        sentences(item.to_token_stream(), &mut found);
    }
    found
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        _ => &[],
    }
}

/// The sentences of all files outside `src/wording`, by file, or of those in it.
fn sentences_in(is_in_wording: bool) -> BTreeMap<String, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = BTreeMap::new();
    for file in rust_files(&root.join("src")) {
        let name = file.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if name.starts_with("src/wording") == is_in_wording && !name.starts_with(BELOW) {
            let found = sentences_of(&file);
            if !found.is_empty() {
                all.insert(name, found);
            }
        }
    }
    all
}

#[test]
fn sentences_for_users_stand_in_one_room() {
    let elsewhere = sentences_in(false);
    let mut list = String::new();
    for (file, sentences) in &elsewhere {
        for sentence in sentences {
            list.push_str(&format!("{file}: {sentence:?}\n"));
        }
    }
    let count: usize = elsewhere.values().map(Vec::len).sum();
    assert!(elsewhere.is_empty(), "{list}{count} sentences outside src/wording");
}

/// The parts of a text that are read as a sentence each.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', ':', ';', '\n', '(', ')', '?', '!']).filter(|part| words(part) >= WORDS_OF_A_SENTENCE)
}

#[test]
fn sentences_for_users_are_short_and_in_plain_english() {
    let mut lengths = Vec::new();
    let mut faults = Vec::new();
    for (file, sentences) in sentences_in(true) {
        for sentence in &sentences {
            for part in parts(sentence) {
                lengths.push(words(part));
                if words(part) > WORDS {
                    faults.push(format!("{file}: {} words: {part}", words(part)));
                }
            }
            let lower = sentence.to_lowercase();
            let dialect = DIALECT.iter().filter(|idiom| lower.contains(*idiom));
            faults.extend(dialect.map(|idiom| format!("{file}: {idiom:?} in {sentence:?}")));
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    println!("sentences {}, words at the median {median}", lengths.len());
    assert!(median <= WORDS_MEDIAN, "the median sentence has {median} words");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
