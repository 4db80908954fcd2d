//! Money units: what a printed figure counts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The unit that an amount is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MoneyUnit {
    /// 元.
    #[serde(rename = "元")]
    Yuan,
    /// 千元.
    #[serde(rename = "千元")]
    ThousandYuan,
    /// 万元.
    #[serde(rename = "万元")]
    TenThousandYuan,
    /// 百万元.
    #[serde(rename = "百万元")]
    MillionYuan,
    /// 亿元.
    #[serde(rename = "亿元")]
    HundredMillionYuan,
}

impl MoneyUnit {
    /// Every unit, smallest first.
    pub const ALL: &'static [Self] =
        &[Self::Yuan, Self::ThousandYuan, Self::TenThousandYuan, Self::MillionYuan, Self::HundredMillionYuan];

    /// As printed and as written in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::ThousandYuan => "千元",
            Self::TenThousandYuan => "万元",
            Self::MillionYuan => "百万元",
            Self::HundredMillionYuan => "亿元",
        }
    }

    /// How many yuan one of it is.
    pub fn factor(self) -> Decimal {
        Decimal::from(match self {
            Self::Yuan => 1_i64,
            Self::ThousandYuan => 1_000,
            Self::TenThousandYuan => 10_000,
            Self::MillionYuan => 1_000_000,
            Self::HundredMillionYuan => 100_000_000,
        })
    }
}

/// Where a unit was found, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitSource {
    /// In the cell itself (53万元).
    Cell,
    /// In the column's header.
    Column,
    /// In the table's caption.
    Table,
    /// In a statement for the whole document.
    Document,
    /// Proved by arithmetic.
    Inferred,
}

impl UnitSource {
    /// The id used in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cell => "cell",
            Self::Column => "column",
            Self::Table => "table",
            Self::Document => "document",
            Self::Inferred => "inferred",
        }
    }
}
