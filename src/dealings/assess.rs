//! Going through the transactions.

use super::cumulation::{in_window, is_decided};
use super::day::Day;
use super::exemption::{self, Circumstances};
use super::forecasts::{Bearing, Forecasts};
use super::{
    Assessment, Assessments, Both, Case, Coverage, DayProofs, Deal, Duty, Exemption, Ledger, NetAssets, Remark, Sum,
    Term, Unknown, checks, duties,
};
use crate::facts::{Facts, Kind, PartyId, PartyKind, Yuan};
use crate::law::Numbers;
use crate::register::{Missing, Question, Resolver, Verdict};
use chrono::NaiveDate;

/// Judges the transactions of a dataset; the question's own day does not matter, as every transaction has its own.
pub struct Assessor<'r, 'f, 'p> {
    resolver: &'r Resolver<'f>,
    question: &'r Question<'p>,
}

/// What has been gone through of one transaction, for those after it.
struct Passed {
    date: NaiveDate,
    counterparty: PartyId,
    /// What it adds to later sums, at each bound.
    adds: Both<Option<Yuan>>,
    /// What its standing rests on that is not known.
    missing: Vec<Missing>,
}

impl<'r, 'f, 'p> Assessor<'r, 'f, 'p> {
    /// Judges by the subject, pack and readings of a question.
    #[must_use]
    pub fn new(resolver: &'r Resolver<'f>, question: &'r Question<'p>) -> Self {
        Self { resolver, question }
    }

    fn facts(&self) -> &'f Facts {
        self.resolver.facts()
    }

    /// The question on another day.
    fn on(&self, day: NaiveDate) -> Question<'p> {
        Question { as_of: day, ..self.question.clone() }
    }

    /// Judges every transaction. O(days × (register of a day + counterparties within twelve months)).
    #[must_use]
    pub fn assess(&self, ledger: &Ledger<'f>) -> Assessments<'f> {
        let mut found = Assessments::default();
        let mut forecasts = Forecasts::new(self.facts());
        let mut passed: Vec<Passed> = Vec::with_capacity(ledger.deals.len());
        for of_day in ledger.deals.chunk_by(|one, other| one.date() == other.date()) {
            let Some(date) = of_day.first().map(Deal::date) else { continue };
            let question = self.on(date);
            let parties = of_day.iter().map(|deal| deal.transaction.counterparty).collect();
            let mut day = Day::new(self.resolver, &question, parties);
            for deal in of_day {
                let assessment = self.one(deal, &ledger.deals, &passed, &mut day, &mut forecasts);
                passed.push(Passed {
                    date,
                    counterparty: deal.transaction.counterparty,
                    adds: assessment.adds(),
                    missing: assessment.standing.missing.clone(),
                });
                found.all.push(assessment);
            }
            found.proofs.push(DayProofs { day: date, steps: day.book.into_steps() });
        }
        found.forecasts = forecasts.all;
        found
    }

    fn one(
        &self,
        deal: &Deal<'f>,
        deals: &[Deal<'f>],
        passed: &[Passed],
        day: &mut Day<'_, 'f>,
        forecasts: &mut Forecasts<'f>,
    ) -> Assessment<'f> {
        let transaction = &deal.transaction;
        let party = transaction.counterparty;
        let numbers = self.question.pack.numbers(deal.date());
        let mut remarks = Vec::new();
        let related = day.related(party);
        let ours = transaction.side.map_or([true, true], |side| day.own(side));
        let side_proof = transaction.side.filter(|_| ours[0]).and_then(|side| day.shown(self.question.subject, side));
        let (exemption, accepted) = self.exemption(deal, day);
        let full =
            |at: usize| accepted.get(at).is_some_and(|accepted| accepted.as_ref().is_some_and(Exemption::is_full));
        let bearing = forecasts.bearing(deal, day, &mut remarks);
        let coverage = match (&bearing, &deal.amount) {
            (Some(bearing), Some(amount)) => forecasts.coverage(bearing, amount),
            _ => [Coverage::None, Coverage::None],
        };
        let counts = |at: usize| related.get(at) == Some(&true) && ours.get(at) == Some(&true) && !full(at);
        if let (Some(bearing), Some(amount)) = (&bearing, &deal.amount) {
            forecasts.add(bearing, passed.len(), amount, [counts(0), counts(1)]);
        }
        let own = |at: usize| {
            let amount = deal.amount.as_ref().filter(|_| counts(at) && transaction.kind != Kind::Guarantee)?;
            coverage.get(at)?.leaves(amount)
        };
        let own = [own(0), own(1)];
        let (same_party, same_subject) = match &own {
            [None, None] => (None, None),
            _ => {
                let own = own.clone().map(Option::unwrap_or_default);
                self.sums(deal, deals, passed, day, own)
            }
        };
        let net_assets = NetAssets::on(self.facts(), self.question.subject, deal.date());
        let mut assessment = Assessment {
            deal: deal.clone(),
            is_person: self.facts().kind(party) == PartyKind::Person,
            standing: day.standing(party),
            tops: day.tops(party)[0].to_vec(),
            ours,
            side_proof,
            exemption,
            coverage,
            same_party,
            same_subject,
            net_assets,
            case: [Case::NotRelated, Case::NotRelated],
            duties: Both::default(),
            undetermined: Vec::new(),
            remarks,
        };
        for at in 0..2 {
            let case = if related[at] {
                let amounts = own.get(at).and_then(Option::as_ref);
                case(&assessment, at, full(at), amounts, numbers)
            } else {
                Case::NotRelated
            };
            assessment.case[at] = case;
            assessment.duties[at] = relieved(case.duties(transaction.kind), accepted[at].as_ref());
        }
        if !ours[1] {
            assessment.remarks.push(Remark::NotOurs);
        }
        assessment.undetermined = self.unknown(&assessment, passed, day, numbers);
        let has_share = transaction.target.is_some_and(|target| day.has_share(target));
        self.remark(&mut assessment, bearing.as_ref(), forecasts, numbers, has_share);
        assessment
    }

    /// The exemption relied on as it is shown, and as it is accepted where least and where most is set off: what exempts is
    /// taken the other way round.
    fn exemption(&self, deal: &Deal<'f>, day: &mut Day<'_, 'f>) -> (Option<Exemption>, Both<Option<Exemption>>) {
        let transaction = &deal.transaction;
        if transaction.exemption.is_none() {
            return (None, [None, None]);
        }
        let grounds = day.grounds(transaction.counterparty);
        let targets = transaction.target.map(|target| day.own(target));
        let rates = &self.question.pack.loan_prime_rates;
        let judged = [0, 1].map(|at: usize| {
            let grounds = grounds.get(at).map_or(&[][..], Vec::as_slice);
            let controls_target = targets.and_then(|own| own.get(at).copied());
            exemption::judge(transaction, &Circumstances { grounds, rates, controls_target })
        });
        let [certain, possible] = judged;
        let accepted = |exemption: &Option<Exemption>| exemption.clone().filter(Exemption::is_accepted);
        let both = [accepted(&possible), accepted(&certain)];
        (certain, both)
    }

    /// Both sums of article 16 over the transactions gone through.
    fn sums(
        &self,
        deal: &Deal<'f>,
        deals: &[Deal<'f>],
        passed: &[Passed],
        day: &mut Day<'_, 'f>,
        own: Both<Yuan>,
    ) -> (Option<Sum>, Option<Sum>) {
        let transaction = &deal.transaction;
        let months = self.question.pack.numbers(deal.date()).cumulation_months;
        let subject = transaction.subject_matter.filter(|label| !label.trim().is_empty());
        let mut party = Sum { own: own.clone(), terms: Vec::new() };
        let mut matter = Sum { own, terms: Vec::new() };
        let first = passed.partition_point(|earlier| !in_window(earlier.date, deal.date(), months));
        for (at, (earlier, other)) in passed.iter().zip(deals).enumerate().skip(first) {
            let adds = earlier.adds.iter().any(Option::is_some);
            if !adds || is_decided(&other.transaction, deal.date()) {
                continue;
            }
            let amount = |counts: Both<bool>| {
                let mut amounts = Both::<Yuan>::default();
                for ((amount, adds), counts) in amounts.iter_mut().zip(&earlier.adds).zip(counts) {
                    if let Some(adds) = adds.as_ref().filter(|_| counts) {
                        *amount = adds.clone();
                    }
                }
                amounts
            };
            let (one, another) = (transaction.counterparty, earlier.counterparty);
            let shared = day.shared(one, another);
            if shared[1].is_some() {
                let link = shared[0].filter(|_| one != another).map(|top| day.link(top, one, another));
                party.terms.push(Term { deal: at, amount: amount(shared.map(|top| top.is_some())), link });
            }
            if transaction.kind == other.transaction.kind
                && subject.is_some()
                && other.transaction.subject_matter == subject
            {
                matter.terms.push(Term { deal: at, amount: amount([true, true]), link: None });
            }
        }
        (Some(party), Some(matter))
    }

    /// The cells that settle what differs between the bounds.
    fn unknown(
        &self,
        assessment: &Assessment,
        passed: &[Passed],
        day: &mut Day<'_, 'f>,
        numbers: &Numbers,
    ) -> Vec<Unknown> {
        let mut unknown: Vec<Unknown> = Vec::new();
        if assessment.standing.verdict == Verdict::Undetermined {
            unknown.extend(assessment.standing.missing.iter().cloned().map(Unknown::Cell));
        }
        if assessment.case[0] == assessment.case[1] {
            return unknown;
        }
        let kind = assessment.deal.transaction.kind;
        if let (None, Some(row), false) = (&assessment.deal.amount, assessment.deal.row, kind == Kind::Guarantee) {
            unknown.push(Unknown::Cell(Missing { table: row.table, row: row.row, column: "amount" }));
        }
        let needs_share = assessment.cumulative().is_some_and(|[_, most]| {
            let small = numbers.disclosure_organisation.clone().min(numbers.major_amount.clone());
            most >= small
        });
        if assessment.net_assets.is_none() && needs_share {
            unknown.push(Unknown::NetAssets);
        }
        let one = assessment.deal.transaction.counterparty;
        let sums = [&assessment.same_party, &assessment.same_subject];
        for term in
            sums.into_iter().flatten().flat_map(|sum| &sum.terms).filter(|term| term.amount[0] != term.amount[1])
        {
            let Some(earlier) = passed.get(term.deal) else { continue };
            unknown.extend(earlier.missing.iter().cloned().map(Unknown::Cell));
            if let [None, Some(top)] = day.shared(one, earlier.counterparty) {
                unknown.extend(day.open_cells(top, one, earlier.counterparty).into_iter().map(Unknown::Cell));
            }
        }
        unknown.sort();
        unknown.dedup();
        unknown
    }

    /// What else there is to say, now that the case is known.
    fn remark(
        &self,
        assessment: &mut Assessment,
        bearing: Option<&Bearing>,
        forecasts: &Forecasts,
        numbers: &Numbers,
        has_share: bool,
    ) {
        let mut remarks = std::mem::take(&mut assessment.remarks);
        if let Some(exemption) = &assessment.exemption {
            let code = exemption.code.clone();
            if !exemption.is_accepted() {
                remarks
                    .push(Remark::ExemptionRefused { exemption: code, shortcomings: exemption.shortcomings.clone() });
            } else {
                let (checked, assumed) = (exemption.checked.clone(), exemption.assumed.clone());
                remarks.push(Remark::ExemptionAccepted { exemption: code, checked, assumed });
            }
        }
        if let (Some(bearing), Coverage::Exceeds(excess)) = (bearing, &assessment.coverage[0]) {
            let label = forecasts.label(bearing).to_owned();
            remarks.push(Remark::ForecastExceeded { label, excess: excess.clone() });
        }
        remarks.extend(checks::remarks(assessment, self.facts(), numbers, has_share));
        assessment.remarks = remarks;
    }
}

/// Which case applies at a bound to a transaction with a related party.
fn case(assessment: &Assessment, at: usize, exempt: bool, own: Option<&Yuan>, numbers: &Numbers) -> Case {
    let kind = assessment.deal.transaction.kind;
    if assessment.ours.get(at) != Some(&true) {
        return Case::NotOurs;
    }
    if exempt {
        return Case::Exempt;
    }
    if kind == Kind::Guarantee {
        return Case::Guarantee;
    }
    let Some(amount) = &assessment.deal.amount else {
        // Of daily business there may be no total; of anything else the amount is not known.
        return match (kind.is_daily(), at) {
            (true, _) => Case::NoTotal,
            (false, 0) => Case::Below,
            (false, _) => Case::Major,
        };
    };
    let covered = assessment.coverage.get(at).is_some_and(|coverage| coverage.leaves(amount).is_none());
    if covered || own.is_none() {
        return Case::Covered;
    }
    let cumulative = assessment.cumulative().and_then(|both| both.into_iter().nth(at)).unwrap_or_default();
    let net_assets = assessment.net_assets.as_ref().map(|net| net.absolute());
    duties::reached(&cumulative, assessment.is_person, net_assets.as_ref(), at == 1, numbers)
}

/// Without the duties that articles 33 and 49 take away.
fn relieved(mut duties: Vec<Duty>, exemption: Option<&Exemption>) -> Vec<Duty> {
    let without = match exemption.map(|exemption| exemption.code.as_str()) {
        Some("49") => Some(Duty::Shareholders),
        Some("33") => Some(Duty::Valuation),
        _ => None,
    };
    duties.retain(|duty| Some(*duty) != without);
    duties
}
