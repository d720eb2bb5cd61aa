//! What the program costs, beside what the same work costs without it. Run by `cargo bench`; nothing here is a test.
//!
//! Each figure is the median of several runs in this process, and what is quoted is the ratio of two of them. The
//! whole-state benchmarks need the published files: `RETREAT_DATA=/folder cargo bench` names the folder that holds
//! `texas/` and `illinois/`; without it, the region and the sample that ship are used.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::Reader;
use retreat::chart::{Theme, draw};
use retreat::compare;
use retreat::exhibit::exhibits;
use retreat::finding::propose;
use retreat::project::Project;
use retreat::run::{self, Data};
use retreat::source;

type Anything = Box<dyn std::error::Error>;

fn main() -> Result<(), Anything> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = std::env::var_os("RETREAT_DATA").map(PathBuf::from);
    read_text(root, data.as_deref())?;
    read_workbook(root, data.as_deref())?;
    let example = if data.is_some() { "examples/texas" } else { "examples/texas-region" };
    let project = Project::open(&root.join(example))?;
    read_again(&project, example)?;
    let read = whole_build(&project, example)?;
    compare_all(&project, &read);
    draw_charts(root)?;
    say(&format!("peak memory of all this: {} MiB", peak_memory().unwrap_or(0)));
    Ok(())
}

fn say(line: &str) {
    // A benchmark whose output is closed has nobody to tell.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The median time of `runs` runs.
fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

fn report(what: &str, cells: usize, ours: Duration, bare: Duration) {
    let million = cells as f64 / 1e6;
    say(&format!(
        "{what}: {million:.2} M cells, {:.1} M cells/s; a bare loop {:.1} M cells/s; ratio {:.2}",
        million / ours.as_secs_f64(),
        million / bare.as_secs_f64(),
        ratio(ours, bare)
    ));
}

/// Reading a text table against a bare loop of the csv crate over the same file, both from its bytes on disk.
fn read_text(root: &Path, data: Option<&Path>) -> Result<(), Anything> {
    let path = match data {
        Some(data) => data.join("texas/DISTPERF2_2024.csv"),
        None => root.join("examples/texas-region/data/DISTPERF2_2024.csv"),
    };
    let mut cells = 0;
    let bare = median(15, || -> Result<usize, Anything> {
        let bytes = std::fs::read(&path)?;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Cursor::new(bytes));
        let mut record = csv::StringRecord::new();
        cells = 0;
        while reader.read_record(&mut record)? {
            cells += record.iter().map(|field| usize::from(!black_box(field).is_empty())).sum::<usize>();
        }
        Ok(cells)
    });
    let ours = median(15, || {
        source::read(&source::Input::File(path.clone()), "t.csv")
            .value
            .sheets
            .first()
            .map(source::Sheet::cell_count)
    });
    report("reading text", cells, ours, bare);
    Ok(())
}

/// Reading a workbook against a bare loop of calamine's cell reader over the same file.
fn read_workbook(root: &Path, data: Option<&Path>) -> Result<(), Anything> {
    let path = match data {
        Some(data) => data.join("illinois/Historic RC District Data.xlsx"),
        None => root.join("sample_data/enrollment.xlsx"),
    };
    let mut cells = 0;
    let bare = median(7, || -> Result<usize, Anything> {
        let bytes = std::fs::read(&path)?;
        let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes))?;
        cells = 0;
        for name in workbook.sheet_names() {
            let mut reader = workbook.worksheet_cells_reader(&name)?;
            while let Some(cell) = reader.next_cell()? {
                cells += usize::from(!matches!(black_box(cell.get_value()), calamine::DataRef::Empty));
            }
        }
        Ok(cells)
    });
    let ours = median(7, || {
        let sheets = source::read(&source::Input::File(path.clone()), "t.xlsx").value.sheets;
        sheets.iter().map(source::Sheet::cell_count).sum::<usize>()
    });
    report("reading a workbook", cells, ours, bare);
    Ok(())
}

/// Reading all files of a project against recalling what was kept of them.
fn read_again(project: &Project, name: &str) -> Result<(), Anything> {
    let kept = project.folder.join(".retreat");
    let mut first = Vec::new();
    for _ in 0..3 {
        if kept.exists() {
            std::fs::remove_dir_all(&kept)?;
        }
        let start = Instant::now();
        black_box(run::read_files(project)?);
        first.push(start.elapsed());
    }
    first.sort_unstable();
    let again = median(5, || run::read_files(project).map(|r| r.value.len()).unwrap_or(0));
    say(&format!(
        "reading {name}: first {:.2} s, again {:.2} s; ratio {:.3}",
        first[1].as_secs_f64(),
        again.as_secs_f64(),
        ratio(again, first[1])
    ));
    Ok(())
}

/// Everything from files to files, for one district.
fn whole_build(project: &Project, name: &str) -> Result<Data, Anything> {
    let start = Instant::now();
    let data = run::read(project)?;
    let read = start.elapsed();
    let out = std::env::temp_dir().join("retreat-bench-out");
    let district = &project.file.retreat.district;
    let built = run::build(project, &data, district, &out, &retreat::pack::Formats::all())?;
    let whole = start.elapsed();
    std::fs::remove_dir_all(&out)?;
    say(&format!(
        "whole build of {name}: {} observations, {} charts; {:.2} s, of which reading {:.2} s",
        data.observations,
        built.report.counts.exhibits,
        whole.as_secs_f64(),
        read.as_secs_f64()
    ));
    Ok(data)
}

/// Trends of every series and peers of every district.
fn compare_all(project: &Project, data: &Data) {
    let settings = run::peer_settings(project);
    let (released, catalog) = (&data.released, &project.catalog);
    let trends = median(3, || compare::trends(released, catalog).len());
    let series = compare::trends(released, catalog).len();
    let peers = median(3, || compare::all_peer_groups(released, catalog, &settings).len());
    let districts = released.terms().districts.len();
    let pass = median(3, || plain_pass(data));
    say(&format!(
        "trends of {series} series {:.2} s, peers of {districts} districts {:.2} s; one plain pass over the same \
         numbers with a median a series {:.2} s; ratio {:.2}",
        trends.as_secs_f64(),
        peers.as_secs_f64(),
        pass.as_secs_f64(),
        ratio(trends + peers, pass)
    ));
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    if let Ok(pool) = single {
        let one = pool.install(|| median(3, || compare::trends(released, catalog).len()));
        say(&format!("trends on one thread against all: ratio {:.2}", ratio(one, trends)));
    }
}

/// The median of each district's values in each series, on one thread.
fn plain_pass(data: &Data) -> f64 {
    let Ok(view) = data.released.view() else { return 0.0 };
    let mut total = 0.0;
    let mut values: Vec<f64> = Vec::new();
    for run in data.released.runs() {
        let mut district = u32::MAX;
        for row in view.rows(run.rows.clone()) {
            if row.district != district {
                values.sort_unstable_by(f64::total_cmp);
                total += values.get(values.len() / 2).copied().unwrap_or(0.0);
                values.clear();
                district = row.district;
            }
            values.extend(row.value);
        }
    }
    total
}

/// Charts of the sample, drawn and made pictures, on one thread and on two.
fn draw_charts(root: &Path) -> Result<(), Anything> {
    use rayon::prelude::*;
    let project = Project::open(&root.join("sample_data"))?;
    let data = run::read(&project)?;
    let (comparisons, _) = run::compare(&project, &data, &project.file.retreat.district)?;
    let findings = propose(&comparisons, &project.catalog, &BTreeMap::new());
    let made = exhibits(&comparisons, &findings, &project.catalog).value;
    let theme = Theme::embedded()?;
    let rate = |threads: usize| -> Result<f64, Anything> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let time = pool.install(|| median(3, || made.par_iter().filter(|e| draw(e, &theme).is_ok()).count()));
        Ok(made.len() as f64 / time.as_secs_f64())
    };
    let (one, two) = (rate(1)?, rate(2)?);
    say(&format!("drawing: {one:.1} charts/s on one thread, {two:.1} on two; ratio {:.2}", two / one));
    Ok(())
}

/// The most memory this process has had, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}
