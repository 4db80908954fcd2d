//! Which language the terminal is spoken to in.

use std::ffi::OsString;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    Zh,
    En,
}

/// Chosen once, by the command line; libraries, workers and whatever is stored never ask.
static CHOSEN: OnceLock<Language> = OnceLock::new();

/// Whether the program speaks to pages alone.
static TO_PAGES: AtomicBool = AtomicBool::new(false);

/// The language in which the program speaks.
pub(crate) fn language() -> Language {
    if TO_PAGES.load(Ordering::Relaxed) { Language::Zh } else { of_the_terminal() }
}

/// The language of the terminal.
pub(crate) fn of_the_terminal() -> Language {
    CHOSEN.get().copied().unwrap_or(Language::Zh)
}

/// From now on what the program says goes to pages: in Chinese, as all that is stored, and with its English beside it
/// ([`super::told::said_in_english`]), since each reader chooses. The terminal is told nothing any more.
pub(crate) fn speak_to_pages() {
    TO_PAGES.store(true, Ordering::Relaxed);
}

/// From now on the program speaks this language.
pub(crate) fn choose(language: Language) {
    // A second choice would change the language in the middle of a sentence.
    let _ = CHOSEN.set(language);
}

/// The one of two renderings that is in the language of the program.
pub(crate) fn in_both<T>(zh: T, en: T) -> T {
    match language() {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// Variables that say the language of messages, the one that wins first (POSIX, chapter 8).
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// What a command line asks for: `--lang` if it is there, else the locale. English is spoken where the locale is English;
/// C, POSIX and no locale at all are those of cron and of containers, and say nothing of who reads.
pub(crate) fn wanted(words: &[OsString], variable: impl Fn(&str) -> Option<OsString>) -> Language {
    let locale = || VARIABLES.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
    named(words).or_else(|| locale().map(|locale| of_locale(&locale.to_string_lossy()))).unwrap_or(Language::Zh)
}

/// The language that the option names; one that is not known is told by the parser.
fn named(words: &[OsString]) -> Option<Language> {
    let words = words.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--").collect::<Vec<_>>();
    let apart = words.windows(2).filter(|two| two[0] == "--lang").map(|two| two[1].as_ref());
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    match apart.chain(joined).next()?.to_ascii_lowercase().as_str() {
        "en" => Some(Language::En),
        "zh" => Some(Language::Zh),
        _ => None,
    }
}

/// `en`, `en_US.UTF-8`, `en-GB`.
fn of_locale(locale: &str) -> Language {
    let name = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if name.eq_ignore_ascii_case("en") { Language::En } else { Language::Zh }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables with their values.
    type Locale<'a> = &'a [(&'a str, &'a str)];

    fn spoken(line: &str, locale: Locale<'_>) -> Language {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        wanted(&words, |name| locale.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn the_option_wins_over_the_locale_and_the_first_variable_over_the_others() {
        use Language::{En, Zh};
        let cases: [(&str, Locale<'_>, Language); 12] = [
            ("yusuan", &[], Zh),
            ("yusuan", &[("LANG", "C")], Zh),
            ("yusuan", &[("LANG", "C.UTF-8")], Zh),
            ("yusuan", &[("LANG", "POSIX")], Zh),
            ("yusuan", &[("LANG", "zh_CN.UTF-8")], Zh),
            ("yusuan", &[("LANG", "en_US.UTF-8")], En),
            ("yusuan", &[("LANG", "en")], En),
            ("yusuan", &[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_CN.UTF-8")], Zh),
            ("yusuan", &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", ""), ("LC_MESSAGES", "en_GB")], En),
            ("yusuan status out --lang en", &[("LC_ALL", "zh_CN")], En),
            ("yusuan --lang=ZH status out", &[("LC_ALL", "en_US")], Zh),
            ("yusuan convert -- --lang en", &[], Zh),
        ];
        for (line, locale, expected) in cases {
            assert_eq!(spoken(line, locale), expected, "{line} {locale:?}");
        }
    }
}
