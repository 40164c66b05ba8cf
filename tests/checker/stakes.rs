use crate::world::{Proof, World, controls, ground, on, stake};
use relata::proof::Measure::{Controlled, Direct, LookThrough, Multiply};

fn world() -> World {
    World::of("L company, X company, Y company, Z company, P person, Q person, S state_body")
}

#[test]
fn five_percent_exactly() {
    let mut w = world();
    let (x, y) = (w.hold("X", "L", "4.99"), w.hold("Y", "L", "5"));
    let good = Proof::default().with("stake.controlled", stake("Y", Controlled, "5"), &[], &[y]).with(
        "5.4",
        ground("Y", "5.4"),
        &[1],
        &[],
    );
    w.accepts(&good);
    w.refuses(&Proof::default().with("stake.controlled", stake("X", Controlled, "5"), &[], &[x]), "StakeNotShown");
    let less = Proof::default().with("stake.controlled", stake("X", Controlled, "4.99"), &[], &[x]).with(
        "5.4",
        ground("X", "5.4"),
        &[1],
        &[],
    );
    w.refuses(&less, "StakeTooSmall");
    let negative = Proof::default().with("stake.controlled", stake("X", Controlled, "-1"), &[], &[x]);
    w.refuses(&negative, "StakeNotShown");
    w.refuses(&good.forged(|s| s.conclusion = ground("X", "5.4")), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("Y", "5.1")), "WrongGround");
    w.refuses(&good.forged(|s| s.premises.clear()), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = on(ground("Y", "5.4"), "2022-06-01")), "OtherDay");
    // The same row twice is still one row.
    let twice = Proof::default().with("stake.controlled", stake("X", Controlled, "9.98"), &[], &[x, x]);
    w.refuses(&twice, "StakeNotShown");
}

#[test]
fn ranges_and_unknown_amounts_count_at_their_least() {
    let mut w = world();
    let range = w.hold("X", "L", "4-6");
    let unknown = w.hold("Y", "L", "");
    let most = Proof::default().with("stake.controlled", stake("X", Controlled, "6"), &[], &[range]);
    w.refuses(&most, "StakeNotShown");
    w.accepts(&most.forged(|s| s.conclusion = stake("X", Controlled, "4")));
    w.refuses(
        &Proof::default().with("stake.controlled", stake("Y", Controlled, "5"), &[], &[unknown]),
        "StakeNotShown",
    );
}

#[test]
fn controlled_blocks() {
    let mut w = world();
    let (x, y, xy) = (w.hold("X", "L", "3"), w.hold("Y", "L", "2"), w.declare("X", "Y"));
    let stranger = w.hold("Z", "L", "9");
    let mut good = Proof::default();
    let own = good.step("control.declared", controls("X", "Y"), &[], &[xy]);
    good.step("stake.controlled", stake("X", Controlled, "5"), &[own], &[x, y]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises.clear()), "WrongRow");
    w.refuses(&good.forged(|s| s.facts = vec![x]), "StakeNotShown");
    w.refuses(&good.forged(|s| s.facts.push(stranger)), "WrongRow");
    w.refuses(&good.forged(|s| s.facts.push(xy)), "WrongRow");
    w.refuses(&good.forged(|s| s.conclusion = stake("X", Direct, "5")), "IdlePremise");
    w.refuses(&good.forged(|s| s.conclusion = stake("X", LookThrough, "5")), "WrongMeasure");
    w.refuses(&good.forged(|s| s.conclusion = stake("L", Controlled, "5")), "IsSubject");
}

#[test]
fn an_authority_reaches_only_itself() {
    let mut w = world();
    let (s, x, sx) = (w.hold("S", "L", "3"), w.hold("X", "L", "4"), w.declare("S", "X"));
    let good = Proof::default().with("control.declared", controls("S", "X"), &[], &[sx]);
    let all = good.clone().with("stake.controlled", stake("S", Controlled, "7"), &[1], &[s, x]);
    w.refuses(&all, "IdlePremise");
    w.accepts(&good.with("stake.controlled", stake("S", Controlled, "3"), &[], &[s]));
}

#[test]
fn pooled_by_concert() {
    let mut w = world();
    let (p, q) = (w.hold("P", "L", "3"), w.hold("Q", "L", "2"));
    let (gp, gq) = (w.concert("g", "P", "L", false), w.concert("g", "Q", "L", true));
    let good = Proof::default().with("stake.look_through", stake("P", LookThrough, "5"), &[], &[p, q, gp, gq]).with(
        "7.1",
        ground("P", "7.1"),
        &[1],
        &[],
    );
    // A lead does not matter for the pool of stakes.
    w.accepts(&good);
    let alone = Proof(good.0[..1].to_vec());
    w.refuses(&alone.forged(|s| s.facts = vec![p, q]), "WrongRow");
    w.refuses(&alone.forged(|s| s.facts = vec![p, gp, gq]), "StakeNotShown");
    w.clone().read("pool_concert", "organisations").refuses(&alone, "WrongRow");
    w.clone().read("pool_concert", "none").refuses(&alone, "WrongRow");
    w.clone().read("joint_control", "ignored").accepts(&good);
}

#[test]
fn look_through() {
    // P has a third of X, which has 15 % of L: exactly five.
    let mut w = world();
    let (px, xl, qx) = (w.hold("P", "X", "100/3"), w.hold("X", "L", "15"), w.hold("Q", "X", "10"));
    let good = Proof::default().with("stake.look_through", stake("P", LookThrough, "5"), &[], &[px, xl]).with(
        "7.1",
        ground("P", "7.1"),
        &[1],
        &[],
    );
    w.accepts(&good);
    let alone = Proof(good.0[..1].to_vec());
    w.refuses(&alone.forged(|s| s.conclusion = stake("P", LookThrough, "5.000001")), "StakeNotShown");
    w.refuses(&alone.forged(|s| s.facts.push(qx)), "WrongRow");
    w.refuses(&alone.forged(|s| s.facts = vec![xl]), "WrongRow");
    w.refuses(&alone.forged(|s| s.facts = vec![px]), "WrongRow");
    w.clone().read("person_indirect", "multiply").refuses(&good, "WrongMeasure");
    let multiplied = good.forged(|_| ());
    let mut multiplied = multiplied;
    multiplied.0[0].conclusion = stake("P", Multiply, "5");
    w.clone().read("person_indirect", "multiply").accepts(&multiplied);
    w.refuses(&multiplied, "WrongMeasure");
}

#[test]
fn look_through_circles() {
    // X and Y hold half of each other, and P the other half of X: P has two thirds of X's stake and a third of Y's.
    let mut w = world();
    let rows = [
        w.hold("P", "X", "50"),
        w.hold("Y", "X", "50"),
        w.hold("X", "Y", "50"),
        w.hold("X", "L", "6"),
        w.hold("Y", "L", "3"),
    ];
    let good = Proof::default().with("stake.look_through", stake("P", LookThrough, "5"), &[], &rows);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.conclusion = stake("P", LookThrough, "5.01")), "StakeNotShown");
    // A circle that holds all of itself passes on nothing, and is no way to P.
    let mut closed = world();
    let rows = [closed.hold("Y", "X", "100"), closed.hold("X", "Y", "100"), closed.hold("X", "L", "50")];
    let none = Proof::default().with("stake.look_through", stake("P", LookThrough, "5"), &[], &rows);
    closed.refuses(&none, "WrongRow");
    // Holdings above the whole are no proof.
    let more = closed.hold("P", "X", "50");
    closed.refuses(&none.forged(|s| s.facts.push(more)), "Overfull");
    // Nothing is attributed through the subject itself.
    let mut own = world();
    let rows = [own.hold("P", "L", "4"), own.hold("L", "X", "100"), own.hold("X", "L", "50")];
    let through = Proof::default().with("stake.look_through", stake("P", LookThrough, "5"), &[], &rows);
    own.refuses(&through, "WrongRow");
}

#[test]
fn holders_under_one_control() {
    let mut w = world();
    let (x, y) = (w.hold("X", "L", "1"), w.hold("Y", "L", "4"));
    let (px, py) = (w.declare("P", "X"), w.declare("P", "Y"));
    let mut good = Proof::default();
    good.step("control.declared", controls("P", "X"), &[], &[px]);
    good.step("control.declared", controls("P", "Y"), &[], &[py]);
    good.step("stake.controlled", stake("P", Controlled, "5"), &[1, 2], &[x, y]);
    good.step("5.4.common_control", ground("X", "5.4"), &[3, 1], &[x]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.facts = vec![y]), "WrongRow");
    w.refuses(&good.forged(|s| s.facts.clear()), "MissingRow");
    w.refuses(&good.forged(|s| s.premises = vec![3, 2]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![3]), "WrongPremises");
    w.clone().read("organisation_indirect", "direct").refuses(&good, "Reading");
    let z = w.hold("Z", "L", "0");
    let pz = w.declare("P", "Z");
    let mut empty = good.clone();
    empty.0.pop();
    empty.step("control.declared", controls("P", "Z"), &[], &[pz]);
    empty.step("5.4.common_control", ground("Z", "5.4"), &[3, 4], &[z]);
    w.refuses(&empty, "WrongRow");
}
