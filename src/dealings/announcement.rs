//! The draft of an announcement: each element that the articles ask for, and whether the data, a statement or nobody
//! supplies it. No words here; see [`Part`] and [`Element`] for the lists.

use super::cumulation::{in_window, is_decided};
use super::day::Day;
use super::elements::{PARTS, When};
use super::{Assessment, Assessments, Both, Case, Duty, Element, Part, Recusal, Remark, checks, recusal};
use crate::facts::{Approval, Facts, Item, Kind, PartyId, RowRef, Table, Yuan};
use crate::proof::{Step, StepId};
use crate::register::{Question, Resolver};
use serde::Serialize;
use std::collections::BTreeSet;

/// Whether the announcement has to be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Publish {
    /// It has to be.
    Required,
    /// It need not be; the draft is for the file.
    NotRequired,
    /// That is not known.
    Undetermined,
}

/// What is needed, and where it is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A row of `particulars` for the transaction, with this item.
    Item(Item),
    /// A cell.
    Column(Table, &'static str),
    /// A row of `financials` with the figures of a party: of the latest `year`, of an `interim` period after it, or the
    /// `latest`.
    Figures(PartyId, &'static str),
}

/// Why an element is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is asked for where there is such a thing, and nothing is recorded.
    IfAny,
    /// This need not be done.
    NotDue(Duty),
    /// The counterparty is a person.
    Person,
    /// No assets are bought or sold.
    NotAssets,
    /// No company is named whose equity is dealt in.
    NoTarget,
    /// The agreement has no total.
    NoTotal,
    /// A guarantee has no price.
    NoPrice,
    /// No forecast is named.
    NoForecast,
    /// The price is the book value.
    SamePrice,
    /// Article 29 does not ask.
    NoPremium,
    /// The transaction is not one that the law has decided by those unrelated.
    NotDecided,
}

/// How an element stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The data say it.
    Filled,
    /// The company has stated it in `particulars`.
    Stated,
    /// Nobody has supplied it.
    Missing(Vec<Need>),
    /// It is not asked for.
    NotApplicable(Reason),
}

/// An element of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The part it stands in.
    pub part: Part,
    /// The article, with the item.
    pub article: &'static str,
    /// Which.
    pub element: Element,
    /// How it stands.
    pub state: State,
    /// Rows of `particulars` that state it.
    pub stated: Vec<RowRef>,
    /// Rows that show what the data say of it.
    pub rows: Vec<RowRef>,
}

/// An earlier dealing with the same group (article 40(9)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// Its place among the transactions.
    pub deal: usize,
    /// Whether it is one with a related party of the same group for certain.
    pub certain: bool,
    /// Whether it is added up with the transaction (article 16).
    pub counted: bool,
    /// Whether the shareholders' meeting has decided on it, so that it is added up no more (article 16).
    pub decided: bool,
}

/// The draft of an announcement.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// Place of the transaction.
    pub deal: usize,
    /// Whether it has to be published.
    pub publish: Publish,
    /// The elements, part by part.
    pub points: Vec<Point>,
    /// Earlier dealings with the same group within twelve months.
    pub history: Vec<Past>,
    /// Who must stand aside.
    pub recusal: Recusal,
}

impl Announcement {
    /// The draft for the transaction at a place; none where there is no such place. O(elements + statements + the
    /// counterparty's group + transactions of twelve months).
    #[must_use]
    pub fn new(resolver: &Resolver, question: &Question, assessments: &Assessments, deal: usize) -> Option<Self> {
        let assessment = assessments.all.get(deal)?;
        let date = assessment.deal.date();
        let question = Question { as_of: date, ..question.clone() };
        let recusal = recusal(resolver, &question, assessment.deal.transaction.counterparty);
        let history = history(resolver, &question, assessments, deal);
        let (facts, subject) = (resolver.facts(), question.subject);
        let scene = Scene { facts, assessments, assessment, history: &history, recusal: &recusal, subject };
        let points = scene.points();
        let publish = match assessment.duties.each_ref().map(|duties| duties.contains(&Duty::Disclose)) {
            [true, true] => Publish::Required,
            [false, false] => Publish::NotRequired,
            _ => Publish::Undetermined,
        };
        Some(Self { deal, publish, points, history, recusal })
    }

    /// Whether anything about it is undetermined, of the assessment, the history or those who stand aside.
    #[must_use]
    pub fn is_undetermined(&self, assessment: &Assessment) -> bool {
        let mut standers = self.recusal.directors.iter().chain(&self.recusal.shareholders);
        assessment.is_undetermined()
            || self.history.iter().any(|past| !past.certain)
            || standers.any(|stander| !stander.possible.is_empty())
    }

    /// What the earlier dealings come to, at the least and at the most.
    #[must_use]
    pub fn history_total(&self, assessments: &Assessments) -> Both<Yuan> {
        let mut total = Both::<Yuan>::default();
        for past in &self.history {
            let Some(amount) = assessments.all.get(past.deal).and_then(|earlier| earlier.deal.amount.as_ref()) else {
                continue;
            };
            let [least, most] = &mut total;
            *most += amount;
            if past.certain {
                *least += amount;
            }
        }
        total
    }
}

/// Earlier dealings of twelve months with parties that share a top with the counterparty on the day, whether or not they are
/// added up; those that were none with a related party are left out.
fn history(resolver: &Resolver, question: &Question, assessments: &Assessments, deal: usize) -> Vec<Past> {
    let Some(assessment) = assessments.all.get(deal) else { return Vec::new() };
    let (party, date) = (assessment.deal.transaction.counterparty, assessment.deal.date());
    let months = question.pack.numbers(date).cumulation_months;
    let mut day = Day::new(resolver, question, BTreeSet::new());
    let terms: BTreeSet<usize> =
        assessment.same_party.iter().flat_map(|sum| &sum.terms).map(|term| term.deal).collect();
    let mut history = Vec::new();
    for (at, earlier) in assessments.all.iter().enumerate().take(deal) {
        let other = earlier.deal.transaction.counterparty;
        if !in_window(earlier.deal.date(), date, months) {
            continue;
        }
        let shared = day.shared(party, other).map(|top| top.is_some() || party == other);
        let dealt = earlier.case.map(|case| !matches!(case, Case::NotRelated | Case::NotOurs));
        if shared[1] && (dealt[0] || dealt[1]) {
            let certain = shared[0] && dealt[0] && dealt[1];
            let decided = is_decided(&earlier.deal.transaction, date);
            history.push(Past { deal: at, certain, counted: terms.contains(&at), decided });
        }
    }
    history
}

/// What an element is looked for in.
struct Scene<'a> {
    facts: &'a Facts,
    assessments: &'a Assessments<'a>,
    assessment: &'a Assessment<'a>,
    history: &'a [Past],
    recusal: &'a Recusal,
    /// The listed company.
    subject: PartyId,
}

/// What the data say of an element: the rows, and what is needed besides.
type Found = (Vec<RowRef>, Vec<Need>);

impl Scene<'_> {
    fn points(&self) -> Vec<Point> {
        let parts = PARTS.iter().filter(|(part, _)| part.applies(self.assessment));
        parts
            .flat_map(|(part, entries)| {
                entries.iter().map(|(article, element, when)| self.point(*part, article, *element, *when))
            })
            .collect()
    }

    /// A statement comes first, then what the data say; only what has neither may be not asked for, or missing.
    fn point(&self, part: Part, article: &'static str, element: Element, when: When) -> Point {
        let stated = self.stated(element);
        let found = self.data(element);
        let complete = found.as_ref().is_some_and(|(_, needs)| needs.is_empty());
        let (rows, needs) = found.unwrap_or_default();
        let state = match self.unasked(when) {
            _ if !stated.is_empty() => State::Stated,
            _ if complete => State::Filled,
            Some(reason) => State::NotApplicable(reason),
            None if needs.is_empty() => State::Missing(element.item().map(Need::Item).into_iter().collect()),
            None => State::Missing(needs),
        };
        Point { part, article, element, state, stated, rows }
    }

    fn stated(&self, element: Element) -> Vec<RowRef> {
        let Some(item) = element.item() else { return Vec::new() };
        let id = self.assessment.deal.transaction.id;
        let rows = self.facts.particulars().iter().enumerate();
        let of = rows.filter(|(_, row)| row.transaction == id && row.item == item);
        of.map(|(at, _)| RowRef::new(Table::Particulars, at)).collect()
    }

    /// Why an element is not asked for; none where it is.
    fn unasked(&self, when: When) -> Option<Reason> {
        let (assessment, transaction) = (self.assessment, &self.assessment.deal.transaction);
        let (asked, reason) = match when {
            When::Always => return None,
            When::IfAny => return Some(Reason::IfAny),
            When::Due(duty) => (assessment.duties[1].contains(&duty), Reason::NotDue(duty)),
            When::Organisation => (!assessment.is_person, Reason::Person),
            When::Assets => (transaction.kind == Kind::Assets, Reason::NotAssets),
            When::Target => (transaction.target.is_some(), Reason::NoTarget),
            When::Total => (!transaction.kind.is_daily(), Reason::NoTotal),
            When::Price => (transaction.kind != Kind::Guarantee, Reason::NoPrice),
            When::Forecast => (transaction.forecast.is_some(), Reason::NoForecast),
            When::Differs => {
                let book = transaction.book_value.map(Yuan::from);
                (book.is_none() || book != assessment.deal.amount, Reason::SamePrice)
            }
            When::Premium => {
                let asks = |remark: &Remark| {
                    matches!(remark, Remark::Premium { .. } | Remark::FactMissing { article: "29", .. })
                };
                (assessment.remarks.iter().any(asks), Reason::NoPremium)
            }
            When::Decided => {
                let out = matches!(assessment.case[1], Case::NotRelated | Case::NotOurs | Case::Exempt);
                (!out, Reason::NotDecided)
            }
        };
        (!asked).then_some(reason)
    }

    /// What the data say of an element; none of what they say nothing of.
    fn data(&self, element: Element) -> Option<Found> {
        let (assessment, transaction) = (self.assessment, &self.assessment.deal.transaction);
        let own: Vec<RowRef> = assessment.deal.row.into_iter().collect();
        let cell = |known: bool, column| -> Found {
            match known {
                true => (own.clone(), Vec::new()),
                false => (Vec::new(), vec![Need::Column(Table::Transactions, column)]),
            }
        };
        let decided = !matches!(assessment.case[1], Case::NotRelated | Case::NotOurs | Case::Exempt);
        Some(match element {
            Element::Overview | Element::Exemption => (own, Vec::new()),
            Element::Draft => Default::default(),
            Element::Counterparty => (self.relation(), Vec::new()),
            Element::SubjectMatter | Element::Content => {
                let named = transaction.subject_matter.is_some() || transaction.target.is_some();
                (own, if named { Vec::new() } else { element.item().map(Need::Item).into_iter().collect() })
            }
            Element::BookValue => cell(transaction.book_value.is_some(), "book_value"),
            Element::Amount if transaction.amount.is_some() && assessment.deal.amount.is_none() => cell(false, "rate"),
            Element::Amount => cell(assessment.deal.amount.is_some(), "amount"),
            Element::PricingPolicy => cell(transaction.pricing.is_some(), "pricing"),
            Element::BoardResolution => {
                let held = matches!(transaction.approved, Some(Approval::Board | Approval::Shareholders));
                cell(held, "approved")
            }
            Element::PremiumReason => {
                let columns = assessment.remarks.iter().filter_map(|remark| match remark {
                    Remark::FactMissing { column, article: "29" } => Some(Need::Column(Table::Transactions, column)),
                    _ => None,
                });
                let needs: Vec<Need> = columns.collect();
                if needs.is_empty() {
                    return None;
                }
                (Vec::new(), needs)
            }
            Element::Performance => {
                let label = transaction.forecast?;
                let rows = self.assessments.forecasts.iter().filter(|standing| standing.forecast.forecast == label);
                let rows: Vec<RowRef> = rows.map(|standing| standing.row).collect();
                let needs = if rows.is_empty() { vec![Need::Column(Table::Forecasts, "forecast")] } else { Vec::new() };
                (rows, needs)
            }
            Element::History => {
                let rows = self.history.iter().filter_map(|past| self.assessments.all.get(past.deal)?.deal.row);
                (rows.collect(), Vec::new())
            }
            Element::TargetFigures => self.target_figures(transaction.target?),
            Element::InvesteeFigures => self.investee_figures(),
            Element::DirectorsAside if decided => (self.aside(true), Vec::new()),
            Element::ShareholdersAside if decided => (self.aside(false), Vec::new()),
            _ => return None,
        })
    }

    /// The counterparty, and every row on which its relation rests.
    fn relation(&self) -> Vec<RowRef> {
        let (assessment, party) = (self.assessment, self.assessment.deal.transaction.counterparty);
        let steps = self.assessments.steps(assessment.deal.date());
        let proofs = assessment.standing.grounds.iter().map(|line| line.proof);
        let mut rows = vec![RowRef::new(Table::Parties, party.index())];
        rows.extend(leaves(steps, proofs));
        rows
    }

    /// The latest year's figures of a company, and those of a period after it (article 28).
    fn target_figures(&self, target: PartyId) -> Found {
        let figures = checks::figures(self.facts, target, self.assessment.deal.date());
        let needs = figures.iter().zip(["year", "interim"]);
        let needs = needs.filter(|(row, _)| row.is_none()).map(|(_, which)| Need::Figures(target, which)).collect();
        (figures.into_iter().flatten().collect(), needs)
    }

    /// The latest figures of the company invested in: all that article 44(2) names.
    fn investee_figures(&self) -> Found {
        let transaction = &self.assessment.deal.transaction;
        let Some(target) = transaction.target else {
            return (Vec::new(), vec![Need::Column(Table::Transactions, "target")]);
        };
        let rows = self.facts.financials().iter().enumerate();
        let known = rows.filter(|(_, row)| row.party == target && row.period_end <= transaction.date);
        let known =
            known.filter(|(_, row)| row.total_assets.is_some() && row.net_assets.is_some() && row.net_profit.is_some());
        let latest = known.max_by_key(|(_, row)| row.period_end);
        match latest {
            Some((at, _)) => (vec![RowRef::new(Table::Financials, at)], Vec::new()),
            None => (Vec::new(), vec![Need::Figures(target, "latest")]),
        }
    }

    /// Rows that show who stands aside.
    fn aside(&self, directors: bool) -> Vec<RowRef> {
        let standers = if directors { &self.recusal.directors } else { &self.recusal.shareholders };
        let items = || standers.iter().flat_map(|stander| &stander.items);
        let steps = items().flat_map(|item| item.steps.iter().copied());
        let mut rows = leaves(&self.recusal.proofs, steps);
        rows.extend(items().flat_map(|item| item.rows.iter().copied()));
        if !directors {
            rows.extend(self.shares());
        }
        rows.into_iter().collect()
    }

    /// The holdings in the company of shareholders who stand aside for certain.
    fn shares(&self) -> Vec<RowRef> {
        let (facts, date) = (self.facts, self.assessment.deal.date());
        let aside = self.recusal.shareholders.iter().filter(|stander| stander.is_certain());
        let aside: BTreeSet<PartyId> = aside.map(|stander| stander.party).collect();
        let held = (0..facts.holdings().len()).filter(|row| {
            let (holder, company) = facts.holding_ends(*row);
            let span = || facts.holding_period(*row).possible(date, 0);
            company == self.subject && aside.contains(&holder) && span().is_some_and(|span| span.contains(date))
        });
        held.map(|row| RowRef::new(Table::Holdings, row)).collect()
    }
}

/// The rows on which steps rest, each once.
fn leaves(steps: &[Step], proofs: impl IntoIterator<Item = StepId>) -> BTreeSet<RowRef> {
    let mut pending: Vec<StepId> = proofs.into_iter().collect();
    let (mut seen, mut rows) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(step) = crate::proof::find(steps, id) {
            pending.extend(&step.premises);
            rows.extend(step.facts.iter().copied());
        }
    }
    rows
}
