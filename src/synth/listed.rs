//! Listed companies: who controls them, who holds them, who runs them, and what belongs to all of those.

use super::boards::SEATS;
use super::dice::ASKED;
use super::market::Market;
use super::plan::{Capital, Layout};
use super::rows::{Ref, Sink, WHOLE};
use super::scribe::YEAR;
use crate::facts::{Authority, ControlBasis, Role};
use std::io;

/// Those around a listed company.
#[derive(Default)]
struct Cast {
    /// Whoever is at the top of the companies above.
    top: Option<Ref>,
    /// Whoever holds the largest stake; nobody where the stakes are dispersed.
    parent: Option<Ref>,
    /// Board and management, in the order of the seats.
    board: Vec<Ref>,
    /// Relatives of the controller and of the board.
    relatives: Vec<Ref>,
}

impl<S: Sink + ?Sized> Market<'_, S> {
    /// The listed company of this order with all that is around it.
    pub(super) fn listed(&mut self, order: usize) -> io::Result<()> {
        let layout = self.plan.layout(order);
        let listed = self.at(layout.listed());
        let mut cast = Cast::default();
        self.above(layout, &mut cast)?;
        self.seats(&mut cast)?;
        self.elect(listed, &cast.board)?;
        self.beside(layout, &cast)?;
        let share = self.shareholders(layout, &cast)?;
        self.findings(order, listed, share, &cast)?;
        self.subsidiaries(layout, &cast)?;
        self.around(layout, &cast)
    }

    /// The companies above, and whoever is above those: a planted group, a family, or nobody in particular.
    fn above(&mut self, layout: Layout, cast: &mut Cast) -> io::Result<()> {
        let chance = self.scribe.dice.below(100);
        if chance >= 85 && layout.above == 0 {
            return Ok(());
        }
        let top = if chance < 45 {
            let number = u64::from(self.scribe.dice.below(u32::MAX));
            let found = self.plan.in_groups(number);
            self.at(found)
        } else {
            self.scribe.with_family(&mut cast.relatives)?
        };
        cast.top = Some(top);
        let mut holder = top;
        for index in layout.start..layout.start + layout.above {
            self.holders.clear();
            let share = if self.scribe.dice.percent(40) { WHOLE } else { self.scribe.dice.between(510_000, 990_000) };
            self.hold(holder, index, share, 15)?;
            let rest = self.scribe.dice.below(3);
            self.rest(index, WHOLE - share, rest)?;
            self.officers(index, top.person.then_some(top))?;
            holder = self.at(index);
        }
        cast.parent = Some(holder);
        Ok(())
    }

    /// Who sits on the board: the controller in person, people from the group above, and others; some have families.
    fn seats(&mut self, cast: &mut Cast) -> io::Result<()> {
        let groups = self.boards.len() as u32;
        let group = self.scribe.dice.below(groups) as usize;
        let sent = self.boards.get(group).copied().flatten();
        for (seat, role) in SEATS.iter().enumerate() {
            let person = match (seat, cast.top, sent) {
                (0, Some(top), _) if top.person && self.scribe.dice.percent(70) => top,
                (1..4, Some(top), Some(sent)) if !top.person && self.scribe.dice.percent(40) => {
                    let more = seat as u32 - 1;
                    Ref { place: sent.place + more, serial: sent.serial + more, person: true }
                }
                _ if *role == Role::IndependentDirector && self.scribe.dice.percent(45) => self.scribe.somebody(100)?,
                _ if self.scribe.dice.percent(30) => self.scribe.with_family(&mut cast.relatives)?,
                _ => self.scribe.newcomer()?,
            };
            let person = if cast.board.contains(&person) { self.scribe.newcomer()? } else { person };
            cast.board.push(person);
        }
        Ok(())
    }

    /// The partnership of the staff and the vehicles of those close to the company, which will hold some of it.
    fn beside(&mut self, layout: Layout, cast: &Cast) -> io::Result<()> {
        for index in layout.start + layout.above..layout.listed() {
            self.holders.clear();
            if index == layout.start + layout.above {
                let executive = match cast.top {
                    Some(top) if top.person => top,
                    _ => self.insider(cast)?,
                };
                for _ in 0..self.scribe.dice.between(2, 5) {
                    let partner = self.insider(cast)?;
                    if partner != executive && !self.holders.contains(&partner) {
                        let share = self.scribe.dice.between(5_000, 20_000);
                        // What is left after these and the executive partner is divided below.
                        self.early_partner(partner, index, share)?;
                    }
                }
                self.partners(index, executive, 3)?;
                continue;
            }
            let owner = self.insider(cast)?;
            let share = self.scribe.dice.between(510_000, WHOLE);
            self.hold(owner, index, share, 20)?;
            let rest = self.scribe.dice.below(3);
            self.rest(index, WHOLE - share, rest)?;
            self.officers(index, owner.person.then_some(owner))?;
        }
        Ok(())
    }

    /// Somebody of the board or of the families.
    fn insider(&mut self, cast: &Cast) -> io::Result<Ref> {
        let of = if self.scribe.dice.percent(50) { &cast.relatives } else { &cast.board };
        match self.scribe.dice.pick(of) {
            Some(person) => Ok(person),
            None => self.scribe.somebody(30),
        }
    }

    /// Those who hold the listed company; says the share of the largest.
    fn shareholders(&mut self, layout: Layout, cast: &Cast) -> io::Result<u32> {
        let (index, listed) = (layout.listed(), self.at(layout.listed()));
        self.holders.clear();
        let mut left = WHOLE;
        let mut largest = 0;
        if let Some(parent) = cast.parent {
            let dice = &mut self.scribe.dice;
            largest = if dice.percent(20) { dice.between(200_000, 300_000) } else { dice.between(300_100, 700_000) };
            left -= largest;
            self.hold(parent, index, largest, 15)?;
        }
        let mut acting: Vec<Ref> = cast.parent.into_iter().collect();
        for holder in layout.start + layout.above..index {
            let share = self.scribe.dice.between(10_000, 55_000).min(left / 8);
            left -= share;
            let holder = self.at(holder);
            acting.push(holder);
            self.hold(holder, index, share, 15)?;
        }
        for _ in 0..self.scribe.dice.below(5) {
            let holder = self.insider(cast)?;
            if !self.holders.contains(&holder) {
                let share = self.scribe.dice.between(500, 40_000).min(left / 8);
                left -= share;
                acting.push(holder);
                self.hold(holder, index, share, 15)?;
            }
        }
        for nominee in self.plan.nominees.clone().take(8) {
            if self.scribe.dice.percent(60) {
                let share = self.scribe.dice.between(2_000, 30_000).min(left / 8);
                left -= share;
                let nominee = self.at(nominee);
                self.hold(nominee, index, share, 15)?;
            }
        }
        let many = if self.scribe.dice.percent(2) { self.plan.most_holders() } else { 200 };
        let count = self.scribe.dice.pareto(if many > 200 { 200 } else { 10 }, many);
        let part = self.scribe.dice.between(30, 85);
        // Where nobody controls, nobody has very much.
        let sold = if cast.parent.is_some() { left } else { left / 2 };
        self.spread(index, sold / 100 * part, count)?;
        if acting.len() > 1 && self.scribe.dice.percent(22) {
            acting.truncate(4);
            let lead = self.scribe.dice.percent(40) && cast.parent.is_some();
            self.scribe.concert(&acting, listed, lead)?;
        }
        if let [agent, .., principal] = acting.as_slice()
            && self.scribe.dice.permille(25)
        {
            self.scribe.proxy(*principal, *agent, listed)?;
        }
        Ok(largest)
    }

    /// What has been found about control and substance: an actual controller, a denial, a designation.
    fn findings(&mut self, order: usize, listed: Ref, share: u32, cast: &Cast) -> io::Result<()> {
        if let Some(top) = cast.top {
            if share <= 300_000 && self.scribe.dice.percent(70) {
                let basis = if self.scribe.dice.percent(80) {
                    ControlBasis::ActualController
                } else {
                    ControlBasis::BoardMajority
                };
                self.scribe.control(top, listed, basis, None)?;
            } else if share > 300_000 && share < 450_000 && self.scribe.dice.permille(15) {
                self.scribe.denial(cast.parent.unwrap_or(top), listed)?;
            }
        }
        if order % 50 == 1 {
            let authority = match order / 50 % 3 {
                0 => Authority::Exchange,
                1 => Authority::Csrc,
                _ => Authority::Company,
            };
            let party = self.scribe.somebody(60)?;
            self.scribe.designation(party, authority)?;
        }
        if order % 80 == 3
            && let (Some(holder), Some(parent)) = (cast.relatives.first(), cast.parent)
        {
            self.scribe.restriction(*holder, parent, listed)?;
        }
        Ok(())
    }

    /// The company's own group, some of it run by its management.
    fn subsidiaries(&mut self, layout: Layout, cast: &Cast) -> io::Result<()> {
        let head = layout.listed();
        for index in head + 1..layout.around_start() {
            let parent = self.plan.group_parent(index, head);
            self.member(index, Some(parent))?;
            if self.scribe.dice.percent(30)
                && let Some(person) = self.scribe.dice.pick(&cast.board)
            {
                let role = if self.scribe.dice.percent(50) { Role::Chair } else { Role::GeneralManager };
                let organisation = self.at(index);
                self.scribe.post(person, organisation, role)?;
            }
        }
        Ok(())
    }

    /// Companies that insiders and their families hold or run.
    fn around(&mut self, layout: Layout, cast: &Cast) -> io::Result<()> {
        for index in layout.around_start()..layout.start + layout.len() {
            self.holders.clear();
            let owner = self.insider(cast)?;
            let organisation = self.at(index);
            match self.plan.capital(index) {
                Capital::Sole => self.hold(owner, index, WHOLE, 30)?,
                Capital::Majority | Capital::Joint => {
                    let share = self.scribe.dice.between(500_100, 990_000);
                    self.hold(owner, index, share, 30)?;
                    let rest = self.scribe.dice.below(3);
                    self.rest(index, WHOLE - share, rest)?;
                }
                Capital::Few | Capital::Wide | Capital::Bare => {
                    let share = self.scribe.dice.between(100_000, 490_000);
                    self.hold(owner, index, share, 30)?;
                    self.rest(index, 490_000, 2)?;
                }
            }
            if self.scribe.dice.percent(60) {
                let role = match self.scribe.dice.below(4) {
                    0 => Role::Chair,
                    1 => Role::Director,
                    2 => Role::GeneralManager,
                    _ => Role::LegalRepresentative,
                };
                let person = if self.scribe.dice.percent(60) { owner } else { self.insider(cast)? };
                self.scribe.post(person, organisation, role)?;
            }
            self.officers(index, Some(owner))?;
        }
        Ok(())
    }

    /// A partner who came before the executive partner.
    fn early_partner(&mut self, partner: Ref, index: u32, share: u32) -> io::Result<()> {
        let company = self.at(index);
        self.holders.push(partner);
        let from = self.scribe.dice.day(ASKED - 12 * YEAR, ASKED - 2 * YEAR);
        self.scribe.holding(partner, company, share, Self::fixed(from))
    }
}
