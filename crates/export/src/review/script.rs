//! Data as a script: a page on the disk can load scripts, but no other files.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The global object of the page.
const PAGE: &str = "yusuanReview";

/// A call of the page's function with the data as its argument.
pub(super) fn call<T: Serialize>(function: &str, data: &T) -> String {
    format!("{PAGE}.{function}({});\n", json(data))
}

/// The argument of such a call; `None` where the text is none.
pub(super) fn argument<T: DeserializeOwned>(function: &str, script: &str) -> Option<T> {
    let rest = script.trim_end().strip_prefix(PAGE)?.strip_prefix('.')?.strip_prefix(function)?;
    serde_json::from_str(rest.strip_prefix('(')?.strip_suffix(");")?).ok()
}

/// JSON that stays data wherever it stands: `<` could end a script element or open a comment in it, and U+2028 and U+2029
/// are line ends to old readers of scripts. All three occur only within strings.
pub(super) fn json<T: Serialize>(data: &T) -> String {
    let plain = serde_json::to_string(data).expect("plain data with text keys always has a JSON form");
    let mut safe = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_file_never_ends_the_script() {
        let hostile = "</script><script>alert(1)</script><!--\u{2028}\"\\";
        let written = call("x", &hostile);
        assert!(!written.contains('<') && !written.contains('\u{2028}'), "{written}");
        let inside = written.strip_prefix("yusuanReview.x(").unwrap().strip_suffix(");\n").unwrap();
        assert_eq!(serde_json::from_str::<String>(inside).unwrap(), hostile);
    }
}
