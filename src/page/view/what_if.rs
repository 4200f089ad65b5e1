//! [`WhatIf`]: a column's run with one step made otherwise, as it stands in a link.

use std::fmt;
use std::str::FromStr;

use crate::lecture::settings::config::Approach;
use crate::worker::protocol::{Change, Edit};

/// A column's run with one step made otherwise. As a text `raw,1000,dropped`, `raw,1000,another,7` or `raw,1000,swapped,3,7`: the column, the step and, where
/// there is one, the place in its batch, both counted from 1, and what other samples are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// The column.
    pub approach: Approach,
    /// The step, and what happens in place of it.
    pub edit: Edit,
}

impl fmt::Display for WhatIf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},", self.approach.name(), self.edit.step + 1)?;
        match self.edit.change {
            Change::Another(seed) => write!(f, "another,{seed}"),
            Change::Dropped => f.write_str("dropped"),
            Change::Twice => f.write_str("twice"),
            Change::Without(place) => write!(f, "without,{}", place + 1),
            Change::Swapped { place, seed } => write!(f, "swapped,{},{seed}", place + 1),
        }
    }
}

impl FromStr for WhatIf {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let counted = |text: &str| text.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or(());
        let seed = |text: &str| text.parse::<u32>().map_err(|_| ());
        let parts: Vec<&str> = text.split(',').collect();
        let [approach, step, rest @ ..] = &parts[..] else { return Err(()) };
        let approach = Approach::ALL.into_iter().find(|known| known.name() == *approach).ok_or(())?;
        let change = match rest {
            ["another", word] => Change::Another(seed(word)?),
            ["dropped"] => Change::Dropped,
            ["twice"] => Change::Twice,
            ["without", place] => Change::Without(counted(place)?),
            ["swapped", place, word] => Change::Swapped { place: counted(place)?, seed: seed(word)? },
            _ => return Err(()),
        };
        Ok(Self { approach, edit: Edit { step: counted(step)?, change } })
    }
}
