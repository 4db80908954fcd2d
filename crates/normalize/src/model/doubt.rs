//! Doubts about a whole table: what a reader should look at before using it.

use crate::model::money::MoneyUnit;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A doubt about a table. Each has a code, which never changes its meaning, and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Doubt {
    /// No title stands above the table.
    TitleMissing,
    /// Nothing says what unit the figures are printed in.
    UnitMissing {
        /// Figures without a value for that.
        count: usize,
    },
    /// The table's own unit doesn't fit what is said elsewhere of the same amounts.
    UnitSuspect {
        /// As printed.
        unit: Option<MoneyUnit>,
        /// Who says so.
        witness: Witness,
        /// How many times larger or smaller the amounts are there.
        times: Decimal,
    },
    /// The unit is not printed: the totals of other tables prove it.
    UnitInferred {
        /// The unit that makes the totals agree.
        unit: MoneyUnit,
    },
    /// The rows that look like leaves don't add up to the printed total.
    SumsDisagree,
    /// Indicators whose cells seem to stand a column beside their headings.
    IndicatorsShifted {
        /// How many indicators look so.
        count: usize,
    },
    /// Indicators without a goal of this year: only values of earlier years are printed.
    TargetsMissing {
        /// How many indicators.
        count: usize,
    },
    /// Amounts of a form that could not be read.
    AmountsUnclear {
        /// How many amounts.
        count: usize,
    },
}

/// What says that a table's unit is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// Other tables of the document.
    Tables,
    /// The narrative.
    Narrative,
}

impl Doubt {
    /// Every code with what it means, whatever the table.
    pub const MEANINGS: &'static [(&'static str, &'static str)] = &[
        ("title_missing", "没有找到表名"),
        ("unit_missing", "没有找到金额单位，数值没有换算"),
        ("unit_suspect", "表上的单位可能有误：同一合计与其他表或文字说明相差整倍数"),
        ("unit_inferred", "表上没有单位，由与其他表相同的合计推出"),
        ("sums_disagree", "各行之和与表中合计不符，汇总前请核对"),
        ("indicators_shifted", "绩效指标的列可能错位，请对照原表"),
        ("targets_missing", "有绩效指标没有印出本年目标值"),
        ("amounts_unclear", "表单中有金额没有读准，请对照原表"),
    ];

    /// The code, as in the serialized form.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TitleMissing => "title_missing",
            Self::UnitMissing { .. } => "unit_missing",
            Self::UnitSuspect { .. } => "unit_suspect",
            Self::UnitInferred { .. } => "unit_inferred",
            Self::SumsDisagree => "sums_disagree",
            Self::IndicatorsShifted { .. } => "indicators_shifted",
            Self::TargetsMissing { .. } => "targets_missing",
            Self::AmountsUnclear { .. } => "amounts_unclear",
        }
    }

    /// The sentence shown to people.
    pub fn sentence_zh(&self) -> String {
        match self {
            Self::TitleMissing => "没有找到表名".to_owned(),
            Self::UnitMissing { count } => format!("没有找到金额单位，{count} 个数未换算"),
            Self::UnitSuspect { unit, witness, times } => {
                let printed = unit.map_or("", MoneyUnit::as_str);
                let source = match witness {
                    Witness::Tables => "其他表",
                    Witness::Narrative => "文字说明",
                };
                format!("单位“{printed}”可能有误：同一合计与{source}相差{times}倍")
            }
            Self::UnitInferred { unit } => format!("表上没有单位，由与其他表相同的合计推出：{}", unit.as_str()),
            Self::SumsDisagree => "各行之和与表中合计不符，汇总前请核对".to_owned(),
            Self::IndicatorsShifted { count } => format!("{count} 个绩效指标的列可能错位，请对照原表"),
            Self::TargetsMissing { count } => format!("{count} 个绩效指标没有印出本年目标值"),
            Self::AmountsUnclear { count } => format!("表单中 {count} 个金额没有读准，请对照原表"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_doubt_has_its_own_code_and_sentence() {
        let wan = MoneyUnit::TenThousandYuan;
        let suspect = |witness| Doubt::UnitSuspect { unit: Some(wan), witness, times: Decimal::from(10_000) };
        let all = [
            (Doubt::TitleMissing, "title_missing", "没有找到表名"),
            (Doubt::UnitMissing { count: 3 }, "unit_missing", "没有找到金额单位，3 个数未换算"),
            (suspect(Witness::Tables), "unit_suspect", "单位“万元”可能有误：同一合计与其他表相差10000倍"),
            (suspect(Witness::Narrative), "unit_suspect", "单位“万元”可能有误：同一合计与文字说明相差10000倍"),
            (Doubt::UnitInferred { unit: wan }, "unit_inferred", "表上没有单位，由与其他表相同的合计推出：万元"),
            (Doubt::SumsDisagree, "sums_disagree", "各行之和与表中合计不符，汇总前请核对"),
            (Doubt::IndicatorsShifted { count: 5 }, "indicators_shifted", "5 个绩效指标的列可能错位，请对照原表"),
            (Doubt::TargetsMissing { count: 2 }, "targets_missing", "2 个绩效指标没有印出本年目标值"),
            (Doubt::AmountsUnclear { count: 2 }, "amounts_unclear", "表单中 2 个金额没有读准，请对照原表"),
        ];
        for (doubt, code, sentence) in all {
            assert_eq!((doubt.code(), doubt.sentence_zh().as_str()), (code, sentence));
            let written = serde_json::to_value(&doubt).unwrap();
            assert_eq!(written.get("code").and_then(|c| c.as_str()), Some(code));
            assert_eq!(serde_json::from_value::<Doubt>(written).unwrap(), doubt);
            assert!(Doubt::MEANINGS.iter().any(|(known, _)| *known == code), "{code} is not explained");
        }
    }
}
