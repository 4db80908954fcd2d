use super::workbook::BatchWorkbook;
use crate::record::DocumentRecord;
use crate::xlsx::fixtures::{self, fact, statement};
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::io::BufReader;
use yusuan_normalize::{Concept, DocumentKind, EntityScope, Identity, MoneyUnit, RowKind, Side};

/// A body's budget with a 收支总表 whose 收入总计 is `total` 万元.
fn record(source: &str, body: &str, scope: EntityScope, total: &str) -> DocumentRecord {
    let mut table = statement();
    let mut revenue = fact(5, total, Some(MoneyUnit::TenThousandYuan));
    revenue.row_label = "收入总计".to_owned();
    revenue.row_kind = RowKind::Total;
    revenue.side = Some(Side::Revenue);
    revenue.column_path = "收入/预算数".to_owned();
    revenue.concept = Some(Concept::Revenue);
    table.facts = vec![revenue, fact(8, "0", Some(MoneyUnit::TenThousandYuan))];
    let identity = Identity {
        region: "河南省三门峡市".to_owned(),
        department: body.to_owned(),
        year: Some(2024),
        kind: Some(DocumentKind::Budget),
        scope,
        ..Identity::default()
    };
    fixtures::record(source, identity, table)
}

fn written(records: &[DocumentRecord], most: u32) -> (tempfile::TempDir, Xlsx<BufReader<std::fs::File>>) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("overview.xlsx");
    let mut workbook = BatchWorkbook::with_most(&target, folder.path(), (most, true)).unwrap();
    for record in records {
        workbook.append(record).unwrap();
    }
    workbook.end().unwrap().commit().unwrap();
    let workbook = open_workbook(&target).unwrap();
    (folder, workbook)
}

fn texts(workbook: &mut Xlsx<BufReader<std::fs::File>>, sheet: &str) -> Vec<Vec<String>> {
    let range = workbook.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn a_department_and_its_unit_stay_two_rows() {
    let records = [
        record("a.pdf", "财政局", EntityScope::Department, "100.5"),
        record("b.pdf", "财政局", EntityScope::Agency, "60"),
    ];
    let (_folder, mut workbook) = written(&records, 1000);
    let rows = texts(&mut workbook, "比较");
    let shown: Vec<(&str, &str)> = rows[3..].iter().map(|row| (row[2].as_str(), row[5].as_str())).collect();
    assert_eq!(shown, [("部门", "100.5"), ("单位", "60")]);
}

#[test]
fn files_of_one_disclosure_share_a_row_and_differences_are_said() {
    let records = [
        record("a.pdf", "财政局", EntityScope::Department, "100.5"),
        record("b.pdf", "财政局", EntityScope::Department, "100.6"),
        record("c.pdf", "教育局", EntityScope::Department, "7"),
    ];
    let (_folder, mut workbook) = written(&records, 1000);
    let rows = texts(&mut workbook, "比较");
    assert_eq!(rows.len(), 3 + 2);
    let one = rows.iter().find(|row| row[1] == "财政局").unwrap();
    assert_eq!((one[one.len() - 2].as_str(), one[5].as_str()), ("a.pdf、b.pdf", ""));
    assert!(one.last().unwrap().contains("收入总计"), "{one:?}");
}

#[test]
fn a_full_sheet_goes_on_in_another_and_says_so() {
    let bodies = ["甲局", "乙局", "丙局"];
    let records: Vec<_> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| record(&format!("{index}.pdf"), body, EntityScope::Department, "5"))
        .collect();
    // Two rows of facts each; a sheet takes four rows, the line that points on included.
    let (_folder, mut workbook) = written(&records, 4);
    let first = texts(&mut workbook, "收支总表");
    let second = texts(&mut workbook, "收支总表2");
    assert_eq!((first.len(), second.len()), (2 + 3 + 1, 2 + 3));
    assert!(first[5][0].contains("续见“收支总表2”"), "{:?}", first[5]);
    // Who, when, what, how much come first; the ways to the document follow, and the way back stands on top.
    assert_eq!(first[0][0], "← 比较");
    assert_eq!(first[1][..6], ["部门", "年度", "行名", "金额（万元）", "工作簿", "审阅"].map(str::to_owned));
    assert_eq!(first[2][..6], ["甲局", "2024", "收入总计", "5", "打开", "打开"].map(str::to_owned));
    let guide = texts(&mut workbook, "说明");
    assert!(guide.iter().any(|row| row[0].contains("共 2 个页签")));
}

#[test]
fn a_document_that_another_replaces_is_named_and_not_counted() {
    let mut old = record("a.pdf", "财政局", EntityScope::Department, "100");
    old.superseded_by = "1".repeat(16);
    let records = [old, record("b.pdf", "财政局", EntityScope::Department, "100.5")];
    let (_folder, mut workbook) = written(&records, 1000);
    let amounts: Vec<String> = texts(&mut workbook, "收支总表")[2..].iter().map(|row| row[3].clone()).collect();
    assert_eq!(amounts, ["100.5", "0"]);
    let replaced = texts(&mut workbook, "已被取代");
    assert_eq!((replaced.len(), replaced[2][0].as_str(), replaced[2][1].as_str()), (3, "a.pdf", "1111111111111111"));
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let records = [record("a.pdf", "财政局", EntityScope::Department, "100.5")];
    let bytes = || {
        let (folder, _) = written(&records, 1000);
        std::fs::read(folder.path().join("overview.xlsx")).unwrap()
    };
    assert!(bytes() == bytes());
}
