//! The records of an old Excel file ([MS-XLS] 2.1.4): where each stands, and how its numbers are stored.

/// A record's place in the stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) kind: u16,
    pub(super) start: usize,
    pub(super) length: usize,
}

impl Record {
    pub(super) fn at(stream: &[u8], start: usize) -> Option<Self> {
        let (kind, length) = (word(stream, start)?, usize::from(word(stream, start + 2)?));
        (start + 4 + length <= stream.len()).then_some(Self { kind, start, length })
    }

    pub(super) fn data<'a>(&self, stream: &'a [u8]) -> &'a [u8] {
        &stream[self.start + 4..self.start + 4 + self.length]
    }

    pub(super) fn end(&self) -> usize {
        self.start + 4 + self.length
    }
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

pub(super) fn double_word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(bytes, at)?) | u32::from(word(bytes, at + 2)?) << 16)
}
