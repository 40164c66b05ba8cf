// The parties of a register as rows of one table, and how two registers differ.

import { t } from "./words.js";

/** The rows: related, exempt, undetermined, and those another reading would relate. */
export function entriesOf(answer) {
  const row = (party, status, more) => ({ party: party.party, name: party.name, kind: party.kind ?? null, category: party.category ?? null, status,
    grounds: [], contested: party.contested_by ?? [], missing: [], change: null, before: null, ...more });
  return [
    ...answer.related.map((party) => row(party, "related", { grounds: party.grounds })),
    ...answer.undetermined.map((party) => row(party, "undetermined", { grounds: party.grounds.map((ground) => ({ ground })), missing: party.missing })),
    ...answer.exempt.map((party) => row(party, "exempt", { grounds: [{ ground: party.article }] })),
    ...answer.contested.map((party) => row(party, "contested", {})),
  ];
}

/** The rows with what changed since the rows before; who left stands among them, marked. */
export function compared(rows, before) {
  if (!before) return rows;
  const was = new Map(before.map((row) => [row.party, row]));
  const is = new Set(rows.map((row) => row.party));
  const related = (row) => row?.status === "related";
  const marked = rows.map((row) => {
    const old = was.get(row.party);
    if (related(row) && !related(old)) return { ...row, change: "entered" };
    if (!related(row) && related(old)) return { ...row, change: "left", before: old };
    return old && said(old) !== said(row) ? { ...row, change: "changed", before: old } : row;
  });
  const gone = before.filter((row) => related(row) && !is.has(row.party)).map((row) => ({ ...row, status: "gone", change: "left", before: row }));
  return [...marked, ...gone];
}

/** How a ground stands: current, looked back or arranged, with its days. */
export function footing(ground) {
  switch (ground.basis) {
    case "current": return t("basis.current");
    case "looked_back": return t("basis.looked_back", ground.last_day, ground.expires);
    case "arranged": return t("basis.arranged", ground.begins);
    default: return "";
  }
}

/** The reasons of a register page ("holds 51 %") by party and ground; a party's further lines have no id of their own. */
export function reasonsOf(page) {
  const reasons = new Map();
  for (const block of page.blocks) {
    if (block.kind !== "table" || block.columns.length < 4) continue;
    let party = "";
    for (const [id, , ground, reason] of block.rows) {
      party = id || party;
      reasons.set(`${party} ${ground}`, reason);
    }
  }
  return reasons;
}

const said = (row) => JSON.stringify([row.status, row.grounds.map(({ ground, basis, last_day, expires, begins }) => [ground, basis, last_day, expires, begins])]);
