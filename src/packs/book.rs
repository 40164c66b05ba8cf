//! Writing proofs: steps are added once and shared from then on.

use crate::facts::{Facts, RowRef, Table};
use crate::graph::{Evidence, Kernel, Kin, Node, Partners, Post, Tie, Via, Way, node, party};
use crate::proof::{Conclusion, Step, StepId};
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// The steps written so far.
pub struct Book<'f> {
    facts: &'f Facts,
    steps: Vec<Step>,
    known: FxHashMap<Conclusion, StepId>,
    controls: FxHashMap<(Node, Node, NaiveDate), StepId>,
}

/// What is to be shown of "x controls z", and by which way of finding it: each way rests only on what it found before.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Goal {
    /// By any way.
    Any(Node, Node),
    /// By x's own run.
    Run(Node, Node),
}

impl Goal {
    fn ends(self) -> (Node, Node) {
        match self {
            Self::Any(x, z) | Self::Run(x, z) => (x, z),
        }
    }
}

impl<'f> Book<'f> {
    /// An empty book about these facts.
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        Self { facts, steps: Vec::new(), known: FxHashMap::default(), controls: FxHashMap::default() }
    }

    /// All steps, premises first.
    #[must_use]
    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    /// The id of a party, as proofs name it.
    #[must_use]
    pub fn name(&self, node: Node) -> String {
        self.facts.id(party(node)).to_owned()
    }

    /// Adds a step, unless its conclusion has been shown already.
    pub fn add(&mut self, conclusion: Conclusion, rule: &str, premises: Vec<StepId>, facts: Vec<RowRef>) -> StepId {
        if let Some(id) = self.known.get(&conclusion) {
            return *id;
        }
        let id = StepId::try_from(self.steps.len() + 1).unwrap_or(StepId::MAX);
        self.known.insert(conclusion.clone(), id);
        self.steps.push(Step { id, conclusion, rule: rule.to_owned(), premises, facts });
        id
    }

    /// The step that shows a conclusion, if there is one.
    #[must_use]
    pub fn find(&self, conclusion: &Conclusion) -> Option<StepId> {
        self.known.get(conclusion).copied()
    }

    /// Shows that one party controls another on the kernel's day. `None` where it does not. Works through the
    /// premises with a list of its own, so that a chain may be as long as it likes.
    pub fn controls(&mut self, kernel: &mut Kernel, controller: Node, controlled: Node) -> Option<StepId> {
        self.show(kernel, Goal::Any(controller, controlled))
    }

    /// The same by the controller's own run, for parties found forwards.
    pub fn controls_forward(&mut self, kernel: &mut Kernel, controller: Node, controlled: Node) -> Option<StepId> {
        self.show(kernel, Goal::Run(controller, controlled))
    }

    fn show(&mut self, kernel: &mut Kernel, goal: Goal) -> Option<StepId> {
        let day = kernel.lens().day;
        let mut open = vec![goal];
        let mut begun: FxHashSet<Goal> = FxHashSet::default();
        while let Some(mut goal) = open.last().copied() {
            let (x, z) = goal.ends();
            if self.controls.contains_key(&(x, z, day)) {
                open.pop();
                continue;
            }
            if matches!(goal, Goal::Any(..)) && kernel.found_by_run(x, z) {
                goal = Goal::Run(x, z);
            }
            let evidence = match goal {
                Goal::Any(..) => kernel.why(x, z)?,
                Goal::Run(..) => kernel.why_run(x, z)?,
            };
            let needed = needs(kernel, goal, &evidence);
            let missing: Vec<Goal> = needed
                .iter()
                .filter(|goal| {
                    let (x, z) = goal.ends();
                    !self.controls.contains_key(&(x, z, day))
                })
                .copied()
                .collect();
            if !missing.is_empty() && !begun.insert(goal) {
                // Every way of finding control rests on what it found before, so a goal never comes back unmet.
                return None;
            }
            if missing.is_empty() {
                let premises = needed
                    .iter()
                    .filter_map(|goal| {
                        let (x, z) = goal.ends();
                        self.controls.get(&(x, z, day)).copied()
                    })
                    .collect();
                let id = self.write_control(kernel, (x, z), &evidence, premises);
                self.controls.insert((x, z, day), id);
                open.pop();
            } else {
                open.extend(missing);
            }
        }
        let (x, z) = goal.ends();
        self.controls.get(&(x, z, day)).copied()
    }

    fn write_control(
        &mut self,
        kernel: &mut Kernel,
        (x, z): (Node, Node),
        evidence: &Evidence,
        mut premises: Vec<StepId>,
    ) -> StepId {
        let (rule, votes, facts) = match evidence {
            Evidence::Declared { row } => ("control.declared", None, vec![row_ref(Table::Controls, *row)]),
            Evidence::Through { .. } => ("control.through", None, Vec::new()),
            Evidence::Votes { presumption, votes, block, ways, .. } => {
                let rule = if *presumption { "control.presumption" } else { "control.majority" };
                let mut facts = voting_rows(kernel, z, block);
                facts.extend(ways.iter().flat_map(rows_of_way));
                facts.sort_unstable();
                facts.dedup();
                (rule, Some(votes.clone()), facts)
            }
        };
        premises.sort_unstable();
        premises.dedup();
        if let Evidence::Through { via } = evidence {
            let day = kernel.lens().day;
            premises =
                [(x, *via), (*via, z)].iter().filter_map(|(a, b)| self.controls.get(&(*a, *b, day)).copied()).collect();
        }
        let conclusion =
            Conclusion::Controls { controller: self.name(x), controlled: self.name(z), day: kernel.lens().day, votes };
        self.add(conclusion, rule, premises, facts)
    }

    /// Shows that a person holds a post.
    pub fn officer(&mut self, kernel: &Kernel, post: &Post) -> StepId {
        let conclusion = Conclusion::Officer {
            person: self.name(post.person),
            organisation: self.name(post.organisation),
            role: post.role.code().to_owned(),
            day: kernel.lens().day,
        };
        self.add(conclusion, "officer", Vec::new(), vec![row_ref(Table::Positions, post.row)])
    }

    /// Shows that somebody is close family of a person.
    pub fn family(&mut self, kernel: &Kernel, person: Node, kin: &Kin) -> StepId {
        let conclusion = Conclusion::Family {
            person: self.name(person),
            relative: self.name(kin.relative),
            relation: kin.relation.code().to_owned(),
            day: kernel.lens().day,
        };
        let mut facts: Vec<RowRef> = kin.rows.iter().map(|row| row_ref(Table::Kinships, *row)).collect();
        facts.extend(kin.children.iter().map(|child| row_ref(Table::Parties, *child)));
        self.add(conclusion, "family", Vec::new(), facts)
    }

    /// Shows control steps for the members of a block and the rows that bring partners in.
    pub fn block(
        &mut self,
        kernel: &mut Kernel,
        owner: Node,
        partners: &Partners,
        members: &[Via],
    ) -> (Vec<StepId>, Vec<RowRef>) {
        let mut premises = Vec::new();
        for via in members.iter().filter(|via| via.voter != via.holder_of_control) {
            premises.extend(self.controls(kernel, via.holder_of_control, via.voter));
        }
        let mut facts: Vec<RowRef> = Vec::new();
        let mut used: Vec<Node> = members.iter().map(|via| via.holder_of_control).collect();
        used.sort_unstable();
        used.dedup();
        for way in used.iter().filter_map(|partner| partners.way(*partner)) {
            for trigger in &way.triggers {
                premises.extend(self.controls(kernel, owner, *trigger));
            }
            facts.extend(rows_of_way(way));
        }
        premises.sort_unstable();
        premises.dedup();
        (premises, facts)
    }
}

/// The rows that make somebody a partner.
fn rows_of_way(way: &Way) -> Vec<RowRef> {
    let concert = way.concert.iter().map(|row| row_ref(Table::Concert, *row));
    concert.chain(way.kinships.iter().map(|row| row_ref(Table::Kinships, *row))).collect()
}

/// What a step about control rests on.
fn needs(kernel: &mut Kernel, goal: Goal, evidence: &Evidence) -> Vec<Goal> {
    let (x, z) = goal.ends();
    match (evidence, goal) {
        (Evidence::Declared { .. }, _) => Vec::new(),
        (Evidence::Through { via }, Goal::Any(..)) => {
            let first = if kernel.controls_alone(x, *via) { Goal::Any(x, *via) } else { Goal::Run(x, *via) };
            vec![first, Goal::Any(*via, z)]
        }
        (Evidence::Through { via }, Goal::Run(..)) => {
            let second = if kernel.controls_alone(*via, z) { Goal::Any(*via, z) } else { Goal::Run(*via, z) };
            vec![Goal::Run(x, *via), second]
        }
        (Evidence::Votes { block, ways, silencers, .. }, _) => block
            .iter()
            .chain(silencers)
            .filter(|via| via.voter != via.holder_of_control)
            .map(|via| Goal::Run(via.holder_of_control, via.voter))
            .chain(ways.iter().flat_map(|way| &way.triggers).map(|member| Goal::Run(x, *member)))
            .collect(),
    }
}

/// Rows of holdings in a company, and of proxies about it, by which the block has its votes: its own holdings, the
/// proxies given to it, and the holdings of those who gave them.
fn voting_rows(kernel: &mut Kernel, company: Node, block: &[Via]) -> Vec<RowRef> {
    let side = kernel.lens().side;
    let capital = kernel.capital(company);
    let network = kernel.network();
    let proxies: Vec<(u32, Node, Node)> = network
        .into(company)
        .filter(|(_, tie)| kernel.lens().has(&network.period(*tie)))
        .filter_map(|(agent, tie)| match tie {
            Tie::Proxy(row) => Some((row, node(network.facts().proxies().row(row as usize).principal), agent)),
            Tie::Holding(_) | Tie::Control(_) => None,
        })
        .collect();
    let mut sources: BTreeSet<Node> = block.iter().map(|via| via.voter).collect();
    let mut rows: BTreeSet<RowRef> = BTreeSet::new();
    let mut open: Vec<Node> = sources.iter().copied().collect();
    while let Some(voter) = open.pop() {
        let held = capital.of(voter).map_or(&[][..], |stake| stake.rows(side));
        rows.extend(held.iter().map(|row| row_ref(Table::Holdings, *row)));
        for (row, principal, _) in proxies.iter().filter(|(_, _, agent)| *agent == voter) {
            rows.insert(row_ref(Table::Proxies, *row));
            if sources.insert(*principal) {
                open.push(*principal);
            }
        }
    }
    rows.into_iter().collect()
}

/// A row by its position.
#[must_use]
pub fn row_ref(table: Table, position: u32) -> RowRef {
    RowRef::new(table, position as usize)
}
