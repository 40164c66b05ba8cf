//! One column of plain values of fixed size.

use bytemuck::Pod;
use std::ops::Range;

/// Values of fixed size in their order. Reading never fails: beyond the end (or where a packed file is damaged) there
/// are zeros, and the file's store keeps the damage in mind for whoever asks before an answer goes out.
#[derive(Debug, Clone)]
pub struct Column<T> {
    values: Vec<T>,
}

impl<T: Pod> Default for Column<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}

impl<T: Pod> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self { values }
    }
}

impl<T: Pod> Column<T> {
    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a position; zeros beyond the end.
    #[must_use]
    pub fn at(&self, position: usize) -> T {
        self.values.get(position).copied().unwrap_or_else(T::zeroed)
    }

    /// The values at these positions; nothing where they are not all there.
    #[must_use]
    pub fn slice(&self, positions: Range<usize>) -> &[T] {
        self.values.get(positions).unwrap_or_default()
    }

    /// Appends a value. Only columns in memory grow.
    pub fn push(&mut self, value: T) {
        self.values.push(value);
    }
}
