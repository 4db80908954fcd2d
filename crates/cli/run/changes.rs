//! Who changed what, and when: `changes.csv` beside the corrections, to which each change is added.

use anyhow::{Context, Result};
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use yusuan_export::neutralize;

/// The file.
const NAME: &str = "changes.csv";

/// Its columns.
const COLUMNS: [&str; 8] = ["at", "who", "doc_id", "source", "what", "place", "before", "after"];

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// When, in UTC.
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) doc_id: String,
    pub(crate) source: String,
    /// `correction` or `hint`.
    pub(crate) what: String,
    /// The cell, or what a hint is about.
    pub(crate) place: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Adds changes to the file, durable when this returns.
pub(super) fn add(folder: &Path, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let path = path(folder);
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let is_new = !path.exists();
    if is_new {
        writer.write_record(COLUMNS)?;
    }
    for c in changes {
        let fields = [&c.at, &c.who, &c.doc_id, &c.source, &c.what, &c.place, &c.before, &c.after];
        writer.write_record(fields.map(|field| neutralize(field).into_owned()))?;
    }
    let lines = writer.into_inner()?;
    let mut file =
        OpenOptions::new().create(true).append(true).open(&path).with_context(|| path.display().to_string())?;
    if is_new {
        file.write_all("\u{feff}".as_bytes())?;
    }
    file.write_all(&lines)?;
    Ok(file.sync_data()?)
}

/// The changes of a document, or of all, the newest first.
pub(super) fn newest_first(folder: &Path, doc_id: Option<&str>) -> Result<Vec<Change>> {
    let bytes = match std::fs::read(path(folder)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut all = Vec::new();
    // A line that a killed program left half written is none.
    for row in csv::ReaderBuilder::new().flexible(true).from_reader(bytes).records().filter_map(Result::ok) {
        let field = |at: usize| row.get(at).map(plain).unwrap_or_default().to_owned();
        let [at, who, id, source, what, place, before, after] = [0, 1, 2, 3, 4, 5, 6, 7].map(field);
        if doc_id.is_none_or(|wanted| wanted == id) {
            all.push(Change { at, who, doc_id: id, source, what, place, before, after });
        }
    }
    all.reverse();
    Ok(all)
}

/// The text without the apostrophe that keeps spreadsheets from running it.
fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|inner| neutralize(inner) == text).unwrap_or(text)
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Seconds since 1970 as a date and time in UTC.
pub(super) fn in_utc(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days counted from March of the year 0, so that the odd day of a leap year is the last one.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_dates() {
        let dates = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
        ];
        for (seconds, date) in dates {
            assert_eq!(in_utc(seconds), date);
        }
    }

    #[test]
    fn changes_come_back_the_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let change = |place: &str, after: &str| Change {
            at: in_utc(0),
            who: "甲，\"乙\"".to_owned(),
            doc_id: "ab".to_owned(),
            source: "a.pdf".to_owned(),
            what: "correction".to_owned(),
            place: place.to_owned(),
            before: "=1".to_owned(),
            after: after.to_owned(),
        };
        let (first, second) = (change("t01!R1C1", "2"), change("t01!R2C1", "'3"));
        add(folder.path(), std::slice::from_ref(&first)).unwrap();
        add(folder.path(), std::slice::from_ref(&second)).unwrap();
        assert_eq!(newest_first(folder.path(), Some("ab")).unwrap(), [second, first]);
        assert_eq!(newest_first(folder.path(), Some("cd")).unwrap(), []);
    }
}
