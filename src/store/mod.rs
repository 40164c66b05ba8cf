//! Columns of plain values: in memory, or in a packed file that is mapped and checked where it is read.

mod column;

pub use column::Column;
