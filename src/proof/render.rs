//! A proof as readable text: every step a numbered sentence, indented under what it supports, with its rows.
//!
//! A step that several others rest on is stated once and referred to by its number afterwards. A chain of control is
//! stated as one step with its links below. Nothing recurses and nothing is left out, however long a chain is:
//! beyond [`DEEPEST`] the indentation stays and the line says its layer.

use super::rows::Rows;
use super::sentence::{Sentences, day_of};
use super::words::Names;
use super::{Conclusion, Step, StepId};
use crate::facts::{Facts, Lang};
use crate::law::Pack;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// Layers that are indented; deeper ones say their number, so that a long chain does not run off the page.
pub const DEEPEST: usize = 16;

/// Tells proofs one after another; what one has stated, the next refers to.
pub struct Narrator<'a> {
    sentences: Sentences<'a>,
    rows: Rows<'a>,
    steps: FxHashMap<StepId, &'a Step>,
    /// How many steps (of those the roots rest on, and the roots) refer to a step.
    uses: FxHashMap<StepId, usize>,
    /// The numbers of the steps stated so far.
    stated: FxHashMap<StepId, usize>,
    lang: Lang,
}

impl<'a> Narrator<'a> {
    /// A narrator of the proofs of `roots` among `steps`.
    #[must_use]
    pub fn new(
        facts: &'a Facts,
        pack: &'a Pack,
        names: &'a Names<'a>,
        subject: &'a str,
        lang: Lang,
        steps: &'a [Step],
        roots: &[StepId],
    ) -> Self {
        let steps: FxHashMap<StepId, &Step> = steps.iter().map(|step| (step.id, step)).collect();
        let uses = count_uses(&steps, roots);
        Self {
            sentences: Sentences { facts, pack, names, subject, lang },
            rows: Rows::new(facts, names, lang),
            steps,
            uses,
            stated: FxHashMap::default(),
            lang,
        }
    }

    /// The proof of one step as text, every line indented by at least `indent` layers.
    #[must_use]
    pub fn tell(&mut self, root: StepId, indent: usize) -> String {
        let mut text = String::new();
        let mut pending = vec![(root, 0usize, None)];
        while let Some((id, depth, said)) = pending.pop() {
            let Some(step) = self.steps.get(&id).copied() else {
                continue;
            };
            let margin = "  ".repeat(indent + depth.min(DEEPEST));
            let layer = if depth > DEEPEST {
                self.lang.pick(format!("（第{}层）", depth + 1), format!("(layer {}) ", depth + 1))
            } else {
                String::new()
            };
            if let Some(number) = self.stated.get(&id) {
                let sentence = self.sentence(step, said);
                let see =
                    self.lang.pick(format!("见上文第{number}项：{sentence}。"), format!("See {number}: {sentence}."));
                let _ = writeln!(text, "{margin}{layer}{see}");
                continue;
            }
            let number = self.stated.len() + 1;
            self.stated.insert(id, number);
            let links = self.links(step);
            let sentence =
                if links.len() > 1 { self.chain(step, &links, said) } else { capital(&self.sentence(step, said)) };
            let _ = writeln!(text, "{margin}{layer}{number}. {sentence}{}", self.lang.pick("。", "."));
            for row in &step.facts {
                let _ = writeln!(text, "{margin}   · {}", self.rows.line(*row));
            }
            let day = day_of(&step.conclusion);
            let below = if links.len() > 1 { &links } else { &step.premises };
            pending.extend(below.iter().rev().map(|premise| (*premise, depth + 1, Some(day))));
        }
        text
    }

    fn premises(&self, step: &Step) -> Vec<&'a Step> {
        step.premises.iter().filter_map(|id| self.steps.get(id).copied()).collect()
    }

    fn sentence(&self, step: &Step, said: Option<NaiveDate>) -> String {
        self.sentences.of(step, &self.premises(step), said)
    }

    /// The links of a chain of control, in order: `control.through` taken apart, as far as its parts are used nowhere
    /// else (a part that is used twice is stated on its own and referred to).
    fn links(&self, step: &Step) -> Vec<StepId> {
        if !is_through(step) {
            return Vec::new();
        }
        let mut links = Vec::new();
        let mut pending: Vec<StepId> = step.premises.iter().rev().copied().collect();
        while let Some(id) = pending.pop() {
            match self.steps.get(&id) {
                Some(part) if is_through(part) && self.uses.get(&id) == Some(&1) && !self.stated.contains_key(&id) => {
                    pending.extend(part.premises.iter().rev());
                }
                _ => links.push(id),
            }
        }
        links
    }

    fn chain(&self, step: &Step, links: &[StepId], said: Option<NaiveDate>) -> String {
        let mut parties: Vec<&str> = Vec::new();
        for link in links.iter().filter_map(|id| self.steps.get(id)) {
            if let Conclusion::Controls { controller, controlled, .. } = &link.conclusion {
                if parties.is_empty() {
                    parties.push(controller);
                }
                parties.push(controlled);
            }
        }
        match &step.conclusion {
            Conclusion::Controls { day, .. } => capital(&self.sentences.chain(&parties, *day, said)),
            _ => capital(&self.sentence(step, said)),
        }
    }
}

fn is_through(step: &Step) -> bool {
    step.rule == "control.through"
}

/// Begins an English sentence with a capital letter; leaves Chinese as it is.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn count_uses(steps: &FxHashMap<StepId, &Step>, roots: &[StepId]) -> FxHashMap<StepId, usize> {
    let mut uses: FxHashMap<StepId, usize> = FxHashMap::default();
    let mut pending = roots.to_vec();
    while let Some(id) = pending.pop() {
        let count = uses.entry(id).or_default();
        *count += 1;
        if *count == 1
            && let Some(step) = steps.get(&id)
        {
            pending.extend(&step.premises);
        }
    }
    uses
}
