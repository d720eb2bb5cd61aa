//! Hostile files affect only themselves: the program reads each one together with a good file, within 1 GiB
//! of memory and 60 s of processor time (180 s without optimization). It must report the hostile file and leave the
//! good file's values as they are.

#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::project::{Made, root};

pub(crate) const LAYOUT: &str = r#"
id = "any"
label = "Any"
authority = "made up"
public = true

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[column]]
name = ["Students"]
measure = "enrollment"
"#;

pub(crate) const GOOD: &str = "ID,District,Year,Students\n01,Ash,2023,120\n02,Birch,2023,340\n";
/// Memory limit, in KiB.
const MEMORY: u64 = 1 << 20;
/// Processor time limit, in seconds; other work during the tests does not affect it. The longest run took 9 s with
/// optimization, and 58 s without on a busy machine.
const TIME: u64 = if cfg!(debug_assertions) { 180 } else { 60 };
/// Seconds after which a run is stopped that waits for something that never comes.
const STUCK: u64 = 1_200;

/// A project with a good file and the source `hostile`.
pub(crate) fn project(hostile: &str) -> Made {
    let made = Made::new().layout("layout.toml", LAYOUT).write("good.csv", GOOD.as_bytes(), "layout.toml");
    let made = made.source(hostile, "layout.toml");
    made.open("1");
    made
}

/// Runs the program on the project, with limits on memory and processor time.
fn run(project: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_retreat");
    let script =
        format!("ulimit -d {MEMORY}; ulimit -t {TIME}; exec $2 timeout {STUCK} \"$0\" swot \"$1\" -v");
    let mut command = Command::new("sh");
    command.args(["-c", &script, program]).arg(project).arg(measuring(project));
    let output = command.output().unwrap();
    print_measured(project);
    output
}

/// The file that records a run's memory and processor time, next to the project's folder.
fn noted(project: &Path) -> PathBuf {
    project.with_extension("measured")
}

/// The command that records memory and processor time, if GNU time is installed.
pub(crate) fn measuring(project: &Path) -> String {
    let time = "/usr/bin/time";
    if !Path::new(time).exists() {
        return String::new();
    }
    format!("{time} -f %M,%U -o {}", noted(project).display())
}

/// Prints the memory and processor time of the run, with the names of the project's files. The table in
/// CONTRIBUTING.md is made from these lines.
pub(crate) fn print_measured(project: &Path) {
    let Ok(text) = fs::read_to_string(noted(project)) else { return };
    let _ = fs::remove_file(noted(project));
    let known = ["good.csv", "layout.toml", "retreat.toml", ".retreat", "out", "readiness"];
    let files = fs::read_dir(project).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = files.filter(|name| !known.contains(&name.as_str())).collect();
    files.sort();
    files.truncate(3);
    // In earlier lines, GNU time says how the program ended.
    println!("measured,{},{}", files.join("+"), text.lines().last().unwrap_or_default());
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    groups.iter().map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(",")
}

/// The file of the project is refused with the message `said`, or read if `said` is empty; the good file is
/// always read.
pub(crate) fn survives(made: &Made, said: &str, observations: usize) {
    let output = run(made.path());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert_eq!(code, Some(i32::from(!said.is_empty())), "{text}");
    assert!(text.contains(said), "{said:?} is not said:\n{text}");
    assert!(text.contains(&format!("Read {} values for ", grouped(observations))), "{text}");
    assert!(!text.contains("panicked"), "{text}");
}

pub(crate) fn file_survives(name: &str, content: &[u8], said: &str) {
    file_survives_with(name, content, said, 2);
}

/// The same, if part of the file is read: this many observations, including those of the good file.
pub(crate) fn file_survives_with(name: &str, content: &[u8], said: &str, observations: usize) {
    let made = project(name);
    fs::write(made.path().join(name), content).unwrap();
    survives(&made, said, observations);
}

#[test]
fn files_that_are_not_what_they_say_are_refused_and_the_rest_is_read() {
    for (name, said, observations) in [
        ("last-corner.xlsx", "", 4),
        ("rows-out-of-order.xlsx", "", 4),
        ("external-link.xlsx", "", 4),
        ("beyond-the-grid.xlsx", "larger than a spreadsheet can be", 2),
        ("password.xlsx", "protected by a password", 2),
        ("truncated.xlsx", "incomplete", 2),
        ("damaged.xlsx", "damaged", 2),
        ("short-records.xlsb", "short form that cannot be read", 2),
        ("repeated-cells.ods", "its cells take more than 384 MB of memory", 2),
        ("circular.xls", "damaged or incomplete", 2),
        ("many-wide-sheets.xls", "too large to be read in this old format", 2),
        ("texts-by-the-million.xlsb", "more texts and styles than can be held", 2),
        ("pages-of-gigabytes.parquet", "more bytes than can be read", 2),
        ("damaged.parquet", "Parquet", 2),
        ("pages-below-zero.parquet", "claims a different number of values", 2),
        ("footer-of-billions.parquet", "footer cannot be read", 2),
        ("far-apart.xls", "damaged", 2),
        ("beyond-its-end.xls", "damaged", 2),
        ("no-workbook.xlsx", "it is a Word document", 2),
        ("report.csv", "it is a PDF", 2),
        ("excel-2003.xls", "an Excel 2003 XML spreadsheet", 2),
        ("login.xls", "a web page without a table", 2),
    ] {
        let made = project(name);
        fs::copy(root().join("tests/corpus/hostile").join(name), made.path().join(name)).unwrap();
        survives(&made, said, observations);
    }
}

/// Deflated bytes.
#[derive(Clone, Default)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    /// Checksum and size of the unpacked content, as the archive states them.
    check: u32,
    size: u32,
}

/// `before`, then `block` repeated `times` times, deflated: one block is compressed, and its bytes are
/// repeated.
pub(crate) fn packed(before: &str, block: &[u8], times: usize) -> Packed {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(before.as_bytes()).unwrap();
    if times == 0 {
        let (check, size) = (crc32fast::hash(before.as_bytes()), before.len() as u32);
        return Packed { bytes: encoder.finish().unwrap(), check, size };
    }
    encoder.flush().unwrap();
    encoder.write_all(block).unwrap();
    encoder.flush().unwrap();
    let start = encoder.get_ref().len();
    encoder.write_all(block).unwrap();
    encoder.flush().unwrap();
    let mut bytes = encoder.get_ref().clone();
    let again = bytes[start..].to_vec();
    (0..times).for_each(|_| bytes.extend_from_slice(&again));
    Packed { bytes, check: 0, size: 0xF000_0000 }
}

/// A zip archive of deflated entries.
pub(crate) fn archive(entries: &[(&str, Packed)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, Packed { bytes: data, check, size }) in entries {
        let offset = bytes.len() as u32;
        let mut common = Vec::new();
        for short in [20u16, 0, 8, 0, 33] {
            common.extend(short.to_le_bytes());
        }
        for long in [*check, data.len() as u32, *size] {
            common.extend(long.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0u16.to_le_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(data);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (bytes.len() as u32, entries.len() as u16);
    let size = directory.len() as u32;
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

/// A workbook whose only sheet is `sheet`, deflated.
fn workbook(sheet: Packed, strings: Option<Packed>) -> Vec<u8> {
    workbook_of(1, "worksheets/sheet1.xml", sheet, strings)
}

/// A workbook with this many sheets, all of them the part `sheet` at `target`.
pub(crate) fn workbook_of(count: usize, target: &str, sheet: Packed, strings: Option<Packed>) -> Vec<u8> {
    let small = |text: &str| packed(text, b"", 0);
    let ns = "http://schemas.openxmlformats.org";
    let sheets: String =
        (0..count).map(|i| format!("<sheet name=\"Data {i}\" sheetId=\"1\" r:id=\"rId1\"/>")).collect();
    let path = format!("xl/{target}");
    let mut entries = vec![
        ("[Content_Types].xml", small("<Types/>")),
        (
            "xl/workbook.xml",
            small(&format!(
                "<workbook xmlns:r=\"{ns}/officeDocument/2006/relationships\"><sheets>{sheets}</sheets></workbook>"
            )),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            small(&format!(
                "<Relationships xmlns=\"{ns}/package/2006/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{ns}/officeDocument/2006/relationships/worksheet\" Target=\"{target}\"/>\
                 </Relationships>"
            )),
        ),
        (&path, sheet),
    ];
    entries.extend(strings.map(|strings| ("xl/sharedStrings.xml", strings)));
    archive(&entries)
}

pub(crate) const SHEET: &str = "<worksheet><sheetData>";
pub(crate) const MEGABYTE: usize = 1 << 20;

#[test]
fn zip_bombs_are_refused_while_they_unpack() {
    let string =
        packed("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>", &vec![b'a'; MEGABYTE], 3 * 1024);
    file_survives("string.xlsx", &workbook(string.clone(), None), "a text or tag of more than a megabyte");
    let lie = Packed { size: 100, ..string };
    file_survives("lie.xlsx", &workbook(lie, None), "damaged");
    let rows = packed(SHEET, &b"<row r=\"1\"/>".repeat(10_000), 3_000);
    file_survives("rows.xlsx", &workbook(rows, None), "a sheet of more than 1048576 rows");
    let deep = packed(SHEET, &b"<a>".repeat(100_000), 100);
    file_survives("deep.xlsx", &workbook(deep, None), "tags nested");
    let strings = packed("<sst>", &b"<si><t>abcdef</t></si>".repeat(50_000), 300);
    let sheet = packed(&format!("{SHEET}</sheetData></worksheet>"), b"", 0);
    file_survives("strings.xlsx", &workbook(sheet, Some(strings)), "more than 192 MB when unpacked");
    let cells = packed(SHEET, &b"<c r=\"A1\"><v>1</v></c>".repeat(50_000), 2_000);
    file_survives("cells.xlsx", &workbook(cells, None), "its cells take more than 384 MB of memory");
    let large = packed(SHEET, &[b"<!--", &[b'>'; 100_000][..], b"-->"].concat().repeat(10), 2_200);
    file_survives("large.xlsx", &workbook(large, None), "more than 2048 MB when unpacked");
    let many: Vec<String> = (0..20_000).map(|i| format!("xl/worksheets/{i}.xml")).collect();
    let mut entries: Vec<(&str, Packed)> = vec![("xl/workbook.xml", packed("<workbook/>", b"", 0))];
    entries.extend(many.iter().map(|name| (name.as_str(), Packed::default())));
    file_survives("many.xlsx", &archive(&entries), "more than 10000 parts");
    let member = archive(&[("data.csv", packed("ID,District\n", &vec![b'a'; MEGABYTE], 2_500))]);
    file_survives("bomb.zip", &member, "it is larger than 2 GiB");
    file_survives("many.zip", &archive(&entries), "more than 10000 files");
}

#[test]
fn texts_beyond_all_bounds_are_refused() {
    let wide = "a,".repeat(2_000_000);
    file_survives("wide.csv", wide.as_bytes(), "row 1 has more than 65536 columns");
    file_survives("rows.csv", &b"1\n".repeat(30_000_000), "more than 10 million rows");
    file_survives("line.csv", &vec![b'a'; 1 << 30], "row 1 is longer than 16 MB");
    let open = [GOOD.as_bytes(), b"03,\"Cedar,2023,5\n", &b"x\n".repeat(12 << 20)].concat();
    file_survives("quote.csv", &open, "row 4 is longer than 16 MB");
    file_survives("junk.csv", &[0u8, 159, 146, 150].repeat(1000), "neither a workbook nor a text table");
    let cells = "<table>".to_owned() + &"<tr><td colspan=16384>1</td><td>2</td></tr>".repeat(1000);
    file_survives("wide.html", cells.as_bytes(), "larger than a spreadsheet can be");
    let nested = "<table><tr><td>".repeat(500_000);
    let made = project("nested.html");
    fs::write(made.path().join("nested.html"), nested).unwrap();
    survives(&made, "it is empty", 2);
}

#[test]
fn nothing_outside_the_project_is_read_and_no_loop_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.csv"), GOOD.replace("2023", "2024")).unwrap();
    let absolute = outside.path().join("secret.csv").display().to_string();
    for path in ["../secret.csv", "data/../../secret.csv", &absolute] {
        survives(&project(path), "points outside the project's folder", 2);
    }
    let linked = project("link.csv");
    std::os::unix::fs::symlink(&absolute, linked.path().join("link.csv")).unwrap();
    survives(&linked, "points outside the project's folder", 2);
    let looped = project("data");
    fs::create_dir(looped.path().join("data")).unwrap();
    fs::write(looped.path().join("data/more.csv"), GOOD.replace("2023", "2024")).unwrap();
    std::os::unix::fs::symlink(looped.path().join("data"), looped.path().join("data/again")).unwrap();
    survives(&looped, "a link to a folder that contains it", 4);
}

#[test]
fn a_cache_that_is_a_link_is_left_alone() {
    let links = [(".retreat", ".retreat/cache"), (".retreat/cache", ".retreat/cache")];
    for (i, (link, below)) in links.into_iter().enumerate() {
        let made = project("more.csv");
        fs::write(made.path().join("more.csv"), GOOD.replace("2023", "2024")).unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let linked = if i == 0 { elsewhere.path().join("cache") } else { elsewhere.path().to_owned() };
        fs::create_dir_all(&linked).unwrap();
        // One with an ordinary name, and one named like a cache entry.
        let kept = ["mine.csv".to_owned(), "a".repeat(64)];
        kept.iter().for_each(|name| fs::write(linked.join(name), "mine").unwrap());
        fs::create_dir_all(made.path().join(link).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), made.path().join(link)).unwrap();
        survives(&made, "", 4);
        let mut names: Vec<_> =
            fs::read_dir(made.path().join(below)).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a".repeat(64).as_str(), "mine.csv"], "{link}");
    }
}

#[test]
fn files_that_are_not_entries_stay_in_the_cache() {
    let made = project("more.csv");
    fs::write(made.path().join("more.csv"), GOOD.replace("2023", "2024")).unwrap();
    let cache = made.path().join(".retreat/cache");
    fs::create_dir_all(&cache).unwrap();
    fs::write(cache.join("mine.csv"), "mine").unwrap();
    survives(&made, "", 4);
    let entries = fs::read_dir(&cache).unwrap().count();
    survives(&made, "", 4);
    // Two readings, what was estimated from them, the district with the list of districts, and the file.
    assert_eq!((fs::read_dir(&cache).unwrap().count(), entries), (6, 6));
    assert_eq!(fs::read_to_string(cache.join("mine.csv")).unwrap(), "mine");
}
