//! Small input files, and the program to give them to.

use assert_cmd::Command;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that goes away with the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::Builder::new().prefix("yusuan-test-").tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A workbook with one small 支出总表 in 万元 whose amounts start with `first`.
    pub(crate) fn sheet(&self, name: &str, first: f64) -> PathBuf {
        self.file(name, &expenditure_sheet(first))
    }

    /// A workbook whose cells take several hundred MiB once they are read.
    pub(crate) fn large_sheet(&self, name: &str) -> PathBuf {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for row in 0..25_000 {
            for col in 0..20 {
                sheet.write(row, col, "一般公共预算拨款收入").unwrap();
            }
        }
        self.file(name, &workbook.save_to_buffer().unwrap())
    }
}

fn expenditure_sheet(first: f64) -> Vec<u8> {
    let mut workbook = Workbook::new();
    // Without a time of its own the same table has other bytes a second later.
    let made = ExcelDateTime::from_ymd(2024, 1, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "2024年部门支出总表").unwrap();
    sheet.write(1, 3, "单位：万元").unwrap();
    let header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"];
    for (col, text) in header.into_iter().enumerate() {
        sheet.write(2, col as u16, text).unwrap();
    }
    let rows = [("", "合计", first), ("2060701", "机构运行", first - 1.0), ("2060702", "科普活动", 1.0)];
    for (index, (code, name, total)) in rows.into_iter().enumerate() {
        let row = index as u32 + 3;
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, name).unwrap();
        for (col, amount) in [total, total - 0.25, 0.25].into_iter().enumerate() {
            sheet.write(row, col as u16 + 2, amount).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The program, with nothing of the surroundings that changes what it prints.
pub(crate) fn yusuan() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("yusuan");
    for variable in ["COLUMNS", "LINES", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    command
}

/// Runs `convert INPUT -o OUT` and gives its exit status.
pub(crate) fn convert(input: &Path, out: &Path) -> i32 {
    yusuan().arg("convert").arg(input).arg("-o").arg(out).output().unwrap().status.code().unwrap()
}

/// Every file below a folder with its bytes, in order. The state of a run (`.yusuan`) is left out: times belong there.
pub(crate) fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != ".yusuan") {
                    folders.push(path);
                }
            } else {
                files.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// The rows of a dataset below its header, as column name and field.
pub(crate) fn dataset(out: &Path, name: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(out.join(name)).unwrap();
    let header: Vec<String> =
        reader.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let row = |record: csv::StringRecord| header.iter().cloned().zip(record.iter().map(ToOwned::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// One column of a dataset.
pub(crate) fn column(out: &Path, name: &str, column: &str) -> Vec<String> {
    let field = |row: Vec<(String, String)>| row.into_iter().find(|(name, _)| name == column).unwrap().1;
    dataset(out, name).into_iter().map(field).collect()
}

/// Sends a process a signal. By a shell, which has this built in: `kill` is not a program everywhere.
#[cfg(unix)]
pub(crate) fn send(signal: &str, process: &str) {
    let kill = ["-c", "kill -s \"$0\" \"$1\"", signal, process];
    std::process::Command::new("sh").args(kill).status().unwrap();
}
