//! The grounds of one state (sections 5 to 7).

use std::collections::{BTreeMap, BTreeSet};

use super::control::{self, Pairs};
use super::family;
use super::holding::Holders;
use super::readings::Readings;
use super::state::State;
use super::world::Set;

/// Grounds by party.
pub type Grounds = BTreeMap<usize, BTreeSet<&'static str>>;

/// What one state says.
pub struct Outcome {
    pub grounds: Grounds,
    pub exempt: Set,
    /// What the subject controls.
    pub own_group: Set,
}

pub(super) const DIRECTORS: [&str; 3] = ["chair", "director", "independent_director"];

pub(super) struct Judge<'s, 'w> {
    pub(super) state: &'s State<'w>,
    pub(super) readings: &'s Readings,
    pub(super) pairs: &'s Pairs,
}

impl Judge<'_, '_> {
    /// Whether a role makes its holder a director or senior manager.
    fn directs(&self, role: &str) -> bool {
        DIRECTORS.contains(&role)
            || ["general_manager", "senior_manager"].contains(&role)
            || ["legal_representative", "partner_delegate"].contains(&role)
                && self.readings.is("representatives", "senior_managers")
    }

    /// Directors, supervisors and senior managers of `organisation`.
    pub(super) fn officers(&self, organisation: usize) -> Set {
        let rows = self.state.positions.iter().filter(|row| row.organisation == organisation);
        rows.filter(|row| row.role == "supervisor" || self.directs(&row.role)).map(|row| row.person).collect()
    }

    /// The exception within article 6: leading people of `organisation` who are officers of the subject.
    fn shares_people(&self, organisation: usize) -> bool {
        let officers = self.officers(self.state.subject);
        let seats = |roles: &[&str]| -> Set {
            let rows = self.state.positions.iter().filter(|row| row.organisation == organisation);
            rows.filter(|row| roles.contains(&row.role.as_str())).map(|row| row.person).collect()
        };
        let leading = seats(&["legal_representative", "chair", "general_manager"]);
        let directors = seats(&DIRECTORS);
        let shared = directors.intersection(&officers).count();
        !leading.is_disjoint(&officers) || !directors.is_empty() && 2 * shared >= directors.len()
    }

    fn independent_of_subject(&self, person: usize) -> bool {
        self.state.positions.iter().any(|row| {
            row.person == person && row.organisation == self.state.subject && row.role == "independent_director"
        })
    }

    /// Whether `person` directs `organisation` by a seat that is not left out of 5.3.
    fn has_counting_seat(&self, person: usize, organisation: usize) -> bool {
        let rows = self.state.positions.iter().filter(|row| row.person == person && row.organisation == organisation);
        rows.filter(|row| self.directs(&row.role)).any(|row| {
            let independent_there = row.role == "independent_director";
            if self.readings.is("independent_director", "dual") {
                !(independent_there && self.independent_of_subject(person))
            } else if self.readings.is("independent_director", "independent_of_subject") {
                !self.independent_of_subject(person)
            } else if self.readings.is("independent_director", "independent_post") {
                !independent_there
            } else {
                true
            }
        })
    }
}

/// The grounds of `state`. `deemed` are parties on grounds of other days that count here as if they held here (switch
/// `lookback`); what they lead to is reported, they themselves are not.
pub fn judge(state: &State, readings: &Readings, deemed: &Grounds) -> Outcome {
    let world = state.world;
    let subject = state.subject;
    let pairs = control::controls(state, readings);
    let holders = Holders::new(state, readings, &pairs);
    let judge = Judge { state, readings, pairs: &pairs };
    let own_group: Set = world.all().filter(|z| pairs.contains(&(subject, *z))).collect();
    let outside = |p: &usize| *p != subject && !own_group.contains(p);
    let organisations: Set = world.all().filter(|p| world.is_organisation(*p) && *p != subject).collect();
    let persons: Set = world.all().filter(|p| world.is_person(*p)).collect();
    let deemed_on = |ground: &str| -> Set {
        deemed.iter().filter(|(_, grounds)| grounds.contains(ground)).map(|(party, _)| *party).collect()
    };

    // 5.1, and those who count as being on it.
    let controllers: Set = organisations.iter().copied().filter(|p| pairs.contains(&(*p, subject))).collect();
    let as_controllers: Set = controllers.union(&deemed_on("5.1")).copied().collect();
    let on_5_1: Set = controllers
        .iter()
        .copied()
        .filter(|p| !world.is_state_body(*p) || readings.is("state_body_itself", "related"))
        .collect();

    // 5.2 with article 6.
    let mut on_5_2 = Set::new();
    let mut exempt = Set::new();
    for z in organisations.iter().copied().filter(outside) {
        let above: Set = as_controllers.iter().copied().filter(|x| pairs.contains(&(*x, z))).collect();
        if above.is_empty() {
            continue;
        }
        if above.iter().all(|x| world.is_state_body(*x)) && !judge.shares_people(z) {
            exempt.insert(z);
        } else {
            on_5_2.insert(z);
        }
    }

    // Section 6.
    let controls_subject = |p: usize| pairs.contains(&(p, subject));
    let on_7_1: Set = persons
        .iter()
        .copied()
        .filter(|p| holders.person(*p) || readings.is("controlling_person", "related") && controls_subject(*p))
        .collect();
    let on_7_2 = judge.officers(subject);
    let on_7_3: Set =
        as_controllers.iter().filter(|x| !world.is_state_body(**x)).flat_map(|x| judge.officers(*x)).collect();
    let mut heads: Set = on_7_1.union(&on_7_2).copied().collect();
    heads.extend(deemed_on("7.1"));
    heads.extend(deemed_on("7.2"));
    if readings.is("family_of", "7.1-7.3") {
        heads.extend(&on_7_3);
        heads.extend(deemed_on("7.3"));
    }
    let on_7_4: Set = heads.iter().flat_map(|p| family::close_family(state, readings, *p)).collect();

    // 5.3 and 5.4.
    let mut related_persons = Set::new();
    for set in [&on_7_1, &on_7_2, &on_7_3, &on_7_4] {
        related_persons.extend(set);
    }
    for ground in ["7.1", "7.2", "7.3", "7.4"] {
        related_persons.extend(deemed_on(ground));
    }
    let on_5_3: Set = organisations
        .iter()
        .copied()
        .filter(outside)
        .filter(|z| !world.is_state_body(*z))
        .filter(|z| related_persons.iter().any(|p| judge.pairs.contains(&(*p, *z)) || judge.has_counting_seat(*p, *z)))
        .collect();
    let on_5_4: Set =
        organisations.iter().copied().filter(outside).filter(|p| holders.organisation(*p, &own_group)).collect();
    let on_8_2: Set = state.designations.iter().map(|row| row.party).filter(|p| *p != subject).collect();

    let mut grounds = Grounds::new();
    for (ground, parties) in [
        ("5.1", on_5_1),
        ("5.2", on_5_2),
        ("5.3", on_5_3),
        ("5.4", on_5_4),
        ("7.1", on_7_1),
        ("7.2", on_7_2),
        ("7.3", on_7_3),
        ("7.4", on_7_4),
        ("8.2", on_8_2),
    ] {
        for party in parties {
            grounds.entry(party).or_default().insert(ground);
        }
    }
    Outcome { grounds, exempt, own_group }
}
