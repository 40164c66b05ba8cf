//! A proof as text and as a drawing, in Chinese and in English, from the same steps.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use relata::facts::{
    Amount, Control, ControlBasis, Effect, Facts, Holding, Lang, Party, PartyId, PartyKind, Percent, Period, Position,
    Role, RowRef, Table,
};
use relata::packs;
use relata::proof::chart::Chart;
use relata::proof::render::Narrator;
use relata::proof::words::Names;
use relata::proof::{Conclusion, Step, StepId};

const SUBJECT: &str = "L";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 6, 30).expect("a day")
}

fn controls(id: StepId, rule: &str, x: &str, z: &str, premises: &[StepId], facts: &[RowRef]) -> Step {
    let votes = (rule == "control.majority").then(|| Percent::from(60));
    let conclusion = Conclusion::Controls { controller: x.into(), controlled: z.into(), day: day(), votes };
    Step { id, conclusion, rule: rule.into(), premises: premises.to_vec(), facts: facts.to_vec() }
}

fn ground(id: StepId, number: &str, party: &str, premises: &[StepId]) -> Step {
    let conclusion = Conclusion::Ground { party: party.into(), ground: number.into(), day: day() };
    Step { id, conclusion, rule: number.into(), premises: premises.to_vec(), facts: vec![] }
}

/// P is chair of L and controls X through A.
fn world() -> (Facts, Vec<Step>) {
    let mut listed = Party::new(SUBJECT, "江山股份", PartyKind::Company);
    listed.listed = Some("SSE");
    let mut facts = Facts::with_parties(vec![
        listed,
        Party::new("P", "赵一", PartyKind::Person),
        Party::new("A", "甲\"投资\"公司", PartyKind::Company),
        Party::new("X", "乙公司", PartyKind::Company),
    ]);
    let party = |id: &str, facts: &Facts| facts.party_id(id).expect("a party");
    let (l, p, a, x) = (party("L", &facts), party("P", &facts), party("A", &facts), party("X", &facts));
    facts.push_position(&Position {
        person: p,
        organisation: l,
        role: Role::Chair,
        period: Period::ALWAYS,
        source: Some("年报第40页"),
    });
    facts.push_control(&Control {
        controller: p,
        controlled: a,
        basis: Some(ControlBasis::Agreement),
        joint: None,
        effect: Effect::Asserts,
        period: Period::ALWAYS,
        source: None,
    });
    facts.push_holding(&holding(a, x));
    let row = |table| RowRef { table, row: 1 };
    let officer =
        Conclusion::Officer { person: "P".into(), organisation: SUBJECT.into(), role: "chair".into(), day: day() };
    let steps = vec![
        Step {
            id: 0,
            conclusion: officer,
            rule: "officer".into(),
            premises: vec![],
            facts: vec![row(Table::Positions)],
        },
        ground(1, "7.2", "P", &[0]),
        controls(2, "control.declared", "P", "A", &[], &[row(Table::Controls)]),
        controls(3, "control.majority", "A", "X", &[], &[row(Table::Holdings)]),
        controls(4, "control.through", "P", "X", &[2, 3], &[]),
        ground(5, "5.3", "X", &[1, 4]),
    ];
    (facts, steps)
}

fn holding(holder: PartyId, company: PartyId) -> Holding<'static> {
    Holding {
        holder,
        company,
        percent: Amount::Exact(Percent::from(60)),
        votes_percent: None,
        period: Period::ALWAYS,
        source: None,
    }
}

fn tell(facts: &Facts, steps: &[Step], roots: &[StepId], lang: Lang) -> String {
    let pack = packs::load("sse-2022").expect("the pack");
    let names = Names::new(facts, lang);
    let mut narrator = Narrator::new(facts, &pack, &names, SUBJECT, lang, steps, roots);
    roots.iter().map(|root| narrator.tell(*root, 0)).collect()
}

#[test]
fn a_proof_reads_as_english() {
    let (facts, steps) = world();
    assert_eq!(
        tell(&facts, &steps, &[5], Lang::En),
        "\
1. On 2022-06-30, 赵一, related by article 7.2, controls 乙公司: article 5.3.
  2. 赵一, chair of 江山股份, is one of its directors, supervisors and senior managers: article 7.2.
    3. 赵一 is chair of 江山股份.
       · positions row 1: 赵一 is chair of 江山股份 (source: 年报第40页)
  4. 赵一 controls 乙公司 through the chain 赵一 → 甲\"投资\"公司 → 乙公司.
    5. 赵一 controls 甲\"投资\"公司 by agreement.
       · controls row 1: 赵一 controls 甲\"投资\"公司 by agreement
    6. 甲\"投资\"公司 has 60 % of the votes in 乙公司, more than 50 %, and thus controls it.
       · holdings row 1: 甲\"投资\"公司 holds 60 % of 乙公司
"
    );
}

#[test]
fn the_same_proof_reads_as_chinese() {
    let (facts, steps) = world();
    assert_eq!(
        tell(&facts, &steps, &[5], Lang::Zh),
        "\
1. 2022-06-30，关联自然人赵一（第七条（二））控制乙公司，属于第五条（三）所列情形。
  2. 赵一任江山股份董事长，是其董事、监事或者高级管理人员，属于第七条（二）所列情形。
    3. 赵一任江山股份董事长。
       · 任职表第1行：赵一任江山股份董事长（来源：年报第40页）
  4. 赵一通过下列链条控制乙公司：赵一 → 甲\"投资\"公司 → 乙公司。
    5. 赵一控制甲\"投资\"公司，控制方式：协议。
       · 控制关系表第1行：赵一控制甲\"投资\"公司，控制方式：协议
    6. 甲\"投资\"公司拥有乙公司60%的表决权，超过50%，因此控制乙公司。
       · 持股表第1行：甲\"投资\"公司持有乙公司60%
"
    );
}

#[test]
fn what_two_conclusions_rest_on_is_stated_once() {
    let (facts, steps) = world();
    let text = tell(&facts, &steps, &[1, 5], Lang::En);
    assert_eq!(text.matches("is chair of 江山股份 (source").count(), 1, "{text}");
    assert!(text.contains("See 1: 赵一, chair of 江山股份, is one of its directors"), "{text}");
}

#[test]
fn a_chain_of_a_hundred_thousand_steps_is_told_whole() {
    let links: usize = 50_000;
    let ids: Vec<String> = (0..=links).map(|i| format!("c{i}")).collect();
    let facts = Facts::with_parties(ids.iter().map(|id| Party::new(id, id, PartyKind::Company)));
    let mut steps = vec![controls(0, "control.declared", "c0", "c1", &[], &[])];
    for i in 1..links {
        let next = StepId::try_from(steps.len()).expect("a number");
        let (here, there) = (format!("c{i}"), format!("c{}", i + 1));
        steps.push(controls(next, "control.declared", &here, &there, &[], &[]));
        steps.push(controls(next + 1, "control.through", "c0", &there, &[next - 1, next], &[]));
    }
    let last = steps.last().expect("a step").id;
    let text = tell(&facts, &steps, &[last], Lang::En);
    assert_eq!(text.lines().count(), links + 1);
    // The same chain, with every part of it referred to from elsewhere, cannot be told as one: it nests, and says how
    // deep it is.
    let mut roots: Vec<StepId> = steps.iter().map(|step| step.id).collect();
    roots.reverse();
    let nested = tell(&facts, &steps, &roots, Lang::En);
    assert!(nested.contains("(layer 1000)"));
    let names = Names::new(&facts, Lang::En);
    let chart = Chart::new(&facts, &names, "c0", Lang::En, &steps, &[last]);
    assert!(chart.dot().ends_with("}\n"));
}

#[test]
fn drawings_tell_ties_apart_and_escape_names() {
    let (facts, steps) = world();
    let names = Names::new(&facts, Lang::En);
    let chart = Chart::new(&facts, &names, SUBJECT, Lang::En, &steps, &[5]);
    let (dot, mermaid) = (chart.dot(), chart.mermaid());
    for expected in [
        r#""A" [label="甲\"投资\"公司"];"#,
        r#""X" [label="乙公司\n5.3"];"#,
        r#""A" -> "X" [label="60 %", style=solid];"#,
        r#""A" -> "X" [label="controls: 60 % of votes", style=bold, penwidth=3];"#,
        r#""P" -> "L" [label="chair", style=dashed, arrowhead=open];"#,
    ] {
        assert!(dot.contains(expected), "{expected}\n{dot}");
    }
    for expected in [
        "#quot;投资#quot;",
        r#"p0 -->|"60 %"| p3"#,
        r#"p2 -.->|"chair"| p1"#,
        r#"p0 ==>|"controls: 60 % of votes"| p3"#,
    ] {
        assert!(mermaid.contains(expected), "{expected}\n{mermaid}");
    }
}
