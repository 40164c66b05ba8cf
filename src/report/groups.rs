//! Counterparties under common control (`relata.groups/1`).

use super::header::Header;
use super::{Answer, Context, Grid, Page, forms};
use crate::register::Groups;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// Tops and groups.
pub struct GroupsReport<'a> {
    /// What they are about.
    pub context: &'a Context<'a>,
    /// The tops and groups.
    pub groups: &'a Groups,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    tops: BTreeMap<&'a str, Vec<&'a str>>,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    top: &'a str,
    members: Vec<MemberJson<'a>>,
}

#[derive(Serialize)]
struct MemberJson<'a> {
    party: &'a str,
    name: &'a str,
    joint: bool,
}

impl Answer for GroupsReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("同一控制下的交易对方", "counterparties under common control");
        if self.groups.groups.is_empty() {
            page.text(lang.pick("没有两个以上主体同受一方控制。", "No two of them are under one control."));
        }
        for group in &self.groups.groups {
            let mut grid = Grid::new(lang.pick(["成员", "类型", "共同控制"], ["member", "kind", "joint control"]));
            for (party, joint) in &group.members {
                let joint = if *joint { lang.pick("是", "yes") } else { "" };
                grid.push(vec![context.in_full(*party), context.kind(*party), joint.to_owned()]);
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

    fn grid(&self) -> Grid {
        let joint: BTreeMap<_, bool> = self
            .groups
            .groups
            .iter()
            .flat_map(|group| group.members.iter().map(|(party, joint)| ((*party, group.top), *joint)))
            .collect();
        let mut grid = Grid::new(["party", "name", "top", "top_name", "joint"]);
        for (party, tops) in &self.groups.tops {
            for top in tops {
                grid.push(vec![
                    self.context.id(*party).to_owned(),
                    self.context.name(*party).to_owned(),
                    self.context.id(*top).to_owned(),
                    self.context.name(*top).to_owned(),
                    joint.get(&(*party, *top)).copied().unwrap_or(false).to_string(),
                ]);
            }
        }
        grid
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
                    members: group
                        .members
                        .iter()
                        .map(|(party, joint)| MemberJson {
                            party: context.id(*party),
                            name: context.name(*party),
                            joint: *joint,
                        })
                        .collect(),
                })
                .collect(),
        };
        forms::json(&document, out)
    }
}
