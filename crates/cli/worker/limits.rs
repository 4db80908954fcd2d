//! Bounds of what one document may use.

/// The bounds of a worker. The defaults are several times what any disclosure met so far needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WorkerLimits {
    /// Address space in MiB.
    pub(crate) memory_mib: u64,
    /// Seconds of wall time, or as much as the file's size asks for.
    pub(crate) wall: Option<u64>,
    /// Seconds of processor time, or as much as the file's size asks for.
    pub(crate) cpu: Option<u64>,
    /// Whether pictures of text are read, which takes far more time for their size.
    pub(crate) pictures: bool,
}

impl Default for WorkerLimits {
    fn default() -> Self {
        Self { memory_mib: 1536, wall: None, cpu: None, pictures: false }
    }
}

impl WorkerLimits {
    /// Processor seconds for a file of `bytes`. A small file has few pages, so it needs little time unless it was made to
    /// take long; a large one may be a whole government's final accounts of a thousand pages.
    pub(super) fn cpu_seconds(&self, bytes: u64) -> u64 {
        let usual = 15 + (bytes >> 20).saturating_mul(20).min(585);
        // A page of black and white takes 20 KiB and two or three seconds.
        let pictures = if self.pictures { 45 + (bytes >> 13).min(3_540) } else { 0 };
        self.cpu.unwrap_or(usual + pictures)
    }

    /// Wall seconds for a file of `bytes`: more than the processor time, since the machine may be busy with other things.
    pub(super) fn wall_seconds(&self, bytes: u64) -> u64 {
        self.wall.unwrap_or_else(|| self.cpu_seconds(bytes).saturating_mul(3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_files_get_more_time_up_to_a_bound() {
        let limits = WorkerLimits::default();
        assert_eq!([0, 1 << 20, 40 << 20, 500 << 20].map(|b| limits.cpu_seconds(b)), [15, 35, 600, 600]);
        assert_eq!(limits.wall_seconds(0), 45);
        let told = WorkerLimits { wall: Some(7), cpu: Some(5), ..limits };
        assert_eq!((told.wall_seconds(1 << 30), told.cpu_seconds(1 << 30)), (7, 5));
    }
}
