//! A list of counterparties held against the register (`relata.screen/1`).

use super::header::Header;
use super::{Answer, Context, Grid, NamedGrid, Page, forms, words};
use crate::facts::{PartyId, fold};
use crate::register::{Match, Screened, Standing, Verdict, Wanted, verdict_of};
use serde::Serialize;
use std::io;

/// A list held against the register.
pub struct ScreenReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// The lines of the list.
    pub list: &'a [Wanted],
    /// What each came to.
    pub screened: &'a [Screened],
    /// Who stands where.
    pub standing: &'a Standing,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    counts: Counts,
    rows: Vec<RowJson<'a>>,
}

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Lines of the list.
    pub lines: usize,
    /// They mean a related party.
    pub related: usize,
    /// They mean a party of whom too little is known.
    pub undetermined: usize,
    /// They mean a party that is not related, the listed company itself included.
    pub not_related: usize,
    /// They may mean several parties.
    pub ambiguous: usize,
    /// They mean nobody in the data.
    pub unknown: usize,
    /// Lines among those, with candidates.
    pub with_candidates: usize,
}

#[derive(Serialize)]
struct RowJson<'a> {
    row: u32,
    asked: String,
    #[serde(rename = "match")]
    found: &'static str,
    party: Option<&'a str>,
    name: Option<&'a str>,
    verdict: Option<Verdict>,
    grounds: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    contested_by: &'a [String],
    candidates: Vec<CandidateJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_candidates: Option<usize>,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    party: &'a str,
    name: &'a str,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
}

impl ScreenReport<'_> {
    /// How many lines came to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { lines: self.screened.len(), ..Counts::default() };
        for screened in self.screened {
            let count = match &screened.found {
                Match::Ambiguous(_) => &mut counts.ambiguous,
                Match::Unknown => &mut counts.unknown,
                Match::Exact(party) | Match::Alike(party) => match verdict_of(self.standing, *party) {
                    Verdict::Related => &mut counts.related,
                    Verdict::Undetermined => &mut counts.undetermined,
                    Verdict::NotRelated => &mut counts.not_related,
                },
            };
            *count += 1;
            counts.with_candidates += usize::from(!screened.candidates.is_empty());
        }
        counts
    }

    fn lines(&self) -> impl Iterator<Item = (&Wanted, &Screened)> {
        self.list.iter().zip(self.screened)
    }

    fn grounds(&self, party: PartyId) -> Vec<&'static str> {
        let certain = self.standing.related.get(&party).into_iter().flatten().map(|(ground, _)| *ground);
        let possible = self.standing.undetermined.get(&party).into_iter().flatten().copied();
        let mut grounds: Vec<&'static str> = certain.chain(possible).collect();
        grounds.dedup();
        grounds
    }

    fn contested_by(&self, party: PartyId) -> &[String] {
        self.standing.contested.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The line as it was asked, an identifier masked unless identifiers are shown.
    fn asked(&self, wanted: &Wanted) -> String {
        let identifier = wanted.identifier.as_deref().map(|text| self.context.shown_identifier(text));
        // A list of names may hold identifiers all the same.
        let name = wanted.name.as_deref().map(|text| match is_identifier(text) {
            true => self.context.shown_identifier(text),
            false => text.to_owned(),
        });
        let parts = [wanted.id.clone(), name, identifier];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn candidates(&self, screened: &Screened) -> Vec<(PartyId, Option<u8>)> {
        match &screened.found {
            Match::Ambiguous(parties) => parties.iter().map(|party| (*party, None)).collect(),
            _ => screened.candidates.iter().map(|one| (one.party, Some(one.score))).collect(),
        }
    }

    /// Parties that a line may mean, for a reader.
    fn listed(&self, screened: &Screened) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let one = |(party, score): &(PartyId, Option<u8>)| {
            let (name, verdict) = (context.in_full(*party), words::verdict(verdict_of(self.standing, *party), lang));
            match score {
                Some(score) => {
                    lang.pick(format!("{name}，{verdict}，相似度{score}"), format!("{name}, {verdict}, {score}"))
                }
                None => lang.pick(format!("{name}，{verdict}"), format!("{name}, {verdict}")),
            }
        };
        let mut list: Vec<String> = self.candidates(screened).iter().map(one).collect();
        if screened.more > 0 {
            let more = screened.more;
            list.push(lang.pick(format!("另有{more}个"), format!("{more} more")));
        }
        list.join(lang.pick("；", "; "))
    }

    fn decided(&self, page: &mut Page, wanted: Verdict, heading: &str) {
        let (context, lang) = (self.context, self.context.lang);
        let comma = lang.pick("、", ", ");
        let mut grid = Grid::new(lang.pick(
            ["行", "名单", "编号", "名称", "条款", "说明"],
            ["line", "asked", "id", "name", "article", "remark"],
        ))
        .unwrapped([0, 2, 4])
        .narrow([(1, 30), (3, 30)]);
        for (line, screened) in self.lines() {
            let Some(party) = screened.found.party() else { continue };
            if verdict_of(self.standing, party) != wanted {
                continue;
            }
            let mut remarks = Vec::new();
            if matches!(screened.found, Match::Alike(_)) {
                remarks.push(lang.pick("写法不同", "written otherwise").to_owned());
            }
            let switches = self.contested_by(party);
            if !switches.is_empty() {
                let switches = switches.join(comma);
                remarks.push(lang.pick(format!("解释开关：{switches}"), format!("by another reading: {switches}")));
            }
            if self.standing.exempt.contains(&party) {
                remarks.push(lang.pick("依第六条豁免", "exempt by article 6").to_owned());
            }
            grid.push(vec![
                line.row.to_string(),
                self.asked(line),
                context.id(party).to_owned(),
                context.name_beside_id(party).to_owned(),
                self.grounds(party).join(comma),
                remarks.join(lang.pick("；", "; ")),
            ]);
        }
        let count = grid.rows.len();
        page.table(lang.pick(format!("{heading}（{count}）"), format!("{heading} ({count})")), grid);
    }

    fn open(&self, page: &mut Page, heading: &str, is_of: impl Fn(&Screened) -> bool) {
        let lang = self.context.lang;
        let mut grid = Grid::new(lang.pick(["行", "名单", "可能是"], ["line", "asked", "may be"])).unwrapped([0]);
        for (line, screened) in self.lines().filter(|(_, screened)| is_of(screened)) {
            grid.push(vec![line.row.to_string(), self.asked(line), self.listed(screened)]);
        }
        let count = grid.rows.len();
        page.table(lang.pick(format!("{heading}（{count}）"), format!("{heading} ({count})")), grid);
    }
}

impl Answer for ScreenReport<'_> {
    fn page(&self) -> Page {
        let lang = self.context.lang;
        let mut page = self.context.opening("名单核查", "list of counterparties screened");
        let Counts { lines, related, undetermined, not_related, ambiguous, unknown, with_candidates } = self.counts();
        page.text(lang.pick(
            format!(
                "名单{lines}行：关联方{related}，无法确定{undetermined}，非关联方{not_related}，名称不唯一{ambiguous}，\
                 数据中没有{unknown}（其中{with_candidates}行与名录中的名称相近）。"
            ),
            format!(
                "{lines} lines: {related} related, {undetermined} undetermined, {not_related} not related, {ambiguous} \
                 ambiguous, {unknown} not in the data ({with_candidates} of these like a name of the register)."
            ),
        ));
        if unknown > 0 {
            page.text(lang.pick(
                "数据中没有的名称不等于非关联方：请核对名称，或者补充数据。",
                "A name that is not in the data is not thereby unrelated: check how it is written, or add what is missing.",
            ));
        }
        self.decided(&mut page, Verdict::Related, lang.pick("关联方", "Related"));
        self.decided(&mut page, Verdict::Undetermined, lang.pick("无法确定", "Undetermined"));
        self.open(&mut page, lang.pick("名称不唯一", "Ambiguous"), |screened| {
            matches!(screened.found, Match::Ambiguous(_))
        });
        self.open(
            &mut page,
            lang.pick("与名录中的名称相近，请人工确认", "Like a name of the register: for people to decide"),
            |one| one.found == Match::Unknown && !one.candidates.is_empty(),
        );
        self.open(&mut page, lang.pick("数据中没有", "Not in the data"), |screened| {
            screened.found == Match::Unknown && screened.candidates.is_empty()
        });
        self.decided(&mut page, Verdict::NotRelated, lang.pick("非关联方", "Not related"));
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "row",
            "asked",
            "match",
            "party",
            "name",
            "verdict",
            "grounds",
            "contested_by",
            "candidates",
            "more_candidates",
        ]);
        for row in self.rows() {
            let candidates = row.candidates.iter().map(|one| match one.score {
                Some(score) => format!("{} {} {score}", one.party, one.name),
                None => format!("{} {}", one.party, one.name),
            });
            grid.push(vec![
                row.row.to_string(),
                row.asked.clone(),
                row.found.to_owned(),
                row.party.unwrap_or_default().to_owned(),
                row.name.unwrap_or_default().to_owned(),
                row.verdict.map(words::verdict_code).unwrap_or_default().to_owned(),
                row.grounds.join(";"),
                row.contested_by.join(";"),
                candidates.collect::<Vec<_>>().join(";"),
                row.more_candidates.map(|more| more.to_string()).unwrap_or_default(),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document {
            header: self.context.header("relata.screen/1"),
            counts: self.counts(),
            rows: self.rows().collect(),
        };
        forms::json(&document, out)
    }
}

impl ScreenReport<'_> {
    fn rows(&self) -> impl Iterator<Item = RowJson<'_>> {
        self.lines().map(|(line, screened)| {
            let context = self.context;
            let party = screened.found.party();
            RowJson {
                row: line.row,
                asked: self.asked(line),
                found: match screened.found {
                    Match::Exact(_) => "exact",
                    Match::Alike(_) => "alike",
                    Match::Ambiguous(_) => "ambiguous",
                    Match::Unknown => "unknown",
                },
                party: party.map(|party| context.id(party)),
                name: party.map(|party| context.name(party)),
                verdict: party.map(|party| verdict_of(self.standing, party)),
                grounds: party.map(|party| self.grounds(party)).unwrap_or_default(),
                contested_by: party.map(|party| self.contested_by(party)).unwrap_or_default(),
                candidates: self
                    .candidates(screened)
                    .into_iter()
                    .map(|(party, score)| CandidateJson {
                        party: context.id(party),
                        name: context.name(party),
                        verdict: verdict_of(self.standing, party),
                        score,
                    })
                    .collect(),
                more_candidates: (screened.more > 0).then_some(screened.more),
            }
        })
    }
}

/// Whether a text has the form of an identity-card number or a unified social credit code: 15 or 18 digits and letters.
fn is_identifier(text: &str) -> bool {
    let text = fold(text);
    matches!(text.len(), 15 | 18)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().filter(u8::is_ascii_digit).count() >= 8
}
