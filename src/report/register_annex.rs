//! What the page of a register shows below its tables: the drawing of the whole, then the proof and the chain of each.

use super::picture::Picture;
use super::{ChartReport, Context, html, words};
use crate::law::Basis;
use crate::proof::StepId;
use crate::proof::chart::Chart;
use crate::proof::render::Narrator;
use crate::proof::words::article;
use crate::register::Register;
use maud::{Markup, html};

/// Chains drawn one by one; the rest are told in words, and the page says so.
const DRAWN: usize = 200;
/// A register of more ties than this is not drawn as a whole, and the page says so.
const WHOLE: usize = 400;

/// A line that is told: ground, footing where there is one, proof.
type Told<'r> = (&'r str, Option<Basis>, StepId);

/// The proofs and drawings of a register.
pub(super) fn annex(context: &Context<'_>, register: &Register) -> Markup {
    let lang = context.lang;
    let exempt = register.exempt.iter().map(|entry| (entry.party, vec![("6", None, entry.proof)]));
    let related = register.related.iter().map(|entry| {
        (entry.party, entry.grounds.iter().map(|line| (line.ground, Some(line.basis), line.proof)).collect())
    });
    let entries: Vec<(_, Vec<Told>)> = related.chain(exempt).collect();
    if entries.is_empty() {
        return Markup::default();
    }
    let roots: Vec<StepId> = entries.iter().flat_map(|(_, lines)| lines.iter().map(|line| line.2)).collect();
    let (names, subject) = (context.names, context.id(context.question.subject));
    let mut narrator = Narrator::new(context.facts, context.pack(), names, subject, lang, &register.proofs, &roots);
    let mut parts = Vec::new();
    for (number, (party, lines)) in entries.iter().enumerate() {
        let name = context.in_full(*party);
        let mut text = Vec::new();
        for (ground, basis, proof) in lines {
            let footing = basis.map(|basis| words::basis(basis, lang)).unwrap_or_default();
            let footing = if footing.is_empty() {
                footing
            } else {
                lang.pick(format!("（{footing}）"), format!(" ({footing})"))
            };
            text.push((format!("{}{footing}", article(ground, lang)), narrator.tell(*proof, 0)));
        }
        let picture = (number < DRAWN).then(|| {
            let roots: Vec<StepId> = lines.iter().map(|line| line.2).collect();
            let chart = Chart::new(context.facts, names, subject, lang, &register.proofs, &roots);
            let title = lang.pick(format!("与{name}的关联关系"), format!("how {name} is related"));
            let mut picture = Picture::new(context, &title);
            picture.add("", &chart);
            html::drawing(&picture)
        });
        let grounds: Vec<&str> = lines.iter().map(|line| line.0).collect();
        parts.push(html! {
            details {
                summary { (name) " · " (grounds.join(" · ")) }
                @for (heading, text) in text { h3 { (heading) } (html::told(&text)) }
                @if let Some(picture) = picture { (picture) }
            }
        });
    }
    let whole = ChartReport::register(context, register);
    let (ties, many) = (whole.chart().ties().len(), entries.len());
    html! {
        h2 { (lang.pick("关联关系图", "Drawing")) }
        @if ties <= WHOLE { (html::drawing(&whole.picture())) } @else {
            p { (lang.pick(
                format!("关系共{ties}项，多于{WHOLE}项，未画总图；各关联人的图见下文。"),
                format!("There are {ties} ties, more than {WHOLE}: no drawing of the whole; those of each party are below."),
            )) }
        }
        h2 { (lang.pick("逐项证明", "Proofs")) }
        p { (lang.pick("各项连续编号；已说明的，只引编号。", "Items are numbered throughout; what was stated is referred to by number.")) }
        @if many > DRAWN {
            p { (lang.pick(
                format!("共{many}个主体，仅前{DRAWN}个附图；其余见 relata explain --format svg。"),
                format!("Of {many} parties the first {DRAWN} are drawn; the others: relata explain --format svg."),
            )) }
        }
        @for part in parts { (part) }
    }
}
