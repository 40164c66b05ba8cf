//! What a dataset says: parties, dated ties with their sources, and nothing derived from them.
//!
//! One struct for each table of `dataset.md`, one row for each data row, in the order of the file: the row at
//! position `i` of a table is row `i + 1` of the dataset ([`RowRef`]). No reading and no writing happens here
//! (see [`crate::intake`]) and no conclusion is drawn (see [`crate::graph`]).

mod codes;
mod directory;
mod lang;
mod party;
mod percent;
mod period;
mod rows;

pub use codes::{Authority, ControlBasis, Effect, PartyKind, Relation, Role, Table};
pub use directory::{Directory, LookupError};
pub use lang::Lang;
pub use party::{Party, PartyId, mask_identifier};
pub use percent::{Amount, ParsePercentError, Percent};
pub use period::{Bound, Period, Span, add_months, sub_months};
pub use rows::{
    ConcertMembership, Control, Designation, Financial, Forecast, Holding, Kinship, Position, Proxy, Transaction,
    VoteRestriction,
};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One row of one table: `row` counts data rows from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowRef {
    /// The table.
    pub table: Table,
    /// The data row, counted from 1.
    pub row: u32,
}

impl RowRef {
    /// The row at position `index` (counted from 0) of `table`.
    #[must_use]
    pub fn new(table: Table, index: usize) -> Self {
        Self { table, row: u32::try_from(index).unwrap_or(u32::MAX - 1) + 1 }
    }

    /// The position in the table's vector, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.row.saturating_sub(1) as usize
    }
}

/// Everything a dataset says, table by table.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// `parties` 主体
    pub parties: Vec<Party>,
    /// `holdings` 持股
    pub holdings: Vec<Holding>,
    /// `proxies` 表决权委托
    pub proxies: Vec<Proxy>,
    /// `controls` 控制关系
    pub controls: Vec<Control>,
    /// `concert` 一致行动
    pub concert: Vec<ConcertMembership>,
    /// `positions` 任职
    pub positions: Vec<Position>,
    /// `kinships` 亲属
    pub kinships: Vec<Kinship>,
    /// `designations` 认定
    pub designations: Vec<Designation>,
    /// `vote_restrictions` 表决权受限
    pub vote_restrictions: Vec<VoteRestriction>,
    /// `financials` 财务
    pub financials: Vec<Financial>,
    /// `transactions` 交易
    pub transactions: Vec<Transaction>,
    /// `forecasts` 日常关联交易预计
    pub forecasts: Vec<Forecast>,
    /// `settings`: `subject`, `rules`, `language`
    pub settings: BTreeMap<String, String>,
    /// Parties by id.
    index: FxHashMap<String, PartyId>,
}

impl Facts {
    /// Facts that name these parties and no ties yet.
    #[must_use]
    pub fn with_parties(parties: Vec<Party>) -> Self {
        let index = parties.iter().enumerate().map(|(i, party)| (party.id.clone(), PartyId::new(i))).collect();
        Self { parties, index, ..Self::default() }
    }

    /// The party with this id.
    #[must_use]
    pub fn party_id(&self, id: &str) -> Option<PartyId> {
        self.index.get(id).copied()
    }

    /// The party's own row.
    ///
    /// # Panics
    /// Never for an id these facts handed out.
    #[must_use]
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.index()]
    }

    /// Every party id, in the order of the table.
    pub fn party_ids(&self) -> impl Iterator<Item = PartyId> + use<> {
        (0..self.parties.len()).map(PartyId::new)
    }

    /// Data rows of all tables but `settings`.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.parties.len()
            + self.holdings.len()
            + self.proxies.len()
            + self.controls.len()
            + self.concert.len()
            + self.positions.len()
            + self.kinships.len()
            + self.designations.len()
            + self.vote_restrictions.len()
            + self.financials.len()
            + self.transactions.len()
            + self.forecasts.len()
    }

    /// The period of a tie's row; `None` for tables whose rows hold at all times (or for a row that is not there).
    #[must_use]
    pub fn period(&self, row: RowRef) -> Option<&Period> {
        let i = row.index();
        match row.table {
            Table::Holdings => self.holdings.get(i).map(|r| &r.period),
            Table::Proxies => self.proxies.get(i).map(|r| &r.period),
            Table::Controls => self.controls.get(i).map(|r| &r.period),
            Table::Concert => self.concert.get(i).map(|r| &r.period),
            Table::Positions => self.positions.get(i).map(|r| &r.period),
            Table::Kinships => self.kinships.get(i).map(|r| &r.period),
            Table::Designations => self.designations.get(i).map(|r| &r.period),
            Table::VoteRestrictions => self.vote_restrictions.get(i).map(|r| &r.period),
            Table::Parties | Table::Financials | Table::Transactions | Table::Forecasts => None,
        }
    }

    /// Where the row's fact comes from, as the dataset has it.
    #[must_use]
    pub fn source(&self, row: RowRef) -> Option<&str> {
        let i = row.index();
        match row.table {
            Table::Holdings => self.holdings.get(i).and_then(|r| r.source.as_deref()),
            Table::Proxies => self.proxies.get(i).and_then(|r| r.source.as_deref()),
            Table::Controls => self.controls.get(i).and_then(|r| r.source.as_deref()),
            Table::Concert => self.concert.get(i).and_then(|r| r.source.as_deref()),
            Table::Positions => self.positions.get(i).and_then(|r| r.source.as_deref()),
            Table::Kinships => self.kinships.get(i).and_then(|r| r.source.as_deref()),
            Table::Designations => self.designations.get(i).and_then(|r| r.source.as_deref()),
            Table::VoteRestrictions => self.vote_restrictions.get(i).and_then(|r| r.source.as_deref()),
            Table::Financials => self.financials.get(i).and_then(|r| r.source.as_deref()),
            Table::Transactions => self.transactions.get(i).and_then(|r| r.source.as_deref()),
            Table::Forecasts => self.forecasts.get(i).and_then(|r| r.source.as_deref()),
            Table::Parties => None,
        }
    }
}
