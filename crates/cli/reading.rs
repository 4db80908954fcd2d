//! What became of one file? Read, recognised, normalized: a record in every case.

use crate::second::{self, Twice};
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::{Diagnostic, DiagnosticCode, ExtractError, Extraction, LayoutOptions, Limits};
use yusuan_normalize::{Context, Correction, Given, NormalizedDocument};

/// Deep nesting in a hostile file needs stack, and a stack overflow can't be caught.
pub(crate) const STACK: usize = 64 << 20;

/// Size and SHA-256 of a file's bytes: what tells files apart before they are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Fingerprint {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, sha256: yusuan_export::sha256_hex(bytes) }
    }

    /// The output contract's id of a file's content.
    pub(crate) fn doc_id(&self) -> String {
        self.sha256.chars().take(16).collect()
    }
}

/// Reads a file and its fingerprint; the error is a sentence for the user.
pub(crate) fn read(path: &Path, limits: &Limits) -> Result<(Vec<u8>, Fingerprint), String> {
    // Asked before the file is opened: opening a FIFO waits for whoever writes to it.
    let metadata = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Err("不是普通文件".to_owned());
    }
    let file = File::open(path).map_err(|error| reason(&error))?;
    if metadata.len() > limits.file_bytes {
        let limit =
            ExtractError::LimitExceeded { what: "文件字节数", value: metadata.len(), limit: limits.file_bytes };
        return Err(limit.to_string());
    }
    let mut bytes = Vec::new();
    // The file may still be growing: never more than the limit, whatever its size was a moment ago.
    file.take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    let fingerprint = Fingerprint::of(&bytes);
    Ok((bytes, fingerprint))
}

/// Why the file system refused, in words for the user.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "找不到这个文件或文件夹".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        _ => format!("无法读取（{error}）"),
    }
}

/// The record of a file that could not even be opened.
pub(crate) fn unreadable(source: &str, error: String) -> DocumentRecord {
    DocumentRecord {
        doc_id: String::new(),
        source: source.to_owned(),
        format: String::new(),
        bytes: 0,
        sha256: String::new(),
        status: DocumentStatus::Failed,
        error,
        source_url: String::new(),
        document: None,
    }
}

/// The record of a file with known content and no result yet.
pub(crate) fn identified(source: &str, fingerprint: &Fingerprint) -> DocumentRecord {
    DocumentRecord {
        doc_id: fingerprint.doc_id(),
        bytes: fingerprint.bytes,
        sha256: fingerprint.sha256.clone(),
        ..unreadable(source, String::new())
    }
}

/// What is asked of a conversion: one value, so that it can be sent to a worker and named in a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Job {
    /// The file's name in the results.
    pub(crate) source: String,
    /// Its size and hash.
    pub(crate) fingerprint: Fingerprint,
    /// How much it may ask for.
    pub(crate) limits: Limits,
    /// What a list says of it.
    pub(crate) given: Given,
    /// What a reviewer corrected in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) corrections: Vec<Correction>,
    /// Which pages are read twice.
    pub(crate) twice: Twice,
}

/// Converts the bytes of one file.
pub(crate) fn convert(job: &Job, bytes: &[u8]) -> DocumentRecord {
    let mut record = identified(&job.source, &job.fingerprint);
    let format = contain(|| yusuan_extract::sniff(bytes));
    if let Ok(Ok(format)) = format {
        format.as_str().clone_into(&mut record.format);
    }
    match contain(|| document(job, bytes)) {
        Ok(Ok(mut document)) => {
            second::settle(&mut document, bytes, job.twice);
            succeed(&mut record, document);
        }
        Ok(Err(error)) => fail(&mut record, &error),
        Err(error) => record.error = error,
    }
    record
}

fn document(job: &Job, bytes: &[u8]) -> Result<NormalizedDocument, ExtractError> {
    let extraction = yusuan_extract::from_bytes(bytes, &job.limits)?;
    let context = Context::for_source(&job.source).with_given(job.given.clone());
    let context = context.with_corrections(job.corrections.clone());
    Ok(yusuan_normalize::normalize(extraction, &context))
}

fn succeed(record: &mut DocumentRecord, document: NormalizedDocument) {
    document.format.as_str().clone_into(&mut record.format);
    record.error = losses(&document.diagnostics);
    record.status = if record.error.is_empty() { DocumentStatus::Ok } else { DocumentStatus::Partial };
    record.document = Some(document);
}

fn fail(record: &mut DocumentRecord, error: &ExtractError) {
    record.error = error.to_string();
    if matches!(error, ExtractError::Unsupported { .. }) {
        record.status = DocumentStatus::Unsupported;
    }
}

/// Runs the readers on one file. A panic in them is a bug of ours or of a library, and that file's failure only.
pub(crate) fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // Nothing that the closure touches is used after a panic.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let words = panic.downcast_ref::<&str>().map(ToString::to_string);
        let words = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        let first: String = words.lines().next().unwrap_or_default().chars().take(120).collect();
        // What the standard library says of a collection that can't be that large.
        if first.contains("capacity overflow") {
            return "内存超限：文件声明的大小超出可用内存".to_owned();
        }
        format!("程序内部错误（{first}），请报告这个文件")
    })
}

/// Draws the pages for the review page. Without pictures the page still shows everything else and says that they are
/// missing, so no failure of theirs is the document's; a disk that refuses will refuse the results too, and be told then.
pub(crate) fn draw_pages(out: &Path, doc_id: &str, bytes: &[u8]) {
    if let Ok(Err(error)) | Err(error) =
        contain(|| yusuan_export::draw_pages(out, doc_id, bytes).map_err(|error| error.to_string()))
    {
        tracing::warn!(doc_id, error, "no pictures");
    }
}

/// What was lost, one sentence per kind: a scan of 300 pages is one loss, not 300.
fn losses(diagnostics: &[Diagnostic]) -> String {
    let mut kinds: Vec<(DiagnosticCode, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code.loses_content()) {
        match kinds.iter_mut().find(|(code, _)| *code == diagnostic.code) {
            Some((_, same)) => same.push(diagnostic),
            None => kinds.push((diagnostic.code, vec![diagnostic])),
        }
    }
    kinds.iter().map(|(_, same)| one_loss(same)).collect::<Vec<_>>().join("；")
}

fn one_loss(same: &[&Diagnostic]) -> String {
    const SHOWN: usize = 5;
    let message = same.first().map_or("", |first| &first.message);
    let places: Vec<&str> = same.iter().filter_map(|diagnostic| diagnostic.place.as_deref()).take(SHOWN).collect();
    match (places.is_empty(), same.len()) {
        (true, 0 | 1) => message.to_owned(),
        (true, count) => format!("{message}（共 {count} 处）"),
        (false, count) if count > SHOWN => format!("{message}（{} 等 {count} 处）", places.join("、")),
        (false, _) => format!("{message}（{}）", places.join("、")),
    }
}

/// Reads one file for the commands that show a single file; the error is one line for the user.
pub(crate) fn extract(path: &Path, options: LayoutOptions) -> anyhow::Result<Result<Extraction, String>> {
    alone(path, move |bytes, limits| yusuan_extract::read(bytes, &options, limits))
}

/// Draws one page of a PDF with its tables; `None` where there is no such page.
pub(crate) fn draw(path: &Path, number: u32) -> anyhow::Result<Result<Option<String>, String>> {
    alone(path, move |bytes, limits| yusuan_extract::debug_svg(bytes, number, limits))
}

/// Works on one file's bytes in a thread with a deep stack and under the same net as a conversion.
fn alone<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce(&[u8], &Limits) -> Result<T, ExtractError> + Send + 'static,
) -> anyhow::Result<Result<T, String>> {
    let limits = Limits::default();
    std::fs::metadata(path).map_err(|error| anyhow::anyhow!("{}：{}", path.display(), reason(&error)))?;
    let path = path.to_owned();
    let work = move || {
        let (bytes, _) = read(&path, &limits)?;
        contain(|| work(&bytes, &limits))?.map_err(|error| error.to_string())
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).context("无法启动线程")?;
    Ok(thread.join().unwrap_or_else(|_| Err("程序内部错误，请报告这个文件".to_owned())))
}

/// Normalizes with the same net as a conversion.
pub(crate) fn normalize(extraction: Extraction, source: &str) -> Result<NormalizedDocument, String> {
    contain(|| yusuan_normalize::normalize(extraction, &Context::for_source(source)))
}

/// What a single file's reading lost, for the user.
pub(crate) fn lost(extraction: &Extraction) -> String {
    losses(&extraction.diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost_page(page: u32) -> Diagnostic {
        Diagnostic {
            code: DiagnosticCode::PageLost,
            place: Some(format!("第{page}页")),
            message: "页面损坏".to_owned(),
        }
    }

    #[test]
    fn a_panic_is_one_files_failure() {
        let error = contain(|| panic!("index out of bounds\nbacktrace")).unwrap_err();
        assert_eq!(error, "程序内部错误（index out of bounds），请报告这个文件");
        assert_eq!(contain(|| 1), Ok(1));
    }

    #[test]
    fn losses_of_one_kind_are_one_sentence() {
        assert_eq!(losses(&[lost_page(3)]), "页面损坏（第3页）");
        let many: Vec<_> = (1..=300).map(lost_page).collect();
        assert_eq!(losses(&many), "页面损坏（第1页、第2页、第3页、第4页、第5页 等 300 处）");
        let harmless = Diagnostic { code: DiagnosticCode::Repaired, ..lost_page(1) };
        assert_eq!(losses(&[harmless]), "");
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, b"123456").unwrap();
        let mut limits = Limits::default();
        limits.file_bytes = 5;
        assert!(read(&path, &limits).unwrap_err().contains("上限 5"));
        limits.file_bytes = 6;
        assert_eq!(read(&path, &limits).unwrap().1.bytes, 6);
        assert_eq!(read(folder.path(), &limits).unwrap_err(), "不是普通文件");
    }
}
