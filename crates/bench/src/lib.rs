//! What each stage of a conversion costs: `make bench` runs `benches/stages.rs`.
