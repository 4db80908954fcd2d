//! Documents without pages, cut and with bits turned over: always an answer, never a panic, never a long wait.

use std::io::{Cursor, Write};
use yusuan_extract::{Extraction, Format, Limits, from_bytes};
use zip::write::SimpleFileOptions;

/// Forty rows, one behind the other.
fn rows(row: impl Fn(usize) -> String) -> String {
    (0..40).map(row).collect::<Vec<_>>().concat()
}

fn docx() -> Vec<u8> {
    let row = |a: &str, b: &str| {
        let cell = |text: &str| {
            format!("<w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        format!("<w:tr>{}{}</w:tr>", cell(a), cell(b))
    };
    let rows = rows(|n| row(&format!("第{n}行"), &format!("{n}.50")));
    let body = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>题</w:t></w:r></w:p><w:tbl>{rows}</w:tbl></w:body></w:document>"
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", body.as_str())] {
        writer.start_file(name, SimpleFileOptions::default()).expect("a new part");
        writer.write_all(part.as_bytes()).expect("into memory");
    }
    writer.finish().expect("into memory").into_inner()
}

fn html() -> Vec<u8> {
    let rows = rows(|n| format!("<tr><td rowspan=1>第{n}行<td colspan=2>{n}.50"));
    format!("<!doctype html><html><body><h1>题</h1><table>{rows}</table></body></html>\n").into_bytes()
}

fn rtf() -> Vec<u8> {
    let rows = rows(|n| format!("\\trowd\\cellx1000\\cellx2000\\pard\\intbl R{n}\\cell {n}.50\\cell\\row\n"));
    format!("{{\\rtf1\\ansi T\\par {rows}\\pard end\\par}}").into_bytes()
}

fn mhtml() -> Vec<u8> {
    let page = String::from_utf8(html()).expect("UTF-8");
    format!("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n").into_bytes()
}

fn csv() -> Vec<u8> {
    rows(|n| format!("第{n}行,{n}.50\n")).into_bytes()
}

fn odt() -> Vec<u8> {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let rows = rows(|n| {
        format!("<table:table-row>{}{}</table:table-row>", cell(&format!("第{n}行")), cell(&format!("{n}.50")))
    });
    let seen = "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>";
    let body = format!(
        "<o:document xmlns:o='o' xmlns:text='t' xmlns:table='b' xmlns:style='s'>{seen}<o:text><text:p>题\
         <text:span text:style-name='H'>77.50</text:span></text:p><table:table>{rows}</table:table></o:text></o:document>"
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", body.as_str())] {
        writer.start_file(name, stored).expect("a new part");
        writer.write_all(part.as_bytes()).expect("into memory");
    }
    writer.finish().expect("into memory").into_inner()
}

/// Word's binary format, as Word-compatible programs write it.
const DOC: &[u8] = include_bytes!("fixtures/table.doc");

fn samples() -> [(Format, Vec<u8>); 7] {
    [
        (Format::Docx, docx()),
        (Format::Html, html()),
        (Format::Rtf, rtf()),
        (Format::Mhtml, mhtml()),
        (Format::Csv, csv()),
        (Format::Doc, DOC.to_vec()),
        (Format::Odt, odt()),
    ]
}

fn figures(extraction: &Extraction) -> usize {
    extraction.tables.iter().flat_map(|table| &table.cells).filter(|cell| cell.text.ends_with(".50")).count()
}

#[test]
fn whole_documents_give_their_tables() {
    for (format, bytes) in samples() {
        let read = from_bytes(&bytes, &Limits::default()).unwrap();
        assert_eq!((read.format, read.tables.len(), figures(&read)), (format, 1, 40), "{format:?}");
    }
}

#[test]
fn cut_documents_give_an_answer_and_say_what_is_missing() {
    for (format, bytes) in samples() {
        for part in 1..60 {
            let cut = &bytes[..bytes.len() * part / 60];
            let Ok(read) = from_bytes(cut, &Limits::default()) else { continue };
            // A text of fields does not say where it ends.
            let tells = format != Format::Csv;
            if tells && figures(&read) < 40 {
                assert!(!read.diagnostics.is_empty(), "{format:?} cut at {part}/60 lost figures without a word");
            }
        }
    }
}

#[test]
fn a_block_of_noughts_is_told_where_figures_are_lost() {
    for (format, bytes) in samples() {
        for at in (0..bytes.len()).step_by(bytes.len() / 60) {
            let mut broken = bytes.clone();
            let end = broken.len().min(at + 64);
            broken[at..end].fill(0);
            let Ok(read) = from_bytes(&broken, &Limits::default()) else { continue };
            if figures(&read) < 40 {
                assert!(!read.diagnostics.is_empty(), "{format:?}: noughts at {at} lost figures without a word");
            }
        }
    }
}

#[test]
fn text_hidden_by_a_style_is_not_read() {
    let read = from_bytes(&odt(), &Limits::default()).unwrap();
    assert_eq!(read.lines[0].text, "题");
    assert_eq!(read.diagnostics.len(), 1);
}

#[test]
fn turned_bits_never_panic() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for (_, bytes) in samples() {
        for _ in 0..300 {
            let mut broken = bytes.clone();
            for _ in 0..3 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state % broken.len() as u64).unwrap();
                broken[at] ^= 1 << (state >> 40 & 7);
            }
            let _ = from_bytes(&broken, &Limits::default());
        }
    }
}
