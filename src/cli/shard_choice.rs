//! Which part of all districts is built, as the user or a scheduler specifies it.

use crate::domain::Shard;
use crate::wording::shards as wording;

/// The value of `--shard` if the scheduler knows the number.
const AUTO: &str = "auto";

/// What schedulers report about a task. It is read only for `--shard auto`, so that no variable that happens to be set changes what a
/// build does.
#[derive(Debug, Default)]
pub(super) struct TaskVariables {
    /// `SLURM_ARRAY_TASK_ID`: the number of the task in its array.
    slurm_id: Option<String>,
    /// `SLURM_ARRAY_TASK_MIN`: the first number of the array.
    slurm_first: Option<String>,
    /// `SLURM_ARRAY_TASK_MAX`: the last number of the array.
    slurm_last: Option<String>,
    /// `SLURM_ARRAY_TASK_COUNT`: how many tasks the array has.
    slurm_count: Option<String>,
    /// `JOB_COMPLETION_INDEX` of Kubernetes: the number of the task, from 0.
    kubernetes_index: Option<String>,
}

impl TaskVariables {
    /// The variables of this process.
    pub(super) fn read() -> Self {
        let [slurm_id, slurm_first, slurm_last, slurm_count, kubernetes_index] = [
            "SLURM_ARRAY_TASK_ID",
            "SLURM_ARRAY_TASK_MIN",
            "SLURM_ARRAY_TASK_MAX",
            "SLURM_ARRAY_TASK_COUNT",
            "JOB_COMPLETION_INDEX",
        ]
        .map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        Self { slurm_id, slurm_first, slurm_last, slurm_count, kubernetes_index }
    }

    /// The shard of this task, of `count` if the user says how many there are.
    fn shard(&self, count: Option<u32>) -> Result<Shard, String> {
        match (&self.slurm_id, &self.kubernetes_index) {
            (Some(_), Some(_)) => Err(wording::TWO_SCHEDULERS.to_owned()),
            (Some(id), None) => self.slurm_shard(id, count),
            (None, Some(index)) => kubernetes_shard(index, count),
            (None, None) => Err(wording::no_scheduler(&count_or_n(count))),
        }
    }

    /// The shard of a task of an array from 1 to the count, or from 0 to one less.
    fn slurm_shard(&self, id: &str, count: Option<u32>) -> Result<Shard, String> {
        let first = number(self.slurm_first.as_deref());
        let counted_from = u32::from(first != Some(0));
        let task = number(Some(id)).ok_or_else(|| wording::no_number("SLURM_ARRAY_TASK_ID", id))?;
        let count = count.or_else(|| self.slurm_tasks(counted_from));
        let count = count.ok_or_else(|| wording::array_without_count(id))?;
        task.checked_add(1 - counted_from)
            .and_then(|number| Shard::new(number, count))
            .ok_or_else(|| wording::task_outside(&task.to_string(), count))
    }
}

impl TaskVariables {
    /// How many tasks an array has in all; `None` if it has gaps or begins later, because it may be a part of another one.
    fn slurm_tasks(&self, counted_from: u32) -> Option<u32> {
        let [first, last, tasks] =
            [&self.slurm_first, &self.slurm_last, &self.slurm_count].map(|text| number(text.as_deref()));
        let whole = last?.checked_add(1)?.checked_sub(counted_from)?;
        (first == Some(counted_from) && tasks == Some(whole)).then_some(whole)
    }
}

/// The shard of a task of an Indexed Job, which does not say how many tasks it has.
fn kubernetes_shard(index: &str, count: Option<u32>) -> Result<Shard, String> {
    let task = number(Some(index)).ok_or_else(|| wording::no_number("JOB_COMPLETION_INDEX", index))?;
    let count = count.ok_or_else(|| wording::JOB_WITHOUT_COUNT.to_owned())?;
    task.checked_add(1)
        .and_then(|number| Shard::new(number, count))
        .ok_or_else(|| wording::task_outside(&task.to_string(), count))
}

/// The shard that `--shard` specifies: `2/4`, `auto`, or `auto/4`.
///
/// # Errors
/// What is wrong, and what to type, in words.
pub(super) fn chosen_shard(text: &str, variables: &TaskVariables) -> Result<Shard, String> {
    let text = text.trim();
    if let Some(shard) = Shard::parse(text) {
        return Ok(shard);
    }
    if text == AUTO {
        return variables.shard(None);
    }
    match text.split_once('/') {
        Some((AUTO, count)) => match number(Some(count)).filter(|count| *count > 0) {
            Some(count) => variables.shard(Some(count)),
            None => Err(wording::no_shard(text)),
        },
        Some((wanted, count)) => match (number(Some(wanted)), number(Some(count)).filter(|count| *count > 0))
        {
            (Some(_), Some(count)) => Err(wording::shard_outside(text, count)),
            _ => Err(wording::no_shard(text)),
        },
        None => Err(wording::no_shard(text)),
    }
}

fn number(text: Option<&str>) -> Option<u32> {
    text?.parse().ok()
}

fn count_or_n(count: Option<u32>) -> String {
    count.map_or_else(|| "4".to_owned(), |count| count.to_string())
}

#[cfg(test)]
mod tests {
    use super::{TaskVariables, chosen_shard};

    /// A task of an array without gaps.
    fn slurm(id: &str, first: u32, last: u32) -> TaskVariables {
        let count = last + 1 - first;
        TaskVariables {
            slurm_id: Some(id.to_owned()),
            slurm_first: Some(first.to_string()),
            slurm_last: Some(last.to_string()),
            slurm_count: Some(count.to_string()),
            kubernetes_index: None,
        }
    }

    fn kubernetes(index: &str) -> TaskVariables {
        TaskVariables { kubernetes_index: Some(index.to_owned()), ..TaskVariables::default() }
    }

    fn chosen(text: &str, variables: &TaskVariables) -> Result<String, String> {
        chosen_shard(text, variables).map(|shard| shard.to_string())
    }

    #[test]
    fn a_number_that_is_typed_is_used_whatever_a_scheduler_says() {
        assert_eq!(chosen("2/4", &slurm("7", 1, 9)).unwrap(), "2/4");
        assert_eq!(chosen(" 1/1 ", &TaskVariables::default()).unwrap(), "1/1");
    }

    #[test]
    fn a_scheduler_says_the_number_if_it_is_asked() {
        for (variables, text, shard) in [
            (slurm("1", 1, 4), "auto", "1/4"),
            (slurm("4", 1, 4), "auto", "4/4"),
            (slurm("0", 0, 3), "auto", "1/4"),
            (slurm("3", 0, 3), "auto", "4/4"),
            // One task of an array submitted again.
            (slurm("3", 3, 3), "auto/4", "3/4"),
            (slurm("3", 1, 4), "auto/4", "3/4"),
            (kubernetes("0"), "auto/4", "1/4"),
            (kubernetes("3"), "auto/4", "4/4"),
        ] {
            assert_eq!(chosen(text, &variables).as_deref(), Ok(shard), "{text} {variables:?}");
        }
    }

    #[test]
    fn what_is_no_shard_is_refused_with_what_to_type() {
        let both = TaskVariables { kubernetes_index: Some("0".to_owned()), ..slurm("1", 1, 4) };
        for (variables, text, part) in [
            (TaskVariables::default(), "0/4", "--shard 1/4"),
            (TaskVariables::default(), "5/4", "--shard 4/4"),
            (TaskVariables::default(), "one/4", "--shard 1/4"),
            (TaskVariables::default(), "4", "--shard 1/4"),
            (TaskVariables::default(), "auto", "--shard 1/4"),
            (TaskVariables::default(), "auto/0", "--shard 1/4"),
            (slurm("3", 3, 3), "auto", "--shard auto/"),
            (slurm("5", 1, 5), "auto/4", "4"),
            (
                TaskVariables { slurm_count: Some("3".to_owned()), ..slurm("5", 1, 5) },
                "auto",
                "--shard auto/",
            ),
            (slurm("x", 1, 5), "auto", "SLURM_ARRAY_TASK_ID"),
            (kubernetes("0"), "auto", "--shard auto/"),
            (kubernetes("4"), "auto/4", "4"),
            (both, "auto/4", "--shard 1/4"),
        ] {
            let refused = chosen(text, &variables).unwrap_err();
            assert!(refused.contains(part) && refused.contains("hint: "), "{text} {variables:?}: {refused}");
        }
    }
}
