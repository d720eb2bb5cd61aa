//! Endlessly nested content, or content that is longer than anything of its kind, is refused before a
//! recursive parser runs out of stack.

#![cfg(unix)]

use std::fs;
use std::process::Command;

use polars::prelude::{Column, DataFrame, IntoSeries, NamedFrom, Series};
use polars_io::parquet::write::ParquetWriter;

use crate::hostile::{file_survives, file_survives_with, project, survives};
use crate::project::Made;

/// A Parquet file with the good file's columns, the last one nested this many lists deep.
fn nested(depth: usize) -> Vec<u8> {
    let make = move || {
        let mut column = Series::new("Students".into(), [120i64]);
        for _ in 0..depth {
            column = Series::new("Students".into(), [column]);
        }
        let of = |name: &str, text: &str| Column::from(Series::new(name.into(), [text]));
        let columns = vec![
            of("ID", "3"),
            of("District", "Cedar"),
            of("Year", "2023"),
            Column::from(column.into_series()),
        ];
        let mut frame = DataFrame::new(1, columns).unwrap();
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
        bytes
    };
    std::thread::Builder::new().stack_size(1 << 30).spawn(make).unwrap().join().unwrap()
}

#[test]
fn columns_nested_too_deep_are_refused() {
    file_survives("deep.parquet", &nested(60), "columns nested more than 24 levels deep");
    // A list is not a number, and is read as the text that it is shown as.
    file_survives_with("flat.parquet", &nested(3), "cell-not-number", 3);
}

#[test]
fn tags_of_thousands_of_attributes_are_refused() {
    for attributes in [4_000, 400_000] {
        let attributes = " a=\"1\"".repeat(attributes);
        for tag in [format!("<td{attributes}>1</td>"), format!("<td>1</td{attributes}>")] {
            let page = format!("<html><body><table><tr>{tag}</tr></table></body></html>");
            file_survives("page.html", page.as_bytes(), "a tag with more than 100 attributes");
        }
    }
}

/// A settings file that cannot be used is reported by its name, and ends the run with exit code 2.
fn is_refused(made: &Made, file: &str, said: &str) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_retreat")).args(["swot", "."]).current_dir(made.path()).output();
    let output = output.unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{file}: {}", &text[..text.len().min(2000)]);
    assert!(text.contains(file) && text.contains(said), "{file}: {}", &text[..text.len().min(2000)]);
}

#[test]
fn settings_that_are_too_deep_or_too_large_are_refused() {
    const DEEP: usize = 200_000;
    let lists = format!("a = {}{}\n", "[".repeat(DEEP), "]".repeat(DEEP));
    let tables = format!("a = {}1{}\n", "{ a = ".repeat(DEEP), " }".repeat(DEEP));
    let names = format!("{}a = 1\n", "a.".repeat(DEEP));
    let header = format!("[{}a]\n", "a.".repeat(DEEP));
    for deep in [&lists, &tables, &names, &header] {
        for file in ["retreat.toml", "layout.toml", "catalog/markers.toml"] {
            let made = project("other.csv");
            fs::create_dir_all(made.path().join("catalog")).unwrap();
            let path = made.path().join(file);
            let before = fs::read_to_string(&path).unwrap_or_default();
            fs::write(&path, format!("{deep}{before}")).unwrap();
            is_refused(&made, file, "recurs");
        }
    }
    let made = project("other.csv");
    fs::write(made.path().join("layout.toml"), "# \n".repeat(6 << 20)).unwrap();
    is_refused(&made, "layout.toml", "larger than 16 MB");
}

#[test]
fn patterns_that_are_too_deep_or_too_large_are_refused() {
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    for pattern in [deep.as_str(), r"(\\w{1000}){1000}", r"((a{100}){100}){100}"] {
        let made = project("other.csv");
        let path = made.path().join("layout.toml");
        let layout = fs::read_to_string(&path)
            .unwrap()
            .replace("[year]", &format!("[sheets]\nmatching = \"{pattern}\"\n[year]"));
        fs::write(&path, layout).unwrap();
        is_refused(&made, "layout.toml:8", "is not a valid regular expression");
    }
}

#[test]
fn paths_with_wildcards_without_end_are_refused() {
    for path in ["*a".repeat(100), "**/".repeat(40) + "x.csv", "[".repeat(3000), "a".repeat(5000)] {
        survives(&project(&path), "the path is longer than 4096 bytes, or has more than 32 wildcards", 2);
    }
    // However many folders there are below the project, each is searched only once.
    survives(&project(&("**/".repeat(15) + "x.csv")), "source-missing", 2);
}

#[test]
fn an_earlier_packs_report_may_contain_anything() {
    let made = project("good.csv");
    let deep = format!("{{\"program\": \"retreat\", \"a\": {}{}}}", "[".repeat(1 << 20), "]".repeat(1 << 20));
    for content in [
        deep.as_bytes(),
        b"{\"program\": \"retreat\", \"files\": [{\"name\": \"../../retreat.toml\", \"sha256\": \"\"}]}",
    ] {
        fs::create_dir_all(made.path().join("out")).unwrap();
        fs::write(made.path().join("out/report.json"), content).unwrap();
        fs::write(made.path().join("out/mine.txt"), "mine").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_retreat"))
            .args(["build", ".", "--format", "svg"])
            .current_dir(made.path())
            .output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(fs::read(made.path().join("out/mine.txt")).unwrap(), b"mine");
        assert!(made.path().join("retreat.toml").is_file());
    }
}
