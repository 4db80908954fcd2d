//! Limits that the system enforces, set by the worker itself before it reads anything.

/// Bounds the address space of this process, and leaves no core files behind. A lower limit that is already there stays.
#[cfg(unix)]
pub(super) fn memory(mib: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let bounded = |wanted: u64, inherited: Option<u64>| Some(inherited.map_or(wanted, |there| there.min(wanted)));
    let inherited = getrlimit(Resource::As);
    let bytes = bounded(mib.saturating_mul(1 << 20), inherited.current);
    // A system that refuses leaves the other limits; nobody could act on the message.
    let _ = setrlimit(Resource::As, Rlimit { current: bytes, maximum: inherited.maximum });
    let core = getrlimit(Resource::Core);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: core.maximum });
}

#[cfg(not(unix))]
pub(super) fn memory(_mib: u64) {}

/// Lets this process use `seconds` of processor time more than it has used so far; beyond that the system ends it.
#[cfg(unix)]
pub(super) fn processor(seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let maximum = getrlimit(Resource::Cpu).maximum;
    let wanted = used.saturating_add(seconds).saturating_add(1);
    let current = Some(maximum.map_or(wanted, |maximum| maximum.min(wanted)));
    let _ = setrlimit(Resource::Cpu, Rlimit { current, maximum });
}

#[cfg(not(unix))]
pub(super) fn processor(_seconds: u64) {}

/// Processor seconds that whoever started this process allows it; a worker of a worker keeps to what that one may use.
#[cfg(unix)]
pub(super) fn inherited_processor_seconds() -> u64 {
    use rustix::process::{Resource, getrlimit};
    getrlimit(Resource::Cpu).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
pub(super) fn inherited_processor_seconds() -> u64 {
    u64::MAX
}

/// Whether this process could not have so much memory now: a lower limit that it inherited, or a system that has too little.
/// Nothing is touched, so nothing is used.
pub(crate) fn memory_is_short(mib: u64) -> bool {
    let bytes = usize::try_from(mib.saturating_mul(1 << 20)).unwrap_or(usize::MAX);
    Vec::<u8>::new().try_reserve_exact(bytes).is_err()
}

/// Most memory that this process has held so far in MiB; 0 where the system doesn't tell.
pub(super) fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()).and_then(|kib| kib.parse::<u64>().ok());
    kib.unwrap_or(0) >> 10
}

/// A terminal's Ctrl-C reaches workers too; whether they end is for the parent to decide.
#[cfg(unix)]
pub(super) fn leave_signals_to_the_parent() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        let _ = signal_hook::flag::register(signal, std::sync::Arc::default());
    }
}

#[cfg(not(unix))]
pub(super) fn leave_signals_to_the_parent() {}
