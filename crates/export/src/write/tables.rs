//! The tables of one document, a CSV each.

use crate::csv::{self, marked, neutralize};
use crate::error::ExportError;
use crate::file::{FileError, Keeper, is_absent, tables_folder};
use crate::options::ExportOptions;
use crate::record::DocumentRecord;
use std::fs;
use std::path::{Path, PathBuf};
use yusuan_normalize::{NormalizedDocument, Statement, TableType};

/// Writes a document's tables and removes those that no longer stand; returns how many there are.
pub(super) fn write_tables(
    keeper: &Keeper,
    record: &DocumentRecord,
    options: &ExportOptions,
) -> Result<usize, ExportError> {
    let folder = tables_folder(keeper.out(), &record.source);
    let document = record.document.as_ref();
    let names = document.map_or_else(Vec::new, table_names);
    remove_stale_tables(keeper, &folder, &names)?;
    let statements = names.iter().zip(document.iter().flat_map(|d| &d.statements));
    let file = |(name, statement): (&String, &Statement)| {
        (folder.join(name), marked(table(statement), options.byte_order_mark))
    };
    keeper.replace_all(&folder, &statements.map(file).collect::<Vec<_>>())?;
    Ok(names.len())
}

/// One table as laid out in print: the positions that a merged cell covers repeat its text, so that every row stands
/// alone. A table without a grid is the sentence that declares it empty.
fn table(statement: &Statement) -> Vec<u8> {
    let raw = &statement.raw;
    let text = |slot: &Option<usize>| slot.and_then(|cell| raw.cells.get(cell)).map_or("", |cell| &cell.text);
    let cover = raw.cover();
    let mut lines: Vec<Vec<_>> =
        cover.iter().map(|row| row.iter().map(|slot| neutralize(text(slot))).collect()).collect();
    if lines.is_empty() && !statement.empty_note.is_empty() {
        lines.push(vec![neutralize(&statement.empty_note)]);
    }
    csv::lines(&lines)
}

/// The tables of a document that stand below `out`, by name.
pub(super) fn written_tables(out: &Path, source: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(tables_folder(out, source)).into_iter().flatten().filter_map(Result::ok);
    let mut tables: Vec<PathBuf> =
        entries.filter(|entry| is_table_name(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect();
    tables.sort();
    tables
}

/// Takes the tables of a source for written here.
pub(super) fn vouch_tables(keeper: &Keeper, source: &str) -> Result<(), FileError> {
    keeper.vouch_all(&tables_folder(keeper.out(), source), &written_tables(keeper.out(), source))
}

/// `NN-<table_type>.csv` for every table, in order; the number keeps two tables of one type apart.
fn table_names(document: &NormalizedDocument) -> Vec<String> {
    let numbered = document.statements.iter().enumerate();
    numbered.map(|(index, s)| format!("{:02}-{}.csv", index + 1, s.table_type.as_str())).collect()
}

/// Removes the tables of an earlier run: an old number beside new ones would be taken for one of them. Files of other
/// names are somebody else's and stay.
fn remove_stale_tables(keeper: &Keeper, folder: &Path, current: &[String]) -> Result<(), ExportError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(()),
        Err(error) => return Err(ExportError::io(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(ExportError::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_table_name(&name) && !current.contains(&name) {
            keeper.remove_of(folder, &entry.path())?;
        }
    }
    Ok(())
}

fn is_table_name(name: &str) -> bool {
    let Some((number, rest)) = name.split_once('-') else { return false };
    let Some(id) = rest.strip_suffix(".csv") else { return false };
    let numbered = number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit());
    numbered && TableType::ALL.iter().any(|table_type| table_type.as_str() == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_called_like_tables_are_taken_for_old_ones() {
        assert!(is_table_name("01-three_public.csv") && is_table_name("112-other.csv"));
        for name in ["1-other.csv", "01-other.txt", "01-mine.csv", "x1-other.csv", "other.csv"] {
            assert!(!is_table_name(name), "{name}");
        }
    }
}
