//! A picture in sixteen greys.

use hayro::vello_cpu::Pixmap;

/// How hard a picture is pressed.
const DEFLATE: u8 = 4;

/// The lightest of the greys.
const WHITE: u8 = 15;

/// Sixteen greys: print is black on white, and a page takes a fifth of the room that it takes in colour.
pub(super) fn png(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    let mut packed = Vec::with_capacity(width.div_ceil(2) * height);
    for row in pixmap.data_as_u8_slice().chunks_exact((width * 4).max(4)) {
        let (pairs, rest) = row.as_chunks::<8>();
        packed.extend(pairs.iter().map(|pair| {
            if *pair == [0; 8] {
                return WHITE << 4 | WHITE;
            }
            let [left @ .., _, _, _, _] = *pair;
            let [_, _, _, _, right @ ..] = *pair;
            grey(left) << 4 | grey(right)
        }));
        if let [red, green, blue, alpha] = *rest {
            packed.push(grey([red, green, blue, alpha]) << 4 | WHITE);
        }
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width as u32, height as u32);
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

/// The lightness of a pixel (Rec. 601 weights) on white paper from 0 to 15. Its colours are those of the part that it covers.
fn grey([red, green, blue, cover]: [u8; 4]) -> u8 {
    let covered = (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000;
    let lightness = covered + u32::from(u8::MAX - cover);
    ((lightness.min(255) * u32::from(WHITE) + 127) / 255) as u8
}
