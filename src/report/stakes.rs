//! Who stands behind a party (`relata.owners/1`) and what it holds (`relata.owned/1`).

use super::beside::NamedGrid;
use super::header::Header;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::facts::{Percent, RowRef};
use crate::register::{Certainty, Range, StakeLine, Stakes, Verdict};
use serde::{Serialize, Serializer};
use std::io;

/// Which way a tree of stakes is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Upwards, from a party to its holders.
    Owners,
    /// Downwards, from a party to what it holds.
    Owned,
}

/// A tree of stakes.
pub struct StakesReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// Which way.
    pub direction: Direction,
    /// The ties.
    pub stakes: &'a Stakes,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    party: &'a str,
    name: &'a str,
    lines: Vec<LineJson<'a>>,
    left_out: Option<LeftOutJson>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    layer: u32,
    holder: &'a str,
    holder_name: &'a str,
    company: &'a str,
    company_name: &'a str,
    direct: Option<RangeJson<'a>>,
    look_through: RangeJson<'a>,
    controls: Certainty,
    joint: bool,
    verdict: Verdict,
    repeated: bool,
    rows: &'a [RowRef],
}

#[derive(Serialize)]
struct LeftOutJson {
    parties: usize,
    percent: String,
}

/// A share as text where it is known, else its bounds.
pub(super) struct RangeJson<'a>(pub(super) &'a Range);

impl Serialize for RangeJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (least, greatest) = (&self.0.least, &self.0.greatest);
        if least == greatest {
            least.serialize(serializer)
        } else {
            BoundsJson { least, greatest }.serialize(serializer)
        }
    }
}

#[derive(Serialize)]
struct BoundsJson<'a> {
    least: &'a Percent,
    greatest: &'a Percent,
}

impl StakesReport<'_> {
    fn far(&self, line: &StakeLine) -> crate::facts::PartyId {
        match self.direction {
            Direction::Owners => line.holder,
            Direction::Owned => line.company,
        }
    }
}

impl Answer for StakesReport<'_> {
    fn page(&self) -> Page {
        let (context, lang, stakes) = (self.context, self.context.lang, self.stakes);
        let party = context.in_full(stakes.party);
        let (zh, en) = match self.direction {
            Direction::Owners => (format!("{party}的向上穿透"), format!("who stands behind {party}")),
            Direction::Owned => (format!("{party}的向下穿透"), format!("what {party} holds and controls")),
        };
        let mut page = context.opening(&zh, &en);
        if stakes.lines.is_empty() {
            page.text(lang.pick("没有记录。", "Nothing is recorded."));
        }
        let mut grid = Grid::new(lang.pick(
            match self.direction {
                Direction::Owners => ["层", "编号", "持有人", "持有", "直接持股", "穿透持股", "控制", "结论"],
                Direction::Owned => ["层", "编号", "被持有主体", "由其持有", "直接持股", "穿透持股", "控制", "结论"],
            },
            match self.direction {
                Direction::Owners => {
                    ["layer", "id", "holder", "holds in", "direct", "look-through", "controls", "standing"]
                }
                Direction::Owned => {
                    ["layer", "id", "held", "held by", "direct", "look-through", "controls", "standing"]
                }
            },
        ))
        .unwrapped([0, 1, 3, 4, 5, 6, 7])
        .numbers([0, 4, 5]);
        for line in &stakes.lines {
            let party = self.far(line);
            let mut far = context.name_beside_id(party).to_owned();
            if line.repeated {
                far.push_str(lang.pick("（见上）", " (see above)"));
            }
            // The near party stands in an earlier line, or in the title: its id is enough.
            let near = match self.direction {
                Direction::Owners => line.company,
                Direction::Owned => line.holder,
            };
            let standing = if party == context.question.subject {
                lang.pick("公司本身", "the company")
            } else {
                words::verdict(line.verdict, lang)
            };
            let joint = if line.joint { lang.pick("（共同）", " (joint)") } else { "" };
            grid.push(vec![
                line.layer.to_string(),
                context.id(party).to_owned(),
                far,
                context.id(near).to_owned(),
                line.direct.as_ref().map(|range| words::range(range, lang)).unwrap_or_else(|| "–".to_owned()),
                words::range(&line.look_through, lang),
                format!("{}{joint}", words::certainty(line.controls, lang)),
                standing.to_owned(),
            ]);
        }
        page.table(lang.pick("持股与控制", "Stakes and control"), grid);
        if let Some((parties, percent)) = &stakes.left_out {
            page.text(lang.pick(
                format!("未列出{parties}个主体，其穿透持股合计{percent}%。"),
                format!("{parties} parties are left out; their look-through shares sum to {percent} %."),
            ));
        }
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "layer",
            "holder",
            "holder_name",
            "company",
            "company_name",
            "direct",
            "direct_greatest",
            "look_through",
            "look_through_greatest",
            "controls",
            "joint",
            "verdict",
            "repeated",
        ]);
        let bounds = |range: Option<&Range>| {
            range.map(|range| (range.least.exact(), range.greatest.exact())).unwrap_or_default()
        };
        for line in &self.stakes.lines {
            let (direct, direct_greatest) = bounds(line.direct.as_ref());
            let (through, through_greatest) = bounds(Some(&line.look_through));
            grid.push(vec![
                line.layer.to_string(),
                self.context.id(line.holder).to_owned(),
                self.context.name(line.holder).to_owned(),
                self.context.id(line.company).to_owned(),
                self.context.name(line.company).to_owned(),
                direct,
                direct_greatest,
                through,
                through_greatest,
                words::certainty(line.controls, crate::facts::Lang::En).to_owned(),
                line.joint.to_string(),
                words::verdict_code(line.verdict).to_owned(),
                line.repeated.to_string(),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (context, stakes) = (self.context, self.stakes);
        let document = Document {
            header: context.header(match self.direction {
                Direction::Owners => "relata.owners/1",
                Direction::Owned => "relata.owned/1",
            }),
            party: context.id(stakes.party),
            name: context.name(stakes.party),
            lines: stakes
                .lines
                .iter()
                .map(|line| LineJson {
                    layer: line.layer,
                    holder: context.id(line.holder),
                    holder_name: context.name(line.holder),
                    company: context.id(line.company),
                    company_name: context.name(line.company),
                    direct: line.direct.as_ref().map(RangeJson),
                    look_through: RangeJson(&line.look_through),
                    controls: line.controls,
                    joint: line.joint,
                    verdict: line.verdict,
                    repeated: line.repeated,
                    rows: &line.rows,
                })
                .collect(),
            left_out: stakes
                .left_out
                .as_ref()
                .map(|(parties, percent)| LeftOutJson { parties: *parties, percent: percent.exact() }),
        };
        forms::json(&document, out)
    }
}
