//! Transformations one after the other (`optax.combine`).

use crate::jax::tree::PyTree;

use super::base::GradientTransformation;
use super::state::OptState;

/// Applies transformations in order, each to the updates of the one before; the state is the list of their states (`optax.chain`).
#[must_use]
pub fn chain<P: PyTree>(links: Vec<GradientTransformation<P>>) -> GradientTransformation<P> {
    let inits = links.clone();
    GradientTransformation::new(
        move |params| OptState::Chain(inits.iter().map(|link| link.init(params)).collect()),
        move |updates, state, params| {
            let OptState::Chain(states) = state else { return (updates.clone(), state.clone()) };
            let mut updates = updates.clone();
            let next = links.iter().zip(states).map(|(link, state)| {
                let (new, state) = link.update(&updates, state, params);
                updates = new;
                state
            });
            let next = OptState::Chain(next.collect());
            (updates, next)
        },
    )
}
