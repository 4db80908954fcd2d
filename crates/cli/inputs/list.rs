//! Lists of files: one path per line, or a table with what is known of each.

use anyhow::{Context, bail};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};
use yusuan_normalize::Given;

/// A list longer than this is no list of files.
const LARGEST: u64 = 1 << 30;

/// One file of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Number of trailing parts of the path that the list gives.
    pub(crate) depth: usize,
    /// What the list says of it.
    pub(crate) given: Given,
}

/// One path per line; a byte order mark and carriage returns come from lists made on Windows.
pub(super) fn lines(mut lines: impl BufRead) -> std::io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    lines.by_ref().take(LARGEST).read_to_end(&mut bytes)?;
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let lines = text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.trim_ascii().is_empty()).map(path_of).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// The files that a list names, one path per line. Relative paths are relative to the working folder, as on the command
/// line.
pub(crate) fn files_from(list: &Path) -> anyhow::Result<Vec<Listed>> {
    let open = || File::open(list).and_then(|file| lines(BufReader::new(file)));
    let paths = open().with_context(|| format!("无法读取文件清单 {}", list.display()))?;
    let listed = |path: PathBuf| Listed { depth: depth(&path), path, given: Given::default() };
    Ok(paths.into_iter().map(listed).collect())
}

/// The files of a table with the columns path, url, region, department, year (path alone is needed; others are left
/// alone). Relative paths are relative to the table's own folder, since it travels with the files.
pub(crate) fn manifest(table: &Path) -> anyhow::Result<Vec<Listed>> {
    let opened = File::open(table).with_context(|| format!("无法读取清单 {}", table.display()))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(opened.take(LARGEST));
    let headers = reader.headers().with_context(|| format!("无法读取清单 {}", table.display()))?.clone();
    let column = |name: &str| headers.iter().position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
    let Some(path_at) = column("path") else {
        bail!("清单 {} 没有 path 这一列（应有：path,url,region,department,year）", table.display());
    };
    let (region, department, year, url) = (column("region"), column("department"), column("year"), column("url"));
    let folder = table.parent().unwrap_or(Path::new(""));
    let mut listed = Vec::new();
    for (index, row) in reader.records().enumerate() {
        let line = index + 2;
        let row = row.with_context(|| format!("清单 {} 第 {line} 行", table.display()))?;
        let field = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned();
        let path = PathBuf::from(field(Some(path_at)));
        if path.as_os_str().is_empty() {
            continue;
        }
        let Ok(year) = year_of(&field(year)) else {
            bail!("清单 {} 第 {line} 行的年度“{}”不是四位数的年份", table.display(), field(year));
        };
        let given = Given { region: field(region), department: field(department), year, url: field(url) };
        listed.push(Listed { depth: depth(&path), path: folder.join(path), given });
    }
    Ok(listed)
}

fn year_of(text: &str) -> Result<Option<i32>, ()> {
    let digits = text.trim_end_matches(['年', '度']);
    match digits.parse::<i32>() {
        _ if text.is_empty() => Ok(None),
        Ok(year) if (1990..2100).contains(&year) => Ok(Some(year)),
        _ => Err(()),
    }
}

/// How much of the path is the file's name in the results: all of a plain relative path, else the last part.
fn depth(path: &Path) -> usize {
    let plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let parts = path.components().filter(|part| matches!(part, Component::Normal(_))).count();
    if plain { parts.max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> anyhow::Result<Vec<Listed>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, text).unwrap();
        manifest(&path)
    }

    #[test]
    fn a_table_says_what_is_known() {
        let text =
            "\u{feff}path,url,region,department,year\n2024/a.pdf,https://x/a,河南省焦作市,财政局,2024年\nb.pdf,,,,\n";
        let listed = table(text).unwrap();
        assert_eq!(listed.len(), 2);
        assert!(listed[0].path.ends_with("2024/a.pdf"));
        let given = Given {
            region: "河南省焦作市".to_owned(),
            department: "财政局".to_owned(),
            year: Some(2024),
            url: "https://x/a".to_owned(),
        };
        assert_eq!((listed[0].depth, &listed[0].given), (2, &given));
        assert_eq!((listed[1].depth, &listed[1].given), (1, &Given::default()));
    }

    #[test]
    fn a_table_that_cannot_be_understood_is_refused() {
        assert!(table("file,year\na.pdf,2024\n").unwrap_err().to_string().contains("path"));
        assert!(table("path,year\na.pdf,24\n").unwrap_err().to_string().contains("第 2 行"));
    }
}
