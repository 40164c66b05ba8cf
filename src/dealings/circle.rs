//! The circle around a counterparty at one bound: who controls it, whom it controls, their officers and families.

use crate::facts::{Authority, PartyId, Percent};
use crate::graph::{Kernel, Kin, Node, Post, Side, node};
use crate::packs::sse_2022::Choices;
use crate::register::{CommonControl, Question, Resolver};
use std::collections::{BTreeMap, BTreeSet};

/// Why an item holds.
pub(super) enum Reason {
    /// It is the counterparty.
    Itself,
    /// It controls the counterparty.
    Controls,
    /// The counterparty controls it.
    Controlled,
    /// Both are controlled by this party.
    Common(Node),
    /// It holds a post in the counterparty, in a controller of it, or in what it controls.
    Post(Post),
    /// It is close family of the counterparty, or of a person who controls it.
    Family { of: Node, kin: Kin },
    /// It is close family of an officer.
    OfficersFamily { post: Post, kin: Kin },
    /// It is designated by this row.
    Designated(usize),
    /// Its votes are restricted by this row in favour of the counterparty or of one tied to it.
    Restricted { row: usize, beneficiary: Node },
}

/// The circle around a counterparty.
pub(super) struct Circle<'r, 'f> {
    control: CommonControl<'r, 'r, 'f>,
    side: Side,
    subject: Node,
    pub(super) counterparty: Node,
    age: Option<u32>,
    representatives: bool,
    /// Who controls the counterparty.
    controllers: BTreeSet<Node>,
    /// Whom the counterparty controls.
    controlled: BTreeSet<Node>,
    /// The counterparty, and the organisations that control it or that it controls, without the company's own group.
    places: BTreeSet<Node>,
    /// Relatives of the counterparty and of persons who control it.
    relatives: BTreeMap<Node, (Node, Kin)>,
    /// Relatives of officers of the counterparty and of organisations that control it.
    officers_relatives: BTreeMap<Node, (Post, Kin)>,
}

impl<'r, 'f> Circle<'r, 'f> {
    /// The circle on the question's day. What is left out is taken the other way round.
    pub(super) fn new(resolver: &'r Resolver<'f>, question: &Question, counterparty: PartyId, side: Side) -> Self {
        let numbers = question.pack.numbers(question.as_of);
        let choices = Choices::new(&question.readings, numbers);
        let mut control = resolver.common_control(question, side);
        let mut against = resolver.common_control(question, side.opposite());
        let x = node(counterparty);
        let kernel = control.kernel();
        let controllers: BTreeSet<Node> = kernel.controllers_on_day(x).into_iter().collect();
        let controlled: BTreeSet<Node> = kernel.controlled_by(x).into_iter().filter(|other| *other != x).collect();
        let network = kernel.network();
        let places: BTreeSet<Node> = controllers
            .union(&controlled)
            .copied()
            .filter(|other| network.kind(*other).is_organisation())
            .filter(|other| !against.is_own(crate::graph::party(*other)))
            .chain(std::iter::once(x))
            .collect();
        let mut circle = Self {
            control,
            side,
            subject: node(question.subject),
            counterparty: x,
            age: choices.age,
            representatives: choices.representatives,
            controllers,
            controlled,
            places,
            relatives: BTreeMap::new(),
            officers_relatives: BTreeMap::new(),
        };
        circle.find_relatives();
        circle
    }

    pub(super) fn kernel(&mut self) -> &mut Kernel<'r, 'f> {
        self.control.kernel()
    }

    fn is_person(&mut self, party: Node) -> bool {
        !self.kernel().network().kind(party).is_organisation()
    }

    fn find_relatives(&mut self) {
        let age = self.age;
        let heads: Vec<Node> = self.controllers.iter().copied().chain(std::iter::once(self.counterparty)).collect();
        for head in heads {
            if self.is_person(head) {
                for kin in self.kernel().family(head, age) {
                    self.relatives.entry(kin.relative).or_insert((head, kin));
                }
            }
        }
        // Officers of the counterparty and of organisations that control it, authorities apart.
        let x = self.counterparty;
        let above = |place: &Node| *place == x || self.controllers.contains(place);
        let seats: Vec<Node> = self.places.iter().copied().filter(above).collect();
        for seat in seats {
            if self.kernel().network().kind(seat) == crate::facts::PartyKind::StateBody {
                continue;
            }
            for post in self.kernel().posts_in(seat) {
                if !post.role.is_officer(self.representatives) {
                    continue;
                }
                for kin in self.kernel().family(post.person, age) {
                    self.officers_relatives.entry(kin.relative).or_insert((post, kin));
                }
            }
        }
    }

    /// Directors of the company in office.
    pub(super) fn directors(&mut self) -> BTreeSet<Node> {
        let subject = self.subject;
        let posts = self.kernel().posts_in(subject);
        posts.into_iter().filter(|post| post.role.is_director()).map(|post| post.person).collect()
    }

    /// Those who hold shares of the company, itself apart.
    pub(super) fn shareholders(&mut self) -> BTreeSet<Node> {
        let (subject, side) = (self.subject, self.side);
        let capital = self.kernel().capital(subject);
        let holders = capital.holders().filter(|(holder, stake)| *holder != subject && stake.has_some(side));
        holders.map(|(holder, _)| holder).collect()
    }

    /// Votes in the company by holder, after proxies, at the circle's bound.
    pub(super) fn votes(&mut self) -> BTreeMap<Node, Percent> {
        let (subject, side) = (self.subject, self.side);
        let table = self.kernel().votes(subject);
        table.holders().map(|(position, holder)| (holder, table.percent(table.units(position, side)))).collect()
    }

    /// The items that hold of a director or shareholder, each with its reason.
    pub(super) fn reasons(&mut self, who: Node, director: bool) -> BTreeMap<u8, Reason> {
        let mut found = BTreeMap::new();
        let x = self.counterparty;
        if who == x {
            found.insert(1, Reason::Itself);
        }
        if self.controllers.contains(&who) {
            found.insert(2, Reason::Controls);
        }
        let person = self.is_person(who);
        let post = if person { self.post(who) } else { None };
        let family = || self.relatives.get(&who).filter(|_| person).cloned();
        let family = family().map(|(of, kin)| Reason::Family { of, kin });
        let designated = self.designation(who).map(Reason::Designated);
        let add = |found: &mut BTreeMap<u8, Reason>, number: u8, reason: Option<Reason>| {
            if let Some(reason) = reason {
                found.insert(number, reason);
            }
        };
        if director {
            add(&mut found, 3, post);
            add(&mut found, 4, family);
            let officers = self.officers_relatives.get(&who).cloned();
            add(&mut found, 5, officers.map(|(post, kin)| Reason::OfficersFamily { post, kin }));
            add(&mut found, 6, designated);
        } else {
            add(&mut found, 3, self.controlled.contains(&who).then_some(Reason::Controlled));
            add(&mut found, 4, self.common_controller(who).map(Reason::Common));
            add(&mut found, 5, post);
            add(&mut found, 6, family);
            add(&mut found, 7, self.restriction(who));
            add(&mut found, 8, designated);
        }
        found
    }

    fn post(&mut self, who: Node) -> Option<Reason> {
        let posts = self.kernel().posts_of(who);
        posts.into_iter().find(|post| self.places.contains(&post.organisation)).map(Reason::Post)
    }

    /// The first party by number that controls both, authorities apart.
    fn common_controller(&mut self, who: Node) -> Option<Node> {
        if who == self.counterparty {
            return None;
        }
        let kernel = self.control.kernel();
        let theirs: BTreeSet<Node> = kernel.controllers_on_day(who).into_iter().collect();
        let network = kernel.network();
        let mut common = self.controllers.intersection(&theirs).copied();
        common.find(|top| network.kind(*top) != crate::facts::PartyKind::StateBody)
    }

    fn designation(&mut self, who: Node) -> Option<usize> {
        let kernel = self.control.kernel();
        let (lens, rows) = (*kernel.lens(), kernel.network().facts().designations());
        let by_authority = |authority| matches!(authority, Authority::Csrc | Authority::Exchange);
        rows.iter().position(|row| node(row.party) == who && by_authority(row.authority) && lens.has(&row.period))
    }

    fn restriction(&mut self, who: Node) -> Option<Reason> {
        let kernel = self.control.kernel();
        let (lens, rows) = (*kernel.lens(), kernel.network().facts().vote_restrictions());
        let found = rows.iter().enumerate().find_map(|(at, row)| {
            let beneficiary = node(row.beneficiary);
            let favoured = beneficiary == self.counterparty
                || self.controllers.contains(&beneficiary)
                || self.controlled.contains(&beneficiary);
            let theirs = node(row.shareholder) == who && node(row.company) == self.subject;
            (theirs && favoured && lens.has(&row.period)).then_some((at, beneficiary))
        });
        found.map(|(row, beneficiary)| Reason::Restricted { row, beneficiary })
    }
}
