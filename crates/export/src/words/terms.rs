//! The closed lists of words that columns hold: each id with its label.

use crate::record::DocumentStatus;
use yusuan_extract::Method;
use yusuan_normalize::{
    CheckScope, CheckStatus, ColumnKind, Concept, DocumentKind, EntityScope, FactFlag, Fund, IndicatorScope, MoneyUnit,
    Nature, Period, Phase, RowKind, Side, TableLevel, TableState, TableType, UnitSource,
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
    table_levels = TableLevel;
    sides = Side;
    row_kinds = RowKind;
    column_kinds = ColumnKind;
    phases = Phase;
    fact_flags = FactFlag;
    funds = Fund;
    natures = Nature;
    concepts = Concept;
    unit_sources = UnitSource;
    indicator_scopes = IndicatorScope;
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
    document_statuses, document_status: DocumentStatus {
        Ok = "完整"; Partial = "不完整"; Failed = "失败"; Unsupported = "不支持"; Duplicate = "重复";
    }
    methods, method: Method {
        Ruled = "按框线"; Unruled = "按对齐"; Sheet = "工作表"; Ocr = "文字识别"; Document = "文档表格";
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
}

/// The units that amounts are printed in.
pub(crate) fn units() -> Vec<Term> {
    MoneyUnit::ALL.iter().map(|unit| (unit.as_str(), unit.as_str())).collect()
}

/// The years that an amount may be of. A change is said in the narrative alone, and no dataset's column holds it.
pub(crate) fn periods() -> Vec<Term> {
    let years = Period::ALL.iter().filter(|period| **period != Period::Change);
    years.map(|period| (period.as_str(), period.label_zh())).collect()
}
