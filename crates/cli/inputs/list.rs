//! Lists of files: one path per line, or a table with what is known of each.

use super::name::path_from;
use super::naming::absolute;
use crate::language::said;
use crate::remote;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
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

/// A list, and its lines that can't be used: each costs itself and is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) files: Vec<Listed>,
    pub(crate) problems: Vec<String>,
}

/// One path per line; a byte order mark and carriage returns come from lists made on Windows.
pub(super) fn lines(mut lines: impl BufRead) -> std::io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    lines.by_ref().take(LARGEST).read_to_end(&mut bytes)?;
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let lines = text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.trim_ascii().is_empty()).map(path_from).collect())
}

/// The files that a list names, one path per line. Relative paths are relative to the working folder, as on the command
/// line.
pub(crate) fn files_from(list: &Path) -> anyhow::Result<Listing> {
    let open = || File::open(list).and_then(|file| lines(BufReader::new(file)));
    let paths = open().with_context(|| said::list_unreadable(list.display()))?;
    let mut gathered = Gathered::default();
    for (index, path) in paths.into_iter().enumerate() {
        let listed = Listed { depth: depth(&path), path, given: Given::default() };
        gathered.add(listed, index + 1);
    }
    Ok(gathered.told(&said::list_of_files(list.display())))
}

/// The files of a table with the columns path, url, region, department, year (path alone is needed; others are left
/// alone). Relative paths are relative to the table's own folder, since it travels with the files. A line that can't be
/// understood costs itself.
pub(crate) fn manifest(table: &Path) -> anyhow::Result<Listing> {
    let opened = File::open(table).with_context(|| said::table_unreadable(table.display()))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(opened.take(LARGEST));
    let headers = reader.byte_headers().with_context(|| said::table_unreadable(table.display()))?.clone();
    let headers: Vec<String> = headers.iter().map(text_of).collect();
    let column = |name: &str| headers.iter().position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
    let Some(path_at) = column("path") else {
        bail!(said::table_without_path(table.display()));
    };
    let columns = Columns {
        path: path_at,
        region: column("region"),
        department: column("department"),
        year: column("year"),
        url: column("url"),
    };
    let folder = table.parent().unwrap_or(Path::new(""));
    let mut gathered = Gathered::default();
    for (index, row) in reader.byte_records().enumerate() {
        match row.map_err(|error| error.to_string()).and_then(|row| columns.listed(&row, folder)) {
            Ok(Some(listed)) => gathered.add(listed, index + 2),
            Ok(None) => {}
            Err(why) => gathered.problems.push(said::line_not_used(index + 2, why)),
        }
    }
    Ok(gathered.told(&said::table_of_files(table.display())))
}

/// Where the columns of a table stand.
struct Columns {
    path: usize,
    region: Option<usize>,
    department: Option<usize>,
    year: Option<usize>,
    url: Option<usize>,
}

impl Columns {
    /// The file of a row; `None` where it names none.
    fn listed(&self, row: &csv::ByteRecord, folder: &Path) -> Result<Option<Listed>, String> {
        let field = |at: Option<usize>| at.and_then(|at| row.get(at)).map(text_of).unwrap_or_default();
        let bytes = row.get(self.path).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(None);
        }
        // A table from Excel may be in the Chinese national encoding, while the names on the disk are not, or are as well.
        let as_written = path_from(bytes);
        let is_there = std::fs::symlink_metadata(folder.join(&as_written)).is_ok();
        let path = if is_there { as_written } else { PathBuf::from(text_of(bytes)) };
        let year = year_of(&field(self.year)).map_err(|()| said::no_year(field(self.year)))?;
        let given =
            Given { region: field(self.region), department: field(self.department), year, url: field(self.url) };
        let depth = depth(&path);
        let path = if remote::is_address(&path) { path } else { folder.join(path) };
        Ok(Some(Listed { path, depth, given }))
    }
}

/// A field as text, whether it is in Unicode or in the Chinese national encoding.
pub(super) fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The files of a list so far.
#[derive(Default)]
struct Gathered {
    files: Vec<Listed>,
    problems: Vec<String>,
    /// The line that names each path first.
    known: BTreeMap<PathBuf, usize>,
}

impl Gathered {
    /// Adds a file. Of two lines about one file the first counts: which of them is right can't be told.
    fn add(&mut self, listed: Listed, line: usize) {
        let place = absolute(&listed.path);
        if let Some(first) = self.known.get(&place) {
            let path = listed.path.display();
            self.problems.push(said::line_not_used(line, said::listed_before(path, first)));
            return;
        }
        self.known.insert(place, line);
        self.files.push(listed);
    }

    /// The list, its problems with the list's name.
    fn told(self, list: &str) -> Listing {
        let problems = self.problems.into_iter().map(|problem| format!("{list} {problem}")).collect();
        Listing { files: self.files, problems }
    }
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
    if remote::is_address(path) {
        return 1;
    }
    let plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let parts = path.components().filter(|part| matches!(part, Component::Normal(_))).count();
    if plain { parts.max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &[u8]) -> anyhow::Result<Listing> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, text).unwrap();
        manifest(&path)
    }

    #[test]
    fn a_table_says_what_is_known() {
        let text =
            "\u{feff}path,url,region,department,year\n2024/a.pdf,https://x/a,河南省焦作市,财政局,2024年\nb.pdf,,,,\n";
        let listed = table(text.as_bytes()).unwrap().files;
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
    fn a_table_without_paths_is_refused_and_a_bad_line_costs_itself() {
        assert!(table(b"file,year\na.pdf,2024\n").unwrap_err().to_string().contains("path"));
        let listing = table(b"path,year\na.pdf,24\nb.pdf,2024\n./b.pdf,2023\nc.pdf,\n").unwrap();
        assert_eq!(listing.files.iter().map(|file| file.given.year).collect::<Vec<_>>(), [Some(2024), None]);
        assert_eq!(listing.problems.len(), 2);
        assert!(listing.problems[0].contains("第 2 行没有采用：年度“24”"), "{listing:?}");
        assert!(listing.problems[1].contains("已在第 3 行"), "{listing:?}");
    }

    #[test]
    fn a_table_may_be_in_the_national_encoding() {
        let (text, _, _) = encoding_rs::GB18030.encode("path,department\n预算.pdf,财政局\n");
        let listing = table(&text).unwrap();
        assert!(listing.files[0].path.ends_with("预算.pdf"));
        assert_eq!(listing.files[0].given.department, "财政局");
    }
}
