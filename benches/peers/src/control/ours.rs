//! relata: control over the whole graph on one day, without presumption, concert and joint control.

use super::Contestant;
use crate::edges::{DECLARED, Edges};
use crate::tally::Tally;
use chrono::NaiveDate;
use rayon::prelude::*;
use relata::facts::{
    Amount, Control, ControlBasis, Effect, Facts, Holding, Party, PartyId, PartyKind, Percent, Period,
};
use relata::graph::{ControlRules, Forest, Kernel, Lens, Links, Network, Node, Side};
use relata::intake;
use relata::packed::Opened;
use rust_decimal::Decimal;
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub struct Ours {
    facts: Facts,
    links: Option<Links>,
}

/// Where the packed file of a neutral file is.
pub fn packed(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".relata");
    name.into()
}

/// Keeps facts as what relata reads: it makes a packed file once, and maps it from then on.
pub fn keep(facts: Facts, path: &Path) {
    let rows = facts.row_count();
    let loaded = intake::Loaded { facts, findings: Vec::new(), digest: String::new(), rows };
    relata::packed::write(Opened::from_loaded(loaded), &packed(path), &mut |_, _| ()).unwrap();
}

impl Ours {
    /// The network of the day.
    pub fn network(&mut self) -> Network<'_> {
        Network::with_links(&self.facts, self.links.take().unwrap())
    }

    /// The day, and the rules of the reduced problem.
    fn question() -> (Lens, ControlRules) {
        let day = NaiveDate::from_num_days_from_ce_opt(crate::rows::ASKED).unwrap();
        let lens = Lens { asked: day, day, side: Side::Least, months: 12 };
        let majority = Percent::from(Decimal::from(50));
        // Without a presumption it does not matter who the subject is.
        (lens, ControlRules { subject: None, majority, presumption: None, family_block: false, joint: false })
    }

    /// A kernel for the reduced problem.
    pub fn kernel<'n, 'f>(network: &'n Network<'f>) -> Kernel<'n, 'f> {
        let (lens, rules) = Self::question();
        Kernel::on_day(network, lens, rules)
    }
}

/// Packs the ties of the day.
pub fn pack(edges: &Edges) {
    keep(facts(edges), &edges.path);
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
        let Opened { facts, links, .. } = relata::packed::open(&packed(&edges.path)).unwrap();
        Self { facts, links }
    }

    fn pairs(&mut self) -> Tally {
        let (lens, rules) = Self::question();
        let network = self.network();
        let forest = Forest::new(&network, &lens, &rules);
        let parties = 0..network.party_count() as Node;
        let tally = |mut tally: Tally, party: Node| {
            forest.controllers(party).into_iter().for_each(|controller| tally.add(controller, party));
            tally
        };
        parties.into_par_iter().fold(Tally::default, tally).reduce(Tally::default, Tally::join)
    }
}
