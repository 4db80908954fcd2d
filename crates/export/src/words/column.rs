//! The words that the data dictionary says of a column: what it holds, and where that comes from.

/// Defines an enum whose variants have a label.
macro_rules! labelled {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        impl $name {
            /// The word used in the dictionary.
            pub(crate) fn label_zh(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }
    };
}

labelled! {
    /// What a column holds, whatever file it is written to.
    Kind {
        /// Free text.
        Text = "文本";
        /// Text that repeats from row to row: ids, names of bodies, words of a closed list.
        Term = "文本";
        /// A fiscal year.
        Year = "年度";
        /// A count or a position.
        Integer = "整数";
        /// An exact amount of money.
        Amount = "金额";
        /// A measured number: points on the page, shares.
        Measure = "小数";
        /// Yes or no.
        Boolean = "是否";
    }
}

labelled! {
    /// Where a column's value comes from.
    Origin {
        /// The file itself: its path, its bytes.
        File = "文件";
        /// Printed in the file and taken over as it stands.
        Printed = "原文";
        /// Understood from what is printed: classified, converted.
        Read = "判读";
        /// Counted or computed by this program.
        Computed = "计算";
        /// Told by a list of the inputs.
        Listed = "清单";
    }
}

/// A yes or no in a sheet.
pub(crate) fn yes_or_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
