//! What a look at an output folder found.

use super::printer::plain;
use yusuan_export::KeptAside;

/// Names shown of each kind.
const SHOWN: usize = 20;

/// Counted results, documents and combined files, and which of each are damaged.
pub(crate) fn findings_of_folder(
    (results, documents, files): (usize, usize, usize),
    (bad_results, bad_documents, bad_files): (&[String], &[String], &[String]),
) -> String {
    let mut said = vec![
        format!("保存的结果 {results}，损坏 {}", bad_results.len()),
        format!("文件的输出 {documents}，被改动 {}", bad_documents.len()),
        format!("汇总文件 {files}，被改动 {}", bad_files.len()),
    ];
    for (label, bad) in [("结果损坏", bad_results), ("输出被改动", bad_documents), ("汇总被改动", bad_files)]
    {
        said.extend(bad.iter().take(SHOWN).map(|name| format!("{label}：{name}")));
        if let Some(more) = bad.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            said.push(format!("{label}：另有 {more} 个"));
        }
    }
    said.iter().map(|line| plain(&line.replace('\n', "\u{fffd}")).into_owned() + "\n").collect()
}

/// What was kept beside because it was not what was written last.
pub(crate) fn kept_aside(kept: &[KeptAside]) -> Vec<String> {
    let line = |one: &KeptAside| {
        format!("{} 与上次写出的不同，没有覆盖，原样留作 {}", one.file.display(), one.now.display())
            .replace('\n', "\u{fffd}")
    };
    let mut said: Vec<String> = kept.iter().take(SHOWN).map(line).collect();
    said.extend(
        kept.len()
            .checked_sub(SHOWN)
            .filter(|more| *more > 0)
            .map(|more| format!("另有 {more} 个这样的文件，名字里都有 .edited-")),
    );
    said
}
