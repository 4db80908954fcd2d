//! What a look at an output folder found.

use super::printer::plain;
use crate::language::said;
use yusuan_export::KeptAside;

/// Names shown of each kind.
const SHOWN: usize = 20;

/// Counted results, documents and combined files, and which of each are damaged.
pub(crate) fn findings_of_folder(
    (results, documents, files): (usize, usize, usize),
    (bad_results, bad_documents, bad_files): (&[String], &[String], &[String]),
) -> String {
    let mut words = vec![
        said::results_verified(results, bad_results.len()),
        said::documents_verified(documents, bad_documents.len()),
        said::files_verified(files, bad_files.len()),
    ];
    let kinds = [
        (said::result_damaged(), bad_results),
        (said::output_changed(), bad_documents),
        (said::combined_changed(), bad_files),
    ];
    for (label, bad) in kinds {
        words.extend(bad.iter().take(SHOWN).map(|name| said::about_file(&label, name)));
        if let Some(more) = bad.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            words.push(said::more_of_these(&label, more));
        }
    }
    words.iter().map(|line| plain(&line.replace('\n', "\u{fffd}")).into_owned() + "\n").collect()
}

/// What was kept beside because it was not what was written last.
pub(crate) fn kept_aside(kept: &[KeptAside]) -> Vec<String> {
    let line = |one: &KeptAside| said::kept_aside(one.file.display(), one.now.display()).replace('\n', "\u{fffd}");
    let mut words: Vec<String> = kept.iter().take(SHOWN).map(line).collect();
    words.extend(kept.len().checked_sub(SHOWN).filter(|more| *more > 0).map(said::more_kept_aside));
    words
}
