//! Code that is fetched when it is first used.
//!
//! [`later!`] marks a function as the entrance to a part of the module. `cargo xtask build` lays all that is reached only through entrances of one name
//! into a file of its own, and what is reached through several into further files; a caller waits for them. Built without the feature `split`,
//! as by tests and by Trunk alone, everything is in one module, and nothing waits.

use std::future::Future;
use std::pin::Pin;

/// Code on its way, and then what it returns.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A part of the module could not be fetched. Asking again fetches it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares a function whose code is in the part of this name: `later! { exports: pub fn writer() -> Writer => write }`. The function returns a
/// [`Later`]. It had better return a function than do something: when it runs, its caller has long returned, and with it Leptos's owner is gone.
macro_rules! later {
    ($part:ident: $(#[$attribute:meta])* $access:vis fn $name:ident() -> $result:ty => $made:expr) => {
        $(#[$attribute])*
        $access fn $name() -> $crate::web::later::Later<$result> {
            #[cfg_attr(feature = "split", wasm_split_helpers::wasm_split($part, fallible))]
            fn $name() -> Result<$result, $crate::web::later::Missing> {
                Ok($made)
            }
            #[cfg(feature = "split")]
            let arriving = $name();
            #[cfg(not(feature = "split"))]
            let arriving = std::future::ready($name());
            Box::pin(arriving)
        }
    };
}

pub(crate) use later;
