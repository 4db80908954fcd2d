//! An OFD file as another program writes it.

use yusuan_extract::{Format, Limits, from_bytes, sniff};

#[test]
fn an_ofd_file_gives_its_table() {
    let bytes = include_bytes!("fixtures/budget.ofd");
    assert!(matches!(sniff(bytes), Ok(Format::Ofd)));
    let found = from_bytes(bytes, &Limits::default()).unwrap();
    assert_eq!((found.tables.len(), found.diagnostics.len()), (1, 0));
    let rows: Vec<Vec<&str>> = found.tables[0]
        .grid()
        .into_iter()
        .map(|row| row.into_iter().flatten().map(|c| c.text.as_str()).collect())
        .collect();
    assert_eq!(rows[1], ["一般公共预算拨款", "1,204.50", "科学技术支出"]);
    assert_eq!(rows[3], ["收入总计", "1,239.75", "支出总计"]);
    let captions: Vec<&str> = found.tables[0].captions.iter().map(|caption| caption.text.as_str()).collect();
    assert_eq!(captions, ["收支预算总表", "单位：万元"]);
}
