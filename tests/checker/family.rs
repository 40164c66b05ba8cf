use crate::world::{Proof, World, family, ground, officer, on};
use relata::facts::RowRef;

fn world() -> World {
    World::of("L company, A person, B person, C person, D person, X company")
}

fn proof(relation: &str, to: &str, rows: &[RowRef]) -> Proof {
    Proof::default().with("family", family("A", to, relation), &[], rows)
}

/// A way of rows `(person, relation, relative)` from A, and what its end is to A.
type Way = (&'static [(&'static str, &'static str, &'static str)], &'static str, &'static str);

#[test]
fn the_nine_relatives() {
    let ways: &[Way] = &[
        (&[("A", "spouse", "B")], "B", "spouse"),
        (&[("B", "spouse", "A")], "B", "spouse"),
        (&[("A", "child", "B")], "B", "child"),
        (&[("B", "parent", "A")], "B", "child"),
        (&[("A", "parent", "B")], "B", "parent"),
        (&[("A", "sibling", "B")], "B", "sibling"),
        (&[("A", "parent", "B"), ("C", "parent", "B")], "C", "sibling"),
        (&[("A", "child", "B"), ("B", "spouse", "C")], "C", "child_spouse"),
        (&[("A", "spouse", "B"), ("C", "child", "B")], "C", "spouse_parent"),
        (&[("A", "sibling", "B"), ("B", "spouse", "C")], "C", "sibling_spouse"),
        (&[("A", "spouse", "B"), ("B", "sibling", "C")], "C", "spouse_sibling"),
        (&[("A", "child", "B"), ("B", "spouse", "C"), ("C", "parent", "D")], "D", "child_spouse_parent"),
        (&[("A", "parent", "B"), ("B", "child", "C"), ("D", "spouse", "C")], "D", "sibling_spouse"),
        (&[("A", "spouse", "B"), ("B", "parent", "C"), ("C", "child", "D")], "D", "spouse_sibling"),
        (&[("A", "child_spouse", "B")], "B", "child_spouse"),
        (&[("B", "spouse_parent", "A")], "B", "child_spouse"),
        (&[("A", "child_spouse", "B"), ("B", "parent", "C")], "C", "child_spouse_parent"),
        (&[("A", "child", "B"), ("B", "spouse_parent", "C")], "C", "child_spouse_parent"),
        (&[("A", "child_spouse_parent", "B")], "B", "child_spouse_parent"),
    ];
    for (rows, to, relation) in ways {
        let mut w = world();
        let rows: Vec<RowRef> =
            rows.iter().map(|(person, relation, relative)| w.kin(person, relation, relative)).collect();
        w.accepts(&proof(relation, to, &rows));
        for i in 0..rows.len() {
            let fewer: Vec<RowRef> = rows.iter().copied().filter(|row| *row != rows[i]).collect();
            w.refuses(&proof(relation, to, &fewer), if fewer.is_empty() { "MissingRow" } else { "NotFamily" });
            let mut ended = w.clone();
            ended.when(rows[i], "", "2022-06-29", "");
            ended.refuses(&proof(relation, to, &rows), "NotInForce");
        }
        let other = if *relation == "parent" { "spouse" } else { "parent" };
        w.refuses(&proof(other, to, &rows), "NotFamily");
    }
}

#[test]
fn nothing_further() {
    let ways: &[Way] = &[
        (&[("A", "parent", "B"), ("B", "parent", "C")], "C", "parent"),
        (&[("A", "spouse", "B"), ("B", "sibling", "C"), ("C", "spouse", "D")], "D", "spouse_sibling"),
        (&[("A", "child", "B"), ("B", "spouse", "C"), ("C", "sibling", "D")], "D", "child_spouse"),
        (&[("A", "sibling", "B"), ("B", "sibling", "C")], "C", "sibling"),
        (&[("A", "spouse", "B"), ("B", "child", "C")], "C", "child"),
        (&[("A", "sibling", "B"), ("B", "child", "C")], "C", "child"),
        (&[("A", "spouse_sibling", "B"), ("B", "spouse", "C")], "C", "spouse_sibling"),
        (&[("A", "child_spouse", "B"), ("B", "sibling", "C")], "C", "child_spouse"),
    ];
    for (rows, to, relation) in ways {
        let mut w = world();
        let rows: Vec<RowRef> =
            rows.iter().map(|(person, relation, relative)| w.kin(person, relation, relative)).collect();
        w.refuses(&proof(relation, to, &rows), "NotFamily");
    }
}

#[test]
fn children_must_be_of_age() {
    let mut w = world();
    let row = w.kin("A", "child", "B");
    let birth = w.born("B", "2004-06-30");
    let good = proof("child", "B", &[row, birth]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.facts = vec![row]), "MissingRow");
    w.refuses(&good.forged(|s| s.conclusion = on(s.conclusion.clone(), "2022-06-29")), "Minor");
    w.born("B", "2004-07-01");
    w.refuses(&good, "Minor");
    // A birthday is no arrangement: the day asked about decides.
    w.refuses(&good.forged(|s| s.conclusion = on(s.conclusion.clone(), "2022-12-31")), "Minor");
    w.clone().read("minor_children", "included").accepts(&good);
    // Born on 29 February: of age on 1 March.
    w.born("B", "2004-02-29");
    w.refuses(&good.forged(|s| s.conclusion = on(s.conclusion.clone(), "2022-02-28")), "Minor");
    w.accepts(&good.forged(|s| s.conclusion = on(s.conclusion.clone(), "2022-03-01")));
    // The age of anybody but the child matters nothing.
    let other = w.born("A", "1950-01-01");
    w.refuses(&good.forged(|s| s.facts.push(other)), "WrongRow");
    let mut in_law = world();
    let rows = [in_law.kin("A", "child", "B"), in_law.kin("B", "spouse", "C"), in_law.born("B", "2010-01-01")];
    in_law.refuses(&proof("child_spouse", "C", &rows), "Minor");
}

#[test]
fn relatives_of_related_persons() {
    let mut w = world();
    let (seat, row, stray) = (w.post("A", "L", "director"), w.kin("A", "spouse", "B"), w.kin("A", "spouse", "X"));
    let mut good = Proof::default();
    good.step("officer", officer("A", "L", "director"), &[], &[seat]);
    good.step("7.2", ground("A", "7.2"), &[1], &[]);
    good.step("family", family("A", "B", "spouse"), &[], &[row]);
    good.step("7.4", ground("B", "7.4"), &[2, 3], &[]);
    w.accepts(&good);
    w.refuses(&good.forged(|s| s.premises = vec![2]), "WrongPremises");
    w.refuses(&good.forged(|s| s.premises = vec![3, 2]), "WrongPremises");
    w.refuses(&good.forged(|s| s.conclusion = ground("C", "7.4")), "WrongPremises");
    w.refuses(&proof("spouse", "X", &[stray]), "WrongKind");
}
