use crate::world::{Proof, TODAY, World, deemed, exempt, ground, officer, on, texts, variant};
use crate::world::{controls, votes};
use serde_json::{Value, json};

/// P is a director of L today, Q was one until 10 January, R will be one in September; S controls L and X.
fn register() -> (World, Value) {
    let mut w = World::of("L company, P person, Q person, R person, S state_body, X company");
    let (now, past) = (w.post("P", "L", "director"), w.post("Q", "L", "director"));
    w.when(past, "", "2022-01-10", "");
    let future = w.post("R", "L", "director");
    w.when(future, "2022-09-01", "", "2022-06-01");
    let (sl, sx) = (w.declare("S", "L"), w.declare("S", "X"));
    let proof = Proof::default()
        .with("officer", officer("P", "L", "director"), &[], &[now])
        .with("7.2", ground("P", "7.2"), &[1], &[])
        .with("officer", on(officer("Q", "L", "director"), "2022-01-10"), &[], &[past])
        .with("7.2", on(ground("Q", "7.2"), "2022-01-10"), &[3], &[])
        .with("8.1", deemed("Q", "7.2", "looked_back", "2022-01-10"), &[4], &[])
        .with("officer", on(officer("R", "L", "director"), "2022-09-01"), &[], &[future])
        .with("7.2", on(ground("R", "7.2"), "2022-09-01"), &[6], &[])
        .with("8.1", deemed("R", "7.2", "arranged", "2022-09-01"), &[7], &[])
        .with("control.declared", controls("S", "L"), &[], &[sl])
        .with("5.1", ground("S", "5.1"), &[9], &[])
        .with("control.declared", controls("S", "X"), &[], &[sx])
        .with("6", exempt("X"), &[9, 11], &[]);
    let answer = json!({
        "format": "relata.register/1", "subject": "L", "as_of": TODAY, "rules": "sse-2022",
        "dataset": {"digest": "sha256:0", "rows": 5}, "warnings": [],
        "related": [
            {"party": "P", "name": "P", "kind": "person", "category": "person",
             "grounds": [{"ground": "7.2", "basis": "current", "proof": 2}], "contested_by": []},
            {"party": "Q", "grounds": [
                {"ground": "7.2", "basis": "looked_back", "last_day": "2022-01-10", "expires": "2023-01-10", "proof": 5}]},
            {"party": "R", "grounds": [{"ground": "7.2", "basis": "arranged", "begins": "2022-09-01", "proof": 8}]},
            {"party": "S", "grounds": [{"ground": "5.1", "basis": "current", "proof": 10}]}],
        "exempt": [{"party": "X", "name": "X", "article": "6", "proof": 12}],
        "undetermined": [],
        "proofs": serde_json::to_value(&proof.0).unwrap() });
    (w, answer)
}

#[track_caller]
fn refused(w: &World, answer: &Value, reason: &str) {
    let refusals = w.answer(answer);
    let found = refusals.len() == 1 && variant(&refusals[0].reason) == reason;
    assert!(found, "wanted {reason}, got: {}", texts(&refusals));
}

#[test]
fn a_register_is_accepted() {
    let (w, answer) = register();
    let refusals = w.answer(&answer);
    assert!(refusals.is_empty(), "{}", texts(&refusals));
}

#[test]
fn forged_lines_are_refused() {
    type Forgery = (&'static str, fn(&mut Value), &'static str);
    let forgeries: &[Forgery] = &[
        ("expires a day late", |a| a["related"][1]["grounds"][0]["expires"] = json!("2023-01-11"), "WrongExpiry"),
        ("expires a day early", |a| a["related"][1]["grounds"][0]["expires"] = json!("2023-01-09"), "WrongExpiry"),
        ("no expiry", |a| a["related"][1]["grounds"][0]["expires"] = Value::Null, "WrongDates"),
        (
            "another last day",
            |a| {
                a["related"][1]["grounds"][0]["last_day"] = json!("2022-01-11");
                a["related"][1]["grounds"][0]["expires"] = json!("2023-01-11");
            },
            "OtherProof",
        ),
        (
            "a last day long ago",
            |a| {
                a["related"][1]["grounds"][0]["last_day"] = json!("2021-06-29");
                a["related"][1]["grounds"][0]["expires"] = json!("2022-06-29");
            },
            "OutsideWindow",
        ),
        ("another first day", |a| a["related"][2]["grounds"][0]["begins"] = json!("2022-08-31"), "OtherProof"),
        ("begun already", |a| a["related"][2]["grounds"][0]["begins"] = json!(TODAY), "OutsideWindow"),
        ("current with a day", |a| a["related"][0]["grounds"][0]["begins"] = json!("2022-09-01"), "WrongDates"),
        ("an unheard-of basis", |a| a["related"][0]["grounds"][0]["basis"] = json!("rumoured"), "UnknownBasis"),
        (
            "past called current",
            |a| {
                a["related"][1]["grounds"][0] = json!({"ground": "7.2", "basis": "current", "proof": 4});
            },
            "OtherProof",
        ),
        ("another party's proof", |a| a["related"][0]["grounds"][0]["proof"] = json!(10), "OtherProof"),
        ("no such proof", |a| a["related"][0]["grounds"][0]["proof"] = json!(99), "NoSuchProof"),
        ("another ground", |a| a["related"][0]["grounds"][0]["ground"] = json!("7.3"), "OtherProof"),
        (
            "a ground twice",
            |a| {
                let line = a["related"][0]["grounds"][0].clone();
                a["related"][0]["grounds"].as_array_mut().unwrap().push(line);
            },
            "NotSorted",
        ),
        ("no grounds", |a| a["related"][0]["grounds"] = json!([]), "NoGrounds"),
        (
            "a party twice",
            |a| {
                let entry = a["related"][0].clone();
                a["related"].as_array_mut().unwrap().insert(0, entry);
            },
            "NotSorted",
        ),
        ("out of order", |a| a["related"].as_array_mut().unwrap().swap(0, 1), "NotSorted"),
        ("another article", |a| a["exempt"][0]["article"] = json!("7"), "WrongGround"),
        ("exempt by another proof", |a| a["exempt"][0]["proof"] = json!(10), "OtherProof"),
        ("another subject", |a| a["subject"] = json!("P"), "Header"),
        ("another format", |a| a["format"] = json!("relata.owners/1"), "Header"),
        ("a reading not taken", |a| a["switches"] = json!({"family_block": "on"}), "Header"),
        ("lines of a check", |a| a["parties"] = json!([{"party": "P", "verdict": "related"}]), "Header"),
    ];
    for (name, forge, reason) in forgeries {
        let (w, mut answer) = register();
        forge(&mut answer);
        let refusals = w.answer(&answer);
        let found = refusals.len() == 1 && variant(&refusals[0].reason) == *reason;
        assert!(found, "{name}: wanted {reason}, got: {}", texts(&refusals));
    }
}

#[test]
fn the_subject_and_strangers_have_no_line() {
    let (w, answer) = register();
    for party in ["L", "nobody"] {
        let mut forged = answer.clone();
        forged["related"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"party": party, "grounds": [{"ground": "7.2", "basis": "current", "proof": 2}]}));
        let reasons: Vec<String> = w.answer(&forged).iter().map(|r| variant(&r.reason)).collect();
        let wanted = if party == "L" { "IsSubject" } else { "UnknownParty" };
        assert!(reasons.iter().any(|reason| reason == wanted), "{party}: {reasons:?}");
    }
}

#[test]
fn related_and_exempt_exclude_each_other() {
    let (w, mut answer) = register();
    answer["exempt"][0]["party"] = json!("S");
    let reasons: Vec<String> = w.answer(&answer).iter().map(|r| variant(&r.reason)).collect();
    assert_eq!(reasons, ["Contradiction", "OtherProof"]);
}

#[test]
fn a_basis_that_other_steps_rule_out() {
    // P is a director today; that she was one last year is no basis of its own.
    let mut w = World::of("L company, P person");
    let seat = w.post("P", "L", "director");
    let proof = Proof::default()
        .with("officer", on(officer("P", "L", "director"), "2022-01-10"), &[], &[seat])
        .with("7.2", on(ground("P", "7.2"), "2022-01-10"), &[1], &[])
        .with("8.1", deemed("P", "7.2", "looked_back", "2022-01-10"), &[2], &[])
        .with("officer", officer("P", "L", "director"), &[], &[seat])
        .with("7.2", ground("P", "7.2"), &[4], &[]);
    let answer = json!({
        "format": "relata.explain/1", "subject": "L", "as_of": TODAY, "rules": "sse-2022", "party": "P",
        "grounds": [{"ground": "7.2", "basis": "looked_back", "last_day": "2022-01-10", "expires": "2023-01-10", "proof": 3}],
        "proofs": serde_json::to_value(&proof.0).unwrap() });
    refused(&w, &answer, "WrongBasis");
}

#[test]
fn checks_and_explanations() {
    let (w, register) = register();
    let mut check = json!({
        "format": "relata.check/1", "subject": "L", "as_of": TODAY, "rules": "sse-2022",
        "parties": [
            {"party": "X", "verdict": "not_related", "exempt_proof": 12},
            {"party": "P", "verdict": "related", "grounds": register["related"][0]["grounds"]}],
        "proofs": register["proofs"] });
    let refusals = w.answer(&check);
    assert!(refusals.is_empty(), "{}", texts(&refusals));
    check["parties"][1]["verdict"] = json!("not_related");
    refused(&w, &check, "Contradiction");
    check["parties"][1]["verdict"] = json!("related");
    check["parties"][0]["exempt_proof"] = json!(2);
    refused(&w, &check, "OtherProof");
    let mut explain = json!({
        "format": "relata.explain/1", "subject": "L", "as_of": TODAY, "rules": "sse-2022", "party": "P",
        "grounds": register["related"][0]["grounds"], "proofs": register["proofs"] });
    let refusals = w.answer(&explain);
    assert!(refusals.is_empty(), "{}", texts(&refusals));
    explain["party"] = json!("Q");
    refused(&w, &explain, "OtherProof");
    explain["party"] = Value::Null;
    refused(&w, &explain, "Header");
}

#[test]
fn a_forged_step_spoils_the_register() {
    let (w, mut answer) = register();
    answer["proofs"][0]["facts"] = json!([{"table": "positions", "row": 2}]);
    refused(&w, &answer, "NotInForce");
}

#[test]
fn month_ends_share_an_expiry() {
    let mut w = World::of("L company, X company, Y company");
    let (row, last) = (w.hold("X", "L", "51"), "2023-02-28");
    w.when(row, "", last, "");
    w.as_of = "2023-06-30".parse().unwrap();
    let mut conclusion = deemed("X", "5.1", "looked_back", last);
    if let relata::proof::Conclusion::Deemed { as_of, .. } = &mut conclusion {
        *as_of = w.as_of;
    }
    let proof = Proof::default()
        .with("control.majority", on(votes("X", "L", "51"), last), &[], &[row])
        .with("5.1", on(ground("X", "5.1"), last), &[1], &[])
        .with("8.1", conclusion, &[2], &[]);
    // (reading of window_end, expires): the windows of 28 and 29 February 2024 both begin on 28 February 2023.
    for (reading, expires) in [("inclusive", "2024-02-29"), ("exclusive", "2024-02-27")] {
        let answer = json!({
            "format": "relata.explain/1", "subject": "L", "as_of": "2023-06-30", "rules": "sse-2022", "party": "X",
            "grounds": [{"ground": "5.1", "basis": "looked_back", "last_day": last, "expires": expires, "proof": 3}],
            "proofs": serde_json::to_value(&proof.0).unwrap() });
        let refusals = w.clone().read("window_end", reading).answer(&answer);
        assert!(refusals.is_empty(), "{reading}: {}", texts(&refusals));
    }
}
