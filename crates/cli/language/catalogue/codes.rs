//! What codes mean. A library brings the Chinese of its codes and flags, which its files and documentation print too; their
//! English stands here by the code, and a test sees to it that none is missing. Statuses, which only this program explains,
//! have both here.

/// English of the diagnostics of reading, of the flags of amounts and of the doubts about tables.
const MEANINGS: &[(&str, &str)] = &[
    ("E001", "the file's structure was damaged and was rebuilt without loss"),
    (
        "E002",
        "a page can't be read, or has instructions that make no sense or fonts and drawings that are missing, as if the file were damaged",
    ),
    ("E003", "a page is a picture without text; text recognition is needed"),
    ("E004", "the font doesn't say what some characters are"),
    ("E005", "a limit was reached; what lies beyond it was not read"),
    ("E006", "a worksheet can't be read; the others were"),
    ("E007", "hidden rows, columns or worksheets were not read"),
    ("E008", "the file is incomplete: its end is missing, or a part inside is damaged"),
    ("E009", "the second reading did not end; there is only one"),
    ("E010", "a cell of a ruled table holds several numbers, as if a ruling were missing; they were not taken"),
    ("E011", "different texts are drawn at one place, and which of them counts can't be seen; not taken"),
    ("E012", "values of form fields are shown by viewers and stand on no page; not taken"),
    ("E013", "the file has attachments, which were not read"),
    ("E014", "the file has pages twice, or holds more than one document"),
    ("E015", "glyphs are drawn on the page whose text is blank"),
    ("E016", "a stream that was used fails its checksum; the content may be damaged"),
    ("E017", "formulas have no stored result, or the file asks to be calculated anew"),
    ("E018", "a number format shows another number than is stored"),
    ("E019", "some printed numbers were read as nothing"),
    ("E020", "two readings find different digits on a page; compare with the page"),
    ("E021", "two glyphs of one font are read as the same digit; one of them is wrong"),
    ("E022", "the text layer that a scanned page brings along was not used; its picture was read anew"),
    ("E023", "a scanned page's text comes from the layer that it brings along, which nobody checked"),
    ("E024", "a hint about a table met nothing in the file"),
    ("ocr", "it comes from text recognition"),
    ("low_confidence", "rulings or text are not certain"),
    ("unit_conflict", "two statements of the unit contradict each other; the other reading is in `alternative`"),
    (
        "repaired",
        "numbers broken or run together, or lost headings: their only reading is proved by the table's own totals; the printed text is unchanged",
    ),
    ("reading_conflict", "two independent readings differ; the other one is in `alternative`"),
    ("check_failed", "it takes part in an identity that fails"),
    ("corrected", "somebody corrected it"),
    ("rounded", "its difference from the total is explained by rounding"),
    ("implausible", "no budget has a number so large: no value, the printed text is kept"),
    (
        "stale_formula",
        "the formula has no stored result, or the file asks to be calculated anew: what is stored may be out of date",
    ),
    ("merged_figures", "the cell may hold several printed numbers: no value, the printed text is kept"),
    ("title_missing", "no title was found"),
    (
        "unit_suspect",
        "the printed unit may be wrong: the same total differs by a round factor from other tables or the narrative",
    ),
    ("unit_inferred", "the table prints no unit; that its totals are those of other tables tells it"),
    ("sums_disagree", "the rows don't add up to the table's total; check before summing"),
    ("indicators_shifted", "the columns of indicators may be shifted; compare with the original"),
    ("targets_missing", "indicators print no goal for this year"),
    ("amounts_unclear", "amounts of the form were not read for certain; compare with the original"),
];

/// Codes that mean something of an amount and something else of a table.
const OF_AMOUNTS: &[(&str, &str)] = &[("unit_missing", "no unit was found: the value stays empty, nothing is guessed")];
const OF_TABLES: &[(&str, &str)] = &[("unit_missing", "no money unit was found; the numbers were not converted")];

/// What a diagnostic or a flag of an amount means, in English.
pub(crate) fn meaning_en(code: &str) -> &'static str {
    found(OF_AMOUNTS, code).or_else(|| found(MEANINGS, code)).unwrap_or_default()
}

/// What a doubt about a table means, in English.
pub(crate) fn doubt_en(code: &str) -> &'static str {
    found(OF_TABLES, code).or_else(|| found(MEANINGS, code)).unwrap_or_default()
}

fn found(list: &[(&'static str, &'static str)], code: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning)
}

/// Statuses of files: code, Chinese, English.
pub(crate) const STATUSES: &[(&str, &str, &str)] = &[
    ("ok", "文件读完，没有发现缺失", "the file was read, and nothing is known to be missing"),
    (
        "partial",
        "文件里有内容可能没有读到，documents.csv 的 error 说明是哪些",
        "something that the file holds may be missing; `error` in documents.csv says what",
    ),
    (
        "failed",
        "文件没有读出，documents.csv 的 error 说明原因",
        "nothing could be read; `error` in documents.csv says why",
    ),
    ("unsupported", "不能读的文件类型", "a type of file that is not read"),
    (
        "duplicate",
        "与另一个文件的内容逐字节相同，只读那一个",
        "byte for byte the same as another file, which is read instead",
    ),
];

/// How identities come out.
pub(crate) const VERDICTS: &[(&str, &str, &str)] = &[
    ("passed", "相符", "it holds"),
    ("rounding", "相差在印出的末位的四舍五入之内", "the difference is within the rounding of the printed digits"),
    ("failed", "不符，差额超出四舍五入", "it does not hold, by more than rounding"),
    ("skipped", "有一边的数没有印出，没有核对", "a side is not printed, so it was not tried"),
];

/// Whose error it probably is that an identity fails.
pub(crate) const CAUSES: &[(&str, &str, &str)] = &[
    ("extraction", "可能是识别有误，请对照原文", "it was probably misread; compare with the original"),
    ("published", "可能是公开的数本身有误", "the published numbers are probably wrong"),
    ("unit", "可能是单位有误", "a unit is probably wrong"),
    ("definition", "可能是两个数的口径不同", "the two numbers probably count different things"),
];

/// Whether tables hold data.
pub(crate) const STATES: &[(&str, &str, &str)] = &[
    ("data", "表里有数", "the table has numbers"),
    ("declared_empty", "表里没有数，并写明没有", "the table has no numbers and says so"),
    ("empty_grid", "只有表格，没有数，也没有说明", "a grid without numbers and without a word about it"),
    ("all_zero", "印出的数都是 0", "all printed numbers are 0"),
];

/// Titles of the rules: id, Chinese, English. What a rule says in full is written once, in the language of those who check it.
const RULES: &[(&str, &str, &str)] = &[
    ("A1", "行内合计", "A row's total is the sum of its columns"),
    ("A2", "栏内合计", "A column's total is the sum of its rows"),
    ("A3", "上级科目等于下级科目之和", "A class is the sum of its items"),
    ("A4", "收支平衡", "Total revenue equals total expenditure"),
    ("A5", "结转关系", "Carry-over and this year's sum make the total"),
    ("A6", "“三公”经费", "The three public expenses are the sum of their parts"),
    ("A7", "绩效指标权重", "Weights of indicators add up to 100"),
    ("A8", "增长率", "Printed growth is that of the two years"),
    ("A9", "其中项不超过总项", "A part is no larger than the whole"),
    ("A10", "政府采购合计", "Procurement is goods, works and services"),
    ("A11", "人员经费合计和公用经费合计", "Personnel and public funds are the sums of their classes"),
    ("A12", "绩效表中的资金", "The money of performance forms adds up"),
    ("A13", "其中各项列全", "Whole lists of parts add up to what they are of"),
    ("A14", "债务余额的变动", "Debt goes on from last year's balance"),
    ("B1", "总表合计一致", "The summary tables have the same totals"),
    ("B2", "各类支出一致", "The same class has the same amount in two tables"),
    ("B3", "财政拨款各本预算一致", "Each budget's appropriation is the total of its own table"),
    ("B4", "基本支出一致", "Basic expenditure is the same in both tables"),
    ("B5", "项目支出一致", "Project expenditure is the same in both tables"),
    ("B6", "两套经济分类一致", "The two economic classifications agree"),
    ("B7", "经济分类不少于基本支出", "All expenditure by economic class is no less than the basic one"),
    ("B8", "“三公”不少于基本支出中的相应科目", "The three public expenses are no less than their basic part"),
    ("B9", "绩效目标与预算一致", "Performance goals and the budget have the same amounts"),
    ("B10", "决算表间一致", "The tables of final accounts agree"),
    ("B11", "各本预算收入一致", "The revenue of each budget is the same in all tables"),
    ("B12", "同名科目的编码", "Items of one name have one code"),
    ("C1", "文字说明的合计与表一致", "Totals in the narrative are those of the tables"),
    ("C2", "文字说明与表中科目一致", "Items in the narrative are those of the tables"),
    ("C3", "占比和完成率", "Printed shares and rates of completion are right"),
    ("C4", "增减额和增减幅", "Printed changes and their rates are right"),
    ("C5", "文字说明的“三公”经费与表一致", "The three public expenses in the narrative are those of the table"),
    ("C6", "文字说明的个数", "Numbers of projects and bodies in the narrative are right"),
    ("C7", "文字说明的年份", "What the narrative calls last year's is not this year's"),
    ("C8", "文字说明内的合计与分项", "Totals in the narrative are the sums of their parts"),
    ("C9", "文字说明缺数", "No number is left out before a unit"),
    ("C10", "报告中的执行率和增幅", "Rates in the report are those of its tables"),
    ("C11", "折合与人均", "Amounts said again or by head are right"),
    ("D1", "与上年文件一致", "Last year's numbers are those of last year's document"),
    ("E1", "部门与所属单位一致", "A department's rows are its units' totals"),
    ("U01", "只认金额单位", "Money units only"),
    ("U02", "就近的单位", "Nearest declaration"),
    ("U03", "折行的单位", "Wrapped unit lines"),
    ("U04", "单独一行的单位", "A unit alone"),
    ("U05", "没有单位就没有数值", "No unit, no value"),
    ("U06", "与合计矛盾的单位", "Contradicted captions"),
    ("U07", "由合计推出的单位", "Inferred units"),
    ("U08", "能作证的位数", "Digits of proof"),
    ("N01", "数的写法", "Printed forms"),
    ("N02", "没有不等于零", "Nothing is not zero"),
    ("N03", "不采用分节不合的数", "Odd groups are refused"),
    ("N05", "读不准的数", "Figures that cannot be read"),
    ("N04", "不是金额的数", "No amounts"),
    ("M01", "金额要有凭据", "Money needs evidence"),
    ("F01", "印出的字的读法", "Readings of what is printed"),
    ("F02", "恰有一种读法成立", "Exactly one reading is proved"),
    ("F04", "与下一项名称粘连的金额", "Amounts against the next label"),
    ("F03", "缺失的栏名", "Lost header cells"),
    ("F05", "扫描的数的几种读法", "Readings of a scanned figure"),
    ("F06", "扫描的名称的几种读法", "Readings of a scanned label"),
    ("C01", "栏名之下的合计", "Totals below heads"),
    ("C02", "单独的小计", "Totals that stand alone"),
    ("C03", "预算数和决算数", "Stages"),
    ("C04", "资金来源", "Source of money"),
    ("C05", "支出用途", "Use of money"),
    ("C06", "年份", "Years"),
    ("K01", "拼合的编码", "Joined codes"),
    ("K04", "编码要完整", "Whole codes or none"),
    ("K02", "编码的类别", "Families"),
    ("K03", "预算单位的编号", "Agencies' numbers"),
    ("K10", "科目书上的名称", "Names of the books"),
    ("R01", "各级的次序", "Order of ranks"),
    ("R02", "末级的行", "Leaves"),
    ("R03", "其中", "Parts named as such"),
    ("R04", "每行都写的单位", "Agencies named on every row"),
    ("R06", "由名称定的级次", "Names of the books"),
    ("R05", "收尾的合计行", "Closing rows"),
    ("S04", "没有编号的行", "Lines without a number"),
    ("R10", "按编码归属的收入", "Income by code"),
    ("R11", "别的地区的行", "Rows of other places"),
    ("S01", "末级的行相加", "Leaves add up"),
    ("S02", "各栏相加", "Columns add up"),
    ("S03", "加不起来就说明", "Otherwise said"),
    ("T01", "表名和栏名一起看", "Title and header together"),
    ("T02", "三本预算", "Three budgets"),
    ("T03", "谁的表", "Whose table"),
    ("T10", "全辖、本级、下级", "Levels"),
    ("E01", "写明为空的表", "Declared empty"),
    ("E02", "表的说明", "Explanations"),
    ("L01", "印出的数一个不丢", "No number is lost"),
    ("M02", "表单里的金额", "Money in forms"),
    ("M03", "连在一起的表单", "Forms one after the other"),
    ("I02", "不是公开文件的材料", "Papers that are no disclosures"),
    ("P01", "句子", "Sentences"),
    ("P02", "说的是什么", "Subjects"),
    ("P03", "增减", "Changes"),
    ("P04", "与表相配", "Matches"),
    ("P05", "与表矛盾", "Contradictions"),
    ("I01", "一个机构的各种写法", "One body over all its names"),
    ("I09", "部门文件中所属单位的表", "A unit's own tables in its department's file"),
    ("Q01", "标准量", "Concepts"),
    ("Q02", "一本预算的标准量", "Concepts of one budget"),
    ("Q03", "面板", "The panel"),
    ("D01", "同属一次公开的文件", "One disclosure"),
    ("D02", "单独公开的文字说明", "Narrative apart"),
    ("D03", "被取代的版本", "Superseded"),
];

/// A rule's titles, Chinese and English.
pub(crate) fn rule_titles(id: &str) -> Option<(&'static str, &'static str)> {
    RULES.iter().find(|(known, ..)| *known == id).map(|(_, zh, en)| (*zh, *en))
}

/// The titles of all rules, Chinese and English.
pub(crate) fn titles() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().map(|(_, zh, en)| (*zh, *en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_export::DocumentStatus;
    use yusuan_extract::DiagnosticCode;
    use yusuan_normalize::{Cause, CheckStatus, Doubt, FactFlag, TableState, rules};

    #[test]
    fn every_code_has_its_english_and_none_too_many() {
        let diagnostics = DiagnosticCode::ALL.iter().map(|code| code.as_str());
        let of_amounts: Vec<&str> = diagnostics.chain(FactFlag::ALL.iter().map(|flag| flag.as_str())).collect();
        let of_tables: Vec<&str> = Doubt::MEANINGS.iter().map(|(code, _)| *code).collect();
        for code in &of_amounts {
            assert!(!meaning_en(code).is_empty(), "{code}");
        }
        for code in &of_tables {
            assert!(!doubt_en(code).is_empty(), "{code}");
        }
        let known: Vec<&str> = [of_amounts, of_tables].concat();
        for (code, _) in MEANINGS.iter().chain(OF_AMOUNTS).chain(OF_TABLES) {
            assert!(known.contains(code), "{code} is no code");
        }
    }

    #[test]
    fn every_rule_has_both_titles() {
        let ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
        for rule in rules() {
            let titles = rule_titles(rule.id);
            // A rule is called here as it is called where it stands.
            assert!(titles.is_some_and(|(zh, en)| [zh, en].contains(&rule.title)), "{} {}", rule.id, rule.title);
        }
        assert!(RULES.iter().all(|(id, ..)| ids.contains(id)));
    }

    #[test]
    fn closed_lists_are_whole() {
        use DocumentStatus::{Duplicate, Failed, Ok, Partial, Unsupported};
        let codes = |list: &[(&'static str, &str, &str)]| list.iter().map(|(code, ..)| *code).collect::<Vec<_>>();
        assert_eq!(codes(STATUSES), [Ok, Partial, Failed, Unsupported, Duplicate].map(DocumentStatus::as_str));
        let verdicts = [CheckStatus::Passed, CheckStatus::Rounding, CheckStatus::Failed, CheckStatus::Skipped];
        assert_eq!(codes(VERDICTS), verdicts.map(CheckStatus::as_str));
        assert_eq!(codes(CAUSES), Cause::ALL.iter().map(|cause| cause.as_str()).collect::<Vec<_>>());
        assert_eq!(codes(STATES), TableState::ALL.iter().map(|state| state.as_str()).collect::<Vec<_>>());
    }
}
