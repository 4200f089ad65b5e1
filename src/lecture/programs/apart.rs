//! [`Apart`]: modules taken apart by `nnx.split`, as data and as Python prints them, whatever their types.

use crate::nnx::{self, GraphNode, Module, State};

/// How modules are put together with another state, and printed.
type Merge = Box<dyn Fn(&State) -> String>;

/// Which modules of a training are taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// Whether the optimizer is taken apart with the model.
    pub with_optimizer: bool,
    /// Whether a compiled step has put a state into them; from then on they list their attributes by name.
    pub is_trained: bool,
}

/// Modules taken apart.
pub struct Apart {
    /// What is fixed.
    pub root: GraphNode,
    /// The values.
    pub state: State,
    /// What `print` prints of the modules.
    pub modules: String,
    /// What it prints of the `GraphDef`.
    pub graphdef: String,
    /// What it prints of the modules that `nnx.merge` makes with another state of the same paths.
    pub merged: Merge,
}

impl std::fmt::Debug for Apart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Apart").field("modules", &self.modules).finish_non_exhaustive()
    }
}

impl Apart {
    /// Takes modules apart; `print` is what Python prints of them.
    #[must_use]
    pub fn of<M: Module>(modules: &M, print: fn(&M) -> String) -> Self {
        let (graphdef, state) = nnx::split(modules);
        Self {
            root: graphdef.root().clone(),
            state,
            modules: print(modules),
            graphdef: graphdef.to_string(),
            merged: Box::new(move |state| print(&nnx::merge(&graphdef, state))),
        }
    }
}
