//! Spreadsheets from bytes to tables, on workbooks made in the test or kept as small fixtures.

use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet, XlsxError};
use yusuan_extract::{
    Content, DiagnosticCode, ExtractError, Extraction, Format as FileFormat, Limits, RawTable, from_bytes, sniff,
};

type Made = Result<Vec<u8>, XlsxError>;

fn read(bytes: &[u8]) -> Extraction {
    from_bytes(bytes, &Limits::default()).expect("the test's workbook is whole")
}

/// The grid's texts; `<` where a span covers the position.
fn texts(table: &RawTable) -> Vec<String> {
    let row = |row: &Vec<Option<&yusuan_extract::Cell>>| {
        row.iter().map(|cell| cell.map_or("<", |c| c.text.as_str())).collect::<Vec<_>>().join("|")
    };
    table.grid().iter().map(row).collect()
}

fn boxed() -> Format {
    Format::new().set_border(FormatBorder::Thin)
}

/// Writes a header and amounts from `row` on.
fn write_grid(sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    for (col, head) in ["科目编码", "科目名称", "预算数", "增幅"].into_iter().enumerate() {
        sheet.write_string_with_format(row, col as u16, head, &boxed())?;
    }
    for (line, (code, name, amount, growth)) in
        [("206", "科学技术\n支出", 0.1 + 0.2, 0.22), ("20607", "科普", 1_234_567.891, -0.410_26)]
            .into_iter()
            .enumerate()
    {
        let row = row + 1 + line as u32;
        sheet.write_string_with_format(row, 0, code, &boxed())?;
        sheet.write_string_with_format(row, 1, name, &boxed())?;
        sheet.write_number_with_format(row, 2, amount, &boxed().set_num_format("#,##0.00"))?;
        sheet.write_number_with_format(row, 3, growth, &boxed().set_num_format("0%"))?;
    }
    Ok(())
}

fn budget_workbook() -> Made {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("收支总表")?;
    sheet.merge_range(0, 0, 0, 3, "2024年部门收支总表", &Format::new())?;
    sheet.write_string(1, 0, "部门：某局")?;
    sheet.write_string(1, 3, "单位：万元")?;
    write_grid(sheet, 2)?;
    sheet.write_string(5, 0, "注：本表含税")?;
    book.save_to_buffer()
}

#[test]
fn amounts_codes_and_percentages_read_as_meant() {
    let document = read(&budget_workbook().unwrap());
    assert_eq!(document.format, FileFormat::Xlsx);
    let [table] = document.tables.as_slice() else { panic!("one table expected") };
    assert_eq!(
        texts(table),
        ["科目编码|科目名称|预算数|增幅", "206|科学技术支出|0.3|22%", "20607|科普|1234567.891|-41%"]
    );
    let contents: Vec<Content> = table.cells[4..8].iter().map(|cell| cell.content).collect();
    assert_eq!(contents, [Content::Text, Content::Text, Content::Number, Content::Number]);
    assert_eq!(table.cells[6].place.sheet_cell, Some((4, 3)));
    let captions: Vec<&str> = table.captions.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(captions, ["2024年部门收支总表", "部门：某局", "单位：万元", "注：本表含税"]);
    assert_eq!(document.lines.len(), 4);
    assert_eq!(document.diagnostics, []);
}

#[test]
fn hidden_parts_are_left_out_and_named() {
    let made = || -> Made {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("表一")?;
        write_grid(sheet, 0)?;
        sheet.set_row_hidden(1)?;
        sheet.set_column_hidden(3)?;
        let hidden = book.add_worksheet().set_name("底稿")?;
        write_grid(hidden, 0)?;
        hidden.set_hidden(true);
        let very_hidden = book.add_worksheet().set_name("参数")?;
        write_grid(very_hidden, 0)?;
        very_hidden.set_very_hidden(true);
        book.save_to_buffer()
    };
    let document = read(&made().unwrap());
    let [table] = document.tables.as_slice() else { panic!("one table expected") };
    assert_eq!(texts(table), ["科目编码|科目名称|预算数", "20607|科普|1234567.891"]);
    assert_eq!(table.cells.last().unwrap().place.sheet_cell, Some((3, 3)));
    let said: Vec<_> = document.diagnostics.iter().map(|d| (d.code, d.place.as_deref())).collect();
    let left_out = DiagnosticCode::HiddenLeftOut;
    assert_eq!(said, [(left_out, Some("底稿")), (left_out, Some("参数")), (left_out, Some("表一"))]);
    assert!(document.diagnostics[2].message.contains("1 行") && document.diagnostics[2].message.contains("1 列"));
}

#[test]
fn formulas_give_the_stored_value() {
    let made = || -> Made {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string_with_format(0, 0, "项目", &boxed())?;
        sheet.write_string_with_format(0, 1, "金额", &boxed())?;
        let cells = [("12.50", "=1+2"), ("#DIV/0!", "=1/0"), ("无", "=IF(1,\"无\")")];
        for (row, (result, formula)) in cells.into_iter().enumerate() {
            sheet.write_string_with_format(row as u32 + 1, 0, "项", &boxed())?;
            let formula = rust_xlsxwriter::Formula::new(formula).set_result(result);
            sheet.write_formula_with_format(row as u32 + 1, 1, formula, &boxed())?;
        }
        book.save_to_buffer()
    };
    let document = read(&made().unwrap());
    assert_eq!(texts(&document.tables[0]), ["项目|金额", "项|12.5", "项|#DIV/0!", "项|无"]);
    let contents: Vec<Content> = document.tables[0].cells.iter().skip(3).step_by(2).map(|c| c.content).collect();
    assert_eq!(contents, [Content::Number, Content::Error, Content::Text]);
}

#[test]
fn a_claimed_string_count_costs_nothing() {
    // calamine alone would reserve memory for four billion strings.
    let bytes = budget_workbook().unwrap();
    let lie = rewrite(&bytes, "xl/sharedStrings.xml", |part| {
        let text = String::from_utf8(part).unwrap();
        let (head, rest) = text.split_once("<sst ").unwrap();
        let (root, rest) = rest.split_once('>').unwrap();
        let root = root.split(' ').filter(|a| !a.contains("ount=")).collect::<Vec<_>>().join(" ");
        format!("{head}<sst {root} count=\"4294967295\" uniqueCount=\"4294967295\">{rest}").into_bytes()
    });
    assert_eq!(texts(&read(&lie).tables[0]), texts(&read(&bytes).tables[0]));
}

#[test]
fn a_sheet_cut_short_is_said_to_be() {
    let bytes = budget_workbook().unwrap();
    let cut = rewrite(&bytes, "xl/worksheets/sheet1.xml", |mut part| {
        part.truncate(part.len() * 2 / 3);
        part
    });
    let document = read(&cut);
    assert!(document.diagnostics.iter().any(|d| d.code == DiagnosticCode::SheetLost));
}

#[test]
fn unpacked_size_is_limited() {
    let bytes = budget_workbook().unwrap();
    let limits = Limits::default();
    assert!(from_bytes(&bytes, &limits).is_ok());
    let mut tight = Limits::default();
    tight.unpacked_bytes = 1000;
    assert!(matches!(from_bytes(&bytes, &tight), Err(ExtractError::LimitExceeded { limit: 1000, .. })));
}

#[test]
fn xls_and_ods_read_like_xlsx() {
    let fixtures: [(&str, &[u8], FileFormat); 2] = [
        ("xls", include_bytes!("fixtures/budget.xls"), FileFormat::Xls),
        ("ods", include_bytes!("fixtures/budget.ods"), FileFormat::Ods),
    ];
    for (name, bytes, format) in fixtures {
        let document = read(bytes);
        assert_eq!(document.format, format);
        let [table] = document.tables.as_slice() else { panic!("{name}: one table expected") };
        // Column E and row 6 are hidden, and so is the second worksheet.
        let expected = [
            "编码|<|<|名称|金额|<|增幅",
            "类|款|项|<|2023年|2024年|<",
            "206|07|02|科普活动|0.3|1234567.891|22%",
            "206|02|<|小计|0|#DIV/0!|-41.0%",
            "合计|<|<|<|100|2024-02-01|15.0万元",
            "||||||",
        ];
        assert_eq!(texts(table), expected, "{name}");
        let captions: Vec<&str> = table.captions.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(captions, ["收支总表", "单位：万元", "注：一"], "{name}");
        let last = table.cells.last().unwrap();
        assert_eq!(last.place.sheet_cell, Some((9, 8)), "{name}");
        let codes: Vec<_> = document.diagnostics.iter().map(|d| (d.code, d.place.as_deref())).collect();
        let left_out = DiagnosticCode::HiddenLeftOut;
        assert_eq!(codes, [(left_out, Some("底稿")), (left_out, Some("收支"))], "{name}");
    }
}

#[test]
fn damaged_copies_never_panic() {
    let sources: [(&str, Vec<u8>); 3] = [
        ("xlsx", budget_workbook().unwrap()),
        ("xls", include_bytes!("fixtures/budget.xls").to_vec()),
        ("ods", include_bytes!("fixtures/budget.ods").to_vec()),
    ];
    let (mut tried, mut survived) = (0, 0);
    for (_, bytes) in &sources {
        for step in 0..120 {
            let mut copy = bytes.clone();
            if step % 3 == 0 {
                copy.truncate(bytes.len() * step / 120);
            } else {
                let at = (step * 7919) % bytes.len();
                copy[at] ^= 0x5A;
                copy[(at * 31 + 512) % bytes.len()] ^= 0xFF;
            }
            tried += 1;
            survived += usize::from(from_bytes(&copy, &Limits::default()).is_ok());
        }
    }
    assert_eq!(tried, 360);
    // Bytes of pictures and padding don't matter, so some copies read well; cut ones don't.
    assert!(survived > 0 && survived < tried, "{survived} of {tried}");
}

#[test]
fn contents_that_are_no_spreadsheet_are_named() {
    let slides = zipped(&[("ppt/presentation.xml", b"<p/>")]);
    let Err(ExtractError::Unsupported { found }) = sniff(&slides) else { panic!("pptx must be unsupported") };
    assert!(found.contains("PowerPoint"), "{found}");
    assert!(matches!(sniff(&zipped(&[("word/document.xml", b"<w/>")])), Ok(FileFormat::Docx)));
    let plain = zipped(&[("a.txt", b"a")]);
    let Err(ExtractError::Unsupported { found }) = sniff(&plain) else { panic!("zip must be unsupported") };
    assert!(found.contains("ZIP"), "{found}");
    assert!(matches!(sniff(&budget_workbook().unwrap()), Ok(FileFormat::Xlsx)));
}

/// A copy of a package with one part changed.
fn rewrite(package: &[u8], name: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).expect("the test's own package is whole");
    let mut parts: Vec<(String, Vec<u8>)> = vec![];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("the test's own package is whole");
        let mut part = vec![];
        std::io::copy(&mut entry, &mut part).expect("the test's own package is whole");
        parts.push((entry.name().expect("the test's own package is whole").to_string(), part));
    }
    let (_, part) = parts.iter_mut().find(|(n, _)| n == name).expect("the test's own package is whole");
    *part = change(std::mem::take(part));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, p)| (n.as_str(), p.as_slice())).collect();
    zipped(&parts)
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, part) in parts {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, stored).expect("the test's own package is whole");
        std::io::Write::write_all(&mut writer, part).expect("the test's own package is whole");
    }
    writer.finish().expect("the test's own package is whole").into_inner()
}
