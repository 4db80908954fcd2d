//! Wrong command lines: the parser's findings in the user's language, with what was probably meant.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// What the user is told; `None` where the parser's own text (help, version) is what was asked for. `command` is the command
/// that was recognised, whose help says more.
pub(super) fn explain(error: &Error, command: Option<&str>) -> Option<String> {
    let words = finding(error)?;
    let hint = meant(error).map_or(String::new(), |meant| format!("；{meant}"));
    let help = command.map_or_else(|| "yusuan --help".to_owned(), |command| format!("yusuan {command} --help"));
    Some(format!("用法错误：{words}{hint}\n详见 {help}"))
}

/// What is wrong.
fn finding(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(text).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("没有 {argument} 这个选项"),
        ErrorKind::UnknownArgument => format!("多了 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", of(ContextKind::InvalidSubcommand)),
        ErrorKind::ArgumentConflict if argument == of(ContextKind::PriorArg) => format!("{argument} 写了不止一次"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同时使用", of(ContextKind::PriorArg)),
        ErrorKind::NoEquals => format!("{argument} 的值要用等号连着写"),
        ErrorKind::TooManyValues => format!("{argument} 不带值"),
        ErrorKind::InvalidUtf8 => "有的词不是 UTF-8 文字".to_owned(),
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
    })
}

/// What was probably meant.
fn meant(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(text).filter(|text| !text.is_empty());
    if error.kind() == ErrorKind::InvalidSubcommand {
        let name = of(ContextKind::InvalidSubcommand)?;
        // A file in the place of the command: converting is what most people want of it.
        if name.contains(['.', '/', '\\']) {
            return Some(format!("要转换文件，请用 yusuan convert {name} -o out/"));
        }
        return of(ContextKind::SuggestedSubcommand).as_deref().map(is_it);
    }
    if let Some(command) = of(ContextKind::SuggestedSubcommand) {
        return Some(format!("它是 {command} 的选项"));
    }
    of(ContextKind::SuggestedArg).or_else(|| of(ContextKind::SuggestedValue)).as_deref().map(is_it)
}

fn is_it(meant: &str) -> String {
    format!("是不是 {meant}？")
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

    fn said(args: &[&str]) -> String {
        let error = Args::try_parse_from([&["yusuan"], args].concat()).unwrap_err();
        explain(&error, args.first().copied().filter(|first| *first == "convert")).unwrap_or_default()
    }

    #[test]
    fn findings_name_what_was_typed() {
        let cases: [(&[&str], &str); 13] = [
            (&["convert"], "缺少 --output <文件夹>、<路径>..."),
            (&["convert", "a", "-o", "b", "--bogus"], "没有 --bogus 这个选项"),
            (&["divine"], "没有 divine 这个命令"),
            (&["inspect", "a", "-q", "-v"], "--quiet 不能与 --verbose 同时使用"),
            (&["convert", "a", "-o", "b", "-f", "docx"], "--format <格式> 的值不能是 docx，可用：xlsx、csv"),
            (&["tables", "a", "--pages", "3-1"], "--pages <页码> 的值不能是 3-1：页码应写作"),
            (&["convert", "a", "-o", "b", "--jobs", "0"], "--jobs <数量> 的值不能是 0：应是 1 以上的整数"),
            (&["tables", "a", "b"], "多了 b"),
            (&["convert", "a", "-o", "b", "-o", "c"], "--output <文件夹> 写了不止一次"),
            (&["convrt", "a"], "没有 convrt 这个命令；是不是 convert？"),
            (&["convert", "a", "-o", "b", "--formt", "csv"], "没有 --formt 这个选项；是不是 --format？"),
            (&["convert", "a", "-o", "b", "-f", "xslx"], "；是不是 xlsx？"),
            (&["预算.pdf"], "请用 yusuan convert 预算.pdf -o out/"),
        ];
        for (args, words) in cases {
            let said = said(args);
            assert!(said.contains(words), "{args:?}: {said}");
        }
    }

    #[test]
    fn the_help_of_the_command_is_named() {
        assert!(said(&["convert"]).ends_with("\n详见 yusuan convert --help"));
        assert!(said(&["divine"]).ends_with("\n详见 yusuan --help"));
    }

    #[test]
    fn help_is_no_finding() {
        let error = Args::try_parse_from(["yusuan", "--help"]).unwrap_err();
        assert_eq!(explain(&error, None), None);
    }
}
