//! Files that once hung, crashed or exhausted the reader (made small), and whatever fuzzing finds: each must end quickly in
//! a result or a reason. `tests/past_failures` holds them; the fuzz targets start from the same folder.

use std::path::Path;
use std::time::{Duration, Instant};
use yusuan_extract::{DiagnosticCode, ExtractError, Extraction, Limits, from_bytes};

/// Generous, since test builds are slow and machines busy; what these files did before was minutes or never.
const SOON: Duration = Duration::from_mins(1);

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/past_failures")
}

fn read(name: &str) -> Result<Extraction, ExtractError> {
    let bytes = std::fs::read(folder().join(name)).expect("the file is part of the project");
    // What takes a second at the default limit takes minutes in a test build.
    let mut limits = Limits::default();
    limits.paths_per_page = 20_000;
    from_bytes(&bytes, &limits)
}

#[test]
fn every_past_failure_ends_soon() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder is part of the project")
        .map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        let start = Instant::now();
        let _result_or_reason = read(&name);
        assert!(start.elapsed() < SOON, "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn what_is_left_out_is_said() {
    let codes = |name: &str| -> Vec<DiagnosticCode> {
        read(name).expect("readable but for a page").diagnostics.iter().map(|d| d.code).collect()
    };
    assert_eq!(codes("content_swells.pdf"), [DiagnosticCode::PageLost]);
    assert_eq!(codes("content_swells_twice.pdf"), [DiagnosticCode::PageLost]);
    assert_eq!(codes("inline_images_without_end.pdf"), [DiagnosticCode::PageLost]);
    assert_eq!(codes("forms_of_forms.pdf"), [DiagnosticCode::Truncated]);
}

#[test]
fn what_cannot_be_read_safely_is_refused_with_the_reason() {
    for (name, word) in [("function_nested.pdf", "函数"), ("widths_of_billions.pdf", "宽度")] {
        let error = read(name).expect_err("beyond a limit");
        assert!(matches!(error, ExtractError::LimitExceeded { .. }) && error.to_string().contains(word), "{error}");
    }
}
