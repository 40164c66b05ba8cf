//! Synthetic markets: seeded, deterministic, written row by row.
