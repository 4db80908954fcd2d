//! Tables as different regions print them, made up for these tests: what is checked is what a clerk would read.

use yusuan_extract::{Caption, CaptionSide, Cell, Extraction, Place, RawTable};
use yusuan_normalize::{
    Context, Fact, FactFlag, NormalizedDocument, Period, RowKind, Side, Statement, TableState, TableType, normalize,
};

/// One table: captions above, grid rows (cells by `|`, spans as `text<rowsxcols>`), lines below.
fn table(above: &[&str], rows: &[&str], below: &[&str]) -> RawTable {
    let mut cells: Vec<Cell> = Vec::new();
    let mut cols = 0;
    for (row, line) in rows.iter().enumerate() {
        let mut col = 0;
        for text in line.split('|') {
            while covered(&cells, row, col) {
                col += 1;
            }
            let (text, row_span, col_span) = spans(text);
            cells.push(Cell { row, col, row_span, col_span, text: text.to_owned(), ..Cell::default() });
            col += col_span;
        }
        while covered(&cells, row, col) {
            col += 1;
        }
        cols = cols.max(col);
    }
    let side =
        |side: CaptionSide| move |text: &&str| Caption { text: (*text).to_owned(), place: Place::default(), side };
    let captions = above.iter().map(side(CaptionSide::Above)).chain(below.iter().map(side(CaptionSide::Below)));
    RawTable {
        pages: vec![1],
        confidence: 1.0,
        rows: rows.len(),
        cols,
        cells,
        captions: captions.collect(),
        ..RawTable::default()
    }
}

fn covered(cells: &[Cell], row: usize, col: usize) -> bool {
    cells.iter().any(|c| (c.row..c.row + c.row_span).contains(&row) && (c.col..c.col + c.col_span).contains(&col))
}

fn spans(text: &str) -> (&str, usize, usize) {
    let parsed = text.strip_suffix('>').and_then(|t| t.rsplit_once('<')).and_then(|(text, size)| {
        let (rows, cols) = size.split_once('x')?;
        Some((text, rows.parse().ok()?, cols.parse().ok()?))
    });
    parsed.unwrap_or((text, 1, 1))
}

fn read(tables: Vec<RawTable>) -> NormalizedDocument {
    normalize(Extraction { tables, ..Extraction::default() }, &Context::default())
}

fn one(above: &[&str], rows: &[&str], below: &[&str]) -> Statement {
    let mut document = read(vec![table(above, rows, below)]);
    assert_eq!(document.statements.len(), 1);
    document.statements.remove(0)
}

/// Row label, column path, value in yuan.
fn triples(facts: &[Fact]) -> Vec<(&str, &str, String)> {
    let value = |f: &Fact| f.value.map(|v| v.to_string()).unwrap_or_default();
    facts.iter().map(|f| (f.row_label.as_str(), f.column_path.as_str(), value(f))).collect()
}

#[test]
fn final_accounts_with_line_and_column_numbers() {
    let s = one(
        &["收入支出决算总表", "公开01表", "部门：某县水务局", "金额单位：万元"],
        &[
            "收入<1x3>|支出<1x3>",
            "项目|行次|金额|项目|行次|金额",
            "栏次||1|栏次||2",
            "一、一般公共预算财政拨款收入|1|1,234.50|一、一般公共服务支出|32|",
            "二、政府性基金预算财政拨款收入|2|0.00|二、外交支出|33|7.25",
            "本年收入合计|27|1,234.50|本年支出合计|58|7.25",
        ],
        &["注：1.本表反映部门本年度的总收支和年末结转结余情况。"],
    );
    assert_eq!(s.table_type, TableType::RevenueExpenditureSummary);
    assert_eq!((s.header_rows, s.table_no.as_str(), s.state), (3, "公开01表", TableState::Data));
    let expected = [
        ("一、一般公共预算财政拨款收入", "收入/金额", "12345000"),
        ("二、政府性基金预算财政拨款收入", "收入/金额", "0"),
        ("二、外交支出", "支出/金额", "72500"),
        ("本年收入合计", "收入/金额", "12345000"),
        ("本年支出合计", "支出/金额", "72500"),
    ];
    let found = triples(&s.facts);
    assert_eq!(found.len(), expected.len());
    for ((label, path, value), (l, p, v)) in found.iter().zip(expected) {
        assert_eq!((*label, *path, value.as_str()), (l, p, v));
    }
    assert_eq!(s.facts[2].side, Some(Side::Expenditure));
    assert_eq!(s.facts[3].row_kind, RowKind::Total);
}

#[test]
fn merged_code_cell_under_three_code_heads() {
    let s = one(
        &["支出决算表", "公开03表", "单位：元"],
        &[
            "项目<1x4>|本年支出合计<2x1>|基本支出<2x1>|项目支出<2x1>",
            "功能分类科目编码<1x3>|科目名称",
            "类|款|项|栏次|1|2|3",
            "合计<1x4>|30.00|10.00|20.00",
            "213<1x3>|农林水支出|30.00|10.00|20.00",
            "21303<1x3>|水利|30.00|10.00|20.00",
            "2130301<1x3>|行政运行|10.00|10.00|0.00",
            "2130306<1x3>|水利工程运行与维护|20.00||20.00",
        ],
        &[],
    );
    assert_eq!(s.table_type, TableType::ExpenditureSummary);
    assert_eq!((s.header_rows, s.facts.len()), (3, 14));
    let codes: Vec<&str> = s.facts.iter().step_by(3).take(4).map(|f| f.function.code.as_str()).collect();
    assert_eq!(codes, ["", "213", "21303", "2130301"]);
    let leaves: Vec<&str> = s.facts.iter().filter(|f| f.additive).map(|f| f.function.code.as_str()).collect();
    assert_eq!(leaves, ["2130301", "2130301", "2130301", "2130306", "2130306"]);
    assert_eq!(s.facts[13].row_path, "农林水支出 / 水利 / 水利工程运行与维护");
    assert_eq!(s.facts[13].column_path, "项目支出");
}

#[test]
fn title_unit_and_department_inside_the_grid() {
    let s = one(
        &[],
        &[
            "预算02表<1x4>",
            "部门支出总表<1x4>",
            "部门：某市交通局<1x3>|单位：万元",
            "科目编码<2x1>|科目名称<2x1>|合计<2x1>|其中：基本支出<2x1>",
            "",
            "214|交通运输支出|1.5|△0.5",
        ],
        &[],
    );
    assert_eq!((s.title.as_str(), s.table_no.as_str(), s.header_start), ("部门支出总表", "预算02表", 3));
    let values: Vec<String> = triples(&s.facts).into_iter().map(|t| t.2).collect();
    assert_eq!(values, ["15000", "-5000"]);
    assert_eq!(s.facts[0].row, 6);
}

#[test]
fn agency_numbers_that_look_like_classes() {
    let s = one(
        &["支出经济分类汇总表", "单位：万元"],
        &[
            "部门预算经济分类<1x3>|总计<2x1>",
            "类|款|科目名称",
            "合计<1x3>|9",
            "311||某市农业农村局|9",
            "301|1|基本工资|4",
            "|02|津贴补贴|5",
        ],
        &[],
    );
    let found: Vec<(&str, &str, &str)> = s
        .facts
        .iter()
        .map(|f| (f.row_label.as_str(), f.department_economic.code.as_str(), f.agency.code.as_str()))
        .collect();
    let expected =
        [("合计", "", ""), ("某市农业农村局", "", "311"), ("基本工资", "30101", ""), ("津贴补贴", "30102", "")];
    assert_eq!(found, expected);
}

#[test]
fn lists_without_heads_say_their_side() {
    let s = one(
        &["部门收支总表", "单位：元"],
        &["项目|预算数|项目|预算数", "一、财政拨款收入|5|一、教育支出|5", "二、事业收入|0|二、科学技术支出|0"],
        &[],
    );
    let sides: Vec<Option<Side>> = s.facts.iter().map(|f| f.side).collect();
    assert_eq!(sides, [Some(Side::Revenue), Some(Side::Expenditure), Some(Side::Revenue), Some(Side::Expenditure)]);
    assert_eq!(s.facts[1].row_label, "一、教育支出");
}

#[test]
fn two_code_panels_side_by_side() {
    let s = one(
        &["一般公共预算财政拨款基本支出决算明细表", "公开06表", "单位：万元"],
        &[
            "人员经费<1x3>|公用经费<1x3>",
            "科目编码|科目名称|决算数|科目编码|科目名称|决算数",
            "301|工资福利支出|8.00|302|商品和服务支出|3.00",
            "30101|基本工资|8.00|30201|办公费|3.00",
            "人员经费合计<1x2>|8.00|公用经费合计<1x2>|3.00",
        ],
        &[],
    );
    assert_eq!(s.table_type, TableType::GeneralPublicBasicExpenditure);
    let found: Vec<(&str, &str)> =
        s.facts.iter().map(|f| (f.row_label.as_str(), f.department_economic.code.as_str())).collect();
    let expected = [
        ("工资福利支出", "301"),
        ("商品和服务支出", "302"),
        ("基本工资", "30101"),
        ("办公费", "30201"),
        ("人员经费合计", ""),
        ("公用经费合计", ""),
    ];
    assert_eq!(found, expected);
}

#[test]
fn column_unit_beats_the_caption_and_counts_are_no_amounts() {
    let s = one(
        &["政府采购预算表", "单位：元"],
        &["采购项目|数量|金额（万元）|占比%", "办公设备|12|3.5|40", "印刷服务|1|#DIV/0!|60%"],
        &[],
    );
    assert_eq!(s.facts.len(), 1);
    assert_eq!(triples(&s.facts)[0], ("办公设备", "金额（万元）", "35000".to_owned()));
}

#[test]
fn no_unit_is_never_guessed() {
    let s = one(&["部门收入总表"], &["项目|金额", "事业收入|12.00"], &[]);
    assert_eq!((s.unit, s.facts.len()), (None, 1));
    assert_eq!((s.facts[0].value, s.facts[0].flags.clone()), (None, vec![FactFlag::UnitMissing]));
    let unknown = one(&["车辆保有情况表"], &["车型|保有", "轿车|12"], &[]);
    assert_eq!((unknown.table_type, unknown.facts.len()), (TableType::Other, 0));
}

#[test]
fn four_states_of_a_table() {
    let head = "科目编码|科目名称|合计";
    let state = |rows: &[&str], below: &[&str]| {
        let s = one(&["政府性基金预算支出表", "单位：万元"], rows, below);
        assert_eq!(s.table_type, TableType::GovernmentFundExpenditure);
        (s.state, s.empty_note)
    };
    assert_eq!(state(&[head, "|合计|"], &[]), (TableState::EmptyGrid, String::new()));
    assert_eq!(state(&[head, "|合计|0.00"], &[]), (TableState::AllZero, String::new()));
    let note = "注：我单位没有政府性基金预算支出，故本表无数据。";
    assert_eq!(state(&[head, "|合计|"], &[note]), (TableState::DeclaredEmpty, note.to_owned()));
    assert_eq!(state(&[head, "|合计|3"], &[note]), (TableState::Data, String::new()));
}

#[test]
fn a_headless_table_on_the_next_page_goes_on() {
    let first = table(&["项目支出表", "单位：万元"], &["项目名称|项目单位|合计", "甲项目|某局|1.00"], &[]);
    let mut second = table(&[], &["乙项目|某局|2.00", "丙项目|某局|3.00"], &[]);
    second.pages = vec![2];
    let document = read(vec![first, second]);
    let s = &document.statements[1];
    assert_eq!((s.table_type, s.header_rows, s.facts.len()), (TableType::ProjectExpenditure, 0, 2));
    assert_eq!(triples(&s.facts)[1], ("丙项目", "合计", "30000".to_owned()));
}

#[test]
fn titles_wrapped_over_two_lines() {
    let rows = ["科目编码|科目名称|金额", "501|机关工资福利支出|1"];
    let s = one(&["一般公共预算基本支出预算表", "（政府预算支出经济分类科目）", "单位：元"], &rows, &[]);
    assert_eq!(s.title, "一般公共预算基本支出预算表（政府预算支出经济分类科目）");
    assert_eq!(s.facts[0].government_economic.code, "501");
    let s = one(&["某省某市某区某街道办事处2025年部门一般公共预算基本", "支出预算表", "单位：元"], &rows, &[]);
    assert_eq!(s.table_type, TableType::GeneralPublicBasicExpenditure);
    assert!(s.title.ends_with("基本支出预算表"));
}

#[test]
fn hostile_tables_do_not_panic() {
    let mut wild = table(&["收支总表"], &["项目|金额", "一|1"], &[]);
    wild.cells.push(Cell {
        row: 9,
        col: 9,
        row_span: usize::MAX,
        col_span: 0,
        text: "1".to_owned(),
        ..Cell::default()
    });
    wild.cells.push(Cell {
        row: 0,
        col: 1,
        row_span: 0,
        col_span: usize::MAX,
        text: "金额".to_owned(),
        ..Cell::default()
    });
    let huge = RawTable { rows: usize::MAX, cols: usize::MAX, ..RawTable::default() };
    let empty = RawTable::default();
    assert_eq!(read(vec![wild, huge, empty]).statements.len(), 3);
}

#[test]
fn titles_and_units_broken_in_the_middle_of_words() {
    let above = ["某市某区部门政", "府性基金预算财政拨款", "支出预算表", "部门：某市某某局 单", "位：万", "元"];
    let s = one(&above, &["科目编码|科目名称|合计", "212|城乡社区支出|1.00"], &[]);
    assert_eq!(s.title, "某市某区部门政府性基金预算财政拨款支出预算表");
    assert_eq!(s.table_type, TableType::GovernmentFundExpenditure);
    assert_eq!(triples(&s.facts)[0].2, "10000");
}

#[test]
fn two_years_side_by_side_without_a_year_in_the_title() {
    let s = one(
        &["一般公共预算支出预算表", "单位：元"],
        &[
            "功能科目<1x2>|2023年预算数<2x1>|2024年预算数<1x3>",
            "科目编码|科目名称|小计|基本支出|项目支出",
            "206.07.02|科普活动|7.00|9.00|4.00|5.00",
        ],
        &[],
    );
    let said: Vec<(&str, &str, &str)> = s
        .facts
        .iter()
        .map(|f| (f.function.code.as_str(), f.period.map_or("", Period::as_str), f.column_kind.as_str()))
        .collect();
    let expected = [
        ("2060702", "prior_year", "item"),
        ("2060702", "current", "subtotal"),
        ("2060702", "current", "item"),
        ("2060702", "current", "item"),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_title_at_the_foot_of_the_page_before_and_one_cut_behind_its_number() {
    let line = |text: &str, page: u32, tables_before: usize| yusuan_extract::TextLine {
        text: text.to_owned(),
        sheet: None,
        place: Place { page: Some(page), ..Place::default() },
        size: 12.0,
        tables_before,
        running: false,
    };
    let mut second = table(&[], &["科目编码|科目名称|金额", "301|工资福利支出|1.00"], &[]);
    second.pages = vec![2];
    let third = table(
        &["公开 09 表：一般公共预算“三公”经费、会议费、培训费", "支出预算表", "单位：万元"],
        &["合计|因公出国（境）费|公务接待费", "3.00|1.00|2.00"],
        &[],
    );
    let lines = vec![line("财政拨款基本支出预算表", 1, 0), line("部门：某厅", 1, 0), line("单位：万元", 1, 0)];
    let extraction = Extraction { tables: vec![second, third], lines, ..Extraction::default() };
    let document = normalize(extraction, &Context::default());
    let titles: Vec<&str> = document.statements.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles[0], "财政拨款基本支出预算表");
    assert!(titles[1].ends_with("培训费支出预算表"), "{}", titles[1]);
    assert_eq!(document.statements[0].table_type, TableType::FiscalAppropriationExpenditure);
}

#[test]
fn three_code_panels_side_by_side() {
    let s = one(
        &["一般公共预算财政拨款基本支出决算表", "公开06表", "金额单位：万元"],
        &[
            "人员经费<1x3>|公用经费<1x6>",
            "科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数",
            "301|工资福利支出|8.00|302|商品和服务支出|3.00|310|资本性支出|1.00",
            "30101|基本工资|8.00|30201|办公费|3.00|31002|办公设备购置|1.00",
            "人员经费合计<1x2>|8.00|公用经费合计<1x5>|4.00",
        ],
        &[],
    );
    let said = |f: &Fact| (f.row_label.clone(), f.department_economic.code.clone(), f.additive);
    let found: Vec<(String, String, bool)> = s.facts.iter().map(said).collect();
    let expected = [
        ("工资福利支出", "301", false),
        ("商品和服务支出", "302", false),
        ("资本性支出", "310", false),
        ("基本工资", "30101", true),
        ("办公费", "30201", true),
        ("办公设备购置", "31002", true),
        ("人员经费合计", "", false),
        ("公用经费合计", "", false),
    ];
    assert_eq!(found, expected.map(|(l, c, a)| (l.to_owned(), c.to_owned(), a)));
}
