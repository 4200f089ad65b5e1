//! What the Python part of the library gives to the native part by name: functions behind operators, exception classes, element types.

use std::cell::RefCell;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

thread_local! {
    static HOOKS: RefCell<Vec<(String, PyObjectRef)>> = const { RefCell::new(Vec::new()) };
}

/// Remembers an object by name.
pub fn set(name: String, value: PyObjectRef) {
    HOOKS.with_borrow_mut(|hooks| {
        hooks.retain(|(known, _)| *known != name);
        hooks.push((name, value));
    });
}

/// The object of this name, if there is one and it is not `None`.
pub fn find(name: &str, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let found =
        HOOKS.with_borrow(|hooks| hooks.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()));
    found.filter(|value| !vm.is_none(value))
}

/// The object of this name.
pub fn get(name: &str, vm: &VirtualMachine) -> PyResult {
    find(name, vm).ok_or_else(|| vm.new_runtime_error(format!("the library has no `{name}` yet: import jax first")))
}

/// Forgets all objects, which belong to an interpreter that ends.
pub fn clear() {
    HOOKS.with_borrow_mut(Vec::clear);
}
