//! Money units: what a printed figure counts.

use crate::model::vocabulary::vocabulary;
use rust_decimal::Decimal;

vocabulary! {
    /// The unit that an amount is printed in, smallest first.
    MoneyUnit {
        Yuan = "元", "元";
        ThousandYuan = "千元", "千元";
        TenThousandYuan = "万元", "万元";
        MillionYuan = "百万元", "百万元";
        HundredMillionYuan = "亿元", "亿元";
    }
}

impl MoneyUnit {
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

vocabulary! {
    /// Where a unit was found, most trusted first.
    UnitSource {
        /// In the cell itself (53万元).
        Cell = "cell", "单元格";
        /// In the column's header.
        Column = "column", "栏目";
        /// In the table's caption.
        Table = "table", "表";
        /// In a statement for the whole document.
        Document = "document", "全文";
        /// Proved by arithmetic.
        Inferred = "inferred", "由数据推断";
    }
}
