//! Who stands behind a party (向上穿透) and what it holds (向下穿透), layer by layer, circles shown once.

use super::resolve::{Case, Resolver};
use super::{Certainty, Question, Range, StakeLine, Stakes};
use crate::facts::{PartyId, Percent, RowRef, Share, Table};
use crate::graph::{Kernel, Lens, LookThrough, Node, Rounding, Side, Tie, node, party};
use crate::packs::sse_2022::control_rules;
use dashu_ratio::RBig;
use std::collections::{BTreeMap, BTreeSet};

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// One tie before shares and standing are filled in.
struct Link {
    layer: u32,
    holder: Node,
    company: Node,
    repeated: bool,
}

/// The kernels a look up or down needs.
struct View<'n, 'f> {
    least: Kernel<'n, 'f>,
    greatest: Kernel<'n, 'f>,
    /// At the least, where concert and joint labels give no control.
    sole: Kernel<'n, 'f>,
}

impl Resolver<'_> {
    /// Who stands behind a party on the day asked about. Parties whose look-through share is below `at_least` and who
    /// do not control it are left out and counted.
    #[must_use]
    pub fn owners(&self, question: &Question, of: PartyId, at_least: Option<&Percent>) -> Stakes {
        self.stakes(question, of, at_least, Way::Up)
    }

    /// What a party holds and controls on the day asked about, likewise.
    #[must_use]
    pub fn owned(&self, question: &Question, of: PartyId, at_least: Option<&Percent>) -> Stakes {
        self.stakes(question, of, at_least, Way::Down)
    }

    fn stakes(&self, question: &Question, of: PartyId, at_least: Option<&Percent>, way: Way) -> Stakes {
        let numbers = question.pack.numbers(question.as_of);
        let lens = |side| Lens { asked: question.as_of, day: question.as_of, side, months: numbers.window_months };
        let rules = control_rules(&question.readings, numbers, Some(node(question.subject)));
        let mut sole = rules.clone();
        sole.joint = false;
        let mut view = View {
            least: Kernel::on_day(self.network(), lens(Side::Least), rules.clone()),
            greatest: Kernel::on_day(self.network(), lens(Side::Greatest), rules),
            sole: Kernel::on_day(self.network(), lens(Side::Least), sole),
        };
        let root = node(of);
        let shares = view.shares(root, way);
        let case = self.case(question, false);
        let links = self.links(&mut view, root, way);
        let mut stakes = Stakes { party: of, lines: Vec::new(), left_out: None };
        let mut left_out: BTreeMap<Node, Percent> = BTreeMap::new();
        let mut hidden: BTreeSet<Node> = BTreeSet::new();
        for link in links {
            let (far, near) = match way {
                Way::Up => (link.holder, link.company),
                Way::Down => (link.company, link.holder),
            };
            if hidden.contains(&near) {
                hidden.insert(far);
                continue;
            }
            let line = view.line(&case, root, way, &link, &shares);
            let small = at_least.is_some_and(|least| line.look_through.greatest < *least);
            if small && line.controls == Certainty::No {
                hidden.insert(far);
                left_out.entry(far).or_insert(line.look_through.greatest);
            } else {
                hidden.remove(&far);
                left_out.remove(&far);
                stakes.lines.push(line);
            }
        }
        if !left_out.is_empty() {
            stakes.left_out = Some((left_out.len(), left_out.values().sum()));
        }
        stakes
    }

    /// Every tie on the way, nearest layer first, then by the ids of its ends. O(ties on the way).
    fn links(&self, view: &mut View, root: Node, way: Way) -> Vec<Link> {
        let id = |of: Node| self.facts().id(party(of));
        let mut links = Vec::new();
        let mut seen: BTreeSet<Node> = BTreeSet::from([root]);
        let mut layer = vec![root];
        let mut depth = 0;
        while !layer.is_empty() {
            depth += 1;
            let mut found: Vec<(Node, Node)> = Vec::new();
            for near in &layer {
                found.extend(view.next(*near, way).into_iter().map(|far| (far, *near)));
            }
            found.sort_by(|a, b| (id(a.1), id(a.0)).cmp(&(id(b.1), id(b.0))));
            let mut next = Vec::new();
            for (far, near) in found {
                let repeated = !seen.insert(far);
                if !repeated {
                    next.push(far);
                }
                let (holder, company) = if way == Way::Up { (far, near) } else { (near, far) };
                links.push(Link { layer: depth, holder, company, repeated });
            }
            layer = next;
        }
        links
    }
}

/// Look-through shares at both bounds.
struct Shares {
    least: LookThrough,
    greatest: LookThrough,
}

impl View<'_, '_> {
    fn shares(&mut self, root: Node, way: Way) -> Shares {
        match way {
            Way::Up => Shares {
                least: self.least.look_through(root, &mut |_, _| false, Rounding::Down),
                greatest: self.greatest.look_through(root, &mut |_, _| false, Rounding::Up),
            },
            Way::Down => Shares {
                least: self.least.owned_shares(root, Rounding::Down),
                greatest: self.greatest.owned_shares(root, Rounding::Up),
            },
        }
    }

    /// The parties one layer on, by holding or declared control.
    fn next(&mut self, of: Node, way: Way) -> BTreeSet<Node> {
        let kernel = &self.greatest;
        let network = kernel.network();
        let counts = |tie: Tie| {
            !matches!(tie, Tie::Proxy(_)) && !network.is_denial(tie) && kernel.lens().has(&network.period(tie))
        };
        match way {
            Way::Up => network.into(of).filter(|(_, tie)| counts(*tie)).map(|(far, _)| far).collect(),
            Way::Down => network.out(of).filter(|(_, tie)| counts(*tie)).map(|(far, _)| far).collect(),
        }
    }

    /// What of the root's capital is attributed to a party (or of the party's to the root): in a circle, only what
    /// reaches it for the first time.
    fn share(&mut self, root: Node, far: Node, way: Way, shares: &Shares) -> Range {
        let hundred = || RBig::from(100);
        let circular = shares.least.is_circular(far) || shares.greatest.is_circular(far);
        let (least, greatest) = if circular && way == Way::Up {
            let keep = |_: &mut Kernel, party: Node| party == far;
            // Where the circle was too dense to be solved exactly, bounds are enough here as well.
            if shares.least.rounded
                && let Some((least, _)) = self.least.kept_within(root, &mut { keep }, &|_| true)
                && let Some((_, greatest)) = self.greatest.kept_within(root, &mut { keep }, &|_| true)
            {
                return Range { least: in_percent(least), greatest: in_percent(greatest).min(Percent::hundred()) };
            }
            (
                self.least.look_through(root, &mut { keep }, Rounding::Down).of(far),
                self.greatest.look_through(root, &mut { keep }, Rounding::Up).of(far),
            )
        } else {
            (shares.least.of(far), shares.greatest.of(far))
        };
        let greatest = greatest.unwrap_or_else(hundred).min(hundred());
        let least = least.unwrap_or(RBig::ZERO);
        Range { least: Percent::from(least), greatest: Percent::from(greatest) }
    }

    fn line(&mut self, case: &Case, root: Node, way: Way, link: &Link, shares: &Shares) -> StakeLine {
        let far = if way == Way::Up { link.holder } else { link.company };
        let certainly = far != root && in_control(&mut self.least, far, root, way);
        let possibly = far != root && in_control(&mut self.greatest, far, root, way);
        let controls = match (certainly, possibly) {
            (true, _) => Certainty::Yes,
            (false, true) => Certainty::Unknown,
            (false, false) => Certainty::No,
        };
        let capital = self.greatest.capital(link.company);
        let direct = capital.of(link.holder).map(|stake| Range {
            least: Percent::from(stake.least.clone()),
            greatest: Percent::from(stake.greatest.clone()),
        });
        StakeLine {
            layer: link.layer,
            holder: party(link.holder),
            company: party(link.company),
            direct,
            look_through: self.share(root, far, way, shares),
            controls,
            joint: certainly && !in_control(&mut self.sole, far, root, way),
            verdict: case.verdict(far),
            repeated: link.repeated,
            rows: self.rows(link),
        }
    }

    fn rows(&self, link: &Link) -> Vec<RowRef> {
        let kernel = &self.greatest;
        let network = kernel.network();
        let mut rows: Vec<RowRef> = network
            .into(link.company)
            .filter(|(from, tie)| *from == link.holder && kernel.lens().has(&network.period(*tie)))
            .filter_map(|(_, tie)| match tie {
                Tie::Holding(i) => Some(RowRef::new(Table::Holdings, i as usize)),
                Tie::Control(i) => Some(RowRef::new(Table::Controls, i as usize)),
                Tie::Proxy(_) => None,
            })
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// Whole units as a percentage.
fn in_percent(units: u64) -> Percent {
    Percent::from(RBig::from(units) / RBig::from(Share::PERCENT))
}

/// Whether the far party controls the root, or the root the far party.
fn in_control(kernel: &mut Kernel, far: Node, root: Node, way: Way) -> bool {
    match way {
        Way::Up => kernel.is_controller(far, root),
        Way::Down => kernel.controls(root, far),
    }
}
