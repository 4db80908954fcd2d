//! How many workers may be at work at a time: as many as threads ask for, until the system has too little for them.
//!
//! A worker that dies of the machine and not of its file (no memory, no process, no descriptor) is tried again beside fewer
//! others, in the end alone. Where that does not help a few times in a row, none will be helped tonight.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Documents in a row that no worker could be kept alive for, even alone: then the run is to end.
const MOST_GIVEN_UP: u32 = 3;

/// After so many documents without trouble, twice as many workers are let in again.
const CALM: u32 = 16;

/// How often a thread that waits looks whether the run is being ended.
const LOOK: Duration = Duration::from_millis(100);

/// The gate that each worker goes through.
pub(super) struct Gate {
    state: Mutex<State>,
    left: Condvar,
}

struct State {
    inside: usize,
    most: usize,
    /// Documents in a row that went well since the gate was narrowed.
    calm: u32,
    /// Documents in a row that were given up.
    given_up: u32,
}

/// A place inside, given back when this is dropped.
pub(super) struct Inside<'a> {
    gate: &'a Gate,
}

impl Gate {
    pub(super) fn new() -> Self {
        let state = State { inside: 0, most: usize::MAX, calm: 0, given_up: 0 };
        Self { state: Mutex::new(state), left: Condvar::new() }
    }

    /// Waits for a place; `None` once the run is to end.
    pub(super) fn enter(&self, is_stopping: impl Fn() -> bool) -> Option<Inside<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.inside >= state.most {
            if is_stopping() {
                return None;
            }
            state = self.left.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.inside += 1;
        Some(Inside { gate: self })
    }

    /// A worker did what it was asked, or died of its file: the machine has enough for it.
    pub(super) fn went_well(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.given_up = 0;
        state.calm += 1;
        if state.calm >= CALM && state.most < usize::MAX {
            (state.most, state.calm) = (state.most.saturating_mul(2), 0);
        }
    }

    /// A worker inside died of the machine: half as many from now on. `false` where it was alone already.
    pub(super) fn narrow(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.calm = 0;
        let fewer = (state.most.min(state.inside) / 2).max(1);
        let narrower = fewer < state.most;
        state.most = fewer;
        narrower
    }

    /// A document that no worker could be kept alive for.
    pub(super) fn give_up(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).given_up += 1;
    }

    /// Whether so many were given up in a row that the next ones will be too.
    pub(super) fn is_hopeless(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).given_up >= MOST_GIVEN_UP
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.gate.state.lock().unwrap_or_else(PoisonError::into_inner).inside -= 1;
        self.gate.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_are_let_in_after_trouble_and_more_again_when_it_is_calm() {
        let gate = Gate::new();
        let go_on = || false;
        let four: Vec<_> = (0..4).map(|_| gate.enter(go_on).unwrap()).collect();
        assert!(gate.narrow(), "two from now on");
        drop(four);
        let first = gate.enter(go_on).unwrap();
        let second = gate.enter(go_on).unwrap();
        assert!(gate.enter(|| true).is_none(), "the run is being ended while it waits");
        drop(first);
        assert!(gate.narrow() && !gate.narrow(), "alone is the least");
        drop(second);
        (0..CALM).for_each(|_| gate.went_well());
        let _two = (gate.enter(go_on).unwrap(), gate.enter(go_on).unwrap());
    }

    #[test]
    fn several_given_up_in_a_row_are_hopeless() {
        let gate = Gate::new();
        (1..MOST_GIVEN_UP).for_each(|_| gate.give_up());
        gate.went_well();
        gate.give_up();
        assert!(!gate.is_hopeless());
        (1..MOST_GIVEN_UP).for_each(|_| gate.give_up());
        assert!(gate.is_hopeless());
    }
}
