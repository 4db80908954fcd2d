//! The closed lists of words that columns hold: each id with its label.

use crate::record::DocumentStatus;
use yusuan_extract::Method;
use yusuan_normalize::{
    CheckScope, CheckStatus, ColumnKind, DocumentKind, EntityScope, FactFlag, IndicatorScope, MoneyUnit, Phase,
    RowKind, Side, TableState, TableType, UnitSource,
};

/// A word of a closed list: its id and its label.
pub(crate) type Term = (&'static str, &'static str);

/// Defines a list from a vocabulary of `normalize`.
macro_rules! vocabulary {
    ($($(#[$meta:meta])* $name:ident = $vocabulary:ident;)+) => {
        $(
            $(#[$meta])*
            pub(crate) fn $name() -> Vec<Term> {
                $vocabulary::ALL.iter().map(|word| (word.as_str(), word.label_zh())).collect()
            }
        )+
    };
}

vocabulary! {
    table_types = TableType;
    document_kinds = DocumentKind;
    entity_scopes = EntityScope;
    table_states = TableState;
    sides = Side;
    row_kinds = RowKind;
    column_kinds = ColumnKind;
    phases = Phase;
    fact_flags = FactFlag;
}

/// Defines the list of an enum whose labels stand here; one without a label does not compile.
macro_rules! labels {
    ($($list:ident, $one:ident: $type:ident { $($variant:ident = $label:literal;)+ })+) => {
        $(
            pub(crate) fn $one(value: $type) -> &'static str {
                match value { $($type::$variant => $label),+ }
            }

            pub(crate) fn $list() -> Vec<Term> {
                [$($type::$variant),+].map(|value| (value.as_str(), $one(value))).to_vec()
            }
        )+
    };
}

labels! {
    unit_sources, unit_source: UnitSource {
        Cell = "单元格"; Column = "栏目"; Table = "表"; Document = "全文"; Inferred = "由数据推断";
    }
    document_statuses, document_status: DocumentStatus {
        Ok = "完整"; Partial = "不完整"; Failed = "失败"; Unsupported = "不支持"; Duplicate = "重复";
    }
    methods, method: Method {
        Ruled = "按框线"; Unruled = "按对齐"; Sheet = "工作表"; Ocr = "文字识别";
    }
    indicator_scopes, indicator_scope: IndicatorScope {
        Department = "部门整体"; Project = "项目";
    }
    check_scopes, check_scope: CheckScope {
        Table = "一张表之内"; Document = "表与表之间"; Prose = "文字与表";
    }
    check_statuses, check_status: CheckStatus {
        Passed = "相符"; Rounding = "四舍五入差"; Failed = "不符"; Skipped = "未核";
    }
}

/// Defines a list whose ids `normalize` gives as texts.
macro_rules! words {
    ($($name:ident { $($id:literal = $label:literal;)+ })+) => {
        $(
            pub(crate) fn $name() -> Vec<Term> {
                vec![$(($id, $label)),+]
            }
        )+
    };
}

words! {
    causes {
        "extraction" = "识别有误"; "published" = "公开的数字本身不合"; "unit" = "单位"; "definition" = "口径不同";
    }
    funds {
        "total" = "合计";
        "fiscal_appropriation" = "财政拨款";
        "general_public" = "一般公共预算";
        "general_public.fiscal_appropriation" = "一般公共预算财政拨款";
        "government_fund" = "政府性基金预算";
        "state_capital" = "国有资本经营预算";
        "special_account" = "财政专户管理资金";
        "operating" = "事业收入";
        "business" = "事业单位经营收入";
        "superior_subsidy" = "上级补助收入";
        "subordinate_remittance" = "附属单位上缴收入";
        "unit_own" = "单位资金";
        "other" = "其他收入";
    }
    natures {
        "total" = "合计";
        "basic" = "基本支出";
        "basic.personnel" = "人员经费";
        "basic.personnel.wages" = "工资福利支出";
        "basic.personnel.household" = "对个人和家庭的补助";
        "basic.public" = "公用经费";
        "basic.public.goods_services" = "商品和服务支出";
        "basic.public.capital" = "资本性支出";
        "project" = "项目支出";
        "project.operating" = "其他运转类项目";
        "project.targeted" = "特定目标类项目";
        "reserve" = "机动经费";
        "operating" = "经营支出";
        "to_superior" = "上缴上级支出";
        "to_subordinate" = "对附属单位补助支出";
    }
    periods {
        "current" = "本年";
        "carryover" = "结转";
        "carried_forward" = "结转下年";
        "prior_year" = "上年";
        "prior_year_carryover" = "上年结转";
    }
}

/// The units that amounts are printed in.
pub(crate) fn units() -> Vec<Term> {
    MoneyUnit::ALL.iter().map(|unit| (unit.as_str(), unit.as_str())).collect()
}
