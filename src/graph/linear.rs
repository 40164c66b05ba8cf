//! Exact solution of `f = b + A·f` inside one strongly connected part, by elimination in order of least fill.

use dashu_ratio::RBig;
use std::collections::{BTreeMap, BTreeSet};

/// Solves for every unknown, or returns `None` where the part is closed in itself (what flows in never flows out), so
/// that there is no finite solution.
///
/// `rows[i]` maps j to the coefficient of unknown j in equation i; `constants[i]` is b. O(n·d²) rational operations
/// for n unknowns of degree d that stay sparse, O(n³) at worst.
pub(super) fn solve(mut rows: Vec<BTreeMap<usize, RBig>>, mut constants: Vec<RBig>) -> Option<Vec<RBig>> {
    let count = rows.len();
    let mut columns: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (i, row) in rows.iter().enumerate() {
        for j in row.keys() {
            columns[*j].insert(i);
        }
    }
    let cost = |rows: &[BTreeMap<usize, RBig>], columns: &[BTreeSet<usize>], k: usize| rows[k].len() * columns[k].len();
    let mut queue: BTreeSet<(usize, usize)> = (0..count).map(|k| (cost(&rows, &columns, k), k)).collect();
    let mut eliminated: Vec<(usize, BTreeMap<usize, RBig>)> = Vec::with_capacity(count);
    while let Some((_, k)) = queue.pop_first() {
        // Unknown k in terms of the others: f_k = (b_k + Σ a_kj f_j) / (1 − a_kk).
        let mut row = std::mem::take(&mut rows[k]);
        let own = row.remove(&k).unwrap_or(RBig::ZERO);
        let pivot = RBig::ONE - own;
        if pivot <= RBig::ZERO {
            return None;
        }
        for value in row.values_mut() {
            *value = &*value / &pivot;
        }
        constants[k] = &constants[k] / &pivot;
        let mut dirty: BTreeSet<usize> = row.keys().copied().collect();
        for j in row.keys() {
            columns[*j].remove(&k);
        }
        for i in std::mem::take(&mut columns[k]) {
            if i == k {
                continue;
            }
            let Some(factor) = rows[i].remove(&k) else { continue };
            dirty.insert(i);
            for (j, value) in &row {
                *rows[i].entry(*j).or_insert(RBig::ZERO) += &factor * value;
                columns[*j].insert(i);
            }
            let add = &factor * &constants[k];
            constants[i] += add;
        }
        let left: Vec<(usize, usize)> = queue.iter().filter(|(_, node)| dirty.contains(node)).copied().collect();
        for entry in left {
            queue.remove(&entry);
            queue.insert((cost(&rows, &columns, entry.1), entry.1));
        }
        eliminated.push((k, row));
    }
    let mut solution = constants;
    for (k, row) in eliminated.into_iter().rev() {
        let sum = row.iter().fold(RBig::ZERO, |sum, (j, value)| sum + value * &solution[*j]);
        solution[k] += sum;
    }
    Some(solution)
}
