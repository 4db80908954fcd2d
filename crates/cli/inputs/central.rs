//! The list at the end of a zip archive, where two files have one name: the library knows files by their names and would
//! give the last one alone.
//!
//! A copy of the archive in which those names are different is what is read then; what the files are called stays known.

use std::collections::BTreeSet;

/// Ends an archive: signature, and how long it is without its comment.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;

/// Begins an entry of the list: signature, and how long it is without name, extra fields and comment.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;

/// The extra field that holds the name once more in Unicode, and a kind of field that nobody knows.
const UNICODE_NAME: [u8; 2] = [0x75, 0x70];
const UNKNOWN: [u8; 2] = [0xfe, 0xfe];

/// An archive in which every entry has a name of its own.
pub(super) struct Renamed {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// What the entries are called, in the order of the list.
    pub(super) names: Vec<Vec<u8>>,
}

/// One entry of the list: where it begins, and where name and extra fields end.
#[derive(Clone, Copy)]
struct Entry {
    at: usize,
    name_end: usize,
    extra_end: usize,
    end: usize,
}

/// The archive with names that are all different; `None` where they are anyway, or where the list can't be followed.
pub(super) fn renamed(bytes: &[u8]) -> Option<Renamed> {
    let entries = entries(bytes)?;
    let name = |entry: &Entry| bytes.get(entry.at + ENTRY_LENGTH..entry.name_end);
    let names: Vec<Vec<u8>> = entries.iter().map(|entry| name(entry).map(<[u8]>::to_vec)).collect::<Option<_>>()?;
    let mut taken: BTreeSet<Vec<u8>> = names.iter().cloned().collect();
    if taken.len() == names.len() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut copy = bytes.to_vec();
    for (entry, name) in entries.iter().zip(&names) {
        if seen.insert(name) {
            continue;
        }
        let free = (0..=names.len()).map(|number| numbered(name.len(), number)).find(|free| !taken.contains(free))?;
        copy.get_mut(entry.at + ENTRY_LENGTH..entry.name_end)?.copy_from_slice(&free);
        forget_unicode_name(copy.get_mut(entry.name_end..entry.extra_end)?);
        taken.insert(free);
    }
    Some(Renamed { bytes: copy, names })
}

/// A name as long as the one that it stands for.
fn numbered(length: usize, number: usize) -> Vec<u8> {
    let digits = format!("{number:0length$}");
    digits.as_bytes().get(digits.len() - length..).unwrap_or_default().to_vec()
}

fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = bytes.windows(END.len()).rposition(|window| window == END)?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    // The list stands before the end, whatever stands before the archive.
    let mut at = end.checked_sub(u32_at(bytes, end + 12)? as usize)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let entry = entry(bytes, at)?;
        at = entry.end;
        entries.push(entry);
    }
    (at == end && end + END_LENGTH <= bytes.len()).then_some(entries)
}

fn entry(bytes: &[u8], at: usize) -> Option<Entry> {
    if bytes.get(at..at + ENTRY.len())? != ENTRY {
        return None;
    }
    let length = |offset: usize| u16_at(bytes, at + offset).map(usize::from);
    let name_end = at + ENTRY_LENGTH + length(28)?;
    let extra_end = name_end + length(30)?;
    Some(Entry { at, name_end, extra_end, end: extra_end + length(32)? })
}

fn forget_unicode_name(extra: &mut [u8]) {
    let mut at = 0;
    while let Some(length) = u16_at(extra, at + 2) {
        if let Some(kind) = extra.get_mut(at..at + 2).filter(|kind| *kind == UNICODE_NAME) {
            kind.copy_from_slice(&UNKNOWN);
        }
        at += 4 + usize::from(length);
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes)
}
