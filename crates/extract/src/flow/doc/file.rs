//! The streams of a document, and the places that its head tells ([MS-DOC] 2.5).

use super::bytes::{slice, u16_at, usize_at};
use crate::error::ExtractError;
use std::io::{Cursor, Read};

/// The mark of Word 97 and later.
const WORD: u16 = 0xA5EC;
/// The earliest version in this form.
const WORD_97: u16 = 0x00C1;
/// Flags of the head: encrypted, which table stream, obfuscated.
const ENCRYPTED: u16 = 0x0100;
const TABLE_1: u16 = 0x0200;
/// Where the head's pairs of place and length begin.
const PAIRS: usize = 0x9A;
/// Where the head's counts of characters are, part by part.
const COUNTS: usize = 0x4C;

/// A document's streams.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) main: Vec<u8>,
    table: Vec<u8>,
    pub(super) data: Vec<u8>,
    /// Embedded workbooks and documents.
    pub(super) objects: usize,
}

/// What a pair of the head tells the place of ([MS-DOC] 2.5.6).
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    CharacterRuns = 12,
    ParagraphRuns = 13,
    Text = 33,
    Lists = 73,
    ListOverrides = 74,
}

/// The texts of a document, in the order in which they stand in it ([MS-DOC] 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Main = 0,
    Footnotes = 1,
    Endnotes = 5,
    Boxes = 6,
}

impl File {
    /// Opens the container.
    ///
    /// # Errors
    /// When the container is damaged, the document is encrypted or of another version.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, ExtractError> {
        let damaged = |error: std::io::Error| ExtractError::Damaged { detail: format!("OLE2 容器：{error}") };
        let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
        let mut stream = |name: &str| {
            let mut data = vec![];
            // No stream is larger than the file.
            container.open_stream(name)?.take(bytes.len() as u64).read_to_end(&mut data)?;
            Ok::<_, std::io::Error>(data)
        };
        let main = stream("WordDocument").map_err(damaged)?;
        let (mark, version) = (u16_at(&main, 0).unwrap_or(0), u16_at(&main, 2).unwrap_or(0));
        if mark != WORD || version < WORD_97 {
            let found = "Word 95 或更早的文档，请用 Word 或 WPS 打开后另存为 docx".to_owned();
            return Err(ExtractError::Unsupported { found });
        }
        let flags = u16_at(&main, 0x0A).unwrap_or(0);
        if flags & ENCRYPTED != 0 {
            let found = "有密码的旧版 Word 文档（doc），请用 Word 或 WPS 打开后另存为不加密的 docx".to_owned();
            return Err(ExtractError::Unsupported { found });
        }
        let names = if flags & TABLE_1 != 0 { ["1Table", "0Table"] } else { ["0Table", "1Table"] };
        let table = stream(names[0]).or_else(|_| stream(names[1])).map_err(damaged)?;
        let data = stream("Data").unwrap_or_default();
        let objects = container
            .walk()
            .filter(|entry| entry.is_stream() && entry.path().starts_with("/ObjectPool"))
            .filter(|entry| matches!(entry.name(), "Workbook" | "Book" | "WordDocument" | "Package"))
            .count();
        Ok(Self { main, table, data, objects })
    }

    /// A table of the table stream.
    pub(super) fn part(&self, part: Part) -> Option<&[u8]> {
        let at = PAIRS + 8 * part as usize;
        let (place, length) = (usize_at(&self.main, at)?, usize_at(&self.main, at + 4)?);
        slice(&self.table, place, length).or_else(|| self.table.get(place..))
    }

    /// The table stream from where a table of it begins.
    pub(super) fn behind_part(&self, part: Part) -> Option<&[u8]> {
        self.table.get(usize_at(&self.main, PAIRS + 8 * part as usize)?..)
    }

    /// First character of a text, and the one behind its last.
    pub(super) fn range(&self, text: Text) -> (usize, usize) {
        let count = |index: usize| usize_at(&self.main, COUNTS + 4 * index).unwrap_or(0);
        let begin = (0..text as usize).map(count).fold(0_usize, usize::saturating_add);
        (begin, begin.saturating_add(count(text as usize)))
    }
}
