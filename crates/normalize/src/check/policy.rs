//! How many of a group's identities must hold before any of them is told: a structure that was only guessed, or two tables
//! that count different things, show in most of them failing.

use crate::check::claim::{Claim, holds};

/// The share of a group that must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// At least half.
    Half,
    /// Four of five.
    FourFifths,
}

impl Policy {
    /// Whether enough of all hold. Nothing is borne out by nothing.
    pub(crate) fn is_met(self, holding: usize, all: usize) -> bool {
        let enough = match self {
            Self::Half => holding * 2 >= all,
            Self::FourFifths => holding * 5 >= all * 4,
        };
        enough && holding > 0
    }
}

/// All claims where enough of them hold, else none.
pub(crate) fn borne_out(claims: Vec<Claim<'_>>, policy: Policy) -> Vec<Claim<'_>> {
    let holding = claims.iter().filter(|c| holds(c)).count();
    if policy.is_met(holding, claims.len()) { claims } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_counts_where_enough_of_it_holds() {
        let met =
            |policy: Policy| [(0, 0), (0, 3), (1, 2), (1, 3), (4, 5), (7, 9)].map(|(h, all)| policy.is_met(h, all));
        assert_eq!(met(Policy::Half), [false, false, true, false, true, true]);
        assert_eq!(met(Policy::FourFifths), [false, false, false, false, true, false]);
    }
}
