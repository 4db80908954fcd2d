//! What pages show.

use super::writer::{Package, document, line, page, root, table, text, text_with};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, Direction, Page};
use crate::ofd::read_pages;
use crate::options::LayoutOptions;
use crate::{Extraction, from_bytes};

fn pages_of(package: &Package) -> (Vec<Page>, Vec<Diagnostic>) {
    read_pages(&package.bytes(), &LayoutOptions::default(), &Limits::default()).unwrap()
}

fn read(package: &Package) -> Extraction {
    from_bytes(&package.bytes(), &Limits::default()).unwrap()
}

fn shown(page: &Page) -> String {
    page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

const ROWS: [(&str, &str); 3] = [("项目", "金额"), ("行政运行", "1,234.56"), ("合计", "1,234.56")];

#[test]
fn a_ruled_table_is_found() {
    let found = read(&Package::of(&[page(&table(&ROWS))]));
    assert_eq!((found.format.as_str(), found.tables.len(), found.diagnostics.len()), ("ofd", 1, 0));
    let cells: Vec<&str> = found.tables[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(cells, ["项目", "金额", "行政运行", "1,234.56", "合计", "1,234.56"]);
    let place = found.tables[0].cells[3].place.bbox.unwrap();
    assert!((place.x0 - 100.0 * 72.0 / 25.4).abs() < 0.1, "{place:?}");
    assert!((found.pages[0].width - 595.28).abs() < 0.1);
}

#[test]
fn templates_blocks_and_drawings_are_part_of_the_page() {
    let rows = table(&ROWS);
    let lines = rows.split("<ofd:TextObject").next().unwrap();
    let words = &rows[lines.len()..];
    let used = format!(
        "<ofd:Template TemplateID=\"50\"/><ofd:Content><ofd:Layer><ofd:PageBlock>{words}</ofd:PageBlock></ofd:Layer></ofd:Content>"
    );
    let mut package = Package::of(&[root("Page", &used)]);
    let common = "<ofd:TemplatePage ID=\"50\" BaseLoc=\"/Doc_0/Tpls/T.xml\" ZOrder=\"Background\"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes>";
    let pages = "<ofd:Page ID=\"100\" BaseLoc=\"Pages\\PAGE_0/content.xml\"/>";
    package.put("Doc_0/Document.xml", &document(common, pages, ""));
    package
        .put("Doc_0/Tpls/T.xml", &page("<ofd:CompositeObject ID=\"7\" Boundary=\"0 0 210 297\" ResourceID=\"60\"/>"));
    let unit = format!(
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID=\"60\" Width=\"210\" Height=\"297\"><ofd:Content>{lines}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    );
    package.put("Doc_0/Res.xml", &root("Res", &unit));
    let found = read(&package);
    assert_eq!((found.tables.len(), codes(&found.diagnostics)), (1, vec![]));
    assert_eq!(found.tables[0].cells[3].text, "1,234.56");
}

#[test]
fn drawing_parameters_go_back_to_others() {
    let path = "<ofd:PathObject ID=\"6\" Boundary=\"20 20 100 3\" DrawParam=\"8\"><ofd:AbbreviatedData>M 0 1 L 100 1</ofd:AbbreviatedData></ofd:PathObject>";
    let params = "<ofd:DrawParams><ofd:DrawParam ID=\"7\" LineWidth=\"0.5\"><ofd:StrokeColor Value=\"255 255 255\"/></ofd:DrawParam><ofd:DrawParam ID=\"8\" Relative=\"7\"/></ofd:DrawParams>";
    let mut package = Package::of(&[page(&format!("{path}{}", text(20.0, 30.0, "字")))]);
    package.put("Doc_0/PublicRes.xml", &root("Res", params));
    let (pages, diagnostics) = pages_of(&package);
    assert!(pages[0].rulings.is_empty() && diagnostics.is_empty(), "white lines are no rulings");
    package.put("Doc_0/PublicRes.xml", &root("Res", &params.replace("255 255 255", "0 0 0")));
    let width = pages_of(&package).0[0].rulings[0].bbox.height();
    assert!((width - 0.5 * 72.0 / 25.4).abs() < 1e-6);
}

#[test]
fn what_is_not_seen_is_left_out_and_told() {
    let cover = "<ofd:PathObject ID=\"6\" Boundary=\"20 49 60 8\" Fill=\"true\" Stroke=\"false\"><ofd:FillColor Value=\"255 255 0\"/><ofd:AbbreviatedData>M 0 0 L 60 0 L 60 8 L 0 8 C</ofd:AbbreviatedData></ofd:PathObject>";
    let objects = [
        text(20.0, 20.0, "看得见"),
        text_with(20.0, 30.0, "白字", "|<ofd:FillColor Value=\"255 255 255\"/>"),
        text_with(20.0, 40.0, "不显示", "Visible=\"false\""),
        text_with(20.0, 45.0, "透明", "Alpha=\"0\""),
        text(20.0, 50.0, "被盖住"),
        cover.to_owned(),
        text(20.0, 400.0, "页外"),
    ];
    let (pages, diagnostics) = pages_of(&Package::of(&[page(&objects.concat())]));
    assert_eq!((shown(&pages[0]).as_str(), codes(&diagnostics)), ("看得见", vec!["E007"]));
    assert!(diagnostics[0].message.contains(" 12 "), "{diagnostics:?}");
}

#[test]
fn a_figure_is_seen_as_a_whole_or_not_at_all() {
    let clip = "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary=\"0 0 3.6 9\"><ofd:AbbreviatedData>M 0 0 L 3.6 0 L 3.6 9 L 0 9 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>";
    let cut = text_with(20.0, 30.0, "1234567", &format!("|{clip}"));
    let (pages, diagnostics) = pages_of(&Package::of(&[page(&format!("{}{cut}", text(20.0, 20.0, "合计")))]));
    assert!(!shown(&pages[0]).contains('1') && codes(&diagnostics) == ["E011"], "{diagnostics:?}");
}

#[test]
fn text_that_hangs_out_of_its_cell_keeps_the_part_in_it() {
    let clip = "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary=\"0 0 4.5 9\"><ofd:AbbreviatedData>M 0 0 L 4.5 0 L 4.5 9 L 0 9 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>";
    let hanging = text_with(20.0, 30.0, "甲乙", &format!("|{clip}"));
    let (pages, diagnostics) = pages_of(&Package::of(&[page(&hanging)]));
    let last = &pages[0].glyphs[1];
    assert!(last.text == "乙" && (last.bbox.x1 - 24.5 * 72.0 / 25.4).abs() < 1.0 && diagnostics.is_empty(), "{last:?}");
}

#[test]
fn marks_over_the_page_are_drawn_and_watermarks_are_not() {
    let mark = |kind: &str, words: &str| {
        format!(
            "<ofd:Annot ID=\"9\" Type=\"{kind}\"><ofd:Appearance Boundary=\"100 100 60 10\">{}</ofd:Appearance></ofd:Annot>",
            text(0.0, 0.0, words)
        )
    };
    let mut package = Package::of(&[page(&text(20.0, 20.0, "正文"))]);
    let rest = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>";
    package
        .put("Doc_0/Document.xml", &document("", "<ofd:Page ID=\"100\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", rest));
    let list = "<ofd:Page PageID=\"100\"><ofd:FileLoc>Page_0/A.xml</ofd:FileLoc></ofd:Page>";
    package.put("Doc_0/Annots/Annotations.xml", &root("Annotations", list));
    package.put("Doc_0/Annots/Page_0/A.xml", &root("PageAnnot", &(mark("Stamp", "章") + &mark("Watermark", "水印"))));
    let (pages, diagnostics) = pages_of(&package);
    assert_eq!((shown(&pages[0]).as_str(), codes(&diagnostics)), ("正文章", vec!["E007"]));
}

#[test]
fn transforms_turn_text() {
    let turned = text_with(50.0, 50.0, "合计12", "CTM=\"0 1 -1 0 30 5\"").replace("50 50 60 5", "45 45 60 60");
    let (pages, _) = pages_of(&Package::of(&[page(&turned)]));
    assert!(pages[0].glyphs.iter().all(|glyph| glyph.direction == Direction::Down), "{:?}", pages[0].glyphs);
    assert_eq!(shown(&pages[0]), "合计12");
}

#[test]
fn a_glyph_without_a_character_is_unknown() {
    let transform = "|<ofd:CGTransform CodePosition=\"0\" CodeCount=\"2\" GlyphCount=\"2\"><ofd:Glyphs>7 8</ofd:Glyphs></ofd:CGTransform>";
    let objects = text_with(20.0, 20.0, "\u{E001}\u{E002}", transform);
    let (pages, diagnostics) = pages_of(&Package::of(&[page(&(objects + &text(20.0, 30.0, "字")))]));
    assert_eq!((pages[0].unknown_glyphs, codes(&diagnostics)), (2, vec!["E004"]));
}

#[test]
fn a_page_that_is_a_picture_needs_recognition() {
    let picture = "<ofd:ImageObject ID=\"4\" Boundary=\"0 0 210 297\" CTM=\"210 0 0 297 0 0\" ResourceID=\"9\"/>";
    let layer = text_with(20.0, 20.0, "文字层", "Alpha=\"0\"");
    let (pages, diagnostics) = pages_of(&Package::of(&[page(picture), page(&(layer + picture))]));
    assert_eq!((pages[0].images.len(), codes(&diagnostics)), (1, vec!["E003"]));
    assert!(shown(&pages[1]) == "文字层" && pages[1].glyphs[0].hidden);
}

#[test]
fn text_drawn_as_outlines_needs_recognition() {
    let outline = |index: usize| {
        format!(
            "<ofd:PathObject ID=\"6\" Boundary=\"{} 20 3.5 3.5\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"0 0 0\"/><ofd:AbbreviatedData>M 0 0 Q 3.4 0.1 3.4 3.4 Q 0.2 3 0 0 C</ofd:AbbreviatedData></ofd:PathObject>",
            2 * index
        )
    };
    let outlined: String = (0..90).map(outline).collect();
    let (_, diagnostics) = pages_of(&Package::of(&[page(&outlined), page(&text(20.0, 20.0, "正文"))]));
    assert_eq!(codes(&diagnostics), ["E003"]);
    let (_, diagnostics) = pages_of(&Package::of(&[page(&line(20.0, 20.0, 50.0, 0.0))]));
    assert_eq!(codes(&diagnostics).len(), 1, "a file that shows no text says so");
}

#[test]
fn several_documents_and_versions_are_read() {
    let mut package = Package::of(&[page(&text(20.0, 20.0, "第一份"))]);
    package.put("D/Document.xml", &document("", "<ofd:Page ID=\"1\" BaseLoc=\"P.xml\"/>", ""));
    package.put("D/P.xml", &page(&text(20.0, 20.0, "第二份")));
    package.put("D/New.xml", &document("", "<ofd:Page ID=\"1\" BaseLoc=\"N.xml\"/>", ""));
    package.put("D/N.xml", &page(&text(20.0, 20.0, "新版")));
    package.put("D/V.xml", &root("DocVersion", "<ofd:DocRoot>/D/New.xml</ofd:DocRoot>"));
    let bodies = |versions: &str| {
        root(
            "OFD",
            &format!(
                "<ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot>{versions}</ofd:DocBody>"
            ),
        )
    };
    package.put("OFD.xml", &bodies(""));
    let texts = |package: &Package| -> Vec<String> { pages_of(package).0.iter().map(shown).collect() };
    assert_eq!(texts(&package), ["第一份", "第二份"]);
    package.put(
        "OFD.xml",
        &bodies(
            "<ofd:Versions><ofd:Version ID=\"1\" Index=\"1\" Current=\"true\" BaseLoc=\"D/V.xml\"/></ofd:Versions>",
        ),
    );
    assert_eq!(texts(&package), ["第一份", "新版"]);
}

#[test]
fn names_in_the_national_encoding_are_found() {
    let mut package = Package::of(&[]);
    package.put("Doc_0/Document.xml", &document("", "<ofd:Page ID=\"1\" BaseLoc=\"第.xml\"/>", ""));
    package.put("Doc_0/~~.xml", &page(&text(20.0, 20.0, "正文")));
    let (name, _, _) = encoding_rs::GB18030.encode("Doc_0/第.xml");
    let mut bytes = package.bytes();
    while let Some(at) = bytes.windows(name.len()).position(|window| window == b"Doc_0/~~.xml") {
        bytes[at..at + name.len()].copy_from_slice(&name);
    }
    let (pages, diagnostics) = read_pages(&bytes, &LayoutOptions::default(), &Limits::default()).unwrap();
    assert_eq!((shown(&pages[0]).as_str(), diagnostics.len()), ("正文", 0), "{diagnostics:?}");
}

#[test]
fn encrypted_packages_say_so() {
    let mut package = Package::of(&[page("")]);
    package.put("Encryptions.xml", &root("Encryptions", ""));
    package.put_bytes("Doc_0/Document.xml", b"\x01\x02\x03garbage");
    let read = read_pages(&package.bytes(), &LayoutOptions::default(), &Limits::default());
    assert!(matches!(read, Err(ExtractError::Encrypted)));
}

#[test]
fn attached_files_are_named_unless_they_are_data() {
    let mut package = Package::of(&[page(&text(20.0, 20.0, "正文"))]);
    let rest = "<ofd:Attachments>A.xml</ofd:Attachments>";
    package
        .put("Doc_0/Document.xml", &document("", "<ofd:Page ID=\"100\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", rest));
    let list =
        "<ofd:Attachment ID=\"1\" Name=\"预算表.xlsx\"/><ofd:Attachment ID=\"2\" Name=\"data\" Visible=\"false\"/>";
    package.put("Doc_0/A.xml", &root("Attachments", list));
    let (_, diagnostics) = pages_of(&package);
    assert!(codes(&diagnostics) == ["E013"] && diagnostics[0].message.ends_with("：预算表.xlsx"), "{diagnostics:?}");
}

#[test]
fn a_page_without_a_size_is_as_large_as_what_stands_on_it() {
    let objects = text(250.0, 20.0, "右边");
    let bare = root("Page", &format!("<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"));
    let mut package = Package::of(&[bare]);
    let pages = "<ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages>";
    package.put("Doc_0/Document.xml", &root("Document", pages));
    let (pages, diagnostics) = pages_of(&package);
    assert!(pages[0].width > 870.0 && shown(&pages[0]) == "右边" && diagnostics.is_empty());
}
