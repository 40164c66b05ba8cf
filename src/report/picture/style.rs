//! How kinds of tie and of party look, and what they are called. Each differs by line and head, not by colour alone.

use super::plan::Shape;
use crate::facts::{Lang, PartyKind};
use crate::proof::chart::TieKind;

/// The head of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    None,
    /// A filled triangle, so long.
    Filled(i32),
    Hollow,
    Open,
    Diamond,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: &'static str,
    pub(super) width: &'static str,
    pub(super) dashes: &'static str,
    pub(super) head: Head,
    /// A second, white line within the first makes it double.
    pub(super) double: bool,
    /// A ring where it begins.
    pub(super) ring: bool,
}

/// How ties of a kind are drawn; `None`: the rail of several kinds.
pub(super) fn stroke(kind: Option<TieKind>) -> Stroke {
    let plain = Stroke { colour: "#333", width: "1.3", dashes: "", head: Head::None, double: false, ring: false };
    match kind {
        None => plain,
        Some(TieKind::Holding) => Stroke { head: Head::Filled(9), ..plain },
        Some(TieKind::Control) => Stroke { colour: "#123a6d", width: "3", head: Head::Filled(13), ..plain },
        Some(TieKind::Proxy) => Stroke { colour: "#5a2a82", head: Head::Hollow, ring: true, ..plain },
        Some(TieKind::Concert) => Stroke { colour: "#0a5c46", width: "4.4", double: true, ..plain },
        Some(TieKind::Post) => Stroke { colour: "#444", dashes: "7 4", head: Head::Open, ..plain },
        Some(TieKind::Family) => Stroke { colour: "#7a4300", width: "2", dashes: "1.5 4", ..plain },
        Some(TieKind::Designation) => Stroke { colour: "#8f1d1d", dashes: "10 3 2 3", head: Head::Diamond, ..plain },
    }
}

/// What a kind of tie is called.
pub(super) fn tie(kind: TieKind, lang: Lang) -> &'static str {
    match kind {
        TieKind::Holding => lang.pick("持股", "holds"),
        TieKind::Proxy => lang.pick("表决权委托", "votes passed"),
        TieKind::Control => lang.pick("控制", "controls"),
        TieKind::Concert => lang.pick("一致行动", "in concert"),
        TieKind::Post => lang.pick("任职", "post"),
        TieKind::Family => lang.pick("亲属", "family"),
        TieKind::Designation => lang.pick("认定", "designated"),
    }
}

/// What a shape stands for; nothing for the nodes of concert groups, whose lines say it.
pub(super) fn shape(shape: Shape, lang: Lang) -> Option<&'static str> {
    let (kind, en) = match shape {
        Shape::Person => (PartyKind::Person, "person"),
        Shape::Company => (PartyKind::Company, "company"),
        Shape::Partnership => (PartyKind::Partnership, "partnership"),
        Shape::StateBody => (PartyKind::StateBody, "state body"),
        Shape::Organisation => (PartyKind::Organisation, "other organisation"),
        Shape::Hub => return None,
    };
    Some(lang.pick(kind.zh(), en))
}
