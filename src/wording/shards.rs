//! Parts of all districts: which one is built, what is missing or differs when they are merged.

use std::fmt::Display;

use super::listing::{counted, joined_with_and};
use crate::domain::Shard;

/// The value of `--shard` is not a shard.
pub(crate) fn no_shard(text: &str) -> String {
    format!(
        "`--shard {text}` is not a valid shard\n  hint: type --shard 1/4 for the first of four and --shard 4/4 for the last. If a \
         scheduler sets the number, type --shard auto"
    )
}

/// The number is not between 1 and the count.
pub(crate) fn shard_outside(text: &str, count: u32) -> String {
    format!(
        "`--shard {text}` is not a valid shard, because shards are numbered from 1 to {count}\n  hint: type --shard 1/{count} for the \
         first, and --shard {count}/{count} for the last"
    )
}

/// `--shard auto` without a scheduler.
pub(crate) fn no_scheduler(count: &str) -> String {
    format!(
        "--shard auto needs SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, but neither is set\n  hint: without such a scheduler, \
         type the number: --shard 1/{count}"
    )
}

pub(crate) const TWO_SCHEDULERS: &str = "--shard auto found both SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX\n  hint: type the \
                                         number: --shard 1/4";

pub(crate) fn no_number(variable: &str, text: &str) -> String {
    format!(
        "{variable} is `{text}`, which is not a number\n  hint: type the number of the shard: --shard 1/4"
    )
}

/// An array that does not begin at 0 or 1, for example because one task of it was submitted again.
pub(crate) fn array_without_count(id: &str) -> String {
    format!(
        "task {id} belongs to an array that does not begin at 0 or 1, so the number of shards is unknown\n  hint: type how many \
         there are: --shard auto/4"
    )
}

pub(crate) const JOB_WITHOUT_COUNT: &str = "JOB_COMPLETION_INDEX says which task this is, but not how many there are\n  hint: \
                                            repeat the number in the Job's `completions`: --shard auto/4";

pub(crate) fn task_outside(task: &str, count: u32) -> String {
    format!(
        "there is no shard for task {task} of the array, because the run has only {}\n  hint: give the array as many tasks as there \
         are shards, starting at 1",
        counted(count as usize, "shard")
    )
}

/// What a shard did.
pub(crate) struct ShardSize {
    pub(crate) built: usize,
    pub(crate) unchanged: usize,
    pub(crate) not_built: usize,
}

/// What a run of all districts, or of a shard of them, did.
pub(crate) fn districts_done(shard: Option<Shard>, size: &ShardSize) -> String {
    let ShardSize { built, unchanged, not_built } = size;
    let mut parts = vec![format!("{} built", counted(*built, "pack"))];
    if *unchanged > 0 {
        parts.push(format!("{unchanged} already there and unchanged"));
    }
    if *not_built > 0 {
        parts.push(format!("{not_built} not built"));
    }
    let what = shard.map_or_else(|| "All districts".to_owned(), |shard| format!("Shard {shard}"));
    format!("{what}: {}.", parts.join(", "))
}

/// What to do once a shard is done.
pub(crate) fn merge_next(project: &dyn Display) -> String {
    format!("Once all shards are done, type: retreat merge-shards {project}")
}

/// A shard met a disk that is full, or that cannot be written to.
pub(crate) fn shard_not_finished(shard: Shard, why: &dyn Display) -> String {
    format!(
        "shard {shard} is not finished: {why}\n  hint: free up disk space or wait for the other run to finish. Then run the same command again; it \
         builds only the missing packs"
    )
}

/// The same without shards.
pub(crate) fn districts_not_finished(why: &dyn Display) -> String {
    format!(
        "not all districts could be built: {why}\n  hint: free up disk space or wait for the other run to finish. Then run the same command again; it \
         builds only the missing packs"
    )
}

/// No shard of a project has finished.
pub(crate) fn no_shards(folder: &dyn Display) -> String {
    format!(
        "no shard of {folder} has finished\n  hint: type retreat build {folder} --all-districts --shard 1/4, and so on through 4/4. \
         Name the project's folder, not the folder of its packs"
    )
}

/// Some shards have not finished.
pub(crate) fn shards_missing(missing: &[Shard]) -> String {
    let names: Vec<String> = missing.iter().map(|shard| format!("{shard}")).collect();
    let first = names.first().cloned().unwrap_or_default();
    let (noun, verb) = if names.len() == 1 { ("shard", "has") } else { ("shards", "have") };
    format!(
        "{noun} {} {verb} not finished, so nothing was merged\n  hint: run --shard {first} again. A shard builds only the \
         missing packs",
        joined_with_and(&names)
    )
}

/// Shards of different counts have finished.
pub(crate) fn counts_differ(one: Shard, other: Shard, folder: &dyn Display) -> String {
    format!(
        "shard {one} is one of {}, and shard {other} is one of {}, so nothing was merged\n  hint: run all shards with the same total. To \
         discard the others, delete their files in {folder}",
        one.count, other.count
    )
}

/// Two shards were not built from the same.
pub(crate) fn shards_differ(one: Shard, other: Shard, what: &str) -> String {
    format!(
        "shards {one} and {other} do not belong together, so nothing was merged: {what}\n  hint: rerun the shards that were \
         built before the change. A shard builds only what has changed"
    )
}

/// What differs between two shards.
pub(crate) mod difference {
    use super::{counted, joined_with_and};

    pub(crate) fn version(one: &str, other: &str) -> String {
        format!("they were built by two versions of retreat, {one} and {other}")
    }

    pub(crate) const BUILD: &str = "they were built by two different builds of the same version of retreat";

    pub(crate) fn formats(one: &[String], other: &[String]) -> String {
        format!(
            "the packs of one have the formats {}, and those of the other {}",
            joined_with_and(one),
            joined_with_and(other)
        )
    }

    /// The first files that differ, and how many more there are.
    pub(crate) fn files(names: &[String], more: usize) -> String {
        let others = if more == 0 { String::new() } else { format!(" and {}", counted(more, "other file")) };
        format!("they read different versions of {}{others}", names.join(", "))
    }

    pub(crate) fn districts(one: usize, other: usize) -> String {
        format!("one found {}, and the other found {other}", counted(one, "district"))
    }

    pub(crate) const SETTINGS: &str =
        "retreat.toml, a layout, or the project's catalog changed between the two runs";
    pub(crate) const OTHERS: &str =
        "the templates, or the earlier packs in the output folder, changed between the two runs";
}

/// A pack is not the one that its shard built.
pub(crate) fn pack_changed(district: &str, folder: &dyn Display, shard: Shard) -> String {
    format!(
        "the pack of {district} in {folder} is not the one that shard {shard} built, so nothing was merged\n  hint: if shards \
         wrote to another folder, name it with --out. Otherwise, run --shard {shard} again"
    )
}

/// How many districts were merged.
pub(crate) fn merged(districts: usize, shards: u32, folder: &dyn Display) -> String {
    format!(
        "Merged {} from {}: the portfolio is in {folder}.",
        counted(districts, "district"),
        counted(shards as usize, "shard")
    )
}
