//! relata: the graph kernel on one day, without presumption, concert and joint control.

use super::Contestant;
use crate::edges::{DECLARED, Edges};
use crate::tally::Tally;
use chrono::NaiveDate;
use relata::facts::{
    Amount, Control, ControlBasis, Effect, Facts, Holding, Party, PartyId, PartyKind, Percent, Period,
};
use relata::graph::{ControlRules, Kernel, Lens, Links, Network, Node, Side};
use rust_decimal::Decimal;
use std::fmt::Write;

/// Parties for which one kernel keeps what it has found.
const SHARED: u32 = 512;

pub struct Ours {
    facts: Facts,
    links: Option<Links>,
}

impl Ours {
    /// The network of the day.
    pub fn network(&mut self) -> Network<'_> {
        Network::with_links(&self.facts, self.links.take().unwrap())
    }

    /// A kernel for the reduced problem.
    pub fn kernel<'n, 'f>(network: &'n Network<'f>) -> Kernel<'n, 'f> {
        let day = NaiveDate::from_num_days_from_ce_opt(crate::rows::ASKED).unwrap();
        let lens = Lens { asked: day, day, side: Side::Least, months: 12 };
        let majority = Percent::from(Decimal::from(50));
        // Without a presumption it does not matter who the subject is.
        let rules = ControlRules { subject: 0, majority, presumption: None, family_block: false, joint: false };
        Kernel::on_day(network, lens, rules)
    }
}

/// The facts of the day: parties with a number for an id, no texts.
fn facts(edges: &Edges) -> Facts {
    let mut facts = Facts::default();
    let mut id = String::new();
    for party in 0..edges.parties {
        id.clear();
        write!(id, "{party}").unwrap();
        facts.push_party(&Party::new(&id, "", PartyKind::Company));
    }
    for tie in edges.ties() {
        let (holder, company) = (PartyId::new(tie.holder as usize), PartyId::new(tie.company as usize));
        let period = Period::ALWAYS;
        if tie.share == DECLARED {
            facts.push_control(&Control {
                controller: holder,
                controlled: company,
                basis: Some(ControlBasis::Agreement),
                joint: None,
                effect: Effect::Asserts,
                period,
                source: None,
            });
        } else {
            let percent = Amount::Exact(Percent::from(Decimal::new(tie.share as i64, 4)));
            facts.push_holding(&Holding { holder, company, percent, votes_percent: None, period, source: None });
        }
    }
    facts
}

impl Contestant for Ours {
    fn load(edges: &Edges) -> Self {
        let facts = facts(edges);
        let links = Some(Links::new(&facts));
        Self { facts, links }
    }

    fn pairs(&mut self) -> Tally {
        let network = self.network();
        let mut tally = Tally::default();
        let parties = network.party_count() as Node;
        for first in (0..parties).step_by(SHARED as usize) {
            let mut kernel = Self::kernel(&network);
            for party in first..parties.min(first + SHARED) {
                if network.out(party).len() == 0 {
                    continue;
                }
                kernel.controlled_by(party).iter().skip(1).for_each(|company| tally.add(party, *company));
            }
        }
        tally
    }
}
