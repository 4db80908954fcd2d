//! A picture in sixteen greys.

use hayro::vello_cpu::Pixmap;

/// How hard a picture is pressed.
const DEFLATE: u8 = 4;

/// The lightest of the greys.
const WHITE: u8 = 15;

/// Sixteen greys: print is black on white, and a page takes a fifth of the room that it takes in colour. `greys` go from 0 for
/// black to 255, row by row.
pub(super) fn png(greys: &[u8], (width, height): (u16, u16)) -> Result<Vec<u8>, png::EncodingError> {
    let mut packed = Vec::with_capacity(usize::from(width).div_ceil(2) * usize::from(height));
    for row in greys.chunks_exact(usize::from(width).max(1)) {
        let (pairs, rest) = row.as_chunks::<2>();
        packed.extend(pairs.iter().map(|[left, right]| sixteenth(*left) << 4 | sixteenth(*right)));
        packed.extend(rest.iter().map(|last| sixteenth(*last) << 4 | WHITE));
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width.into(), height.into());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    // Higher levels take twice the time for a twentieth of the bytes.
    encoder.set_deflate_compression(png::DeflateCompression::Level(DEFLATE));
    // A filter reckons with bytes, and a byte is two pixels here: it only hides that lines repeat.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&packed)?;
    writer.finish()?;
    Ok(out)
}

/// One of the sixteen greys.
fn sixteenth(grey: u8) -> u8 {
    ((u32::from(grey) * u32::from(WHITE) + 127) / 255) as u8
}

/// The greys of a picture in colours on white paper.
pub(super) fn greys(pixmap: &Pixmap) -> Vec<u8> {
    let (pixels, _) = pixmap.data_as_u8_slice().as_chunks::<4>();
    pixels.iter().map(|pixel| if *pixel == [0; 4] { u8::MAX } else { grey(*pixel) }).collect()
}

/// The lightness of a pixel (Rec. 601 weights). Its colours are those of the part that it covers.
fn grey([red, green, blue, cover]: [u8; 4]) -> u8 {
    let covered = (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000;
    (covered + u32::from(u8::MAX - cover)).min(255) as u8
}
