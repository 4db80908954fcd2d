//! A picture in sixteen greys.

use hayro::vello_cpu::Pixmap;

/// The lightest of the greys.
const WHITE: u8 = 15;

/// Sixteen greys: print is black on white, and a page takes a fifth of the room that it takes in colour.
pub(super) fn png(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    let mut packed = Vec::with_capacity(width.div_ceil(2) * height);
    for row in pixmap.data_as_u8_slice().chunks_exact((width * 4).max(4)) {
        for pair in row.chunks(8) {
            let left = grey(pair);
            let right = pair.get(4..).map_or(WHITE, grey);
            packed.push(left << 4 | right);
        }
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width as u32, height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&packed)?;
    writer.finish()?;
    Ok(out)
}

/// The lightness of a pixel (Rec. 601 weights) from 0 to 15.
fn grey(pixel: &[u8]) -> u8 {
    let [red, green, blue, ..] = *pixel else { return WHITE };
    let lightness = (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000;
    ((lightness * u32::from(WHITE) + 127) / 255) as u8
}
