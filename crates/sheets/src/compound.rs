//! A check of the old container (.xls) before it is read: a damaged one may lead a reader round in circles, or have it
//! lay out more cells than there is memory for.
//! [MS-CFB]: a file is sectors, and a table (FAT) that names for each sector the one that follows it.

use super::Refusal;

/// From here on a sector's number means something else: free, end of a chain, part of the table itself.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// Where the header's own part of the list of table sectors begins, and ends.
const FIRST_TABLES: std::ops::Range<usize> = 76..512;

/// Makes sure that no chain of sectors comes back to where it was, and that the sheets are of a size that can be laid
/// out.
///
/// # Errors
/// Where one does or is not, or the container is cut short.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let shift = short(bytes, 30).filter(|shift| matches!(shift, 9 | 12)).ok_or_else(damaged)?;
    let size = 1usize << shift;
    let sector = |id: u32| {
        let start = (id as usize).checked_add(1)?.checked_mul(size)?;
        bytes.get(start..start.checked_add(size)?.min(bytes.len()))
    };
    let most = bytes.len() / size + 1;
    let mut tables: Vec<u32> = longs(bytes.get(FIRST_TABLES).ok_or_else(damaged)?).collect();
    let mut next = long(bytes, 68).ok_or_else(damaged)?;
    for _ in 0..=most {
        if next >= SPECIAL {
            break;
        }
        // Each further part of the list ends in the number of the part after it.
        tables.extend(longs(sector(next).ok_or_else(damaged)?));
        next = tables.pop().ok_or_else(damaged)?;
    }
    if next < SPECIAL || tables.len() > most + FIRST_TABLES.len() {
        return Err(damaged());
    }
    let fat: Vec<u32> =
        tables.into_iter().filter(|id| *id < SPECIAL).filter_map(sector).flat_map(longs).collect();
    if circular(&fat) {
        return Err(damaged());
    }
    // The table of the small sectors is itself a chain, which is known to end by now.
    let mut small = Vec::new();
    let mut id = long(bytes, 60).ok_or_else(damaged)?;
    while let Some(part) = Some(id).filter(|id| *id < SPECIAL).and_then(sector) {
        small.extend(longs(part));
        id = fat.get(id as usize).copied().unwrap_or(u32::MAX);
    }
    if circular(&small) {
        return Err(damaged());
    }
    let whole = |id: u32| Some(id).filter(|id| *id < SPECIAL).and_then(sector);
    let chain = |start: u32, most: usize| joined(start, most, &fat, whole);
    let directory = chain(long(bytes, 48).ok_or_else(damaged)?, usize::MAX);
    // Streams under 4096 bytes stand in the small sectors, which the root entry's own stream holds.
    let root = directory.chunks_exact(ENTRY).find(|entry| entry[TYPE] == ROOT);
    let store = root.and_then(|root| long(root, 116)).map_or_else(Vec::new, |start| chain(start, usize::MAX));
    let part = |id: u32| store.chunks(SMALL_SECTOR).nth(id as usize);
    let small_chain = |start: u32, most: usize| joined(start, most, &small, part);
    for entry in directory.chunks_exact(ENTRY).filter(|entry| is_workbook(entry)) {
        let (start, length) = (long(entry, 116), long(entry, 120));
        let (Some(start), Some(length)) = (start, length) else { continue };
        let most = length as usize;
        within_bounds(&if length < SMALL { small_chain(start, most) } else { chain(start, most) })?;
    }
    Ok(())
}

/// The bytes of the sectors that follow `start` by the table `next`, until there are `most` of them.
fn joined<'a>(start: u32, most: usize, next: &[u32], sector: impl Fn(u32) -> Option<&'a [u8]>) -> Vec<u8> {
    let mut chain = Vec::new();
    let mut id = start;
    while let Some(part) = Some(id).filter(|_| chain.len() < most).and_then(&sector) {
        chain.extend_from_slice(part);
        id = next.get(id as usize).copied().unwrap_or(u32::MAX);
    }
    chain
}

/// Size of a directory entry, and of the least stream that has sectors of its own.
const ENTRY: usize = 128;
const SMALL: u32 = 4096;
/// Size of a small sector ([MS-CFB] 2.2), and where a directory entry says that it is the root.
const SMALL_SECTOR: usize = 64;
const TYPE: usize = 66;
const ROOT: u8 = 5;
/// Columns of a sheet of that time, and the cells that are laid out for all sheets of a workbook: one takes 32 bytes,
/// and 24 more where the sheet has formulas.
const COLUMNS: u16 = 256;
const CELLS: u64 = 5_000_000;
/// Characters of the texts of all cells, each of which is given a copy.
const CHARACTERS: u64 = 50_000_000;

fn is_workbook(entry: &[u8]) -> bool {
    let units = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let name: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    let name = String::from_utf16_lossy(&name);
    name.eq_ignore_ascii_case("workbook") || name.eq_ignore_ascii_case("book")
}

/// Makes sure that the sheets neither say they are, nor are, larger than what may be laid out. [MS-XLS] 2.1.4: a workbook is
/// records of a kind, a length, and so many bytes; those of cells begin with row and column.
fn within_bounds(workbook: &[u8]) -> Result<(), Refusal> {
    const DIMENSIONS: u16 = 0x0200;
    const BEGIN: u16 = 0x0809;
    // Formula, several numbers, several blanks, text, blank, number, label, truth value, short number.
    const CELL: [u16; 9] = [0x0006, 0x00BD, 0x00BE, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];
    const BLANK: [u16; 2] = [0x00BE, 0x0201];
    let mut rest = workbook;
    let mut texts = Texts::default();
    // What a sheet says of its size is reserved while it is read; what its values span is kept. Blank cells are not.
    let (mut rows, mut columns, mut before, mut reserved) = (0u64, 0u64, 0u64, 0u64);
    while let (Some(kind), Some(length)) = (short(rest, 0), short(rest, 2)) {
        let Some(data) = rest.get(4..4 + length as usize) else { break };
        texts.take(kind, data);
        match kind {
            BEGIN => (rows, columns, before, reserved) = (0, 0, before + rows * columns, 0),
            DIMENSIONS => {
                let wide = matches!(length, 14 | 16);
                let last = if wide { long(data, 4) } else { short(data, 2).map(u32::from) };
                let right = short(data, if wide { 10 } else { 6 });
                reserved = u64::from(last.unwrap_or(0)) * u64::from(right.unwrap_or(0));
            }
            _ if CELL.contains(&kind) => {
                let (row, column) = (short(data, 0).unwrap_or(0), short(data, 2).unwrap_or(0));
                // A record of several cells ends in the number of its last column.
                let several =
                    matches!(kind, 0x00BD | 0x00BE).then(|| short(data, data.len().saturating_sub(2)));
                let last = several.flatten().unwrap_or(column).max(column);
                if last >= COLUMNS {
                    return Err(damaged());
                }
                if !BLANK.contains(&kind) {
                    (rows, columns) = (rows.max(u64::from(row) + 1), columns.max(u64::from(last) + 1));
                }
            }
            _ => {}
        }
        if (before + rows * columns).max(reserved) > CELLS || texts.shown > CHARACTERS {
            return Err(Refusal::new(
                format!(
                    "its sheets are too large to be read in this old format: more than {CELLS} cells, or \
                     {CHARACTERS} characters in them"
                ),
                "open it in a spreadsheet program and save it as .xlsx",
            ));
        }
        rest = &rest[4 + length as usize..];
    }
    Ok(())
}

/// The texts that cells share: one text may stand in a million cells.
#[derive(Default)]
struct Texts<'a> {
    /// The records that hold them, and whether the one before was one of them.
    records: Vec<&'a [u8]>,
    is_open: bool,
    /// How long each is.
    lengths: Vec<u64>,
    /// Characters of those that cells have shown so far.
    shown: u64,
}

impl<'a> Texts<'a> {
    fn take(&mut self, kind: u16, data: &'a [u8]) {
        const SHARED: u16 = 0x00FC;
        const CONTINUED: u16 = 0x003C;
        const CELL: u16 = 0x00FD;
        let is_own = kind == SHARED || (kind == CONTINUED && self.is_open);
        if is_own {
            self.records.push(if kind == SHARED { data.get(8..).unwrap_or(&[]) } else { data });
        } else if self.is_open {
            self.lengths = lengths(&self.records);
        }
        self.is_open = is_own;
        if let Some(index) = long(data, 6).filter(|_| kind == CELL) {
            self.shown += self.lengths.get(index as usize).copied().unwrap_or(0);
        }
    }
}

/// How many characters each text has. [MS-XLS] 2.5.293: a text may go on in the next record, which then says anew
/// whether its characters take one byte or two.
fn lengths(records: &[&[u8]]) -> Vec<u64> {
    let mut records = records.iter().copied();
    let mut rest: &[u8] = &[];
    let mut lengths = Vec::new();
    loop {
        if rest.is_empty() {
            rest = match records.next() {
                Some(next) => next,
                None => return lengths,
            };
        }
        let (Some(count), Some(mut flags)) = (short(rest, 0), rest.get(2).copied()) else { return lengths };
        let runs = if flags & 8 == 0 { 0 } else { 2 };
        let formats = short(rest, 3).map_or(0, |n| if runs == 0 { 0 } else { usize::from(n) * 4 });
        let extra = if flags & 4 == 0 { 0 } else { 4 };
        let phonetic = long(rest, 3 + runs).map_or(0, |n| if extra == 0 { 0 } else { n as usize });
        rest = rest.get(3 + runs + extra..).unwrap_or(&[]);
        lengths.push(count.into());
        let mut left = usize::from(count);
        loop {
            let width = 1 + usize::from(flags & 1);
            let here = left.min(rest.len() / width);
            (rest, left) = (&rest[here * width..], left - here);
            let next = if left == 0 { None } else { records.next() };
            let Some((first, after)) = next.and_then(<[u8]>::split_first) else { break };
            (flags, rest) = (*first, after);
        }
        let mut skip = formats.saturating_add(phonetic);
        while skip > rest.len() {
            skip -= rest.len();
            rest = match records.next() {
                Some(next) => next,
                None => return lengths,
            };
        }
        rest = &rest[skip..];
    }
}

/// Whether following the table from any entry never ends.
fn circular(table: &[u32]) -> bool {
    // For each entry: the walk that came by; a walk that meets itself goes in circles.
    let mut walks = vec![0u32; table.len()];
    (0..table.len()).any(|start| {
        let (walk, mut at) = (start as u32 + 1, start);
        while walks[at] == 0 {
            walks[at] = walk;
            match table[at] as usize {
                next if next < table.len() => at = next,
                _ => return false,
            }
        }
        walks[at] == walk
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_le_bytes))
}

fn damaged() -> Refusal {
    Refusal::new(
        "it is damaged or cut short (its parts do not hold together)",
        "open it in a spreadsheet program and save it as .xlsx, or get it again from where it came",
    )
}

#[cfg(test)]
mod tests {
    use super::{circular, lengths};

    #[test]
    fn texts_are_counted_where_they_go_on_in_the_next_record() {
        // "abc"; "abcd", of which the last two stand in the next record, as two bytes each; one with two formats.
        let first = [3, 0, 0, b'a', b'b', b'c', 4, 0, 0, b'a', b'b'];
        let second = [1, b'c', 0, b'd', 0, 1, 0, 8, 2, 0, b'x', 1, 2, 3, 4, 5, 6, 7, 8, 2, 0, 0, b'y', b'z'];
        assert_eq!(lengths(&[&first, &second]), [3, 4, 1, 2]);
        assert_eq!(lengths(&[&[0xFF, 0xFF, 1, 0]]), [0xFFFF]);
    }

    #[test]
    fn a_chain_that_comes_back_is_found() {
        const END: u32 = u32::MAX - 1;
        assert!(!circular(&[1, 2, END, 2, END]));
        assert!(circular(&[END, 2, 3, 1]));
        assert!(circular(&[0]));
        assert!(!circular(&[7, END]));
    }
}
