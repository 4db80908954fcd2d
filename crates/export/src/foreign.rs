//! Files that lie beside disclosures and are plainly no documents.

/// Endings of notes, programs, settings and leavings of systems. Pictures, web pages and texts of office programs are not among
/// them: a disclosure may have been published as one.
const ENDINGS: [&str; 27] = [
    "bak",
    "bat",
    "cfg",
    "cmd",
    "css",
    "db",
    "dll",
    "exe",
    "gitignore",
    "ini",
    "js",
    "json",
    "lnk",
    "lock",
    "log",
    "md",
    "ps1",
    "py",
    "r",
    "sh",
    "sql",
    "tmp",
    "toml",
    "txt",
    "url",
    "yaml",
    "yml",
];

/// The ending that says so, without its dot.
pub fn plainly_no_document(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit(['/', '\\']).next()?.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str()).then_some(ending)
}

#[cfg(test)]
mod tests {
    use super::plainly_no_document;

    #[test]
    fn only_what_cannot_be_a_disclosure_is_passed_over() {
        assert_eq!(plainly_no_document("a/README.MD").as_deref(), Some("md"));
        for name in ["预算.doc", "预算.png", "预算.html", "预算", "a.md/预算", "预算.csv"] {
            assert_eq!(plainly_no_document(name), None, "{name}");
        }
    }
}
