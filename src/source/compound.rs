//! A check of the old container (.xls) before it is read: a damaged one may lead a reader round in circles.
//! [MS-CFB]: a file is sectors, and a table (FAT) that names for each sector the one that follows it.

use super::Refusal;

/// From here on a sector's number means something else: free, end of a chain, part of the table itself.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// Where the header's own part of the list of table sectors begins, and ends.
const FIRST_TABLES: std::ops::Range<usize> = 76..512;

/// Makes sure that no chain of sectors comes back to where it was.
///
/// # Errors
/// Where one does, or the container is cut short.
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
    if circular(&small) { Err(damaged()) } else { Ok(()) }
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
    use super::circular;

    #[test]
    fn a_chain_that_comes_back_is_found() {
        const END: u32 = u32::MAX - 1;
        assert!(!circular(&[1, 2, END, 2, END]));
        assert!(circular(&[END, 2, 3, 1]));
        assert!(circular(&[0]));
        assert!(!circular(&[7, END]));
    }
}
