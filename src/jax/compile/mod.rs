//! stub
use super::{array::Array, core::Jaxpr};
use crate::error::Result;
#[derive(Debug)]
pub struct Executable {
    j: Jaxpr,
    c: Vec<Array>,
}
impl Executable {
    pub fn call(&mut self, a: &[Array]) -> Result<Vec<Array>> {
        super::trace::eval_jaxpr(&self.j, &self.c, a)
    }
}
pub enum Rounding {
    Fused,
    OpByOp,
}
pub fn compile(j: &Jaxpr, c: &[Array], _r: Rounding) -> Result<Executable> {
    Ok(Executable { j: j.clone(), c: c.to_vec() })
}
