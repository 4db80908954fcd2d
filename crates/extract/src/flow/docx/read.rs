//! A package's way to blocks.

use super::body::{Walk, Walked};
use super::lists;
use super::media::Media;
use super::styles::Styles;
use crate::error::ExtractError;
use crate::flow::block::Block;
use crate::flow::written::Written;
use crate::limits::Limits;
use crate::model::DiagnosticCode;
use crate::sheet::{Package, decrypted_package};

/// Reads a document as it is shown.
///
/// # Errors
/// [`ExtractError`] when the package or its main part can't be read.
pub(in crate::flow) fn read(bytes: &[u8], limits: &Limits) -> Result<Written, ExtractError> {
    let inner = decrypted_package(bytes);
    let bytes = inner.as_deref().unwrap_or(bytes);
    let package = Package::unpack(bytes, limits, is_wanted)?;
    let part = |name: &str| package.part(&format!("word/{name}.xml"));
    // Some programs number the part.
    let document = part("document")
        .or_else(|reason| part("document2").map_err(|_| reason))
        .map_err(|detail| ExtractError::Damaged { detail })?;
    let mut numbering = part("numbering").map(lists::parse).unwrap_or_default();
    let styles = part("styles").map(Styles::parse).unwrap_or_default();
    let mut written = Written::default();
    let Walked { blocks, mut found, broken, pictures } = Walk::new(&mut numbering, &styles).blocks(document);
    if let Some(reason) = broken
        && !has_text(&blocks)
    {
        return Err(ExtractError::Damaged { detail: reason });
    }
    written.blocks = blocks;
    for notes in ["footnotes", "endnotes"] {
        if let Ok(part) = part(notes) {
            let notes = Walk::new(&mut numbering, &styles).blocks(part);
            written.blocks.extend(notes.blocks);
            found.add(notes.found);
        }
    }
    if !pictures.is_empty() {
        let media = Media::of(bytes, limits);
        for (relation, size) in pictures {
            found.picture(media.file(&relation), size);
        }
    }
    found.report(&mut written);
    for (name, reason) in package.broken().filter(|(name, _)| !is_aside(name)) {
        written.say(DiagnosticCode::CutOff, format!("部件 {name} 无法读取（{reason}）"));
    }
    Ok(written)
}

fn is_wanted(name: &str) -> bool {
    let part = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml"));
    part.is_some_and(|part| !part.contains('/'))
}

/// Parts that hold no text of the document.
fn is_aside(name: &str) -> bool {
    ["theme", "fontTable", "settings", "webSettings", "styles"].iter().any(|part| name.contains(part))
}

fn has_text(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Paragraph(text) => !text.trim().is_empty(),
        Block::Grid(grid) => grid.cells.iter().any(|cell| has_text(&cell.blocks)),
        Block::PageBreak => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::assemble_for_tests;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in parts {
            writer.start_file(format!("word/{name}.xml"), SimpleFileOptions::default()).unwrap();
            writer.write_all(part.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn document(body: &str) -> String {
        format!("<w:document xmlns:w='w' xmlns:mc='mc' xmlns:a='a'><w:body>{body}</w:body></w:document>")
    }

    fn shown(body: &str) -> String {
        let bytes = package(&[("document", &document(body))]);
        assemble_for_tests(read(&bytes, &Limits::default()).unwrap().blocks)
    }

    fn p(runs: &str) -> String {
        format!("<w:p>{runs}</w:p>")
    }

    fn r(text: &str) -> String {
        format!("<w:r><w:t>{text}</w:t></w:r>")
    }

    fn cell(form: &str, text: &str) -> String {
        format!("<w:tc><w:tcPr>{form}</w:tcPr>{}</w:tc>", p(&r(text)))
    }

    #[test]
    fn what_is_shown_is_read_and_nothing_else() {
        let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>";
        let struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>8</w:t></w:r>";
        let kept = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>1</w:t></w:r>";
        assert_eq!(shown(&p(&[hidden, struck, kept].concat())), "1");
        let tracked = format!(
            "<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>",
            r("2"),
            r("6")
        );
        assert_eq!(shown(&p(&tracked)), "2");
        let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>X 5</w:instrText></w:r><w:r><w:t>4</w:t></w:r>\
            <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
        assert_eq!(shown(&p(&format!("{field}{}", r("!")))), "3!");
        let sdt = format!(
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            p(&r("甲"))
        );
        let note = "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>3</w:t></w:r>";
        assert_eq!(shown(&format!("{sdt}{}", p(note))), "甲\n²³");
    }

    #[test]
    fn a_text_box_is_read_once() {
        let text_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(&r(text)));
        let both = format!(
            "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            text_box("盒"),
            text_box("盒")
        );
        assert_eq!(shown(&p(&format!("{both}{}", r("文")))), "盒\n文");
    }

    #[test]
    fn tables_keep_their_spans() {
        let rows = [
            cell("<w:vMerge w:val='restart'/>", "项目") + &cell("<w:gridSpan w:val='2'/>", "金额"),
            cell("<w:vMerge/>", "") + &cell("", "甲") + &cell("", "乙"),
            cell("", "丙") + &cell("<w:hMerge w:val='restart'/>", "1") + &cell("<w:hMerge/>", ""),
            "<w:trPr><w:gridBefore w:val='1'/></w:trPr>".to_owned() + &cell("", "2") + &cell("", "3"),
            "<w:trPr><w:del/></w:trPr>".to_owned() + &cell("", "7") + &cell("", "8") + &cell("", "9"),
        ];
        let table = format!("<w:tbl>{}</w:tbl>", rows.map(|row| format!("<w:tr>{row}</w:tr>")).concat());
        assert_eq!(shown(&table), "[项目|金额|^ / ^|甲|乙 / 丙|1|^ / |2|3]");
    }

    #[test]
    fn numbers_of_lists_are_read() {
        let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
            <w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='（%1）'/></w:lvl></w:abstractNum>\
            <w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num></w:numbering>";
        let styles = "<w:styles xmlns:w='w'><w:style w:type='paragraph' w:styleId='H'><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr></w:style></w:styles>";
        let own = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
        let styled = "<w:p><w:pPr><w:pStyle w:val='H'/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>";
        let body = document(&format!("{own}{styled}"));
        let bytes = package(&[("document", &body), ("numbering", numbering), ("styles", styles)]);
        let written = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(assemble_for_tests(written.blocks), "（一）甲\n（二）乙");
    }

    #[test]
    fn deep_tables_and_broken_parts_end() {
        let deep = "<w:tbl><w:tr><w:tc>".repeat(200);
        let bytes = package(&[("document", &document(&deep))]);
        assert!(read(&bytes, &Limits::default()).is_err(), "nothing but nesting");
        let cut = document(&p(&r("甲")));
        let bytes = package(&[("document", &cut[..cut.len() - 20])]);
        let written = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(written.diagnostics.len(), 1);
    }
}
