use super::*;
use flate2::Compression;
use flate2::read::ZlibEncoder;
use std::io::Read;

fn packed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    ZlibEncoder::new(raw, Compression::fast()).read_to_end(&mut out).unwrap();
    out
}

fn png(width: u32, height: u32, colour: u8, raw: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], body: &[u8]| {
        out.extend((body.len() as u32).to_be_bytes());
        out.extend(kind.iter().chain(body).chain(&[0; 4]));
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, colour, 0, 0, 0]].concat();
    chunk(b"IHDR", &head);
    chunk(b"IDAT", &packed(raw));
    chunk(b"IEND", b"");
    out
}

/// A page of 40 × 20 black and white dots in strips of 10 rows, `count` times.
fn tiff(count: usize) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    for page in 0..count {
        let start = out.len();
        let entries: [(u16, u16, u32, u32); 8] = [
            (256, 4, 1, 40),
            (257, 4, 1, 20),
            (258, 3, 1, 1),
            (259, 3, 1, 1),
            (262, 3, 1, 0),
            (273, 4, 2, start as u32 + 2 + 12 * 8 + 4),
            (278, 4, 1, 10),
            (279, 4, 2, start as u32 + 2 + 12 * 8 + 12),
        ];
        out.extend(8_u16.to_le_bytes());
        for (tag, kind, count, value) in entries {
            out.extend(tag.to_le_bytes().into_iter().chain(kind.to_le_bytes()));
            out.extend(count.to_le_bytes().into_iter().chain(value.to_le_bytes()));
        }
        let data = start as u32 + 2 + 12 * 8 + 20;
        let next = if page + 1 < count { data + 100 } else { 0 };
        for value in [next, data, data + 50, 50, 50] {
            out.extend(value.to_le_bytes());
        }
        out.extend([0xf0; 100]);
    }
    out
}

fn pages(bytes: &[u8]) -> Result<usize, ExtractError> {
    let format = format_of(bytes).unwrap();
    let wrapped = as_pdf(bytes, format, &Limits::default())?;
    let (pages, _) = crate::pdf::read_pages(&wrapped.pdf, &crate::LayoutOptions::default(), &Limits::default())?;
    assert!(pages.iter().all(|page| page.image_share() > 0.99), "{pages:?}");
    Ok(pages.len())
}

#[test]
fn pictures_become_pages() {
    assert_eq!(pages(&png(2, 2, 0, &[0, 0, 255, 0, 255, 0])).unwrap(), 1);
    assert_eq!(pages(&png(1, 1, 6, &[0, 10, 20, 30, 255])).unwrap(), 1);
    assert_eq!(pages(&tiff(1)).unwrap(), 1);
    assert_eq!(pages(&tiff(3)).unwrap(), 3);
}

#[test]
fn what_is_cut_is_told_and_what_is_too_large_is_refused() {
    let remarks = |bytes: &[u8]| as_pdf(bytes, format_of(bytes).unwrap(), &Limits::default()).map(|w| w.remarks.len());
    let whole = tiff(2);
    assert_eq!(remarks(&whole).unwrap(), 0);
    assert_eq!(remarks(&whole[..whole.len() - 60]).unwrap(), 1);
    let whole = png(2, 2, 0, &[0, 0, 255, 0, 255, 0]);
    assert_eq!((remarks(&whole).unwrap(), remarks(&whole[..whole.len() - 14]).unwrap()), (0, 1));
    let huge = png(100_000, 100_000, 0, &[0]);
    assert!(matches!(remarks(&huge), Err(ExtractError::LimitExceeded { .. })));
    let jpeg = b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00";
    assert!(matches!(remarks(jpeg), Err(ExtractError::LimitExceeded { .. })));
    assert!(remarks(b"\xff\xd8\xff\xd9").is_err());
    // A directory that names itself as the next ends the reading.
    let mut circle = tiff(1);
    circle[8 + 2 + 96..8 + 2 + 100].copy_from_slice(&8_u32.to_le_bytes());
    assert_eq!(pages(&circle).unwrap(), 1);
}
