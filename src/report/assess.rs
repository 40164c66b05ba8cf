//! What transactions set off, as a program reads it (`relata.assess/1`), and as a spreadsheet does.

use super::beside::{Chain, NamedGrid};
use super::header::Header;
use super::recuse::{RecusalJson, RecuseReport};
use super::register::GroundJson;
use super::{Answer, Context, Grid, Page, assess_page, forms, words};
use crate::dealings::{Assessment, Assessments, Before, Both, Case, Coverage, Duty, Exemption, Remark, Sum, Unknown};
use crate::facts::{Table, Yuan};
use crate::proof::{Step, StepId};
use crate::register::{Missing, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;

/// What transactions set off.
pub struct AssessReport<'a> {
    /// What they are about.
    pub context: &'a Context<'a>,
    /// All transactions.
    pub assessments: &'a Assessments<'a>,
    /// Places of the transactions to show; the others are only counted with.
    pub shown: &'a [usize],
    /// Of proposed ones: the room left, and who must stand aside.
    pub before: &'a [Before],
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    transactions: Vec<TransactionJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<DealJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proposals: Vec<BeforeJson<'a>>,
    forecasts: Vec<ForecastJson<'a>>,
    proofs: Vec<DayJson<'a>>,
}

/// The room left before a proposed transaction, and who must stand aside.
#[derive(Serialize)]
struct BeforeJson<'a> {
    id: &'a str,
    headroom: Option<HeadroomJson<'a>>,
    recusal: RecusalJson<'a>,
}

#[derive(Serialize)]
struct HeadroomJson<'a> {
    used: &'a Yuan,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at_most: Option<&'a Yuan>,
    thresholds: Vec<RoomJson<'a>>,
    drops: Vec<DropJson<'a>>,
}

#[derive(Serialize)]
struct RoomJson<'a> {
    case: Case,
    article: &'static str,
    threshold: &'a Option<Yuan>,
    left: &'a Option<Yuan>,
}

#[derive(Serialize)]
struct DropJson<'a> {
    on: String,
    transactions: Vec<&'a str>,
    used: &'a Yuan,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at_most: Option<&'a Yuan>,
}

#[derive(Serialize)]
struct DayJson<'a> {
    day: String,
    steps: &'a [Step],
}

/// One transaction in JSON, as far as later ones depend on it.
#[derive(Serialize)]
pub(super) struct DealJson<'a> {
    id: &'a str,
    row: Option<u32>,
    date: String,
    counterparty: &'a str,
    name: &'a str,
    side: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    side_proof: Option<StepId>,
    kind: &'static str,
    subject_matter: Option<&'a str>,
    related: Option<bool>,
    category: &'static str,
    grounds: Vec<GroundJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    possible_grounds: Vec<&'static str>,
    amount: Option<Yuan>,
    case: Case,
    exempt: Option<&'a str>,
    forecast: Option<CoverageJson<'a>>,
}

/// One transaction in JSON.
#[derive(Serialize)]
pub(super) struct TransactionJson<'a> {
    #[serde(flatten)]
    deal: DealJson<'a>,
    tops: Vec<&'a str>,
    same_party: Option<Yuan>,
    same_subject: Option<Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<AtMost>,
    counted: Vec<&'a str>,
    terms: Terms<'a>,
    net_assets: Option<Yuan>,
    net_assets_row: Option<u32>,
    article: &'static str,
    duties: &'a [Duty],
    #[serde(skip_serializing_if = "Option::is_none")]
    possible: Option<Possible<'a>>,
    exemption: &'a Option<Exemption>,
    undetermined: Vec<UnknownJson<'a>>,
    remarks: Vec<RemarkJson<'a>>,
}

/// Sums that may be larger than stated.
#[derive(Serialize)]
struct AtMost {
    same_party: Option<Yuan>,
    same_subject: Option<Yuan>,
}

/// What there may be to do besides what is certain.
#[derive(Serialize)]
struct Possible<'a> {
    case: Case,
    duties: &'a [Duty],
}

#[derive(Serialize)]
struct Terms<'a> {
    same_party: Vec<TermJson<'a>>,
    same_subject: Vec<TermJson<'a>>,
}

#[derive(Serialize)]
struct TermJson<'a> {
    id: &'a str,
    amount: &'a Yuan,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<&'a Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top: Option<&'a str>,
    #[serde(skip_serializing_if = "<[StepId]>::is_empty")]
    proofs: &'a [StepId],
}

#[derive(Serialize)]
struct CoverageJson<'a> {
    label: &'a str,
    covered: Option<bool>,
    excess: Option<&'a Yuan>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum UnknownJson<'a> {
    Cell(&'a Missing),
    NetAssets { table: Table, party: &'a str, column: &'static str },
}

#[derive(Serialize)]
struct RemarkJson<'a> {
    article: &'static str,
    #[serde(flatten)]
    remark: &'a Remark,
    text: String,
}

/// A forecast in JSON.
#[derive(Serialize)]
struct ForecastJson<'a> {
    forecast: &'a str,
    row: u32,
    group: &'a str,
    kind: &'static str,
    year: i32,
    amount: Yuan,
    approved: Option<&'static str>,
    approved_on: Option<String>,
    actual: Yuan,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual_at_most: Option<Yuan>,
    exceeded_by: Option<&'a str>,
    excess: Option<Yuan>,
    transactions: Vec<&'a str>,
}

pub(super) fn unknown_json<'a>(unknown: &'a Unknown, context: &'a Context<'a>) -> UnknownJson<'a> {
    match unknown {
        Unknown::Cell(cell) => UnknownJson::Cell(cell),
        Unknown::NetAssets => UnknownJson::NetAssets {
            table: Table::Financials,
            party: context.id(context.question.subject),
            column: "net_assets",
        },
    }
}

/// Whether the counterparty is related; none where that is not known.
pub(super) fn related(assessment: &Assessment) -> Option<bool> {
    match assessment.standing.verdict {
        Verdict::Related => Some(true),
        Verdict::NotRelated => Some(false),
        Verdict::Undetermined => None,
    }
}

/// A sum at the least; none where the transaction may not be added up at all.
pub(super) fn sum(assessment: &Assessment, sum: Option<&Sum>) -> Option<Yuan> {
    let out = matches!(assessment.case[0], Case::NotRelated | Case::NotOurs | Case::Exempt | Case::Covered);
    let [least, _] = sum.filter(|_| !out)?.total();
    Some(least)
}

impl<'a> AssessReport<'a> {
    pub(super) fn id_of(&self, deal: usize) -> &'a str {
        self.assessments.all.get(deal).map_or("", |other| other.deal.transaction.id)
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = &'a Assessment<'a>> {
        self.shown.iter().filter_map(|at| self.assessments.all.get(*at))
    }

    fn terms(&self, sum: Option<&'a Sum>) -> Vec<TermJson<'a>> {
        let terms = sum.into_iter().flat_map(|sum| &sum.terms);
        terms
            .map(|term| TermJson {
                id: self.id_of(term.deal),
                amount: &term.amount[0],
                at_most: (term.amount[0] != term.amount[1]).then_some(&term.amount[1]),
                top: term.link.as_ref().map(|link| self.context.id(link.top)),
                proofs: term.link.as_ref().map_or(&[], |link| &link.steps),
            })
            .collect()
    }

    /// Ids of all transactions that are added up for certain, in their order.
    pub(super) fn counted(&self, assessment: &'a Assessment) -> Vec<&'a str> {
        let sums = [&assessment.same_party, &assessment.same_subject];
        let terms = sums.into_iter().flatten().flat_map(|sum| &sum.terms);
        let deals: BTreeSet<usize> = terms.filter(|term| term.amount[0].is_positive()).map(|term| term.deal).collect();
        deals.into_iter().map(|deal| self.id_of(deal)).collect()
    }

    fn deal(&self, assessment: &'a Assessment<'a>) -> DealJson<'a> {
        let (context, transaction) = (self.context, &assessment.deal.transaction);
        let party = transaction.counterparty;
        DealJson {
            id: transaction.id,
            row: assessment.deal.row.map(|row| row.row),
            date: transaction.date.to_string(),
            counterparty: context.id(party),
            name: context.name(party),
            side: context.id(transaction.side.unwrap_or(context.question.subject)),
            side_proof: assessment.side_proof,
            kind: transaction.kind.code(),
            subject_matter: transaction.subject_matter,
            related: related(assessment),
            category: words::category(context.facts.kind(party)),
            grounds: assessment.standing.grounds.iter().map(GroundJson::from).collect(),
            possible_grounds: match assessment.standing.verdict {
                Verdict::Undetermined => assessment.standing.possible.clone(),
                _ => Vec::new(),
            },
            amount: assessment.deal.amount.clone(),
            case: assessment.case[0],
            exempt: assessment.accepted().filter(|_| related(assessment) == Some(true) && assessment.ours[0]),
            forecast: transaction.forecast.map(|label| coverage(label, &assessment.coverage)),
        }
    }

    pub(super) fn transaction(&self, assessment: &'a Assessment<'a>) -> TransactionJson<'a> {
        let context = self.context;
        let (party, subject) = (assessment.same_party.as_ref(), assessment.same_subject.as_ref());
        let most = |sum: Option<&Sum>| sum.map(|sum| sum.total()[1].clone());
        let at_most = AtMost { same_party: most(party), same_subject: most(subject) };
        let (same_party, same_subject) = (sum(assessment, party), sum(assessment, subject));
        let differ = (&at_most.same_party, &at_most.same_subject) != (&same_party, &same_subject);
        let certain = assessment.case[0] == assessment.case[1] && assessment.duties[0] == assessment.duties[1];
        TransactionJson {
            deal: self.deal(assessment),
            tops: assessment.tops.iter().map(|top| context.id(*top)).collect(),
            same_party,
            same_subject,
            at_most: differ.then_some(at_most),
            counted: self.counted(assessment),
            terms: Terms {
                same_party: self.terms(assessment.same_party.as_ref()),
                same_subject: self.terms(assessment.same_subject.as_ref()),
            },
            net_assets: assessment.net_assets.as_ref().map(|net| net.absolute()),
            net_assets_row: assessment.net_assets.as_ref().map(|net| net.row.row),
            article: assessment.case[0].article(),
            duties: &assessment.duties[0],
            possible: (!certain).then_some(Possible { case: assessment.case[1], duties: &assessment.duties[1] }),
            exemption: &assessment.exemption,
            undetermined: assessment.undetermined.iter().map(|unknown| unknown_json(unknown, context)).collect(),
            remarks: self.remarks(assessment),
        }
    }

    fn remarks(&self, assessment: &'a Assessment) -> Vec<RemarkJson<'a>> {
        let lang = self.context.lang;
        let json = |remark: &'a Remark| RemarkJson {
            article: remark.article(),
            remark,
            text: super::dealing_words::remark(remark, lang),
        };
        assessment.remarks.iter().map(json).collect()
    }

    fn before_json(&self, before: &'a Before) -> BeforeJson<'a> {
        let differing = |both: &'a Both<Yuan>| (both[0] != both[1]).then_some(&both[1]);
        let room = |room: &'a crate::dealings::Room| RoomJson {
            case: room.case,
            article: room.case.article(),
            threshold: &room.threshold,
            left: &room.left,
        };
        let drop = |drop: &'a crate::dealings::Drop| DropJson {
            on: drop.on.to_string(),
            transactions: drop.deals.iter().map(|deal| self.id_of(*deal)).collect(),
            used: &drop.used[0],
            used_at_most: differing(&drop.used),
        };
        let headroom = before.headroom.as_ref().map(|headroom| HeadroomJson {
            used: &headroom.used[0],
            used_at_most: differing(&headroom.used),
            thresholds: headroom.rooms.iter().map(room).collect(),
            drops: headroom.drops.iter().map(drop).collect(),
        });
        let recusal = RecuseReport { context: self.context, recusal: &before.recusal }.body();
        BeforeJson { id: self.id_of(before.deal), headroom, recusal }
    }

    fn forecasts(&self) -> Vec<ForecastJson<'a>> {
        let context = self.context;
        let json = |standing: &'a crate::dealings::ForecastStanding<'a>| {
            let forecast = &standing.forecast;
            let [actual, most] = standing.actual();
            let exceeded = standing.exceeded();
            ForecastJson {
                forecast: forecast.forecast,
                row: standing.row.row,
                group: context.id(forecast.group),
                kind: forecast.kind.code(),
                year: forecast.year,
                amount: Yuan::from(forecast.amount),
                approved: forecast.approved.map(|approved| approved.code()),
                approved_on: forecast.approved_on.map(|day| day.to_string()),
                actual_at_most: (actual != most).then_some(most),
                actual,
                exceeded_by: exceeded.as_ref().map(|(deal, _)| self.id_of(*deal)),
                excess: exceeded.map(|(_, excess)| excess),
                transactions: standing.lines.iter().map(|line| self.id_of(line.deal)).collect(),
            }
        };
        self.assessments.forecasts.iter().map(json).collect()
    }
}

fn coverage<'a>(label: &'a str, coverage: &'a Both<Coverage>) -> CoverageJson<'a> {
    let covered = match coverage {
        [Coverage::Covered, Coverage::Covered] => Some(true),
        [Coverage::Covered, _] => None,
        _ => Some(false),
    };
    let excess = match &coverage[0] {
        Coverage::Exceeds(excess) => Some(excess),
        _ => None,
    };
    CoverageJson { label, covered, excess }
}

impl Answer for AssessReport<'_> {
    fn page(&self) -> Page {
        assess_page::page(self)
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "id",
            "date",
            "counterparty",
            "name",
            "kind",
            "amount",
            "related",
            "grounds",
            "tops",
            "same_party",
            "same_subject",
            "counted",
            "net_assets",
            "case",
            "article",
            "duties",
            "possible_duties",
            "exempt",
            "undetermined",
            "remarks",
        ]);
        let yuan = |yuan: Option<Yuan>| yuan.map(|yuan| yuan.exact()).unwrap_or_default();
        for assessment in self.shown() {
            let json = self.transaction(assessment);
            let codes = |duties: &[Duty]| duties.iter().map(|duty| duty.code()).collect::<Vec<_>>().join(";");
            let unknown = |one: &Unknown| super::dealing_words::unknown(one, self.context);
            let remarks: Vec<String> = json.remarks.iter().map(|remark| remark.text.clone()).collect();
            grid.push(vec![
                json.deal.id.to_owned(),
                json.deal.date,
                json.deal.counterparty.to_owned(),
                json.deal.name.to_owned(),
                json.deal.kind.to_owned(),
                yuan(json.deal.amount),
                words::verdict_code(assessment.standing.verdict).to_owned(),
                assessment.standing.grounds.iter().map(|line| line.ground).collect::<Vec<_>>().join(";"),
                json.tops.join(";"),
                yuan(json.same_party),
                yuan(json.same_subject),
                json.counted.join(";"),
                yuan(json.net_assets),
                case_code(assessment.case[0]),
                json.article.to_owned(),
                codes(&assessment.duties[0]),
                codes(&assessment.duties[1]),
                json.deal.exempt.unwrap_or_default().to_owned(),
                assessment.undetermined.iter().map(unknown).collect::<Vec<_>>().join("; "),
                remarks.join("; "),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        let mut chains = Vec::new();
        for assessment in self.shown() {
            let (deal, steps) = (&assessment.deal, self.assessments.steps(assessment.deal.date()));
            chains.extend(assessment.standing.grounds.iter().map(|line| Chain {
                of: Some(deal.transaction.id),
                party: deal.transaction.counterparty,
                ground: line.ground,
                basis: Some(line.basis),
                proof: line.proof,
                steps,
            }));
        }
        self.context.beside_chains(&chains)
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let earlier: Vec<_> = self.earlier().into_iter().filter_map(|at| self.assessments.all.get(at)).collect();
        let days: BTreeSet<_> =
            self.shown().chain(earlier.iter().copied()).map(|assessment| assessment.deal.date()).collect();
        let proofs = self.assessments.proofs.iter().filter(|proofs| days.contains(&proofs.day));
        let document = Document {
            header: self.context.header("relata.assess/1"),
            transactions: self.shown().map(|assessment| self.transaction(assessment)).collect(),
            earlier: earlier.into_iter().map(|assessment| self.deal(assessment)).collect(),
            proposals: self.before.iter().map(|before| self.before_json(before)).collect(),
            forecasts: self.forecasts(),
            proofs: proofs.map(|day| DayJson { day: day.day.to_string(), steps: &day.steps }).collect(),
        };
        forms::json(&document, out)
    }
}

fn case_code(case: Case) -> String {
    serde_json::to_value(case).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
