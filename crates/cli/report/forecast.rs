//! What a run would do, in words: a line for each file, and how many of each.

use crate::language::{in_both, said, told};
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentStatus, document_status_label, workbook_path};

/// What would become of the files.
#[derive(Debug, Default)]
pub(crate) struct Forecast {
    pub(crate) files: Vec<Foreseen>,
    /// Files of the run before that are no more.
    pub(crate) gone: usize,
    /// Whether results are there, made by another version of the program, so that all is read anew.
    pub(crate) is_of_other_program: bool,
}

/// One file.
#[derive(Debug)]
pub(crate) struct Foreseen {
    pub(crate) path: PathBuf,
    pub(crate) source: String,
    pub(crate) fate: Fate,
}

/// What would become of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    New,
    Changed,
    Unchanged,
    /// The same as another one, and which.
    Copy(String),
    /// It can't be read, and why.
    Unreadable(String),
    NoDocument,
}

impl Fate {
    /// One of each, in the order in which they are counted.
    fn each() -> [Self; 6] {
        let (copy, unreadable) = (Self::Copy(String::new()), Self::Unreadable(String::new()));
        [Self::New, Self::Changed, Self::Unchanged, copy, unreadable, Self::NoDocument]
    }

    fn label(&self) -> String {
        match self {
            Self::New => said::would_be_new(),
            Self::Changed => said::would_be_changed(),
            Self::Unchanged => said::would_be_unchanged(),
            Self::Copy(_) => {
                in_both(document_status_label(DocumentStatus::Duplicate), DocumentStatus::Duplicate.as_str()).to_owned()
            }
            Self::Unreadable(_) => said::would_be_unreadable(),
            Self::NoDocument => said::would_be_passed_over(),
        }
    }
}

/// A line for each file: what becomes of it, where it is, where its workbook will be or why there is none.
pub(crate) fn foreseen_files(files: &[Foreseen], out: &Path) -> String {
    let line = |file: &Foreseen| {
        let target = match &file.fate {
            Fate::Copy(why) | Fate::Unreadable(why) => said::fate_because(told(why)),
            Fate::NoDocument => String::new(),
            _ => format!(" → {}", workbook_path(out, &file.source).display()),
        };
        format!("{} {}{target}\n", file.fate.label(), file.path.display())
    };
    files.iter().map(line).collect()
}

/// How many of each.
pub(crate) fn foreseen_counts(forecast: &Forecast) -> String {
    let mut counts: Vec<(String, usize)> = Fate::each().iter().map(|fate| (fate.label(), 0)).collect();
    for file in &forecast.files {
        counts.iter_mut().filter(|(label, _)| *label == file.fate.label()).for_each(|(_, count)| *count += 1);
    }
    counts.push((said::is_gone(), forecast.gone));
    let counts = counts.iter().filter(|(_, count)| *count > 0).map(|(label, count)| format!("{label} {count}"));
    let counts = counts.collect::<Vec<_>>().join(in_both("，", ", "));
    let anew = if forecast.is_of_other_program { said::read_anew() } else { String::new() };
    said::forecast(forecast.files.len(), counts, anew)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fate_is_counted() {
        let file = |name: &str, fate: Fate| Foreseen { path: name.into(), source: name.to_owned(), fate };
        let files = vec![
            file("a.pdf", Fate::New),
            file("b.pdf", Fate::Unchanged),
            file("c.pdf", Fate::Unreadable("文件是空的".to_owned())),
        ];
        let forecast = Forecast { files, gone: 1, is_of_other_program: false };
        assert!(foreseen_counts(&forecast).starts_with("共 3 个文件（新增 1，未变 1，无法读取 1，已不存在 1）；"));
        let text = foreseen_files(&forecast.files, Path::new("out"));
        assert_eq!(text.lines().last(), Some("无法读取 c.pdf →（文件是空的）"));
    }
}
