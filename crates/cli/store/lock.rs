//! The lock of an output folder: one run writes at a time.

use super::error::StoreError;
use super::folder::folder;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Held until it is dropped or the process ends, however it ends: the system forgets the lock with its holder, so a
/// killed run never blocks the next one.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// What came of asking.
pub(crate) enum Locking {
    /// It is ours.
    Held(Lock),
    /// Another run has it.
    Taken,
}

impl Lock {
    /// Asks for the lock of an output folder whose state folder is there.
    pub(crate) fn take(out: &Path) -> Result<Locking, StoreError> {
        let path = folder(out).join("lock");
        let file = File::options().create(true).append(true).open(&path).map_err(StoreError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Locking::Held(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(Locking::Taken),
            // A file system without locks (some network ones): better unprotected than useless.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                Ok(Locking::Held(Self { _file: file }))
            }
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
        }
    }

    /// Whether a run holds the lock now.
    pub(crate) fn is_taken(out: &Path) -> bool {
        let path = folder(out).join("lock");
        let Ok(file) = File::open(&path) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let out = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder(out.path())).unwrap();
        assert!(!Lock::is_taken(out.path()));
        let Ok(Locking::Held(first)) = Lock::take(out.path()) else { panic!("nobody holds it yet") };
        assert!(matches!(Lock::take(out.path()), Ok(Locking::Taken)));
        assert!(Lock::is_taken(out.path()));
        drop(first);
        assert!(matches!(Lock::take(out.path()), Ok(Locking::Held(_))));
    }
}
