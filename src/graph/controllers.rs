//! Who controls a party: from those who do so most nearly to those above them, along chains that the rows tell by
//! themselves, and by a search where they do not. A chain of any length costs its own length.

use super::nearest::Nearest;
use super::{Days, Kernel, Node};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How a controller was found for some days: it controls `via`, which is the target or was found before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) via: Node,
    /// Whether `via` is controlled by a single tie or by votes of its own.
    pub(super) direct: bool,
}

/// A controller: the days on which it is one, and how it was found for them.
#[derive(Debug, Clone)]
struct Found {
    party: Node,
    days: Days,
    first: (Days, Link),
    later: Vec<(Days, Link)>,
}

/// All controllers of a party (the party itself is none) over the window, in the order they were found.
#[derive(Debug, Clone, Default)]
pub struct Controllers {
    found: Vec<Found>,
    /// Where each stands, once there are too many to look through.
    places: FxHashMap<Node, usize>,
}

/// So many are looked through faster than hashed.
const FEW: usize = 16;

impl Controllers {
    /// In the order found, with the days: nobody rests on a later one.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (Node, &Days)> {
        self.found.iter().map(|found| (found.party, &found.days))
    }

    /// The days on which a party is among them.
    #[must_use]
    pub fn days(&self, party: Node) -> &Days {
        self.get(party).map_or(&Days::None, |found| &found.days)
    }

    /// In the order found, with the party through which each was found (the one asked about, or a controller found
    /// before); somebody found through several comes again.
    pub(super) fn ways(&self) -> impl Iterator<Item = (Node, Node)> {
        self.found.iter().flat_map(|found| {
            std::iter::once(&found.first).chain(&found.later).map(|(_, link)| (found.party, link.via))
        })
    }

    fn place(&self, party: Node) -> Option<usize> {
        if self.found.len() > FEW {
            return self.places.get(&party).copied();
        }
        self.found.iter().position(|found| found.party == party)
    }

    fn get(&self, party: Node) -> Option<&Found> {
        self.found.get(self.place(party)?)
    }

    /// Adds a controller, or more days of one; the days that are new.
    pub(super) fn add(&mut self, party: Node, days: &Days, link: Link) -> Days {
        let Some(found) = self.place(party).and_then(|place| self.found.get_mut(place)) else {
            if !days.is_empty() {
                self.push(Found { party, days: days.clone(), first: (days.clone(), link), later: Vec::new() });
            }
            return days.clone();
        };
        let gained = days.minus(&found.days);
        if !gained.is_empty() {
            found.days.add(&gained);
            found.later.push((gained.clone(), link));
        }
        gained
    }

    fn push(&mut self, found: Found) {
        self.found.push(found);
        if self.found.len() > FEW {
            let known = self.places.len();
            self.places.extend(self.found.iter().enumerate().skip(known).map(|(place, found)| (found.party, place)));
        }
    }
}

impl Kernel<'_, '_> {
    /// Everyone who controls `target` on some day of the window. O(controllers) along chains.
    pub fn controllers(&mut self, target: Node) -> Rc<Controllers> {
        if let Some(controllers) = self.controllers.get(&target) {
            return Rc::clone(controllers);
        }
        if self.network.into(target).len() == 0 {
            return Rc::default();
        }
        let value = Rc::new(self.apart(|kernel| kernel.chain(target).unwrap_or_else(|| kernel.search(target))));
        self.controllers.insert(target, Rc::clone(&value));
        value
    }

    /// The controllers of a party along a chain of nearest ones; `None` where that does not tell.
    fn chain(&mut self, target: Node) -> Option<Controllers> {
        let mut chain = Controllers::default();
        let mut at = target;
        loop {
            let told = self.nearest(at);
            match told {
                Nearest::Nobody => break,
                Nearest::One(nearest) | Nearest::Through(nearest) => {
                    let link = Link { via: at, direct: told == Nearest::One(nearest) };
                    // A circle ends where it began.
                    if nearest == target || chain.add(nearest, &Days::All, link).is_empty() {
                        break;
                    }
                    at = nearest;
                }
                Nearest::Open if at == target => return None,
                Nearest::Open => {
                    for found in &self.controllers(at).found {
                        for (days, link) in std::iter::once(&found.first).chain(&found.later) {
                            if found.party != target {
                                chain.add(found.party, days, *link);
                            }
                        }
                    }
                    break;
                }
            }
        }
        // Whoever is in concert with one of these about every company may control the target as well; the target is one
        // of them where it controls its own controllers.
        let concert = self.network.concert();
        let grouped = |party: Node| concert.universal_of(party).next().is_some();
        let brought = self.grouped && (grouped(target) || chain.all().any(|(party, _)| grouped(party)));
        (!brought).then_some(chain)
    }

    /// Everyone who controls `target` on the day looked at, in the order found.
    pub fn controllers_on_day(&mut self, target: Node) -> Vec<Node> {
        let controllers = self.controllers(target);
        controllers.all().filter(|(_, days)| self.holds(days)).map(|(party, _)| party).collect()
    }

    /// Whether `party` controls `target` on the day looked at, found backwards.
    pub fn is_controller(&mut self, party: Node, target: Node) -> bool {
        let controllers = self.controllers(target);
        self.holds(controllers.days(party))
    }

    /// How a controller of `target` was found for the day looked at.
    pub(super) fn link(&mut self, party: Node, target: Node) -> Option<Link> {
        let controllers = self.controllers(target);
        let today = self.today();
        let found = controllers.get(party)?;
        std::iter::once(&found.first).chain(&found.later).find(|(days, _)| days.contains(today)).map(|(_, link)| *link)
    }
}
