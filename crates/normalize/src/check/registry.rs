//! What each rule says, for people: the text behind `yusuan explain`.

/// A rule of arithmetic between printed figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Stable id; never given to another rule.
    pub id: &'static str,
    /// In a few words (Chinese).
    pub title: &'static str,
    /// What must hold, and when it is tried (Chinese).
    pub statement: &'static str,
    /// What it rests on.
    pub source: &'static str,
}

const FORMS: &str = "财政部部门预算、部门决算公开表样";

/// All rules, by id.
pub const RULES: &[Rule] = &[
    Rule {
        id: "A1",
        title: "行内合计",
        statement: "同一行里，合计栏等于表头归在它名下各栏之和，如 合计 = 基本支出 + 项目支出；其余各栏空白时等于有数的那一栏；“其中”栏不加",
        source: FORMS,
    },
    Rule {
        id: "A2",
        title: "栏内合计",
        statement: "同一栏里，合计行等于各项之和，标题行（部门、一、本年收入）等于其下各行之和；没有标记的清单按各行文字的起止位置分级，合计行可以不写名称；“其中”行不加",
        source: FORMS,
    },
    Rule {
        id: "A3",
        title: "上级科目等于下级科目之和",
        statement: "类 = Σ款，款 = Σ项；同一科目在一栏里印两次的表不核",
        source: "《政府收支分类科目》",
    },
    Rule {
        id: "A4",
        title: "收支平衡",
        statement: "收入总计 = 支出总计；不含结转的本年合计不比",
        source: "《预算法》第十二条",
    },
    Rule {
        id: "A5",
        title: "结转关系",
        statement: "本年收入合计 + 上年结转等 = 收入总计；本年支出合计 + 结转下年 = 支出总计；年初结转 + 本年收入 = 本年支出 + 年末结转",
        source: "《预算法》第四十二条；财决01表、财决09表",
    },
    Rule {
        id: "A6",
        title: "“三公”经费",
        statement: "“三公”经费合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费；公务用车购置及运行费 = 购置费 + 运行费",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "A7",
        title: "绩效指标权重",
        statement: "一个项目（或部门整体）各指标权重之和为 100；有的地区另留 10 分给预算执行率",
        source: "财政部《项目支出绩效评价管理办法》",
    },
    Rule {
        id: "A8",
        title: "增长率",
        statement: "表中印出的增长率等于（本年 − 上年）÷ 上年；上年为 0 时没有增长率，写作 100% 的每张表报一次；多数行不合的栏另有含义，不核",
        source: "财政部部门预算公开表样（含上年对比的表）",
    },
    Rule {
        id: "A9", title: "其中项不超过总项", statement: "“其中”的数不大于它所属的数", source: FORMS
    },
    Rule {
        id: "A10",
        title: "政府采购合计",
        statement: "政府采购合计 = 货物 + 工程 + 服务",
        source: "《政府采购法》第二条",
    },
    Rule {
        id: "A11",
        title: "人员经费合计和公用经费合计",
        statement: "基本支出表分两栏收尾时：人员经费合计 = 301 + 303，公用经费合计 = 302 及其他各类之和",
        source: "部门决算公开表样（公开06表）",
    },
    Rule {
        id: "B1",
        title: "总表合计一致",
        statement: "收入总表、支出总表的合计等于收支总表的收入、支出合计",
        source: FORMS,
    },
    Rule {
        id: "B2",
        title: "各类支出一致",
        statement: "收支总表各类支出等于支出总表同类支出；财政拨款收支总表的一般公共预算各类支出等于一般公共预算支出表同类支出；合计相同的两张表里同一科目的数相同",
        source: FORMS,
    },
    Rule {
        id: "B3",
        title: "财政拨款各本预算一致",
        statement: "财政拨款收支总表中一般公共预算、政府性基金、国有资本经营预算支出等于各自支出表的合计",
        source: FORMS,
    },
    Rule {
        id: "B4",
        title: "基本支出一致",
        statement: "一般公共预算基本支出表的合计等于一般公共预算支出表的基本支出",
        source: FORMS,
    },
    Rule {
        id: "B5",
        title: "项目支出一致",
        statement: "项目支出表的合计等于支出总表（或一般公共预算支出表）的项目支出；合计较小的可能只列部分项目，不核",
        source: FORMS,
    },
    Rule {
        id: "B6",
        title: "两套经济分类一致",
        statement: "同一笔支出按部门和按政府经济分类列两张表时：301 = 501 + 50501，302 = 502 + 50502，303 = 509，309 + 310 = 503 + 504 + 506",
        source: "财政部《支出经济分类科目改革方案》（财预〔2017〕98号）",
    },
    Rule {
        id: "B7",
        title: "经济分类不少于基本支出",
        statement: "同一经济科目，支出经济分类汇总表的数不小于基本支出表的数",
        source: "《政府收支分类科目》",
    },
    Rule {
        id: "B8",
        title: "“三公”不少于基本支出中的相应科目",
        statement: "“三公”各项不小于基本支出表的 30212、30217、30231、31013：三公含项目支出，只会多不会少",
        source: "《政府收支分类科目》",
    },
    Rule {
        id: "B9",
        title: "绩效目标与预算一致",
        statement: "部门整体绩效目标表的预算总额等于支出总计，也等于基本支出 + 项目支出；同一项目在绩效目标表和项目支出表里金额相同",
        source: "《中共中央 国务院关于全面实施预算绩效管理的意见》",
    },
    Rule {
        id: "B10",
        title: "决算表间一致",
        statement: "收入支出决算总表与收入决算表、支出决算表，财政拨款收支决算总表与各本预算支出决算表，基本支出决算表之间相同的数一致",
        source: "部门决算公开表样（公开01表至公开09表）",
    },
    Rule {
        id: "B11",
        title: "各本预算收入一致",
        statement: "收支总表、财政拨款收支总表、收入总表中，一般公共预算、政府性基金、国有资本经营预算的本年收入各自相同；结转不比",
        source: FORMS,
    },
    Rule {
        id: "C1",
        title: "文字说明的合计与表一致",
        statement: "文字说明里的收入总计、支出总计、一般公共预算基本支出、各本预算的收入，等于表中的数；与表中某项同名的数，等于该项的数；末位差 1 算四舍五入",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C2",
        title: "文字说明与表中科目一致",
        statement: "文字说明写明 类、款、项 的支出数，等于表中该科目的某一个数",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C3",
        title: "占比和完成率",
        statement: "文字说明写明的占比、完成率，等于文中两个数之比；末位差 1 算四舍五入。占什么不明的不核",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C4",
        title: "增减额和增减幅",
        statement: "文字说明写明的增长、下降幅度，以上年数为基数，与文中的数和增减额相合；同一个数只有一个增减额，合计的增减额等于各部分增减额之和，两处只差一个数字的增减额也报；上年为 0 时没有增长率，每份文件报一次",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C5",
        title: "文字说明的“三公”经费与表一致",
        statement: "文字说明写明的“三公”各项，等于“三公”经费表中该项的数",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C6",
        title: "文字说明的个数",
        statement: "编报绩效目标的项目个数等于某张项目表的项目个数；下属单位个数等于各类单位个数之和；写明项目支出均有绩效目标的，所涉金额等于项目支出合计，编报绩效目标的项目所涉金额与之只差一点的也报",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C7",
        title: "文字说明的年份",
        statement: "文字说明写作上年的数，不是表中本年的合计；比较两年的句子不核",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C8",
        title: "文字说明内的合计与分项",
        statement: "文字说明里的合计等于紧接其后的各部分之和：政府采购 = 货物 + 工程 + 服务，基本支出 = 人员经费 + 公用经费，支出合计 = 基本支出 + 项目支出等；占比合计 100% 的各项之和等于其前的数；各项的年初预算、支出决算之和等于其上的合计；“其中”所列只差一个数字的也报；同一句里收入总计 = 支出总计",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "C9",
        title: "文字说明缺数",
        statement: "文字说明里单位前面有数：“支出预算万元”“增长%”是没有填写的空格",
        source: "财政部《地方预决算公开操作规程》",
    },
    Rule {
        id: "D1",
        title: "与上年文件一致",
        statement: "同一批里有同一部门上一年的文件时：表中的上年数、本年总计减去说明里的增减额，等于上年文件印出的数",
        source: "《预算法实施条例》第二十三条",
    },
    Rule {
        id: "E1",
        title: "部门与所属单位一致",
        statement: "同一批里有所属单位的文件时：部门表中该单位一行等于该单位自己的合计；部门合计不小于本级单位的合计",
        source: FORMS,
    },
];

/// The rule with this id, written in any case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_lists_every_rule_once() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
        let text = std::fs::read_to_string(path).expect("the document is part of the project");
        for rule in RULES {
            let row = format!("| {} | {} | {} | {} |", rule.id, rule.title, rule.statement, rule.source);
            assert_eq!(text.matches(&row).count(), 1, "{row}");
        }
        assert_eq!(RULES.len(), 33);
    }
}
