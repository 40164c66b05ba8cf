//! Values in groups: every group's values side by side, in one column.

use super::Columns;
use crate::store::Column;
use bytemuck::Pod;

/// Groups numbered from nought, each with its values in the order in which they came: compressed rows. Two columns,
/// so that it can stand in a packed file.
#[derive(Debug, Clone)]
pub struct Grouped<T: Pod> {
    /// Where each group begins, and last where all end.
    offsets: Column<u64>,
    values: Column<T>,
}

impl<T: Pod> Default for Grouped<T> {
    fn default() -> Self {
        Self { offsets: Column::default(), values: Column::default() }
    }
}

impl<T: Pod> Grouped<T> {
    /// Sorts pairs of group and value by counting, stably; pairs of no group below `groups` are left out. The pairs are
    /// gone through twice. O(groups + pairs).
    #[must_use]
    pub fn new<I: Iterator<Item = (u32, T)>>(groups: usize, pairs: impl Fn() -> I) -> Self {
        let (offsets, values) = sorted(groups, pairs);
        Self { offsets: offsets.into(), values: values.into() }
    }

    /// The same with the values of each group ascending and each but once. O(groups + pairs log pairs).
    #[must_use]
    pub fn sets<I: Iterator<Item = (u32, T)>>(groups: usize, pairs: impl Fn() -> I) -> Self
    where
        T: Ord,
    {
        let (mut offsets, mut values) = sorted(groups, pairs);
        let (mut begin, mut kept) = (0, 0);
        for offset in offsets.iter_mut().skip(1) {
            let end = *offset as usize;
            if let Some(group) = values.get_mut(begin..end) {
                group.sort_unstable();
            }
            let first = kept;
            for at in begin..end {
                if kept == first || values[kept - 1] != values[at] {
                    values[kept] = values[at];
                    kept += 1;
                }
            }
            (begin, *offset) = (end, kept as u64);
        }
        values.truncate(kept);
        values.shrink_to_fit();
        Self { offsets: offsets.into(), values: values.into() }
    }

    /// How many groups there are; none where no group has a value.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// How many values all groups have together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values of one group; none of a group that is not there. O(1).
    #[must_use]
    pub fn of(&self, group: usize) -> &[T] {
        let (begin, end) = (self.offsets.at(group) as usize, self.offsets.at(group.saturating_add(1)) as usize);
        if begin < end { self.values.slice(begin..end) } else { &[] }
    }

    /// Shows its columns.
    pub(crate) fn visit(&mut self, names: [&'static str; 2], columns: &mut impl Columns) {
        columns.visit(names[0], &mut self.offsets);
        columns.visit(names[1], &mut self.values);
    }
}

fn sorted<T: Pod, I: Iterator<Item = (u32, T)>>(groups: usize, pairs: impl Fn() -> I) -> (Vec<u64>, Vec<T>) {
    let mut offsets = vec![0u64; groups + 1];
    for (group, _) in pairs().filter(|(group, _)| (*group as usize) < groups) {
        offsets[group as usize + 1] += 1;
    }
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    if sum == 0 {
        // Groups without any value need no columns.
        return (Vec::new(), Vec::new());
    }
    let mut values = vec![T::zeroed(); sum as usize];
    // Each group's own beginning serves as the place of its next value, and is the group's end afterwards.
    for (group, value) in pairs().filter(|(group, _)| (*group as usize) < groups) {
        let next = &mut offsets[group as usize];
        values[*next as usize] = value;
        *next += 1;
    }
    offsets.rotate_right(1);
    if let Some(first) = offsets.first_mut() {
        *first = 0;
    }
    (offsets, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_by_their_groups_in_order() {
        let pairs = [(2, 5), (0, 1), (2, 3), (9, 9), (2, 5), (0, 1)];
        let grouped = Grouped::new(4, || pairs.into_iter());
        let all: Vec<&[i32]> = (0..6).map(|group| grouped.of(group)).collect();
        assert_eq!(all, [&[1, 1][..], &[], &[5, 3, 5], &[], &[], &[]]);
        assert_eq!((grouped.groups(), grouped.len()), (4, 5));
        let sets = Grouped::sets(4, || pairs.into_iter());
        let all: Vec<&[i32]> = (0..6).map(|group| sets.of(group)).collect();
        assert_eq!(all, [&[1][..], &[], &[3, 5], &[], &[], &[]]);
        assert!(Grouped::<u32>::default().of(0).is_empty());
    }
}
