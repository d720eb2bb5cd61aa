//! The program is killed, or its disk is full, at every kind of system call with which it writes. The next run finds
//! the old state or the new one, finishes, and leaves nothing else behind.
//!
//! This needs `strace`; without it, the program is killed at random moments only. `cargo test --release
//! --test it kills -- --nocapture` prints how many kills were tried and survived.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::project::temporary_folder;

/// Calls that change the disk, or take a lock.
const CALLS: &str = "openat,creat,write,writev,pwrite64,ftruncate,fsync,fdatasync,flock,mkdir,mkdirat,rmdir,rename,\
                     renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat";
/// Those calls that are made for each file.
const OF_EACH_FILE: [&str; 6] = ["openat", "write", "fsync", "fdatasync", "unlink", "unlinkat"];
/// Those calls after which another program sees the same files as before. A kill there leaves what a kill at the next
/// call leaves.
const OF_NO_EFFECT: [&str; 2] = ["fsync", "fdatasync"];
/// Those calls that fail on a full disk.
const FILLING: [&str; 7] = ["openat", "write", "ftruncate", "fsync", "mkdir", "link", "linkat"];

const LAYOUT: &str = "id = \"any\"\nlabel = \"Any\"\nauthority = \"a test\"\npublic = true\n[year]\nfrom = \"column\"\n\
    column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\nname = [\"District\"]\n[[column]]\n\
    name = [\"Students\"]\nmeasure = \"enrollment\"\n";
const TABLE: &str =
    "ID,District,Year,Students\n01,Ash,2023,120\n02,Birch,2023,340\n01,Ash,2024,130\n02,Birch,2024,330\n";
/// The folders of their packs.
const DISTRICTS: [&str; 2] = ["01", "02"];

/// A command that writes, and what is in its folder beforehand.
struct Written {
    name: &'static str,
    arguments: &'static [&'static str],
    prepare: fn(&Path),
    /// A second run ends with exit code 2 if the work is already done, because the command overwrites
    /// nothing.
    only_once: bool,
    /// Whether it is also tried on a full disk.
    on_a_full_disk: bool,
}

/// All files of a folder, with their content.
type Tree = BTreeMap<String, Vec<u8>>;

/// What the folder must look like in the end, and the states from which a run was seen to get there.
///
/// Several kills often leave the same bytes: before a file is flushed, and before it is renamed. As the same input
/// gives the same bytes, one run finishes for all of them.
struct Finish {
    expected: Tree,
    seen: BTreeSet<Tree>,
}

fn retreat(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
    command.args(arguments).arg(folder);
    calm(&mut command);
    command
}

/// Runs it on one thread besides the main one, so that each run makes the same calls.
fn calm(command: &mut Command) {
    command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null());
}

fn project(folder: &Path, title: &str) {
    std::fs::create_dir_all(folder.join("layouts")).unwrap();
    let toml = format!(
        "[retreat]\ntitle = {title:?}\ndistrict = \"1\"\n[[source]]\npath = \"good.csv\"\nlayout = \"layouts/any.toml\"\n\
         [pack]\nformats = [\"html\", \"svg\"]\n"
    );
    let files =
        [("layouts/any.toml", LAYOUT), ("good.csv", TABLE), ("retreat.toml", &toml), ("notes.txt", "mine")];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// All files below a folder, with their content.
fn tree(root: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(root).min_depth(1).into_iter().map(Result::unwrap);
    let content = |entry: &walkdir::DirEntry| {
        if entry.file_type().is_file() { std::fs::read(entry.path()).unwrap() } else { Vec::new() }
    };
    let name =
        |entry: &walkdir::DirEntry| entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
    entries.map(|entry| (name(&entry), content(&entry))).collect()
}

/// The tree without what may be lost at any time.
fn without_cache(mut tree: Tree) -> Tree {
    tree.retain(|name, _| !name.starts_with(".retreat"));
    tree
}

/// A call that the program makes: its name, a path in it, and its number among the calls with that name and
/// path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    name: String,
    path: String,
    number: usize,
}

/// A project before the command runs.
struct Before {
    guard: tempfile::TempDir,
    folder: PathBuf,
}

impl Before {
    fn copied(&self) -> Self {
        let guard = temporary_folder();
        let root = guard.path().canonicalize().unwrap();
        for entry in walkdir::WalkDir::new(&self.folder).into_iter().map(Result::unwrap) {
            let to = root.join(entry.path().strip_prefix(self.folder.parent().unwrap()).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir(to).unwrap();
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
        Self { folder: root.join("Ash"), guard }
    }
}

impl Written {
    /// A project before the command runs, in a temporary folder; the folder's name may matter.
    fn prepared(&self) -> Before {
        let guard = temporary_folder();
        let folder = guard.path().canonicalize().unwrap().join("Ash");
        std::fs::create_dir(&folder).unwrap();
        (self.prepare)(&folder);
        Before { guard, folder }
    }

    fn run(&self, folder: &Path) -> Output {
        retreat(self.arguments, folder).output().unwrap()
    }

    /// What is there after an undisturbed run, and how long that took.
    #[expect(clippy::disallowed_methods, reason = "a random moment must lie within a run")]
    fn undisturbed(&self, before: &Before) -> (Tree, Duration) {
        let copy = before.copied();
        let start = Instant::now();
        let output = self.run(&copy.folder);
        let took = start.elapsed();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        (tree(&copy.folder), took)
    }

    /// Runs it under `strace` with these options.
    fn traced(&self, options: &[&str], folder: &Path) -> Output {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_retreat"));
        command.args(self.arguments).arg(folder);
        calm(&mut command);
        command.output().unwrap()
    }

    /// The calls with which it changes its folder.
    fn calls(&self, before: &Before) -> Vec<Call> {
        let Before { guard, folder } = before.copied();
        let log = guard.path().join("log");
        let options = ["-y", "-o", log.to_str().unwrap(), "-s", "1", "-e", &format!("trace={CALLS}")];
        assert!(self.traced(&options, &folder).status.success());
        let mut made: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut calls = Vec::new();
        for line in std::fs::read_to_string(log).unwrap().lines() {
            let Some((name, path)) = call(line, folder.to_str().unwrap()) else { continue };
            let number = made.entry((name.clone(), path.clone())).or_default();
            *number += 1;
            // Only open calls that may create a file, no calls that failed, and no names that differ between runs.
            let writes = (name != "openat" || line.contains("O_CREAT")) && !line.contains(" = -1 ");
            let is_stable = path.rsplit('/').next().is_none_or(|last| last.len() <= 64);
            if writes && is_stable {
                calls.push(Call { name, path, number: *number });
            }
        }
        thinned(calls)
    }

    /// Disturbs it at each call, then runs it again.
    fn at_each_call(&self) {
        let before = self.prepared();
        let (expected, took) = self.undisturbed(&before);
        let mut finish = Finish { expected, seen: BTreeSet::new() };
        let calls = if is_strace_there() { self.calls(&before) } else { Vec::new() };
        let kill: Vec<&Call> =
            calls.iter().filter(|call| !OF_NO_EFFECT.contains(&call.name.as_str())).collect();
        let killed = kill.iter().filter(|call| self.killed(call, &before, &mut finish)).count();
        // A call that is made on either of two threads may come a little earlier or later.
        assert!(killed * 20 >= kill.len() * 19, "{}: {killed} kills at {} calls", self.name, kill.len());
        let fill = |call: &&Call| self.on_a_full_disk && FILLING.contains(&call.name.as_str());
        let full = calls.iter().filter(fill).filter(|call| self.filled(call, &before, &mut finish)).count();
        let moments = if calls.is_empty() { 10 } else { 3 };
        let at_random = self.at_random_moments(moments, took, &before, &mut finish);
        println!(
            "{}: survived {killed} of {killed} kills at its system calls, {at_random} of {at_random} at random moments, and \
             {full} of {full} calls that found the disk full",
            self.name
        );
    }

    /// Runs it in a copy, with something injected at one call.
    fn injected(&self, call: &Call, what: &str, copy: &Before) -> Output {
        let path = format!("{}{}", copy.folder.display(), call.path);
        let inject = format!("inject={}:{what}:when={}", call.name, call.number);
        let trace = format!("trace={}", call.name);
        self.traced(&["-o", "/dev/null", "-P", &path, "-e", &trace, "-e", &inject], &copy.folder)
    }

    /// Kills it at one call, and checks what is left. Returns whether the kill happened.
    fn killed(&self, call: &Call, before: &Before, finish: &mut Finish) -> bool {
        let copy = before.copied();
        let output = self.injected(call, "signal=KILL", &copy);
        let is_killed = matches!(output.status.code(), None | Some(137));
        let place = format!("{}, killed at {call:?}", self.name);
        assert!(is_killed || output.status.success(), "{place}: {}", String::from_utf8_lossy(&output.stderr));
        self.finishes(&copy.folder, finish, &place);
        is_killed
    }

    /// Makes the disk full at one call, and checks what is left. Returns whether the program met it.
    fn filled(&self, call: &Call, before: &Before, finish: &mut Finish) -> bool {
        let copy = before.copied();
        let output = self.injected(call, "error=ENOSPC", &copy);
        let (code, told) = (output.status.code(), String::from_utf8_lossy(&output.stderr));
        let found = without_cache(tree(&copy.folder));
        let place = format!("{}, disk full at {call:?}: {told}", self.name);
        if code == Some(2) {
            assert!(told.contains("No space left"), "{place}");
            assert_eq!(names(&found), names(&without_cache(tree(&before.folder))), "{place}");
            assert!(found == without_cache(tree(&before.folder)), "{place}");
            return true;
        }
        assert_eq!(code, Some(0), "{place}");
        self.finishes(&copy.folder, finish, &place);
        // What is only cached for the next run may be lost.
        call.path.starts_with("/.retreat")
    }

    /// Kills it at this many moments of the time that it takes, from a fixed pseudorandom sequence.
    fn at_random_moments(
        &self,
        moments: usize,
        took: Duration,
        before: &Before,
        finish: &mut Finish,
    ) -> usize {
        let mut killed = 0;
        let mut random: u64 = 20_260;
        for _ in 0..moments {
            let copy = before.copied();
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut child = retreat(self.arguments, &copy.folder)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros((random >> 33) % (took.as_micros() as u64 + 1)));
            child.kill().unwrap();
            killed += usize::from(child.wait().unwrap().code().is_none());
            self.finishes(&copy.folder, finish, &format!("{}, at a random moment", self.name));
        }
        killed
    }

    /// Runs it again: it succeeds, and everything is as after an undisturbed run.
    fn finishes(&self, folder: &Path, finish: &mut Finish, place: &str) {
        if !finish.seen.insert(tree(folder)) {
            return;
        }
        let expected = &finish.expected;
        let output = self.run(folder);
        let told = String::from_utf8_lossy(&output.stderr);
        let was_done = self.only_once && told.contains("already exists");
        assert_eq!(output.status.code(), Some(if was_done { 2 } else { 0 }), "{place}: {told}");
        let found = tree(folder);
        assert_eq!(names(&found), names(expected), "{place}");
        assert!(found == *expected, "{place}: {:?}", found.iter().find(|(n, t)| expected.get(*n) != Some(t)));
    }
}

fn names(tree: &Tree) -> Vec<&str> {
    tree.keys().map(String::as_str).collect()
}

/// The name of the call in a line of `strace`, and the path in `folder` by which `strace` finds it again, relative to the
/// folder: the last one that it mentions.
fn call(line: &str, folder: &str) -> Option<(String, String)> {
    let (before, arguments) = line.split_once('(')?;
    let name = before.rsplit(' ').next().filter(|name| !name.is_empty() && !before.contains('<'))?;
    let result = arguments.rfind(" = ").unwrap_or(arguments.len());
    let mut paths = arguments[..result].split(['"', '<', '>']).filter_map(|part| part.strip_prefix(folder));
    let is_inside = |path: &&str| path.is_empty() || path.starts_with('/');
    // `strace -P` compares the first path of a `rename`.
    let path = if name == "rename" { paths.find(is_inside) } else { paths.rfind(is_inside) }?;
    Some((name.to_owned(), path.to_owned()))
}

/// Many files of a folder are written in the same way, and long ones in pieces: keeps the first call of a kind, and the last.
fn thinned(calls: Vec<Call>) -> Vec<Call> {
    let mut alike: BTreeMap<(String, String), Vec<Call>> = BTreeMap::new();
    for call in &calls {
        alike.entry(call.kind()).or_default().push(call.clone());
    }
    let wanted = |call: &Call| {
        let alike = &alike[&call.kind()];
        let kept = [0, alike.len() - 1];
        !OF_EACH_FILE.contains(&call.name.as_str()) || kept.iter().any(|at| alike.get(*at) == Some(call))
    };
    calls.into_iter().filter(wanted).collect()
}

impl Call {
    /// The name, and the path without the district's folder and without the file's name before its extension.
    fn kind(&self) -> (String, String) {
        let path = Path::new(&self.path);
        let mut folder = path.parent().unwrap_or(path).display().to_string();
        for district in DISTRICTS {
            folder = folder.replace(&format!("/{district}"), "/district");
        }
        let extension = path.extension().unwrap_or_default().display();
        (self.name.clone(), format!("{folder}/.{extension}"))
    }
}

fn is_strace_there() -> bool {
    // It may be installed without permission to trace.
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    tried.is_ok_and(|output| output.status.success())
}

/// A project that was built or checked, and whose title has changed since.
fn again(folder: &Path, arguments: &[&str]) {
    project(folder, "Before");
    assert_eq!(retreat(arguments, folder).output().unwrap().status.code(), Some(0));
    project(folder, "After");
}

#[test]
fn kills_of_a_first_build() {
    let prepare = |folder: &Path| project(folder, "First");
    Written {
        name: "build, the first",
        arguments: &["build"],
        prepare,
        only_once: false,
        on_a_full_disk: false,
    }
    .at_each_call();
}

#[test]
fn kills_of_a_build_in_place_of_an_older_one() {
    let prepare = |folder: &Path| again(folder, &["build"]);
    Written { name: "build, again", arguments: &["build"], prepare, only_once: false, on_a_full_disk: true }
        .at_each_call();
}

#[test]
fn kills_of_a_build_of_all_districts() {
    let prepare = |folder: &Path| again(folder, &["build", "--all-districts", "--format", "svg"]);
    let arguments = &["build", "--all-districts", "--format", "svg"];
    Written { name: "build --all-districts", arguments, prepare, only_once: false, on_a_full_disk: false }
        .at_each_call();
}

#[test]
fn kills_of_merging_shards() {
    let prepare = |folder: &Path| {
        for title in ["Before", "After"] {
            project(folder, title);
            for shard in ["1/2", "2/2"] {
                let arguments = ["build", "--all-districts", "--format", "svg", "--shard", shard];
                assert_eq!(retreat(&arguments, folder).output().unwrap().status.code(), Some(0));
            }
            if title == "Before" {
                assert_eq!(retreat(&["merge-shards"], folder).output().unwrap().status.code(), Some(0));
            }
        }
    };
    let arguments = &["merge-shards"];
    Written { name: "merge-shards", arguments, prepare, only_once: false, on_a_full_disk: true }
        .at_each_call();
}

#[test]
fn kills_of_check() {
    let prepare = |folder: &Path| {
        again(folder, &["check"]);
        std::fs::write(folder.join("readiness/notes.txt"), "mine").unwrap();
    };
    Written { name: "check", arguments: &["check"], prepare, only_once: false, on_a_full_disk: true }
        .at_each_call();
}

#[test]
fn kills_of_init() {
    let prepare = |folder: &Path| {
        for (name, head) in [("students.csv", "Students"), ("enrolled.csv", "Enrollment")] {
            std::fs::write(folder.join(name), TABLE.replace("Students", head)).unwrap();
        }
        std::fs::create_dir(folder.join("layouts")).unwrap();
        std::fs::write(folder.join("layouts/mine.toml"), "mine").unwrap();
    };
    Written { name: "init", arguments: &["init"], prepare, only_once: true, on_a_full_disk: true }
        .at_each_call();
}

#[test]
fn kills_of_init_with_a_template() {
    let prepare = |folder: &Path| std::fs::write(folder.join("mine.docx"), "mine").unwrap();
    Written {
        name: "init --template",
        arguments: &["init", "--template"],
        prepare,
        only_once: true,
        on_a_full_disk: true,
    }
    .at_each_call();
}

#[test]
fn kills_of_a_merge() {
    const FORM: &str = "Timestamp,Your table,Which strength is missing?\n1,Table 1,Our music program\n";
    let prepare = |folder: &Path| {
        project(folder, "Merged");
        std::fs::create_dir(folder.join("ballots")).unwrap();
        std::fs::write(folder.join("ballots/form.csv"), FORM).unwrap();
        for command in ["build", "merge"] {
            assert_eq!(retreat(&[command], folder).output().unwrap().status.code(), Some(0), "{command}");
        }
        // A person writes into the consensus, and one more ballot comes in.
        let consensus = std::fs::read_to_string(folder.join("swot/consensus.csv")).unwrap();
        std::fs::write(folder.join("swot/consensus.csv"), consensus.replace("music", "chess")).unwrap();
        std::fs::write(folder.join("ballots/form.csv"), format!("{FORM}2,Table 2,Our bands\n")).unwrap();
    };
    Written { name: "merge, again", arguments: &["merge"], prepare, only_once: false, on_a_full_disk: false }
        .at_each_call();
}

#[test]
fn kills_of_a_plan() {
    let prepare = |folder: &Path| {
        project(folder, "Planned");
        std::fs::create_dir(folder.join("plan")).unwrap();
        write_goals(folder, &["Every child in school"]);
        assert_eq!(retreat(&["plan"], folder).output().unwrap().status.code(), Some(0));
        // A person writes on the monitoring page, and there is one more goal.
        std::fs::write(folder.join("scorecard/monitoring.docx"), "mine").unwrap();
        write_goals(folder, &["Every child in school", "Teachers stay"]);
    };
    Written { name: "plan, again", arguments: &["plan"], prepare, only_once: false, on_a_full_disk: false }
        .at_each_call();
}

/// Writes a plan with these goals.
fn write_goals(folder: &Path, goals: &[&str]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    for (column, heading) in
        (0..).zip(["Goal", "Indicator", "Owner", "Target 2025-26", "Deadline", "Report month"])
    {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, goal) in (1..).zip(goals) {
        sheet.write_string(row, 0, *goal).unwrap();
    }
    book.save(folder.join("plan/plan.xlsx")).unwrap();
}
