//! Close family of article 51 (section 4).

use super::readings::Readings;
use super::state::State;
use super::world::Set;

/// Those who are `relation` of `p`, by rows written from either side.
fn stated(state: &State, p: usize, relation: &str) -> Set {
    let inverse = match relation {
        "parent" => "child",
        "child" => "parent",
        "spouse_parent" => "child_spouse",
        "child_spouse" => "spouse_parent",
        "sibling_spouse" => "spouse_sibling",
        "spouse_sibling" => "sibling_spouse",
        // Spouses, siblings and the parents of a married couple are so to each other.
        same => same,
    };
    let mut found = Set::new();
    for row in &state.kinships {
        if row.person == p && row.relation == relation {
            found.insert(row.relative);
        }
        if row.relative == p && row.relation == inverse {
            found.insert(row.person);
        }
    }
    found
}

/// Those reached from any of `people` by `step`.
fn each(people: &Set, step: impl Fn(usize) -> Set) -> Set {
    people.iter().flat_map(|p| step(*p)).collect()
}

/// Siblings, stated or by a parent in common.
fn siblings(state: &State, p: usize) -> Set {
    let mut found = stated(state, p, "sibling");
    found.extend(each(&stated(state, p, "parent"), |parent| stated(state, parent, "child")));
    found.remove(&p);
    found
}

/// Spouses, parents, children of any age and siblings: those whom `family_block` pools.
pub fn nearest(state: &State, p: usize) -> Set {
    let mut found = siblings(state, p);
    for relation in ["spouse", "parent", "child"] {
        found.extend(stated(state, p, relation));
    }
    found.remove(&p);
    found
}

/// The close family of `p`.
pub fn close_family(state: &State, readings: &Readings, p: usize) -> Set {
    let is = |relation: &'static str| move |q: usize| stated(state, q, relation);
    let spouses = stated(state, p, "spouse");
    let children: Set = stated(state, p, "child")
        .into_iter()
        .filter(|child| state.of_age[*child] || readings.is("minor_children", "included"))
        .collect();
    let mut found = Set::new();
    found.extend(&spouses);
    found.extend(&children);
    found.extend(each(&children, is("spouse")));
    found.extend(stated(state, p, "parent"));
    found.extend(each(&spouses, is("parent")));
    found.extend(siblings(state, p));
    found.extend(each(&siblings(state, p), is("spouse")));
    found.extend(each(&spouses, |spouse| siblings(state, spouse)));
    found.extend(each(&each(&children, is("spouse")), is("parent")));
    // A declared in-law stands for the whole path it names, whoever is in between.
    for relation in ["spouse_parent", "child_spouse", "sibling_spouse", "spouse_sibling", "child_spouse_parent"] {
        found.extend(stated(state, p, relation));
    }
    found.extend(each(&stated(state, p, "child_spouse"), is("parent")));
    found.extend(each(&children, is("spouse_parent")));
    found.remove(&p);
    found
}
