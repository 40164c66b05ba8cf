//! Single cells of rows, for whoever goes through many: nothing is decoded but what is asked for. Each is O(1), and
//! reads zeros for a row that is not there.

use super::codes::{ControlBasis, Effect, Relation, Role};
use super::share::Amounts;
use super::{Amount, Facts, PartyId, Period, PeriodCode, Share};
use chrono::NaiveDate;

impl Facts {
    /// Holder and company of a row of `holdings`.
    #[must_use]
    pub fn holding_ends(&self, row: usize) -> (PartyId, PartyId) {
        let record = self.holdings.records.at(row);
        (self.known(record.holder), self.known(record.company))
    }

    /// When a row of `holdings` holds.
    #[must_use]
    pub fn holding_period(&self, row: usize) -> Period {
        self.holdings.records.at(row).period.period()
    }

    /// The same, not decoded yet.
    #[must_use]
    pub fn holding_code(&self, row: usize) -> PeriodCode {
        self.holdings.records.at(row).period
    }

    /// Whether a row of `holdings` holds on a day on which that is asked, where no end of its period is uncertain.
    #[must_use]
    pub fn holding_holds(&self, row: usize, day: NaiveDate) -> Option<bool> {
        self.holdings.records.at(row).period.holds_on(day)
    }

    /// The share of the capital in a row of `holdings`.
    #[must_use]
    pub fn share(&self, row: usize) -> Share {
        Amounts::share(self.holdings.records.at(row).percent)
    }

    /// The votes that a row of `holdings` states, where they differ from its share.
    #[must_use]
    pub fn stated_votes(&self, row: usize) -> Option<Share> {
        self.amounts.share_aside(self.holdings.records.at(row).votes)
    }

    /// The votes that a row of `holdings` carries: those it states, else its share.
    #[must_use]
    pub fn votes(&self, row: usize) -> Share {
        let record = self.holdings.records.at(row);
        self.amounts.share_aside(record.votes).unwrap_or_else(|| Amounts::share(record.percent))
    }

    /// Principal, agent and company of a row of `proxies`.
    #[must_use]
    pub fn proxy_ends(&self, row: usize) -> (PartyId, PartyId, PartyId) {
        let record = self.proxies.records.at(row);
        (self.known(record.principal), self.known(record.agent), self.known(record.company))
    }

    /// When a row of `proxies` holds.
    #[must_use]
    pub fn proxy_period(&self, row: usize) -> Period {
        self.proxies.records.at(row).period.period()
    }

    /// The same, not decoded yet.
    #[must_use]
    pub fn proxy_code(&self, row: usize) -> PeriodCode {
        self.proxies.records.at(row).period
    }

    /// The votes that a row of `proxies` passes; none: all that the principal has.
    #[must_use]
    pub fn proxy_votes(&self, row: usize) -> Option<Share> {
        self.amounts.share_aside(self.proxies.records.at(row).votes)
    }

    /// Controller and controlled of a row of `controls`.
    #[must_use]
    pub fn control_ends(&self, row: usize) -> (PartyId, PartyId) {
        let record = self.controls.records.at(row);
        (self.known(record.controller), self.known(record.controlled))
    }

    /// When a row of `controls` holds.
    #[must_use]
    pub fn control_period(&self, row: usize) -> Period {
        self.controls.records.at(row).period.period()
    }

    /// The same, not decoded yet.
    #[must_use]
    pub fn control_code(&self, row: usize) -> PeriodCode {
        self.controls.records.at(row).period
    }

    /// Whether a row of `controls` asserts or denies.
    #[must_use]
    pub fn control_effect(&self, row: usize) -> Effect {
        Effect::from_byte(self.controls.records.at(row).effect)
    }

    /// How the control in a row of `controls` works, where it is said.
    #[must_use]
    pub fn control_basis(&self, row: usize) -> Option<ControlBasis> {
        self.controls.records.at(row).basis()
    }

    /// Whether a row of `controls` speaks of joint control.
    #[must_use]
    pub fn is_joint(&self, row: usize) -> bool {
        self.controls.records.at(row).joint != 0
    }

    /// Member and company (none: every company) of a row of `concert`.
    #[must_use]
    pub fn concert_ends(&self, row: usize) -> (PartyId, Option<PartyId>) {
        let record = self.concert.records.at(row);
        (self.known(record.member), self.known_or_none(record.company))
    }

    /// The label of the group of a row of `concert`.
    #[must_use]
    pub fn concert_group(&self, row: usize) -> &str {
        self.heap.text(self.concert.records.at(row).group)
    }

    /// Whether the member of a row of `concert` leads its group.
    #[must_use]
    pub fn concert_lead(&self, row: usize) -> bool {
        self.concert.records.at(row).lead != 0
    }

    /// When a row of `concert` holds.
    #[must_use]
    pub fn concert_period(&self, row: usize) -> Period {
        self.concert.records.at(row).period.period()
    }

    /// Person and organisation of a row of `positions`.
    #[must_use]
    pub fn position_ends(&self, row: usize) -> (PartyId, PartyId) {
        let record = self.positions.records.at(row);
        (self.known(record.person), self.known(record.organisation))
    }

    /// When a row of `positions` holds.
    #[must_use]
    pub fn position_period(&self, row: usize) -> Period {
        self.positions.records.at(row).period.period()
    }

    /// The same, not decoded yet.
    #[must_use]
    pub fn position_code(&self, row: usize) -> PeriodCode {
        self.positions.records.at(row).period
    }

    /// The role in a row of `positions`.
    #[must_use]
    pub fn position_role(&self, row: usize) -> Role {
        Role::from_byte(self.positions.records.at(row).role)
    }

    /// Person and relative of a row of `kinships`.
    #[must_use]
    pub fn kinship_ends(&self, row: usize) -> (PartyId, PartyId) {
        let record = self.kinships.records.at(row);
        (self.known(record.person), self.known(record.relative))
    }

    /// When a row of `kinships` holds.
    #[must_use]
    pub fn kinship_period(&self, row: usize) -> Period {
        self.kinships.records.at(row).period.period()
    }

    /// What the relative is to the person in a row of `kinships`.
    #[must_use]
    pub fn kinship_relation(&self, row: usize) -> Relation {
        Relation::from_byte(self.kinships.records.at(row).relation)
    }

    /// The party of a row of `designations`.
    #[must_use]
    pub fn designated(&self, row: usize) -> PartyId {
        self.known(self.designations.records.at(row).party)
    }

    /// When a row of `designations` holds.
    #[must_use]
    pub fn designation_period(&self, row: usize) -> Period {
        self.designations.records.at(row).period.period()
    }

    /// A share as an exact amount. O(1) for units, O(its text) else.
    #[must_use]
    pub fn amount(&self, share: Share) -> Amount {
        self.amounts.amount(share, &self.heap)
    }

    /// Whether a share is known only within bounds. O(1) for units, O(its text) else.
    #[must_use]
    pub fn is_uncertain(&self, share: Share) -> bool {
        self.amounts.is_uncertain(share, &self.heap)
    }
}
