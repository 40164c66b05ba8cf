//! What insiders declared, held against the register (`relata.declarations/1`).

use super::beside::NamedGrid;
use super::check::titled;
use super::header::Header;
use super::register::GroundJson;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::facts::{PartyId, PartyKind, RowRef};
use crate::proof::brief::Brief;
use crate::proof::rows::Rows;
use crate::proof::words::article;
use crate::proof::{Step, StepId};
use crate::register::{Certainty, DeclarationStatus, Declarations, DeclaredParty, Insider, Verdict};
use serde::Serialize;
use std::io;

/// Declarations held against a register.
pub struct DeclarationsReport<'a> {
    /// What they are about.
    pub context: &'a Context<'a>,
    /// How they stand to the register.
    pub declarations: &'a Declarations,
    /// The register's proofs.
    pub proofs: &'a [Step],
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    parties: Vec<PartyJson<'a>>,
    outsiders: Vec<OutsiderJson<'a>>,
    unknown_grounds: Vec<UnknownJson<'a>>,
    later: Vec<DeclarationJson<'a>>,
    proofs: &'a [Step],
}

#[derive(Serialize)]
struct PartyJson<'a> {
    party: &'a str,
    name: &'a str,
    kind: PartyKind,
    category: &'static str,
    status: DeclarationStatus,
    verdict: Verdict,
    declarations: Vec<DeclarationJson<'a>>,
    stated: &'a [String],
    grounds: Vec<GroundJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exempt_proof: Option<StepId>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    possible: &'a [&'static str],
    ought: Vec<InsiderJson<'a>>,
    contested_by: &'a [String],
}

#[derive(Serialize)]
struct DeclarationJson<'a> {
    row: u32,
    declarant: &'a str,
    party: &'a str,
    date: String,
    relation: Option<&'a str>,
    grounds: Option<&'a str>,
}

#[derive(Serialize)]
struct InsiderJson<'a> {
    party: &'a str,
    name: &'a str,
    grounds: &'a [&'static str],
    insider: Certainty,
}

#[derive(Serialize)]
struct OutsiderJson<'a> {
    party: &'a str,
    name: &'a str,
    insider: Certainty,
    rows: Vec<u32>,
}

#[derive(Serialize)]
struct UnknownJson<'a> {
    row: u32,
    text: &'a str,
}

fn heading(status: DeclarationStatus) -> (&'static str, &'static str) {
    match status {
        DeclarationStatus::NotDeclared => ("是关联人而无人申报", "Related, and declared by nobody"),
        DeclarationStatus::GroundsDiffer => {
            ("申报的适用条款与认定不一致", "Declared on other grounds than those found")
        }
        DeclarationStatus::NotFound => ("已申报而当日不是关联人", "Declared, and not related on that day"),
        DeclarationStatus::Undetermined => ("是否为关联人无法确定", "Undetermined whether related"),
        DeclarationStatus::Exempt => ("已申报而依第六条豁免", "Declared, and exempt by article 6"),
        DeclarationStatus::Agrees => ("申报与认定一致", "Declared and found alike"),
    }
}

fn code(status: DeclarationStatus) -> &'static str {
    match status {
        DeclarationStatus::NotDeclared => "not_declared",
        DeclarationStatus::GroundsDiffer => "grounds_differ",
        DeclarationStatus::NotFound => "not_found",
        DeclarationStatus::Undetermined => "undetermined",
        DeclarationStatus::Exempt => "exempt",
        DeclarationStatus::Agrees => "agrees",
    }
}

impl DeclarationsReport<'_> {
    fn name(&self, party: PartyId) -> String {
        self.context.names.of(self.context.id(party))
    }

    /// What the register has on the party.
    fn found(&self, party: &DeclaredParty, brief: &Brief<'_>) -> String {
        let lang = self.context.lang;
        let mut lines: Vec<String> = party
            .grounds
            .iter()
            .map(|line| {
                let (ground, why, basis) = (line.ground, brief.reason(line.proof), words::basis(line.basis, lang));
                lang.pick(format!("{ground} {why}（{basis}）"), format!("{ground} {why} ({basis})"))
            })
            .collect();
        lines.extend(party.exempt.map(|proof| format!("6 {}", brief.reason(proof))));
        if !party.possible.is_empty() {
            let grounds = party.possible.join(lang.pick("、", ", "));
            lines.push(lang.pick(format!("可能适用{grounds}"), format!("may fall under {grounds}")));
        }
        if !party.contested_by.is_empty() {
            let switches = party.contested_by.join(lang.pick("、", ", "));
            lines.push(
                lang.pick(format!("取决于解释开关{switches}"), format!("another reading of {switches} would differ")),
            );
        }
        if lines.is_empty() { "–".to_owned() } else { lines.join(lang.pick("；", "; ")) }
    }

    /// Who declared it, when and as what.
    fn declared(&self, rows: &[RowRef]) -> String {
        let lang = self.context.lang;
        if rows.is_empty() {
            return lang.pick("无人申报", "by nobody").to_owned();
        }
        let table = self.context.facts.declarations();
        let said = rows.iter().filter_map(|row| table.get(row.index())).map(|row| {
            let (who, day) = (self.name(row.declarant), row.date);
            let said: Vec<&str> = [row.grounds, row.relation].into_iter().flatten().collect();
            match said.join(lang.pick("，", ", ")) {
                said if said.is_empty() => format!("{who} {day}"),
                said => lang.pick(format!("{who} {day}（{said}）"), format!("{who} {day} ({said})")),
            }
        });
        said.collect::<Vec<_>>().join(lang.pick("；", "; "))
    }

    fn ought(&self, party: &DeclaredParty) -> String {
        let lang = self.context.lang;
        if party.ought.is_empty() {
            return lang.pick("无：由认定而来", "nobody: it is designated").to_owned();
        }
        let one = |insider: &Insider| {
            let (who, grounds) = (self.name(insider.party), insider.grounds.join(lang.pick("、", ", ")));
            let note = match insider.insider {
                Certainty::Yes => "",
                Certainty::No => lang.pick("，当日不是报送义务人", ", no insider on that day"),
                Certainty::Unknown => lang.pick("，当日是否报送义务人无法确定", ", perhaps no insider on that day"),
            };
            lang.pick(format!("{who}（{grounds}{note}）"), format!("{who} ({grounds}{note})"))
        };
        party.ought.iter().map(one).collect::<Vec<_>>().join(lang.pick("、", ", "))
    }

    fn table(&self, page: &mut Page, status: DeclarationStatus, brief: &Brief<'_>) {
        let (context, lang) = (self.context, self.context.lang);
        let asks = status == DeclarationStatus::NotDeclared;
        let last =
            if asks { lang.pick("报送义务人", "who ought to declare") } else { lang.pick("申报", "declared") };
        let [id, name, found] = lang.pick(["编号", "名称", "认定"], ["id", "name", "found"]);
        let mut grid = Grid::new([id, name, found, last]).unwrapped([0]).narrow([(1, 26), (3, 34)]);
        for party in self.declarations.parties.iter().filter(|party| party.status == status) {
            grid.push(vec![
                context.id(party.party).to_owned(),
                context.name_beside_id(party.party).to_owned(),
                self.found(party, brief),
                if asks { self.ought(party) } else { self.declared(&party.declarations) },
            ]);
        }
        let count = grid.rows.len();
        let (zh, en) = heading(status);
        page.table(lang.pick(format!("{zh}（{count}）"), format!("{en} ({count})")), grid);
    }

    /// What is to be said of the declarations themselves.
    fn findings(&self, page: &mut Page) {
        let (context, lang) = (self.context, self.context.lang);
        let rows = Rows::new(context.facts, context.names, lang);
        let ten = article("10", lang);
        let mut points: Vec<String> = Vec::new();
        for outsider in &self.declarations.outsiders {
            let (who, at) = (context.in_full(outsider.party), words::rows(&outsider.rows, lang));
            points.push(match outsider.insider {
                Certainty::Unknown => lang.pick(
                    format!("申报人{who}当日是否属于{ten}所列人员，无法确定（{at}）"),
                    format!("whether {who} is among those of {ten} on that day is undetermined ({at})"),
                ),
                _ => lang.pick(
                    format!("申报人{who}当日不属于{ten}所列人员（{at}）"),
                    format!("{who} declared without being among those of {ten} on that day ({at})"),
                ),
            });
        }
        for unknown in &self.declarations.unknown_grounds {
            let (text, at) = (&unknown.text, rows.short(unknown.row));
            points.push(lang.pick(
                format!("“{text}”不是规则中的情形（{at}）"),
                format!("`{text}` is no ground of the rules ({at})"),
            ));
        }
        if !points.is_empty() {
            page.heading(lang.pick("申报中的问题", "About the declarations"));
            page.list(points);
        }
        if !self.declarations.later.is_empty() {
            let later: Vec<String> = self.declarations.later.iter().map(|row| rows.short(*row)).collect();
            let count = later.len();
            page.heading(lang.pick(
                format!("当日尚未申报，未计入（{count}）"),
                format!("Not yet made on that day, and not counted ({count})"),
            ));
            page.list(later);
        }
    }

    fn declaration(&self, row: RowRef) -> Option<DeclarationJson<'_>> {
        let context = self.context;
        let told = context.facts.declarations().get(row.index())?;
        Some(DeclarationJson {
            row: row.row,
            declarant: context.id(told.declarant),
            party: context.id(told.party),
            date: told.date.to_string(),
            relation: told.relation,
            grounds: told.grounds,
        })
    }
}

impl Answer for DeclarationsReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("关联人申报核对", "declarations held against the register");
        let counted = self.declarations.parties.iter().map(|party| party.declarations.len()).sum::<usize>();
        page.text(
            lang.pick(format!("截至当日的申报{counted}件。"), format!("Declarations made by that day: {counted}.")),
        );
        let brief = Brief::new(context.facts, context.names, context.id(context.question.subject), lang, self.proofs);
        for status in DeclarationStatus::ALL {
            self.table(&mut page, status, &brief);
        }
        let mut titles: Vec<&str> =
            self.declarations.parties.iter().flat_map(|party| &party.grounds).map(|line| line.ground).collect();
        titles.sort_unstable();
        titles.dedup();
        if !titles.is_empty() {
            page.heading(lang.pick("情形", "Grounds"));
            page.list(titles.into_iter().map(|ground| titled(ground, context)).collect());
        }
        self.findings(&mut page);
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "party",
            "name",
            "kind",
            "category",
            "status",
            "verdict",
            "found",
            "basis",
            "stated",
            "declarants",
            "rows",
            "ought",
            "contested_by",
        ]);
        let context = self.context;
        let table = context.facts.declarations();
        for party in &self.declarations.parties {
            let about = context.facts.party(party.party);
            let told = || party.declarations.iter().filter_map(|row| table.get(row.index()));
            let mut declarants: Vec<&str> = told().map(|row| context.id(row.declarant)).collect();
            declarants.dedup();
            let found: Vec<&str> = match party.verdict {
                Verdict::Undetermined => party.possible.clone(),
                _ => party.grounds.iter().map(|line| line.ground).collect(),
            };
            grid.push(vec![
                about.id.to_owned(),
                about.name.to_owned(),
                about.kind.code().to_owned(),
                words::category(about.kind).to_owned(),
                code(party.status).to_owned(),
                words::verdict_code(party.verdict).to_owned(),
                found.join(";"),
                party.grounds.iter().map(|line| line.basis.code()).collect::<Vec<_>>().join(";"),
                party.stated.join(";"),
                declarants.join(";"),
                party.declarations.iter().map(|row| row.row.to_string()).collect::<Vec<_>>().join(";"),
                party.ought.iter().map(|insider| context.id(insider.party)).collect::<Vec<_>>().join(";"),
                party.contested_by.join(";"),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (context, declarations) = (self.context, self.declarations);
        let told = |rows: &[RowRef]| rows.iter().filter_map(|row| self.declaration(*row)).collect();
        let document = Document {
            header: context.header("relata.declarations/1"),
            parties: declarations
                .parties
                .iter()
                .map(|party| PartyJson {
                    party: context.id(party.party),
                    name: context.name(party.party),
                    kind: context.facts.kind(party.party),
                    category: words::category(context.facts.kind(party.party)),
                    status: party.status,
                    verdict: party.verdict,
                    declarations: told(&party.declarations),
                    stated: &party.stated,
                    grounds: party.grounds.iter().map(GroundJson::from).collect(),
                    exempt_proof: party.exempt,
                    possible: &party.possible,
                    ought: party
                        .ought
                        .iter()
                        .map(|insider| InsiderJson {
                            party: context.id(insider.party),
                            name: context.name(insider.party),
                            grounds: &insider.grounds,
                            insider: insider.insider,
                        })
                        .collect(),
                    contested_by: &party.contested_by,
                })
                .collect(),
            outsiders: declarations
                .outsiders
                .iter()
                .map(|outsider| OutsiderJson {
                    party: context.id(outsider.party),
                    name: context.name(outsider.party),
                    insider: outsider.insider,
                    rows: outsider.rows.iter().map(|row| row.row).collect(),
                })
                .collect(),
            unknown_grounds: declarations
                .unknown_grounds
                .iter()
                .map(|unknown| UnknownJson { row: unknown.row.row, text: &unknown.text })
                .collect(),
            later: told(&declarations.later),
            proofs: self.proofs,
        };
        forms::json(&document, out)
    }
}
