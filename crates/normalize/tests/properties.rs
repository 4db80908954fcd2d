//! What must hold for every table: the order of columns changes no amount, and leaves add up to the printed total.

use proptest::prelude::*;
use rust_decimal::Decimal;
use yusuan_extract::{Caption, CaptionSide, Cell, Extraction, Place, RawTable};
use yusuan_normalize::{ColumnKind, Context, Fact, Fund, Nature, RowKind, Statement, normalize};

/// A table of rows of texts, a title and a unit above.
fn read(title: &str, rows: &[Vec<String>]) -> Statement {
    let cells = rows.iter().enumerate().flat_map(|(row, line)| {
        line.iter().enumerate().map(move |(col, text)| Cell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            text: text.clone(),
            ..Cell::default()
        })
    });
    let above = |text: &str| Caption { text: text.to_owned(), place: Place::default(), side: CaptionSide::Above };
    let table = RawTable {
        pages: vec![1],
        confidence: 1.0,
        rows: rows.len(),
        cols: rows.first().map_or(0, Vec::len),
        cells: cells.collect(),
        captions: vec![above(title), above("单位：万元")],
        ..RawTable::default()
    };
    let mut document = normalize(Extraction { tables: vec![table], ..Extraction::default() }, &Context::default());
    document.statements.remove(0)
}

fn texts(line: &str) -> Vec<String> {
    line.split('|').map(str::to_owned).collect()
}

/// An amount as printed: hundredths with two decimals.
fn print(hundredths: i64) -> String {
    Decimal::new(hundredths, 2).to_string()
}

type Said = (String, String, String, Option<Decimal>, Option<Fund>, Option<Nature>, String);

fn said(facts: &[Fact]) -> Vec<Said> {
    let mut all: Vec<Said> = facts
        .iter()
        .map(|f| {
            let code = f.function.code.clone();
            (f.row_label.clone(), code, f.column_path.clone(), f.value, f.fund, f.nature, f.row_path.clone())
        })
        .collect();
    all.sort();
    all
}

const HEADS: &[&str] = &["合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"];
const ROWS: &[(&str, &str)] =
    &[("206", "科学技术支出"), ("20607", "科学技术普及"), ("2060702", "科普活动"), ("2060799", "其他科学技术普及支出")];

proptest! {
    #[test]
    fn the_order_of_columns_changes_nothing(
        order in Just((0..HEADS.len()).collect::<Vec<usize>>()).prop_shuffle(),
        figures in prop::collection::vec(1_i64..10_000_000, ROWS.len() * HEADS.len()),
    ) {
        let table = |order: &[usize]| {
            let head = [texts("科目编码|科目名称"), order.iter().map(|c| HEADS[*c].to_owned()).collect()].concat();
            let body = ROWS.iter().enumerate().map(|(at, (code, name))| {
                let amounts = order.iter().map(|c| print(figures[at * HEADS.len() + c]));
                [(*code).to_owned(), (*name).to_owned()].into_iter().chain(amounts).collect()
            });
            read("支出决算表", &std::iter::once(head).chain(body).collect::<Vec<_>>())
        };
        let plain: Vec<usize> = (0..HEADS.len()).collect();
        let (first, second) = (table(&plain), table(&order));
        prop_assert_eq!(first.facts.len(), ROWS.len() * HEADS.len());
        prop_assert_eq!(said(&first.facts), said(&second.facts));
    }
}

/// The sum over additive rows and item columns, and what the total row says in its total column (or its only one).
fn sums(statement: &Statement) -> (Decimal, Decimal) {
    let sum =
        |keep: &dyn Fn(&&Fact) -> bool| statement.facts.iter().filter(keep).filter_map(|f| f.value).sum::<Decimal>();
    let total = |f: &Fact| f.row_kind == RowKind::Total;
    let has_total = statement.facts.iter().any(|f| f.column_kind == ColumnKind::Total);
    let wanted = if has_total { ColumnKind::Total } else { ColumnKind::Item };
    (sum(&|f| f.additive && f.column_kind == ColumnKind::Item), sum(&|f| total(f) && f.column_kind == wanted))
}

/// Titles and rows as regions lay them out.
const LAYOUTS: &[(&str, &[&str])] = &[
    // Every level of the codes, total on top.
    (
        "支出决算表",
        &[
            "科目编码|科目名称|合计|基本支出|项目支出",
            "|合计|30.00|10.00|20.00",
            "206|科学技术支出|30.00|10.00|20.00",
            "20607|科学技术普及|30.00|10.00|20.00",
            "2060701|机构运行|10.00|10.00|",
            "2060702|科普活动|20.00||20.00",
        ],
    ),
    // Leaves only, total at the bottom, dotted codes.
    (
        "部门支出总表",
        &[
            "科目编码|科目名称|合计|基本支出|项目支出",
            "206.07.01|机构运行|10.00|10.00|",
            "206.07.02|科普活动|20.00||20.00",
            "|合计|30.00|10.00|20.00",
        ],
    ),
    // Agency rows above the codes.
    (
        "部门支出总表",
        &[
            "科目编码|单位代码|单位（科目名称）|合计|基本支出|项目支出",
            "||合计|30.00|10.00|20.00",
            "|311|某市科学技术协会|30.00|10.00|20.00",
            "|311001|某市科学技术协会机关|30.00|10.00|20.00",
            "2060701|311001|机构运行|10.00|10.00|",
            "2060702|311001|科普活动|20.00||20.00",
        ],
    ),
    // 基本支出 beside its parts.
    (
        "支出预算总表",
        &[
            "科目编码|科目名称|合计|基本支出|人员经费|公用经费|项目支出",
            "|合计|30.00|10.00|7.00|3.00|20.00",
            "2060701|机构运行|10.00|10.00|7.00|3.00|",
            "2060702|科普活动|20.00||||20.00",
        ],
    ),
    // Goods staggered below their kinds.
    (
        "政府采购预算表",
        &[
            "采购品目|采购物品名称|总计",
            "合计||37.00",
            "一、货物||31.00",
            "|电脑|11.00",
            "|桌椅|20.00",
            "二、服务||6.00",
            "|印刷|6.00",
        ],
    ),
    // One column of amounts, numbered list with 其中.
    (
        "部门收入预算总表",
        &["项目|金额", "一、财政拨款|8.00", "其中：一般公共预算|8.00", "二、事业收入|2.00", "收入合计|10.00"],
    ),
];

#[test]
fn tables_of_many_layouts_can_be_summed() {
    let mut seen = 0;
    for (title, lines) in LAYOUTS {
        let rows: Vec<Vec<String>> = lines.iter().map(|l| texts(l)).collect();
        let statement = read(title, &rows);
        let (leaves, total) = sums(&statement);
        assert!(!total.is_zero(), "{title} {lines:?}");
        assert_eq!(leaves, total, "{title} {lines:?}");
        assert!(!statement.doubts.iter().any(|d| d.code() == "sums_disagree"), "{:?}", statement.doubts);
        seen += 1;
    }
    assert_eq!(seen, 6);
}
