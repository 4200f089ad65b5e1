//! [`layout`]: layers by longest path, an order within each by a few barycentre sweeps, and a place for each box.
//!
//! An edge over several layers passes each of them at a place of its own, a dummy, so that it runs beside the boxes and not through them. The order of the
//! nodes is a topological one, so the layers need one pass.

use super::Graph;
use crate::base::order::order_by;

/// How often the order of the layers is improved, there and back.
const SWEEPS: usize = 4;
/// How often places within the layers are drawn towards their neighbours.
const RELAXATIONS: usize = 6;
/// How much room a dummy takes, of that of a box.
const LANE: f64 = 0.42;

/// Where time runs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom.
    Down,
}

/// Where boxes and edges lie. Along time the unit is a layer, across it the height of a box with its margin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Each node's layer, from 0.
    pub layers: Vec<usize>,
    /// The middle of each node across time.
    pub across: Vec<f64>,
    /// For each edge, where across time it passes the layers between its ends.
    pub lanes: Vec<Vec<f64>>,
    /// How many layers there are.
    pub depth: usize,
    /// How far it reaches across time.
    pub breadth: f64,
}

/// What takes a place in a layer.
#[derive(Clone, Copy, Debug)]
struct Slot {
    size: f64,
    at: f64,
    order: f64,
}

/// Places a graph.
#[must_use]
pub fn layout(graph: &Graph) -> Layout {
    let layers = layers(graph);
    let depth = layers.iter().max().map_or(0, |last| last + 1);
    let mut slots: Vec<Slot> = vec![Slot { size: 1.0, at: 0.0, order: 0.0 }; graph.nodes.len()];
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); depth];
    for (node, &layer) in layers.iter().enumerate() {
        rows[layer].push(node);
    }
    // edges as chains of slots
    let mut links: Vec<(usize, usize)> = Vec::new();
    let mut dummies: Vec<Vec<usize>> = Vec::with_capacity(graph.edges.len());
    for edge in &graph.edges {
        let mut last = edge.from;
        let mut chain = Vec::new();
        for row in rows.iter_mut().take(layers[edge.to]).skip(layers[edge.from] + 1) {
            slots.push(Slot { size: LANE, at: 0.0, order: 0.0 });
            let dummy = slots.len() - 1;
            row.push(dummy);
            links.push((last, dummy));
            chain.push(dummy);
            last = dummy;
        }
        links.push((last, edge.to));
        dummies.push(chain);
    }
    for row in &rows {
        spread(row, &mut slots);
    }
    for sweep in 0..2 * SWEEPS {
        for step in 0..depth {
            let forward = sweep % 2 == 0;
            let row = if forward { step } else { depth - 1 - step };
            let mut order = rows[row].clone();
            for &slot in &order {
                slots[slot].order = middle(slot, &links, &slots, forward).unwrap_or(slots[slot].at);
            }
            order_by(&mut order, |&a, &b| slots[a].order > slots[b].order);
            spread(&order, &mut slots);
            rows[row] = order;
        }
    }
    for _ in 0..RELAXATIONS {
        for forward in [true, false] {
            for row in &rows {
                relax(row, &links, &mut slots, forward);
            }
        }
    }
    let low = slots.iter().map(|slot| slot.at - slot.size / 2.0).fold(f64::INFINITY, f64::min);
    let high = slots.iter().map(|slot| slot.at + slot.size / 2.0).fold(f64::NEG_INFINITY, f64::max);
    let at = |slot: usize| slots[slot].at - low;
    Layout {
        across: (0..graph.nodes.len()).map(at).collect(),
        lanes: dummies.iter().map(|chain| chain.iter().map(|&slot| at(slot)).collect()).collect(),
        breadth: if slots.is_empty() { 0.0 } else { high - low },
        layers,
        depth,
    }
}

/// Each node's layer: the longest way to it; what reads nothing stands right before what reads it first.
fn layers(graph: &Graph) -> Vec<usize> {
    let before = || graph.edges.iter().map(|edge| (edge.from, edge.to)).chain(graph.later.iter().copied());
    let mut layers = vec![0; graph.nodes.len()];
    for node in 0..graph.nodes.len() {
        for (from, _) in before().filter(|&(_, to)| to == node) {
            layers[node] = layers[node].max(layers[from] + 1);
        }
    }
    for node in 0..graph.nodes.len() {
        if before().all(|(_, to)| to != node) {
            let readers = graph.edges.iter().filter(|edge| edge.from == node).map(|edge| layers[edge.to]);
            let first: Option<usize> = readers.min();
            layers[node] = first.unwrap_or_default().saturating_sub(1);
        }
    }
    layers
}

/// The mean place of what a slot is linked to in the layer before, or after.
fn middle(slot: usize, links: &[(usize, usize)], slots: &[Slot], forward: bool) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for &(from, to) in links {
        let (own, other) = if forward { (to, from) } else { (from, to) };
        if own == slot {
            sum += slots[other].at;
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum / count)
}

/// Puts a layer's slots side by side, about 0.
fn spread(row: &[usize], slots: &mut [Slot]) {
    let whole: f64 = row.iter().map(|&slot| slots[slot].size).sum();
    let mut at = -whole / 2.0;
    for &slot in row {
        slots[slot].at = at + slots[slot].size / 2.0;
        at += slots[slot].size;
    }
}

/// Draws a layer's slots towards their neighbours in another one, in the order in which they stand: as near as they can come without overlapping, in the sense
/// of least squares (pool adjacent violators).
fn relax(row: &[usize], links: &[(usize, usize)], slots: &mut [Slot], forward: bool) {
    // blocks of slots that touch: their mean wish for where the first one begins, how many there are, and how much room they take
    let mut blocks: Vec<(f64, usize, f64)> = Vec::new();
    for &slot in row {
        let wish = middle(slot, links, slots, forward).unwrap_or(slots[slot].at);
        let size = slots[slot].size;
        let mut block = (wish - size / 2.0, 1, size);
        while let Some(&(start, count, room)) = blocks.last()
            && start + room > block.0
        {
            let all = count + block.1;
            let mean = (start * count as f64 + (block.0 - room) * block.1 as f64) / all as f64;
            block = (mean, all, room + block.2);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut rest = row.iter();
    for (start, count, _) in blocks {
        let mut at = start;
        for &slot in rest.by_ref().take(count) {
            slots[slot].at = at + slots[slot].size / 2.0;
            at += slots[slot].size;
        }
    }
}
