//! What `RustPython` names of its texts of documentation, without the texts: no program that is taught here reads them, and the page would have to carry them.

/// All texts: only those without which an interpreter does not start.
#[derive(Clone, Copy, Debug)]
pub struct Docs;

/// All texts.
pub static DB: Docs = Docs;

impl Docs {
    /// The text on a module, class or function.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static &'static str> {
        match name {
            "builtins" => Some(&"Built-in functions, types, exceptions, and other objects."),
            "sys" => Some(&"What a program can ask of its interpreter."),
            _ => None,
        }
    }
}
