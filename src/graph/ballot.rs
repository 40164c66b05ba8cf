//! Who has which votes in a company, and which shares, over the whole window at the kernel's bound.

use super::tally::Tally;
use super::{Days, Kernel, Node, Side, Tie};
use crate::facts::Share;
use dashu_int::UBig;
use dashu_int::ops::Gcd;
use dashu_ratio::RBig;

/// The least common multiple.
fn common(a: &UBig, b: &UBig) -> UBig {
    if (a % b).is_zero() { a.clone() } else { a / a.gcd(b) * b }
}

/// Units that make one percent where every share is a plain decimal.
pub(super) fn plain_scale() -> UBig {
    UBig::from(Share::PERCENT)
}

/// Votes or shares of one holder that count on some days.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Who has them.
    pub(super) holder: Node,
    /// How many.
    pub(super) units: UBig,
    /// On which days.
    pub(super) days: Days,
}

/// How many units make one percent, and how many of them each holder has.
type Scaled = (UBig, Vec<(Node, UBig)>);

/// The votes in one company after proxies, or the shares of it, by holder. A holder may have several entries; an entry
/// without units stands for votes or shares of which only is known that there are some.
#[derive(Debug, Clone, Default)]
pub(super) struct Ballot {
    /// How many units make one percent.
    pub(super) scale: UBig,
    entries: Vec<Entry>,
}

impl Ballot {
    /// The votes. O(rows about the company), where proxies or bounds are among them for every span between changes.
    pub(super) fn votes(kernel: &mut Kernel, company: Node) -> Self {
        if kernel.network.is_plain(company) {
            // Shares that the company holds in itself carry no votes.
            return Self::plain(kernel, company, |row, holder| {
                kernel.network.vote_units(row).filter(|_| holder != company)
            });
        }
        let side = kernel.lens.side;
        let tables = kernel.over(&Days::All, |kernel| {
            let table = kernel.votes(company);
            let holders = table.holders().filter(|(position, _)| table.has_some(*position, side));
            let votes = holders.map(|(position, holder)| (holder, table.units(position, side).clone())).collect();
            (table.scale().clone(), votes)
        });
        Self::joined(tables)
    }

    /// The shares, those that the company holds in itself among them. As costly as the votes.
    pub(super) fn shares(kernel: &mut Kernel, company: Node) -> Self {
        if kernel.network.has_plain_shares(company) {
            return Self::plain(kernel, company, |row, _| kernel.network.share_units(row));
        }
        let side = kernel.lens.side;
        let tables = kernel.over(&Days::All, |kernel| {
            let capital = kernel.capital(company);
            let stakes: Vec<(Node, RBig)> = capital
                .holders()
                .filter(|(_, stake)| stake.has_some(side))
                .map(|(holder, stake)| (holder, stake.at(side).clone()))
                .collect();
            let scale = stakes.iter().fold(UBig::ONE, |scale, (_, share)| common(&scale, share.denominator()));
            let units = |share: &RBig| {
                let numerator = UBig::try_from(share.numerator().clone()).unwrap_or_default();
                numerator * (&scale / share.denominator())
            };
            let units = stakes.iter().map(|(holder, share)| (*holder, units(share))).collect();
            (scale, units)
        });
        Self::joined(tables)
    }

    fn plain(kernel: &Kernel, company: Node, units: impl Fn(u32, Node) -> Option<u64>) -> Self {
        let mut entries = Vec::new();
        for (holder, tie) in kernel.network.into(company) {
            let Tie::Holding(row) = tie else { continue };
            let units = units(row, holder).unwrap_or(0);
            let days = kernel.days_of(tie);
            if units > 0 && !days.is_empty() {
                entries.push(Entry { holder, units: UBig::from(units), days });
            }
        }
        entries.sort_by_key(|entry| entry.holder);
        Self { scale: plain_scale(), entries }
    }

    /// One list out of those of several spans of days, each with its own scale.
    fn joined(tables: Vec<(Days, Scaled)>) -> Self {
        let scale = tables.iter().fold(UBig::ONE, |scale, (_, (own, _))| common(&scale, own));
        let mut entries: Vec<Entry> = Vec::new();
        for (days, (own, holders)) in tables {
            let factor = &scale / own;
            let holders = holders.into_iter().map(|(holder, units)| (holder, units * &factor));
            entries.extend(holders.map(|(holder, units)| Entry { holder, units, days: days.clone() }));
        }
        entries.sort_by(|a, b| (a.holder, &a.units).cmp(&(b.holder, &b.units)));
        entries.dedup_by(|later, earlier| {
            let same = later.holder == earlier.holder && later.units == earlier.units;
            if same {
                earlier.days.add(&later.days);
            }
            same
        });
        Self { scale, entries }
    }

    /// The entries of one holder.
    pub(super) fn of(&self, holder: Node) -> &[Entry] {
        let first = self.entries.partition_point(|entry| entry.holder < holder);
        let count = self.entries[first..].partition_point(|entry| entry.holder == holder);
        &self.entries[first..first + count]
    }

    /// The entries of each holder.
    pub(super) fn by_holder(&self) -> impl Iterator<Item = (Node, &[Entry])> {
        self.entries.chunk_by(|a, b| a.holder == b.holder).filter_map(|own| Some((own.first()?.holder, own)))
    }

    /// All together.
    pub(super) fn total(&self) -> Tally {
        tally(&self.entries)
    }
}

/// The sum of some entries.
pub(super) fn tally(entries: &[Entry]) -> Tally {
    let mut tally = Tally::default();
    for entry in entries {
        tally.add(entry.days.clone(), &entry.units);
    }
    tally
}

/// Whether more than one bound has to be looked at for a company's votes to be certain.
pub(super) fn is_bounded(kernel: &Kernel, company: Node) -> bool {
    kernel.lens.side == Side::Greatest && kernel.network.is_uncertain_about(company)
}
