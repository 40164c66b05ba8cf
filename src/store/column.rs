//! One column of plain values of fixed size.

use super::error::Damage;
use super::pages::Pages;
use bytemuck::Pod;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

/// Values of fixed size in their order, in memory or in a packed file. Reading never fails: beyond the end (or where a
/// packed file is damaged) there are zeros, and the file's store keeps the damage in mind for whoever asks before an
/// answer goes out.
#[derive(Clone)]
pub struct Column<T> {
    /// The values in memory; none while there is a part of a file.
    owned: Vec<T>,
    mapped: Option<Part<T>>,
}

/// A part of a mapped file.
#[derive(Clone)]
struct Part<T> {
    pages: Arc<Pages>,
    offset: usize,
    count: usize,
    kind: PhantomData<T>,
}

impl<T: Pod> Part<T> {
    /// Reads a value without regard to its alignment, which saves asking for it.
    #[inline]
    fn at(&self, position: usize) -> Option<T> {
        if position >= self.count {
            return None;
        }
        let bytes = self.pages.bytes(self.offset + position * size_of::<T>(), size_of::<T>())?;
        bytemuck::try_pod_read_unaligned(bytes).ok()
    }

    #[inline]
    fn slice(&self, positions: Range<usize>) -> Option<&[T]> {
        if positions.end > self.count {
            return None;
        }
        let count = positions.end.checked_sub(positions.start)?;
        let bytes = self.pages.bytes(self.offset + positions.start * size_of::<T>(), count * size_of::<T>())?;
        bytemuck::try_cast_slice(bytes).ok()
    }
}

impl<T: Pod> Default for Column<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T: Pod> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self { owned: values, mapped: None }
    }
}

impl<T: Pod> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(Vec::from_iter(values))
    }
}

impl<T: Pod> Extend<T> for Column<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.as_vec_mut().extend(values);
    }
}

impl<T: Pod> fmt::Debug for Column<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.is_mapped() { "a file" } else { "memory" };
        write!(out, "Column({} values in {place})", self.len())
    }
}

impl<T: Pod> Column<T> {
    /// A column of a mapped file. The caller has seen to it that so many values fit the file from there on, and that
    /// the offset is aligned for them.
    pub(super) fn mapped(pages: Arc<Pages>, offset: usize, count: usize) -> Self {
        Self { owned: Vec::new(), mapped: Some(Part { pages, offset, count, kind: PhantomData }) }
    }

    /// How many values there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.mapped.as_ref().map_or(self.owned.len(), |part| part.count)
    }

    /// Whether there is none.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a position; zeros beyond the end, and where the file is damaged.
    #[must_use]
    #[inline]
    pub fn at(&self, position: usize) -> T {
        let value = match &self.mapped {
            None => self.owned.get(position).copied(),
            Some(part) => part.at(position),
        };
        value.unwrap_or_else(T::zeroed)
    }

    /// The values at these positions; nothing where they are not all there, or where the file is damaged at one of
    /// them.
    #[must_use]
    #[inline]
    pub fn slice(&self, positions: Range<usize>) -> &[T] {
        let values = match &self.mapped {
            None => self.owned.get(positions),
            Some(part) => part.slice(positions),
        };
        values.unwrap_or_default()
    }

    /// The values in their order, each as [`Column::at`] gives it.
    #[inline]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + '_ {
        (0..self.len()).map(|position| self.at(position))
    }

    /// Whether the values are in a file.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        self.mapped.is_some()
    }

    /// The damage met so far in the file the values are in, wherever in that file it is.
    #[must_use]
    pub fn damage(&self) -> Option<Damage> {
        self.mapped.as_ref().and_then(|part| part.pages.damage())
    }

    /// Appends a value. A column of a file is copied into memory first; the file stays as it is.
    #[inline]
    pub fn push(&mut self, value: T) {
        self.as_vec_mut().push(value);
    }

    /// Appends values. A column of a file is copied into memory first; the file stays as it is.
    pub fn extend_from_slice(&mut self, values: &[T]) {
        self.as_vec_mut().extend_from_slice(values);
    }

    /// The values in memory, to be changed. A column of a file is copied there first; the file stays as it is.
    #[inline]
    pub fn as_vec_mut(&mut self) -> &mut Vec<T> {
        if self.is_mapped() {
            self.owned = self.iter().collect();
            self.mapped = None;
        }
        &mut self.owned
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Store, StoreWriter};
    use super::*;

    fn column(values: &[u32]) -> Column<u32> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pack");
        let mut writer = StoreWriter::create(&path).unwrap();
        writer.section("values").unwrap().extend_from_slice(values).unwrap();
        writer.finish().unwrap();
        // The file is mapped and lives on after its name.
        Store::open(&path).unwrap().column("values").unwrap()
    }

    #[test]
    fn both_kinds_read_alike() {
        let values: Vec<u32> = (0..5000).collect();
        for column in [Column::from(values.clone()), column(&values)] {
            assert_eq!((column.len(), column.is_empty()), (5000, false));
            assert_eq!((column.at(0), column.at(4999), column.at(5000), column.at(usize::MAX)), (0, 4999, 0, 0));
            assert_eq!(column.slice(0..5000), values);
            assert_eq!(column.slice(1023..1026), [1023, 1024, 1025]);
            let backwards = Range { start: 3, end: 2 };
            for nothing in [0..5001, 5000..5000, 7..7, backwards, usize::MAX - 1..usize::MAX] {
                assert!(column.slice(nothing).is_empty());
            }
            assert_eq!(column.iter().rev().collect::<Vec<_>>(), values.iter().rev().copied().collect::<Vec<_>>());
            assert_eq!(column.clone().iter().len(), 5000);
            assert_eq!(column.damage(), None);
        }
    }

    #[test]
    fn a_mapped_column_grows_in_memory() {
        let mut grown = column(&[1, 2]);
        let whole = grown.clone();
        assert!(grown.is_mapped());
        grown.push(3);
        grown.extend([4]);
        grown.extend_from_slice(&[5]);
        assert!(!grown.is_mapped() && whole.is_mapped());
        assert_eq!(grown.slice(0..5), [1, 2, 3, 4, 5]);
        assert_eq!(whole.iter().collect::<Column<u32>>().slice(0..2), [1, 2]);
        assert_eq!(format!("{grown:?}, {whole:?}"), "Column(5 values in memory), Column(2 values in a file)");
    }
}
