//! Counterparties under common control (`relata.groups/1`).

use super::beside::NamedGrid;
use super::header::Header;
use super::picture::Picture;
use super::{Answer, ChartReport, Context, Form, Grid, Page, forms};
use crate::dealings::Dealt;
use crate::facts::PartyId;
use crate::proof::brief::Brief;
use crate::proof::{Step, StepId};
use crate::register::{Group, Groups};
use maud::{Markup, html};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// The form of an answer about groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupsForm {
    /// As other answers.
    Any(Form),
    /// Drawings, one below another.
    Svg,
}

impl GroupsForm {
    /// Every form.
    #[must_use]
    pub fn all() -> Vec<Self> {
        Form::ALL.iter().copied().map(Self::Any).chain([Self::Svg]).collect()
    }

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any(form) => form.name(),
            Self::Svg => "svg",
        }
    }
}

/// Tops and groups.
pub struct GroupsReport<'a> {
    /// What they are about.
    pub context: &'a Context<'a>,
    /// The tops and groups.
    pub groups: &'a Groups,
    /// What was dealt with each party in the twelve months that end on the day.
    pub dealt: &'a BTreeMap<PartyId, Dealt>,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    tops: BTreeMap<&'a str, Vec<&'a str>>,
    groups: Vec<GroupJson<'a>>,
    proofs: &'a [Step],
}

#[derive(Serialize)]
struct GroupJson<'a> {
    top: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dealt: Option<Dealt>,
    members: Vec<MemberJson<'a>>,
}

#[derive(Serialize)]
struct MemberJson<'a> {
    party: &'a str,
    name: &'a str,
    joint: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<StepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dealt: Option<&'a Dealt>,
}

impl GroupsReport<'_> {
    /// Every group as a drawing.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let (context, lang) = (self.context, self.context.lang);
        let mut picture =
            Picture::new(context, lang.pick("同一控制下的交易对方", "counterparties under common control"));
        for group in &self.groups.groups {
            let top = context.in_full(group.top);
            let heading = lang.pick(format!("最终控制方：{top}"), format!("Under {top}"));
            picture.add(&heading, ChartReport::group(context, self.groups, group).chart());
        }
        picture
    }

    /// What was dealt with a group; none where nothing was.
    fn total(&self, group: &Group) -> Option<Dealt> {
        let dealt = group.members.iter().filter_map(|member| self.dealt.get(&member.party));
        dealt.fold(None, |total: Option<Dealt>, one| Some(total.unwrap_or_default().and(one)))
    }
}

/// The cells of what was dealt.
fn amounts(dealt: Option<&Dealt>) -> [String; 3] {
    dealt.map_or_else(Default::default, |dealt| {
        [dealt.transactions.to_string(), dealt.amount.display(), dealt.counted.display()]
    })
}

impl Answer for GroupsReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("同一控制下的交易对方", "counterparties under common control");
        if self.groups.groups.is_empty() {
            page.text(lang.pick("没有两个以上主体同受一方控制。", "No two of them are under one control."));
        }
        let subject = context.id(context.question.subject);
        let brief = Brief::new(context.facts, context.names, subject, lang, &self.groups.proofs);
        for group in &self.groups.groups {
            let mut columns =
                lang.pick(["成员", "类型", "共同控制", "控制链"], ["member", "kind", "joint control", "why"]).to_vec();
            let total = self.total(group);
            if total.is_some() {
                columns.extend(
                    lang.pick(["十二个月内交易", "金额", "计入累计"], ["deals in twelve months", "amount", "added up"]),
                );
            }
            let mut grid = Grid::new(columns).numbers([4, 5, 6]);
            for member in &group.members {
                let joint = if member.joint { lang.pick("是", "yes") } else { "" };
                let why = member.proof.and_then(|proof| brief.controls(proof)).unwrap_or_default();
                let mut row = vec![context.in_full(member.party), context.kind(member.party), joint.to_owned(), why];
                if total.is_some() {
                    row.extend(amounts(self.dealt.get(&member.party)));
                }
                grid.push(row);
            }
            if let Some(total) = &total {
                let mut row = vec![lang.pick("合计", "in all").to_owned(), String::new(), String::new(), String::new()];
                row.extend(amounts(Some(total)));
                grid.push(row);
            }
            let top = context.in_full(group.top);
            page.table(lang.pick(format!("最终控制方：{top}"), format!("Under {top}")), grid);
        }
        let mut grid = Grid::new(lang.pick(["主体", "最终控制方"], ["party", "tops"]));
        let comma = lang.pick("、", ", ");
        let (alone, under): (Vec<_>, Vec<_>) =
            self.groups.tops.iter().partition(|(party, tops)| tops.as_slice() == [*party]);
        for (party, tops) in under {
            let tops: Vec<String> = tops.iter().map(|top| context.in_full(*top)).collect();
            grid.push(vec![context.in_full(*party), tops.join(comma)]);
        }
        page.table(lang.pick("各主体的最终控制方", "Tops of each party"), grid);
        if !alone.is_empty() {
            page.heading(lang.pick("不受任何一方控制", "Under nobody's control"));
            let alone: Vec<String> = alone.iter().map(|(party, _)| context.in_full(*party)).collect();
            page.text(alone.join(comma));
        }
        page
    }

    fn annex(&self) -> Markup {
        let lang = self.context.lang;
        if self.groups.groups.is_empty() {
            return Markup::default();
        }
        html! {
            h2 { (lang.pick("控制关系图", "Drawings")) }
            (super::html::drawing(&self.picture()))
        }
    }

    fn grid(&self) -> Grid {
        let joint: BTreeMap<_, bool> = self
            .groups
            .groups
            .iter()
            .flat_map(|group| group.members.iter().map(|member| ((member.party, group.top), member.joint)))
            .collect();
        let mut grid = Grid::new(["party", "name", "top", "top_name", "joint", "transactions", "amount", "counted"]);
        for (party, tops) in &self.groups.tops {
            let dealt = |cell: fn(&Dealt) -> String| self.dealt.get(party).map(cell).unwrap_or_default();
            for top in tops {
                grid.push(vec![
                    self.context.id(*party).to_owned(),
                    self.context.name(*party).to_owned(),
                    self.context.id(*top).to_owned(),
                    self.context.name(*top).to_owned(),
                    joint.get(&(*party, *top)).copied().unwrap_or(false).to_string(),
                    dealt(|dealt| dealt.transactions.to_string()),
                    dealt(|dealt| dealt.amount.exact()),
                    dealt(|dealt| dealt.counted.exact()),
                ]);
            }
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (context, groups) = (self.context, self.groups);
        let document = Document {
            header: context.header("relata.groups/1"),
            tops: groups
                .tops
                .iter()
                .map(|(party, tops)| (context.id(*party), tops.iter().map(|top| context.id(*top)).collect()))
                .collect(),
            groups: groups
                .groups
                .iter()
                .map(|group| GroupJson {
                    top: context.id(group.top),
                    dealt: self.total(group),
                    members: group
                        .members
                        .iter()
                        .map(|member| MemberJson {
                            party: context.id(member.party),
                            name: context.name(member.party),
                            joint: member.joint,
                            proof: member.proof,
                            dealt: self.dealt.get(&member.party),
                        })
                        .collect(),
                })
                .collect(),
            proofs: &groups.proofs,
        };
        forms::json(&document, out)
    }
}
