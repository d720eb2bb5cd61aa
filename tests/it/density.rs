//! How dense the code is: a function with few lines can still have hundreds of tokens. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, FnArg, Signature};

/// The limits.
const TOKENS_MEDIAN: usize = 75;
const TOKENS_NINE_TENTHS: usize = 260;
const TOKENS: usize = 600;
const CLOSURES_A_FUNCTION: f64 = 1.2;
const NAMED_CLOSURES: usize = 80;
/// Names that two types may share, each with its reason.
const SHARED_NAMES: [(&str, &str); 0] = [];

/// A function with a body.
struct Function {
    place: String,
    tokens: usize,
    closures: usize,
}

/// What the code contains.
#[derive(Default)]
struct Code {
    /// The file being read.
    file: PathBuf,
    functions: Vec<Function>,
    named_closures: Vec<String>,
    tuple_parameters: Vec<String>,
    /// The files that define a type, by the type's name.
    types: BTreeMap<String, BTreeSet<PathBuf>>,
}

impl Code {
    fn of_workspace() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut code = Self::default();
        for folder in ["src", "crates"] {
            for file in rust_files(&root.join(folder)) {
                code.file = file.strip_prefix(root).unwrap().to_owned();
                let text = std::fs::read_to_string(&file).unwrap();
                code.visit_file(&syn::parse_file(&text).unwrap());
            }
        }
        code
    }

    fn add_function(&mut self, signature: &Signature, block: &Block) {
        let place = format!("{} {}", self.file.display(), signature.ident);
        let mut closures = Closures::default();
        closures.visit_block(block);
        let is_tuple = |argument: &&FnArg| matches!(argument, FnArg::Typed(typed) if matches!(*typed.pat, syn::Pat::Tuple(_)));
        let tuples = signature.inputs.iter().filter(is_tuple).count();
        self.tuple_parameters.extend(std::iter::repeat_n(place.clone(), tuples));
        let tokens = tokens(signature.to_token_stream()) + tokens(block.to_token_stream());
        self.functions.push(Function { place, tokens, closures: closures.count });
    }

    fn add_type(&mut self, name: &syn::Ident) {
        self.types.entry(name.to_string()).or_default().insert(self.file.clone());
    }

    /// The number of tokens of the function at this share of all, counted from the smallest.
    fn tokens_at(&self, share: f64) -> usize {
        let mut tokens: Vec<usize> = self.functions.iter().map(|function| function.tokens).collect();
        tokens.sort_unstable();
        tokens[((share * tokens.len() as f64) as usize).min(tokens.len() - 1)]
    }

    fn closures_a_function(&self) -> f64 {
        let closures: usize = self.functions.iter().map(|function| function.closures).sum();
        closures as f64 / self.functions.len() as f64
    }

    fn densest(&self) -> String {
        let mut functions: Vec<&Function> = self.functions.iter().collect();
        functions.sort_by_key(|function| std::cmp::Reverse(function.tokens));
        let lines =
            functions.iter().take(10).map(|function| format!("{:5} {}", function.tokens, function.place));
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl<'ast> Visit<'ast> for Code {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[Attribute] = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            _ => &[],
        };
        if !attributes.iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add_function(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add_function(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add_function(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if local.init.as_ref().is_some_and(|init| matches!(*init.expr, syn::Expr::Closure(_))) {
            self.named_closures.push(format!("{} {}", self.file.display(), local.pat.to_token_stream()));
        }
        visit::visit_local(self, local);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add_type(&item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add_type(&item.ident);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add_type(&item.ident);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.add_type(&item.ident);
        visit::visit_item_trait(self, item);
    }
}

/// Counts closures.
#[derive(Default)]
struct Closures {
    count: usize,
}

impl<'ast> Visit<'ast> for Closures {
    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        self.count += 1;
        visit::visit_expr_closure(self, closure);
    }
}

/// The number of words, numbers and signs in a stream; a sign of several characters counts once, text
/// literals do not count.
fn tokens(stream: TokenStream) -> usize {
    let mut count = 0;
    let mut is_joined = false;
    for tree in stream {
        let was_joined = std::mem::take(&mut is_joined);
        match tree {
            TokenTree::Group(group) => count += 2 + tokens(group.stream()),
            TokenTree::Punct(punct) => {
                is_joined = punct.spacing() == Spacing::Joint && !was_joined;
                count += usize::from(!was_joined);
            }
            TokenTree::Ident(_) => count += 1,
            TokenTree::Literal(literal) => {
                count += usize::from(literal.to_string().starts_with(|c: char| c.is_ascii_digit()));
            }
        }
    }
    count
}

/// Whether an attribute marks what follows as test code.
pub(crate) fn is_of_tests(attribute: &Attribute) -> bool {
    let text = attribute.to_token_stream().to_string().replace(' ', "");
    text == "#[cfg(test)]" || text == "#[test]"
}

/// The Rust files in a folder and its subfolders, except those with tests only.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if ["tests", "fixture", "for_tests"].contains(&stem.as_str()) {
            continue;
        }
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn functions_are_small_enough_to_read() {
    let code = Code::of_workspace();
    let (median, nine_tenths, most) = (code.tokens_at(0.5), code.tokens_at(0.9), code.tokens_at(1.0));
    let closures = code.closures_a_function();
    println!(
        "functions {}, tokens median {median}, nine tenths {nine_tenths}, most {most}",
        code.functions.len()
    );
    println!("closures a function {closures:.2}, named {}", code.named_closures.len());
    assert!(median <= TOKENS_MEDIAN, "the median function has {median} tokens");
    assert!(
        nine_tenths <= TOKENS_NINE_TENTHS,
        "a tenth of the functions have more than {nine_tenths} tokens"
    );
    assert!(most <= TOKENS, "the densest functions:\n{}", code.densest());
    assert!(closures <= CLOSURES_A_FUNCTION, "{closures:.2} closures a function");
    let named = &code.named_closures;
    assert!(named.len() <= NAMED_CLOSURES, "{} closures with names:\n{}", named.len(), named.join("\n"));
    let tuples = &code.tuple_parameters;
    assert!(tuples.is_empty(), "parameters that are tuples:\n{}", tuples.join("\n"));
}

#[test]
fn each_name_belongs_to_one_type() {
    let code = Code::of_workspace();
    let is_shared = |name: &str| SHARED_NAMES.iter().any(|(shared, _)| *shared == name);
    let several = code.types.iter().filter(|(name, files)| files.len() > 1 && !is_shared(name));
    let several: Vec<String> = several.map(|(name, files)| format!("{name}: {files:?}")).collect();
    assert!(several.is_empty(), "{} names of several types:\n{}", several.len(), several.join("\n"));
}
