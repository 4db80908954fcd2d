//! Small files from bytes to pages: what is seen, and what is said to be missing.

use crate::limits::Limits;
use crate::model::{DiagnosticCode, Extraction};
use crate::{LayoutOptions, read};
use std::fmt::Write as _;

/// A one-page file of 200 × 200 points with the given content stream.
fn file(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let xref = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        writeln!(out, "{offset:010} 00000 n ").unwrap();
    }
    writeln!(out, "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF").unwrap();
    out.into_bytes()
}

fn read_content(content: &str) -> Extraction {
    read(&file(content), &LayoutOptions::default(), &Limits::default()).unwrap()
}

const PICTURE: &str = "q 200 0 0 200 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q";

#[test]
fn a_picture_without_text_needs_recognition() {
    let scan = read_content(PICTURE);
    let codes: Vec<DiagnosticCode> = scan.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [DiagnosticCode::NeedsOcr]);
    assert!((scan.pages[0].image_share - 1.0).abs() < 0.01);
}

#[test]
fn content_that_was_damaged_is_said_to_be() {
    let codes =
        |content: &str| -> Vec<DiagnosticCode> { read_content(content).diagnostics.iter().map(|d| d.code).collect() };
    assert_eq!(codes("BT /F 10 Tf 20 170 Td (12.50) Tj ET 0 0 m 9 9 l S"), []);
    let damaged = [
        "BT /F 10 Tf 20 170 Td (1) Tj ET BP /F 10 Tf 20 100 Td (12.50) Tj ET",
        "BT /F 10 Tf 20 170 Td (1) Tj ET BT /F 10 Tf 20 /X Td (12.50) Tj ET",
        "BT /F 10 Tf 20 170 Td (1) Tj ET BT /F 10 Tf 20 100 Td (12.50) 1 0 R ET",
        "BT /F 10 Tf 20 170 Td (1) Tj ET BT /G 10 Tf 20 100 Td (12.50) Tj ET",
        "BT /F 10 Tf 20 170 Td (1) Tj ET BT /F 0 Tf 20 100 Td (12.50) Tj ET",
    ];
    for content in damaged {
        assert_eq!(codes(content), [DiagnosticCode::PageLost], "{content}");
    }
}

#[test]
fn figures_without_a_line_between_them_are_told() {
    let rows = |labels: usize, lines: &[u32]| -> String {
        let mut drawn = "20 100 m 20 180 l S 100 100 m 100 180 l S 180 100 m 180 180 l S ".to_owned();
        for y in lines {
            write!(drawn, "20 {y} m 180 {y} l S ").unwrap();
        }
        for (index, y) in [166, 146, 126, 106].into_iter().enumerate() {
            write!(drawn, "BT /F 8 Tf 120 {y} Td (1{index}.50) Tj ET ").unwrap();
            if index < labels {
                write!(drawn, "BT /F 8 Tf 25 {y} Td (row {index}) Tj ET ").unwrap();
            }
        }
        drawn
    };
    let codes = |labels: usize, lines: &[u32]| -> Vec<DiagnosticCode> {
        read_content(&rows(labels, lines)).diagnostics.iter().map(|d| d.code).collect()
    };
    assert_eq!(codes(4, &[100, 120, 140, 160, 180]), []);
    // Labels beside them show that they are two rows; without any nothing does.
    assert_eq!(codes(4, &[100, 140, 160, 180]), []);
    assert_eq!(codes(3, &[100, 140, 160, 180]), [DiagnosticCode::FiguresMerged]);
}

#[test]
fn text_has_its_place_from_the_top_left() {
    let page = read_content("BT /F 10 Tf 20 170 Td (12.50) Tj ET");
    assert_eq!(page.diagnostics, []);
    assert_eq!(page.lines.len(), 1);
    assert_eq!(page.lines[0].text, "12.50");
    let bbox = page.lines[0].place.bbox.unwrap();
    // Baseline 30 points below the top, 0.88 em of ascent.
    assert!((bbox.x0 - 20.0).abs() < 0.01 && (bbox.y0 - 21.2).abs() < 0.01, "{bbox:?}");
}

#[test]
fn invisible_text_counts_only_under_a_picture() {
    let hidden = "BT /F 10 Tf 3 Tr 20 170 Td (12.50) Tj ET";
    assert_eq!(read_content(&format!("{hidden} BT 0 Tr 20 100 Td (1) Tj ET")).lines.len(), 1);
    let layer = read_content(&format!("{PICTURE} {hidden}"));
    assert_eq!(layer.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["12.50"]);
}

#[test]
fn a_page_that_draws_itself_over_and_over_is_cut_off() {
    // What a form that draws itself a million times over comes to.
    let limits = Limits { paths_per_page: 1_000, ..Limits::default() };
    let content = format!("BT /F 10 Tf 20 170 Td (1) Tj ET {}", "q 0 0 50 50 re W n Q ".repeat(3_000));
    let read = read(&file(&content), &LayoutOptions::default(), &limits).unwrap();
    let codes: Vec<DiagnosticCode> = read.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [DiagnosticCode::Truncated]);
    assert_eq!(read.lines.len(), 1);
}

#[test]
fn a_file_of_blank_pages_is_named() {
    let codes =
        |content: &str| -> Vec<DiagnosticCode> { read_content(content).diagnostics.iter().map(|d| d.code).collect() };
    assert_eq!(codes("q Q"), [DiagnosticCode::PageLost]);
    assert_eq!(codes("BT /F 10 Tf 20 100 Td (1) Tj ET"), []);
}

#[test]
fn white_text_is_seen_on_a_painted_ground_only() {
    let texts = |content: &str| -> Vec<String> { read_content(content).lines.iter().map(|l| l.text.clone()).collect() };
    let white = "1 g BT /F 10 Tf 20 170 Td (666) Tj ET";
    assert_eq!(texts(&format!("BT /F 10 Tf 20 100 Td (1) Tj ET {white}")), ["1"]);
    assert_eq!(texts(&format!("0.2 g 10 160 100 30 re f {white}")), ["666"]);
}

#[test]
fn a_note_set_above_the_line_is_no_digit() {
    let page = read_content("BT /F 10 Tf 20 170 Td (123) Tj /F 6 Tf 4 Ts (4) Tj ET");
    assert_eq!(page.lines[0].text, "123⁴");
}

#[test]
fn text_outside_the_clip_is_not_seen() {
    let page = read_content("BT /F 10 Tf 20 170 Td (1) Tj ET q 0 0 50 50 re W n BT /F 10 Tf 100 100 Td (22) Tj ET Q");
    assert_eq!(page.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["1"]);
}

#[test]
fn a_page_whose_size_is_no_number_is_lost() {
    let endless = format!("[0 0 {0} {0}]", "9".repeat(400));
    let text =
        String::from_utf8(file("BT /F 10 Tf 20 170 Td (12.50) Tj ET")).unwrap().replace("[0 0 200 200]", &endless);
    let lost = read(text.as_bytes(), &LayoutOptions::default(), &Limits::default()).unwrap();
    // The longer box moves what stands behind it, so the file is repaired first.
    let codes: Vec<DiagnosticCode> = lost.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [DiagnosticCode::Repaired, DiagnosticCode::PageLost]);
    assert!(lost.pages[0].width.is_finite() && lost.pages[0].height.is_finite());
}

/// The lines of a page and the codes of what is said of it.
fn lines_and_codes(content: &str) -> (Vec<String>, Vec<DiagnosticCode>) {
    let read = read_content(content);
    (read.lines.into_iter().map(|l| l.text).collect(), read.diagnostics.into_iter().map(|d| d.code).collect())
}

/// A line of text beside which nothing else stands.
fn with_other_text(content: &str) -> String {
    format!("BT /F 10 Tf 20 50 Td (abcdefghij) Tj ET {content}")
}

#[test]
fn what_is_painted_over_is_not_read() {
    let figure = "BT /F 10 Tf 20 170 Td (93.17) Tj ET";
    let read = |later: &str| lines_and_codes(&with_other_text(&format!("{figure} {later}")));
    let other = "abcdefghij".to_owned();
    let left_out = vec![DiagnosticCode::HiddenLeftOut];
    assert_eq!(read(""), (vec!["93.17".to_owned(), other.clone()], vec![]));
    for cover in ["1 g 15 165 60 20 re f", "0 g 15 165 60 20 re f", "1 G 20 w 10 173 m 80 173 l S"] {
        assert_eq!(read(cover), (vec![other.clone()], left_out.clone()), "{cover}");
    }
    let corrected = "1 g 15 165 60 20 re f 0 g BT /F 10 Tf 20 168 Td (83.17) Tj ET";
    assert_eq!(read(corrected), (vec!["83.17".to_owned(), other.clone()], left_out.clone()));
    // A line through it strikes it out, one under it does not.
    assert_eq!(read("0.5 w 19 173.6 m 46 173.6 l S"), (vec![other.clone()], left_out));
    assert_eq!(read("0.5 w 19 168.4 m 46 168.4 l S").1, []);
}

#[test]
fn a_figure_is_read_whole_or_not_at_all() {
    let figure = "BT /F 10 Tf 20 170 Td (93.17) Tj ET";
    let (lines, codes) = lines_and_codes(&with_other_text(&format!("{figure} 1 g 15 165 17 20 re f")));
    assert_eq!(codes, [DiagnosticCode::TextOverlaid]);
    assert!(!lines[0].contains(|c: char| c.is_ascii_digit()), "{lines:?}");
}

#[test]
fn of_two_texts_at_one_place_none_is_read() {
    let both = "BT /F 10 Tf 20 170 Td (93.17) Tj ET BT /F 10 Tf 20 170 Td (84.26) Tj ET";
    let (lines, codes) = lines_and_codes(&with_other_text(both));
    assert_eq!(codes, [DiagnosticCode::TextOverlaid]);
    assert!(!lines[0].contains(|c: char| c.is_ascii_digit()), "{lines:?}");
    // The same text again, a little to the side, is bold.
    let bold = "BT /F 10 Tf 20 170 Td (93.17) Tj ET BT /F 10 Tf 20.3 170 Td (93.17) Tj ET";
    assert_eq!(lines_and_codes(bold), (vec!["93.17".to_owned()], vec![]));
}

#[test]
fn stamps_and_watermarks_are_no_text_of_the_page() {
    let text = "BT /F 10 Tf 20 100 Td (1,234.56 abcdefghij) Tj ET";
    let slanted = "0.8 g BT /F 30 Tf 0.7071 0.7071 -0.7071 0.7071 40 60 Tm (777) Tj ET";
    let upright = "1 0.7 0.7 rg BT /F 24 Tf 0 1 -1 0 60 80 Tm (888) Tj ET";
    for stamp in [slanted, upright] {
        let (lines, codes) = lines_and_codes(&format!("{text} {stamp}"));
        assert_eq!((lines, codes), (vec!["1,234.56 abcdefghij".to_owned()], vec![DiagnosticCode::HiddenLeftOut]));
    }
}

#[test]
fn a_skewed_page_reads_like_a_straight_one() {
    let row = |y: u32| {
        format!("BT /F 10 Tf 1 0 0 1 20 {y} Tm (abcdefgh) Tj ET BT /F 10 Tf 1 0 0 1 150 {y} Tm (12.50) Tj ET ")
    };
    let rows: String = [170, 158, 146].into_iter().map(row).collect();
    let texts = |content: &str| lines_and_codes(content).0;
    // Two degrees: 0.0349 radians.
    assert_eq!(texts(&format!("0.99939 0.0349 -0.0349 0.99939 4 -4 cm {rows}")), texts(&rows));
}
