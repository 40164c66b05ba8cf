//! Where the rows of a table stand in their file.

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowMark {
    /// Data row, counted from 1.
    pub(crate) number: u32,
    /// Line of a CSV file.
    pub(crate) line: Option<u64>,
}

impl RowMark {
    /// The place so many rows further on, if every row has one line.
    fn later(self, rows: u32) -> Self {
        let number = self.number.saturating_add(rows);
        Self { number, line: self.line.map(|line| line.saturating_add(rows.into())) }
    }
}

/// Places of rows in their order: only where numbers or lines do not simply go on is anything kept.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// A position, and the place of the row there.
    runs: Vec<(u32, RowMark)>,
    count: u32,
}

impl Marks {
    /// Adds the place of the next row.
    pub(crate) fn push(&mut self, mark: RowMark) {
        if self.last_run().is_none_or(|(begin, first)| first.later(self.count - begin) != mark) {
            self.runs.push((self.count, mark));
        }
        self.count = self.count.saturating_add(1);
    }

    /// Adds the places of a piece, before which there are so many data rows of the file.
    pub(crate) fn append(&mut self, more: &Self, rows: u32) {
        for (begin, mark) in &more.runs {
            let mark = RowMark { number: mark.number.saturating_add(rows), line: mark.line };
            let begin = self.count.saturating_add(*begin);
            if self.last_run().is_none_or(|(before, first)| first.later(begin - before) != mark) {
                self.runs.push((begin, mark));
            }
        }
        self.count = self.count.saturating_add(more.count);
    }

    /// The place of the row at a position.
    pub(crate) fn get(&self, index: usize) -> Option<RowMark> {
        let index = u32::try_from(index).ok().filter(|index| *index < self.count)?;
        let after = self.runs.partition_point(|(begin, _)| *begin <= index);
        let (begin, first) = self.runs.get(after.checked_sub(1)?)?;
        Some(first.later(index - begin))
    }

    fn last_run(&self) -> Option<(u32, RowMark)> {
        self.runs.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_comes_back() {
        let lines = [2, 3, 4, 7, 8, 9, 9, 12];
        let numbers = [1, 2, 3, 4, 6, 7, 8, 9];
        let marks: Vec<RowMark> =
            numbers.into_iter().zip(lines).map(|(number, line)| RowMark { number, line: Some(line) }).collect();
        for cut in 0..=marks.len() {
            let (mut one, mut two) = (Marks::default(), Marks::default());
            let (before, after) = marks.split_at(cut);
            before.iter().for_each(|mark| one.push(*mark));
            let rows = before.last().map_or(0, |mark| mark.number);
            after.iter().for_each(|mark| two.push(RowMark { number: mark.number - rows, ..*mark }));
            one.append(&two, rows);
            let back: Vec<_> = (0..marks.len() + 1).filter_map(|at| one.get(at)).collect();
            assert_eq!(back, marks, "{cut}");
            assert_eq!(one.runs.len(), 5);
        }
    }
}
