//! Wrong command lines: the parser's findings in the user's language, with what was probably meant.

use crate::language::{list, said};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// What the user is told; `None` where the parser's own text (help, version) is what was asked for. `command` is the command
/// that was recognised, whose help says more.
pub(super) fn explain(error: &Error, command: Option<&str>) -> Option<String> {
    let words = finding(error)?;
    let words = meant(error).map_or_else(|| words.clone(), |meant| said::with_hint(&words, meant));
    let help = command.map_or_else(|| "yusuan --help".to_owned(), |command| format!("yusuan {command} --help"));
    Some(format!("{}\n{}", said::wrong_usage(words), said::see(help)))
}

/// What is wrong.
fn finding(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(text).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::MissingRequiredArgument => said::missing(argument),
        ErrorKind::MissingSubcommand => said::missing_command(),
        ErrorKind::UnknownArgument if argument.starts_with('-') => said::no_such_option(argument),
        ErrorKind::UnknownArgument => said::one_too_many(argument),
        ErrorKind::InvalidSubcommand => said::no_such_command(of(ContextKind::InvalidSubcommand)),
        ErrorKind::ArgumentConflict if argument == of(ContextKind::PriorArg) => said::given_twice(argument),
        ErrorKind::ArgumentConflict => said::not_together(argument, of(ContextKind::PriorArg)),
        ErrorKind::NoEquals => said::needs_equals(argument),
        ErrorKind::TooManyValues => said::takes_no_value(argument),
        ErrorKind::InvalidUtf8 => said::not_utf8(),
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => said::value_missing(argument),
        ErrorKind::InvalidValue => {
            said::not_one_of(argument, of(ContextKind::InvalidValue), of(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let wrong = said::wrong_value(argument, of(ContextKind::InvalidValue));
            std::error::Error::source(error).map_or_else(|| wrong.clone(), |why| said::because(&wrong, why))
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
            return Some(said::to_convert(name));
        }
        return of(ContextKind::SuggestedSubcommand).map(said::did_you_mean);
    }
    if let Some(command) = of(ContextKind::SuggestedSubcommand) {
        return Some(said::option_of(command));
    }
    of(ContextKind::SuggestedArg).or_else(|| of(ContextKind::SuggestedValue)).map(said::did_you_mean)
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => list(texts),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::cli::parse;

    fn said(args: &[&str]) -> String {
        let error = parse(&[&["yusuan"], args].concat()).unwrap_err();
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
        let error = parse(&["yusuan", "--help"]).unwrap_err();
        assert_eq!(explain(&error, None), None);
    }
}
