//! [`Filter`]: which variables of a module are meant, by kind or by place.

use std::fmt;

use super::key::Key;
use super::variable::VariableKind;
use crate::base::error::{Error, Result};

/// Which leaves of a module are meant (`nnx.filterlib.Filter`). The name of a kind, such as [`const@super::Param`], is the filter for it.
#[derive(Clone, PartialEq)]
pub enum Filter {
    /// Variables of this kind, or of a special case of it (`nnx.OfType`).
    Kind(&'static VariableKind),
    /// Whatever the filters before left over (`...`).
    Rest,
    /// None (`False`).
    Nothing,
    /// What has this key on its path (`nnx.PathContains`).
    PathContains(Key),
    /// What one of them lets through (`nnx.Any`).
    Any(Vec<Filter>),
    /// What each of them lets through (`nnx.All`).
    All(Vec<Filter>),
    /// What it does not let through (`nnx.Not`); written `!filter`.
    Not(Box<Filter>),
}

impl Filter {
    /// Whether a leaf is meant; `kind` is `None` for an array that is no variable.
    #[must_use]
    pub fn matches(&self, path: &[Key], kind: Option<&VariableKind>) -> bool {
        match self {
            Self::Kind(wanted) => kind.is_some_and(|kind| kind.is(wanted)),
            Self::Rest => true,
            Self::Nothing => false,
            Self::PathContains(key) => path.contains(key),
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(path, kind)),
            Self::All(filters) => filters.iter().all(|filter| filter.matches(path, kind)),
            Self::Not(filter) => !filter.matches(path, kind),
        }
    }
}

/// `!filter`: what it does not let through.
impl std::ops::Not for Filter {
    type Output = Self;

    fn not(self) -> Self {
        Self::Not(Box::new(self))
    }
}

/// Prints the filter as Flax prints it: a kind by its name.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, name: &str, filters: &[Filter]| {
            let texts: Vec<String> = filters.iter().map(|filter| format!("{filter:?}")).collect();
            write!(f, "{name}({})", texts.join(", "))
        };
        match self {
            Self::Kind(kind) => f.write_str(kind.name),
            Self::Rest => f.write_str("Ellipsis"),
            Self::Nothing => f.write_str("False"),
            Self::PathContains(key) => write!(f, "PathContains({key}, exact=True)"),
            Self::Any(filters) => list(f, "Any", filters),
            Self::All(filters) => list(f, "All", filters),
            Self::Not(filter) => write!(f, "Not({filter:?})"),
        }
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "OfType({})", kind.name),
            Self::Rest => f.write_str("Everything()"),
            Self::Nothing => f.write_str("Nothing()"),
            _ => fmt::Display::fmt(self, f),
        }
    }
}

/// [`Filter::Rest`] takes all, so nothing may stand behind it.
///
/// # Errors
/// It is not the last one.
pub(super) fn check_order(function: &str, filters: &[Filter]) -> Result<()> {
    let first_rest = filters.iter().position(|filter| matches!(filter, Filter::Rest));
    match first_rest {
        Some(place) if filters[place..].iter().any(|filter| !matches!(filter, Filter::Rest)) => Err(Error::tree(
            function,
            format!("`Filter::Rest` stands at place {place} of {} filters, and takes all that is left", filters.len()),
            "Put it last.",
        )),
        _ => Ok(()),
    }
}
