"""The control problem (see ../README.md) with DuckDB, rustworkx and NetworkX, from the same file of ties.

    peers.py EDGES [--peers duckdb,rustworkx,networkx] [--expect PAIRS,HASH]

Each runs in a process of its own; all must find the same pairs. Prints rows of the table.
"""

import argparse
import os
import subprocess
import sys
import time

import numpy as np

MAJORITY = 500_000
DECLARED = 2**64 - 1


def read(path):
    """Number of parties, holder, company, share, and whether control is declared."""
    mark, parties, count, _ = np.fromfile(path, "<u8", 4)
    assert int(mark).to_bytes(8, "little") == b"edges 1\n"
    ties = np.fromfile(path, [("holder", "<u4"), ("company", "<u4"), ("share", "<u8")], count, offset=32)
    return int(parties), ties


def tally(one, other):
    """How many pairs, and the sum of a hash of each."""
    with np.errstate(over="ignore"):
        z = (one.astype(np.uint64) << np.uint64(32)) | other.astype(np.uint64)
        z += np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
        return len(z), int(z.sum(dtype=np.uint64))


def by_duckdb(path):
    """Iterated SQL with two threads: direct ties apart from votes that can add up, one round after another."""
    import duckdb

    _, ties = read(path)
    db = duckdb.connect(config={"threads": 2})
    columns = {
        "holder": ties["holder"].copy(),
        "company": ties["company"].copy(),
        "share": np.where(ties["share"] == DECLARED, 0, ties["share"]).astype(np.int64),
        "declared": ties["share"] == DECLARED,
    }
    db.register("given", columns)
    db.execute("CREATE TABLE ties AS SELECT * FROM given")
    loaded = time.perf_counter()
    db.execute(f"""
        CREATE TABLE votes AS SELECT holder, company, sum(share)::BIGINT AS share FROM ties
            WHERE NOT declared GROUP BY holder, company;
        CREATE TABLE direct AS SELECT holder, company FROM votes WHERE share > {MAJORITY}
            UNION SELECT holder, company FROM ties WHERE declared;
        CREATE TABLE pooled AS SELECT * FROM votes WHERE share <= {MAJORITY} AND company IN
            (SELECT company FROM votes WHERE share <= {MAJORITY} GROUP BY company HAVING sum(share) > {MAJORITY});
        CREATE TABLE has AS SELECT DISTINCT holder AS party, holder AS company FROM direct;
        CREATE TABLE fresh AS SELECT * FROM has;
        CREATE TABLE sums (party UINTEGER, company UINTEGER, share BIGINT);
    """)
    while db.execute("SELECT count(*) FROM fresh").fetchone()[0]:
        db.execute(f"""
            CREATE OR REPLACE TABLE more AS SELECT party, p.company, sum(share)::BIGINT AS share
                FROM fresh JOIN pooled p ON fresh.company = p.holder GROUP BY party, p.company;
            INSERT INTO sums SELECT * FROM more;
            CREATE OR REPLACE TABLE found AS
                SELECT party, d.company FROM fresh JOIN direct d ON fresh.company = d.holder
                UNION
                SELECT party, company FROM sums SEMI JOIN more USING (party, company)
                    GROUP BY party, company HAVING sum(share) > {MAJORITY};
            CREATE OR REPLACE TABLE fresh AS SELECT * FROM found ANTI JOIN has USING (party, company);
            INSERT INTO has SELECT * FROM fresh;
        """)
    found = db.execute("SELECT party, company FROM has WHERE party <> company").fetchnumpy()
    computed = time.perf_counter()
    return loaded, computed, tally(np.asarray(found["party"]), np.asarray(found["company"]))


def closures(parties, edges_of):
    """For each party a search that adds up votes in a dict; `edges_of` gives company and share."""
    ones, others = [], []
    for party in parties:
        votes, controlled, unread = {}, {party}, [party]
        while unread:
            for company, share in edges_of(unread.pop()):
                votes[company] = votes.get(company, 0) + share
                if votes[company] > MAJORITY and company not in controlled:
                    controlled.add(company)
                    unread.append(company)
        ones.extend([party] * (len(controlled) - 1))
        others.extend(company for company in controlled if company != party)
    return tally(np.array(ones, np.uint32), np.array(others, np.uint32))


def by_rustworkx(path):
    import rustworkx

    parties, ties = read(path)
    graph = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(parties))
    graph.add_edges_from(list(zip(ties["holder"].tolist(), ties["company"].tolist(), ties["share"].tolist())))
    loaded = time.perf_counter()
    holders = np.unique(ties["holder"]).tolist()
    answer = closures(holders, lambda holder: ((company, share) for _, company, share in graph.out_edges(holder)))
    return loaded, time.perf_counter(), answer


def by_networkx(path):
    import networkx

    parties, ties = read(path)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(parties))
    for holder, company, share in zip(ties["holder"].tolist(), ties["company"].tolist(), ties["share"].tolist()):
        known = graph.get_edge_data(holder, company)
        graph.add_edge(holder, company, share=share + (known["share"] if known else 0))
    loaded = time.perf_counter()
    holders = np.unique(ties["holder"]).tolist()
    answer = closures(holders, lambda holder: ((company, tie["share"]) for company, tie in graph.adj[holder].items()))
    return loaded, time.perf_counter(), answer


PEERS = {"duckdb": by_duckdb, "rustworkx": by_rustworkx, "networkx": by_networkx}


def peak():
    """The most memory this process has had, in megabytes."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("edges")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--expect")
    parser.add_argument("--child", action="store_true")
    given = parser.parse_args()
    if given.child:
        begun = time.perf_counter()
        loaded, computed, (pairs, found) = PEERS[given.peers](given.edges)
        print(loaded - begun, computed - loaded, peak(), pairs, found)
        return
    expected = tuple(map(int, given.expect.split(","))) if given.expect else None
    size = os.path.basename(given.edges).split(".")[0]
    for peer in given.peers.split(","):
        command = [sys.executable, __file__, given.edges, "--child", "--peers", peer]
        words = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        answer = (int(words[3]), int(words[4]))
        expected = expected or answer
        assert answer == expected, f"{peer} found {answer}, not {expected}"
        load, compute = float(words[0]), float(words[1])
        print(f"| {size} | {peer} | {load:.2f} s | {compute:.2f} s | {load + compute:.2f} s | {words[2]} MB | | {words[3]} |", flush=True)
    print(f"<!-- {expected[0]} pairs, {expected[1]} -->")


main()
