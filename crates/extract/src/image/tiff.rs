//! TIFF files, as scanners and fax programs write them: each page's strips are laid in as they stand.

use super::bounds::{check_pixels, unsupported};
use super::pdf::{PicturePage, Strip};
use crate::error::ExtractError;
use crate::limits::Limits;
use std::collections::BTreeMap;

/// Most strips of a page, and most values of an entry.
const MOST_STRIPS: usize = 100_000;

/// The pages, and whether something is missing.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<(Vec<PicturePage>, bool), ExtractError> {
    let file = File { bytes, little: bytes.starts_with(b"II") };
    let (mut pages, mut cut) = (Vec::new(), false);
    let mut seen: Vec<usize> = Vec::new();
    let mut at = file.long(4).unwrap_or(0) as usize;
    while at != 0 && pages.len() < limits.pages && !seen.contains(&at) {
        seen.push(at);
        let Some((entries, next)) = file.directory(at) else {
            cut = true;
            break;
        };
        let directory = Directory { file: &file, entries };
        at = next;
        // Small copies for a preview.
        if directory.one(254, 0) & 1 == 1 {
            continue;
        }
        let (page, missing) = directory.page(limits)?;
        cut |= missing;
        pages.push(page);
    }
    if pages.is_empty() {
        return Err(ExtractError::Damaged { detail: "TIFF 文件没有页".to_owned() });
    }
    Ok((pages, cut))
}

struct File<'a> {
    bytes: &'a [u8],
    little: bool,
}

/// An entry of a directory: the kind of its values, how many, and where they stand.
#[derive(Clone, Copy)]
struct Entry {
    kind: u16,
    count: usize,
    at: usize,
}

impl File<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let pair = [*self.bytes.get(at)?, *self.bytes.get(at.checked_add(1)?)?];
        Some(if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let (a, b) = (u32::from(self.short(at)?), u32::from(self.short(at.checked_add(2)?)?));
        Some(if self.little { b << 16 | a } else { a << 16 | b })
    }

    /// The entries of a directory, and where the next one stands.
    fn directory(&self, at: usize) -> Option<(BTreeMap<u16, Entry>, usize)> {
        let count = usize::from(self.short(at)?);
        let mut entries = BTreeMap::new();
        for entry in 0..count {
            let own = at.checked_add(2 + 12 * entry)?;
            let (kind, count) = (self.short(own + 2)?, self.long(own + 4)? as usize);
            let size = count.saturating_mul(size_of(kind));
            let place = if size <= 4 { own + 8 } else { self.long(own + 8)? as usize };
            entries.insert(self.short(own)?, Entry { kind, count, at: place });
        }
        Some((entries, self.long(at + 2 + 12 * count).unwrap_or(0) as usize))
    }

    fn values(&self, entry: Entry) -> Vec<u32> {
        let value = |k: usize| match entry.kind {
            3 => self.short(entry.at.checked_add(2 * k)?).map(u32::from),
            4 => self.long(entry.at.checked_add(4 * k)?),
            1 | 7 => self.bytes.get(entry.at.checked_add(k)?).copied().map(u32::from),
            _ => None,
        };
        (0..entry.count.min(MOST_STRIPS)).map_while(value).collect()
    }
}

/// Bytes of a value of a kind.
fn size_of(kind: u16) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

struct Directory<'a> {
    file: &'a File<'a>,
    entries: BTreeMap<u16, Entry>,
}

impl Directory<'_> {
    fn all(&self, tag: u16) -> Vec<u32> {
        self.entries.get(&tag).map_or_else(Vec::new, |entry| self.file.values(*entry))
    }

    fn one(&self, tag: u16, usual: u32) -> u32 {
        self.all(tag).first().copied().unwrap_or(usual)
    }

    fn ratio(&self, tag: u16) -> Option<f64> {
        let entry = self.entries.get(&tag)?;
        let (a, b) = (self.file.long(entry.at)?, self.file.long(entry.at + 4)?);
        (b > 0).then(|| f64::from(a) / f64::from(b))
    }

    /// The page, and whether some of it is missing.
    fn page(&self, limits: &Limits) -> Result<(PicturePage, bool), ExtractError> {
        let (width, height) = (self.one(256, 0), self.one(257, 0));
        check_pixels(width.into(), height.into(), limits)?;
        if self.entries.contains_key(&322) || (self.one(284, 1) == 2 && self.one(277, 1) > 1) {
            return Err(unsupported("图片（TIFF 分块或分色存放），请另存为普通 TIFF 或 PDF"));
        }
        let coding = Coding::of(self)?;
        let (places, lengths) = (self.all(273), self.all(279));
        let rows = self.one(278, height).clamp(1, height);
        let (mut strips, mut cut, mut left) = (Vec::new(), places.is_empty(), height);
        for (at, start) in places.iter().enumerate() {
            let own = rows.min(left);
            if own == 0 {
                break;
            }
            left -= own;
            let start = *start as usize;
            // Some writers give no lengths where there is one strip.
            let length = lengths.get(at).map_or(self.file.bytes.len(), |length| *length as usize);
            let end = start.saturating_add(length);
            cut |= end > self.file.bytes.len() && lengths.get(at).is_some();
            let data = self.file.bytes.get(start..end.min(self.file.bytes.len())).unwrap_or(&[]);
            strips.push(Strip { width, height: own, entries: coding.entries(width, own), data: coding.data(data) });
        }
        let unit = if self.one(296, 2) == 3 { 2.54 } else { 1.0 };
        let resolution = self.ratio(282).zip(self.ratio(283)).map(|(x, y)| (x * unit, y * unit));
        let orientation = u16::try_from(self.one(274, 1)).unwrap_or(1);
        Ok((PicturePage { strips, resolution, orientation }, cut || left > 0))
    }
}

/// How strips are encoded.
struct Coding {
    compression: u32,
    colours: String,
    bits: u32,
    parts: u32,
    /// Whether 0 is white.
    inverted: bool,
    /// Options of fax codes.
    fax: u32,
    predictor: u32,
    /// Whether bits stand in bytes the other way round.
    mirrored: bool,
    tables: Vec<u8>,
    photometric: u32,
}

impl Coding {
    fn of(directory: &Directory<'_>) -> Result<Self, ExtractError> {
        let (compression, photometric) = (directory.one(259, 1), directory.one(262, 0));
        let (bits, parts) = (directory.one(258, 1), directory.one(277, 1));
        let colours = match (photometric, parts) {
            (0 | 1, 1) => "/DeviceGray".to_owned(),
            (2 | 6, 3) => "/DeviceRGB".to_owned(),
            (3, 1) => indexed(&directory.all(320), bits),
            _ => return Err(unsupported("图片（TIFF 的少见颜色），请另存为 PDF")),
        };
        let known = matches!(compression, 1..=5 | 7 | 8 | 32773 | 32946);
        if !known || !matches!(bits, 1 | 2 | 4 | 8 | 16) || (photometric == 6 && compression != 7) {
            return Err(unsupported("图片（TIFF 的少见编码），请另存为 PDF"));
        }
        Ok(Self {
            compression,
            colours,
            bits,
            parts,
            inverted: photometric == 0,
            fax: directory.one(292, 0),
            predictor: directory.one(317, 1),
            mirrored: directory.one(266, 1) == 2,
            tables: directory.all(347).into_iter().map(|byte| byte as u8).collect(),
            photometric,
        })
    }

    fn entries(&self, width: u32, height: u32) -> String {
        let Self { bits, parts, colours, .. } = self;
        let general = format!("/ColorSpace {colours} /BitsPerComponent {bits}");
        let decode = if self.inverted { "/Decode [1 0]" } else { "" };
        let predicted = |filter: &str| {
            let parameters =
                format!("/DecodeParms << /Predictor 2 /Colors {parts} /BitsPerComponent {bits} /Columns {width} >>");
            let parameters = if self.predictor == 2 { parameters } else { String::new() };
            format!("{general} {decode} /Filter {filter} {parameters}")
        };
        // In fax codes black is black, unless the file says that 0 is.
        let fax = |k: i32, aligned: bool| {
            format!(
                "{general} /Filter /CCITTFaxDecode /DecodeParms << /K {k} /Columns {width} /Rows {height} \
                 /EncodedByteAlign {aligned} /EndOfBlock false /BlackIs1 {} >>",
                !self.inverted
            )
        };
        match self.compression {
            2 => fax(0, true),
            3 => fax(i32::from(self.fax & 1 == 1), self.fax & 4 == 4),
            4 => fax(-1, false),
            5 => predicted("/LZWDecode"),
            7 => {
                let plain = if self.photometric == 2 { "/DecodeParms << /ColorTransform 0 >>" } else { "" };
                format!("{general} {decode} /Filter /DCTDecode {plain}")
            }
            8 | 32946 => predicted("/FlateDecode"),
            32773 => format!("{general} {decode} /Filter /RunLengthDecode"),
            _ => format!("{general} {decode}"),
        }
    }

    fn data(&self, strip: &[u8]) -> Vec<u8> {
        let mut data = match (self.compression, self.tables.as_slice()) {
            // The tables that all strips share stand before each strip's own picture.
            (7, [0xff, 0xd8, tables @ .., 0xff, 0xd9]) if strip.starts_with(&[0xff, 0xd8]) => {
                [&[0xff, 0xd8], tables, &strip[2..]].concat()
            }
            _ => strip.to_vec(),
        };
        if self.mirrored && matches!(self.compression, 1..=4) && self.bits == 1 {
            for byte in &mut data {
                *byte = byte.reverse_bits();
            }
        }
        // The end of the data is told by a mark in PDF files.
        if self.compression == 32773 {
            data.push(128);
        }
        data
    }
}

/// A palette: all reds, then all greens, then all blues, of 16 bits each.
fn indexed(map: &[u32], bits: u32) -> String {
    let count = 1_usize << bits.min(8);
    let part = |k: usize, at: usize| map.get(k * count + at).map_or(0, |value| (value >> 8) as u8);
    let hex = super::bounds::hex((0..count).flat_map(|at| (0..3).map(move |k| (k, at))).map(|(k, at)| part(k, at)));
    format!("[/Indexed /DeviceRGB {} <{hex}>]", count - 1)
}
