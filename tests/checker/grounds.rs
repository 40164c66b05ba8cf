use crate::world::{Proof, World, controls, day, deemed, exempt, ground, officer, on, stake, votes};
use relata::facts::RowRef;
use relata::proof::Measure::{Controlled, LookThrough};

fn world() -> World {
    World::of("L company, G company, X company, Y company, P person, Q person, R person, S state_body, F partnership")
}

/// G controls L and X.
fn siblings(head: &str) -> (World, Proof) {
    let mut w = world();
    let (gl, gx) = (w.declare(head, "L"), w.declare(head, "X"));
    let proof = Proof::default().with("control.declared", controls(head, "L"), &[], &[gl]).with(
        "control.declared",
        controls(head, "X"),
        &[],
        &[gx],
    );
    (w, proof)
}

#[test]
fn controllers() {
    let (w, proof) = siblings("G");
    let good = proof.with("5.1", ground("G", "5.1"), &[1], &[]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![2]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![]), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("X", "5.1")), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("L", "5.1")), "IsSubject");
    let (w, proof) = siblings("P");
    w.refuses(&proof.with("5.1", ground("P", "5.1"), &[1], &[]), "WrongKind");
    let (w, proof) = siblings("S");
    let good = proof.with("5.1", ground("S", "5.1"), &[1], &[]);
    w.accepts(&good);
    w.read("state_body_itself", "not_related").refuses(&good, "Reading");
}

#[test]
fn under_the_same_controller() {
    let (w, proof) = siblings("G");
    let good = proof.with("5.2", ground("X", "5.2"), &[1, 2], &[]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![1]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![2, 1]), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("Y", "5.2")), "WrongPremises");
    // What the company itself controls, or only may control, is outside.
    let mut own = w.clone();
    own.hold("L", "X", "51");
    own.refuses(&good, "OwnGroup");
    let mut maybe = w.clone();
    maybe.hold("L", "X", "40-60");
    maybe.refuses(&good, "OwnGroup");
    let mut unknown = w.clone();
    unknown.hold("G", "X", "49");
    unknown.hold("L", "Y", "");
    unknown.hold("Y", "X", "");
    unknown.refuses(&good, "OwnGroup");
    unknown.hold("P", "Y", "60");
    unknown.accepts(&good);
    let mut led = w.clone();
    led.hold("L", "X", "20");
    led.hold("Y", "X", "40");
    led.concert("g", "L", "X", false);
    let lead = led.concert("g", "Y", "X", false);
    led.refuses(&good, "OwnGroup");
    led.lead(lead, true);
    led.accepts(&good);
    // An authority's other companies are exempt, a person's are no matter of 5.2.
    let (w, proof) = siblings("S");
    w.refuses(&proof.with("5.2", ground("X", "5.2"), &[1, 2], &[]), "StateBody");
    let (w, proof) = siblings("P");
    w.refuses(&proof.with("5.2", ground("X", "5.2"), &[1, 2], &[]), "WrongKind");
}

#[test]
fn own_group_by_a_denied_presumption() {
    let (mut w, proof) = siblings("G");
    let good = proof.with("5.2", ground("X", "5.2"), &[1, 2], &[]);
    w.listed("X", "SSE");
    w.hold("L", "X", "31");
    w.refuses(&good, "OwnGroup");
    let denial = w.deny("L", "X");
    w.accepts(&good);
    // A denial of the company does not bind its subsidiary.
    let mut subsidiary = w.clone();
    subsidiary.declare("L", "Y");
    subsidiary.hold("Y", "X", "31");
    subsidiary.refuses(&good, "OwnGroup");
    w.when(denial, "?", "", "");
    w.refuses(&good, "OwnGroup");
    w.hold("Q", "X", "31");
    w.accepts(&good);
}

fn exception() -> (World, Proof, Vec<RowRef>) {
    let (mut w, proof) = siblings("S");
    let rows = vec![
        w.post("P", "X", "director"),
        w.post("P", "L", "supervisor"),
        w.post("Q", "X", "director"),
        w.post("Q", "X", "independent_director"),
    ];
    let proof = proof
        .with("officer", officer("P", "X", "director"), &[], &[rows[0]])
        .with("officer", officer("P", "L", "supervisor"), &[], &[rows[1]])
        .with("5.2.exception", ground("X", "5.2"), &[1, 2, 3, 4], &[]);
    (w, proof, rows)
}

#[test]
fn exceptions_from_the_exemption() {
    let (w, good, rows) = exception();
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![1, 2]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![1, 2, 3]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![1, 2, 3, 3]), "WrongPremises");
    w.refuses(&good.forged(|s| s.rule = "5.2".into()), "WrongPremises");
    let mut more = w.clone();
    let third = more.post("R", "X", "director");
    more.refuses(&good, "NoException");
    more.when(third, "?", "", "");
    more.refuses(&good, "NoException");
    more.when(third, "", "2022-06-29", "");
    more.accepts(&good);
    // The chair alone is enough, an employee never is.
    let mut chair = good.clone();
    for role in ["chair", "general_manager", "legal_representative"] {
        more.when(third, "", "", "");
        more.role(rows[0], role);
        chair.0[2].conclusion = officer("P", "X", role);
        more.accepts(&chair);
    }
    let mut clerk = good.clone();
    more.role(rows[1], "employee");
    clerk.0[3].conclusion = officer("P", "L", "employee");
    clerk.0[2].conclusion = officer("P", "X", "legal_representative");
    more.refuses(&clerk, "Role");
}

#[test]
fn exemptions() {
    let (w, proof) = siblings("S");
    let good = proof.with("6", exempt("X"), &[1, 2], &[]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![1]), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("X", "5.2")), "WrongConclusion");
    let with = |change: &dyn Fn(&mut World)| {
        let mut changed = w.clone();
        change(&mut changed);
        changed
    };
    let other_head = |w: &mut World| {
        w.declare("G", "X");
        w.hold("G", "L", "40-60");
    };
    with(&other_head).refuses(&good, "NotExempt");
    with(&|w| {
        w.declare("P", "X");
        w.declare("P", "L");
        w.declare("G", "X");
    })
    .accepts(&good);
    let shared = |w: &mut World| {
        w.post("P", "X", "chair");
        w.post("P", "L", "director");
    };
    with(&shared).refuses(&good, "ExceptionPossible");
    let minority = |w: &mut World| {
        w.post("P", "L", "director");
        w.post("P", "X", "director");
        w.post("Q", "X", "director");
        w.post("R", "X", "director");
    };
    with(&minority).accepts(&good);
    with(&|w| {
        minority(w);
        let row = RowRef::new(relata::facts::Table::Positions, 3);
        w.when(row, "?", "", "");
    })
    .refuses(&good, "ExceptionPossible");
    let (w, proof) = siblings("G");
    w.refuses(&proof.with("6", exempt("X"), &[1, 2], &[]), "NotExempt");
}

/// P is director of L and holds the post in X.
fn seats(there: &str, here: &str) -> (World, Proof) {
    let mut w = world();
    let (l, x) = (w.post("P", "L", here), w.post("P", "X", there));
    let proof = Proof::default()
        .with("officer", officer("P", "L", here), &[], &[l])
        .with("7.2", ground("P", "7.2"), &[1], &[])
        .with("officer", officer("P", "X", there), &[], &[x])
        .with("5.3", ground("X", "5.3"), &[2, 3], &[]);
    (w, proof)
}

#[test]
fn seats_of_related_persons() {
    let (w, good) = seats("director", "director");
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![3]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![2, 1]), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("Y", "5.3")), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("L", "5.3")), "IsSubject");
    let mut own = w.clone();
    own.declare("L", "X");
    own.refuses(&good, "OwnGroup");
    for (role, counts) in
        [("supervisor", false), ("employee", false), ("general_manager", true), ("partner_delegate", true)]
    {
        let (w, proof) = seats(role, "director");
        if counts { w.accepts(&proof) } else { w.refuses(&proof, "Role") }
    }
    let (w, delegate) = seats("legal_representative", "director");
    w.accepts(&delegate);
    w.read("representatives", "ignored").refuses(&delegate, "Role");
}

#[test]
fn independent_seats() {
    // (seat in X, seat in L, reading, accepted)
    let cases = [
        ("independent_director", "independent_director", "dual", false),
        ("independent_director", "director", "dual", true),
        ("director", "independent_director", "dual", true),
        ("independent_director", "independent_director", "none_left_out", true),
        ("director", "independent_director", "independent_of_subject", false),
        ("independent_director", "director", "independent_of_subject", true),
        ("independent_director", "director", "independent_post", false),
        ("director", "independent_director", "independent_post", true),
    ];
    for (there, here, reading, accepted) in cases {
        let (w, proof) = seats(there, here);
        let w = w.read("independent_director", reading);
        if accepted { w.accepts(&proof) } else { w.refuses(&proof, "IndependentSeat") }
    }
    // Perhaps independent director of L as well: the seat may be left out.
    let (mut w, proof) = seats("independent_director", "director");
    let maybe = w.post("P", "L", "independent_director");
    w.when(maybe, "2021-01-01?", "?", "");
    w.refuses(&proof, "IndependentSeat");
}

#[test]
fn companies_of_related_persons() {
    let mut w = world();
    let (seat, px, ps) = (w.post("P", "L", "director"), w.hold("P", "X", "60"), w.declare("P", "S"));
    let good = Proof::default()
        .with("officer", officer("P", "L", "director"), &[], &[seat])
        .with("7.2", ground("P", "7.2"), &[1], &[])
        .with("control.majority", votes("P", "X", "60"), &[], &[px])
        .with("5.3", ground("X", "5.3"), &[2, 3], &[]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![1, 3]), "WrongPremises");
    let mut body = good.clone();
    body.0[2] = Proof::default().with("control.declared", controls("P", "S"), &[], &[ps]).0.remove(0);
    body.0[2].id = 3;
    w.refuses(&body.forged(|s| s.conclusion = ground("S", "5.3")), "StateBody");
}

#[test]
fn persons() {
    let mut w = world();
    let (held, seat, gl) = (w.hold("P", "L", "5"), w.post("Q", "G", "supervisor"), w.declare("G", "L"));
    let holder = Proof::default().with("stake.look_through", stake("P", LookThrough, "5"), &[], &[held]).with(
        "7.1",
        ground("P", "7.1"),
        &[1],
        &[],
    );
    w.accepts(&holder);
    w.refuses(&holder.forged(|s| s.rule = "5.4".into()), "WrongGround");
    w.refuses(&holder.forged(|s| (s.rule, s.conclusion) = ("5.4".into(), ground("P", "5.4"))), "WrongKind");
    w.refuses(&holder.forged(|s| s.facts = vec![held]), "WrongRow");
    w.clone().read("person_indirect", "controlled").refuses(&holder, "WrongMeasure");
    let mut added = Proof(holder.0[..1].to_vec());
    added.0[0].conclusion = stake("P", Controlled, "5");
    added.0[0].rule = "stake.controlled".into();
    w.clone().read("person_indirect", "controlled").accepts(&added.with("7.1", ground("P", "7.1"), &[1], &[]));

    let officers = Proof::default()
        .with("control.declared", controls("G", "L"), &[], &[gl])
        .with("5.1", ground("G", "5.1"), &[1], &[])
        .with("officer", officer("Q", "G", "supervisor"), &[], &[seat])
        .with("7.3", ground("Q", "7.3"), &[2, 3], &[]);
    w.accepts(&officers);
    w.refuses(&officers.forged(|s| s.premises = vec![1, 3]), "WrongPremises");
    w.refuses(&officers.forged(|s| s.conclusion = ground("R", "7.3")), "WrongPremises");
    w.refuses(&officers.forged(|s| (s.rule, s.conclusion) = ("7.2".into(), ground("Q", "7.2"))), "WrongPremises");

    let (sl, body_seat) = (w.declare("S", "L"), w.post("R", "S", "director"));
    let body = Proof::default()
        .with("control.declared", controls("S", "L"), &[], &[sl])
        .with("5.1", ground("S", "5.1"), &[1], &[])
        .with("officer", officer("R", "S", "director"), &[], &[body_seat])
        .with("7.3", ground("R", "7.3"), &[2, 3], &[]);
    w.refuses(&body, "StateBody");

    let pl = w.declare("P", "L");
    let controlling = Proof::default().with("control.declared", controls("P", "L"), &[], &[pl]).with(
        "7.1",
        ground("P", "7.1"),
        &[1],
        &[],
    );
    w.refuses(&controlling, "Reading");
    w.read("controlling_person", "related").accepts(&controlling);
}

#[test]
fn posts_and_designations() {
    let mut w = world();
    let (seat, other) = (w.post("P", "L", "employee"), w.post("Q", "L", "director"));
    let post = Proof::default().with("officer", officer("P", "L", "employee"), &[], &[seat]);
    w.accepts(&post);
    w.refuses(&post.forged(|s| s.conclusion = officer("P", "L", "director")), "WrongRow");
    w.refuses(&post.forged(|s| s.facts = vec![other]), "WrongRow");
    w.refuses(&post.clone().with("7.2", ground("P", "7.2"), &[1], &[]), "Role");
    let (named, another) = (w.designate("X"), w.designate("Y"));
    let good = Proof::default().with("8.2", ground("X", "8.2"), &[], &[named]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.facts = vec![another]), "WrongRow");
    w.refuses(&good.forged(|s| s.conclusion = on(ground("X", "8.2"), "2022-06-01")), "OtherDay");
    w.when(named, "", "2022-06-01?", "");
    w.refuses(&good, "NotInForce");
}

/// P was a director of L until the last day.
fn former(last: &str) -> (World, Proof) {
    let mut w = world();
    let seat = w.post("P", "L", "director");
    w.when(seat, "", last, "");
    let proof = Proof::default()
        .with("officer", on(officer("P", "L", "director"), last), &[], &[seat])
        .with("7.2", on(ground("P", "7.2"), last), &[1], &[])
        .with("8.1", deemed("P", "7.2", "looked_back", last), &[2], &[]);
    (w, proof)
}

#[test]
fn looked_back() {
    let (w, good) = former("2021-06-30");
    w.accepts(&good);
    w.clone().read("window_end", "exclusive").refuses(&good, "OutsideWindow");
    w.refuses(&good.forged(|s| s.conclusion = deemed("P", "7.2", "arranged", "2021-06-30")), "OutsideWindow");
    w.refuses(&good.forged(|s| s.conclusion = deemed("P", "7.2", "looked_back", "2021-07-01")), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = deemed("P", "7.1", "looked_back", "2021-06-30")), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = deemed("P", "7.2", "remembered", "2021-06-30")), "UnknownBasis");
    w.refuses(&good.forged(|s| s.premises.clear()), "WrongPremises");
    let (w, early) = former("2021-06-29");
    w.refuses(&early, "OutsideWindow");
    let (w, today) = former("2022-06-30");
    w.refuses(&today, "OutsideWindow");
    // The window of 29 February reaches back to 28 February.
    let (mut w, mut leap) = former("2023-02-28");
    w.as_of = day("2024-02-29");
    if let relata::proof::Conclusion::Deemed { as_of, .. } = &mut leap.0[2].conclusion {
        *as_of = w.as_of;
    }
    w.accepts(&leap);
}

#[test]
fn arranged() {
    let mut w = world();
    let sale = w.hold("X", "L", "5");
    w.when(sale, "2022-09-01", "", "2022-06-01");
    let good = Proof::default()
        .with("stake.controlled", on(stake("X", Controlled, "5"), "2022-09-01"), &[], &[sale])
        .with("5.4", on(ground("X", "5.4"), "2022-09-01"), &[1], &[])
        .with("8.1", deemed("X", "5.4", "arranged", "2022-09-01"), &[2], &[]);
    w.accepts(&good);
    let mut own = w.clone();
    let held = own.declare("L", "X");
    own.when(held, "", "2022-07-31", "");
    // Outside the group by then, but inside it on the day asked about.
    own.refuses(&good, "OwnGroup");
    w.when(sale, "2022-09-01", "", "2022-07-01");
    let refusals = w.check(&good);
    assert_eq!(refusals.len(), 1, "{refusals:?}");
}

#[test]
fn composed_lookback() {
    let (mut w, mut proof) = former("2022-01-10");
    let seat = w.post("P", "X", "director");
    proof.step("officer", officer("P", "X", "director"), &[], &[seat]);
    proof.step("5.3", ground("X", "5.3"), &[3, 4], &[]);
    w.refuses(&proof, "Reading");
    w.read("lookback", "composed").accepts(&proof);

    let mut w = world().read("lookback", "composed");
    let (gl, gx) = (w.declare("G", "L"), w.declare("G", "X"));
    w.when(gl, "", "2022-01-10", "");
    let good = Proof::default()
        .with("control.declared", on(controls("G", "L"), "2022-01-10"), &[], &[gl])
        .with("5.1", on(ground("G", "5.1"), "2022-01-10"), &[1], &[])
        .with("8.1", deemed("G", "5.1", "looked_back", "2022-01-10"), &[2], &[])
        .with("control.declared", controls("G", "X"), &[], &[gx])
        .with("5.2", ground("X", "5.2"), &[3, 4], &[]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.conclusion = on(ground("X", "5.2"), "2022-02-01")), "OtherDay");
}

/// A deep and wide group of the company, circles and concert in it, beside as many companies outside: the group is
/// worked out once and not once for every step.
#[test]
fn a_large_group() {
    const N: usize = 5_000;
    let parties: Vec<String> = (0..N).flat_map(|i| [format!("i{i} company"), format!("o{i} company")]).collect();
    let mut w = World::of(&format!("L company, G company, P person, {}", parties.join(", ")));
    let gl = w.declare("G", "L");
    let mut proof = Proof::default().with("control.declared", controls("G", "L"), &[], &[gl]);
    for i in 0..N {
        let (inside, outside) = (format!("i{i}"), format!("o{i}"));
        let above = if i == 0 { "L".to_owned() } else { format!("i{}", if i % 10 == 0 { i - 1 } else { i / 10 }) };
        w.hold(&above, &inside, "40-51");
        w.hold("L", &inside, "");
        w.hold(&inside, &outside, "20-30");
        w.concert("g", &inside, &outside, false);
        let row = w.declare("G", &outside);
        let controlled = proof.step("control.declared", controls("G", &outside), &[], &[row]);
        proof.step("5.2", ground(&outside, "5.2"), &[1, controlled], &[]);
    }
    w.accepts(&proof);
}
