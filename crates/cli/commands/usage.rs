//! Wrong command lines: the parser's findings in the user's language.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// One sentence for the user; `None` where the parser's own text (help, version) is what was asked for.
pub(super) fn explain(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(text).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let words = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", of(ContextKind::InvalidSubcommand)),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同时使用", of(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => format!("{argument} 缺少值"),
        ErrorKind::InvalidValue => {
            let (value, valid) = (of(ContextKind::InvalidValue), of(ContextKind::ValidValue));
            format!("{argument} 的值不能是 {value}，可用：{valid}")
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map_or(String::new(), |source| format!("：{source}"));
            format!("{argument} 的值不能是 {}{reason}", of(ContextKind::InvalidValue))
        }
        _ => return None,
    };
    Some(format!("用法错误：{words}\n详见 yusuan --help"))
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::cli::Args;
    use clap::Parser;

    #[test]
    fn findings_name_what_was_typed() {
        let cases: [(&[&str], &str); 6] = [
            (&["convert"], "缺少 --output <文件夹>、<路径>..."),
            (&["convert", "a", "-o", "b", "--bogus"], "没有 --bogus 这个选项"),
            (&["divine"], "没有 divine 这个命令"),
            (&["inspect", "a", "-q", "-v"], "--quiet 不能与 --verbose 同时使用"),
            (&["convert", "a", "-o", "b", "-f", "docx"], "--format <格式> 的值不能是 docx，可用：xlsx、csv"),
            (&["tables", "a", "--pages", "3-1"], "--pages <页码> 的值不能是 3-1：页码应写作"),
        ];
        for (args, words) in cases {
            let error = Args::try_parse_from([&["yusuan"], args].concat()).unwrap_err();
            let said = explain(&error).unwrap_or_default();
            assert!(said.contains(words), "{args:?}: {said}");
        }
    }

    #[test]
    fn help_is_no_finding() {
        let error = Args::try_parse_from(["yusuan", "--help"]).unwrap_err();
        assert_eq!(explain(&error), None);
    }
}
