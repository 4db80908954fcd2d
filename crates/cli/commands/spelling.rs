//! The words of a command line as its parser wants them: a list may be written with spaces, or with Chinese commas.

use std::ffi::OsString;

/// Options whose value is a list.
const LISTS: [&str; 3] = ["-f", "--format", "--pages"];

const COMMAS: [char; 3] = [',', '，', '、'];

/// The words with every list in one: `-f xlsx, csv` is meant as `-f xlsx,csv`.
pub(super) fn with_lists_joined(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        if word == "--" {
            joined.push(word);
            joined.extend(words.by_ref());
            break;
        }
        let Some((option, value)) = word.to_str().and_then(list_option) else {
            joined.push(word);
            continue;
        };
        let (option, apart) = (option.to_owned(), value.is_none());
        let first = value.map(ToOwned::to_owned).or_else(|| take_text(&mut words));
        let Some(mut list) = first else {
            joined.push(word);
            continue;
        };
        while let Some(next) = words.next_if(|next| next.to_str().is_some_and(|next| goes_on(&list, next))) {
            list.push_str(&next.to_string_lossy());
        }
        let list = tidy(&list);
        if apart {
            joined.extend([option, list].map(OsString::from));
        } else {
            joined.push((option + &list).into());
        }
    }
    joined
}

/// The option that takes a list, and its value where it stands in the same word.
fn list_option(word: &str) -> Option<(&str, Option<&str>)> {
    if LISTS.contains(&word) {
        return Some((word, None));
    }
    let long = word.split_once('=').filter(|(name, _)| name.starts_with("--") && LISTS.contains(name));
    let at = long.map(|(name, _)| name.len() + 1).or_else(|| word.starts_with("-f").then_some(2))?;
    Some((&word[..at], Some(&word[at..])))
}

/// The next word, if it is a value.
fn take_text(words: &mut std::iter::Peekable<impl Iterator<Item = OsString>>) -> Option<String> {
    words
        .next_if(|word| word.to_str().is_some_and(|word| !word.starts_with('-')))
        .and_then(|word| word.into_string().ok())
}

/// Whether the list is not at its end before the next word.
fn goes_on(list: &str, next: &str) -> bool {
    !next.starts_with('-') && (list.trim_end().ends_with(COMMAS) || next.starts_with(COMMAS))
}

/// Without spaces, with plain commas, none of them at an end. What is no list stays as it was typed.
fn tidy(list: &str) -> String {
    let parts: Vec<&str> = list.split(COMMAS).map(str::trim).collect();
    let parts = match parts.as_slice() {
        [rest @ .., ""] if !rest.is_empty() => rest,
        all => all,
    };
    parts.join(",")
}

/// Words are alike that differ in no more than one letter of so many.
const LETTERS_PER_SLIP: usize = 3;

/// The known word that was probably meant.
pub(super) fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let slips = |word: &str| slips(&typed, &word.to_lowercase().chars().collect::<Vec<char>>());
    let near = known.map(|word| (slips(word), word)).min_by_key(|(slips, _)| *slips)?;
    (near.0 * LETTERS_PER_SLIP <= typed.len()).then_some(near.1)
}

/// How many letters must be put in, taken out, replaced or exchanged with the next to make one word the other.
fn slips(typed: &[char], word: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=word.len()).collect()];
    for (i, letter) in typed.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in word.iter().enumerate() {
            let replaced = rows[i][j] + usize::from(letter != other);
            let mut least = replaced.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && typed[i - 1] == *other && *letter == word[j - 1] {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[typed.len()][word.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_be_written_with_spaces() {
        let cases = [
            ("convert a -f|xlsx,|csv -o out", "convert a -f|xlsx,csv -o out"),
            ("convert a -f|xlsx|,csv", "convert a -f|xlsx,csv"),
            ("convert a --format=xlsx,|csv,|parquet", "convert a --format=xlsx,csv,parquet"),
            ("convert a -f|xlsx，csv、parquet b", "convert a -f|xlsx,csv,parquet b"),
            ("convert a -f|xlsx, csv", "convert a -f|xlsx,csv"),
            ("convert a -f|xlsx, -o out", "convert a -f|xlsx -o out"),
            ("convert a -fxlsx,|csv", "convert a -fxlsx,csv"),
            ("tables a --pages|1-3,|7", "tables a --pages|1-3,7"),
            ("convert a -f|xlsx b", "convert a -f|xlsx b"),
            ("convert -- -f|a,|b", "convert -- -f|a,|b"),
            ("convert a -f", "convert a -f"),
        ];
        // A bar parts words within which a space is part of the word.
        let words = |text: &str| -> Vec<OsString> { text.split('|').flat_map(split).map(OsString::from).collect() };
        for (typed, meant) in cases {
            assert_eq!(with_lists_joined(words(typed).into_iter()), words(meant), "{typed}");
        }
    }

    /// The words of a part; `xlsx, csv` is one.
    fn split(part: &str) -> Vec<String> {
        if part == "xlsx, csv" { vec![part.to_owned()] } else { part.split(' ').map(ToOwned::to_owned).collect() }
    }

    #[test]
    fn what_was_meant_is_near() {
        let known = ["A1", "E010", "unit_conflict", "unit_missing", "ocr"];
        let cases = [
            ("unit_conflct", Some("unit_conflict")),
            ("UNIT_MISSIGN", Some("unit_missing")),
            ("E01O", Some("E010")),
            ("orc", Some("ocr")),
            ("Z9", None),
            ("nothing", None),
            ("", None),
        ];
        for (typed, meant) in cases {
            assert_eq!(nearest(typed, known.into_iter()), meant, "{typed}");
        }
    }
}
