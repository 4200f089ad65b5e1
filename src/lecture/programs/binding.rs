//! [`Binding`]: a variable of a program with its value, as Python prints it.

use serde::{Deserialize, Serialize};

/// A variable of the program and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The variable's name in the Python program, such as `params` or `nnx.graphdef(model)`.
    pub name: String,
    /// Its value as Python prints it; may have several lines.
    pub value: String,
}
