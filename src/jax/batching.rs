//! stub
use super::core::Jaxpr;
use crate::error::Result;
pub fn vmap_jaxpr(_j: &Jaxpr, _i: &[Option<usize>], _o: &[Option<usize>], _n: usize) -> Result<Jaxpr> {
    Ok(Jaxpr::default())
}
