//! The records of an old Excel file: what do they say that calamine doesn't?
//!
//! One pass over the record stream finds what hides rows and columns, what the cells look like and where they merge
//! ([MS-XLS] 2.4). The same pass makes the stream safe to hand on: records that aren't needed, or whose lengths
//! contradict themselves, are renamed to one that readers skip, since calamine panics or allocates by what they claim.

use super::formula::Tokens;
use super::layout::{self, Layout};
use super::looks::{Looks, style};
use super::record::{Record, double_word, word};
use super::strings::rich_texts;
use crate::limits::Limits;
use crate::sheet::filler::{Look, Run};
use crate::sheet::number::NumberFormat;
use std::collections::{BTreeMap, BTreeSet};

const BOF: u16 = 0x0809;
const END: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const SST: u16 = 0x00FC;
const FILE_PASS: u16 = 0x002F;
const FORMULA: u16 = 0x0006;
/// The numbers that formula records had before, which some writers still give them.
const OLD_FORMULAS: [u16; 2] = [0x0206, 0x0406];
const NUMBER: u16 = 0x0203;
const MULTIPLE: u16 = 0x00BD;
const SHARED_TEXT: u16 = 0x00FD;
const FONT: u16 = 0x0031;
const PALETTE: u16 = 0x0092;
const CODE_PAGE: u16 = 0x0042;
const DATE_MODE: u16 = 0x0022;
/// Records of the workbook part that calamine needs: code page, date system, formats, strings, sheets.
const KEPT_GLOBALS: [u16; 9] = [BOF, END, CONTINUE, FORMAT, XF, BOUND_SHEET, SST, CODE_PAGE, DATE_MODE];
/// Records of cells with a value.
const VALUES: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x00BD, FORMULA];
/// BookExt: a record without meaning for cells.
const IGNORED: u16 = 0x0863;

/// A sheet that a workbook names.
#[derive(Debug, Default)]
pub(super) struct BoundSheet {
    pub(super) layout: Layout,
    /// Why the sheet, or the rest of it, can't be read.
    pub(super) lost: Option<String>,
}

/// A scanned workbook stream.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The stream, safe to hand on.
    pub(super) stream: Vec<u8>,
    /// Sheets in the order that the workbook names them.
    pub(super) sheets: Vec<BoundSheet>,
    pub(super) looks: Vec<Look>,
    /// Shared texts with several fonts.
    pub(super) rich: BTreeMap<u32, Vec<Run>>,
    pub(super) encrypted: bool,
}

/// Scans a workbook stream; `None` when it doesn't begin like one.
pub(super) fn scan(stream: Vec<u8>, limits: &Limits) -> Option<Scan> {
    let first = Record::at(&stream, 0).filter(|r| r.kind == BOF)?;
    // BIFF8 says 0x0600 in its first word; older files differ in styles and strings ([MS-XLS] 2.4.21).
    let modern = word(first.data(&stream), 0) == Some(0x0600);
    let mut scanner =
        Scanner { stream, modern, formats: BTreeMap::new(), strings: None, limits, begun: BTreeSet::new() };
    let mut scan = Scan::default();
    let (bounds, end) = scanner.globals(&mut scan);
    for bound in bounds {
        let sheet = scanner.sheet(bound, end, &scan.rich);
        scan.sheets.push(sheet);
    }
    scan.stream = scanner.stream;
    Some(scan)
}

struct Scanner<'a> {
    stream: Vec<u8>,
    modern: bool,
    formats: BTreeMap<u16, NumberFormat>,
    /// Number of shared strings.
    strings: Option<u32>,
    limits: &'a Limits,
    /// Where the sheets begin that have been read.
    begun: BTreeSet<usize>,
}

/// Where a BoundSheet record stands in the stream.
type BoundRecord = usize;

impl Scanner<'_> {
    /// Reads the workbook part; returns its BoundSheet records and where its end record stands.
    fn globals(&mut self, scan: &mut Scan) -> (Vec<BoundRecord>, usize) {
        let (mut bounds, mut styles, mut at) = (vec![], vec![], 0);
        let mut looks = Looks::default();
        let mut strings = vec![];
        while let Some(record) = Record::at(&self.stream, at) {
            let data = record.data(&self.stream);
            match record.kind {
                END => break,
                FILE_PASS => scan.encrypted = true,
                FONT => looks.font(data),
                PALETTE => looks.palette(data),
                BOUND_SHEET if record.length >= 8 => bounds.push(record.start),
                FORMAT => self.format(record),
                XF if record.length >= 8 => styles.push((word(data, 2), style(data, self.modern))),
                SST => {
                    self.strings = double_word(data, 4);
                    strings.push(record);
                }
                CONTINUE if strings.last().is_some_and(|last: &Record| last.end() == record.start) => {
                    strings.push(record);
                }
                _ => {}
            }
            let short = match record.kind {
                BOUND_SHEET | XF => record.length < 8,
                CODE_PAGE | DATE_MODE => record.length < 2,
                _ => false,
            };
            if short || !KEPT_GLOBALS.contains(&record.kind) {
                self.ignore(record);
            }
            at = record.end();
        }
        let look = |(format, style): (Option<u16>, _)| {
            let number = format.unwrap_or(0);
            let format = self.formats.get(&number).cloned().unwrap_or_else(|| NumberFormat::builtin(number));
            let (font, ground) = looks.of(style);
            Look { format, edges: style.edges, font, ground }
        };
        if self.modern {
            scan.rich = rich_texts(strings.iter().map(|record| record.data(&self.stream)).collect(), &looks);
        }
        scan.looks = styles.into_iter().map(look).collect();
        (bounds, at)
    }

    /// Format record ([MS-XLS] 2.4.126): a number and the code's text.
    fn format(&mut self, record: Record) {
        let data = record.data(&self.stream);
        let (Some(number), Some(length)) = (word(data, 0), word(data, 2)) else { return };
        let length = usize::from(length);
        let code: String = if self.modern && data.get(4).is_some_and(|flags| flags & 1 == 1) {
            let units = data[5..].chunks_exact(2).take(length).map(|c| u16::from_le_bytes([c[0], c[1]]));
            char::decode_utf16(units).filter_map(Result::ok).collect()
        } else if self.modern {
            data.iter().skip(5).take(length).map(|b| char::from(*b)).collect()
        } else {
            let (length, from) = (usize::from(data[2]), 3);
            let bytes = data.get(from..(from + length).min(data.len())).unwrap_or_default();
            encoding_rs::GBK.decode_without_bom_handling(bytes).0.into_owned()
        };
        self.formats.insert(number, NumberFormat::parse(&code));
    }

    /// Reads one sheet. One that can't be read is redirected to `end`, where readers find nothing.
    fn sheet(&mut self, bound: BoundRecord, end: usize, rich: &BTreeMap<u32, Vec<Run>>) -> BoundSheet {
        let mut sheet = BoundSheet::default();
        let start = double_word(&self.stream, bound + 4).map_or(usize::MAX, |p| p as usize);
        match self.sheet_records(start, &mut sheet.layout) {
            Ok(true) => {}
            Ok(false) => sheet.lost = Some("数据不完整".to_owned()),
            Err(reason) => {
                sheet = BoundSheet { lost: Some(reason), ..BoundSheet::default() };
                if let Some(place) = self.stream.get_mut(bound + 4..bound + 8) {
                    place.copy_from_slice(&(end as u32).to_le_bytes());
                }
            }
        }
        sheet.layout.rich.retain(|_, text| rich.contains_key(text));
        self.mend_bound_sheet(bound);
        sheet.layout.hidden_rows.finish();
        sheet.layout.hidden_cols.finish();
        sheet
    }

    /// A sheet's state or kind outside the standard's lists would make calamine give up the workbook.
    fn mend_bound_sheet(&mut self, bound: BoundRecord) {
        let Some([state, kind]) = self.stream.get_mut(bound + 8..bound + 10) else { return };
        if *state & 0x3F > 2 {
            *state = 0;
        }
        if !matches!(kind, 0 | 1 | 2 | 6) {
            *kind = 2;
        }
    }

    /// Walks a sheet's records; `Ok(false)` when the stream ends before the sheet does.
    fn sheet_records(&mut self, start: usize, layout: &mut Layout) -> Result<bool, String> {
        // The records have been changed on the way; read again they would say something else.
        if !self.begun.insert(start) {
            return Err("与另一工作表指向同一数据".to_owned());
        }
        let first = start.checked_add(8).filter(|end| *end <= self.stream.len());
        let first = first.and_then(|_| Record::at(&self.stream, start)).filter(|r| r.kind == BOF);
        let mut at = first.ok_or("找不到工作表的数据")?.end();
        let mut depth = 0;
        let mut values = vec![];
        let finished = loop {
            let Some(record) = Record::at(&self.stream, at) else { break false };
            at = record.end();
            match (record.kind, depth) {
                (BOF, _) => depth += 1,
                (END, 0) => break true,
                (END, _) => depth -= 1,
                (_, 0) => self.sheet_record(record, layout, &mut values),
                _ => {}
            }
        };
        if !finished {
            // What follows the last whole record is no record: calamine would refuse the workbook for it.
            self.stream.truncate(at);
        }
        self.close_up(&values, layout)?;
        Ok(finished)
    }

    /// Counts the rows and columns of value records by their place among those used: calamine makes one dense block of
    /// a sheet, however far away a stray cell stands.
    fn close_up(&mut self, values: &[Record], layout: &mut Layout) -> Result<(), String> {
        let (mut rows, mut cols) = (BTreeSet::new(), BTreeSet::new());
        for record in values {
            let data = record.data(&self.stream);
            let (Some(row), Some(left)) = (word(data, 0), word(data, 2)) else { continue };
            rows.insert(row);
            cols.extend(left..=left + (cells_of(*record) as u16 - 1));
        }
        let size = rows.len() as u64 * cols.len() as u64;
        if size > 2 * self.limits.cells_per_sheet as u64 {
            return Err(format!("单元格分布过散，占 {size} 格"));
        }
        let place = |used: &BTreeSet<u16>| used.iter().enumerate().map(|(n, at)| (*at, n as u16)).collect();
        let (row_places, col_places): (BTreeMap<u16, u16>, BTreeMap<u16, u16>) = (place(&rows), place(&cols));
        for record in values {
            self.renumber(record.start + 4, &row_places);
            self.renumber(record.start + 6, &col_places);
            if record.kind == MULTIPLE {
                self.renumber(record.end() - 2, &col_places);
            }
        }
        layout.rows = rows.into_iter().map(u32::from).collect();
        layout.cols = cols.into_iter().map(u32::from).collect();
        Ok(())
    }

    fn renumber(&mut self, at: usize, places: &BTreeMap<u16, u16>) {
        if let Some(place) = word(&self.stream, at).and_then(|number| places.get(&number)) {
            self.stream[at..at + 2].copy_from_slice(&place.to_le_bytes());
        }
    }

    fn sheet_record(&mut self, record: Record, sheet: &mut Layout, values: &mut Vec<Record>) {
        let record = self.modernised(record);
        let data = record.data(&self.stream);
        match record.kind {
            0x0208 if record.length >= 16 => layout::row(data, sheet),
            0x007D if record.length >= 10 => layout::column_info(data, sheet),
            0x00E5 => layout::merges(data, &mut sheet.merges),
            // Window2: the bit that says whether zeros are displayed ([MS-XLS] 2.4.346).
            0x023E => sheet.zeros_hidden = word(data, 0).is_some_and(|flags| flags & 0x10 == 0),
            0x0201 | 0x00BE => layout::blanks(data, record.kind == 0x00BE, sheet),
            0x04BC => layout::shared_formula(data, sheet),
            // Uncalced: the sheet was saved before it was calculated (2.4.331).
            0x005E => sheet.uncalculated = true,
            CONTINUE | 0x0207 if record.kind == CONTINUE || record.length >= 3 => return,
            kind if VALUES.contains(&kind) && self.value_record(record, sheet) => return values.push(record),
            _ => {}
        }
        self.ignore(record);
    }

    /// A formula record under an old number gets the one that it has today; one too short for it, but with a number as
    /// its result, becomes a plain number.
    fn modernised(&mut self, record: Record) -> Record {
        const SHORTEST: usize = 22;
        if !OLD_FORMULAS.contains(&record.kind) {
            return record;
        }
        let is_number = word(record.data(&self.stream), 12).is_some_and(|last| last != 0xFFFF);
        let kind = if record.length < SHORTEST && is_number { NUMBER } else { FORMULA };
        self.stream[record.start..record.start + 2].copy_from_slice(&kind.to_le_bytes());
        Record { kind, ..record }
    }

    /// Notes the style of a value's cell; `false` when the record must not be handed on.
    fn value_record(&mut self, record: Record, layout: &mut Layout) -> bool {
        let data = record.data(&self.stream);
        if !is_sound(record.kind, data, self.strings) {
            layout.faulty = true;
            return false;
        }
        let (Some(row), Some(left)) = (word(data, 0), word(data, 2)) else { return false };
        let cells = cells_of(record);
        let right = u32::from(left) + cells as u32 - 1;
        if u32::from(row) >= self.limits.sheet_rows || right >= self.limits.sheet_cols {
            layout.beyond_limits += cells;
            return false;
        }
        for cell in 0..cells {
            if let Some(style) = word(data, 4 + 6 * cell) {
                layout.styles.insert((u32::from(row), u32::from(left) + cell as u32), style);
            }
        }
        if record.kind == SHARED_TEXT
            && let Some(text) = double_word(data, 6)
        {
            layout.rich.insert((row.into(), left.into()), text);
        }
        if record.kind == FORMULA {
            // Flags: to be calculated always, or when the file is opened ([MS-XLS] 2.4.127).
            let asks = word(data, 14).is_some_and(|flags| flags & 3 != 0);
            let tokens = Tokens::of(data, 20).filter(|_| self.modern).unwrap_or_default();
            layout.formulas.insert((row.into(), left.into()), (tokens, asks));
            // Only the cached value is wanted; an empty expression keeps calamine from parsing what stands there.
            self.stream[record.start + 24..record.start + 26].fill(0);
        }
        true
    }

    fn ignore(&mut self, record: Record) {
        self.stream[record.start..record.start + 2].copy_from_slice(&IGNORED.to_le_bytes());
    }
}

/// Number of cells that a value record fills.
fn cells_of(record: Record) -> usize {
    if record.kind == MULTIPLE { (record.length - 6) / 6 } else { 1 }
}

/// Whether a value record's length and codes are those of its kind.
fn is_sound(kind: u16, data: &[u8], strings: Option<u32>) -> bool {
    match kind {
        0x0203 => data.len() >= 14,
        0x0204 | 0x00D6 => data.len() >= 9,
        0x0205 => {
            let known_error = |code| matches!(code, 0x00 | 0x07 | 0x0F | 0x17 | 0x1D | 0x24 | 0x2A | 0x2B);
            data.len() >= 8 && (data[7] == 0 || data[7] == 1 && known_error(data[6]))
        }
        0x027E => data.len() >= 10,
        0x00FD => data.len() >= 10 && double_word(data, 6).is_some_and(|n| strings.is_some_and(|all| n < all)),
        0x00BD => {
            let (first, last) = (word(data, 2), word(data, data.len().saturating_sub(2)));
            let cells = first.zip(last).and_then(|(f, l)| l.checked_sub(f)).map(|n| usize::from(n) + 1);
            cells.is_some_and(|n| data.len() == 6 + 6 * n)
        }
        FORMULA => data.len() >= 22,
        _ => false,
    }
}
