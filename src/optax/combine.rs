//! Transformations one after the other (`optax.combine`).

use crate::jax::tree::PyTree;

use super::base::{GradientTransformation, wrong_state};
use super::state::OptState;

/// Applies transformations in order, each to the updates of the one before; the state is the tuple of their states (`optax.chain`).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{chain, clip_by_global_norm, scale_by_learning_rate, trace};
///
/// let params = Array::new(&[0.0, 0.0], &[2]);
/// let optimizer = chain(vec![clip_by_global_norm(1.0), trace(0.9, false), scale_by_learning_rate(0.5)]);
/// let state = optimizer.init(&params);
/// assert_eq!(state.to_string(), "(EmptyState(), TraceState(trace=Array([0., 0.], dtype=float32)), EmptyState())");
/// let (updates, _) = optimizer.update(&Array::new(&[3.0, 4.0], &[2]), &state, &params);
/// assert_eq!(updates.to_vec()?, [-0.3, -0.4]);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn chain<P: PyTree>(links: Vec<GradientTransformation<P>>) -> GradientTransformation<P> {
    let inits = links.clone();
    GradientTransformation::with_extra_args(
        move |params| OptState::Chain(inits.iter().map(|link| link.init(params)).collect()),
        move |updates, state, params, extra| {
            let states = match state {
                OptState::Chain(states) if states.len() == links.len() => states,
                _ => return wrong_state("chain", &format!("a tuple of {} states", links.len()), updates, state),
            };
            let mut updates = updates.clone();
            let next = links.iter().zip(states).map(|(link, state)| {
                let (new, state) = link.update_link(&updates, state, params, extra);
                updates = new;
                state
            });
            let next = OptState::Chain(next.collect());
            (updates, next)
        },
    )
}
