//! All findings of a dataset, of which a bounded number is kept.

use super::finding::{Finding, compare};
use super::text::both;
use std::collections::BTreeMap;

/// Collected of one kind that are given in full: those that stand first.
pub(crate) const MOST: usize = 1000;

/// Collected by their kind. Of each kind the first ones, as a reader sees them, are kept, and the others are counted.
#[derive(Default)]
pub(crate) struct Collected {
    kinds: BTreeMap<&'static str, Kind>,
}

#[derive(Default)]
struct Kind {
    kept: Vec<Found>,
    all: usize,
}

struct Found {
    finding: Finding,
    /// An id that no party has: what it may stand for is said at the end, when every party is known.
    unknown: Option<Box<str>>,
}

impl Kind {
    fn add(&mut self, found: Found) {
        self.kept.push(found);
        self.all += 1;
        if self.kept.len() >= MOST * 2 {
            self.trim();
        }
    }

    fn trim(&mut self) {
        if self.kept.len() > MOST {
            self.kept.sort_by(|a, b| compare(&a.finding, &b.finding));
            self.kept.truncate(MOST);
        }
    }
}

impl Collected {
    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.kinds.entry(finding.code).or_default().add(Found { finding, unknown: None });
    }

    /// Adds the finding that a text is the id of no party.
    pub(crate) fn push_unknown(&mut self, finding: Finding, text: &str) {
        self.kinds.entry(finding.code).or_default().add(Found { finding, unknown: Some(text.into()) });
    }

    /// Adds findings.
    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Takes over all findings of another collection.
    pub(crate) fn append(&mut self, more: Self) {
        for (code, more) in more.kinds {
            let kind = self.kinds.entry(code).or_default();
            let counted = more.all - more.kept.len();
            more.kept.into_iter().for_each(|found| kind.add(found));
            kind.all += counted;
        }
    }

    /// The same after so many rows before them.
    pub(crate) fn after(mut self, rows: u32) -> Self {
        for found in self.kinds.values_mut().flat_map(|kind| &mut kind.kept) {
            found.finding.row = found.finding.row.map(|row| row.saturating_add(rows));
        }
        self
    }

    /// All findings in their order. `mend` completes those of ids that no party has.
    pub(crate) fn finish(self, mut mend: impl FnMut(Finding, &str) -> Finding) -> Vec<Finding> {
        let mut all = Vec::new();
        let mut rest = BTreeMap::new();
        for (code, mut kind) in self.kinds {
            kind.trim();
            if kind.all > kind.kept.len() {
                rest.insert(code, (kind.kept.len(), kind.all - kind.kept.len()));
            }
            all.extend(kind.kept);
        }
        all.sort_by(|a, b| compare(&a.finding, &b.finding));
        let mut findings = Vec::with_capacity(all.len() + rest.len());
        for Found { finding, unknown } in all {
            let finding = match unknown {
                Some(text) => mend(finding, &text),
                None => finding,
            };
            let mut note = None;
            if let Some((left, more)) = rest.get_mut(finding.code) {
                *left -= 1;
                note = (*left == 0).then(|| others(&finding, *more));
            }
            findings.push(finding);
            findings.extend(note);
        }
        findings
    }
}

/// Says how many findings follow of the same kind as the last that is given.
fn others(last: &Finding, more: usize) -> Finding {
    let message = both!("and {more} more of this kind", "此外还有 {more} 项同类问题");
    Finding::bare(last.code, last.severity, message).file(&last.file, last.table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::code::Code;

    fn finding(row: u32) -> Finding {
        Finding::new(Code::BadDate, both!("row {row}", "第 {row} 行")).row(row, None)
    }

    #[test]
    fn the_first_thousand_are_kept_in_whatever_order_they_come() {
        let (mut one, mut two) = (Collected::default(), Collected::default());
        let many = 7000;
        (0..many).filter(|row| row % 3 == 0).for_each(|row| one.push(finding(many - row)));
        (0..many).filter(|row| row % 3 != 0).for_each(|row| two.push(finding(many - row)));
        one.append(two);
        one.push(Finding::new(Code::UnknownTable, both!("x", "x")));
        let all = one.after(10).finish(|finding, _| finding);
        let rows: Vec<_> = all.iter().map(|finding| finding.row).collect();
        let mut expected: Vec<_> = (11..=1010).map(Some).collect();
        expected.extend([None, None]);
        assert_eq!(rows, expected);
        assert_eq!(all[1000].message.en, "and 6000 more of this kind");
        assert_eq!((all[1000].code, all[1000].severity), (all[0].code, all[0].severity));
        assert_eq!(all[1001].code, "unknown-table");
    }

    #[test]
    fn a_thousand_are_no_more_than_a_thousand() {
        let mut findings = Collected::default();
        (0..1000).for_each(|row| findings.push(finding(row)));
        assert_eq!(findings.finish(|finding, _| finding).len(), 1000);
    }
}
