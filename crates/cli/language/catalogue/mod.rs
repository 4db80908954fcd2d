//! The catalogue. A message is a function of its parameters with its two renderings; one whose renderings don't have the
//! same parameters doesn't compile, and one that nobody says is a warning.

#![allow(
    clippy::needless_pass_by_value,
    clippy::useless_format,
    reason = "one form for all messages, whatever they hold"
)]

/// Messages that are said in the language of the program.
macro_rules! said {
    ($($name:ident($($parameter:ident),*) $zh:literal $en:literal;)+) => {
        $(
            #[doc = $en]
            pub(crate) fn $name($($parameter: impl std::fmt::Display),*) -> String {
                match $crate::language::language() {
                    $crate::language::Language::Zh => format!($zh, $($parameter = $parameter),*),
                    $crate::language::Language::En => format!($en, $($parameter = $parameter),*),
                }
            }
        )+

        /// All of them, Chinese and English.
        pub(in crate::language) const SAID: &[(&str, &str)] = &[$(($zh, $en)),+];
    };
}

/// Messages that are stored, in Chinese: in a document's record, in documents.csv. The list has both renderings.
macro_rules! kept {
    ($($name:ident($($parameter:ident),*) $zh:literal $en:literal;)+) => {
        $(
            #[doc = $en]
            pub(crate) fn $name($($parameter: impl std::fmt::Display),*) -> String {
                // Said here, so that a rendering with other parameters doesn't compile.
                debug_assert!(!format!($en, $($parameter = $parameter),*).is_empty());
                format!($zh, $($parameter = $parameter),*)
            }
        )+

        /// All of them, Chinese and English.
        pub(in crate::language) const KEPT: &[(&str, &str)] = &[$(($zh, $en)),+];
    };
}

pub(crate) mod codes;
pub(in crate::language) mod found;
pub(crate) mod help;
#[cfg_attr(not(feature = "cloud"), allow(dead_code, reason = "a program without it has less to say"))]
pub(crate) mod kept;
pub(crate) mod page;
pub(crate) mod said;
