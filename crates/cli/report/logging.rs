//! The log of a run: one file below the state folder, for the morning after.

use crate::store::{folder, now};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// Logs kept; a nightly job leaves a month of them.
const KEPT: usize = 31;

/// What to log: `YUSUAN_LOG=debug`, in the form of `RUST_LOG`.
const VARIABLE: &str = "YUSUAN_LOG";

/// Begins the log of a run. A log that can't be written ends nothing: the results matter more.
pub(crate) fn start(out: &Path) {
    let logs = folder(out).join("logs");
    let open = || {
        fs::create_dir_all(&logs)?;
        remove_old(&logs)?;
        File::options().create(true).append(true).open(logs.join(format!("{}-{}.log", now(), std::process::id())))
    };
    let Ok(file) = open() else { return };
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_target(false)
        .with_writer(Mutex::new(file));
    // Set once per process; a second run in the same process keeps the first log.
    let _ = tracing::subscriber::set_global_default(subscriber.finish());
}

/// Names begin with the time, so the oldest sort first.
fn remove_old(logs: &Path) -> std::io::Result<()> {
    let mut names: Vec<PathBuf> = fs::read_dir(logs)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    names.retain(|name| name.extension().is_some_and(|extension| extension == "log"));
    names.sort();
    let surplus = names.len().saturating_sub(KEPT - 1);
    for name in names.iter().take(surplus) {
        fs::remove_file(name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_of_logs_is_kept() {
        let logs = tempfile::tempdir().unwrap();
        for number in 100..150 {
            fs::write(logs.path().join(format!("{number}-1.log")), "").unwrap();
        }
        fs::write(logs.path().join("note.txt"), "").unwrap();
        remove_old(logs.path()).unwrap();
        assert_eq!(fs::read_dir(logs.path()).unwrap().count(), KEPT);
        assert!(logs.path().join("149-1.log").exists() && !logs.path().join("119-1.log").exists());
    }
}
