//! Who must stand aside (`relata.recuse/1`).

use super::beside::NamedGrid;
use super::header::Header;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::dealings::{Board, Item, Recusal, Stander};
use crate::facts::{Percent, RowRef};
use crate::proof::brief::Brief;
use crate::proof::rows::Rows;
use crate::proof::words::article;
use crate::proof::{Conclusion, Step, StepId};
use serde::Serialize;
use std::io;

/// Who must stand aside for a counterparty.
pub struct RecuseReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// Who.
    pub recusal: &'a Recusal,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    #[serde(flatten)]
    body: RecusalJson<'a>,
}

/// Who must stand aside, without the head of an answer.
#[derive(Serialize)]
pub(super) struct RecusalJson<'a> {
    counterparty: &'a str,
    name: &'a str,
    directors: Vec<StanderJson<'a>>,
    shareholders: Vec<StanderJson<'a>>,
    board: BoardJson,
    votes_left_out: String,
    undetermined: Vec<UndeterminedJson<'a>>,
    proofs: &'a [Step],
}

#[derive(Serialize)]
struct StanderJson<'a> {
    party: &'a str,
    name: &'a str,
    items: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<String>,
    reasons: Vec<ReasonJson<'a>>,
}

#[derive(Serialize)]
struct ReasonJson<'a> {
    item: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<&'a str>,
    proofs: &'a [StepId],
    facts: &'a [RowRef],
}

#[derive(Serialize)]
struct BoardJson {
    directors: u32,
    unrelated: u32,
    quorum: u32,
    majority: u32,
    to_shareholders: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrelated_at_least: Option<u32>,
}

/// Somebody who may have to stand aside by items that are not certain.
#[derive(Serialize)]
struct UndeterminedJson<'a> {
    party: &'a str,
    name: &'a str,
    role: &'static str,
    items: Vec<String>,
}

impl<'a> RecuseReport<'a> {
    fn standers(&self, standers: &'a [Stander]) -> Vec<StanderJson<'a>> {
        let context = self.context;
        let certain = standers.iter().filter(|stander| stander.is_certain());
        certain
            .map(|stander| StanderJson {
                party: context.id(stander.party),
                name: context.name(stander.party),
                items: stander.items.iter().map(|item| item.number.to_string()).collect(),
                votes: stander.votes.as_ref().map(Percent::exact),
                reasons: stander.items.iter().map(|item| self.reason(item)).collect(),
            })
            .collect()
    }

    /// The answer without its head.
    pub(super) fn body(&self) -> RecusalJson<'a> {
        let (context, recusal) = (self.context, self.recusal);
        let [board, at_most] = recusal.board;
        RecusalJson {
            counterparty: context.id(recusal.counterparty),
            name: context.name(recusal.counterparty),
            directors: self.standers(&recusal.directors),
            shareholders: self.standers(&recusal.shareholders),
            board: BoardJson {
                directors: board.directors,
                unrelated: board.unrelated,
                quorum: board.quorum,
                majority: board.majority,
                to_shareholders: board.to_shareholders,
                unrelated_at_least: (at_most != board).then_some(at_most.unrelated),
            },
            votes_left_out: recusal.votes_left_out.exact(),
            undetermined: self.undetermined(),
            proofs: &recusal.proofs,
        }
    }

    fn reason(&self, item: &'a Item) -> ReasonJson<'a> {
        ReasonJson {
            item: item.number.to_string(),
            through: item.through.map(|through| self.context.id(through)),
            proofs: &item.steps,
            facts: &item.rows,
        }
    }

    fn undetermined(&self) -> Vec<UndeterminedJson<'a>> {
        let (context, recusal) = (self.context, self.recusal);
        let of = |standers: &'a [Stander], role: &'static str| {
            let open = standers.iter().filter(|stander| !stander.possible.is_empty());
            open.map(move |stander| UndeterminedJson {
                party: context.id(stander.party),
                name: context.name(stander.party),
                role,
                items: stander.possible.iter().map(u8::to_string).collect(),
            })
        };
        of(&recusal.directors, "director").chain(of(&recusal.shareholders, "shareholder")).collect()
    }

    /// The paragraphs and tables below the title.
    pub(super) fn blocks(&self, page: &mut Page) {
        let (context, lang, recusal) = (self.context, self.context.lang, self.recusal);
        let [board, at_most] = recusal.board;
        self.table(page, &recusal.directors, "52", lang.pick("应回避的董事", "Directors who must stand aside"), false);
        page.heading(lang.pick("董事会", "The board"));
        page.list(self.board(board, at_most));
        self.table(
            page,
            &recusal.shareholders,
            "53",
            lang.pick("应回避的股东", "Shareholders who must stand aside"),
            true,
        );
        page.heading(lang.pick("股东大会", "The shareholders' meeting"));
        let (left_out, nineteen) = (&recusal.votes_left_out, article("19", lang));
        page.text(lang.pick(
            format!("不计入有效表决总数的表决权：{left_out}%（{nineteen}）"),
            format!("Votes left out of the total: {left_out} % ({nineteen})"),
        ));
        let open = self.undetermined();
        if !open.is_empty() {
            page.heading(lang.pick("无法确定", "Undetermined"));
            let lines = open.into_iter().map(|one| {
                let (who, items) = (context.names.in_full(one.party), one.items.join(lang.pick("、", ", ")));
                let (zh, article) = if one.role == "director" { ("董事", "52") } else { ("股东", "53") };
                lang.pick(
                    format!("{zh}{who}：可能属于第{article}条第{items}项"),
                    format!("{} {who}: article {article}, item {items} may hold", one.role),
                )
            });
            page.list(lines.collect());
        }
    }

    fn table(&self, page: &mut Page, standers: &[Stander], number: &str, heading: &str, votes: bool) {
        let (context, lang) = (self.context, self.context.lang);
        let certain: Vec<&Stander> = standers.iter().filter(|stander| stander.is_certain()).collect();
        if certain.is_empty() {
            page.heading(heading);
            page.text(lang.pick("无", "none"));
            return;
        }
        let who = lang.pick("姓名或名称", "name");
        let mut columns = vec![who, lang.pick("条款", "item"), lang.pick("事由", "why")];
        if votes {
            columns.insert(1, lang.pick("表决权（%）", "votes (%)"));
        }
        let mut grid = Grid::new(columns);
        for stander in certain {
            for (at, item) in stander.items.iter().enumerate() {
                let first = |text: String| if at == 0 { text } else { String::new() };
                let article = article(&format!("{number}.{}", item.number), lang);
                let mut row = vec![first(context.in_full(stander.party)), article, self.why(item)];
                if votes {
                    row.insert(1, first(stander.votes.as_ref().map(Percent::display).unwrap_or_default()));
                }
                grid.push(row);
            }
        }
        page.table(heading, grid);
    }

    /// An item's reason in a few words: its steps and rows.
    pub(super) fn why(&self, item: &Item) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let subject = context.id(context.question.subject);
        let brief = Brief::new(context.facts, context.names, subject, lang, &self.recusal.proofs);
        let rows = Rows::new(context.facts, context.names, lang);
        let step = |id: &StepId| {
            let step = self.recusal.proofs.iter().find(|step| step.id == *id)?;
            match &step.conclusion {
                Conclusion::Controls { .. } => brief.controls(*id),
                _ => {
                    let said: Vec<String> = step.facts.iter().map(|row| rows.words(*row)).collect();
                    Some(said.join(lang.pick("，", ", ")))
                }
            }
        };
        let mut parts: Vec<String> = item.steps.iter().filter_map(step).collect();
        parts.extend(item.rows.iter().map(|row| rows.words(*row)));
        if parts.is_empty() {
            return lang.pick("即交易对方", "it is the counterparty").to_owned();
        }
        let mut cited = brief.rows(&item.steps);
        cited.extend(&item.rows);
        format!("{}{}", parts.join(lang.pick("；", "; ")), words::rows_beside(&cited, lang))
    }

    /// What is left of the board, in sentences.
    pub(super) fn board(&self, board: Board, at_most: Board) -> Vec<String> {
        let lang = self.context.lang;
        let eighteen = article("18", lang);
        let Board { directors, unrelated, quorum, majority, .. } = board;
        let mut lines = vec![lang.pick(
            format!("董事{directors}名，非关联董事{unrelated}名；须有{quorum}名非关联董事出席，{majority}名非关联董事通过（{eighteen}）"),
            format!("{directors} directors, {unrelated} of them unrelated; {quorum} unrelated must attend and {majority} must approve ({eighteen})"),
        )];
        if board.to_shareholders {
            lines.push(lang.pick(
                format!("非关联董事不足三人，应提交股东大会审议（{eighteen}）"),
                format!("fewer unrelated directors than the rule needs: the matter goes to the shareholders' meeting ({eighteen})"),
            ));
        }
        if at_most != board {
            let left = at_most.unrelated;
            lines.push(lang.pick(
                format!("若无法确定者均须回避，非关联董事为{left}名"),
                format!("{left} unrelated directors are left if all who may have to stand aside do"),
            ));
        }
        lines
    }
}

impl Answer for RecuseReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let who = context.in_full(self.recusal.counterparty);
        let mut page =
            context.opening(&format!("与{who}交易时的回避"), &format!("who must stand aside in dealings with {who}"));
        page.text(lang.pick(
            "依第五十二条、第五十三条所列情形，不以交易对方为关联人为前提。",
            "By the circle of articles 52 and 53, whether or not the counterparty is related.",
        ));
        self.blocks(&mut page);
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new(["role", "party", "name", "item", "certainty", "votes", "why"]);
        let context = self.context;
        let both = [("director", &self.recusal.directors), ("shareholder", &self.recusal.shareholders)];
        for (role, standers) in both {
            for stander in standers {
                let votes = stander.votes.as_ref().map(Percent::exact).unwrap_or_default();
                let mut push = |item: u8, certainty: &str, why: String| {
                    grid.push(vec![
                        role.to_owned(),
                        context.id(stander.party).to_owned(),
                        context.name(stander.party).to_owned(),
                        item.to_string(),
                        certainty.to_owned(),
                        votes.clone(),
                        why,
                    ]);
                };
                for item in &stander.items {
                    push(item.number, "certain", self.why(item));
                }
                for number in &stander.possible {
                    push(*number, "possible", String::new());
                }
            }
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document { header: self.context.header("relata.recuse/1"), body: self.body() };
        forms::json(&document, out)
    }
}
