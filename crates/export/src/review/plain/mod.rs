//! Plain pages, drawn as what they are: most pages of a disclosure have text, lines and areas of one colour, and no more. Glyphs
//! are stamped and areas filled in greys right away, which takes a fraction of the time of a drawing library that knows
//! pictures, patterns and colours that mix; pages that have any of these are left to it.

mod coverage;
mod paper;
mod press;
mod stamps;

use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RectExt, TransformExt, interpret_page};
use hayro::kurbo::{Affine, Rect};
use paper::Paper;
use press::Press;
pub(super) use stamps::Stamps;

/// The greys of a page, row by row from 0 for black to 255 for white, in so many columns and rows; `None` for a page that is not
/// plain.
pub(super) fn draw<'a>(
    page: &'a Page<'a>,
    (cache, stamps): (&InterpreterCache<'a>, &mut Stamps),
    settings: &InterpreterSettings,
    (scale, (width, height)): (f64, (u16, u16)),
) -> Option<Vec<u8>> {
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let to_pixels = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let mut context = Context::new(to_pixels, bounds, cache, page.xref(), settings.clone());
    let mut paper = Paper::new(width, height);
    // What lies beside the page that is shown is not printed on it.
    paper.push_clip(to_pixels.transform_rect_bbox(page.intersected_crop_box().to_kurbo()));
    let mut press = Press::new(paper, stamps);
    interpret_page(page, &mut context, &mut press);
    press.finish().map(Paper::into_greys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::hayro_interpret::hayro_syntax::Pdf;

    /// The greys of a page of 8 × 4 points with this content, a pixel each.
    fn drawn(content: &str) -> Option<Vec<Vec<u8>>> {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 8 4] /Contents 4 0 R /Resources << \
             /ExtGState << /Mixed << /BM /Multiply >> /Faint << /ca 0.5 >> >> \
             /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
                .to_owned(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        ];
        let mut bytes = "%PDF-1.4\n".to_owned();
        for (index, object) in objects.iter().enumerate() {
            bytes.extend([&(index + 1).to_string(), " 0 obj\n", object, "\nendobj\n"]);
        }
        bytes.push_str("trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
        let pdf = Pdf::new(bytes.into_bytes()).unwrap();
        let known = (&InterpreterCache::new(), &mut Stamps::default());
        let greys = draw(&pdf.pages()[0], known, &InterpreterSettings::default(), (1.0, (8, 4)));
        greys.map(|greys| greys.chunks(8).map(<[u8]>::to_vec).collect())
    }

    #[test]
    fn areas_and_lines_are_drawn_in_greys_and_cut_at_clips() {
        let rows = drawn("0.5 g 0 0 2 4 re f q 0 0 8 2 re W n 1 0 0 RG 0.1 w 4.5 0 m 4.5 4 l S Q").unwrap();
        assert_eq!(rows[0], [128, 128, 255, 255, 255, 255, 255, 255], "above the clip");
        assert_eq!(rows[3], [128, 128, 255, 255, 76, 255, 255, 255], "a hair line is a pixel wide");
        let rows = drawn("/Faint gs 0 g 0 0 8 4 re f").unwrap();
        assert_eq!(rows, [[127; 8]; 4]);
    }

    #[test]
    fn lines_reach_as_far_as_their_caps() {
        let (black, white) = (0, 255);
        let rows = drawn("2 w 2 2 m 6 2 l S").unwrap();
        let line = [white, white, black, black, black, black, white, white];
        assert_eq!(rows, [[white; 8], line, line, [white; 8]]);
        let rows = drawn("2 w 2 J 2 2 m 6 2 l S").unwrap();
        assert_eq!(rows[1], [white, black, black, black, black, black, black, white]);
        let rows = drawn("2 w [1 1] 0 d 2 2 m 6 2 l S").unwrap();
        assert_eq!(rows[1], [white, white, black, white, black, white, white, white]);
        let rows = drawn("2 w 3 0 m 3 4 l S").unwrap();
        assert_eq!(rows, [[white, white, black, black, white, white, white, white]; 4]);
    }

    #[test]
    fn text_is_drawn_where_it_stands() {
        let rows = drawn("BT /F1 4 Tf 1 0.5 Td (I) Tj ET").unwrap();
        let dark = |column: usize| rows.iter().any(|row| row[column] < 200);
        assert!((1..3).any(dark) && !(3..8).any(dark), "{rows:?}");
        assert_eq!(drawn("BT 3 Tr /F1 4 Tf 1 0.5 Td (I) Tj ET").unwrap(), [[255; 8]; 4], "nobody sees it");
    }

    #[test]
    fn pictures_colours_that_mix_and_slanted_clips_are_left_to_the_library() {
        let picture = "q 4 0 0 4 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{1} EI Q";
        for content in [picture, "/Mixed gs 0 0 8 4 re f", "0 0 m 8 0 l 8 4 l h W n 0 0 8 4 re f"] {
            assert_eq!(drawn(content), None, "{content}");
        }
    }
}
