//! The file of passwords: what opens which encrypted file. JSON, since a table program would make 12 of the password 0012.

use super::file::refusal;
use crate::language::said;
use anyhow::anyhow;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The version that this program reads and writes.
const VERSION: u32 = 1;

/// Passwords by document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Passwords {
    version: u32,
    passwords: Vec<OfDocument>,
}

/// The password of one document: named by its id; where that is missing by its name, whatever it holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OfDocument {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    doc_id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
    password: String,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { version: VERSION, passwords: Vec::new() }
    }
}

/// Whoever prints what a run was asked to do prints no password.
impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Passwords({})", self.passwords.len())
    }
}

impl Passwords {
    /// What opens a document.
    pub(crate) fn of(&self, doc_id: &str, source: &str) -> Option<&str> {
        let by_id = self.passwords.iter().find(|one| !one.doc_id.is_empty() && one.doc_id == doc_id);
        let by_name = || self.passwords.iter().find(|one| one.doc_id.is_empty() && one.source == source);
        by_id.or_else(by_name).map(|one| one.password.as_str())
    }

    /// From now on this opens the document.
    pub(crate) fn set(&mut self, doc_id: &str, source: &str, password: &str) {
        self.passwords.retain(|one| one.doc_id != doc_id);
        let (doc_id, source, password) = (doc_id.to_owned(), source.to_owned(), password.to_owned());
        self.passwords.push(OfDocument { doc_id, source, password });
    }

    /// The file that says this.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// Reads the file of passwords; one that can't be understood to the end is not used at all. What is wrong is told without a word of
/// what stands there.
pub(crate) fn read_passwords(path: &Path) -> anyhow::Result<Passwords> {
    let fail = |why: String| anyhow!(said::passwords_unusable(path.display(), why));
    let bytes = std::fs::read(path).map_err(|error| fail(crate::language::told(&refusal(&error)).into_owned()))?;
    parse(&bytes).map_err(fail)
}

fn parse(bytes: &[u8]) -> Result<Passwords, String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let read: Passwords = serde_json::from_slice(bytes).map_err(|error| said::passwords_at(error.line()))?;
    if read.version != VERSION {
        return Err(said::passwords_version(VERSION));
    }
    let nameless = read.passwords.iter().position(|one| one.doc_id.is_empty() && one.source.is_empty());
    nameless.map_or(Ok(read), |index| Err(said::passwords_whose(index + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_meant_by_its_id_or_else_by_its_name() {
        let text = r#"{"version": 1, "passwords": [
            {"source": "a.xlsx", "password": "0012"}, {"doc_id": "f00", "source": "b.pdf", "password": " x "}]}"#;
        let mut read = parse(text.as_bytes()).unwrap();
        assert_eq!(read.of("123", "a.xlsx"), Some("0012"));
        assert_eq!(read.of("f00", "elsewhere.pdf"), Some(" x "));
        assert_eq!((read.of("123", "b.pdf"), read.of("", "c.pdf")), (None, None));
        read.set("f00", "b.pdf", "new");
        assert_eq!(parse(read.text().as_bytes()).unwrap(), read);
        assert_eq!(read.of("f00", "b.pdf"), Some("new"));
    }

    #[test]
    fn what_can_not_be_understood_is_refused_without_its_words() {
        for text in [
            "",
            r#"{"version": 2, "passwords": []}"#,
            r#"{"version": 1, "passwords": [{"password": "secret"}]}"#,
            r#"{"version": 1, "passwords": [{"doc_id": "a", "password": {"secret": 1}}]}"#,
            "secret",
        ] {
            let why = parse(text.as_bytes()).unwrap_err();
            assert!(!why.is_empty() && !why.contains("secret"), "{why}");
        }
        let held = parse(br#"{"version": 1, "passwords": [{"doc_id": "a", "password": "secret"}]}"#).unwrap();
        assert_eq!(format!("{held:?}"), "Passwords(1)");
    }
}
