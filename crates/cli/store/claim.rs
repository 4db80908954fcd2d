//! The lock of an output folder on object storage: an object that only one run can make.
//!
//! Its holder says every minute that it lives, by writing it again. A storage does not notice when its holder dies, so a lock of
//! which nothing was heard for long is taken over, and one of a process of this machine that is no more at once. It is taken
//! over, renewed and given back only while it is what was last seen, so that of two runs one fails.

use super::stat::now;
use crate::remote::{self, Failure, Mark};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often a holder says that it lives.
const RENEWED: Duration = Duration::from_mins(1);

/// Seconds after which a lock of which nothing was heard is nobody's; many times the above, since clocks differ.
const STALE: i64 = 15 * 60;

/// Who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    host: String,
    pid: u32,
    /// When it was last written, in seconds since 1970.
    at: i64,
}

/// Held until it is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    address: String,
    mark: Arc<Mutex<Mark>>,
    is_ours: Arc<AtomicBool>,
    renewing: Option<(Sender<()>, JoinHandle<()>)>,
}

/// What came of asking.
pub(crate) enum Claiming {
    Held(Claim),
    Taken,
}

impl Claim {
    /// Asks for the lock at an address.
    pub(crate) fn take(address: &str) -> Result<Claiming, Failure> {
        let mine = || serde_json::to_vec(&Holder::this()).unwrap_or_default();
        if let Some(mark) = remote::create(address, mine())? {
            return Ok(Claiming::Held(Self::renewed(address, mark)));
        }
        let Some((tag, mark)) = remote::look(address)? else {
            // Given back in this moment.
            let mark = remote::create(address, mine())?;
            return Ok(mark.map_or(Claiming::Taken, |mark| Claiming::Held(Self::renewed(address, mark))));
        };
        let holder = remote::get(address, u64::from(u16::MAX))?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if !is_nobodys(holder.as_ref(), tag.modified, now()) {
            return Ok(Claiming::Taken);
        }
        tracing::warn!(address, "a lock that nobody holds any more was taken over");
        let mark = remote::replace(address, mine(), &mark)?;
        Ok(mark.map_or(Claiming::Taken, |mark| Claiming::Held(Self::renewed(address, mark))))
    }

    /// Whether somebody lives who holds the lock at an address.
    pub(crate) fn is_taken(address: &str) -> Result<bool, Failure> {
        let Some((tag, _)) = remote::look(address)? else { return Ok(false) };
        let holder = remote::get(address, u64::from(u16::MAX))?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(!is_nobodys(holder.as_ref(), tag.modified, now()))
    }

    /// Whether nobody took it over: a machine may have slept for hours.
    pub(crate) fn is_ours(&self) -> bool {
        self.is_ours.load(Ordering::SeqCst) && renew(&self.address, &self.mark, &self.is_ours)
    }

    fn renewed(address: &str, mark: Mark) -> Self {
        let (mark, is_ours) = (Arc::new(Mutex::new(mark)), Arc::new(AtomicBool::new(true)));
        let (end, ended) = channel::<()>();
        let (there, known, ours) = (address.to_owned(), Arc::clone(&mark), Arc::clone(&is_ours));
        let renewing = move || {
            while ended.recv_timeout(RENEWED) == Err(RecvTimeoutError::Timeout) {
                if !renew(&there, &known, &ours) {
                    return;
                }
            }
        };
        // Without a thread it is renewed before anything is made valid, and that is what counts.
        let thread = std::thread::Builder::new().name("lock".to_owned()).spawn(renewing).ok();
        Self { address: address.to_owned(), mark, is_ours, renewing: thread.map(|thread| (end, thread)) }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.renewing.take() {
            drop(end);
            let _ = thread.join();
        }
        // One that can't be given back now is nobody's soon.
        if self.is_ours() {
            let _ = remote::delete(&self.address);
        }
    }
}

/// Writes the lock again where it is still ours. A storage that can't be reached now says nothing about that.
fn renew(address: &str, mark: &Mutex<Mark>, is_ours: &AtomicBool) -> bool {
    let mut mark = mark.lock().unwrap_or_else(PoisonError::into_inner);
    match remote::replace(address, serde_json::to_vec(&Holder::this()).unwrap_or_default(), &mark) {
        Ok(Some(now)) => *mark = now,
        Ok(None) => is_ours.store(false, Ordering::SeqCst),
        Err(failure) => tracing::warn!(address, failure = failure.to_string(), "the lock could not be renewed"),
    }
    is_ours.load(Ordering::SeqCst)
}

/// Whether a lock's holder is surely no more.
fn is_nobodys(holder: Option<&Holder>, modified: i64, now: i64) -> bool {
    let this = Holder::this();
    let is_dead = |holder: &Holder| !this.host.is_empty() && holder.host == this.host && !lives(holder.pid);
    now - modified > STALE || holder.is_some_and(is_dead)
}

/// Whether a process of this machine lives; where the system does not tell, it does.
fn lives(pid: u32) -> bool {
    let all = Path::new("/proc");
    !all.join("self").exists() || all.join(pid.to_string()).exists()
}

impl Holder {
    fn this() -> Self {
        // The name of a container is its own, as its processes are.
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        Self { host: host.trim().to_owned(), pid: std::process::id(), at: now() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_nobodys_when_nothing_is_heard_or_its_process_is_no_more() {
        let (this, now) = (Holder::this(), now());
        let elsewhere = Holder { host: "elsewhere".to_owned(), ..this.clone() };
        assert!(!is_nobodys(Some(&this), now, now) && !is_nobodys(None, now, now));
        assert!(!is_nobodys(Some(&elsewhere), now - STALE, now));
        assert!(is_nobodys(Some(&elsewhere), now - STALE - 1, now));
        if !this.host.is_empty() {
            let dead = Holder { pid: u32::MAX, ..this };
            assert!(is_nobodys(Some(&dead), now, now));
        }
    }
}
