//! The signals that several parts of the page share, cut by what they are about. A component asks for those that it uses.
//!
//! [`Page`] is the frame around the tabs, [`Runs`] what has been computed, [`Time`] where in it every panel stands, [`Compute`] the worker. What belongs to
//! one tab lies with that tab.

mod compute;
pub mod page;
mod runs;
mod time;

pub use compute::Compute;
pub use page::Page;
pub use runs::Runs;
pub use time::Time;
