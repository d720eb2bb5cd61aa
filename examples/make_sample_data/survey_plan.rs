//! What people say in the surveys of the main district: planted exactly, so that it can be counted by hand.

/// A group of respondents in one wave.
pub(crate) struct Wave {
    pub(crate) group: &'static str,
    /// The date of its answers, as year and month.
    pub(crate) year: u32,
    pub(crate) month: u32,
    /// How many people answer each question.
    pub(crate) people: usize,
    /// How many of them are favorable about each of [`ITEMS`]; `None` where the group is not asked.
    pub(crate) favorable: [Option<usize>; 12],
}

/// The questions. With the third, it is better to disagree.
pub(crate) const ITEMS: [&str; 12] = [
    "Students are safe at school.",
    "Bullying is dealt with quickly.",
    "Disruptions keep students from learning.",
    "Students are treated with respect at school.",
    "Students have an adult they trust at school.",
    "I feel that I belong at this school.",
    "I hear about important things in time.",
    "I know who to ask when I have a question.",
    "I have a say in decisions that affect me.",
    "Teachers expect a lot of every student.",
    "Students get help when they need it.",
    "School prepares students for what comes next.",
];

/// The item with which it is better to disagree.
pub(crate) const REVERSE: usize = 2;

const fn all(counts: [usize; 12]) -> [Option<usize>; 12] {
    let mut favorable = [None; 12];
    let mut item = 0;
    while item < 12 {
        favorable[item] = Some(counts[item]);
        item += 1;
    }
    favorable
}

const fn without_whom_to_ask(counts: [usize; 12]) -> [Option<usize>; 12] {
    let mut favorable = all(counts);
    favorable[7] = None;
    favorable
}

/// Families are low on communication, students fell on safety, staff are far above families on being told in time, and all are high on
/// teaching and learning.
pub(crate) const WAVES: [Wave; 6] = [
    Wave {
        group: "families",
        year: 2024,
        month: 3,
        people: 120,
        favorable: all([92, 80, 62, 94, 86, 84, 60, 66, 48, 100, 98, 102]),
    },
    Wave {
        group: "families",
        year: 2025,
        month: 3,
        people: 140,
        favorable: all([106, 92, 70, 108, 100, 98, 56, 70, 49, 119, 117, 122]),
    },
    Wave {
        group: "students",
        year: 2024,
        month: 4,
        people: 240,
        favorable: without_whom_to_ask([180, 160, 132, 168, 176, 164, 150, 0, 120, 196, 190, 187]),
    },
    Wave {
        group: "students",
        year: 2025,
        month: 4,
        people: 260,
        favorable: without_whom_to_ask([143, 122, 101, 182, 190, 180, 163, 0, 130, 213, 206, 203]),
    },
    Wave {
        group: "staff",
        year: 2024,
        month: 4,
        people: 60,
        favorable: all([48, 42, 31, 50, 49, 47, 46, 48, 33, 51, 49, 50]),
    },
    Wave {
        group: "staff",
        year: 2025,
        month: 4,
        people: 64,
        favorable: all([51, 45, 33, 53, 52, 50, 50, 52, 35, 54, 52, 53]),
    },
];
