//! What a dataset says: parties, dated ties with their sources, and nothing derived from them.
//!
//! One table for each table of `dataset.md`, one row for each data row, in the order of the file: the row at
//! position `i` of a table is row `i + 1` of the dataset ([`RowRef`]). No reading and no writing happens here
//! (see [`crate::intake`]) and no conclusion is drawn (see [`crate::graph`]).
//!
//! Facts are kept as columns of records of fixed size, with all texts in one heap, so that those of a whole country
//! fit in memory or are mapped from a file ([`Columns`]). Rows are given out by value and borrow their texts:
//! `facts.holdings().row(i)` is a [`Holding`]. Whoever counts with many rows asks for what it needs and no more
//! ([`Facts::holding_ends`], [`Facts::share`], [`Facts::kind`], ...).

mod append;
mod coded;
mod codes;
mod columns;
mod directory;
mod figures;
mod fold;
mod grouped;
mod hashed;
mod heap;
mod lang;
mod money;
mod names;
mod narrow;
mod outgoing;
mod parties;
mod party;
mod percent;
mod period;
mod recent;
mod records;
mod rows;
mod share;
mod statements;
mod table;

pub use coded::PeriodCode;
pub use codes::{
    Approval, Authority, ControlBasis, Direction, Effect, Item, Kind, MovementKind, PartyKind, Pricing, Relation, Role,
    Table,
};
pub use columns::Columns;
pub use directory::{Directory, LookupError};
pub use fold::{core, fold, folded};
pub use grouped::Grouped;
pub use lang::Lang;
pub use money::Yuan;
pub use outgoing::Outgoing;
pub use party::{Party, PartyId, mask_identifier};
pub use percent::{Amount, ParsePercentError, Percent};
pub use period::{Bound, Period, Span, add_months, sub_months};
pub use rows::{
    ConcertMembership, Control, Declaration, Designation, Financial, Forecast, Holding, Kinship, Movement, Particular,
    Position, Proxy, Transaction, VoteRestriction,
};
pub use share::Share;
pub use table::{Record, Rows};

use append::Shift;
use figures::{FinancialRecord, ForecastRecord, TransactionRecord};
use heap::Heap;
use parties::Parties;
use records::{
    ConcertRecord, ControlRecord, DesignationRecord, HoldingRecord, KinshipRecord, PositionRecord, ProxyRecord,
    VoteRestrictionRecord,
};
use serde::{Deserialize, Serialize};
use share::Amounts;
use statements::{DeclarationRecord, MovementRecord, ParticularRecord};
use std::collections::BTreeMap;
use table::Stored;

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
        Self { table, row: u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1) }
    }

    /// The position in the table, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.row.saturating_sub(1) as usize
    }
}

/// Declares the facts: each table but that of the parties, with its record and its row.
macro_rules! facts {
    ($($(#[$doc:meta])* $table:ident, $variant:ident, $record:ident, $row:ident, $push:ident, $needs:tt;)+) => {
        /// Everything a dataset says, table by table.
        #[derive(Debug, Clone, Default)]
        pub struct Facts {
            heap: Heap,
            amounts: Amounts,
            parties: Parties,
            $($table: Stored<$record>,)+
            /// `settings`: `subject`, `rules`, `language`
            pub settings: BTreeMap<String, String>,
        }

        impl Facts {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $table(&self) -> Rows<'_, $record> {
                    Rows::new(self, &self.$table)
                }

                /// Appends a row to the table. O(its texts).
                pub fn $push(&mut self, row: &$row<'_>) {
                    let record = facts!(@ $needs, self, $record, row);
                    self.$table.push(record, self.heap.maybe(row.source));
                }
            )+

            /// Appends every row of a piece, whose ties name parties of these facts. O(rows and texts of the piece),
            /// amortised.
            pub(crate) fn append(&mut self, piece: &Self) {
                let shift = Shift {
                    heap: self.heap.bytes.len(),
                    codes: self.amounts.codes.len(),
                    others: self.amounts.others.len(),
                    rare: self.parties.rare_records(),
                };
                self.heap.append(&piece.heap);
                self.amounts.append(&piece.amounts, shift);
                self.parties.append(&piece.parties, shift, &self.heap);
                $(self.$table.append(&piece.$table, shift);)+
            }

            /// Data rows of all tables but `settings`.
            #[must_use]
            pub fn row_count(&self) -> usize {
                self.parties.stored.records.len() $(+ self.$table.records.len())+
            }

            /// When a row holds; `None` for tables whose rows hold at all times (or for a row that is not there).
            #[must_use]
            pub fn period(&self, row: RowRef) -> Option<Period> {
                match row.table {
                    Table::Parties => None,
                    $(Table::$variant => self.$table().period(row.index()),)+
                }
            }

            /// Where the row's fact comes from, as the dataset has it.
            #[must_use]
            pub fn source(&self, row: RowRef) -> Option<&str> {
                match row.table {
                    Table::Parties => None,
                    $(Table::$variant => self.$table().source(row.index()),)+
                }
            }

            /// How many rows a table has.
            #[must_use]
            pub fn rows_of(&self, table: Table) -> usize {
                match table {
                    Table::Parties => self.parties().len(),
                    $(Table::$variant => self.$table().len(),)+
                }
            }

            /// Shows every column but those of the indexes, and empties it; numbers go on from where they are.
            fn hand_over(&mut self, columns: &mut impl Columns) {
                self.heap.hand_over(columns);
                self.amounts.hand_over(columns);
                self.parties.hand_over(columns);
                $(self.$table.hand_over([stringify!($table), concat!(stringify!($table), ".sources")], columns);)+
            }

            /// Shows every column, those of the indexes too: what is not indexed yet is indexed first. Everything the
            /// facts say is in these columns but `settings`. O(parties) where names were not looked up yet.
            pub fn visit_columns(&mut self, columns: &mut impl Columns) {
                self.index_names();
                columns.visit("texts", &mut self.heap.bytes);
                columns.visit("amounts.codes", &mut self.amounts.codes);
                columns.visit("amounts.others", &mut self.amounts.others);
                self.parties.visit(columns);
                $(self.$table.visit([stringify!($table), concat!(stringify!($table), ".sources")], columns);)+
            }
        }
    };
    (@ (), $facts:ident, $record:ident, $row:ident) => { $record::new($row) };
    (@ (heap), $facts:ident, $record:ident, $row:ident) => { $record::new($row, &mut $facts.heap) };
    (@ (heap, amounts), $facts:ident, $record:ident, $row:ident) => {
        $record::new($row, &mut $facts.heap, &mut $facts.amounts)
    };
}

facts! {
    /// `holdings` 持股
    holdings, Holdings, HoldingRecord, Holding, push_holding, (heap, amounts);
    /// `proxies` 表决权委托
    proxies, Proxies, ProxyRecord, Proxy, push_proxy, (heap, amounts);
    /// `controls` 控制关系
    controls, Controls, ControlRecord, Control, push_control, (heap);
    /// `concert` 一致行动
    concert, Concert, ConcertRecord, ConcertMembership, push_concert, (heap);
    /// `positions` 任职
    positions, Positions, PositionRecord, Position, push_position, ();
    /// `kinships` 亲属
    kinships, Kinships, KinshipRecord, Kinship, push_kinship, ();
    /// `designations` 认定
    designations, Designations, DesignationRecord, Designation, push_designation, (heap);
    /// `vote_restrictions` 表决权受限
    vote_restrictions, VoteRestrictions, VoteRestrictionRecord, VoteRestriction, push_vote_restriction, (heap);
    /// `financials` 财务
    financials, Financials, FinancialRecord, Financial, push_financial, ();
    /// `transactions` 交易
    transactions, Transactions, TransactionRecord, Transaction, push_transaction, (heap);
    /// `forecasts` 日常关联交易预计
    forecasts, Forecasts, ForecastRecord, Forecast, push_forecast, (heap);
    /// `particulars` 交易要素
    particulars, Particulars, ParticularRecord, Particular, push_particular, (heap);
    /// `declarations` 关联人申报
    declarations, Declarations, DeclarationRecord, Declaration, push_declaration, (heap);
    /// `movements` 权益变动
    movements, Movements, MovementRecord, Movement, push_movement, (heap, amounts);
}
