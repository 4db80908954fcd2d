//! Packages made to break a reader: none of them ends it, and none loses anything without a word.

use super::writer::{Package, document, page, root, table, text, text_with};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::Diagnostic;
use crate::{Extraction, from_bytes};

fn read(bytes: &[u8]) -> Result<Extraction, ExtractError> {
    from_bytes(bytes, &Limits::default())
}

fn sample() -> Package {
    let rows = [("项目", "金额"), ("行政运行", "1,234.56"), ("合计", "1,234.56")];
    Package::of(&[page(&table(&rows)), page(&table(&rows).replace("1,234.56", "7,654.32"))])
}

fn amounts(found: &Extraction) -> usize {
    let figure = |text: &str| usize::from(text == "1,234.56" || text == "7,654.32");
    found.tables.iter().flat_map(|table| &table.cells).map(|cell| figure(&cell.text)).sum()
}

fn loses(found: &Extraction) -> bool {
    found.diagnostics.iter().any(|d: &Diagnostic| d.code.loses_content())
}

#[test]
fn whatever_is_cut_off_is_told() {
    let bytes = sample().bytes();
    for length in 0..bytes.len() {
        if let Ok(found) = read(&bytes[..length]) {
            assert!(loses(&found), "cut at {length}");
        }
    }
    // The parts themselves, in a sound archive.
    let whole = sample();
    for (name, part) in &whole.0 {
        for length in (0..part.len()).step_by(7) {
            let mut package = whole.clone();
            package.put_bytes(name, &part[..length]);
            if let Ok(found) = read(&package.bytes()) {
                assert!(loses(&found) || amounts(&found) == 4, "{name} cut at {length}");
            }
        }
    }
}

#[test]
fn flipped_bits_lose_nothing_in_silence() {
    let bytes = sample().bytes();
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        if let Ok(found) = read(&flipped) {
            assert!(loses(&found) || amounts(&found) == 4, "bit of byte {at}");
        }
    }
}

#[test]
fn circles_end() {
    let mut package = sample();
    let template =
        |inner: &str| root("Page", &format!("<ofd:Template TemplateID=\"50\"/><ofd:Content>{inner}</ofd:Content>"));
    let common = "<ofd:TemplatePage ID=\"50\" BaseLoc=\"T.xml\"/><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>";
    let pages = "<ofd:Page ID=\"100\" BaseLoc=\"P.xml\"/>";
    package.put("Doc_0/Document.xml", &document(common, pages, ""));
    package.put("Doc_0/T.xml", &template(""));
    package.put("Doc_0/P.xml", &template(&format!("<ofd:Layer DrawParam=\"1\">{}<ofd:CompositeObject ID=\"7\" Boundary=\"0 0 9 9\" ResourceID=\"60\"/></ofd:Layer>", text(20.0, 20.0, "字"))));
    let again = "<ofd:CompositeObject ID=\"7\" Boundary=\"0 0 9 9\" ResourceID=\"60\"/>".repeat(50);
    let resources = format!(
        "<ofd:DrawParams><ofd:DrawParam ID=\"1\" Relative=\"2\"/><ofd:DrawParam ID=\"2\" Relative=\"1\"/></ofd:DrawParams>\
         <ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID=\"60\"><ofd:Content>{again}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    );
    package.put("Doc_0/PublicRes.xml", &root("Res", &resources));
    let found = read(&package.bytes()).unwrap();
    assert!(loses(&found) && found.lines.iter().any(|line| line.text == "字"));
}

#[test]
fn bombs_are_bounded() {
    let mut package = sample();
    package.put("Doc_0/Pages/Page_0/Content.xml", &" ".repeat(80 << 20));
    assert!(matches!(read(&package.bytes()), Err(ExtractError::LimitExceeded { .. })));
    let mut package = sample();
    let deep = "<ofd:PageBlock>".repeat(100_000);
    package.put("Doc_0/Pages/Page_0/Content.xml", &page(&deep));
    assert!(loses(&read(&package.bytes()).unwrap()));
    let nested =
        format!("{}{}{}", "<ofd:PageBlock>".repeat(100), text(20.0, 20.0, "深处"), "</ofd:PageBlock>".repeat(100));
    package.put("Doc_0/Pages/Page_0/Content.xml", &page(&nested));
    assert!(loses(&read(&package.bytes()).unwrap()));
    let long = text(20.0, 20.0, "字").replace("DeltaX=\"\"", "DeltaX=\"g 99999999999 0.001\"");
    package.put("Doc_0/Pages/Page_0/Content.xml", &page(&long));
    assert!(read(&package.bytes()).is_ok());
}

#[test]
fn what_makes_no_sense_is_told() {
    let odd = [
        text(20.0, 20.0, "12").replace("Size=\"3.5\"", "Size=\"x\""),
        text(20.0, 20.0, "12").replace("DeltaX=\"1.75\"", "DeltaX=\"1.75.\""),
        text(20.0, 20.0, "12").replace("Boundary=\"20 20 60 5\"", "Boundary=\"20 20\""),
        text_with(20.0, 20.0, "12", "CTM=\"1 0 0 1 0\""),
        text(20.0, 20.0, "12").replace("TextObject", "TexuObject"),
        "<ofd:PathObject ID=\"6\" Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>M 0 0 K 9 9</ofd:AbbreviatedData></ofd:PathObject>".to_owned(),
        "<ofd:CompositeObject ID=\"6\" Boundary=\"0 0 9 9\" ResourceID=\"77\"/>".to_owned(),
    ];
    for object in odd {
        let found = read(&Package::of(&[page(&(object.clone() + &text(50.0, 50.0, "字")))]).bytes()).unwrap();
        assert!(loses(&found), "{object}");
    }
}

#[test]
fn a_page_that_is_not_there_is_told() {
    let mut package = sample();
    package.0.retain(|(name, _)| !name.contains("Page_1"));
    let found = read(&package.bytes()).unwrap();
    assert!(loses(&found) && found.pages.len() == 2 && amounts(&found) == 2);
}
