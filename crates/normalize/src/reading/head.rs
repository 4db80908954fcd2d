//! What the head of a column says of its figures: money, another kind of number, or nothing.
//!
//! A number becomes an amount only with evidence, and the first evidence is the head. Its end decides: 缴费人数 counts people, 人数补助
//! is money; what stands in brackets behind it is its measure.

use crate::reading::code;
use crate::reading::fold::pattern;
use crate::reading::label;
use crate::reading::words::{
    AMOUNT_ENDS, COUNT_ENDS, COUNTED_ENDS, DATE_ENDS, IDENTIFIER_ENDS, MONEY_WORDS, PLAIN_PARTS, SCORE_ENDS,
    SHARE_ENDS, UNDECIDED_ENDS,
};
use crate::reading::{title, unit, year};

/// What a head says of the figures below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Money.
    Money,
    /// Shares and rates.
    Share,
    /// Numbers of people and things.
    Count,
    /// Years, months, dates.
    Date,
    /// Marks and ranks.
    Score,
    /// Numbers that call something: postcodes, accounts.
    Identifier,
    /// Money or another number.
    Either,
}

// 2024年, 2023年度, 2024, 2024年1-6月, 截至2024年底.
pattern!(
    YEAR_HEAD,
    "^(?:第?[一二三四1-4]季度|[0-9]{1,2}(?:[-至][0-9]{1,2})?月份?|[上下]半年)$|^(?:截至|至|截止)?(?:19|20)[0-9]{2}(?:年(?:度|初|末|底)?)?(?:[(]?(?:[0-9]{1,2}[-至])?[0-9]{1,2}月(?:底|末)?[)]?)?(?:[(].{0,8}[)])?$"
);
// 里程(公里), 时长(月), 面积(m2), 金额以外的(分): a measure that is no money.
pattern!(
    MEASURED,
    "[(](?:公里|千米|km|米|m|m2|㎡|平方公里|公顷|吨|千克|公斤|kg|升|立方米|m3|kWh|度|月|年|日|小时|分钟|分|级|层|岁|‰|倍|人/年|人年|人月|床|张|座|处|条|份|本|头|只|株|所|村|届|期|元/[^)]{1,6}|万元/[^)]{1,6})[)]$"
);
// 县, 区, 市 behind two or three characters: government budgets print one column for each place.
pattern!(PLACE, r"^\p{Han}{2,8}(?:市|县|区|镇|乡|州|盟|旗|街道|开发区|高新区|新区|名胜区|兵团|师|管委会)(?:本级|级)?$");

// 为预算, 为上年, 占总额: a share, with the sign % left out.
pattern!(
    SHARED,
    "^(?:为|占)(?:20[0-9]{2}年)?(?:年初|调整|全年|当年|本年|上年|去年)?(?:预算|决算|执行|完成|同期|年|总额|合计|总计|比|收入|支出|总支出|总收入)*数?(?:比|的)?$"
);
// 完成预算, 完成年初预算: what was done of it, as a share or in money.
pattern!(ACHIEVED, "^(?:完成|达到?)(?:年初|调整|全年|年度|当年)?(?:预算|计划|任务)$");

/// What 数 counts where one of these stands before it: 户数, 班级数.
const MEASURES: [char; 31] = [
    '户', '人', '次', '个', '件', '套', '台', '辆', '间', '栋', '家', '村', '天', '月', '批', '份', '处', '座', '株',
    '头', '张', '本', '册', '页', '亩', '车', '校', '所', '级', '位', '期',
];

/// What a head's own text (folded) says.
pub(crate) fn said(folded: &str) -> Option<Said> {
    if unit::in_header(folded).is_some() {
        return Some(Said::Money);
    }
    let text = unit::strip(folded);
    if text.ends_with("(%)") || text.ends_with('%') {
        return Some(Said::Share);
    }
    if MEASURED.is_match(&text) {
        return Some(if text.contains("元/") { Said::Either } else { Said::Count });
    }
    if label::is_count(&text) {
        return Some(Said::Count);
    }
    let bare = title::strip_brackets(&text);
    let bare = if bare.is_empty() { text.as_str() } else { bare.trim_end_matches([':', '、']) };
    by_end(bare).or_else(|| by_words(bare))
}

fn by_end(bare: &str) -> Option<Said> {
    let undated = year::undated(bare);
    // 手机号码, 车牌号; 电话费 is money.
    if IDENTIFIER_ENDS.ends(bare) || IDENTIFIER_ENDS.ends(bare.trim_end_matches(['号', '码'])) {
        return Some(Said::Identifier);
    }
    if SCORE_ENDS.ends(bare) {
        return Some(Said::Score);
    }
    if SHARE_ENDS.ends(bare) {
        return Some(Said::Share);
    }
    // 2024年度 is a column of money, 立项年度 one of years.
    if matches!(bare, "年" | "月" | "日" | "季" | "季度" | "月份" | "年月")
        || DATE_ENDS.ends(bare) && !YEAR_HEAD.is_match(bare) && !matches!(undated, "本年度" | "上年度" | "以前年度")
    {
        return Some(Said::Date);
    }
    if SHARED.is_match(bare) {
        return Some(Said::Share);
    }
    if UNDECIDED_ENDS.ends(bare) || ACHIEVED.is_match(undated) {
        return Some(Said::Either);
    }
    if AMOUNT_ENDS.ends(bare) || PLAIN_PARTS.has(undated) {
        return Some(Said::Money);
    }
    if let Some(stem) = bare.strip_suffix('数').filter(|_| !MONEY_WORDS.ends(bare)) {
        // 贷款户数 counts, whatever it counts; what is counted in 某某数 nobody knows.
        return (stem.ends_with(MEASURES) || COUNTED_ENDS.ends(stem)).then_some(Said::Count);
    }
    COUNT_ENDS.ends(bare).then_some(Said::Count)
}

fn by_words(bare: &str) -> Option<Said> {
    // 农林水, 教育: transfers are printed by the class that they are spent in.
    let class = || code::class_named(bare).is_some();
    let money = MONEY_WORDS.is_in(bare) || YEAR_HEAD.is_match(bare) || PLACE.is_match(bare) || class();
    money.then_some(Said::Money)
}

/// What a column's head says: the lowest text that says what is counted; 合计, 小计 and a year leave it to the text above.
pub(crate) fn column(path: &[String]) -> Option<Said> {
    let mut neutral = None;
    for text in path.iter().rev() {
        let bare = unit::strip(text);
        let bare = year::undated(&bare);
        match said(text) {
            Some(Said::Money) if unit::in_header(text).is_none() && is_neutral(bare) => neutral = Some(Said::Money),
            // 合计 below 收入 is money whatever stands above.
            Some(found) => return Some(found),
            None if neutral.is_none() => {}
            None => return neutral,
        }
    }
    neutral
}

/// Words that don't say what is counted.
fn is_neutral(bare: &str) -> bool {
    bare.is_empty()
        || PLAIN_PARTS.has(bare) && bare != "金额"
        || YEAR_HEAD.is_match(bare)
        || !bare.ends_with("支出") && code::class_named(bare).is_some()
        || matches!(
            bare,
            "本年"
                | "上年"
                | "今年"
                | "去年"
                | "总数"
                | "人员"
                | "执行"
                | "完成"
                | "调整"
                | "使用"
                | "本期"
                | "上期"
                | "累计"
                | "全年"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::fold::fold;

    fn of(path: &str) -> Option<Said> {
        column(&path.split('|').map(fold).collect::<Vec<_>>())
    }

    /// Heads of columns of money, `|` between the heads of one column.
    const OF_MONEY: &[&str] = &[
        "金额",
        "预算数",
        "合计",
        "基本支出",
        "一般公共预算",
        "2024年",
        "2023年度",
        "2024年预算数",
        "2024年1-6月",
        "评审金额",
        "单价（元）",
        "限额",
        "结余",
        "造价",
        "投资额",
        "缴费额",
        "注册资本",
        "调整预算数",
        "执行数",
        "决算数",
        "本年收入合计",
        "全市",
        "市本级",
        "西湖区",
        "建德市",
        "因公出国（境）费",
        "2023年决算数（注2）",
        "一般债务",
        "年末结转",
        "2021年预期数",
        "税收收入",
        "财政专户管理资金",
        "特定目标类",
        "货物",
        "上年数",
        "以前年度",
        "单位资金",
        "运行费",
        "奖金",
        "财力",
        "完成数",
        "上年同期数",
        "农林水",
        "卫生健康",
        "Amount",
        "资产原值",
        "班级数经费",
        "上年数",
        "本期数",
        "一季度",
        "3月",
        "1-6月",
        "上半年",
        "电话费",
        "账户余额",
        "离退休费",
        "人员编制经费",
        "面积补贴",
        "数量|金额",
        "公用经费|合计",
        "本年|小计",
        "增减额",
        "增减情况|金额",
        "补助标准（元）",
    ];

    #[test]
    fn heads_of_money() {
        for head in OF_MONEY {
            assert_eq!(of(head), Some(Said::Money), "{head}");
        }
    }

    /// Heads of columns of other numbers, by what they say.
    const OF_OTHERS: &[(Said, &[&str])] = &[
        (
            Said::Share,
            &[
                "同比",
                "环比",
                "增速",
                "占比",
                "比重",
                "税率",
                "折旧率",
                "汇率",
                "折扣",
                "进度",
                "为预算%",
                "完成预算（%）",
                "资金使用率",
                "系数",
                "利率",
                "支出进度",
                "占比|2024年",
            ],
        ),
        (
            Said::Count,
            &[
                "户数",
                "班级数",
                "床位",
                "科室",
                "面积",
                "里程",
                "行驶里程（公里）",
                "面积（㎡）",
                "时长（月）",
                "人数",
                "缴费人数",
                "学生数",
                "村数",
                "企业数",
                "年限",
                "期数",
                "重量（吨）",
                "编制|合计",
                "人数|2024年",
                "人数|教育",
                "车辆数",
                "台数（台）",
                "用电量",
                "项目数",
                "贷款户数",
                "缴款次数",
                "天数",
            ],
        ),
        (Said::Date, &["年度", "年份", "立项年度", "预算年度", "开工日期", "月份", "季度", "年龄", "届"]),
        (Said::Score, &["评分", "得分", "排名", "等级", "权重", "满意度", "绩效分值", "评价等级"]),
        (
            Said::Identifier,
            &[
                "邮编",
                "邮政编码",
                "手机号",
                "联系电话",
                "手机号码",
                "身份证号",
                "银行账号",
                "车牌",
                "车牌号",
                "文号",
                "楼层",
                "页码",
                "统一社会信用代码",
                "传真",
            ],
        ),
        (
            Said::Either,
            &["增减", "比上年增减", "增长", "补助标准", "补助标准（元/人）", "定额", "变动", "差异", "人均"],
        ),
    ];

    #[test]
    fn heads_of_other_numbers() {
        for (kind, heads) in OF_OTHERS {
            for head in *heads {
                assert_eq!(of(head), Some(*kind), "{head}");
            }
        }
    }

    #[test]
    fn heads_that_say_nothing() {
        for head in ["", "类别", "某某", "甲", "数值", "科目编萁", "车辆"] {
            assert_eq!(of(head), None, "{head}");
        }
    }
}
