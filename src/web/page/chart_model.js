// What a chart holds and what of it is shown. A party that is folded hides whatever hangs on the rest only through it.

/** Parties and ties of a chart. */
export class Model {
  /** The model of an answer `relata.chart/1`. */
  constructor(answer) {
    this.parties = new Map();
    this.ties = new Map();
    this.near = new Map();
    this.folded = new Set();
    this.root = answer.subject;
    this.day = answer.as_of;
    this.undetermined = answer.undetermined?.length ?? 0;
    this.merge(answer);
  }

  /** Adds another answer; how many parties are new. */
  merge(answer) {
    const before = this.parties.size;
    for (const party of answer.parties) {
      const known = this.parties.get(party.party);
      this.parties.set(party.party, known ? { ...known, grounds: [...new Set([...known.grounds, ...party.grounds])].sort() } : party);
      if (!this.near.has(party.party)) this.near.set(party.party, new Set());
    }
    for (const tie of answer.ties) {
      this.ties.set(JSON.stringify([tie.from, tie.to, tie.kind, tie.label]), tie);
      this.near.get(tie.from)?.add(tie.to);
      this.near.get(tie.to)?.add(tie.from);
    }
    this.seen = null;
    return this.parties.size - before;
  }

  fold(id) {
    this.folded.add(id);
    this.seen = null;
  }

  unfold(id) {
    this.folded.delete(id);
    this.seen = null;
  }

  isShut(id) {
    return this.folded.has(id);
  }

  /** Whether folding a party would hide anything. */
  hasMore(id) {
    this.fold(id);
    const less = this.visible().parties.length;
    this.unfold(id);
    return less < this.visible().parties.length;
  }

  /** How many neighbours of a party are not shown. */
  behind(id) {
    const { ids } = this.visible();
    return [...(this.near.get(id) ?? [])].filter((each) => !ids.has(each)).length;
  }

  /** The number of layers around the company. */
  depth() {
    return Math.max(1, ...this.distances().values());
  }

  /** Folds everything beyond so many layers; none folds nothing. */
  level(count) {
    this.folded.clear();
    if (count > 0) for (const [id, distance] of this.distances()) if (distance === count) this.folded.add(id);
    this.seen = null;
  }

  /** The parties and ties to be drawn, with the number of parties hidden. */
  visible() {
    if (this.seen) return this.seen;
    const ids = new Set();
    // Every part that is not tied to the company is shown from its first party on.
    const whole = this.distances();
    for (const start of whole.starts) walk(start, this.near, ids, (id) => !this.folded.has(id));
    const ties = [...this.ties.values()].filter((tie) => ids.has(tie.from) && ids.has(tie.to));
    const parties = [...this.parties.values()].filter((party) => ids.has(party.party));
    this.seen = { ids, parties, ties, root: this.root, hidden: this.parties.size - ids.size };
    return this.seen;
  }

  distances() {
    const found = new Map();
    found.starts = [];
    for (const start of [this.root, ...this.parties.keys()]) {
      if (found.has(start) || !this.near.has(start)) continue;
      found.starts.push(start);
      found.set(start, 0);
      const queue = [start];
      for (let at = 0; at < queue.length; at += 1) {
        for (const next of this.near.get(queue[at])) {
          if (found.has(next)) continue;
          found.set(next, found.get(queue[at]) + 1);
          queue.push(next);
        }
      }
    }
    return found;
  }
}

function walk(start, near, seen, passes) {
  const queue = [start];
  seen.add(start);
  for (let at = 0; at < queue.length; at += 1) {
    if (!passes(queue[at])) continue;
    for (const next of near.get(queue[at])) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
}
